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
    const { burst, perSecond } = this.#rate;
    const now = this.#now();
    let bucket = this.#full.get(key);
    if (!bucket) {
      if (this.#full.size > 10_000) this.#forgetFull(now);
      this.#full.set(key, (bucket = { tokens: burst, at: now }));
    }
    bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    if (bucket.tokens < cost) return Math.ceil(((cost - bucket.tokens) / perSecond) * 1000);
    bucket.tokens -= cost;
    return 0;
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
