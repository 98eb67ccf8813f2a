import type { Id, Moment } from '@noroshi/foundations/kernel';
import type pg from 'pg';

/** Streams that have not been looked through to their head. */
export async function behind(db: pg.Pool): Promise<{ no: number; key: string; head: number; seen: number }[]> {
  const { rows } = await db.query<{ no: number; key: string; head: number; seen: number }>(`
    select s.no, s.key, s.head, coalesce(c.seen, 0) as seen from stream s left join chase_cursor c on c.workspace = s.workspace and c.stream = s.no
    where s.workspace = 1 and s.key like 'r:%' and s.head > coalesce(c.seen, 0)`);
  return rows;
}

/** These streams have been looked through so far. */
export async function lookedThrough(db: pg.Pool, streams: readonly { readonly no: number; readonly seen: number }[]): Promise<void> {
  await db.query(`
    insert into chase_cursor (stream, seen) select * from unnest($1::int[], $2::bigint[])
    on conflict (workspace, stream) do update set seen = greatest(chase_cursor.seen, excluded.seen)`, [streams.map((s) => s.no), streams.map((s) => s.seen)]);
}

/**
 * Takes it upon this node to tell people of something, so that no other node does at the same time.
 * @param until when another may, if this one has not come back
 * @returns whether it is this node's to do
 */
export async function claim(db: pg.Pool, id: Id, now: Moment, until: Moment): Promise<boolean> {
  const { rowCount } = await db.query(`
    insert into chase_claim (id, until) values ($1, $3)
    on conflict (workspace, id) do update set until = excluded.until where chase_claim.until <= $2`, [id, now, until]);
  return rowCount === 1;
}

/** What is done needs no claim any more. */
export async function forgetClaims(db: pg.Pool, before: Moment): Promise<void> {
  await db.query('delete from chase_claim where workspace = 1 and until < $1', [before]);
}
