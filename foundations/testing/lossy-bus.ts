import type { Bus, Hint } from '@noroshi/foundations/sync/server';
import type { Dice } from './dice.ts';

/** What lies between the nodes of one test: each has its own end, and whatever goes over it may get lost. */
export class LossyBus {
  /** The chance that a hint gets lost. */
  lose: number;
  readonly #dice: Dice;
  readonly #ends = new Map<object, (hint: Hint) => void>();

  constructor(dice: Dice, lose = 0) {
    this.#dice = dice;
    this.lose = lose;
  }

  /** One node's end. */
  end(): Bus {
    const me = {};
    return {
      alone: false,
      tell: (hint) => {
        for (const [other, heard] of this.#ends) {
          if (other !== me && !this.#dice.chance(this.lose)) setImmediate(() => { if (this.#ends.has(other)) heard(hint); });
        }
      },
      listen: (heard) => {
        this.#ends.set(me, heard);
        return () => void this.#ends.delete(me);
      },
    };
  }
}
