import { together } from '@noroshi/foundations/database';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { StreamKey } from '@noroshi/foundations/sync';
import type pg from 'pg';
import { hex } from '../proof/bytes.ts';
import type { Envelope } from '../proof/leaf.ts';

/** An event's row without its words. */
export interface EventRow {
  seq: number; id: Id; n: number; kind: number; at: Moment; by: Id; org: Id;
  incident: Id | null; drill: boolean; message: number | null; about: number | null; commitments: Buffer;
}

/** An event's row as its envelope. */
export function envelopeOf(stream: StreamKey, row: EventRow): Envelope {
  return {
    stream, seq: row.seq, id: row.id, n: row.n, kind: row.kind, at: row.at, by: row.by, org: row.org,
    incident: row.incident ?? undefined, drill: row.drill || undefined, message: row.message ?? undefined, about: row.about ?? undefined,
    commitments: hex(row.commitments),
  };
}

/** One event that is to have its place in the log. */
export interface Next { readonly no: number; readonly key: StreamKey; readonly row: EventRow }

/** The log as it stands, under the lock of whoever grows it. */
export interface Standing { readonly size: number; readonly peaks: Buffer }

/** What a step makes of it. */
export interface Grown {
  readonly size: number;
  readonly peaks: Uint8Array;
  readonly leaves: readonly { readonly stream: number; readonly seq: number; readonly hash: Uint8Array }[];
}

/**
 * Grows the log by one step, where no other node is at it.
 * @param most so many events at once
 * @param grow makes leaves of events that have no place yet: each stream's in their order, the streams in theirs
 * @returns how many were taken in; `undefined` where another node is at it
 */
export async function growLog(db: pg.Pool, most: number, grow: (log: Standing, next: readonly Next[]) => Grown): Promise<number | undefined> {
  const client = await db.connect();
  try {
    const [, , log] = await together(client, () => [
      client.query('begin'),
      // What a power cut takes of it is taken in once more, with its place: nothing was signed of it, since a checkpoint is
      // committed durably, and with it all that went before.
      client.query('set local synchronous_commit = off'),
      client.query<Standing>({ name: 'record-log', text: 'select size, peaks from record_log where workspace = 1 for update skip locked' }),
    ]);
    if (!log.rows[0]) {
      await client.query('rollback');
      return undefined;
    }
    const { rows: behind } = await client.query<{ no: number; key: StreamKey; seen: number }>({
      name: 'record-behind',
      text: `select s.no, s.key, coalesce(c.seen, 0) as seen from stream s left join record_cursor c on c.workspace = s.workspace and c.stream = s.no
             where s.workspace = 1 and s.head > coalesce(c.seen, 0) order by s.no limit $1`,
      values: [most],
    });
    const next: Next[] = [];
    for (const { no, key, seen } of behind) {
      if (next.length >= most) break;
      const { rows } = await client.query<EventRow>({
        name: 'record-events',
        text: `select seq, id, n, kind, at, by, org, incident, drill, message, about, commitments
               from event where workspace = 1 and stream = $1 and seq > $2 order by seq limit $3`,
        values: [no, seen, most - next.length],
      });
      for (const row of rows) next.push({ no, key, row });
    }
    if (next.length > 0) await keep(client, log.rows[0].size, grow(log.rows[0], next));
    await client.query('commit');
    return next.length;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function keep(client: pg.PoolClient, from: number, { size, peaks, leaves }: Grown): Promise<void> {
  const seen = new Map(leaves.map(({ stream, seq }) => [stream, seq]));
  await together(client, () => [
    client.query({
      name: 'record-leaves',
      text: `insert into record_leaf (idx, stream, seq, hash) select $1::bigint + place - 1, stream, seq, hash
             from unnest($2::int[], $3::bigint[], $4::bytea[]) with ordinality as t(stream, seq, hash, place)`,
      values: [from, leaves.map(({ stream }) => stream), leaves.map(({ seq }) => seq), leaves.map(({ hash }) => Buffer.from(hash))],
    }),
    client.query({
      name: 'record-seen',
      text: `insert into record_cursor (stream, seen) select * from unnest($1::int[], $2::bigint[])
             on conflict (workspace, stream) do update set seen = excluded.seen`,
      values: [[...seen.keys()], [...seen.values()]],
    }),
    client.query({ name: 'record-grown', text: 'update record_log set size = $1, peaks = $2 where workspace = 1', values: [size, Buffer.from(peaks)] }),
  ]);
}

/** The log as it stands now, without its lock. */
export async function standing(db: pg.Pool): Promise<Standing> {
  return (await db.query<Standing>('select size, peaks from record_log where workspace = 1')).rows[0]!;
}

/** A checkpoint as it was signed. */
export interface Signed { readonly size: number; readonly origin: string; readonly at: Moment; readonly note: string; readonly stamp: Buffer | null }

/** Keeps what was signed, durably and with all that went before. @returns whether it is news: of one size one is signed */
export async function keepCheckpoint(db: pg.Pool, signed: Omit<Signed, 'stamp'>): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'record-checkpoint',
    text: 'insert into record_checkpoint (size, origin, at, note) values ($1, $2, $3, $4) on conflict do nothing',
    values: [signed.size, signed.origin, signed.at, signed.note],
  });
  return rowCount === 1;
}

/** What a timestamping service has said of it. */
export async function keepStamp(db: pg.Pool, origin: string, size: number, stamp: Buffer): Promise<void> {
  await db.query('update record_checkpoint set stamp = $3 where workspace = 1 and origin = $1 and size = $2', [origin, size, stamp]);
}

/** The last that was signed. */
export async function lastCheckpoint(db: pg.Pool, origin: string): Promise<Signed | undefined> {
  return (await db.query<Signed>('select size, origin, at, note, stamp from record_checkpoint where workspace = 1 and origin = $1 order by size desc limit 1', [origin])).rows[0];
}

/** All that was signed up to a size, in order. */
export async function checkpointsUpTo(db: pg.Pool, size: number): Promise<Signed[]> {
  return (await db.query<Signed>('select size, origin, at, note, stamp from record_checkpoint where workspace = 1 and size <= $1 order by size, at', [size])).rows;
}

/** A key that signs from now on, so that it is known also when the machine it lies on is gone. */
export async function keepKey(db: pg.Pool, key: string, since: Moment): Promise<void> {
  await db.query('insert into record_key (key, since) values ($1, $2) on conflict do nothing', [key, since]);
}

/** All keys that have ever signed, oldest first. */
export async function allKeys(db: pg.Pool): Promise<string[]> {
  return (await db.query<{ key: string }>('select key from record_key where workspace = 1 order by since, key')).rows.map(({ key }) => key);
}
