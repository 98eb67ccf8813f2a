import { newId, type Id, type Moment } from '@noroshi/foundations/kernel';
import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { holding } from './holding.server.ts';

/** A device in use stays signed in for ever; one that is not, for this long (milliseconds). Browsers keep no cookie longer. */
export const sessionLasts = 400 * 24 * 60 * 60_000;
/** How exactly we know when a device was last heard of (milliseconds): a write an hour and device, not one a request. */
const seenEvery = 60 * 60_000;
/** When each of these people was last heard of on a device that is still signed in: to the hour. */
export async function lastSeen(pool: pg.Pool, people: readonly Id[]): Promise<ReadonlyMap<Id, Moment>> {
  const { rows } = await pool.query<{ person: Id; seen: Moment }>({
    name: 'sessions-last-seen',
    text: 'select person, max(seen) as seen from account_session where workspace = 1 and person = any($1::uuid[]) and revoked is null group by person',
    values: [people],
  });
  return new Map(rows.map(({ person, seen }) => [person, seen]));
}

/** As many devices has a person at most; with one more, the one that was longest not heard of is signed out. */
export const mostDevices = 40;

/** Secrets are looked up so many together, in so many questions at once: the others of a storm gather meanwhile. */
const mostAsked = 256;
const asksAtOnce = 2;

/** A signed-in device, as it is now: `ended` turns true in the moment it is signed out. */
export interface Session {
  readonly id: Id;
  readonly person: Id;
  readonly device: string;
  readonly created: Moment;
  seen: Moment;
  expires: Moment;
  ended: boolean;
}

/** What stands in the tables of a secret. */
export const fingerprint = (secret: string): Buffer => createHash('sha256').update(secret).digest();
/** A new secret of 256 bits. */
export const newSecret = (): string => randomBytes(32).toString('base64url');
/** Whether a text can be a secret at all. */
export const isSecret = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);

export interface SessionsNeeds {
  readonly pool: pg.Pool;
  readonly now: () => Moment;
  /** Ends the open lines of a session, at once. */
  readonly hangUp: (person: Id, code: string, session: Id) => void;
}

/** A device that has just been signed in, its secret, which nobody else knows, and those that had to make room for it. */
export interface Begun { readonly secret: string; readonly session: Session; readonly pushedOut: readonly Id[] }

interface Row { id: Id; person: Id; device: string; created: number; seen: number; expires: number }
const columns = 'id, person, device, created, seen, expires';

/** Of a person's devices: one, or all but one. */
export interface Which { readonly only?: Id; readonly but?: Id | undefined }

/** The devices that are signed in. */
export class Sessions {
  readonly #needs: SessionsNeeds;
  /** Those that were last asked for, the newest last, so that an open line knows at once that its session has ended. */
  readonly #known = new Map<Id, Session>();
  readonly #mostKnown: number;
  /** Secrets that wait to be looked up. */
  readonly #asked: { readonly print: Buffer; readonly resolve: (row: Row | undefined) => void; readonly reject: (error: unknown) => void }[] = [];
  #asking = 0;

  /** @param mostKnown how many are at hand; a line whose session is not is hung up all the same */
  constructor(needs: SessionsNeeds, mostKnown = 10_000) {
    this.#needs = needs;
    this.#mostKnown = mostKnown;
  }

  /** How many sessions are at hand. */
  get atHand(): number {
    return this.#known.size;
  }

  /** Signs a device in. */
  async begin(person: Id, device: string): Promise<Begun> {
    const begun = await holding(this.#needs.pool, person, (db) => this.beginWithin(db, person, device));
    this.ended(person, begun.pushedOut);
    return begun;
  }

  /** Signs a device in, as part of a transaction that holds the person's account. Once it is committed, `ended` is told of those that were pushed out. */
  async beginWithin(db: pg.PoolClient, person: Id, device: string): Promise<Begun> {
    const now = this.#needs.now();
    const secret = newSecret();
    const session: Session = { id: newId(now, randomBytes(10)), person, device: device.slice(0, 60), created: now, seen: now, expires: now + sessionLasts, ended: false };
    await db.query('insert into account_session (id, secret, person, device, created, seen, expires) values ($1, $2, $3, $4, $5, $5, $6)',
      [session.id, fingerprint(secret), person, session.device, now, session.expires]);
    const { rows } = await db.query<{ id: Id }>(
      `update account_session set revoked = $2 where workspace = 1 and id in
       (select id from account_session where workspace = 1 and person = $1 and revoked is null and id <> $3 order by seen desc, created desc offset $4) returning id`,
      [person, now, session.id, mostDevices - 1],
    );
    return { secret, session, pushedOut: rows.map(({ id }) => id) };
  }

  /** The device that holds this secret, or `undefined`. Whoever is heard of stays for another 400 days. */
  async find(secret: string): Promise<Session | undefined> {
    const row = await this.#lookUp(fingerprint(secret));
    if (!row) return undefined;
    const session = this.#know(row);
    return session.ended ? undefined : session;
  }

  /** However many come back at once, the tables are asked for all of them together. */
  #lookUp(print: Buffer): Promise<Row | undefined> {
    return new Promise((resolve, reject) => {
      if (this.#asked.push({ print, resolve, reject }) === 1 && this.#asking < asksAtOnce) setImmediate(() => void this.#ask());
    });
  }

  async #ask(): Promise<void> {
    const asked = this.#asked.splice(0, mostAsked);
    if (asked.length === 0) return;
    const { pool, now } = this.#needs;
    this.#asking += 1;
    try {
      const { rows } = await pool.query<Row & { secret: Buffer }>({
        name: 'sessions-by-secret',
        text: `select ${columns}, secret from account_session where workspace = 1 and secret = any($1::bytea[]) and revoked is null and expires > $2`,
        values: [asked.map(({ print }) => print), now()],
      });
      const late = rows.filter((row) => now() - (this.#known.get(row.id)?.seen ?? row.seen) >= seenEvery);
      if (late.length > 0) await this.#hearOf(late);
      const found = new Map(rows.map((row) => [row.secret.toString('latin1'), row]));
      for (const { print, resolve } of asked) resolve(found.get(print.toString('latin1')));
    } catch (error) {
      for (const { reject } of asked) reject(error);
    } finally {
      this.#asking -= 1;
      if (this.#asked.length > 0) void this.#ask();
    }
  }

  /** These devices have been heard of. */
  async #hearOf(rows: readonly Row[]): Promise<void> {
    const now = this.#needs.now();
    for (const row of rows) Object.assign(this.#known.get(row.id) ?? row, { seen: now, expires: now + sessionLasts });
    await this.#needs.pool.query('update account_session set seen = $2, expires = $3 where workspace = 1 and id = any($1::uuid[])', [rows.map(({ id }) => id), now, now + sessionLasts]);
  }

  /** Whose device holds this secret, and whether it was signed out; `undefined` where nobody knows it. */
  async endOf(secret: string): Promise<{ person: Id; revoked: boolean } | undefined> {
    const { rows } = await this.#needs.pool.query<{ person: Id; revoked: boolean }>(
      'select person, revoked is not null as revoked from account_session where workspace = 1 and secret = $1', [fingerprint(secret)],
    );
    return rows[0];
  }

  #know(row: Row): Session {
    const session = this.#known.get(row.id) ?? { ...row, ended: false };
    this.#known.delete(row.id);
    this.#known.set(row.id, session);
    if (this.#known.size > this.#mostKnown) this.#known.delete(this.#known.keys().next().value!);
    return session;
  }

  /** Whether a session lasts at this moment, without asking the tables. */
  lasts(session: Session): boolean {
    return !session.ended && session.expires > this.#needs.now();
  }

  /** The same by the tables, as part of a transaction: whoever ended a device ended what it had let in. */
  async lastsWithin(db: pg.PoolClient, session: Id): Promise<boolean> {
    return (await db.query('select from account_session where workspace = 1 and id = $1 and revoked is null and expires > $2', [session, this.#needs.now()])).rowCount === 1;
  }

  /** A person's devices, the last heard of first. */
  async of(person: Id): Promise<readonly Row[]> {
    const { rows } = await this.#needs.pool.query<Row>(
      `select ${columns} from account_session where workspace = 1 and person = $1 and revoked is null and expires > $2 order by seen desc, created desc`, [person, this.#needs.now()],
    );
    return rows;
  }

  /** How many devices each of these people has, and when one was last heard of. */
  async count(people: readonly Id[]): Promise<Map<Id, { devices: number; seen: Moment }>> {
    const { rows } = await this.#needs.pool.query<{ person: Id; devices: number; seen: number }>(
      `select person, count(*)::int as devices, max(seen) as seen from account_session
       where workspace = 1 and person = any($1) and revoked is null and expires > $2 group by person`, [people, this.#needs.now()],
    );
    return new Map(rows.map((row) => [row.person, row]));
  }

  /**
   * Signs devices out: one, all but one, or all of a person. Their open lines end now.
   * @returns how many there were
   */
  async end(person: Id, which: Which = {}, code = 'account.signedOut'): Promise<number> {
    const ended = await holding(this.#needs.pool, person, (db) => this.endWithin(db, person, which));
    this.ended(person, ended, code);
    return ended.length;
  }

  /** Signs devices out, as part of a transaction that holds the person's account. @returns which, for `ended` to be told of once it is committed */
  async endWithin(db: pg.PoolClient, person: Id, which: Which = {}): Promise<Id[]> {
    const { rows } = await db.query<{ id: Id }>(
      `update account_session set revoked = $2 where workspace = 1 and person = $1 and revoked is null
       and ($3::uuid is null or id = $3) and ($4::uuid is null or id <> $4) returning id`,
      [person, this.#needs.now(), which.only ?? null, which.but ?? null],
    );
    return rows.map(({ id }) => id);
  }

  /** Sessions that were ended in the tables end here: their lines at once. */
  ended(person: Id, ids: readonly Id[], code = 'account.signedOut'): void {
    for (const id of ids) {
      const known = this.#known.get(id);
      if (known) known.ended = true;
      this.#needs.hangUp(person, code, id);
    }
  }
}

/**
 * Signs all devices out, of a house that is not open: after a restore, which brings back those that were signed out since.
 * @returns how many they were
 */
export async function endAllDevices(pool: pg.Pool, now: Moment): Promise<number> {
  return (await pool.query('update account_session set revoked = $1 where workspace = 1 and revoked is null and expires > $1', [now])).rowCount ?? 0;
}
