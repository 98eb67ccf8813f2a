import type { Id, Moment } from '@noroshi/foundations/kernel';
import type pg from 'pg';
import { pastPage } from '../page.ts';

/**
 * Pages with when their last line was said, and how many of their lines the record still has the words of. Of a page that was taken back these are
 * all but those that two people took out. Nothing whose term was over already.
 */
const pages = `
  select stream, born, id, (value #>> '{lines,0,at}')::bigint as first, (value #>> '{lines,-1,at}')::bigint as last,
    case when value ? 'back' then jsonb_array_length(value -> 'lines') - jsonb_array_length(coalesce(value -> 'redacted', '[]'))
      else jsonb_array_length(jsonb_path_query_array(value -> 'lines', '$[*] ? (exists(@.words))')) end as count
  from noun where workspace = 1 and noun = $1 and not coalesce(value -> 'redacted', '[]') @? '$[*].disposal'`;

/** What of the past may be due: a page goes as a whole, when the term of its last line is over. */
export const linesDue = {
  noun: pastPage.noun,

  /** So many lines by stream and fiscal year, at the prefecture's clock. */
  async said(db: pg.Pool, streams: readonly number[]): Promise<{ stream: number; count: number; first: Moment; last: Moment }[]> {
    const { rows } = await db.query<{ stream: number; count: number; first: Moment; last: Moment }>(`
      select stream, sum(count)::int as count, min(first) as first, max(last) as last from (${pages} and stream = any($2::int[])) p where count > 0
      group by stream, extract(year from to_timestamp(last / 1000) at time zone 'UTC' + interval '9 hours' - interval '3 months') order by 1, 4`, [pastPage.noun, streams]);
    return rows;
  },

  /** The next pages of a stream, those that came first at first. */
  async next(db: pg.Pool, stream: number, after: number, before: Moment, limit: number): Promise<{ id: Id; born: number }[]> {
    const { rows } = await db.query<{ id: Id; born: number }>(`select id, born from (${pages} and stream = $2 and born > $3) p where count > 0 and last < $4 order by born limit $5`, [pastPage.noun, stream, after, before, limit]);
    return rows;
  },
};
