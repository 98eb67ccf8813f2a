import { idShape, refused } from '@noroshi/foundations/kernel';
import { command, happens, membership, roomStream } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { mayTendRoom } from './may-tend-room.ts';
import { roomClosed, roomRenamed, roomShape, theRoom } from './room.ts';

/** A room gets another name. */
export const renameRoom = command('talk.renameRoom', {
  about: 'Gives a room another name and mark.',
  input: z.strictObject({ room: idShape, name: roomShape.def.shape.name, short: roomShape.def.shape.short }),
  streams: ({ room }) => [roomStream(room)],
  alone: true,
  offline: false,
  needs: ({ room }, actor) => ({ room: theRoom(room), me: membership(roomStream(room), actor.person) }),
  may(actor, { room, me }, { name, short }) {
    const verdict = mayTendRoom(actor, room, me);
    if (!verdict.ok) return verdict;
    if (!name.trim() || !short.trim()) return refused('talk.nameMissing');
    return verdict;
  },
  then: ({ name, short, room }) => [happens(roomRenamed, { room, name: name.trim(), short: short.trim() })],
});

/** A room closes: it stays to be read, and nothing more is said in it. */
export const closeRoom = command('talk.closeRoom', {
  about: 'Closes a room: it can be read, and nothing more is said in it.',
  input: z.strictObject({ room: idShape }),
  streams: ({ room }) => [roomStream(room)],
  alone: true,
  offline: false,
  needs: ({ room }, actor) => ({ room: theRoom(room), me: membership(roomStream(room), actor.person) }),
  may(actor, { room, me }) {
    const verdict = mayTendRoom(actor, room, me, true);
    return verdict.ok && room!.incidents.length > 0 ? refused('talk.roomInDisaster') : verdict;
  },
  then: (body) => [happens(roomClosed, body)],
});
