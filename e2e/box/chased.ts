import { phoneCard, run, type PhoneCard, type Run } from '@noroshi/features/chase';
import { Chaser } from '@noroshi/features/chase/server';
import { say } from '@noroshi/features/talk';
import type { Actor, Id } from '@noroshi/foundations/kernel';
import type { Notice, Teller, Told } from '@noroshi/foundations/notify';
import { roomStream } from '@noroshi/foundations/sync';
import type { Stair } from '@noroshi/foundations/sync/server';
import { asked } from '../../apps/asked.ts';
import { duties } from '../../apps/duty.ts';
import { afterEach } from 'vitest';
import { hotline, type CastName, type Hotline } from './hotline.ts';

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

  /** Somebody asks the group for something urgent. @returns the message */
  urgent(who: CastName = 'hanako'): Promise<Id> {
    return this.#box.does(who, say, { room: this.#box.groupC, text: '状況を知らせてください', urgency: 'urgent' });
  }

  /** Somebody has read all there is in the group. */
  async reads(who: Actor): Promise<void> {
    const { memory, marks } = this.#box.stair;
    const stream = memory.streams.get(roomStream(this.#box.groupC))!;
    marks.read(stream.no, who.person, [[1, stream.head]]);
    await marks.flush();
  }

  runs(room = this.#box.groupC): Run[] {
    return this.#box.stair.memory.of(roomStream(room), run.noun).map(({ value }) => value as Run);
  }

  cards(room = this.#box.groupC): PhoneCard[] {
    return this.#box.stair.memory.of(roomStream(room), phoneCard.noun).map(({ value }) => value as PhoneCard);
  }

  /** A member's number in a room, by which a run names people. */
  numberOf(actor: Actor, room = this.#box.groupC): number {
    return this.#box.stair.memory.member(roomStream(room), actor.person)!.no;
  }

  /** What someone was told, in order: the channels. */
  toldBy(who: CastName): string[] {
    return this.notices.filter(({ person }) => person === this.#box.cast[who].person).map(({ channel }) => channel);
  }

  /** Ends it and its box. @throws what was reported meanwhile */
  async close(): Promise<void> {
    for (const chaser of this.chasers) await chaser.stop();
    await this.#box.close();
    if (this.faults.length > 0) throw new AggregateError(this.faults, `reported: ${this.faults.map(String).join('; ')}`);
  }
}

/** The house that stands open, and what chases in it. */
export let box: Hotline;
export let chase: Chased;

/** Opens them anew. */
export async function open(nodes = 1): Promise<void> {
  box = await hotline({ nodes });
  chase = await Chased.beside(box);
}

/** Closes them after each test of the file that says so: files share what they import, and so none can have it done by importing this. */
export function closesAfterEach(): void {
  afterEach(() => chase.close());
}
