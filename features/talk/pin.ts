import { allowed, idShape, momentShape, refused } from '@noroshi/foundations/kernel';
import { command, currentStay, happens, membership, roomStream } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { onMessage, outOfReach } from './on-message.ts';
import { mostPins, pinned, standing, theRoom, unpinned } from './room.ts';

const year = 366 * 86_400_000;

/** Keep a message in view until a day. At most three in a room: whoever pins a fourth takes one off first. */
export const pin = command('talk.pin', {
  about: 'Keeps a message in view until a day; at most three in a room.',
  input: z.strictObject({ room: idShape, message: idShape, until: momentShape }),
  streams: ({ room }) => [roomStream(room)],
  needs: onMessage,
  may(_actor, facts, { message, until }, { now }) {
    const gone = outOfReach(facts);
    if (gone) return gone;
    if (facts.me!.card.guest) return refused('talk.notAllowed');
    if (until <= now) return refused('talk.pinEnded');
    if (until > now + year) return refused('talk.pinTooLong');
    const others = standing(facts.room!.pins, now).filter((p) => p.message !== message);
    return others.length >= mostPins ? refused('talk.pinsFull', { max: mostPins }) : allowed;
  },
  then: (body, { message }) => [happens(pinned, body, { incident: message!.incident, drill: message!.drill ?? false })],
});

/** Take a pin off. Anyone in the room but a guest may: a pin is the room's, not its maker's. */
export const unpin = command('talk.unpin', {
  about: 'Takes a pin off.',
  input: z.strictObject({ room: idShape, message: idShape }),
  streams: ({ room }) => [roomStream(room)],
  needs: ({ room }, actor) => ({ room: theRoom(room), me: membership(roomStream(room), actor.person) }),
  may(_actor, { room, me }, { message }) {
    if (!room || !currentStay(me)) return refused('talk.roomNotFound');
    if (room.closedAt !== undefined) return refused('talk.roomClosed');
    if (me!.card.guest) return refused('talk.notAllowed');
    return room.pins.some((p) => p.message === message) ? allowed : refused('talk.notPinned');
  },
  then: (body) => [happens(unpinned, body)],
});
