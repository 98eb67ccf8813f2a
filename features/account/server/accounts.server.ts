import { refused, type Id, type Moment, type Refusal } from '@noroshi/foundations/kernel';
import type pg from 'pg';
import { loginKey, loginStem, type Language } from '../account.ts';

export interface AccountRow { person: Id; login: string; password: string | null; language: Language }
const columns = 'person, login, password, language';

type Queries = pg.Pool | pg.PoolClient;

/** The rows of accounts. The directory knows the people; this knows how they sign in. */
export class Accounts {
  readonly #pool: pg.Pool;
  readonly #now: () => Moment;
  constructor(pool: pg.Pool, now: () => Moment) {
    this.#pool = pool;
    this.#now = now;
  }

  async byLogin(key: string): Promise<AccountRow | undefined> {
    return (await this.#pool.query<AccountRow>(`select ${columns} from account where workspace = 1 and login = $1`, [key])).rows[0];
  }

  async of(person: Id, db: Queries = this.#pool): Promise<AccountRow | undefined> {
    return (await db.query<AccountRow>({ name: 'account-of', text: `select ${columns} from account where workspace = 1 and person = $1`, values: [person] })).rows[0];
  }

  async all(people: readonly Id[]): Promise<Map<Id, AccountRow>> {
    const { rows } = await this.#pool.query<AccountRow>(`select ${columns} from account where workspace = 1 and person = any($1)`, [people]);
    return new Map(rows.map((row) => [row.person, row]));
  }

  /** Those of these people who have a password, whoever had an account first coming first. */
  async withPassword(people: readonly Id[], limit: number): Promise<AccountRow[]> {
    const { rows } = await this.#pool.query<AccountRow>(
      `select ${columns} from account where workspace = 1 and person = any($1) and password is not null order by created, person limit $2`, [people, limit],
    );
    return rows;
  }

  /**
   * Sees to it that someone has a login: the one that is asked for, the one they have, or the next number of their organization.
   * @param romaji of the organization, where a login is to be made
   */
  async giveLogin(person: Id, wanted: string | undefined, romaji: string): Promise<string | Refusal> {
    const now = await this.of(person);
    if (wanted !== undefined) return this.#take(person, loginKey(wanted));
    if (now) return now.login;
    const stem = loginStem(romaji);
    for (let n = await this.#lastNumber(stem) + 1; ; n++) {
      const login = await this.#take(person, `${stem}${String(n).padStart(2, '0')}`);
      if (typeof login === 'string') return login;
    }
  }

  async #take(person: Id, login: string): Promise<string | Refusal> {
    try {
      await this.#pool.query(
        'insert into account (person, login, created) values ($1, $2, $3) on conflict (workspace, person) do update set login = $2', [person, login, this.#now()],
      );
      return login;
    } catch (error) {
      if ((error as { code?: string }).code === '23505') return refused('account.loginTaken', { login });
      throw error;
    }
  }

  async #lastNumber(stem: string): Promise<number> {
    const { rows } = await this.#pool.query<{ last: number | null }>(
      `select max(substr(login, length($1) + 1)::int) as last from account
       where workspace = 1 and starts_with(login, $1) and substr(login, length($1) + 1) ~ '^[0-9]{1,6}$'`, [stem],
    );
    return rows[0]?.last ?? 0;
  }

  async setPassword(person: Id, password: string | null, db: Queries = this.#pool): Promise<void> {
    await db.query('update account set password = $2 where workspace = 1 and person = $1', [person, password]);
  }

  /**
   * Changes a password for a device that is signed in, in one statement: only while its session lasts, and only if the
   * password that it gave is still the one that is stored. To hash takes a while, and much may have ended meanwhile.
   * @param known the hash that was verified, or null where there was none
   * @returns whether it was changed
   */
  async changePassword(db: pg.PoolClient, person: Id, session: Id, known: string | null, password: string): Promise<boolean> {
    const { rowCount } = await db.query(
      `update account set password = $4 where workspace = 1 and person = $1 and password is not distinct from $3
       and exists (select from account_session where workspace = 1 and id = $2 and person = $1 and revoked is null and expires > $5)`,
      [person, session, known, password, this.#now()],
    );
    return rowCount === 1;
  }

  /** People of the demo have no login; their language is kept all the same, on their device. */
  async setLanguage(person: Id, language: Language): Promise<void> {
    await this.#pool.query('update account set language = $2 where workspace = 1 and person = $1', [person, language]);
  }
}
