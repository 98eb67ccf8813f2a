import { withdrawsFiles } from '@noroshi/foundations/files';
import { allowed, idShape, refused } from '@noroshi/foundations/kernel';
import { command, happens, roomStream } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { withdrawn } from './message.ts';
import { onMessage, outOfReach } from './on-message.ts';
import { unpinned } from './room.ts';

/** Take words back. A mark stays in the talk, and the words stay in the record. */
export const withdraw = command('talk.withdraw', {
  about: 'Takes a message back: one’s own, or as an administrator with a reason. A mark stays, and the record keeps the words.',
  input: z.strictObject({ room: idShape, message: idShape, reason: z.optional(z.string().check(z.maxLength(200))) }),
  streams: ({ room }) => [roomStream(room)],
  needs: onMessage,
  may(actor, facts, { reason }) {
    const gone = outOfReach(facts);
    if (gone) return gone;
    if (facts.message!.note) return refused('talk.noteStays');
    if (facts.message!.by === actor.person) return allowed;
    if (actor.role !== 'administrator') return refused('talk.notYours');
    return reason?.trim() ? allowed : refused('talk.reasonMissing');
  },
  then({ room: of, message: id, reason }, { room, message }) {
    const more = { incident: message!.incident, drill: message!.drill ?? false };
    return [
      // Its pin goes first, and for itself: those who do not see the message hear nothing of what becomes of it.
      ...(room!.pins.some((pin) => pin.message === id) ? [happens(unpinned, { room: of, message: id })] : []),
      happens(withdrawn, { message: id, ...(reason?.trim() ? { reason: reason.trim() } : {}) }, more),
      ...withdrawsFiles(id, message!.attachments, more),
    ];
  },
});
