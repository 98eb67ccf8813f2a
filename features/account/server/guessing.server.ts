import { refused, type Moment, type Refusal } from '@noroshi/foundations/kernel';
import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type pg from 'pg';

/** After so many failures in a row, each further one doubles the wait. An address may be a whole office behind one gate. */
const free = { login: 5, address: 30 } as const;
/** The longest wait, in milliseconds: 288 guesses a day, and nobody is locked out for longer than a cup of tea. */
const longestWait = 5 * 60_000;
/** After so long without a failure, all is forgotten (milliseconds). */
const forgotten = 24 * 60 * 60_000;

type Kind = keyof typeof free;

/** Slows down guessing, for each login (whether it exists or not) and each address. Kept in the tables: a restart forgives nothing. */
export class Guessing {
  readonly #pool: pg.Pool;
  readonly #now: () => Moment;
  constructor(pool: pg.Pool, now: () => Moment) {
    this.#pool = pool;
    this.#now = now;
  }

  /**
   * Asks whether one more attempt may be made, and counts it as failed until `forgive` says otherwise: attempts that
   * are made at the same moment are counted as well.
   */
  async mayTry(login: string, address: string): Promise<{ ok: true } | Refusal> {
    const keys = ([['login', login], ['address', placeOf(address)]] as const).map(([kind, of]) => ({ kind, key: keyOf(kind, of) })).sort((a, b) => (a.key < b.key ? -1 : 1));
    const now = this.#now();
    const client = await this.#pool.connect();
    try {
      await client.query('begin');
      let until = 0;
      const counted: { key: string; failures: number; until: Moment }[] = [];
      for (const { kind, key } of keys) {
        // Made or locked in one statement: in between, another who came in would have it forgiven and taken away.
        const { rows } = await client.query<{ failures: number; at: number; until: number }>(
          'insert into account_guessing (key, failures, at, until) values ($1, 0, $2, 0) on conflict (workspace, key) do update set key = excluded.key returning failures, at, until', [key, now],
        );
        const row = rows[0]!;
        until = Math.max(until, row.until);
        const failures = (now - row.at > forgotten ? 0 : row.failures) + 1;
        const wait = waitAfter(kind, failures);
        // Whoever need not wait leaves no moment behind: another who asked a moment earlier may get here a moment later.
        counted.push({ key, failures, until: wait === 0 ? 0 : now + wait });
      }
      if (until <= now) {
        for (const { key, failures, until: next } of counted) {
          await client.query('update account_guessing set failures = $2, at = $3, until = $4 where workspace = 1 and key = $1', [key, failures, now, next]);
        }
      }
      // Who is slowed down leaves no row behind: a guesser cannot fill the tables with logins that nobody has.
      await client.query(until > now ? 'rollback' : 'commit');
      return until > now ? refused('account.slowDown', { seconds: Math.ceil((until - now) / 1000) }) : { ok: true };
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  }

  /** It was the right password: the login is free again, and this attempt does not count against the address. */
  async forgive(login: string, address: string): Promise<void> {
    await this.#pool.query('delete from account_guessing where workspace = 1 and key = $1', [keyOf('login', login)]);
    await this.#pool.query('update account_guessing set failures = greatest(failures - 1, 0), until = 0 where workspace = 1 and key = $1', [keyOf('address', placeOf(address))]);
  }

  /** Forgets what is long past. */
  async forget(): Promise<void> {
    await this.#pool.query('delete from account_guessing where workspace = 1 and at < $1', [this.#now() - forgotten]);
  }

  /**
   * The attempt was not made after all: it does not count. The wait stays: who floods the door, so that attempts are
   * turned away before they are made, must not buy their way past it.
   */
  async notMade(login: string, address: string): Promise<void> {
    const keys = [keyOf('login', login), keyOf('address', placeOf(address))].sort();
    await this.#pool.query('update account_guessing set failures = greatest(failures - 1, 0) where workspace = 1 and key = any($1)', [keys]);
  }
}

/** How long to wait after the n-th failure in a row, in milliseconds. */
export function waitAfter(kind: Kind, failures: number): number {
  const beyond = failures - free[kind];
  return beyond < 0 ? 0 : Math.min(longestWait, 1000 * 2 ** beyond);
}

/** What was typed into a login field may be a password: it is not kept as it is. */
function keyOf(kind: Kind, of: string): string {
  return `${kind}:${createHash('sha256').update(of).digest('base64url').slice(0, 22)}`;
}

/** An IPv6 guesser owns at least 2^64 addresses; they are one. */
function placeOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address.replace(/^::ffff:/, '');
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const before = head.split(':').filter(Boolean);
  const after = (tail ?? '').split(':').filter(Boolean);
  const all = tail === undefined ? before : [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after];
  return all.slice(0, 4).join(':');
}
