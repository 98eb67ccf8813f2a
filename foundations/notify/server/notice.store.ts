import type { Id, Moment } from '@noroshi/foundations/kernel';
import type pg from 'pg';
import type { Notice, Told } from '../notice.ts';

/** The rows of notices: that each is sent once, and what became of it. Those of one turn of the loop go into the table together. */
export class Notices {
  readonly #pool: pg.Pool;
  readonly #now: () => Moment;
  #beginning: { notice: Notice; done: PromiseWithResolvers<boolean> }[] = [];
  #ending: { id: Id; told: Told; done: PromiseWithResolvers<void> }[] = [];

  constructor(pool: pg.Pool, now: () => Moment) {
    this.#pool = pool;
    this.#now = now;
  }

  /** Writes that a notice goes out now. @returns false where that stands there already: then it must not */
  begin(notice: Notice): Promise<boolean> {
    const done = Promise.withResolvers<boolean>();
    if (this.#beginning.push({ notice, done }) === 1) setImmediate(() => void this.#writeBegun());
    return done.promise;
  }

  async #writeBegun(): Promise<void> {
    const some = this.#beginning;
    this.#beginning = [];
    // Twice in one statement would be no conflict that the table sees.
    const first = new Map(some.toReversed().map((one) => [one.notice.id, one]));
    const all = [...first.values()].map(({ notice }) => notice);
    try {
      const { rows } = await this.#pool.query<{ id: Id }>({
        name: 'notice-begin',
        text: `insert into notice (id, person, channel, urgent, drill, at)
               select *, $6::bigint from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bool[], $5::bool[]) on conflict do nothing returning id`,
        values: [all.map((n) => n.id), all.map((n) => n.person), all.map((n) => n.channel), all.map((n) => n.urgent), all.map((n) => n.drill), this.#now()],
      });
      const begun = new Set(rows.map(({ id }) => id));
      for (const one of some) one.done.resolve(first.get(one.notice.id) === one && begun.has(one.notice.id));
    } catch (error) {
      for (const { done } of some) done.reject(error);
    }
  }

  /** Writes what became of it. */
  end(id: Id, told: Told): Promise<void> {
    const done = Promise.withResolvers<void>();
    if (this.#ending.push({ id, told, done }) === 1) setImmediate(() => void this.#writeEnded());
    return done.promise;
  }

  async #writeEnded(): Promise<void> {
    const some = this.#ending;
    this.#ending = [];
    try {
      await this.#pool.query({
        name: 'notice-end',
        text: `update notice n set done = $4, reached = t.reached, code = t.code from unnest($1::uuid[], $2::int[], $3::text[]) as t(id, reached, code)
               where n.workspace = 1 and n.id = t.id`,
        values: [some.map((s) => s.id), some.map(({ told }) => (told.ok ? told.to : 0)), some.map(({ told }) => (told.ok ? null : told.code)), this.#now()],
      });
      for (const { done } of some) done.resolve();
    } catch (error) {
      for (const { done } of some) done.reject(error);
    }
  }

  /** What became of a notice that was begun; `undefined` where that is not known (yet). */
  async became(id: Id): Promise<Told | undefined> {
    const row = (await this.#pool.query<{ done: Moment | null; reached: number; code: string | null }>('select done, reached, code from notice where workspace = 1 and id = $1', [id])).rows[0];
    return row?.done == null ? undefined : row.code === null ? { ok: true, to: row.reached } : { ok: false, code: row.code };
  }

  /** Those that were begun before a moment and of which nothing was heard since, are told as unknown; those that long past are forgotten. */
  async tidy(unheardSince: Moment, forgottenBefore: Moment): Promise<void> {
    await this.#pool.query(`update notice set done = $2, code = 'notify.unknown' where done is null and at < $1`, [unheardSince, this.#now()]);
    await this.#pool.query('delete from notice where workspace = 1 and at < $1', [forgottenBefore]);
  }
}
