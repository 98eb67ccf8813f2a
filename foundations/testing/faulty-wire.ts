import type { Actor, Id } from '@noroshi/foundations/kernel';
import type { Stair } from '@noroshi/foundations/sync/server';
import type { OpenWire, Wire } from '@noroshi/foundations/sync/web';
import type { Dice } from './dice.ts';

/** How bad a line is. Probabilities for each message, either way. */
export interface Faults {
  /** Swallowed without a word, as a mobile line does. */
  readonly lose: number;
  readonly double: number;
  /** Held back, so that later messages overtake it. */
  readonly hold: number;
}

export const quiet: Faults = { lose: 0, double: 0, hold: 0 };

/** A line between one device and a stair that a test can cut, hold, double and shuffle. Bytes only cross it. */
export class FaultyWire {
  faults: Faults = quiet;
  /** While true no connection comes up. */
  isCut = false;
  /** Bytes that came down and went up. */
  readonly counted = { down: 0, up: 0 };
  /** How often a connection was tried, in vain or not. */
  tried = 0;
  /** Hears each message as it is sent, before anything happens to it. */
  overhears: ((bytes: Uint8Array, way: 'down' | 'up') => void) | undefined;
  readonly #stair: () => Stair;
  readonly #who: { session: Id; actor: () => Actor | undefined };
  readonly #dice: Dice;
  readonly #open = new Set<() => void>();

  constructor(stair: () => Stair, who: { session: Id; actor: () => Actor | undefined }, dice: Dice) {
    this.#stair = stair;
    this.#who = who;
    this.#dice = dice;
  }

  /** Drops what is up now. With `stay`, nothing comes up until `mend`. */
  cut({ stay = false } = {}): void {
    this.isCut = stay;
    for (const end of [...this.#open]) end();
  }

  mend(): void {
    this.isCut = false;
  }

  readonly wire: OpenWire = (events): Wire => {
    this.tried += 1;
    if (this.isCut) {
      setImmediate(() => events.down(false));
      return { send: () => undefined, close: () => undefined };
    }
    let live = true;
    let hearing = Promise.resolve();
    const end = (refused = false): void => {
      if (!live) return;
      live = false;
      this.#open.delete(end);
      line?.gone();
      setImmediate(() => events.down(refused));
    };
    const pass = (deliver: (bytes: Uint8Array) => void, way: 'down' | 'up') => (bytes: Uint8Array): void => {
      if (!live) return;
      this.counted[way] += bytes.length;
      this.overhears?.(bytes, way);
      const copy = bytes.slice();
      if (this.#dice.chance(this.faults.lose)) return;
      const times = this.#dice.chance(this.faults.double) ? 2 : 1;
      for (let i = 0; i < times; i++) {
        const later = this.#dice.chance(this.faults.hold) ? 1 + this.#dice.below(25) : 0;
        const arrive = (): void => { if (live) deliver(copy); };
        if (later > 0) setTimeout(arrive, later);
        else setImmediate(arrive);
      }
    };
    const toDevice = pass((bytes) => events.bytes(bytes), 'down');
    let line: ReturnType<Stair['open']> | undefined;
    try {
      line = this.#stair().open({ ...this.#who, carrier: { send: toDevice, close: (code) => end(code === 4001), unsent: 0 } });
    } catch {
      // A server that is stopping is not a door that is closed.
      const refused = this.#who.actor() === undefined;
      setImmediate(() => events.down(refused));
      return { send: () => undefined, close: () => undefined };
    }
    this.#open.add(end);
    setImmediate(() => events.up());
    const up = pass((bytes) => {
      hearing = hearing.then(() => line!.hear(bytes)).catch(() => end());
    }, 'up');
    return { send: up, close: () => end() };
  };
}
