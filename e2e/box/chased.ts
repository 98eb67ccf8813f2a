import { Chaser } from '@noroshi/features/chase/server';
import type { Notice, Teller, Told } from '@noroshi/foundations/notify';
import type { Stair } from '@noroshi/foundations/sync/server';
import { asked } from '../../apps/asked.ts';
import { duties } from '../../apps/duty.ts';
import type { Hotline } from './hotline.ts';

/** 督促 beside a hotline in a box, on each of its nodes, with a teller that keeps what it is handed. */
export class Chased {
  readonly #box: Hotline;
  /** What was handed to the teller, by all nodes together. */
  notices: Notice[] = [];
  /** What becomes of a notice. */
  becomes: (notice: Notice) => Told = () => ({ ok: true, to: 1 });
  chasers: Chaser[] = [];
  faults: unknown[] = [];

  private constructor(box: Hotline) {
    this.#box = box;
  }

  static async beside(box: Hotline): Promise<Chased> {
    const one = new Chased(box);
    for (const node of box.nodes) one.chasers.push(await one.follow(node));
    return one;
  }

  readonly #teller: Teller = {
    tell: async (notice) => {
      if (!this.notices.some(({ id }) => id === notice.id)) this.notices.push(notice);
      return this.becomes(notice);
    },
    reach: async () => ['push'],
    languageOf: async () => 'ja',
  };

  /** Another one on a node, such as after a kill. */
  async follow(stair: Stair): Promise<Chaser> {
    const chaser = new Chaser({ stair, asked, duties, teller: this.#teller, report: (error) => void this.faults.push(error) });
    await chaser.start();
    return chaser;
  }

  /** The clocks of all nodes look, and what follows is done. */
  async happens(): Promise<void> {
    for (let settledTwice = 0; settledTwice < 2; settledTwice++) {
      for (const node of this.#box.nodes) {
        await node.sweep();
        await node.clock.look();
      }
      for (const chaser of this.chasers) await chaser.settled();
    }
  }

  async passes(minutes: number): Promise<void> {
    this.#box.clock.pass(minutes * 60_000);
    await this.happens();
  }

  /** Ends it and its box. @throws what was reported meanwhile */
  async close(): Promise<void> {
    for (const chaser of this.chasers) await chaser.stop();
    await this.#box.close();
    if (this.faults.length > 0) throw new AggregateError(this.faults, `reported: ${this.faults.map(String).join('; ')}`);
  }
}
