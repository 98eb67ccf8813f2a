import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { EventKind } from '@noroshi/foundations/sync';
import type { Stair } from '@noroshi/foundations/sync/server';
import { person as personNoun, type Person } from '@noroshi/features/directory';
import { workspaceStream } from '@noroshi/foundations/sync';
import { auditStream, noted, type AuditFilter, type AuditLine, type Group } from '../audit.ts';
import { kindsOf, notesOf, told } from '../audit-kinds.ts';
import { keptStream } from '../book.ts';

export interface Place { readonly at: Moment; readonly stream: number; readonly seq: number }
interface Row extends Place { readonly kind: number; readonly by: Id; readonly org: Id; readonly drill: boolean; readonly incident: Id | null; readonly json: Readonly<Record<string, unknown>> }

const isId = (value: unknown): value is Id => typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(value);
/** What a paper was of: a damage report bears its disaster and its town. */
const inAddress = ({ what, note }: Row['json']): string[] => (what === 'documentFetched' && typeof note === 'string' ? note.split(/[/_.]/).filter(isId) : []);
/** Fields whose words help an auditor, and give no telephone number or address away. */
const telling = ['role', 'note', 'reason', 'why', 'years', 'name', 'title', 'on', 'times', 'audit'] as const;

/**
 * A page of the audit, newest first.
 * @param rooms the rooms that the asker sees: of others nothing is told
 */
export async function auditPage(stair: Stair, rooms: ReadonlySet<string>, filter: AuditFilter, before: Place | undefined, limit: number): Promise<{ lines: AuditLine[]; more?: Place }> {
  const { memory, house, pool } = stair;
  const group: Group = filter.group ?? 'all';
  const kinds = group === 'all' ? Object.values(kindsOf).flat() : group === 'signIn' || group === 'view' ? [] : kindsOf[group];
  const notes = group === 'all' ? Object.values(notesOf).flat() : (notesOf[group] ?? []);
  const streams = [...memory.streams.values()].filter(({ key }) => key === auditStream || key === keptStream || key === workspaceStream || told.includes(key) || rooms.has(key)).map(({ no }) => no);
  const words = filter.words?.trim();
  // Names stand in the directory and not in the events: whoever is called so is looked for by their id.
  const called = words ? memory.of(workspaceStream, personNoun.noun).filter(({ value }) => (value as Person).name.includes(words)).map(({ id }) => id) : [];
  const { rows } = await pool.query<Row>(`
    select e.at, e.stream, e.seq, e.kind, e.by, e.org, e.drill, e.incident, b.json
    from event e join event_body b on b.workspace = 1 and b.stream = e.stream and b.seq = e.seq
    where e.workspace = 1 and e.message is null and e.kind = any($2::smallint[] || $3::smallint) and e.stream = any($1::int[])
      and (e.kind <> $3 or b.json ->> 'what' = any($4::text[]))
      and ($5::uuid is null or e.by = $5 or position($5::text in b.json::text) > 0)
      -- What happened earlier and was told later is of the time in which it happened.
      and ($6::bigint is null or (e.at >= $6 and (e.kind <> $3 or coalesce((b.json ->> 'when')::bigint, e.at) >= $6)))
      and ($7::bigint is null or e.at < $7 or (e.kind = $3 and (b.json ->> 'when')::bigint < $7))
      and ($8::text is null or position(lower($8) in lower(b.json::text)) > 0 or e.by = any($9::uuid[]) or exists (select 1 from unnest($9::uuid[]) as who where position(who::text in b.json::text) > 0))
      and ($10::bigint is null or (e.at, e.stream, e.seq) < ($10, $11::int, $12::bigint))
      -- What is decided of a room stands among what administrators decide, and is told to who sees that room.
      and (e.stream <> $13 or b.json ->> 'room' is null or 'r:' || (b.json ->> 'room') = any($14::text[]))
    order by e.at desc, e.stream desc, e.seq desc limit $15`,
  [
    streams, kinds.map((kind) => house.kinds.get(kind)!.no), noted.no, notes, filter.person ?? null, filter.from ?? null, filter.until ?? null, words || null, called,
    before?.at ?? null, before?.stream ?? null, before?.seq ?? null, memory.streams.get(keptStream)?.no ?? 0, [...rooms], limit + 1,
  ]);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { lines: rows.slice(0, limit).map((row) => lineOf(row, house.kindByNo.get(row.kind)!)), ...(last && { more: { at: last.at, stream: last.stream, seq: last.seq } }) };
}

function lineOf({ at, by, org, drill, kind: _no, incident, json }: Row, { kind }: EventKind): AuditLine {
  const text = (field: string): string | undefined => (typeof json[field] === 'string' ? json[field] : undefined);
  const [address, device] = kind === noted.kind ? [text('address'), text('device')] : [];
  const says = Object.fromEntries(telling.flatMap((field) => (['string', 'number', 'boolean'].includes(typeof json[field]) ? [[field, String(json[field])]] : [])));
  const when = kind === noted.kind && typeof json['when'] === 'number' ? json['when'] : undefined;
  return {
    at: when ?? at, by, org, drill, kind: kind === noted.kind ? `audit.${String(json['what'])}` : kind,
    of: [...new Set([...Object.values(json).filter(isId), ...inAddress(json), ...(incident ? [incident] : [])])].slice(0, 8), says,
    ...(address ? { address } : {}), ...(device ? { device } : {}), ...(when === undefined ? {} : { told: at }), ...(kind === noted.kind && json['off'] === true ? { off: true } : {}),
  };
}
