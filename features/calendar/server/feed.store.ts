import type { Id, Moment } from '@noroshi/foundations/kernel';
import type pg from 'pg';

export interface FeedRow { readonly since: Moment; readonly fetched: Moment | null }

export async function feedAt(db: pg.Pool, calendar: Id, person: Id): Promise<FeedRow | undefined> {
  return (await db.query<FeedRow>('select since, fetched from calendar_feed where workspace = 1 and calendar = $1 and person = $2', [calendar, person])).rows[0];
}

/** A person has one address for each calendar: a new one takes the place of the old. */
export async function putFeed(db: pg.Pool, calendar: Id, person: Id, secret: Buffer, at: Moment): Promise<void> {
  await db.query(
    `insert into calendar_feed (calendar, person, secret, since) values ($1, $2, $3, $4)
     on conflict (workspace, calendar, person) do update set secret = excluded.secret, since = excluded.since, fetched = null`, [calendar, person, secret, at],
  );
}

export async function dropFeed(db: pg.Pool, calendar: Id, person: Id): Promise<void> {
  await db.query('delete from calendar_feed where workspace = 1 and calendar = $1 and person = $2', [calendar, person]);
}

/** Whose address of which calendar it is; and that it was fetched. */
export async function fetchedBy(db: pg.Pool, secret: Buffer, at: Moment): Promise<{ calendar: Id; person: Id } | undefined> {
  return (await db.query<{ calendar: Id; person: Id }>('update calendar_feed set fetched = $2 where workspace = 1 and secret = $1 returning calendar, person', [secret, at])).rows[0];
}

/** Ends all addresses of a person. */
export async function dropFeedsOf(db: pg.Pool, person: Id): Promise<void> {
  await db.query('delete from calendar_feed where workspace = 1 and person = $1', [person]);
}

/** Ends all addresses of a house that is not open. @returns how many they were */
export async function dropAllFeeds(db: pg.Pool): Promise<number> {
  return (await db.query('delete from calendar_feed where workspace = 1')).rowCount ?? 0;
}
