import { newId, refused, type Id, type Moment, type Refusal } from '@noroshi/foundations/kernel';
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { invitationLasts } from '../account.ts';
import { hold } from './holding.server.ts';
import { fingerprint, newSecret, type Begun, type Sessions } from './sessions.server.ts';

/** For how long the same device may ask again with the same claim, in milliseconds, while what it came in with lasts. */
const claimLasts = 10 * 60_000;

interface Row { id: Id; person: Id | null; expires: number; used: number | null; claim: Id | null; session: Id | null; revoked: number | null }

/** What an invitation is for, while it may be used. */
export interface Invited { readonly id: Id; readonly person: Id | null; readonly expires: Moment }

/** One-time links. */
export class Invitations {
  readonly #pool: pg.Pool;
  readonly #now: () => Moment;
  readonly #sessions: Sessions;
  constructor(needs: { pool: pg.Pool; now: () => Moment; sessions: Sessions }) {
    this.#pool = needs.pool;
    this.#now = needs.now;
    this.#sessions = needs.sessions;
  }

  /** Makes a link; the earlier ones for the same person end. `null` as person makes the house. */
  async make(person: Id | null, by: Id | null, db: pg.Pool | pg.PoolClient = this.#pool): Promise<{ secret: string; expires: Moment }> {
    const now = this.#now();
    const secret = newSecret();
    const expires = now + invitationLasts;
    await this.withdraw(person, db);
    await db.query('insert into account_invitation (id, secret, person, made_by, created, expires) values ($1, $2, $3, $4, $5, $6)',
      [newId(now, randomBytes(10)), fingerprint(secret), person, by, now, expires]);
    return { secret, expires };
  }

  /** Ends the open links of a person. @returns how many there were */
  async withdraw(person: Id | null, db: pg.Pool | pg.PoolClient = this.#pool): Promise<number> {
    const { rowCount } = await db.query(
      'update account_invitation set revoked = $2 where workspace = 1 and person is not distinct from $1 and used is null and revoked is null', [person, this.#now()],
    );
    return rowCount ?? 0;
  }

  /** Whether someone has a link that can be used, or came in before: they have a password or a device. */
  async isInvited(person: Id, db: pg.PoolClient): Promise<boolean> {
    const { rowCount } = await db.query(
      `select from account_invitation where workspace = 1 and person = $1 and used is null and revoked is null and expires > $2
       union all select from account where workspace = 1 and person = $1 and password is not null
       union all select from account_session where workspace = 1 and person = $1 and revoked is null and expires > $2`, [person, this.#now()],
    );
    return (rowCount ?? 0) > 0;
  }

  /** Until when people may still use a link. */
  async open(people: readonly Id[]): Promise<Map<Id, Moment>> {
    const { rows } = await this.#pool.query<{ person: Id; expires: number }>(
      'select person, max(expires) as expires from account_invitation where workspace = 1 and person = any($1) and used is null and revoked is null and expires > $2 group by person', [people, this.#now()],
    );
    return new Map(rows.map((row) => [row.person, row.expires]));
  }

  /** For whom a link is, without using it. */
  async look(secret: string): Promise<Invited | Refusal> {
    const { rows } = await this.#pool.query<Row>('select id, person, expires, used, claim, session, revoked from account_invitation where workspace = 1 and secret = $1', [fingerprint(secret)]);
    return this.#judge(rows[0], undefined, false);
  }

  /**
   * Uses a link: once, however many ask in the same moment.
   * @param then what is done in the same transaction; a refusal leaves the link as it was
   */
  async use(secret: string, claim: Id | undefined, device: string, then: (invited: Invited, db: pg.PoolClient) => Promise<Id | Refusal>): Promise<Begun | Refusal> {
    const client = await this.#pool.connect();
    try {
      // Whose it is never changes. Their account is held before the link is, as wherever both are.
      const held = (await client.query<{ person: Id | null }>('select person from account_invitation where workspace = 1 and secret = $1', [fingerprint(secret)])).rows[0]?.person;
      await client.query('begin');
      if (held) await hold(client, held);
      const { rows } = await client.query<Row>('select id, person, expires, used, claim, session, revoked from account_invitation where workspace = 1 and secret = $1 for update', [fingerprint(secret)]);
      const invited = this.#judge(rows[0], claim, rows[0]?.session != null && await this.#sessions.lastsWithin(client, rows[0].session));
      const person = 'ok' in invited ? invited : await then(invited, client);
      if (typeof person !== 'string') {
        await client.query('rollback');
        return person;
      }
      const before = rows[0]!.session;
      if (before) await client.query('update account_session set revoked = $2 where workspace = 1 and id = $1', [before, this.#now()]);
      // The house's first person has an account only by now.
      if (held !== person) await hold(client, person);
      const begun = await this.#sessions.beginWithin(client, person, device);
      await client.query('update account_invitation set used = coalesce(used, $2), claim = $3, session = $4 where workspace = 1 and id = $1', [rows[0]!.id, this.#now(), claim ?? null, begun.session.id]);
      await client.query('commit');
      this.#sessions.ended(person, [...(before ? [before] : []), ...begun.pushedOut]);
      return begun;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  }

  /** @param lasts whether the device that it let in, if any, is still in */
  #judge(row: Row | undefined, claim: Id | undefined, lasts: boolean): Invited | Refusal {
    const now = this.#now();
    if (!row) return refused('account.invitationNotFound');
    const again = row.used !== null && claim !== undefined && row.claim === claim && now - row.used < claimLasts && lasts;
    if (row.used !== null && !again) return refused('account.invitationUsed');
    if (row.revoked !== null) return refused('account.invitationWithdrawn');
    if (row.expires <= now) return refused('account.invitationExpired');
    return { id: row.id, person: row.person, expires: row.expires };
  }
}
