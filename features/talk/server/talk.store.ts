import { amended, message, said, type Message } from '@noroshi/features/talk';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import type pg from 'pg';

/** What a message said from a moment on. */
export interface Version { readonly text: string; readonly at: Moment }

/**
 * All that a message has said, the first words first, the ones of now last. One statement, so that words which are
 * withdrawn meanwhile are either all here or not at all; `undefined` where there is no such message, or none any more.
 * @param from the first event of the stream that may be seen
 * @param most so many of the newest; the first is among them in any case
 */
export async function versionsOf(db: pg.Pool, stream: number, id: Id, from: number, most: number): Promise<{ versions: Version[]; times: number } | undefined> {
  const { rows } = await db.query<{ at: Moment | null; text: string | null; times: number }>({
    name: 'talk-versions',
    text: `
      with it as (
        select stream, born, seq from noun
        where workspace = 1 and noun = $1 and id = $2 and stream = $3 and born >= $4 and not value ? 'withdrawn'
      ), mended as (
        select e.seq, e.at, b.json ->> 'text' as text
        from it join event e on e.workspace = 1 and e.stream = it.stream and e.about = it.born and e.kind = ${amended.no} and e.seq <= it.seq
        join event_body b on b.workspace = 1 and b.stream = e.stream and b.seq = e.seq
      ), first as (
        select e.seq, e.at, coalesce(b.json ->> 'text', '') as text
        from it join event e on e.workspace = 1 and e.stream = it.stream and e.seq = it.born and e.kind = ${said.no}
        join event_body b on b.workspace = 1 and b.stream = e.stream and b.seq = e.seq
      ), told as (
        select * from first union all (select * from mended order by seq desc limit $5)
      )
      select told.at, told.text, (select count(*)::int from mended) as times from it left join told on true order by told.seq`,
    values: [message.noun, id, stream, from, most],
  });
  if (rows.length === 0) return undefined;
  // Words that were taken out of the record are told of by their absence.
  return { versions: rows.flatMap(({ at, text }) => (at === null || text === null ? [] : [{ at, text }])), times: rows[0]!.times };
}

/** What was said of an incident: who said it and, where it asks for an answer, the whole of it. */
export interface OfIncident { readonly stream: number; readonly born: number; readonly id: Id; readonly by: Id; readonly asking: Message | null }

/** What was said of an incident in these streams and not taken back, first what was said first: of each stream's newest messages. */
export async function saidOf(db: pg.Pool, streams: readonly number[], incident: Id, most: number): Promise<OfIncident[]> {
  const { rows } = await db.query<OfIncident>({
    name: 'talk-of-incident',
    text: `
      select m.stream, m.born, m.id, m.value ->> 'by' as by, case when m.value ? 'asks' then m.value end as asking
      from unnest($2::int[]) as of (stream) cross join lateral (
        select stream, born, id, value from noun where workspace = 1 and noun = $1 and noun.stream = of.stream order by born desc limit $4
      ) m
      where not m.value ? 'withdrawn' and not m.value ? 'quiet' and m.value ->> 'incident' = $3
      order by m.stream, m.born`,
    values: [message.noun, streams, incident, most],
  });
  return rows;
}

/** Messages that ask for an answer and were not taken back, said since a moment, the first of each stream first. */
export async function askingSince(db: pg.Pool, streams: readonly number[], since: Moment): Promise<{ stream: number; born: number; value: Message }[]> {
  const { rows } = await db.query<{ stream: number; born: number; value: Message }>({
    name: 'talk-asking',
    text: `select stream, born, value from noun
           where workspace = 1 and noun = $1 and stream = any($2::int[]) and value ? 'asks' and not value ? 'withdrawn' and (value ->> 'at')::bigint >= $3
           order by stream, born`,
    values: [message.noun, streams, since],
  });
  return rows;
}
