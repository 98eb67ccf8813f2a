import type { Id, Moment } from '@noroshi/foundations/kernel';
import type pg from 'pg';
import { pastPage } from '../page.ts';

/** How many pages of an import have come. */
export async function pagesOf(db: pg.Pool, stream: number, past: Id): Promise<number> {
  const { rows } = await db.query<{ n: number }>({
    name: 'past-pages', text: `select count(*)::int as n from noun where workspace = 1 and noun = $1 and stream = $2 and value ->> 'past' = $3`, values: [pastPage.noun, stream, past],
  });
  return rows[0]!.n;
}

/** The page of an import in which a moment lies, or the nearest before it; the first where all of it is later. */
export async function pageAt(db: pg.Pool, stream: number, past: Id, at: Moment): Promise<number> {
  const { rows } = await db.query<{ page: number }>({
    name: 'past-page-at',
    text: `select (value ->> 'page')::int as page from noun where workspace = 1 and noun = $1 and stream = $2 and value ->> 'past' = $3 and (value #>> '{lines,0,at}')::bigint <= $4
           order by (value #>> '{lines,0,at}')::bigint desc, page desc limit 1`,
    values: [pastPage.noun, stream, past, at],
  });
  return rows[0]?.page ?? 0;
}
