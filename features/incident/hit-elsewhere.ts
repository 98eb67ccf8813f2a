import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { Organization } from '@noroshi/features/directory';
import type { Room } from '@noroshi/features/talk';
import { happens, type Effect } from '@noroshi/foundations/sync';
import { widened, type Incident } from './disaster.ts';
import { rolesFor } from './roles-for.ts';
import { spread } from './spread.ts';
import type { Plan } from './support-plan.ts';

/** For so long after its disaster was opened others do not count on a hit town (milliseconds): in its first week it sends nobody. */
export const hitFor = 7 * 24 * 60 * 60 * 1000;

/**
 * Towns that another disaster has hit. At night each town opens its own, and the plan's pairs are neighbours: who was hit an
 * hour ago must not be asked to help. A drill knows only its own.
 * @param own an incident, or what will be one, whose own towns are not meant
 */
export function hitElsewhere(own: Pick<Incident, 'id' | 'drill'>, incidents: readonly Incident[], now: Moment): Id[] {
  if (own.drill) return [];
  return incidents.filter((one) => one.id !== own.id && !one.drill && one.closedAt === undefined && now - one.openedAt < hitFor).flatMap((one) => one.affected);
}

/** Who has been passed over already: they do not come back in the middle, whatever else is over by then. */
export const passedOver = (of: Pick<Incident, 'roles'>): Id[] => of.roles.flatMap((role) => role.succeeded?.map((s) => s.from) ?? []);

/** Requests that were put to a supporter now hit itself go to the next in order. */
export const requestsFollow = (of: Id, rooms: readonly Id[], now: Moment): Effect[] =>
  [...new Set(rooms)].map((room) => ({ later: now, step: `follow/${of}/${room}`, command: 'request.followPlan', input: { room, incident: of } }));

/** Other disasters in which one of these towns was to help: their parts are worked out anew, their rooms learn it, and requests follow. */
export function reworked(
  own: Pick<Incident, 'id' | 'drill'>, newly: readonly Id[],
  { incidents, organizations, plans, rooms }: { incidents: readonly Incident[]; organizations: readonly Organization[]; plans: readonly Plan[]; rooms: readonly Room[] },
  when: { readonly now: Moment; readonly newId: (label: string) => Id },
): Effect[] {
  if (own.drill) return [];
  const nameOf = (org: Id): string => organizations.find((o) => o.id === org)!.name;
  const counting = incidents.filter((one) => one.id !== own.id && !one.drill && one.closedAt === undefined
    && one.roles.some((role) => newly.some((town) => role.primary === town || role.secondaries.includes(town))));
  return counting.flatMap((before): Effect[] => {
    const hit = [...newly, ...hitElsewhere(before, incidents, when.now), ...passedOver(before)];
    // The version that incident began with, as when it widens.
    const roles = rolesFor(before.affected, plans.find((p) => p.revision === before.planRevision), rooms, before.headquarters, hit);
    return [
      happens(widened, { id: before.id, affected: [...before.affected], roles }, { incident: before.id, drill: false }),
      ...spread({ ...before, roles }, before, rooms, nameOf, (label) => when.newId(`${before.id}/${label}`)),
      ...requestsFollow(before.id, roles.map((role) => role.room), when.now),
    ];
  });
}
