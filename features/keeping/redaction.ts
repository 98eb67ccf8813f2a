import type { Message } from '@noroshi/features/talk';
import { idShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/** What of a message can be blacked out: its words (with the words of answers to it), its place, its photographs and files. */
export const parts = ['text', 'place', 'files'] as const;
export type Part = (typeof parts)[number];

/** The fields in which these words stand, of the message and of what is said of it. */
export const fieldsOfPart: Readonly<Record<Part, readonly (keyof Message | 'word')[]>> = { text: ['text', 'mentions', 'mentionOrgs', 'word'], place: ['place'], files: ['attachments'] };

export const reasonShape = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));
const partsShape = z.array(z.enum(parts)).check(z.minLength(1), z.maxLength(parts.length));
export const whatShape = { room: idShape, message: idShape, parts: partsShape, reason: reasonShape };

/** 申請: someone asks for words to be blacked out. */
export const proposed = eventKind('keeping.proposed', 301, z.object(whatShape));
/** It is not to be, or whoever asked has thought better of it. */
export const declined = eventKind('keeping.declined', 302, z.object({ redaction: idShape, why: z.optional(reasonShape) }));
/** 承認: someone else agreed. */
export const approved = eventKind('keeping.approved', 303, z.object({ redaction: idShape }));

/** A redaction as it stands: asked for, agreed, or not to be. */
export interface Redaction {
  readonly id: Id;
  readonly room: Id;
  readonly message: Id;
  readonly parts: readonly Part[];
  readonly reason: string;
  readonly by: Id;
  readonly at: Moment;
  readonly drill: boolean;
  readonly state: 'proposed' | 'approved' | 'declined';
  /** Who agreed or declined, when, and why not. */
  readonly decided?: { readonly by: Id; readonly at: Moment; readonly why?: string };
}

export const redaction = noun<Redaction>('redaction')
  .begins(proposed, (e) => e.id, ({ id, by, at, drill, body }) => ({ ...body, id, by, at, drill: !!drill, state: 'proposed' }))
  .on(approved, (e) => e.body.redaction, (now, { by, at }) => now && { ...now, state: 'approved', decided: { by, at } })
  .on(declined, (e) => e.body.redaction, (now, { by, at, body: { why } }) => now && { ...now, state: 'declined', decided: { by, at, ...(why ? { why } : {}) } });
export const theRedaction = (id: Id): Ref<Redaction> => ref(redaction, id);
