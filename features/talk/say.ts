import { allowed, idShape, refused } from '@noroshi/foundations/kernel';
import { command, currentStay, happens, membership, roomStream } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { contentShape, said } from './message.ts';
import { theRoom } from './room.ts';

/** Speak in a room. Everyone in the room hears it. */
export const say = command('talk.say', {
  about: 'Speaks in a room. The id of the command is the id of the message.',
  input: z.strictObject({
    room: idShape,
    /** The incident it belongs to, where the room knows more than one. */
    incident: z.optional(idShape),
    ...contentShape.def.shape,
  }),
  streams: ({ room }) => [roomStream(room)],
  needs: ({ room }, actor) => ({ room: theRoom(room), me: membership(roomStream(room), actor.person) }),
  may(_actor, { room, me }, input) {
    if (!room || !currentStay(me)) return refused('talk.roomNotFound');
    if (room.closedAt !== undefined) return refused('talk.roomClosed');
    if (!input.text?.trim() && !input.sticker && !input.attachments?.length && !input.place) return refused('talk.nothingSaid');
    if (input.incident && !room.incidents.some((i) => i.incident === input.incident)) return refused('talk.incidentNotHere');
    return allowed;
  },
  then({ room: _id, incident, ...content }, { room }) {
    const tag = incident ?? (room!.incidents.length === 1 ? room!.incidents[0]!.incident : undefined);
    return [happens(said, content, { incident: tag, drill: room!.drill !== undefined })];
  },
});
