import { idShape, momentShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import type { Blacked, Redacts } from '@noroshi/foundations/redacts';
import { eventKind, noun, ref, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { contentShape, exceptShape, localShape, otherwiseListShape, otherwiseShape, type Content, type Otherwise } from './content.ts';
import type { Local } from './local-time.ts';

/** 出席・未定・欠席. */
export const answers = ['yes', 'maybe', 'no'] as const;
export type Answer = (typeof answers)[number];

const series = { ...contentShape.def.shape, except: z.optional(exceptShape), otherwise: z.optional(otherwiseListShape) };
type Series = Content & { readonly except?: readonly Local[] | undefined; readonly otherwise?: readonly Otherwise[] | undefined };
/** What is left of it without its words. */
const wordless = <T extends Series>({ place: _place, note: _note, otherwise, ...rest }: T) => ({
  ...rest, title: '', ...(otherwise ? { otherwise: otherwise.map(({ on, start, end }) => ({ on, start, end, title: '' })) } : {}),
});

/** `private`: its words lie at the desk. `uid`: its name in the file it came from. */
export const put = eventKind('calendar.put', 321, z.object({ id: idShape, ...series, private: z.optional(z.boolean()), uid: z.optional(z.string().check(z.maxLength(400))) }), { unsaid: (body) => wordless(body) as never });
export const amended = eventKind('calendar.amended', 322, z.object({ appointment: idShape, ...series }), { unsaid: (body) => wordless(body) as never });
/** One time of a series is otherwise. */
export const changedOne = eventKind('calendar.changedOne', 323, z.object({ appointment: idShape, ...otherwiseShape.def.shape }), { unsaid: ({ appointment, on, start, end }) => ({ appointment, on, start, end, title: '' }) });
/** One time of a series does not take place. */
export const droppedOne = eventKind('calendar.droppedOne', 324, z.object({ appointment: idShape, on: localShape }));
export const takenOut = eventKind('calendar.takenOut', 325, z.object({ appointment: idShape }), { takesBack: true });
/** `on`: of this time alone. */
export const answered = eventKind('calendar.answered', 326, z.object({ appointment: idShape, answer: z.enum(answers), on: z.optional(localShape) }));
/** People are reminded of the time that begins then. */
export const rang = eventKind('calendar.rang', 327, z.object({ appointment: idShape, on: localShape, at: momentShape }));

/** The words of what is private, at the desk. */
export const worded = eventKind('calendar.worded', 328, z.object({ appointment: idShape, title: contentShape.def.shape.title, place: contentShape.def.shape.place, note: contentShape.def.shape.note }), { unsaid: ({ appointment }) => ({ appointment, title: '' }) });
export const wordsTakenOut = eventKind('calendar.wordsTakenOut', 329, z.object({ appointment: idShape }), { takesBack: true });

/** 予定: one time, or a series. */
export interface Appointment extends Series {
  readonly id: Id;
  readonly by: Id;
  readonly org: Id;
  readonly at: Moment;
  /** 第n版: SEQUENCE of RFC 5545 is one less. */
  readonly rev: number;
  readonly private?: boolean | undefined;
  readonly uid?: string | undefined;
  readonly amended?: { readonly by: Id; readonly at: Moment };
  readonly takenOut?: { readonly by: Id; readonly at: Moment };
  /** By person; of one time alone under `<person>/<on>`. */
  readonly answers?: Readonly<Record<string, readonly [answer: Answer, at: Moment]>>;
  /** The times of a series that were changed one by one, and not with the series as a file or a change of all had it. */
  readonly changed?: readonly Local[];
  readonly redacted?: readonly Blacked[];
  /** The last time that people were reminded: of which, when, and for when it was planned. */
  readonly rang?: { readonly on: Local; readonly at: Moment; readonly due: Moment };
}

/** What it is called; nothing where two people took that out of the record. */
const titled = <T extends { readonly title?: string }>(said: T): T & { readonly title: string } => ({ ...said, title: said.title ?? '' });

/** Appointments come whole: a calendar is read also where there has been no line for days. */
export const appointment = noun<Appointment>('appointment')
  .begins(put, (e) => e.body.id, ({ body, by, org, at }) => ({ ...titled(body), by, org, at, rev: 1 }))
  .on(amended, (e) => e.body.appointment, (now, { by, at, body: { appointment: _id, ...said } }) => {
    if (!now || now.takenOut) return undefined;
    // What it no longer says is gone from it.
    const { place: _place, note: _note, repeat: _repeat, reminders: _reminders, people: _people, orgs: _orgs, except: _except, otherwise: _otherwise, changed: _changed, ...rest } = now;
    return { ...rest, ...titled(said), rev: now.rev + 1, amended: { by, at } };
  })
  .on(changedOne, (e) => e.body.appointment, (now, { by, at, body: { appointment: _id, ...one } }) => (now && !now.takenOut
    ? { ...now, otherwise: [...(now.otherwise ?? []).filter(({ on }) => on !== one.on), titled(one)].toSorted((a, b) => (a.on < b.on ? -1 : 1)), changed: [...new Set([...now.changed ?? [], one.on])], rev: now.rev + 1, amended: { by, at } } : undefined))
  .on(droppedOne, (e) => e.body.appointment, (now, { by, at, body: { on } }) => (now && !now.takenOut
    ? { ...now, except: [...new Set([...now.except ?? [], on])].toSorted(), otherwise: (now.otherwise ?? []).filter((one) => one.on !== on), changed: (now.changed ?? []).filter((one) => one !== on), rev: now.rev + 1, amended: { by, at } } : undefined))
  .on(takenOut, (e) => e.body.appointment, (now, { by, at }) => now && { ...(wordless(now) as Appointment), rev: now.rev + 1, takenOut: { by, at } })
  .on(answered, (e) => e.body.appointment, (now, { by, at, body: { answer, on } }) => (now && !now.takenOut ? { ...now, answers: { ...now.answers, [on ? `${by}/${on}` : by]: [answer, at] } } : undefined))
  .on(rang, (e) => e.body.appointment, (now, { at, body: { on, at: due } }) => now && { ...now, rang: { on, at, due } });
export const theAppointment = (id: Id): Ref<Appointment> => ref(appointment, id);

/** What a private appointment says, to those who write. */
export interface PrivateWords { readonly id: Id; readonly title: string; readonly place?: string | undefined; readonly note?: string | undefined; readonly redacted?: readonly Blacked[] }
export const privateWords = noun<PrivateWords>('appointmentWords')
  .on(worded, (e) => e.body.appointment, (now, { body: { appointment: id, ...words } }) => ({ id, ...titled(words), ...(now?.redacted ? { redacted: now.redacted } : {}) }))
  .on(wordsTakenOut, (e) => e.body.appointment, (now) => now && { id: now.id, title: '', ...(now.redacted ? { redacted: now.redacted } : {}) });

const said = (of: Pick<Series, 'title' | 'place' | 'note'>): string[] => [of.title, of.place, of.note].filter((one): one is string => one !== undefined && one !== '');

/**
 * What an appointment says can be taken out of the record; when it is, who comes and what was answered stay. Times that a file told
 * as otherwise go with their words, since the file says both in one; those that were changed here stay, and say nothing.
 */
export const appointmentRedacts: Redacts<Appointment> = {
  noun: appointment, inRoom: true,
  fields: { text: ['title', 'place', 'note', 'otherwise'] },
  says: (now, part) => (part === 'text' ? [...said(now), ...(now.otherwise ?? []).flatMap(said)] : []),
  without(now, parts) {
    if (!parts.has('text')) return now;
    const { otherwise = [], ...left } = wordless(now);
    return { ...left, ...(now.changed ? { otherwise: otherwise.filter(({ on }) => now.changed!.includes(on)) } : {}) } as Appointment;
  },
  bearing: ({ at, amended: mended, takenOut: out, otherwise }) => ({ at: Math.max(at, mended?.at ?? 0), gone: out !== undefined, ...(mended || otherwise ? { earlier: ['text'] as const } : {}) }),
  href: (_now, id, calendar) => `/calendar/${calendar}/${id}`,
};

/** The words of a private one, at the desk: asked by who writes there. */
export const wordsRedacts: Redacts<PrivateWords> = {
  noun: privateWords, inRoom: true,
  fields: { text: ['title', 'place', 'note'] },
  says: (now, part) => (part === 'text' ? said(now) : []),
  without: (now, parts) => (parts.has('text') ? { id: now.id, title: '', ...(now.redacted ? { redacted: now.redacted } : {}) } : now),
  bearing: () => ({ at: 0, earlier: ['text'] }),
  href: () => '/calendar',
};

/** Someone's answer: to this time, or else to all of them. */
export const answerOf = ({ answers: given }: Pick<Appointment, 'answers'>, person: Id, on: Local): Answer | undefined => (given?.[`${person}/${on}`] ?? given?.[person])?.[0];
/** Whether it asks someone to come. */
export const isAsked = ({ people, orgs }: Pick<Appointment, 'people' | 'orgs'>, who: { readonly person: Id; readonly org: Id }): boolean => (people?.includes(who.person) ?? false) || (orgs?.includes(who.org) ?? false);
export const asksAnyone = ({ people, orgs }: Pick<Content, 'people' | 'orgs'>): boolean => (people?.length ?? 0) + (orgs?.length ?? 0) > 0;
