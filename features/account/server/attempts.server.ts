import type { Id, Moment } from '@noroshi/foundations/kernel';
import type pg from 'pg';
import type { outcomes } from '../account.ts';

export interface Attempt { no: number; at: Moment; person?: Id; address: string; device: string; outcome: (typeof outcomes)[number] }

/** How many are told at once. */
const page = 200;
/** Of one address, being slowed down is noted this often (milliseconds): a guesser does not fill the tables. */
const slowedEvery = 60_000;

/** Who tried to come in, and how it ended. What was typed is not kept: it may be a password in the wrong field. */
export class Attempts {
  readonly #pool: pg.Pool;
  readonly #now: () => Moment;
  readonly #slowed = new Map<string, Moment>();
  /** Told of each, once it is written; whoever came waits for it. */
  heard: (outcome: Attempt['outcome'], person: Id | undefined, address: string, device: string) => Promise<unknown> | undefined = () => undefined;
  constructor(pool: pg.Pool, now: () => Moment) {
    this.#pool = pool;
    this.#now = now;
  }

  async note(outcome: Attempt['outcome'], person: Id | undefined, address: string, device: string): Promise<void> {
    if (outcome === 'slowed' && !this.#isNews(address)) return;
    await this.#pool.query('insert into account_attempt (at, person, address, device, outcome) values ($1, $2, $3, $4, $5)', [this.#now(), person ?? null, address, device, outcome]);
    await this.heard(outcome, person, address, device);
  }

  #isNews(address: string): boolean {
    const now = this.#now();
    const last = this.#slowed.get(address);
    if (last !== undefined && now - last < slowedEvery) return false;
    if (this.#slowed.size > 10_000) this.#slowed.clear();
    this.#slowed.set(address, now);
    return true;
  }

  /** Takes away what was before a moment. */
  async forget(before: Moment): Promise<void> {
    await this.#pool.query('delete from account_attempt where workspace = 1 and at < $1', [before]);
  }

  /** Newest first. */
  async before(no: number | undefined): Promise<Attempt[]> {
    const { rows } = await this.#pool.query<Attempt & { person: Id | null }>(
      'select no, at, person, address, device, outcome from account_attempt where workspace = 1 and ($1::bigint is null or no < $1) order by no desc limit $2', [no ?? null, page],
    );
    return rows.map(({ person, ...row }) => (person === null ? row : { ...row, person }));
  }
}
