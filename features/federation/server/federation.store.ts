import type { Id } from '@noroshi/foundations/kernel';
import type pg from 'pg';

/** A parcel as its event keeps it. */
export interface Kept { readonly no: number; readonly hash: string; readonly kind: string; readonly head: string; readonly sig: string; readonly salt?: string; readonly rest?: string; readonly seq?: number }

/**
 * Parcels of a share behind a number, in order.
 * @param stream the number of the stream in which they stand
 * @param kind the number of the kind of event that keeps them
 */
export async function parcelsBehind(db: pg.Pool, stream: number, kind: number, share: Id, no: number, limit: number): Promise<Kept[]> {
  return (await db.query<{ json: Kept }>({
    name: 'federation-parcels',
    text: `select b.json from event e join event_body b on b.workspace = e.workspace and b.stream = e.stream and b.seq = e.seq
           where e.workspace = 1 and e.stream = $1 and e.kind = $2 and b.json ->> 'share' = $3 and (b.json ->> 'no')::bigint > $4 order by e.seq limit $5`,
    values: [stream, kind, share, no, limit],
  })).rows.map(({ json }) => json);
}

/**
 * Acceptances that came in a share, in order: they say as what its rooms are known.
 * @param stream the number of the stream in which they stand
 * @param kind the number of the kind of event that keeps them
 */
export async function acceptances(db: pg.Pool, stream: number, kind: number, share: Id): Promise<Kept[]> {
  return (await db.query<{ json: Kept }>({
    name: 'federation-acceptances',
    text: `select b.json from event e join event_body b on b.workspace = e.workspace and b.stream = e.stream and b.seq = e.seq
           where e.workspace = 1 and e.stream = $1 and e.kind = $2 and b.json ->> 'share' = $3 and b.json ->> 'kind' = 'accept' order by e.seq limit 10`,
    values: [stream, kind, share],
  })).rows.map(({ json }) => json);
}

/**
 * Parcels that came with these events: what they made true has the same id.
 * @param stream the number of the stream in which they stand
 * @param kind the number of the kind of event that keeps them
 */
export async function parcelsOf(db: pg.Pool, stream: number, kind: number, events: readonly Id[]): Promise<(Kept & { readonly id: Id; readonly share: Id })[]> {
  return (await db.query<{ id: Id; json: Kept & { share: Id } }>({
    name: 'federation-parcels-of',
    text: `select e.id, b.json from event e join event_body b on b.workspace = e.workspace and b.stream = e.stream and b.seq = e.seq
           where e.workspace = 1 and e.stream = $1 and e.kind = $2 and e.id = any($3::uuid[])`,
    values: [stream, kind, events],
  })).rows.map(({ id, json }) => ({ ...json, id }));
}
