import { allowed, idShape, refused } from '@noroshi/foundations/kernel';
import { theOrganization } from '@noroshi/features/directory';
import { noted, room, roomTold, type Room } from '@noroshi/features/talk';
import { command, happens, roomStream, workspaceStream, type Effect, type Many } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { incidentKinds, incidentNameShape, renamed, theIncident } from './disaster.ts';
import { isHeadquarters } from './open-incident.ts';
import { roomsKnowing } from './spread.ts';

/** A disaster gets its official name, or its kind is put right. */
export const renameIncident = command('incident.rename', {
  about: 'Changes the name and kind of an incident. Names the revision that was seen. Only the prefecture.',
  input: z.strictObject({ incident: idShape, seen: z.int().check(z.minimum(1)), name: incidentNameShape, kind: z.enum(incidentKinds) }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (input, actor) => ({
    incident: theIncident(input.incident),
    mine: theOrganization(actor.org),
    rooms: { many: room.noun, stream: '*' } as Many<Room>,
  }),
  may(actor, { incident, mine }, input) {
    if (!isHeadquarters(actor, mine)) return refused('incident.prefectureOnly');
    if (!incident) return refused('incident.notFound');
    if (incident.closedAt !== undefined) return refused('incident.alreadyClosed', { name: incident.name });
    if (incident.revision !== input.seen) return refused('incident.changedSince', { name: incident.name });
    if (incident.name === input.name && incident.kind === input.kind) return refused('incident.sameName');
    return allowed;
  },
  then(input, { incident, rooms }, _actor, when): Effect[] {
    const before = incident!;
    const envelope = { incident: before.id, drill: before.drill };
    const effects: Effect[] = [happens(renamed, { id: before.id, name: input.name, kind: input.kind }, envelope)];
    if (before.name === input.name) return effects;
    for (const place of roomsKnowing(before.id, rooms)) {
      const on = roomStream(place.id);
      const { affected } = place.incidents.find((i) => i.incident === before.id)!;
      effects.push(
        happens(roomTold, { room: place.id, incident: before.id, name: input.name, drill: before.drill, affected }, { on, ...envelope }),
        happens(noted, { id: when.newId(`note/${place.id}`), line: 'incident.renamed', params: { from: before.name, to: input.name }, ref: { noun: 'incident', id: before.id }, quiet: 1 }, { on, ...envelope }),
      );
    }
    return effects;
  },
});
