import { together } from '@noroshi/foundations/database';
import type { Doc } from '@noroshi/foundations/sync';
import type { Stay } from '@noroshi/foundations/sync';
import type { Message } from '@noroshi/features/talk';
import type pg from 'pg';
import { setImmediate as turn } from 'node:timers/promises';
import { fold, grams, gramsOfTerm } from '../fold.ts';
import { wordsOf } from '../words-of.ts';

export interface SearchRow { readonly id: string; readonly stream: number; readonly by: string; readonly at: number; readonly words: string }

/** Streams whose events this index has not all seen. */
export async function behind(db: pg.Pool): Promise<{ no: number; key: string; head: number; seen: number }[]> {
  const { rows } = await db.query<{ no: number; key: string; head: number; seen: number }>({
    name: 'search-behind',
    text: `select s.no, s.key, s.head, coalesce(c.seen, 0) as seen from stream s left join search_cursor c on c.workspace = s.workspace and c.stream = s.no
           where s.workspace = 1 and s.head > coalesce(c.seen, 0)`,
  });
  return rows;
}

/** Takes in messages as they are now, and moves the cursor, in one transaction: a crash repeats a step and loses none. */
export async function index(db: pg.Pool, stream: number, seen: number, messages: readonly Doc<Message>[]): Promise<void> {
  const rows = messages.map((doc) => ({ doc, words: wordsOf(doc.value) }));
  const full: { doc: Doc<Message>; words: string; folded: string; grams: string }[] = [];
  const empty = rows.filter((r) => r.words.trim() === '');
  for (const row of rows.filter((r) => r.words.trim() !== '')) {
    const folded = fold(row.words).text;
    full.push({ ...row, folded, grams: JSON.stringify(grams(folded)) });
    // A page of long messages takes seconds: whoever talks comes in between.
    await turn();
  }
  const client = await db.connect();
  try {
    await together(client, () => [
      client.query('begin'),
      // What a power cut takes of it is taken in once more: its cursor goes with it.
      client.query('set local synchronous_commit = off'),
      client.query({ name: 'search-forget', text: 'delete from search_text where workspace = 1 and id = any($1::uuid[])', values: [empty.map((r) => r.doc.id)] }),
      client.query({
        name: 'search-take',
        text: `insert into search_text (id, stream, born, by, at, words, folded, grams)
               select id, stream, born, by, at, words, folded, array(select jsonb_array_elements_text(grams))
               from unnest($1::uuid[], $2::int[], $3::bigint[], $4::uuid[], $5::bigint[], $6::text[], $7::text[], $8::jsonb[]) as t(id, stream, born, by, at, words, folded, grams)
               on conflict (workspace, id) do update set words = excluded.words, folded = excluded.folded, grams = excluded.grams`,
        values: [
          full.map((r) => r.doc.id), full.map(() => stream), full.map((r) => r.doc.born), full.map((r) => r.doc.value.by), full.map((r) => r.doc.value.at),
          full.map((r) => r.words), full.map((r) => r.folded), full.map((r) => r.grams),
        ],
      }),
      client.query({
        name: 'search-seen',
        text: 'insert into search_cursor (stream, seen) values ($1, $2) on conflict (workspace, stream) do update set seen = greatest(search_cursor.seen, excluded.seen)',
        values: [stream, seen],
      }),
      client.query('commit'),
    ]);
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

export interface Wanted {
  readonly terms: readonly string[];
  /** Streams that may be seen, and from where on. */
  readonly sight: readonly { readonly no: number; readonly stay: Stay }[];
  readonly by?: string | undefined;
  readonly from?: number | undefined;
  readonly until?: number | undefined;
  readonly before?: { at: number; id: string } | undefined;
  readonly limit: number;
}

/** The longest that one search may keep the database busy, in milliseconds. */
export const longestLook = 5_000;

/** The database took too long over it, and was told to stop. */
export class TookTooLong extends Error {}

/**
 * Messages that have all terms, newest first, and how many milliseconds the database took to find them.
 * @throws TookTooLong
 */
export async function look(db: pg.Pool, wanted: Wanted): Promise<{ rows: SearchRow[]; took: number }> {
  const client = await db.connect();
  let broken: Error | undefined;
  // A connection that breaks says so twice: to whoever asked something on it, and to nobody, which would end the process.
  const lost = (error: Error): void => { broken = error; };
  client.on('error', lost);
  try {
    await client.query(`begin read only; set local statement_timeout = ${longestLook}`);
    const began = performance.now();
    const { rows } = await client.query<SearchRow>({
      name: 'search-look',
      text: `
        select t.id, t.stream, t.by, t.at, t.words
        from search_text t join unnest($1::int[], $2::bigint[]) as s(no, visible) on t.stream = s.no and t.born >= s.visible
        where t.workspace = 1 and t.grams @> $3::text[]
          and (select bool_and(position(term in t.folded) > 0) from unnest($4::text[]) as term)
          and ($5::uuid is null or t.by = $5) and ($6::bigint is null or t.at >= $6) and ($7::bigint is null or t.at < $7)
          and ($8::bigint is null or (t.at, t.id) < ($8, $9::uuid))
        order by t.at desc, t.id desc
        limit $10`,
      values: [
        wanted.sight.map((s) => s.no), wanted.sight.map((s) => s.stay.visibleFrom),
        [...new Set(wanted.terms.flatMap(gramsOfTerm))], wanted.terms,
        wanted.by ?? null, wanted.from ?? null, wanted.until ?? null, wanted.before?.at ?? null, wanted.before?.id ?? null, wanted.limit,
      ],
    });
    const took = performance.now() - began;
    await client.query('commit');
    return { rows, took };
  } catch (error) {
    // What the database has cancelled leaves a connection as good as before; of any other end nobody knows.
    if ((error as { code?: string }).code !== '57014') {
      broken = error as Error;
      throw error;
    }
    await client.query('rollback').catch(lost);
    throw new TookTooLong('the search took too long', { cause: error });
  } finally {
    client.off('error', lost);
    client.release(broken);
  }
}
