import { chronicleKinds, type ChronicleKind } from '@noroshi/foundations/chronicled';
import { idShape, momentShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, type Ref } from '@noroshi/foundations/sync';
import type { Blacked, Part, Redacts } from '@noroshi/foundations/redacts';
import * as z from 'zod/mini';

/** By what way it came. */
export const channels = ['phone', 'radio', 'satellite', 'fax', 'mail', 'inPerson', 'talk', 'other'] as const;
export type Channel = (typeof channels)[number];

/** The longest content, in characters: a page of what was said by telephone. */
export const longestContent = 4_000;

const short = z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(100)));
const entryFields = {
  kind: z.enum(chronicleKinds),
  /** When it happened, as whoever writes it knows. */
  on: momentShape,
  content: z.string().check(z.trim(), z.minLength(1), z.maxLength(longestContent)),
  from: short,
  to: short,
  channel: z.enum(channels),
  place: short,
  /** 対応班: who sees to it. */
  unit: short,
  /** The organization that it concerns. */
  town: z.optional(idShape),
  /** The message it was taken from. It is named and not quoted: who may read that room reads it there. */
  source: z.optional(z.strictObject({ room: idShape, message: idShape })),
};

/** What a person writes. */
export const entryShape = z.strictObject(entryFields);
export type Written = z.output<typeof entryShape>;

// Numbers 240 to 259 are this room's.
/** Its number is counted in the order of the stream, for each incident. Its id is the command's. */
export const entered = eventKind('chronology.entered', 240, z.object({ no: z.int(), ...entryFields, corrects: z.optional(z.object({ entry: idShape, no: z.int() })) }));
/** A later entry says it better: the old one stays, and points at the new. */
export const corrected = eventKind('chronology.corrected', 243, z.object({ entry: idShape, no: z.int() }));

/** One line of the chronology that a person wrote. Nothing of it is ever changed. */
export interface Entry extends Written {
  readonly id: Id;
  readonly no: number;
  readonly incident: Id;
  readonly drill: boolean;
  /** When it was entered, by whom. */
  readonly at: Moment;
  readonly by: Id;
  readonly org: Id;
  readonly kind: ChronicleKind;
  /** The entry in whose place it stands. */
  readonly corrects?: { readonly entry: Id; readonly no: number } | undefined;
  /** The entry that stands in its place. */
  readonly corrected?: { readonly entry: Id; readonly no: number };
  readonly redacted?: readonly Blacked[];
}

export const entry = noun<Entry>('chronicleEntry')
  .begins(entered, (e) => e.id, ({ id, at, by, org, incident, drill, body }) => ({ ...body, id, at, by, org, incident: incident!, drill: !!drill }))
  .on(corrected, (e) => e.body.entry, (now, e) => now && { ...now, corrected: { entry: e.id, no: e.body.no } });

export const theEntry = (id: Id): Ref<Entry> => ref(entry, id);

/** How many entries an incident has. */
export const entryCount = noun<{ readonly n: number }>('chronicleCount').on(entered, (e) => e.incident!, (_now, e) => ({ n: e.body.no }));
export const theCount = (incident: Id): Ref<{ readonly n: number }> => ref(entryCount, incident);

const fieldsOf: Readonly<Partial<Record<Part, readonly ('content' | 'from' | 'to' | 'unit' | 'place')[]>>> = { text: ['content'], people: ['from', 'to', 'unit'], place: ['place'] };
/** Kind, times, number and town stay: they are what the chronology is counted by. */
export const entryRedacts: Redacts<Entry> = {
  noun: entry, inRoom: false,
  fields: fieldsOf,
  says: (one, part) => (fieldsOf[part] ?? []).flatMap((field) => one[field] || []),
  without(one, parts) {
    const gone: readonly string[] = [...parts].flatMap((part) => fieldsOf[part] ?? []);
    return { ...(Object.fromEntries(Object.entries(one).filter(([field]) => !gone.includes(field))) as unknown as Entry), content: parts.has('text') ? '' : one.content };
  },
  bearing: ({ at, incident, drill }) => ({ at, incident, drill }),
  href: ({ incident }, id) => `/chronology/${incident}/${id}`,
};
