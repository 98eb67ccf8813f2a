import { allowed, idShape, refused, type Id } from '@noroshi/foundations/kernel';
import { theOrganization } from '@noroshi/features/directory';
import { command, happens, workspaceStream, type Effect, type Many } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { incident, theIncident, widened, type Incident } from './disaster.ts';
import { hitElsewhere, passedOver, requestsFollow, reworked } from './hit-elsewhere.ts';
import { everything, firstWrongTown, maySayHit, townsShape } from './open-incident.ts';
import { rolesFor } from './roles-for.ts';
import { intoTwins, spread } from './spread.ts';

/**
 * More towns are hit. It names no revision: two who add towns at the same moment both are right, since the parts are
 * worked out anew under the workspace's lock from all towns known by then.
 */
export const widenIncident = command('incident.widen', {
  about: 'Adds towns that are hit as well. The parts of all are worked out anew from the plan version of the incident; where a primary is hit itself, the next in order takes over and the talk says so.',
  input: z.strictObject({ incident: idShape, affected: townsShape }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (input, actor) => ({ incident: theIncident(input.incident), mine: theOrganization(actor.org), incidents: { many: incident.noun } as Many<Incident>, ...everything }),
  may(actor, { incident, mine, organizations, rooms }, input) {
    const verdict = maySayHit(actor, mine, input.affected);
    if (!verdict.ok) return verdict;
    if (!incident) return refused('incident.notFound');
    if (incident.closedAt !== undefined) return refused('incident.alreadyClosed', { name: incident.name });
    const wrong = firstWrongTown(input.affected, { organizations, rooms });
    if (wrong) return wrong;
    if (input.affected.every((town) => incident.affected.includes(town))) return refused('incident.alreadyAffected');
    return allowed;
  },
  then(input, { incident, incidents, organizations, plans, rooms, members }, _actor, when): Effect[] {
    const before = incident!;
    const affected = [...new Set([...before.affected, ...input.affected])];
    // The version the incident began with: nobody's part changes because an office edits next year's plan meanwhile.
    const planned = rolesFor(affected, plans.find((p) => p.revision === before.planRevision), rooms, before.headquarters, [...hitElsewhere(before, incidents, when.now), ...passedOver(before)]);
    const places = before.drill ? intoTwins(before.id, planned, rooms, members, when.newId) : { roles: planned, rooms, effects: [] };
    const now = { ...before, affected, roles: places.roles };
    const nameOf = (org: Id): string => organizations.find((o) => o.id === org)!.name;
    return [
      happens(widened, { id: before.id, affected, roles: places.roles }, { incident: before.id, drill: before.drill }),
      ...places.effects,
      ...spread(now, before, places.rooms, nameOf, when.newId),
      ...requestsFollow(before.id, places.roles.map((role) => role.room), when.now),
      ...reworked(before, affected.filter((town) => !before.affected.includes(town)), { incidents, organizations, plans, rooms }, when),
    ];
  },
});
