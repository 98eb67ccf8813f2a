import type { Id } from '@noroshi/foundations/kernel';
import type { Doc, Empties, Event, House, StreamKey } from '@noroshi/foundations/sync';
import type pg from 'pg';
import { fieldsOf, saltLength } from './commitments.server.ts';

/** Fields to be emptied of the event that made a thing, and of those that changed it. */
export interface Emptied {
  readonly stream: StreamKey;
  readonly born: number;
  readonly about: number;
  readonly fields: readonly string[];
  /** Which of the events about the thing are meant. */
  readonly touches: (event: Pick<Event, 'id' | 'by' | 'incident' | 'body'> & { no: number }) => boolean;
}

/** What a deed empties of one thing: the fields that it names alone, and each that it names with the kind of event it stands in. */
export function emptiedOf({ kindByNo, nounByName }: House, { noun, id, stream, born, about = born }: Doc, { empties, said }: Empties): Emptied[] {
  const { folds } = nounByName.get(noun)!;
  const plain = empties.filter((field) => !field.includes('.'));
  const ofKinds = empties.filter((field) => field.includes('.')).map((field) => ({ kind: field.slice(0, field.lastIndexOf('.')), fields: [field.slice(field.lastIndexOf('.') + 1)] }));
  return [...(plain.length > 0 ? [{ kind: undefined, fields: plain }] : []), ...ofKinds].map(({ kind: only, fields }) => ({
    stream, born, about, fields,
    // What is about the same thing and changes another one (who was rung for a message) keeps its words.
    touches({ no, ...event }) {
      const { kind } = kindByNo.get(no)!;
      return (only === undefined || kind === only) && (said === undefined || event.id === said) && folds.get(kind)?.id(event as Event) === id;
    },
  }));
}

/**
 * Takes fields out of the record, with their salts: of the event that made a thing, and of those about it. The envelopes and
 * the commitments stay. What is left of the command that said it is its answer, and no hash of its words.
 * @param what `born`: the number of the event that made the thing; `about`: of that of which it speaks; `touches`: which of the events
 * about it are meant, all of them unless it is given
 */
export async function emptyWords(db: pg.Pool | pg.PoolClient, { no, born, about = born, fields, touches = () => true }: { no: number; born: number; about?: number; fields: readonly string[]; touches?: Emptied['touches'] }): Promise<void> {
  const { rows: all } = await db.query<{ seq: number; no: number; id: Id; by: Id; incident: Id | null; salt: Buffer; json: Record<string, unknown>; emptied: string[] | null }>(`
    select e.seq, e.kind as no, e.id, e.by, e.incident, b.salt, b.json, b.emptied
    from event e join event_body b on b.workspace = 1 and b.stream = e.stream and b.seq = e.seq
    where e.workspace = 1 and e.stream = $1 and (e.seq = $2 or e.about in ($2, $4)) and b.json ?| $3::text[] order by e.seq`, [no, born, fields, about]);
  const rows = all.filter(({ no: kind, id, by, incident, json }) => touches({ no: kind, id, by, incident: incident ?? undefined, body: json }));
  for (const row of rows) {
    const named = [...new Set([...fieldsOf(row.json), ...(row.emptied ?? [])])].sort();
    const emptied = named.filter((field) => row.emptied?.includes(field) || fields.includes(field));
    const json = Object.fromEntries(Object.entries(row.json).filter(([field]) => !fields.includes(field)));
    // Events from before each field had a salt of its own lose it whole: what is left of them can be read, and is not proven.
    const salt = row.salt.length === named.length * saltLength ? Buffer.concat(named.map((field, i) => (emptied.includes(field) ? Buffer.alloc(saltLength) : row.salt.subarray(i * saltLength, (i + 1) * saltLength)))) : Buffer.alloc(0);
    await db.query('update event_body set json = $3, salt = $4, emptied = $5 where workspace = 1 and stream = $1 and seq = $2', [no, row.seq, JSON.stringify(json), salt, emptied]);
  }
  await db.query(`update command set hash = '' from unnest($1::uuid[], $2::uuid[]) as said(person, id) where workspace = 1 and command.person = said.person and command.id = said.id`, [rows.map(({ by }) => by), rows.map(({ id }) => id)]);
}
