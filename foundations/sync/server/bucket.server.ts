import type { Moment } from '@noroshi/foundations/kernel';

/** So many at once, and so many a second in the long run. */
export interface Rate { readonly burst: number; readonly perSecond: number }

/** A token bucket for each key. Who has used theirs up waits; nobody is locked out. */
export class Buckets<K> {
  readonly #rate: Rate;
  readonly #now: () => Moment;
  readonly #full = new Map<K, { tokens: number; at: Moment }>();

  constructor(rate: Rate, now: () => Moment) {
    this.#rate = rate;
    this.#now = now;
  }

  /**
   * Takes one, or as many as something costs.
   * @returns 0, or the milliseconds until there are so many
   */
  take(key: K, cost = 1): number {
    const bucket = this.#bucket(key);
    const lacks = cost - bucket.tokens;
    if (lacks > 0) return this.#until(lacks);
    bucket.tokens -= cost;
    return 0;
  }

  /**
   * Takes it in any case, on credit where there is too little: what is done anyway, or what it cost is known only afterwards.
   * @returns 0, or the milliseconds until it is paid for. Who waits so long keeps the pace, also of several at once
   */
  spend(key: K, cost = 1): number {
    const bucket = this.#bucket(key);
    bucket.tokens -= cost;
    return this.owes(key);
  }

  /** Gives back what was taken beforehand and was not needed. */
  giveBack(key: K, cost: number): void {
    this.#bucket(key).tokens += cost;
  }

  /** Takes nothing. @returns 0, or the milliseconds until what was spent is paid for */
  owes(key: K): number {
    return this.#until(-this.#bucket(key).tokens);
  }

  #until(lacking: number): number {
    return lacking <= 0 ? 0 : Math.ceil((lacking / this.#rate.perSecond) * 1000);
  }

  /** The bucket as it is now. */
  #bucket(key: K): { tokens: number; at: Moment } {
    const { burst, perSecond } = this.#rate;
    const now = this.#now();
    let bucket = this.#full.get(key);
    if (!bucket) {
      if (this.#full.size > 10_000) this.#forgetFull(now);
      this.#full.set(key, (bucket = { tokens: burst, at: now }));
    }
    bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    return bucket;
  }

  /** This key will not come again. */
  forget(key: K): void {
    this.#full.delete(key);
  }

  /** Whoever has been quiet long enough has a full bucket, and need not be remembered. */
  #forgetFull(now: Moment): void {
    const { burst, perSecond } = this.#rate;
    for (const [key, bucket] of this.#full) if (bucket.tokens + ((now - bucket.at) / 1000) * perSecond >= burst) this.#full.delete(key);
  }
}
