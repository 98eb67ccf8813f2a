import { noted, theRoom } from '@noroshi/features/talk';
import { allowed, idShape, refused } from '@noroshi/foundations/kernel';
import { command, currentStay, happens, membership, roomStream, type Member } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { callKinds, callStarted, inRoom, mostRung, theRoomCall } from './call-noun.ts';

/** 通話を始める: calls all of a room, or some. Who starts it has not joined yet: that is so when their device is on its line. (CA1) */
export const start = command('call.start', {
  about: 'Starts a call in a room, and rings all of it or the people named. The id of the command is the id of the call.',
  input: z.strictObject({ room: idShape, kind: z.enum(callKinds), rings: z.optional(z.array(idShape).check(z.minLength(1), z.maxLength(mostRung))) }),
  streams: inRoom,
  // A call that begins an hour later, when the line is back, is none.
  offline: false,
  needs: ({ room, rings = [] }, actor) => ({
    room: theRoom(room), me: membership(roomStream(room), actor.person), now: theRoomCall(room),
    ...Object.fromEntries(rings.map((person) => [`@${person}`, membership(roomStream(room), person)])) as {},
  }),
  may(_actor, facts, { rings = [] }) {
    const { room, me, now } = facts;
    if (!room || room.kind === 'board' || !currentStay(me)) return refused('talk.roomNotFound');
    if (room.closedAt !== undefined) return refused('talk.roomClosed');
    if (now?.call) return refused('call.runs');
    const named = facts as Readonly<Record<`@${string}`, Member | undefined>>;
    return rings.every((person) => currentStay(named[`@${person}`])) ? allowed : refused('call.notHere');
  },
  then({ kind, rings }, { room }, _actor, { id, newId }) {
    const more = { incident: room!.incidents.length === 1 ? room!.incidents[0]!.incident : undefined, drill: room!.drill !== undefined };
    return [
      happens(callStarted, { id, kind, ...(rings ? { rings: [...new Set(rings)] } : {}) }, more),
      // It asks nobody to read it: whom it is for is rung.
      happens(noted, { id: newId('note'), line: `call.${kind}`, params: {}, ref: { noun: 'call', id }, quiet: 1 as const }, more),
    ];
  },
});
