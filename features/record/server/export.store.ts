import type { Id } from '@noroshi/foundations/kernel';
import type pg from 'pg';
import type { EventRow } from './log.store.ts';

/** A leaf with its event, as both stand in the tables. */
export interface LoggedRow extends EventRow {
  idx: number;
  stream: number;
  hash: Buffer;
  /** What it takes back; no part of its envelope. */
  takes: number | null;
  /** The words and their salts, where they were asked for. */
  salt: Buffer | null;
  json: Record<string, unknown> | null;
  /** The fields that were taken out of the record, with their salts. */
  emptied: string[] | null;
  /** Of which disaster the thing is that this event is about. */
  of: Id | null;
}

const columns = 'l.idx, l.hash, l.stream, e.seq, e.id, e.n, e.kind, e.at, e.by, e.org, e.incident, e.drill, e.message, e.about, e.takes, e.commitments, a.incident as of';
const page = 1_000;

/**
 * All leaves from the first to a size, in their order, page by page: what is not asked for comes as its hash alone.
 * @param streams whose events are wanted
 * @param words whether their words are, too
 */
export async function* logged(db: pg.Pool, size: number, streams: readonly number[], words: boolean): AsyncGenerator<LoggedRow[]> {
  for (let from = 0; from < size; from += page) {
    const { rows } = await db.query<LoggedRow>({
      name: words ? 'record-read-words' : 'record-read',
      text: `select ${columns}, ${words ? 'b.salt, b.json, b.emptied' : 'null as salt, null as json, null as emptied'}
             from (select * from record_leaf where workspace = 1 and idx >= $1 and idx < $2) l
             left join lateral (select * from event where l.stream = any($3::int[]) and workspace = 1 and stream = l.stream and seq = l.seq limit 1) e on true
             left join lateral (select incident from event where e.about is not null and workspace = 1 and stream = l.stream and seq = e.about limit 1) a on true
             ${words ? 'left join lateral (select salt, json, emptied from event_body where e.seq is not null and workspace = 1 and stream = l.stream and seq = l.seq limit 1) b on true' : ''}
             order by l.idx`,
      values: [from, Math.min(size, from + page), streams],
    });
    yield rows;
  }
}

/** One leaf with its event and the words of it, where it has its place among the first `size`. */
export async function loggedAt(db: pg.Pool, size: number, stream: number, seq: number): Promise<LoggedRow | undefined> {
  const { rows } = await db.query<LoggedRow>(`
    select ${columns}, b.salt, b.json, b.emptied
    from record_leaf l join event e on e.workspace = 1 and e.stream = l.stream and e.seq = l.seq
    join event_body b on b.workspace = 1 and b.stream = l.stream and b.seq = l.seq
    left join event a on a.workspace = 1 and a.stream = l.stream and a.seq = e.about
    where l.workspace = 1 and l.stream = $1 and l.seq = $2 and l.idx < $3`, [stream, seq, size]);
  return rows[0];
}

/** The last number of each of these streams that has its place among the first `size`. */
export async function lastLogged(db: pg.Pool, size: number, streams: readonly number[]): Promise<Map<number, number>> {
  const { rows } = await db.query<{ stream: number; to: number }>(`
    select s as stream, (select max(seq) from record_leaf l where workspace = 1 and l.stream = s and idx < $1) as to from unnest($2::int[]) as s`, [size, streams]);
  return new Map(rows.filter(({ to }) => to !== null).map(({ stream, to }) => [stream, to]));
}
