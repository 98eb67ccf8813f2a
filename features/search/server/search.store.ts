import { together } from '@noroshi/foundations/database';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { Stay } from '@noroshi/foundations/sync';
import { setImmediate as turn } from 'node:timers/promises';
import type pg from 'pg';
import { authorGram, grams, gramsOfTerm, keyOf, stretchBits, type Stretch } from '../fold.ts';

/** Streams whose events this index has not all seen. */
export async function behind(db: pg.Pool): Promise<{ no: number; key: string; head: number; seen: number }[]> {
  const { rows } = await db.query<{ no: number; key: string; head: number; seen: number }>({
    name: 'search-behind',
    text: `select s.no, s.key, s.head, coalesce(c.seen, 0) as seen from stream s left join search_cursor c on c.workspace = s.workspace and c.stream = s.no
           where s.workspace = 1 and s.head > coalesce(c.seen, 0)`,
  });
  return rows;
}

/** In which stretch of its stream something stands. */
export const stretchOf = (shown: number): number => Math.floor(shown / 2 ** stretchBits);

/** One thing as it stands in the index. */
export interface Entry {
  readonly shelf: number;
  readonly noun: string;
  readonly id: Id;
  /** The number of the event from which on it is seen: its own, or that of what it speaks of. */
  readonly shown: number;
  readonly by: Id | undefined;
  /** 0: it has no time of its own. */
  readonly at: Moment;
  readonly words: string;
  readonly folded: string;
}

/** Takes in things as they are now, and moves the cursor, in one transaction: a crash repeats a step and loses none. What has no words is found no more. */
export async function index(db: pg.Pool, stream: number, seen: number, entries: readonly Entry[]): Promise<void> {
  const empty = entries.filter(({ folded }) => folded === '');
  const full: (Entry & { readonly keys: string })[] = [];
  for (const entry of entries) {
    if (entry.folded === '') continue;
    const stretch = { shelf: entry.shelf, stream, stretch: stretchOf(entry.shown) };
    full.push({ ...entry, keys: `{${[...grams(entry.folded), ...(entry.by ? [authorGram(entry.by)] : [])].map((gram) => keyOf(stretch, gram)).join()}}` });
    // A page of long messages takes seconds: whoever talks comes in between.
    await turn();
  }
  const client = await db.connect();
  try {
    await together(client, () => [
      client.query('begin'),
      // What a power cut takes of it is taken in once more: its cursor goes with it.
      client.query('set local synchronous_commit = off'),
      client.query({
        name: 'search-forget',
        text: 'delete from search_text t using unnest($1::text[], $2::uuid[]) as gone(noun, id) where t.workspace = 1 and t.noun = gone.noun and t.id = gone.id',
        values: [empty.map(({ noun }) => noun), empty.map(({ id }) => id)],
      }),
      client.query({
        name: 'search-take',
        text: `insert into search_text (shelf, noun, id, stream, shown, by, at, words, folded, keys)
               select shelf, noun, id, $1, shown, by, at, words, folded, keys::int[]
               from unnest($2::smallint[], $3::text[], $4::uuid[], $5::bigint[], $6::uuid[], $7::bigint[], $8::text[], $9::text[], $10::text[]) as t(shelf, noun, id, shown, by, at, words, folded, keys)
               order by noun, id
               on conflict (workspace, noun, id) do update set words = excluded.words, folded = excluded.folded, keys = excluded.keys where search_text.words <> excluded.words`,
        values: [
          stream, full.map(({ shelf }) => shelf), full.map(({ noun }) => noun), full.map(({ id }) => id), full.map(({ shown }) => shown), full.map(({ by }) => by ?? null),
          full.map(({ at }) => at), full.map(({ words }) => words), full.map(({ folded }) => folded), full.map(({ keys }) => keys),
        ],
      }),
      client.query({
        name: 'search-stretch',
        text: `insert into search_stretch (shelf, stream, stretch, first, last)
               select shelf, $1, stretch, min(at), max(at) from unnest($2::smallint[], $3::bigint[], $4::bigint[]) as t(shelf, stretch, at) group by shelf, stretch order by 1, 3
               on conflict (workspace, shelf, stream, stretch) do update set first = least(search_stretch.first, excluded.first), last = greatest(search_stretch.last, excluded.last)
               where excluded.first < search_stretch.first or excluded.last > search_stretch.last`,
        values: [stream, full.map(({ shelf }) => shelf), full.map(({ shown }) => stretchOf(shown)), full.map(({ at }) => at)],
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

/** Of these events of a stream, which event made what they are about. */
export async function aboutOf(db: pg.Pool, stream: number, seqs: readonly number[]): Promise<ReadonlyMap<number, number>> {
  if (seqs.length === 0) return new Map();
  const { rows } = await db.query<{ seq: number; about: number }>('select seq, about from event where workspace = 1 and stream = $1 and seq = any($2::bigint[]) and about is not null', [stream, seqs]);
  return new Map(rows.map(({ seq, about }) => [seq, about]));
}

/** One thing that was found. Its words are given of those that are shown. */
export interface SearchRow { readonly noun: string; readonly id: Id; readonly stream: number; readonly by: Id | null; readonly at: Moment; readonly words: string | null }

/** What was found on one shelf, and whether that is all there is. */
export interface Looked { readonly rows: readonly SearchRow[]; readonly isAll: boolean }

/** What is looked for. */
export interface Wanted {
  readonly terms: readonly string[];
  /** Streams that may be seen, and from where on. */
  readonly sight: readonly { readonly no: number; readonly stay: Stay }[];
  readonly by?: Id | undefined;
  readonly from?: Moment | undefined;
  readonly until?: Moment | undefined;
}

/** How much of one shelf is wanted. */
export interface Some {
  readonly shelf: number;
  readonly before?: { readonly at: Moment; readonly id: Id } | undefined;
  /** Of so many the words are wanted, */
  readonly show: number;
  /** and no more are looked for than so many: to say how many there are. */
  readonly most: number;
}

/** The longest that one search may keep the database busy, in milliseconds. */
export const longestLook = 5_000;

/** The database took too long over it, and was told to stop. */
export class TookTooLong extends Error {}

/** So many of the newest are looked through one by one before the index is asked: what is said often stands among them. */
const newest = 3_000;
/** Whoever sees no more streams than so many has each looked through by itself. */
const fewStreams = 6;
/** So many stretches are asked at first, and twice as many each time that it was not enough. */
const firstStretches = 4;
const noEnd = 2 ** 52;
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * Things on some shelves that have all terms, newest first, and how many milliseconds the database took to find them.
 * @throws TookTooLong
 */
export async function look(db: pg.Pool, wanted: Wanted, shelves: readonly Some[]): Promise<{ found: ReadonlyMap<number, Looked>; took: number }> {
  const client = await db.connect();
  let broken: Error | undefined;
  // A connection that breaks says so twice: to whoever asked something on it, and to nobody, which would end the process.
  const lost = (error: Error): void => { broken = error; };
  client.on('error', lost);
  try {
    // What is walked through is walked through in order; what the index is asked for, it is asked for: without the table's
    // statistics, which know nothing of keys that are made as they are needed.
    await client.query(`begin read only; set local statement_timeout = ${longestLook}; set local enable_seqscan = off; set local work_mem = '16MB'`);
    const began = performance.now();
    const found = new Map<number, Looked>();
    const stretches = await stretchesOf(client, wanted, shelves.map(({ shelf }) => shelf));
    for (const some of shelves) {
      const of = stretches.filter(({ shelf }) => shelf === some.shelf);
      if (of.length > 0) found.set(some.shelf, await lookOn(client, wanted, some, of));
    }
    const took = performance.now() - began;
    await client.query('commit');
    return { found, took };
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

/** A part of a stream: so many of its events, and from when to when the things are that stand in it. */
interface Place extends Stretch { readonly visible: number; readonly first: Moment; readonly last: Moment }

/** The stretches in which something may stand that is looked for, newest first. */
async function stretchesOf(client: pg.PoolClient, { sight, from = 0, until = noEnd }: Wanted, shelves: readonly number[]): Promise<Place[]> {
  const { rows } = await client.query<Place>({
    name: 'search-stretches',
    text: `select p.shelf, p.stream, p.stretch, s.visible, p.first, p.last
           from unnest($1::int[], $2::bigint[]) as s(no, visible) join search_stretch p on p.workspace = 1 and p.shelf = any($3::smallint[]) and p.stream = s.no
           where p.last >= $4 and p.first < $5 and p.stretch >= s.visible >> ${stretchBits}
           order by p.last desc`,
    values: [sight.map(({ no }) => no), sight.map(({ stay }) => stay.visibleFrom), shelves, from, until],
  });
  return rows;
}

async function lookOn(client: pg.PoolClient, wanted: Wanted, some: Some, stretches: readonly Place[]): Promise<Looked> {
  // Of one person little stands among the newest, and who it was is a key as well.
  if (stretches.length > 1 && wanted.by === undefined) {
    const among = new Set(stretches.map(({ stream }) => stream));
    const walked = await walk(client, { ...wanted, sight: wanted.sight.filter(({ no }) => among.has(no)) }, some);
    if (walked) return walked;
  }
  let rows: SearchRow[] = [];
  for (let from = 0, step = firstStretches; from < stretches.length; from += step, step *= 2) {
    // Of what is older than all that is wanted, nothing is looked at.
    const last = rows[some.most - 1];
    if (last && stretches[from]!.last < last.at) return { rows, isAll: false };
    const more = await ask(client, wanted, some, stretches.slice(from, from + step));
    rows = [...rows, ...more].toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1)).slice(0, some.most);
  }
  return { rows, isAll: rows.length < some.most };
}

const columns = 't.noun, t.id, t.stream, t.by, t.at';
/** $1 to $8 stand in each of both statements for the same. The 0 keeps the order of time out of it: it is not by time that the keys are found. */
const isWanted = `($2::uuid is null or t.by = $2) and t.at + 0 >= $3 and t.at + 0 < $4 and (t.at + 0, t.id) < ($5, $6::uuid) and (select bool_and(position(term in t.folded) > 0) from unnest($1::text[]) as term)`;
const common = ({ terms, by, from = 0, until = noEnd }: Wanted, { before, most, show }: Some): unknown[] => [terms, by ?? null, from, until, before?.at ?? noEnd, before?.id ?? lastId, most, show];
/** The newest of what was found, with the words of those that are shown. */
const newestOf = (what: string): string => `select noun, id, stream, by, at, case when row_number() over (order by at desc, id desc) <= $8 then words end as words from (${what}) t order by at desc, id desc limit $7`;

/** Looks through the newest one by one. @returns what stands among them; `undefined` where that is not all that there is, and less than is to be shown */
async function walk(client: pg.PoolClient, wanted: Wanted, some: Some): Promise<Looked | undefined> {
  const { sight } = wanted;
  const few = sight.length <= fewStreams;
  const each = few ? Math.ceil(newest / sight.length) : newest;
  const range = `t.at >= $3 and t.at < $4 and (t.at, t.id) < ($5, $6::uuid) order by t.at desc, t.id desc limit $11`;
  const { rows } = await client.query<{ walked: number; until: number | null; rows: SearchRow[] | null }>({
    name: few ? 'search-walk-each' : 'search-walk',
    text: `
      with w as materialized (${few
        ? `select t.* from unnest($10::int[]) as s(no) cross join lateral (select * from search_text t where t.shelf = $9 and t.stream = s.no and ${range}) t`
        : `select t.* from search_text t where t.shelf = $9 and ${range}`}),
      ends as (select max(first) as until from (select min(at) as first from w ${few ? 'group by stream' : ''} having count(*) >= $11) as full_ones)
      select (select until from ends) as until, (select json_agg(f) from (${newestOf(`
        select t.* from w t join unnest($10::int[], $12::bigint[]) as s(no, visible) on t.stream = s.no and t.shown >= s.visible
        where ${isWanted} and t.at > coalesce((select until from ends), -1)`)}) f) as rows`,
    values: [...common(wanted, some), some.shelf, sight.map(({ no }) => no), each, sight.map(({ stay }) => stay.visibleFrom)],
  });
  const { until, rows: found } = rows[0]!;
  return until === null || (found?.length ?? 0) >= some.show ? { rows: found ?? [], isAll: until === null && (found?.length ?? 0) < some.most } : undefined;
}

/** Asks the index about some stretches. */
async function ask(client: pg.PoolClient, wanted: Wanted, some: Some, stretches: readonly Place[]): Promise<SearchRow[]> {
  const all = [...new Set(wanted.terms.flatMap(gramsOfTerm)), ...(wanted.by ? [authorGram(wanted.by)] : [])];
  const { rows } = await client.query<SearchRow>({
    name: 'search-look',
    text: newestOf(`
      select ${columns}, t.words from unnest($9::text[], $10::bigint[]) as p(keys, visible) cross join lateral (
        select t.* from search_text t
        where t.keys @> p.keys::int[] and t.shown >= p.visible and ${isWanted}
      ) t`),
    values: [...common(wanted, some), stretches.map((stretch) => `{${all.map((gram) => keyOf(stretch, gram)).join()}}`), stretches.map(({ visible }) => visible)],
  });
  return rows;
}
