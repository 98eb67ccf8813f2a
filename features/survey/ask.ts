import { allowed, idShape, momentShape, refused, type Actor, type Id, type Verdict } from '@noroshi/foundations/kernel';
import { cardOf, organization, person, post as postNoun, theOrganization, type Organization, type Person, type Post } from '@noroshi/features/directory';
import { headquartersOf, theIncident, type Incident } from '@noroshi/features/incident';
import { room as roomNoun, roomOpened, seatsOf, theRoom, type Room } from '@noroshi/features/talk';
import { command, currentStay, happens, member, roomStream, workspaceStream, type Effect, type Many, type Member, type Ref, type StreamKey } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { checkForm, formShape, safetyEdition, type Form } from './form.ts';
import { boxSealed, placeOf, placeStream, settles, surveyAsked, surveyClosed, surveyFellDue, surveyKinds, theSheet, type Sheet } from './sheet.ts';

/** As many organizations as a prefecture has, and more. */
export const mostOrgs = 200;
/** So many are asked anonymously at least: of fewer, those who tell each other what they said know the rest. */
export const fewestAsked = 10;
/** Who deals with a disaster in their organization. */
const duties: readonly Post['duty'][] = ['deputyHead', 'disaster', 'headquarters', 'personnel'];

/**
 * Whether someone may ask the people of these organizations: headquarters all, administrators all, and in each organization whoever tends it or
 * deals with a disaster there their own. (V1)
 */
export function mayAsk(actor: Actor, mine: Organization | undefined, posts: readonly Pick<Post, 'org' | 'holder' | 'duty'>[], orgs: readonly Id[]): Verdict {
  if (actor.role === 'guest') return refused('survey.notForGuests');
  if (actor.role === 'administrator' || actor.role === 'system' || mine?.kind === 'prefecture') return allowed;
  const tends = actor.role === 'manager' || posts.some(({ org, holder, duty }) => org === actor.org && holder === actor.person && duties.includes(duty));
  if (!tends) return refused('survey.notAllowed');
  return orgs.every((org) => org === actor.org) ? allowed : refused('survey.ownPeopleOnly');
}

/**
 * Whether this can be asked anonymously: of whole organizations with enough people in all, and until a deadline that is told, so that whoever asks chooses
 * neither those among whom one person answers, nor the moment at which just they have. (V31)
 */
function mayBeAnonymous({ orgs, room, due, questions = [] }: { orgs: readonly Id[]; room?: Id | undefined; due?: number | undefined; questions?: Form | undefined }, people: readonly Person[]): Verdict {
  if (room) return refused('survey.anonymousOfTalk');
  if (due === undefined) return refused('survey.anonymousNeedsDue');
  const n = people.filter((who) => orgs.includes(who.org) && !who.disabled && who.role !== 'guest').length;
  if (n < fewestAsked) return refused('survey.anonymousOfFew', { n, least: fewestAsked });
  // A photograph tells who took it, and where.
  const no = questions.findIndex(({ kind }) => kind === 'photo') + 1;
  return no > 0 ? refused('survey.photoNotAnonymous', { no }) : allowed;
}

/** What has to be known of people and places before someone is let in. */
export const everyone = {
  people: { many: person.noun } as Many<Person>, posts: { many: postNoun.noun } as Many<Post>, organizations: { many: organization.noun } as Many<Organization>,
  rooms: { many: roomNoun.noun, stream: '*' } as Many<Room>,
};
type Everyone = { readonly people: readonly Person[]; readonly posts: readonly Post[]; readonly organizations: readonly Organization[]; readonly rooms: readonly Room[] };
/** Who sits in the places of these organizations, as a need. */
export const inPlaces = (orgs: readonly Id[]): {} => Object.fromEntries(orgs.map((org) => [`@${org}`, { many: member.noun, stream: placeStream(org) }]));
/** Who sits in the place of an organization now. */
export const sitting = (facts: object, org: Id): ReadonlySet<Id> => new Set((facts as Readonly<Record<`@${Id}`, readonly Member[]>>)[`@${org}`]?.filter((one) => currentStay(one)).map((one) => one.person));

/**
 * The place of an organization stands, and who is of it has a seat; of headquarters whoever asks and whoever administers the house, and nobody else before
 * they look. (V2)
 */
export function stands(org: Id, headquarters: Id, asker: Id, facts: Everyone): Effect[] {
  const { people, organizations, rooms } = facts;
  const on = placeStream(org);
  const own = organizations.find(({ id }) => id === org)!;
  const here = sitting(facts, org);
  const comes = (seat: Effect): seat is Effect & { joins: Id } => 'joins' in seat && !here.has(seat.joins);
  const looksOn = (who: Id): boolean => who === asker || people.some(({ id, role }) => id === who && role === 'administrator');
  const seats = [
    ...seatsOf([org], facts).filter(comes),
    ...(org === headquarters ? [] : seatsOf([headquarters], facts).filter(comes).filter(({ joins }) => looksOn(joins))),
  ];
  const seated = new Set(seats.map(({ joins }) => joins));
  // Also who holds no post is asked: they are of the house all the same.
  const others = people.filter((who) => who.org === org && !who.disabled && who.role !== 'guest' && !here.has(who.id) && !seated.has(who.id));
  return [
    ...(rooms.some(({ id }) => id === placeOf(org)) ? [] : [{ begins: on } as Effect, happens(roomOpened, { id: placeOf(org), kind: 'board' as const, name: own.name, short: own.short, orgs: [org], fixed: 1 as const }, { on })]),
    ...seats.map((seat): Effect => ({ ...seat, on })),
    ...others.map((who): Effect => ({ joins: who.id, card: cardOf(who, own, undefined), history: true, on })),
  ];
}

/** 聞く: the people of these organizations are asked, each in the place of their own organization. */
export const ask = command('survey.ask', {
  about: 'Asks the people of organizations: whether they are safe and can come, or a form of one’s own. The id of the command is the id of the survey.',
  input: z.strictObject({
    kind: z.enum(surveyKinds),
    orgs: z.array(idShape).check(z.minLength(1), z.maxLength(mostOrgs)),
    title: z.string().check(z.trim(), z.maxLength(120)),
    note: z.optional(z.string().check(z.trim(), z.maxLength(1_000))),
    questions: z.optional(formShape),
    due: z.optional(momentShape),
    chaseFrom: z.optional(momentShape),
    incident: z.optional(idShape),
    /** Only those of the organizations who sit in this talk. */
    room: z.optional(idShape),
    once: z.optional(z.literal(1)),
    anonymous: z.optional(z.literal(1)),
  }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: ({ incident, orgs, room }, actor) => ({
    mine: theOrganization(actor.org), ...everyone,
    ...(room ? { inRoom: { many: member.noun, stream: roomStream(room) } } : {}) as { inRoom: Many<Member> },
    ...(incident ? { incident: theIncident(incident) } : {}) as { incident: Ref<Incident> },
    ...inPlaces(orgs),
  }),
  may(actor, { mine, people, posts, organizations, incident, inRoom }, input, { now }) {
    const verdict = mayAsk(actor, mine, posts, input.orgs);
    if (!verdict.ok) return verdict;
    if (input.orgs.some((org) => !organizations.some(({ id, kind }) => id === org && kind !== 'outside'))) return refused('directory.organizationNotFound');
    if (!headquartersOf(organizations)) return refused('incident.noHeadquarters');
    if (input.incident && (!incident || incident.closedAt !== undefined)) return refused('survey.incidentOver');
    const sits = input.room ? inRoom.filter((one) => currentStay(one)) : undefined;
    // A talk that one does not sit in is answered as one that is not there.
    if (sits && !sits.some((one) => one.person === actor.person)) return refused('talk.roomNotFound');
    if (sits && !sits.some(({ card }) => input.orgs.includes(card.org))) return refused('survey.nobodyInRoom');
    if (input.due !== undefined && input.due <= now) return refused('survey.dueIsPast');
    if (input.chaseFrom !== undefined && input.chaseFrom <= now) return refused('survey.chaseIsPast');
    if (input.chaseFrom !== undefined && input.due !== undefined && input.chaseFrom >= input.due) return refused('survey.chaseAfterDue');
    if (input.kind === 'safety') return input.questions || input.anonymous ? refused('survey.safetyHasItsForm') : allowed;
    if (input.title.trim() === '') return refused('survey.titleMissing');
    const form = checkForm(input.questions ?? []);
    return form.ok && input.anonymous ? mayBeAnonymous(input, people) : form;
  },
  then({ kind, orgs, title, note, questions, due, chaseFrom, incident: of, once, anonymous, room }, facts, actor, { id, newId, now }): Effect[] {
    const { organizations, incident, inRoom } = facts;
    const headquarters = headquartersOf(organizations)!.id;
    const more = { ...(of ? { incident: of } : {}), drill: incident?.drill ?? false };
    const sits = room ? inRoom.filter((one) => currentStay(one)) : undefined;
    const whole = { kind, title: title || incident?.name || '', ...(due === undefined ? {} : { due }) };
    const asked = [...new Set(orgs)].filter((org) => !sits || sits.some(({ card }) => card.org === org));
    return [
      // Where headquarters sits no rule can ask before it is known which that is: the clock tells it at once.
      { later: now, step: 'held', command: 'survey.hold', input: { headquarters, survey: id, orgs: asked, ...whole, ...more, asker: actor.person, askerOrg: actor.org } },
      ...asked.flatMap((org): Effect[] => {
        const [place, sheetIs] = [placeOf(org), newId(`sheet/${org}`)];
        const only = sits?.filter(({ card }) => card.org === org).map(({ person: who }) => who);
        return [
          ...stands(org, headquarters, actor.person, facts),
          happens(surveyAsked, { id: sheetIs, survey: id, org, ...whole, ...(note ? { note } : {}), ...(questions ? { questions } : {}), ...(chaseFrom === undefined ? {} : { chaseFrom }), ...(once ? { once } : {}), ...(anonymous ? { anonymous } : {}), ...(only ? { people: only } : {}), ...(kind === 'safety' ? { edition: safetyEdition } : {}) }, { ...more, on: placeStream(org) }),
          ...(due === undefined ? [] : [{ later: due, step: `end/${org}`, command: 'survey.end', input: { place, sheet: sheetIs } }]),
          ...(chaseFrom === undefined ? [] : [{ later: chaseFrom, step: `due/${org}`, command: 'survey.fallDue', input: { place, sheet: sheetIs, from: chaseFrom } }]),
        ];
      }),
    ];
  },
});
export type Asking = z.output<typeof ask.input>;

/** The streams of a deed about one sheet: the place of its organization. */
const inPlace = ({ place }: { place: Id }): readonly StreamKey[] => [roomStream(place)];
const envelope = ({ incident, drill }: Pick<Sheet, 'incident' | 'drill'>) => ({ ...(incident ? { incident } : {}), drill: drill ?? false });

/** The time has come from which the silent are chased. */
export const fallDue = command('survey.fallDue', {
  about: 'The time has come from which those who have not answered a survey are chased.',
  input: z.strictObject({ place: idShape, sheet: idShape, from: momentShape }),
  streams: inPlace,
  system: true,
  needs: (input) => ({ sheet: theSheet(input.sheet) }),
  may: (_actor, { sheet: one }, { from }) => (one && !one.closed && one.chaseFrom === from && one.fellDue === undefined ? allowed : refused('survey.over')),
  then: ({ sheet: id, from }, { sheet: one }) => [happens(surveyFellDue, { sheet: id, from }, envelope(one!))],
});

/** What ends a sheet. Of an anonymous one the box is sealed a little later. */
const ends = (one: Sheet, place: Id, now: number): Effect[] => [
  happens(surveyClosed, { sheet: one.id }, envelope(one)),
  ...(one.anonymous ? [{ later: now + settles, step: 'seal', command: 'survey.sealBox', input: { place, sheet: one.id } }] : []),
];

/** 締切: its time is over. Who is still silent is asked no more. */
export const end = command('survey.end', {
  about: 'The time until which a survey could be answered is over.',
  input: z.strictObject({ place: idShape, sheet: idShape }),
  streams: inPlace,
  system: true,
  needs: (input) => ({ sheet: theSheet(input.sheet) }),
  may: (_actor, { sheet: one }) => (one && !one.closed ? allowed : refused('survey.over')),
  then: ({ place }, { sheet: one }, _actor, { now }) => ends(one!, place, now),
});

/** 締め切る: nobody of this organization is asked any more. What was answered stays; of an anonymous survey nothing is told then (`isStopped`), so no manager ends it for all. */
export const close = command('survey.close', {
  about: 'Ends a survey for one organization: nobody is asked any more.',
  input: z.strictObject({ place: idShape, sheet: idShape }),
  streams: inPlace,
  needs: (input, actor) => ({ sheet: theSheet(input.sheet), room: theRoom(input.place), mine: theOrganization(actor.org) }),
  may(actor, { sheet: one, mine }) {
    if (!one) return refused('survey.notFound');
    if (one.closed) return refused('survey.over');
    return one.by === actor.person || mine?.kind === 'prefecture' || actor.role === 'administrator' || (actor.role === 'manager' && one.org === actor.org && !one.anonymous) ? allowed : refused('survey.notAllowed');
  },
  then: ({ place }, { sheet: one }, _actor, { now }) => ends(one!, place, now),
});

/** The box of an anonymous survey is over and sealed: nothing signs for it any more. */
export const sealBox = command('survey.sealBox', {
  about: 'The box of an anonymous survey that is over takes nothing any more, and what signed its ballots is gone.',
  input: z.strictObject({ place: idShape, sheet: idShape }),
  streams: inPlace,
  system: true,
  needs: (input) => ({ sheet: theSheet(input.sheet) }),
  may: (_actor, { sheet: one }) => (one?.anonymous && one.closed && !one.sealed ? allowed : refused('survey.over')),
  then: ({ sheet: id }, { sheet: one }) => [happens(boxSealed, { sheet: id }, envelope(one!))],
});
