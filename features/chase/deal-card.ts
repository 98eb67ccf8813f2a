import { allowed, idShape, momentShape, refused } from '@noroshi/foundations/kernel';
import { theRoom } from '@noroshi/features/talk';
import { command, happens, roomStream } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { cardIdOf, carded, theCard } from './card.ts';
import { askingShape } from './run.ts';

/** The ladder has come to the telephone: a colleague is asked by name to ring. Where someone rings already, nothing is added. */
export const dealCard = command('chase.deal', {
  about: 'Asks a colleague by name to ring someone who does not answer.',
  input: z.strictObject({ room: idShape, ...askingShape, whom: idShape, since: momentShape, caller: idShape, incident: z.optional(idShape), drill: z.boolean() }),
  streams: ({ room }) => [roomStream(room)],
  system: true,
  needs: ({ room, thing, whom }) => ({ room: theRoom(room), card: theCard(cardIdOf(thing, whom)) }),
  may(_actor, { room, card }) {
    if (!room || room.closedAt !== undefined) return refused('talk.roomClosed');
    return card ? refused('chase.takenByOther') : allowed;
  },
  then: ({ noun, thing, whom, since, caller, incident, drill }) => [
    happens(carded, { id: cardIdOf(thing, whom), noun, thing, whom, since, caller }, { incident, drill }),
  ],
});
