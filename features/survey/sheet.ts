import { attachmentShape, type Attachment } from '@noroshi/features/talk';
import { derivedId, idShape, idTime, momentShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import { standsBelow, type Blacked, type Redacts } from '@noroshi/foundations/redacts';
import { eventKind, noun, ref, roomStream, type Ref, type StreamKey } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { formShape, safetyFormOf, valuesShape, type Form, type Values } from './form.ts';

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
  /** What was answered stays as it is; else the last answer counts, until the deadline. */
  once: z.optional(z.literal(1)),
  /** Nobody learns who answered what: the answers lie elsewhere and under no name. */
  anonymous: z.optional(z.literal(1)),
  /** Only these are asked; everyone of the organization where nothing is said. */
  people: z.optional(z.array(idShape)),
  /** With which edition of the form of the house it is asked; the first where nothing is said. */
  edition: z.optional(z.int()),
}));
/** Someone's answer; `by` of the event is who gave it: not `person` where a colleague heard it by telephone. The last counts, those before it stay. */
export const surveyAnswered = eventKind('survey.answered', 341, z.object({
  sheet: idShape, person: idShape, values: valuesShape,
  /** The photographs that are new with this answer. */
  files: z.optional(z.array(attachmentShape)),
}));
/** Nobody is asked any more. */
export const surveyClosed = eventKind('survey.closed', 342, z.object({ sheet: idShape }));
/** The time from which the silent are chased has come. */
export const surveyFellDue = eventKind('survey.fellDue', 343, z.object({ sheet: idShape, from: momentShape }));

/** The box of an anonymous survey stands; `key` is the same for everybody (numbers 344 and 345 are those of templates). */
export const boxOpened = eventKind('survey.boxOpened', 346, z.object({ sheet: idShape, key: z.string() }));
/** Someone has had a ballot signed that nobody sees: they have answered. What, no event tells. */
export const ballotTaken = eventKind('survey.ballotTaken', 347, z.object({ sheet: idShape, person: idShape, blinded: z.string() }));
/** The box takes nothing any more: what was on its way is in. Its secret key goes. (V30) */
export const boxSealed = eventKind('survey.boxSealed', 351, z.object({ sheet: idShape }));
/** Headquarters is told in its own place what is asked elsewhere; whoever of it wants to see the answers comes in there. */
export const surveyHeld = eventKind('survey.held', 352, z.object({ survey: idShape, kind: z.enum(surveyKinds), title: z.string(), orgs: z.array(idShape), asker: idShape, askerOrg: idShape, due: z.optional(momentShape) }));
/** So long after it is over a box is sealed, and its results are told (milliseconds): what was on its way is in by then. */
export const settles = 60_000;

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
  readonly once?: true;
  readonly anonymous?: true;
  readonly people?: readonly Id[];
  readonly by: Id;
  readonly byOrg: Id;
  readonly at: Moment;
  readonly incident?: Id;
  readonly drill?: boolean;
  /** Who has answered, and when last. Not what. */
  readonly answered: Readonly<Record<Id, Moment>>;
  readonly fellDue?: Moment;
  /** What signs its ballots, where it is anonymous. */
  readonly key?: string;
  readonly closed?: { readonly by: Id; readonly at: Moment };
  /** Its box takes nothing any more. */
  readonly sealed?: true;
  /** What was answered anonymously has been taken out. */
  readonly redacted?: readonly Blacked[];
}

export const sheet = noun<Sheet>('survey')
  .begins(surveyAsked, (e) => e.body.id, ({ body: { id, survey, org, kind, title, note, questions, due, chaseFrom, once, anonymous, people, edition }, ...e }) => ({
    id, survey, org, kind, title, form: questions ?? safetyFormOf(edition), by: e.by, byOrg: e.org, at: e.at, answered: {},
    ...(note ? { note } : {}), ...(due === undefined ? {} : { due }), ...(chaseFrom === undefined ? {} : { chaseFrom }),
    ...(once ? { once: true as const } : {}), ...(anonymous ? { anonymous: true as const } : {}), ...(people ? { people } : {}),
    ...(e.incident ? { incident: e.incident } : {}), ...(e.drill ? { drill: true } : {}),
  }))
  .on(surveyAnswered, (e) => e.body.sheet, (now, { at, body: { person } }) => now && { ...now, answered: { ...now.answered, [person]: at } })
  .on(boxOpened, (e) => e.body.sheet, (now, { body: { key } }) => now && { ...now, key })
  .on(ballotTaken, (e) => e.body.sheet, (now, { at, body: { person } }) => now && { ...now, answered: { ...now.answered, [person]: at } })
  .on(boxSealed, (e) => e.body.sheet, (now) => now && { ...now, sealed: true as const })
  .on(surveyFellDue, (e) => e.body.sheet, (now, { at, body: { from } }) => (now && now.chaseFrom === from ? { ...now, fellDue: at } : undefined))
  .on(surveyClosed, (e) => e.body.sheet, (now, { by, at }) => (now && !now.closed ? { ...now, closed: { by, at } } : undefined));
export const theSheet = (id: Id): Ref<Sheet> => ref(sheet, id);

/** A survey as headquarters knows of it before it looks: whose people are asked what. */
export interface Held {
  readonly id: Id;
  readonly kind: Sheet['kind'];
  readonly title: string;
  readonly orgs: readonly Id[];
  readonly due?: Moment;
  readonly by: Id;
  readonly byOrg: Id;
  readonly at: Moment;
  readonly incident?: Id;
  readonly drill?: boolean;
}
export const held = noun<Held>('surveyHeld')
  .begins(surveyHeld, (e) => e.body.survey, ({ body: { survey, kind, title, orgs, asker, askerOrg, due }, ...e }) => ({
    id: survey, kind, title, orgs, by: asker, byOrg: askerOrg, at: e.at,
    ...(due === undefined ? {} : { due }), ...(e.incident ? { incident: e.incident } : {}), ...(e.drill ? { drill: true } : {}),
  }));

/** What was said once. */
export interface Said { readonly id: Id; readonly at: Moment; readonly by: Id; readonly values: Values; readonly files?: readonly Attachment[] }

/**
 * When someone said it, as their device claims: an answer may have waited hours for a line, and what it says of time counts from when it was pressed (V4). Never
 * before the question, nor later than the house heard it. What no device sent is told by when it was heard.
 */
export const saidAt = ({ id, at }: Pick<Said, 'id' | 'at'>, asked: Moment): Moment => (id[14] === '7' ? Math.min(at, Math.max(asked, idTime(id))) : at);

/** Someone's answers: the last of them counts. */
export interface Answer {
  readonly sheet: Id;
  readonly person: Id;
  readonly said: readonly Said[];
  readonly redacted?: readonly Blacked[];
}

export const answerId = (of: Id, person: Id): string => `${of}/${person}`;
export const answer = noun<Answer>('surveyAnswer')
  .on(surveyAnswered, (e) => answerId(e.body.sheet, e.body.person), (now, { id, by, at, body: { sheet: of, person, values, files } }) => ({ ...now, sheet: of, person, said: [...(now?.said ?? []), { id, at, by, values: values ?? {}, ...(files ? { files } : {}) }] }));
export const theAnswer = (of: Id, person: Id): Ref<Answer> => ref(answer, answerId(of, person));

/** All photographs of an answer, those of earlier times among them. */
export const photosOf = (of: Answer | undefined): Attachment[] => of?.said.flatMap(({ files = [] }) => files) ?? [];

/** Whether someone is asked: those of the organization, or some of them. Who sits there for headquarters looks on. */
export const isAsked = ({ org, people }: Pick<Sheet, 'org' | 'people'>, who: { readonly person: Id; readonly org: Id }): boolean => who.org === org && (!people || people.includes(who.person));

/** Where a colleague enters what someone said by telephone. */
export const forOther = ({ id, survey }: Pick<Sheet, 'id' | 'survey'>, person: Id): string => `/survey/${survey}/answer?for=${person}&sheet=${id}`;

/** Whether an answer is taken still. */
export const isOpen = ({ closed, due }: Pick<Sheet, 'closed' | 'due'>, now: Moment): boolean => !closed && (due === undefined || now < due);

/** Since when no answer is taken; infinite where one is. */
export const overSince = ({ closed, due }: Pick<Sheet, 'closed' | 'due'>): Moment => Math.min(closed?.at ?? Infinity, due ?? Infinity);

/** Whether somebody ended it before the deadline that was told. Of an anonymous survey nothing is told then: who ends it could have waited for some. */
export const isStopped = ({ closed, due }: Pick<Sheet, 'closed' | 'due'>): boolean => closed !== undefined && due !== undefined && closed.at < due;

/** Of which disaster an answer is, its question says. */
export const underSheet = standsBelow(sheet, ({ incident, drill }) => ({ incident, drill }));

/** What was answered can be taken out, each time it was said by itself; who answered, and when, stays. */
export const answerRedacts: Redacts<Answer> = {
  noun: answer, inRoom: true, under: underSheet, bits: ({ said }) => said.map(({ id }) => id),
  fields: { answers: ['values'], files: ['files'] },
  says: ({ said }, part, command) => (part === 'answers' ? said.filter(({ id }) => id === command).flatMap(({ values }) => Object.values(values).map(String))
    : part === 'files' ? said.filter(({ id }) => id === command).flatMap(({ files = [] }) => files.flatMap(({ name, caption }) => [name, ...(caption ? [caption] : [])])) : []),
  without: (now, parts, command) => ({
    ...now, said: now.said.map((one) => {
      if (one.id !== command) return one;
      const { files, ...rest } = one;
      return { ...rest, ...(files && !parts.has('files') ? { files } : {}), ...(parts.has('answers') ? { values: {} } : {}) };
    }),
  }),
  bearing: ({ sheet: of, said }, command) => ({ at: said.find(({ id }) => id === command)?.at ?? 0, under: of }),
  href: ({ sheet: of }) => `/survey/${of}`,
};

/** Whether the answers in the box of an anonymous survey have been taken out of it. */
export const isEmptied = ({ anonymous, redacted }: Pick<Sheet, 'anonymous' | 'redacted'>): boolean => anonymous === true && redacted !== undefined && redacted.length > 0;

/**
 * What was answered anonymously lies in a box under no name, and goes all together: there is no part of it that would be somebody's. In the events there is nothing of it;
 * the mark stands with the question, and the box is emptied behind it. (V36)
 */
export const boxRedacts: Redacts<Sheet> = {
  noun: sheet, inRoom: true, fields: { answers: ['ballots'] }, says: () => [], without: (now) => now,
  bearing: ({ anonymous, at, due, incident, drill }) => ({ at: due ?? at, incident, drill, ...(anonymous ? { earlier: ['answers'] } : {}) }),
  href: ({ survey }) => `/survey/${survey}`,
};
