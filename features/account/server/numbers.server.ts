import { refused, type Id, type Moment, type Refusal } from '@noroshi/foundations/kernel';
import { randomInt } from 'node:crypto';
import { numberDigits, numberLasts } from '../number.ts';
import type { Session } from './sessions.server.ts';

/**
 * So many wrong numbers within the life of a number, from wherever they come, and nobody comes in by one for the rest of it:
 * with ten numbers shown at a time, whoever owns many addresses hits one in 30,000 such spans. (C33)
 */
const mostWrong = 300;

/** A number that was made, and what became of it. */
interface Made {
  readonly by: Session;
  readonly expires: Moment;
  /** By whom it was taken, and the device that it let in. */
  taken?: { readonly claim: Id | undefined; session?: Id };
}

/** What a number opens: whose device, and the one that it had let in before, where the answer was lost. */
export interface Taken { readonly by: Session; readonly before: Id | undefined; readonly let: (session: Id) => void; readonly giveBack: () => void }

/** つなぐ番号. They live for ten minutes and in the memory alone: none outlives a start, none lies in a backup. */
export class Numbers {
  readonly #now: () => Moment;
  readonly #lasts: (session: Session) => boolean;
  readonly #made = new Map<string, Made>();
  #wrong: Moment[] = [];

  /** @param lasts whether a device is still signed in: what it has shown ends with it */
  constructor(now: () => Moment, lasts: (session: Session) => boolean) {
    this.#now = now;
    this.#lasts = lasts;
  }

  /** Makes a number for another device of whoever this is; the one before ends. */
  make(by: Session): { number: string; expiresAt: Moment } {
    const now = this.#now();
    for (const [number, made] of this.#made) if (made.expires <= now || (made.by.id === by.id && !made.taken)) this.#made.delete(number);
    let number: string;
    do number = String(randomInt(10 ** numberDigits)).padStart(numberDigits, '0'); while (this.#made.has(number));
    const expiresAt = now + numberLasts;
    this.#made.set(number, { by, expires: expiresAt });
    return { number, expiresAt };
  }

  /** Takes a number, for good unless it is given back. One that is wrong, ended or used is the same to whoever asks. (C31) */
  take(number: string, claim: Id | undefined): Taken | Refusal {
    const now = this.#now();
    this.#wrong = this.#wrong.filter((at) => at > now - numberLasts);
    if (this.#wrong.length >= mostWrong) return refused('account.slowDown', { seconds: Math.ceil((this.#wrong[0]! + numberLasts - now) / 1000) });
    const made = this.#made.get(number);
    const before = made?.taken?.session;
    const again = before !== undefined && claim !== undefined && made?.taken?.claim === claim;
    if (!made || made.expires <= now || !this.#lasts(made.by) || (made.taken && !again)) {
      this.#wrong.push(now);
      return refused('account.numberWrong');
    }
    const taken: NonNullable<Made['taken']> = { claim };
    const was = made.taken;
    made.taken = taken;
    return {
      by: made.by,
      before,
      let: (session) => { taken.session = session; },
      giveBack: () => { if (was) made.taken = was; else delete made.taken; },
    };
  }
}
