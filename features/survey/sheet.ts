import { derivedId, idShape, momentShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import type { Blacked, Redacts } from '@noroshi/foundations/redacts';
import { eventKind, noun, ref, roomStream, type Ref, type StreamKey } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { formShape, safetyForm, valuesShape, type Form, type Values } from './form.ts';

/** 安否・参集, or a form that someone made. One mechanism: the first is the same with a form of its own. */
export const surveyKinds = ['safety', 'form'] as const;

/**
 * The place of an organization: a stream of its own, whose members are its people and those of headquarters. What its people
 * answer lies there and nowhere else, so no other device ever holds it. (V2)
 */
export const placeOf = (org: Id): Id => derivedId(org, 'survey');
export const placeStream = (org: Id): StreamKey => roomStream(placeOf(org));

/** Numbers 340 to 359 are this room's. One event for each organization that is asked; `survey` is what they have in common. */
export const surveyAsked = eventKind('survey.asked', 340, z.object({
  id: idShape, survey: idShape, org: idShape, kind: z.enum(surveyKinds),
  title: z.string().check(z.trim(), z.maxLength(120)), note: z.optional(z.string().check(z.trim(), z.maxLength(1_000))),
  questions: z.optional(formShape),
  /** Until then it can be answered, by the clock of the house. */
  due: z.optional(momentShape),
  /** From then on whoever is silent is chased; at once where nothing is said and the kind is `safety`, else never. */
  chaseFrom: z.optional(momentShape),
}));
/** Someone's answer; `by` of the event is who gave it: not `person` where a colleague heard it by telephone. The last counts, those before it stay. */
export const surveyAnswered = eventKind('survey.answered', 341, z.object({ sheet: idShape, person: idShape, values: valuesShape }));
/** Nobody is asked any more. */
export const surveyClosed = eventKind('survey.closed', 342, z.object({ sheet: idShape }));
/** The time from which the silent are chased has come. */
export const surveyFellDue = eventKind('survey.fellDue', 343, z.object({ sheet: idShape, from: momentShape }));

/** What the people of one organization are asked. */
export interface Sheet {
  readonly id: Id;
  /** What it is a part of: the same question to other organizations has the same. */
  readonly survey: Id;
  readonly org: Id;
  readonly kind: (typeof surveyKinds)[number];
  readonly title: string;
  readonly note?: string;
  readonly form: Form;
  readonly due?: Moment;
  readonly chaseFrom?: Moment;
  readonly by: Id;
  readonly byOrg: Id;
  readonly at: Moment;
  readonly incident?: Id;
  readonly drill?: boolean;
  /** Who has answered, and when last. Not what. */
  readonly answered: Readonly<Record<Id, Moment>>;
  readonly fellDue?: Moment;
  readonly closed?: { readonly by: Id; readonly at: Moment };
}

export const sheet = noun<Sheet>('survey')
  .begins(surveyAsked, (e) => e.body.id, ({ body: { id, survey, org, kind, title, note, questions, due, chaseFrom }, ...e }) => ({
    id, survey, org, kind, title, form: questions ?? safetyForm, by: e.by, byOrg: e.org, at: e.at, answered: {},
    ...(note ? { note } : {}), ...(due === undefined ? {} : { due }), ...(chaseFrom === undefined ? {} : { chaseFrom }),
    ...(e.incident ? { incident: e.incident } : {}), ...(e.drill ? { drill: true } : {}),
  }))
  .on(surveyAnswered, (e) => e.body.sheet, (now, { at, body: { person } }) => now && { ...now, answered: { ...now.answered, [person]: at } })
  .on(surveyFellDue, (e) => e.body.sheet, (now, { at, body: { from } }) => (now && now.chaseFrom === from ? { ...now, fellDue: at } : undefined))
  .on(surveyClosed, (e) => e.body.sheet, (now, { by, at }) => (now && !now.closed ? { ...now, closed: { by, at } } : undefined));
export const theSheet = (id: Id): Ref<Sheet> => ref(sheet, id);

/** What was said once. */
export interface Said { readonly id: Id; readonly at: Moment; readonly by: Id; readonly values: Values }

/** Someone's answers: the last of them counts. */
export interface Answer {
  readonly sheet: Id;
  readonly person: Id;
  readonly said: readonly Said[];
  readonly redacted?: readonly Blacked[];
}

export const answerId = (of: Id, person: Id): string => `${of}/${person}`;
export const answer = noun<Answer>('surveyAnswer')
  .on(surveyAnswered, (e) => answerId(e.body.sheet, e.body.person), (now, { id, by, at, body: { sheet: of, person, values } }) => ({ ...now, sheet: of, person, said: [...(now?.said ?? []), { id, at, by, values: values ?? {} }] }));
export const theAnswer = (of: Id, person: Id): Ref<Answer> => ref(answer, answerId(of, person));

/** Whether someone is asked: those of the organization. Who sits there for headquarters looks on. */
export const isAsked = ({ org }: Pick<Sheet, 'org'>, who: { readonly org: Id }): boolean => who.org === org;

/** Whether an answer is taken still. */
export const isOpen = ({ closed, due }: Pick<Sheet, 'closed' | 'due'>, now: Moment): boolean => !closed && (due === undefined || now < due);

/** What was answered can be taken out, each time it was said by itself; who answered, and when, stays. */
export const answerRedacts: Redacts<Answer> = {
  noun: answer, inRoom: true, under: 'survey', bits: ({ said }) => said.map(({ id }) => id),
  fields: { answers: ['values'] },
  says: ({ said }, part, command) => (part === 'answers' ? said.filter(({ id }) => id === command).flatMap(({ values }) => Object.values(values).map(String)) : []),
  without: (now, parts, command) => ({ ...now, said: now.said.map((one) => (one.id === command && parts.has('answers') ? { ...one, values: {} } : one)) }),
  bearing: ({ sheet: of, said }, command) => ({ at: said.find(({ id }) => id === command)?.at ?? 0, under: of }),
  href: ({ sheet: of }) => `/survey/${of}`,
};
