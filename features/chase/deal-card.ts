import { allowed, idShape, momentShape, refused } from '@noroshi/foundations/kernel';
import { theRoom } from '@noroshi/features/talk';
import { command, happens, roomStream } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { cardIdOf } from './card-id.ts';
import { carded, givenBack, theCard } from './card.ts';
import { cardState } from './card-state.ts';
import { askingShape } from './run.ts';

/**
 * The ladder has come to the telephone: a colleague is asked by name to ring. A card that is there is dealt anew, unless
 * someone rings already, or has told them since this climb began.
 */
export const dealCard = command('chase.deal', {
  about: 'Asks a colleague by name to ring someone who does not answer.',
  input: z.strictObject({ room: idShape, ...askingShape, whom: idShape, since: momentShape, caller: idShape, /** Since when the climb that comes to it asks. */ from: momentShape, incident: z.optional(idShape), drill: z.boolean() }),
  streams: ({ room }) => [roomStream(room)],
  system: true,
  needs: ({ room, thing, whom }) => ({ room: theRoom(room), card: theCard(cardIdOf(thing, whom)) }),
  may(_actor, { room, card }, { from }) {
    if (!room || room.closedAt !== undefined) return refused('talk.roomClosed');
    if (card?.taken) return refused('chase.takenByOther');
    const state = card && cardState({ ...card, earlier: card.calls.filter(({ at }) => at < from).length });
    return state === 'told' || state === 'proxy' ? refused('chase.toldAlready') : allowed;
  },
  then: ({ noun, thing, whom, since, caller, incident, drill }, { card }) => [card
    ? happens(givenBack, { card: card.id, caller }, { incident, drill })
    : happens(carded, { id: cardIdOf(thing, whom), noun, thing, whom, since, caller }, { incident, drill })],
});
