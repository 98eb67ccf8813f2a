import { allowed, idShape, refused, type Actor, type Id, type Refusal, type Verdict } from '@noroshi/foundations/kernel';
import { organization, theOrganization, type Organization } from '@noroshi/features/directory';
import { room, type Room } from '@noroshi/features/talk';
import { command, happens, member, workspaceStream, type Effect, type Many, type Member } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { incident, incidentKinds, incidentNameShape, opened, theIncident, type Incident } from './disaster.ts';
import { hitElsewhere, reworked } from './hit-elsewhere.ts';
import { headquartersOf, isMunicipality, rolesFor, roomOf } from './roles-for.ts';
import { intoTwins, spread } from './spread.ts';
import { dayInJapan, plan, planInForce, type Plan } from './support-plan.ts';

/** Towns named by whoever opens or widens. */
export const townsShape = z.array(idShape).check(z.minLength(1), z.maxLength(200));

/** What opening and widening need to know of the house. */
export const everything = {
  organizations: { many: organization.noun } as Many<Organization>,
  plans: { many: plan.noun } as Many<Plan>,
  rooms: { many: room.noun, stream: '*' } as Many<Room>,
  members: { many: member.noun, stream: '*' } as Many<Member & { stream: string }>,
};

/** The prefecture's own people, and the clock. */
export function isHeadquarters(actor: Actor, org: Organization | undefined): boolean {
  return actor.role === 'system' || (actor.role !== 'guest' && org?.kind === 'prefecture');
}

/**
 * Whether someone may say of these towns that they are hit. The prefecture may for all; a town's own people may for
 * their town: at three in the morning nobody waits for the prefecture to wake.
 */
export function maySayHit(actor: Actor, org: Organization | undefined, towns: readonly Id[]): Verdict {
  if (isHeadquarters(actor, org)) return allowed;
  if (actor.role === 'guest' || !org || !isMunicipality(org)) return refused('incident.notAllowed');
  return towns.every((town) => town === actor.org) ? allowed : refused('incident.ownTownOnly', { town: org.name });
}

/** What is wrong with the towns named, if anything. */
export function firstWrongTown(towns: readonly Id[], { organizations, rooms }: { organizations: readonly Organization[]; rooms: readonly Room[] }): Refusal | undefined {
  for (const [i, id] of towns.entries()) {
    const town = organizations.find((o) => o.id === id);
    if (!town || !isMunicipality(town)) return refused('incident.notAMunicipality', { town: town?.name ?? id });
    if (towns.indexOf(id) !== i) return refused('incident.townTwice', { town: town.name });
    if (!roomOf(id, rooms)) return refused('incident.noRoom', { town: town.name });
  }
  return undefined;
}

/** Within this time a second incident of the same kind in the same town is taken for the same one, opened by two people at once. */
export const sameWithin = 12 * 60 * 60 * 1000;

/** A disaster is opened, or a drill. Those whom the plan names learn their part at the same moment. */
export const openIncident = command('incident.open', {
  about: 'Opens a disaster or a drill. The support plan gives each organization its part; the rooms of the hit towns learn it. A drill opens twin rooms.',
  input: z.strictObject({
    id: idShape,
    name: incidentNameShape,
    kind: z.enum(incidentKinds),
    drill: z.boolean(),
    affected: townsShape,
    /** A drill only: mail, SMS and calls go out too. */
    outside: z.optional(z.boolean()),
  }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (input, actor) => ({
    same: theIncident(input.id),
    mine: theOrganization(actor.org),
    incidents: { many: incident.noun } as Many<Incident>,
    ...everything,
  }),
  may(actor, { same, mine, incidents, organizations, rooms }, input, when) {
    const verdict = maySayHit(actor, mine, input.affected);
    if (!verdict.ok) return verdict;
    // A drill takes many people's time: the prefecture decides on it.
    if (input.drill && !isHeadquarters(actor, mine)) return refused('incident.drillByPrefecture');
    if (same) return refused('command.idTaken');
    if (!headquartersOf(organizations)) return refused('incident.noHeadquarters');
    const wrong = firstWrongTown(input.affected, { organizations, rooms });
    if (wrong) return wrong;
    const other = !input.drill && incidents.find((i) => !i.drill && i.closedAt === undefined && i.kind === input.kind
      && when.now - i.openedAt < sameWithin && i.affected.some((town) => input.affected.includes(town)));
    return other ? refused('incident.alreadyOpen', { name: other.name }) : allowed;
  },
  then(input, { incidents, organizations, plans, rooms, members }, _actor, when): Effect[] {
    const headquarters = headquartersOf(organizations)!.id;
    const plan = planInForce(plans, dayInJapan(when.now));
    const planned = rolesFor(input.affected, plan, rooms, headquarters, hitElsewhere(input, incidents, when.now));
    const places = input.drill ? intoTwins(input.id, planned, rooms, members, when.newId) : { roles: planned, rooms, effects: [] };
    const { outside, ...asked } = input;
    const now = { ...asked, ...(input.drill && outside ? { outside } : {}), headquarters, roles: places.roles, planVersion: plan?.name ?? '', planRevision: plan?.revision ?? 0, ...(plan?.clockMinutes === undefined ? {} : { clockMinutes: plan.clockMinutes }) };
    const nameOf = (org: Id): string => organizations.find((o) => o.id === org)!.name;
    return [
      happens(opened, now, { incident: input.id, drill: input.drill }),
      ...places.effects,
      ...spread(now, undefined, places.rooms, nameOf, when.newId),
      ...reworked(input, input.affected, { incidents, organizations, plans, rooms }, when),
    ];
  },
});
