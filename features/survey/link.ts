import { theOrganization } from '@noroshi/features/directory';
import { allowed, idShape, refused, type Actor, type Id, type Moment, type Verdict } from '@noroshi/foundations/kernel';
import { command, currentStay, eventKind, happens, membership, noun, ref, roomStream, type Many, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { answersOf, checkValues, valuesShape, type Values } from './form.ts';
import type { Blacked, Redacts } from '@noroshi/foundations/redacts';
import { isOpen, theSheet, underSheet, type Sheet } from './sheet.ts';

/** The fingerprint (SHA-256, hex) of what stands in the address of a link; the address itself lies nowhere. */
const fingerprint = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const label = z.string().check(z.trim(), z.minLength(1), z.maxLength(80));
/** Random bytes in an address: nobody guesses 192 bits. */
export const addressBytes = 24;
/** Where it is opened; behind it stand the random bytes in hex. */
export const linkPath = '/s/';
/** As many as anybody keeps an eye on; of each organization. */
export const mostLinks = 200;
/** So many answers come in by one link. */
export const mostByLink = 1_000;

export const linkMade = eventKind('survey.linkMade', 348, z.object({ sheet: idShape, link: fingerprint, label, once: z.optional(z.literal(1)) }));
export const linkEnded = eventKind('survey.linkEnded', 349, z.object({ sheet: idShape, link: fingerprint }));
/** Somebody outside has answered. Of an anonymous survey only that it was so. */
export const linkAnswered = eventKind('survey.linkAnswered', 350, z.object({ id: idShape, sheet: idShape, link: fingerprint, values: z.optional(valuesShape) }));

/** An address by which people outside answer: one person once, or whoever has it. */
export interface Link { readonly id: string; readonly sheet: Id; readonly label: string; readonly once?: true; readonly by: Id; readonly at: Moment; readonly answers: number; readonly ended?: Moment }
export const link = noun<Link>('surveyLink')
  .begins(linkMade, (e) => e.body.link, ({ body: { sheet, link: id, label: called, once }, by, at }) => ({ id, sheet, label: called, ...(once ? { once: true as const } : {}), by, at, answers: 0 }))
  .on(linkAnswered, (e) => e.body.link, (now) => now && { ...now, answers: now.answers + 1 })
  .on(linkEnded, (e) => e.body.link, (now, { at }) => (now && now.ended === undefined ? { ...now, ended: at } : undefined));
export const theLink = (id: string): Ref<Link> => ref(link, id);

/** What somebody outside said, once. */
export interface OutsideAnswer { readonly id: Id; readonly sheet: Id; readonly link: string; readonly at: Moment; readonly values: Values; readonly redacted?: readonly Blacked[] }
export const outsideAnswer = noun<OutsideAnswer>('surveyOutside')
  .begins(linkAnswered, (e) => e.body.id, ({ body: { id, sheet, link: by, values }, at }) => ({ id, sheet, link: by, at, values: values ?? {} }));
/** What somebody outside answered can be taken out as an answer from inside; what is said anonymously goes with its box. */
export const outsideRedacts: Redacts<OutsideAnswer> = {
  noun: outsideAnswer, inRoom: true, under: underSheet, fields: { answers: ['values'] },
  says: ({ values }, part) => (part === 'answers' ? Object.values(values).map(String) : []),
  without: (now, parts) => (parts.has('answers') ? { ...now, values: {} } : now),
  bearing: ({ at, sheet }) => ({ at, under: sheet }),
  href: ({ sheet }) => `/survey/${sheet}`,
};

/** Who tends a survey of an organization: whoever asked, headquarters, administrators, and whoever tends the organization. (V10) */
export function mayTend(actor: Actor, one: Sheet | undefined, mine: { readonly kind: string } | undefined): Verdict {
  if (!one || actor.role === 'guest') return refused('survey.notFound');
  return one.by === actor.person || mine?.kind === 'prefecture' || actor.role === 'administrator' || (actor.role === 'manager' && one.org === actor.org) ? allowed : refused('survey.notAllowed');
}

const inPlace = { place: idShape, sheet: idShape };
const streams = ({ place }: { place: Id }) => [roomStream(place)];

/** 外部の人に聞くリンクをつくる: the device makes the address and shows it once; only its fingerprint goes up. (V34) */
export const makeLink = command('survey.makeLink', {
  about: 'Makes a link by which people outside answer a survey. The address is made by the caller; only its fingerprint is told.',
  input: z.strictObject({ ...inPlace, link: fingerprint, label, once: z.optional(z.literal(1)) }),
  streams,
  alone: true,
  offline: false,
  needs: ({ place, sheet, link: id }, actor) => ({ sheet: theSheet(sheet), me: membership(roomStream(place), actor.person), mine: theOrganization(actor.org), same: theLink(id), links: { many: link.noun, stream: roomStream(place) } as Many<Link> }),
  may(actor, { sheet: one, me, mine, same, links }, _input, { now }) {
    // Under the workspace's lock nobody was asked yet whether they see it.
    if (!currentStay(me)) return refused('survey.notFound');
    const verdict = mayTend(actor, one, mine);
    if (!verdict.ok) return verdict;
    if (!isOpen(one!, now)) return refused('survey.over');
    // What is asked of one's own people by name, and photographs, which come by the application, are not for outside.
    if (one!.kind === 'safety') return refused('survey.safetyIsInside');
    if (one!.form.some(({ kind }) => kind === 'photo')) return refused('survey.photoIsInside');
    if (same) return refused('command.idTaken');
    return links.filter(({ sheet, ended }) => sheet === one!.id && ended === undefined).length >= mostLinks ? refused('survey.tooManyLinks', { most: mostLinks }) : allowed;
  },
  then: ({ sheet, link: id, label: called, once }) => [happens(linkMade, { sheet, link: id, label: called, ...(once ? { once } : {}) })],
});

/** リンクを止める: from now on it is as if it had never been. What was answered stays. */
export const endLink = command('survey.endLink', {
  about: 'Ends a link by which people outside answer a survey. What was answered stays.',
  input: z.strictObject({ ...inPlace, link: fingerprint }),
  streams,
  needs: ({ sheet, link: id }, actor) => ({ sheet: theSheet(sheet), mine: theOrganization(actor.org), link: theLink(id) }),
  may(actor, { sheet: one, mine, link: its }) {
    const verdict = mayTend(actor, one, mine);
    if (!verdict.ok) return verdict;
    return its && its.sheet === one!.id && its.ended === undefined ? allowed : refused('survey.linkNotFound');
  },
  then: ({ sheet, link: id }) => [happens(linkEnded, { sheet, link: id })],
});

/** Whether this link takes an answer now. Whichever the reason, whoever opens it hears the same. (V34) */
export const takesAnswer = (its: Link | undefined, one: Sheet | undefined, now: Moment): boolean =>
  its !== undefined && one !== undefined && its.sheet === one.id && its.ended === undefined && isOpen(one, now) && its.answers < (its.once ? 1 : mostByLink);

/** Somebody outside answers. */
export const answerByLink = command('survey.answerByLink', {
  about: 'Somebody outside answers a survey by a link.',
  input: z.strictObject({ ...inPlace, link: fingerprint, values: valuesShape }),
  streams,
  system: true,
  needs: ({ sheet, link: id }) => ({ sheet: theSheet(sheet), link: theLink(id) }),
  may(_actor, { sheet: one, link: its }, { values }, { now }) {
    if (!takesAnswer(its, one, now)) return refused('survey.linkNotFound');
    const verdict = checkValues(one!.form, values);
    return verdict.ok ? allowed : verdict;
  },
  // What is said anonymously lies in the box.
  then: ({ sheet, link: by, values }, { sheet: one }, _actor, { id }) => [
    happens(linkAnswered, { id, sheet, link: by, ...(one!.anonymous ? {} : { values: answersOf(one!.form, values) }) }, { ...(one!.incident ? { incident: one!.incident } : {}), drill: one!.drill ?? false }),
  ],
});
