import { message } from '@noroshi/features/talk';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import type pg from 'pg';

/** What was said in a room within a fiscal year, of one disaster or of none, and still says something. */
export interface Said { readonly stream: number; readonly incident: Id | null; readonly count: number; readonly first: Moment; readonly last: Moment }

/** What still has its words: no note of the hotline, and nothing whose term was over already. Blacked-out words may stand beside others. */
const standing = `value ->> 'note' is null and not coalesce(value -> 'redacted', '[]') @? '$[*].disposal'`;

/** Gathered by fiscal year at the prefecture's clock. */
export async function saidByYear(db: pg.Pool, streams: readonly number[]): Promise<Said[]> {
  const { rows } = await db.query<Said>(`
    select stream, value ->> 'incident' as incident, count(*)::int as count, min((value ->> 'at')::bigint) as first, max((value ->> 'at')::bigint) as last
    from noun where workspace = 1 and noun = $1 and stream = any($2::int[]) and ${standing}
    group by stream, value ->> 'incident', extract(year from to_timestamp(((value ->> 'at')::bigint) / 1000) at time zone 'UTC' + interval '9 hours' - interval '3 months')
    order by 1, 4`, [message.noun, streams]);
  return rows;
}

/** The next messages of a room that may be due, those that were said first at first. @param before said before this moment */
export async function nextToGo(db: pg.Pool, stream: number, incident: Id | undefined, after: number, before: Moment, limit: number): Promise<{ id: Id; born: number }[]> {
  const { rows } = await db.query<{ id: Id; born: number }>(`
    select id, born from noun where workspace = 1 and noun = $1 and stream = $2 and value ->> 'incident' is not distinct from $3 and born > $4 and (value ->> 'at')::bigint < $5 and ${standing}
    order by born limit $6`, [message.noun, stream, incident ?? null, after, before, limit]);
  return rows;
}
