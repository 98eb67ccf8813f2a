import { allowed, idShape, refused } from '@noroshi/foundations/kernel';
import { theOrganization } from '@noroshi/features/directory';
import { leaveSeats, noted, room, roomClosed, roomReleased, type Room } from '@noroshi/features/talk';
import { command, happens, member, roomStream, workspaceStream, type Effect, type Many, type Member, type StreamKey } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { closed, theIncident } from './disaster.ts';
import { isHeadquarters } from './open-incident.ts';
import { roomsKnowing } from './spread.ts';

/** A disaster or a drill is over. Permanent rooms go on without it; the twin rooms of a drill close and stay readable. */
export const closeIncident = command('incident.close', {
  about: 'Ends a disaster or a drill. Names the revision that was seen: who ends it knows of the town that was added a moment ago. Only the prefecture.',
  input: z.strictObject({ incident: idShape, seen: z.int().check(z.minimum(1)) }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (input, actor) => ({
    incident: theIncident(input.incident),
    mine: theOrganization(actor.org),
    rooms: { many: room.noun, stream: '*' } as Many<Room>,
    members: { many: member.noun, stream: '*' } as Many<Member & { stream: StreamKey }>,
  }),
  may(actor, { incident, mine }, input) {
    if (!isHeadquarters(actor, mine)) return refused('incident.prefectureOnly');
    if (!incident) return refused('incident.notFound');
    if (incident.closedAt !== undefined) return refused('incident.alreadyClosed', { name: incident.name });
    return incident.revision === input.seen ? allowed : refused('incident.changedSince', { name: incident.name });
  },
  then(_input, { incident, rooms, members }, _actor, when): Effect[] {
    const { id, name, drill } = incident!;
    const envelope = { incident: id, drill };
    return [
      happens(closed, { id }, envelope),
      ...roomsKnowing(id, rooms).flatMap((place): Effect[] => {
        const on = roomStream(place.id);
        const over = happens(noted, { id: when.newId(`note/${place.id}`), line: drill ? 'incident.drillClosed' : 'incident.closed', params: { name }, ref: { noun: 'incident', id } }, { on, ...envelope });
        // Who came to help for this incident goes with it; they hear that it is over.
        const leave = drill ? [] : leaveSeats(place, id, members.filter(({ stream }) => stream === on));
        return [over, ...leave, drill ? happens(roomClosed, { room: place.id }, { on, ...envelope }) : happens(roomReleased, { room: place.id, incident: id }, { on, ...envelope })];
      }),
    ];
  },
});
