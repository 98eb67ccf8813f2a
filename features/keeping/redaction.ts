import { message, type Message } from '@noroshi/features/talk';
import { idShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import type { Blacked, Part, Redactable, Redacts } from '@noroshi/foundations/redacts';
import { eventKind, noun, ref, roomStream, workspaceStream, type Ref, type StreamKey } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

export type { Part };
/** What of a thing can be blacked out; of a message its words (with the words of answers to it), its place, its photographs and files. */
export const parts = ['text', 'place', 'files', 'people', 'answers', 'reasons'] as const satisfies readonly Part[];

export const reasonShape = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));
const partsShape = z.array(z.enum(parts)).check(z.minLength(1), z.maxLength(parts.length));
/** A thing that is no message. `said`: what one command said of it. `under`: the thing below which it stands. */
export const thingShape = z.strictObject({ noun: z.string().check(z.maxLength(40)), id: z.string().check(z.minLength(1), z.maxLength(80)), said: z.optional(idShape), under: z.optional(idShape) });
/** A message of a room, or a thing of a room or of the house. */
export const targetShape = { room: z.optional(idShape), message: z.optional(idShape), thing: z.optional(thingShape) };
export interface Target { readonly room?: Id | undefined; readonly message?: Id | undefined; readonly thing?: z.output<typeof thingShape> | undefined }
export const targetOf = ({ room, message, thing }: Target): Target => ({ ...(room === undefined ? {} : { room }), ...(message === undefined ? {} : { message }), ...(thing ? { thing } : {}) });
export const whatShape = { room: z.optional(idShape), message: z.optional(idShape), parts: partsShape, reason: reasonShape, thing: z.optional(thingShape) };

/** 申請: someone asks for words to be blacked out. */
export const proposed = eventKind('keeping.proposed', 301, z.object(whatShape));
/** It is not to be, or whoever asked has thought better of it. */
export const declined = eventKind('keeping.declined', 302, z.object({ redaction: idShape, why: z.optional(reasonShape) }));
/** 承認: someone else agreed. */
export const approved = eventKind('keeping.approved', 303, z.object({ redaction: idShape }));
/**
 * 黒塗り: these words are no more, here and on every device. Told in the stream they were said in: why, who asked for it
 * (`first`), and by the envelope who agreed and when. Where the term was over (`disposal`), the clock does it: `second` is who agreed, the reason the years.
 */
export const redacted = eventKind('keeping.redacted', 304, z.object({
  message: z.optional(idShape), parts: z.array(z.enum(parts)), reason: reasonShape, first: idShape, second: z.optional(idShape), disposal: z.optional(idShape), thing: z.optional(thingShape),
}), { empties: true });

const fieldsOf: Redacts['fields'] = { text: ['text', 'mentions', 'mentionOrgs', 'word'], place: ['place'], files: ['attachments'] };
/** Messages are one of the things that can be blacked out. A note of the hotline is not: its words are its own. */
const messageRedacts: Redacts<Message> = {
  noun: message as Redacts<Message>['noun'], inRoom: true,
  fields: fieldsOf,
  says: ({ text, answers, place, attachments }, part) => (part === 'text' ? [text ?? '', ...Object.values(answers ?? {}).map(([, , word]) => word ?? '')].filter(Boolean)
    : part === 'place' && place ? [place.name] : part === 'files' ? (attachments ?? []).map(({ name }) => name) : []),
  without(now, parts) {
    const gone: readonly string[] = [...parts].flatMap((part) => fieldsOf[part] ?? []);
    const left = Object.fromEntries(Object.entries(now).filter(([field]) => !gone.includes(field))) as unknown as Message;
    return left.answers && parts.has('text') ? { ...left, answers: Object.fromEntries(Object.entries(left.answers).map(([who, [answer, when]]) => [who, [answer, when] as const])) } : left;
  },
  bearing: ({ at, incident, drill, note, withdrawn }) => ({ at, incident, drill, note: note !== undefined, gone: withdrawn !== undefined }),
  href: (_now, id, room) => `/talk/${room}?m=${id}`,
};

/** What can be blacked out in this house, by noun: the roof says it. */
export const redactables = new Map<string, Redacts>();

/** What is done to a thing stands with the thing; this deed comes late to a device, and teaches it there. */
export function teach(all: readonly Redacts[]): void {
  for (const one of [messageRedacts, ...all]) {
    const { noun: name } = one.noun;
    redactables.set(name, one);
    one.noun.on(redacted, (e) => (name === message.noun ? e.body.message : e.body.thing?.noun === name ? e.body.thing.id : undefined), (now, { by, at, body }) => now && {
      ...one.without(now, new Set(body.parts), body.thing?.said),
      redacted: [...((now as Redactable).redacted ?? []), { parts: body.parts, reason: body.reason, by: [body.first, body.second ?? by], at, ...(body.disposal ? { disposal: body.disposal } : {}), ...(body.thing?.said ? { said: body.thing.said } : {}) } satisfies Blacked],
    });
  }
}

/** Whether all of a thing is meant that is said bit by bit. So it goes when its term is over, and never by a redaction: two people judge the words of one. */
export const isWhole = ({ thing }: Target): boolean => thing !== undefined && thing.said === undefined && redactables.get(thing.noun)?.bits !== undefined;

/** Which thing is meant, where it lies, and what of it can go. `undefined` where there is nothing of this kind. */
export function meant({ room, message: said, thing }: Target): { readonly what: Redacts; readonly id: string; readonly stream: StreamKey; readonly said: Id | undefined } | undefined {
  const what = redactables.get(said === undefined ? thing?.noun ?? '' : message.noun);
  const id = said ?? thing?.id;
  if (!what || id === undefined || (said !== undefined && thing) || what.inRoom !== (room !== undefined)) return undefined;
  if (thing?.said === undefined ? what.bits && !what.bitField : !what.bits) return undefined;
  return { what, id, stream: room === undefined ? workspaceStream : roomStream(room), said: thing?.said };
}

/** The parts of a thing that say something still. Of what was taken back the record has all that was not blacked out. */
export function standing(what: Redacts, value: unknown, said: Id | undefined): readonly Part[] {
  const gone = new Set((value as Redactable).redacted?.filter((one) => one.said === said).flatMap((one) => one.parts));
  const bearing = what.bearing(value, said);
  return parts.filter((part) => what.fields[part]?.length && (what.says(value, part, said).length > 0 || (!gone.has(part) && (bearing.gone || bearing.earlier?.includes(part)))));
}

/** A redaction as it stands: asked for, agreed, or not to be. */
export interface Redaction extends Target {
  readonly id: Id;
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
