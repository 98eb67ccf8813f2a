import type { Id, Moment } from '@noroshi/foundations/kernel';
import type pg from 'pg';

/**
 * Notes an asking of a partner for a piece of a file.
 * @param at when it was made, by their clock
 * @returns whether it is behind all that were noted, by whichever process of ours
 */
export async function hears(db: pg.Pool, partner: Id, at: Moment): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'federation-hears',
    text: `insert into federation_files as was (partner, heard) values ($1, $2) on conflict (workspace, partner) do update set heard = excluded.heard where was.heard < excluded.heard`,
    values: [partner, at],
  });
  return rowCount === 1;
}

/**
 * Makes the time of the next asking of ours: behind all before it, of whichever process, also where our clock was set back since.
 * @param until no other process asks until then, or until this one has done; what ends later by as much again was said by a clock that was set back since
 * @returns `undefined` where another one is at it
 */
export async function asksNext(db: pg.Pool, partner: Id, { process, now, until }: { readonly process: Id; readonly now: Moment; readonly until: Moment }): Promise<Moment | undefined> {
  const { rows } = await db.query<{ asked: Moment }>({
    name: 'federation-asks',
    text: `insert into federation_files as was (partner, asked, process, until) values ($1, $3, $2, $4) on conflict (workspace, partner) do update
           set asked = greatest(excluded.asked, was.asked + 1), process = excluded.process, until = excluded.until where was.process is not distinct from excluded.process or was.until <= excluded.asked or was.until > 2 * excluded.until - excluded.asked
           returning asked`,
    values: [partner, process, now, until],
  });
  return rows[0]?.asked;
}

/** This process asks no more for now: another one may at once. */
export async function asksNoMore(db: pg.Pool, partner: Id, process: Id): Promise<void> {
  await db.query('update federation_files set until = 0 where workspace = 1 and partner = $1 and process = $2', [partner, process]);
}
