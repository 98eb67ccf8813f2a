import { cardOf, organization, person, post as postNoun, type Organization, type Person, type Post } from '@noroshi/features/directory';
import { incident as incidentNoun, theIncident, type Incident } from '@noroshi/features/incident';
import { room, roomOpened, type Room } from '@noroshi/features/talk';
import { allowed, idShape, refused, type Id, type Refusal } from '@noroshi/foundations/kernel';
import { command, happens, workspaceStream, type Effect, type Many } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { begun, deskOf, deskStream, theDrillRun } from './drill-run.ts';
import { scenarioShape, wrongWith, type Inject } from './scenario.ts';
import { orgsOf, roomsOf } from './whom.ts';

/** What a part is resolved by. */
interface House { readonly organizations: readonly Organization[]; readonly people: readonly Person[]; readonly rooms: readonly Room[] }

/** Why this cannot be played in this drill, if so: a talk it has not, someone whom nobody knows. */
function cannotPlay({ no, where, act, by }: Inject, incident: Incident, { organizations, people, rooms }: House): Refusal | undefined {
  const places = roomsOf(where, incident, rooms);
  if (places.length === 0) return refused('drill.noSuchTalk', { no });
  if (by?.as === 'person' && !people.some((one) => one.id === by.id && !one.disabled)) return refused('drill.noSuchPerson', { no });
  if (!act || !by) return undefined;
  const orgs = orgsOf(by, incident, (id) => people.find((one) => one.id === id)?.org);
  if (orgs.length === 0 || !orgs.every((id) => organizations.some((one) => one.id === id))) return refused('drill.noSuchPart', { no });
  // A report and a line of the chronology are told to the house; all else is done in the talk, by who is in it.
  const isThere = (org: Id): boolean => places.some((id) => rooms.find((place) => place.id === id)!.orgs.includes(org));
  return act === 'report' || act === 'enter' || orgs.every(isThere) ? undefined : refused('drill.notInTalk', { no });
}

/** 訓練を始める: a scenario is laid beside a drill that is open; the clock stands until a controller starts it. (G1, G4) */
export const beginDrill = command('drill.begin', {
  about: 'Lays a scenario beside an open drill, for the controllers that are named. Nothing is played in before the clock is started.',
  input: z.strictObject({
    incident: idShape,
    ...scenarioShape.def.shape,
    /** Beside the one who begins. They see what is to come. */
    controllers: z.array(idShape).check(z.maxLength(50)),
    /** A real disaster is open, and they have said that the drill goes on all the same. */
    beside: z.optional(z.boolean()),
  }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: ({ incident }) => ({
    incident: theIncident(incident), same: theDrillRun(incident),
    incidents: { many: incidentNoun.noun } as Many<Incident>, organizations: { many: organization.noun } as Many<Organization>,
    people: { many: person.noun } as Many<Person>, posts: { many: postNoun.noun } as Many<Post>, rooms: { many: room.noun, stream: '*' } as Many<Room>,
  }),
  may(actor, { incident, same, incidents, ...house }, { injects, controllers, beside }) {
    if (!incident || actor.role === 'guest') return refused('incident.notFound');
    if (actor.role !== 'system' && actor.org !== incident.headquarters) return refused('incident.drillByPrefecture');
    if (!incident.drill) return refused('drill.notADrill', { name: incident.name });
    if (incident.closedAt !== undefined) return refused('incident.alreadyClosed', { name: incident.name });
    if (same) return refused('drill.begunAlready', { name: incident.name });
    const real = incidents.find((one) => !one.drill && one.closedAt === undefined);
    if (real && !beside) return refused('drill.realUnderWay', { name: real.name });
    const [wrong] = wrongWith(injects);
    if (wrong) return refused(`drill.${wrong.code}`, { no: wrong.no, ...wrong.params });
    if (controllers.some((id) => !house.people.some((one) => one.id === id && one.org === incident.headquarters && !one.disabled && one.role !== 'guest'))) return refused('drill.controllerUnknown');
    for (const one of injects) {
      const refusal = cannotPlay(one, incident, house);
      if (refusal) return refusal;
    }
    return allowed;
  },
  then({ controllers, beside: _beside, incident: of, ...scenario }, { people, posts, organizations }, actor): Effect[] {
    const more = { on: deskStream(of), incident: of, drill: true };
    return [
      { begins: more.on },
      // A board is a place where people read and nobody talks: it stands among no talks.
      happens(roomOpened, { id: deskOf(of), kind: 'board', name: scenario.name, short: '統', orgs: [], drill: of }, more),
      ...[...new Set<Id>([actor.person, ...controllers])].flatMap((id): Effect[] => {
        const who = people.find((one) => one.id === id);
        if (!who) return [];
        const { via: _via, ...card } = cardOf(who, organizations.find((one) => one.id === who.org)!, posts.filter(({ holder }) => holder === id).toSorted((a, b) => a.rank - b.rank)[0]);
        return [{ joins: id, card, history: true, on: more.on }];
      }),
      happens(begun, { incident: of, ...scenario }, more),
    ];
  },
});
