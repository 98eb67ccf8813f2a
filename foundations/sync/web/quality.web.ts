import type { Moment } from '@noroshi/foundations/kernel';

/** An answer that takes longer than this is a slow one (milliseconds). */
const slow = 2_000;
/** So many slow answers in a row make a bad line. */
const slowInARow = 3;
/** So many returns within this time make a bad line (milliseconds). */
const returns = { many: 3, within: 60_000 };
/** A line is good again when for so long nothing bad was seen of it, and something was answered (milliseconds). */
const calm = 120_000;

/** Whether the line is bad, by how long its answers take and how often it has to come back. Nothing is sent to measure it. */
export class LineQuality {
  #bad = false;
  #slow = 0;
  /** When the last slow answer came that was counted. */
  #slowAt = Number.NEGATIVE_INFINITY;
  #returns: Moment[] = [];
  #seenBad = 0;

  /** Whether it is to be spared. */
  get isBad(): boolean {
    return this.#bad;
  }

  /** Something was answered after so many milliseconds. */
  answered(ms: number, at: Moment): void {
    // The device's clock may have been set back.
    this.#seenBad = Math.min(this.#seenBad, at);
    this.#slowAt = Math.min(this.#slowAt, at);
    if (ms <= slow) this.#slow = 0;
    else {
      this.#seenBad = at;
      // What was asked together is one sign: who comes back with a night's words has not found a bad line by that alone.
      if (at - ms >= this.#slowAt) {
        this.#slow += 1;
        this.#slowAt = at;
      }
    }
    if (this.#slow >= slowInARow) this.#bad = true;
    else if (this.#bad && at - this.#seenBad >= calm) this.#bad = false;
  }

  /** It was lost and has come back. */
  returned(at: Moment): void {
    this.#seenBad = at;
    this.#returns = [...this.#returns.filter((before) => Math.abs(at - before) < returns.within), at];
    if (this.#returns.length >= returns.many) this.#bad = true;
  }
}
