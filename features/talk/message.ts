import { fileKinds, largestFile, sha256Shape } from '@noroshi/foundations/files';
import { idShape, momentShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { stickers } from './stickers.ts';

export const urgencies = ['normal', 'important', 'urgent'] as const;
export type Urgency = (typeof urgencies)[number];
export const personalAnswers = ['agreed', 'considering', 'cannot'] as const;
export type PersonalAnswer = (typeof personalAnswers)[number];

/** The longest text, in characters. */
export const longestText = 10_000;

/** A photograph or file as its message tells of it. The blob follows as an event of its own. */
export const attachmentShape = z.strictObject({
  /** Names the blob; made by the device. */
  file: idShape,
  kind: z.enum(fileKinds),
  name: z.string().check(z.minLength(1), z.maxLength(255)),
  /** Bytes. */
  size: z.int().check(z.minimum(1), z.maximum(largestFile)),
  type: z.string().check(z.maxLength(120)),
  width: z.optional(z.int().check(z.minimum(1), z.maximum(20_000))),
  height: z.optional(z.int().check(z.minimum(1), z.maximum(20_000))),
  /** A few dozen bytes that show what is coming, base64. */
  preview: z.optional(z.string().check(z.maxLength(200))),
  /** When and where it was taken, as the sender chose to tell: a time that a calendar has, or whoever reads the talk could not be shown it. Nothing else of the camera's data is kept. */
  takenAt: z.optional(momentShape),
  lat: z.optional(z.number().check(z.minimum(-90), z.maximum(90))),
  lon: z.optional(z.number().check(z.minimum(-180), z.maximum(180))),
  caption: z.optional(z.string().check(z.maxLength(500))),
  /** Of the bytes that will come, so that what arrives is what was meant. */
  sha256: z.optional(sha256Shape),
});
export type Attachment = z.output<typeof attachmentShape>;

export const placeShape = z.strictObject({
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  // A name is enough: who knows where the school is needs no numbers, and who writes in haste has none.
  lat: z.optional(z.number().check(z.minimum(-90), z.maximum(90))),
  lon: z.optional(z.number().check(z.minimum(-180), z.maximum(180))),
});

/** What a message may carry. The wire's order of fields: only ever add at the end. */
export const contentShape = z.object({
  text: z.optional(z.string().check(z.maxLength(longestText))),
  urgency: z.optional(z.enum(['important', 'urgent'])),
  replyTo: z.optional(idShape),
  mentions: z.optional(z.array(idShape).check(z.maxLength(200))),
  sticker: z.optional(z.enum(stickers.map((s) => s.id) as [string, ...string[]])),
  attachments: z.optional(z.array(attachmentShape).check(z.maxLength(10))),
  place: z.optional(placeShape),
  /** Organizations addressed: each of their people in the room. */
  mentionOrgs: z.optional(z.array(idShape).check(z.maxLength(50))),
});
export type Content = z.output<typeof contentShape>;

/** What the system puts into a talk: a line or a card. Its sentence is `note.<line>` in the language files. */
export const noteShape = z.object({
  /** Which sentence, for example `incident.opened`. */
  line: z.string().check(z.minLength(1), z.maxLength(80)),
  /** What fills its gaps: names and numbers as they were at that moment. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The thing it is about, for those who may see it: the screen draws a card by its noun. */
  ref: z.optional(z.strictObject({ noun: z.string(), id: z.string() })),
});
/** Which organizations a gap names, in order, so that a reader of another language is told them in theirs. */
const noteOrgs = z.optional(z.record(z.string(), z.array(idShape)));
export type Note = z.output<typeof noteShape> & { readonly orgs?: z.output<typeof noteOrgs> };

/** What one can add to another's words in one press. Words, not pictures: they are read out, and mean one thing. */
export const reactions = ['thanks', 'helps', 'welldone', 'canhelp', 'done', 'tellmore'] as const;
export type Reaction = (typeof reactions)[number];

/** One person's answer to an important or urgent message: which, when, and a word with it. */
export type Given = readonly [answer: PersonalAnswer, at: Moment, word?: string];

/** Something said in a room, as it is now. What nobody has done to it takes no room. */
export interface Message extends Content {
  readonly id: Id;
  readonly by: Id;
  readonly org: Id;
  readonly at: Moment;
  readonly incident?: Id;
  readonly drill?: boolean;
  /** Where it is the hotline itself that speaks; `by` is whose deed it follows from. */
  readonly note?: Note;
  /** When the words were last mended, and how often. Earlier words are in the record. */
  readonly amended?: { readonly at: Moment; readonly times: number };
  /** Taken back: the words are gone from here and stay in the record. */
  readonly withdrawn?: { readonly by: Id; readonly at: Moment; readonly reason?: string };
  /** 黒塗り: which words two administrators have taken out of the record, why, who they were (the one who agreed last), and when. */
  readonly redacted?: readonly { readonly parts: readonly ('text' | 'place' | 'files')[]; readonly reason: string; readonly by: readonly [first: Id, second: Id]; readonly at: Moment; readonly disposal?: Id }[];
  /** Who added what, in the order in which they did. */
  readonly reactions?: Readonly<Partial<Record<Reaction, readonly Id[]>>>;
  readonly answers?: Readonly<Record<Id, Given>>;
  /** 代理で伝えた: someone else took it for them, on the telephone. Neither read nor answered. Who said so, and when. */
  readonly proxies?: Readonly<Record<Id, readonly [by: Id, at: Moment]>>;
  /** It asks for an answer: such a message is found however old it is. */
  readonly asks?: 1;
  /** The hotline only informs: nobody is asked to read it. */
  readonly quiet?: 1;
}

/** Whether a message asks someone for an answer, given or not: those it names, by their name or their organization's; where it names nobody, all. The others read it, and words that are gone ask nobody. (T36) */
export function asksOf({ urgency, withdrawn, redacted, by, mentions, mentionOrgs }: Message, person: Id, org: Id): boolean {
  const named = [...mentions ?? [], ...mentionOrgs ?? []];
  return !!urgency && !withdrawn && by !== person && (named[0] ? named.includes(person) || named.includes(org) : !redacted?.some(({ parts }) => parts.includes('text')));
}

export const said = eventKind('talk.said', 40, contentShape, { message: true, unsaid: () => ({}) });

/**
 * The hotline speaks in a room, because of what happened in another room of the house (a disaster was opened, a request
 * was sent). One deed may note in several rooms, so each note has an id of its own. It counts and is read like a message,
 * unless it is quiet: then it is one of many steps, and whoever owes something because of it is told on their first screen.
 */
export const noted = eventKind('talk.noted', 41, z.object({ id: idShape, ...noteShape.def.shape, urgency: contentShape.def.shape.urgency, orgs: noteOrgs, quiet: z.optional(z.literal(1)) }), { message: ({ quiet }) => !quiet });

export const amended = eventKind('talk.amended', 42, z.object({ message: idShape, text: z.string().check(z.maxLength(longestText)) }), { unsaid: ({ message }) => ({ message, text: '' }) });
export const withdrawn = eventKind('talk.withdrawn', 43, z.object({ message: idShape, reason: z.optional(z.string().check(z.minLength(1), z.maxLength(200))) }), { takesBack: true });
export const reacted = eventKind('talk.reacted', 44, z.object({ message: idShape, reaction: z.enum(reactions), on: z.boolean() }));
export const answered = eventKind('talk.answered', 45, z.object({
  message: idShape,
  answer: z.enum(personalAnswers),
  word: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
}), { unsaid: ({ message, answer }) => ({ message, answer }) });

/** Someone who had not read it was told of it through another: see `proxies`. */
export const toldByProxy = eventKind('talk.toldByProxy', 46, z.object({ message: idShape, person: idShape }));

const envelope = (e: { by: Id; org: Id; at: Moment; incident?: Id | undefined; drill?: boolean | undefined }, urgency: Content['urgency']) => ({
  by: e.by, org: e.org, at: e.at,
  ...(urgency ? { asks: 1 as const } : {}),
  ...(e.incident ? { incident: e.incident } : {}),
  ...(e.drill ? { drill: true } : {}),
});

export const message = noun<Message>('message', { windowed: true })
  .begins(said, (e) => e.id, (e) => ({ ...e.body, id: e.id, ...envelope(e, e.body.urgency) }))
  .begins(noted, (e) => e.body.id, (e) => {
    const { id, urgency, quiet, ...note } = e.body;
    return { id, note, ...(urgency ? { urgency } : {}), ...(quiet ? { quiet } : {}), ...envelope(e, urgency) };
  })
  .on(amended, (e) => e.body.message, (now, e) => now && !now.withdrawn
    ? { ...now, text: e.body.text, amended: { at: e.at, times: (now.amended?.times ?? 0) + 1 } }
    : undefined)
  .on(withdrawn, (e) => e.body.message, (now, e) => now && {
    id: now.id, by: now.by, org: now.org, at: now.at,
    ...(now.incident ? { incident: now.incident } : {}),
    ...(now.drill ? { drill: true } : {}),
    withdrawn: { by: e.by, at: e.at, ...(e.body.reason ? { reason: e.body.reason } : {}) },
  })
  .on(reacted, (e) => e.body.message, (now, e) => {
    if (!now || now.withdrawn) return undefined;
    const { [e.body.reaction]: before = [], ...others } = now.reactions ?? {};
    const without = before.filter((person) => person !== e.by);
    const people = e.body.on ? [...without, e.by] : without;
    const { reactions: _reactions, ...rest } = now;
    const left = people.length > 0 ? { ...others, [e.body.reaction]: people } : others;
    return Object.keys(left).length > 0 ? { ...rest, reactions: left } : rest;
  })
  .on(answered, (e) => e.body.message, (now, e) => now && !now.withdrawn
    ? { ...now, answers: { ...now.answers, [e.by]: e.body.word ? [e.body.answer, e.at, e.body.word] : [e.body.answer, e.at] } }
    : undefined)
  .on(toldByProxy, (e) => e.body.message, (now, e) => now && !now.withdrawn
    ? { ...now, proxies: { ...now.proxies, [e.body.person]: [e.by, e.at] } }
    : undefined);

export const theMessage = (id: Id): Ref<Message> => ref(message, id);
