import type { Id, Moment } from '@noroshi/foundations/kernel';
import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { canonical } from '@noroshi/foundations/kernel';
import { commitments, fieldsOf, saltLength } from './commitments.server.ts';
import type { Answer, Doc, Event, House, StreamKey } from '@noroshi/foundations/sync';

/** A stream's row: its number, its name and its counters. */
export interface StreamRow { no: number; key: StreamKey; head: number; messages: number; members: number }

export interface JobRow { id: Id; due: Moment; command: string; input: unknown }
export interface AnswerRow { person: Id; id: Id; name: string; hash: Buffer; answer: Answer; at: Moment; deviceAt: Moment | null }

type Queries = pg.Pool | pg.PoolClient;

/** Hash under which a repeat is recognised as the same command. */
export function inputHash(name: string, input: unknown): Buffer {
  return createHash('sha256').update(name).update('\0').update(canonical(input)).digest();
}

const streamColumns = 'no, key, head, messages, members';

/** All streams, for a starting node. */
export async function allStreams(db: Queries): Promise<StreamRow[]> {
  return (await db.query<StreamRow>(`select ${streamColumns} from stream where workspace = 1 order by no`)).rows;
}

/** The id of the history that these tables hold. */
export async function historyOf(db: Queries): Promise<Id> {
  return (await db.query<{ id: Id }>('select id from history')).rows[0]!.id;
}

/** A stream as it is under its lock, and the workspace's committed head. */
export type Locked = StreamRow & { rules: number };

/**
 * Locks streams in one order and returns them as they are now, each with the workspace's committed head (`rules`),
 * so that a batch sees whether what it remembers of rules is old.
 * @param keys streams that this node does not know; perhaps another has begun them
 */
export async function lockStreams(db: pg.PoolClient, nos: readonly number[], keys: readonly StreamKey[]): Promise<Locked[]> {
  return (await db.query<Locked>({
    name: 'lock-streams',
    text: `select ${streamColumns}, (select w.head from stream w where w.workspace = 1 and w.no = 1) as rules
           from stream where workspace = 1 and (no = any($1::int[]) or key = any($2::text[])) order by no for update`,
    values: [nos, keys],
  })).rows;
}

/** How many streams there are, and the sum of their heads. */
export async function headsTogether(db: Queries): Promise<{ streams: number; sum: number }> {
  return (await db.query<{ streams: number; sum: number }>({ name: 'heads-together', text: 'select count(*) as streams, coalesce(sum(head), 0)::bigint as sum from stream where workspace = 1' })).rows[0]!;
}

/** Streams whose head is not the one that is known, and those that are not known at all. */
export async function movedStreams(db: Queries, nos: readonly number[], heads: readonly number[]): Promise<StreamRow[]> {
  return (await db.query<StreamRow>({
    name: 'moved-streams',
    text: `select s.no, s.key, s.head, s.messages, s.members from stream s
           left join unnest($1::int[], $2::bigint[]) as k(no, head) on k.no = s.no
           where s.workspace = 1 and k.head is distinct from s.head order by s.no`,
    values: [nos, heads],
  })).rows;
}

// Where a statement looks up single rows by their key, it says so by a lateral of one row: a young table's plan, which its
// connection keeps, would else read the whole table for each lookup for as long as nobody has counted its rows. And it says
// how many it looks up: the plan that is made once for all of them then passes for no dearer than one for these alone.

/** Answers already given for these (person, id). */
export async function answersGiven(db: Queries, asked: readonly { person: Id; id: Id }[]): Promise<AnswerRow[]> {
  return (await db.query<AnswerRow>({
    name: 'answers-given',
    text: `select c.person, c.id, c.name, c.hash, c.answer, c.at, c.device_at as "deviceAt"
           from (select * from unnest($1::uuid[], $2::uuid[]) limit $3) as a(person, id)
           cross join lateral (select * from command where workspace = 1 and person = a.person and id = a.id limit 1) c`,
    values: [asked.map((a) => a.person), asked.map((a) => a.id), asked.length],
  })).rows;
}

/** Takes away answers for which no device can ask any more: those given before a moment. The events they led to stay. */
export async function forgetAnswers(db: Queries, before: Moment): Promise<void> {
  await db.query('delete from command where workspace = 1 and at < $1', [before]);
}

interface DocRecord { noun: string; id: string; key: StreamKey; born: number; seq: number; value: unknown }
const toDoc = (r: DocRecord): Doc => ({ noun: r.noun, id: r.id, stream: r.key, born: r.born, seq: r.seq, value: r.value });
const docColumns = `n.noun, n.id, s.key, n.born, n.seq, n.value from noun n join stream s on s.workspace = 1 and s.no = n.stream`;

/** Single things, by name. */
export async function docsByRef(db: Queries, refs: readonly { noun: string; id: string }[]): Promise<Doc[]> {
  const { rows } = await db.query<DocRecord>({
    name: 'docs-by-ref',
    text: `select n.noun, n.id, s.key, n.born, n.seq, n.value from (select * from unnest($1::text[], $2::text[]) limit $3) as a(noun, id)
           cross join lateral (select * from noun where workspace = 1 and noun.noun = a.noun and noun.id = a.id limit 1) n
           cross join lateral (select key from stream where workspace = 1 and no = n.stream limit 1) s`,
    values: [refs.map((r) => r.noun), refs.map((r) => r.id), refs.length],
  });
  return rows.map(toDoc);
}

/**
 * All things that come whole (everything but the windowed nouns), for a starting node.
 * @param speaking the nouns whose things speak of others: the event that made one says of which
 */
export async function wholeDocs(db: Queries, windowed: readonly string[], speaking: readonly string[]): Promise<Doc[]> {
  const { rows } = await db.query<DocRecord & { about: number | null }>(`
    select n.noun, n.id, s.key, n.born, n.seq, n.value, e.about from noun n join stream s on s.workspace = 1 and s.no = n.stream
    left join event e on n.noun = any($2::text[]) and e.workspace = 1 and e.stream = n.stream and e.seq = n.born
    where n.workspace = 1 and n.noun <> all($1::text[])`, [windowed, speaking]);
  return rows.map(({ about, ...row }) => (about === null ? toDoc(row) : { ...toDoc(row), about }));
}

/** The newest things of one windowed noun in a stream, born before `before` and not before `from`. Newest last. */
export async function windowOf(db: Queries, noun: string, stream: number, before: number, from: number, limit: number): Promise<Doc[]> {
  const { rows } = await db.query<DocRecord>({
    name: 'window-of',
    text: `select ${docColumns} where n.workspace = 1 and n.noun = $1 and n.stream = $2 and n.born < $3 and n.born >= $4 order by n.born desc limit $5`,
    values: [noun, stream, before, from, limit],
  });
  return rows.map(toDoc).reverse();
}

interface EventRecord {
  seq: number; id: Id; n: number; kind: number; at: number; by: Id; org: Id;
  incident: Id | null; drill: boolean; message: number | null; about: number | null; takes: number | null; json: unknown;
}

/** The tables hold an event of a kind that this build does not know: a newer one has written it. Nothing is judged then. */
export class WrittenByNewer extends Error {}

/** Events of a stream after a number, oldest first. @throws WrittenByNewer */
export async function eventsAfter(db: Queries, house: House, stream: { no: number; key: StreamKey }, after: number, limit: number): Promise<Event[]> {
  const { rows } = await db.query<EventRecord>({
    name: 'events-after',
    text: `select e.seq, e.id, e.n, e.kind, e.at, e.by, e.org, e.incident, e.drill, e.message, e.about, e.takes, b.json
           from (select * from event where workspace = 1 and stream = $1 and seq > $2 order by seq limit $3) e
           cross join lateral (select json from event_body where workspace = 1 and stream = e.stream and seq = e.seq limit 1) b order by e.seq`,
    values: [stream.no, after, limit],
  });
  return rows.map((r) => {
    const kind = house.kindByNo.get(r.kind);
    if (!kind) throw new WrittenByNewer(`event ${r.seq} of ${stream.key} is of kind ${r.kind}, which a newer version has written`);
    return {
      stream: stream.key, seq: r.seq, id: r.id, n: r.n, kind: kind.kind, at: r.at, by: r.by, org: r.org,
      incident: r.incident ?? undefined, drill: r.drill || undefined, message: r.message ?? undefined, about: r.about ?? undefined, takes: r.takes ?? undefined, body: r.json,
    };
  });
}

/**
 * Which things of a stream were taken back.
 * @param things the numbers of the events that made them
 * @param kinds the numbers of the kinds of event that take back
 * @param upTo by an event up to this one; by any unless told
 */
export async function takenBack(db: Queries, stream: number, things: readonly number[], kinds: readonly number[], upTo = Number.MAX_SAFE_INTEGER): Promise<Set<number>> {
  const { rows } = await db.query<{ thing: number }>({
    name: 'taken-back',
    text: `select about as thing from event where workspace = 1 and stream = $1 and about = any($2::bigint[]) and kind = any($3::smallint[]) and takes is null and seq <= $4
           union select takes from event where workspace = 1 and stream = $1 and takes = any($2::bigint[]) and kind = any($3::smallint[]) and seq <= $4`,
    values: [stream, things, kinds, upTo],
  });
  return new Set(rows.map((r) => r.thing));
}

/** What one batch writes. */
export interface Written {
  readonly streams: readonly StreamRow[];
  readonly begun: readonly StreamRow[];
  readonly events: readonly { stream: number; kind: number; event: Event }[];
  /** `fresh`: made in this batch, not changed in it. */
  readonly docs: readonly (Doc & { no: number; fresh: boolean })[];
  readonly answers: readonly AnswerRow[];
  readonly jobs: readonly JobRow[];
  readonly jobsDone: readonly Id[];
}

/** Answers as the columns in which they are written. */
const answerColumns = (answers: readonly AnswerRow[]): unknown[][] => [
  answers.map((a) => a.person), answers.map((a) => a.id), answers.map((a) => a.name), answers.map((a) => a.hash), answers.map((a) => JSON.stringify(a.answer)), answers.map((a) => a.at), answers.map((a) => a.deviceAt),
];

/** Events, words, things, counters, answers and jobs: one statement, so that a batch costs one round trip to write. */
export async function write(db: pg.PoolClient, w: Written): Promise<void> {
  // What is refused makes nothing true but its answer: for that alone nine tables need not be prepared to be written to.
  if (w.events.length + w.begun.length + w.docs.length + w.jobs.length + w.jobsDone.length === 0) {
    await db.query({
      name: 'write-answers',
      text: `insert into command (person, id, name, hash, answer, at, device_at)
             select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[], $5::jsonb[], $6::bigint[], $7::bigint[])`,
      values: answerColumns(w.answers),
    });
    return;
  }
  const fields = w.events.map(({ event }) => fieldsOf(event.body as Record<string, unknown>));
  const salts = fields.map(({ length }) => randomBytes(length * saltLength));
  await db.query({
    name: 'write-batch',
    text: `
      with begun as (
        insert into stream (no, key, head, messages, members)
        select * from unnest($1::int[], $2::text[], $3::bigint[], $4::bigint[], $5::int[])
      ), moved as (
        update stream s set head = m.head, messages = m.messages, members = m.members
        from unnest($6::int[], $7::bigint[], $8::bigint[], $9::int[]) as m(no, head, messages, members)
        where s.workspace = 1 and s.no = m.no
      ), said as (
        insert into event (stream, seq, id, n, kind, at, by, org, incident, drill, message, commitments, about, takes)
        select * from unnest($10::int[], $11::bigint[], $12::uuid[], $13::smallint[], $14::smallint[], $15::bigint[], $16::uuid[], $17::uuid[], $18::uuid[], $19::bool[], $20::bigint[], $21::bytea[], $43::bigint[], $44::bigint[])
      ), words as (
        insert into event_body (stream, seq, salt, json)
        select * from unnest($10::int[], $11::bigint[], $22::bytea[], $23::jsonb[])
      ), things as (
        -- Plainly inserted: an id that is already taken must fail, not overwrite another's thing.
        insert into noun (noun, id, stream, born, seq, value)
        select noun, id, stream, born, seq, value
        from unnest($24::text[], $25::text[], $26::int[], $27::bigint[], $28::bigint[], $29::jsonb[], $42::bool[]) as t(noun, id, stream, born, seq, value, fresh)
        where fresh
      ), changed as (
        update noun n set seq = t.seq, value = t.value
        from unnest($24::text[], $25::text[], $26::int[], $27::bigint[], $28::bigint[], $29::jsonb[], $42::bool[]) as t(noun, id, stream, born, seq, value, fresh)
        where not t.fresh and n.workspace = 1 and n.noun = t.noun and n.id = t.id and n.stream = t.stream
      ), answered as (
        insert into command (person, id, name, hash, answer, at, device_at)
        select * from unnest($30::uuid[], $31::uuid[], $32::text[], $33::bytea[], $34::jsonb[], $35::bigint[], $36::bigint[])
      ), done as (
        delete from job where workspace = 1 and id = any($37::uuid[])
      )
      insert into job (id, due, command, input)
      select * from unnest($38::uuid[], $39::bigint[], $40::text[], $41::jsonb[])
      on conflict do nothing`,
    values: [
      w.begun.map((s) => s.no), w.begun.map((s) => s.key), w.begun.map((s) => s.head), w.begun.map((s) => s.messages), w.begun.map((s) => s.members),
      w.streams.map((s) => s.no), w.streams.map((s) => s.head), w.streams.map((s) => s.messages), w.streams.map((s) => s.members),
      w.events.map((e) => e.stream), w.events.map((e) => e.event.seq), w.events.map((e) => e.event.id), w.events.map((e) => e.event.n),
      w.events.map((e) => e.kind), w.events.map((e) => e.event.at), w.events.map((e) => e.event.by), w.events.map((e) => e.event.org),
      w.events.map((e) => e.event.incident ?? null), w.events.map((e) => e.event.drill ?? false), w.events.map((e) => e.event.message ?? null),
      w.events.map((e, i) => commitments(salts[i]!, fields[i]!, e.event.body as Record<string, unknown>)), salts, w.events.map((e) => JSON.stringify(e.event.body)),
      w.docs.map((d) => d.noun), w.docs.map((d) => d.id), w.docs.map((d) => d.no), w.docs.map((d) => d.born), w.docs.map((d) => d.seq), w.docs.map((d) => JSON.stringify(d.value)),
      ...answerColumns(w.answers),
      w.jobsDone,
      w.jobs.map((j) => j.id), w.jobs.map((j) => j.due), w.jobs.map((j) => j.command), w.jobs.map((j) => JSON.stringify(j.input)),
      w.docs.map((d) => d.fresh),
      w.events.map((e) => e.event.about ?? null), w.events.map((e) => e.event.takes ?? null),
    ],
  });
}
