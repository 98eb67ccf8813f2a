import { idShape, refused } from '@noroshi/foundations/kernel';
import { askedMessage, theRoom, toldByProxy } from '@noroshi/features/talk';
import { command, happens, membership, roomStream, type Effect } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { callResults, rang, theCard, wordShape } from './card.ts';
import { envelope, mayRing } from './take-card.ts';

/**
 * What became of a call. It was made, whoever holds the card by now: what was written down without a line comes later and
 * is kept. 代理が了解 says that another took it for them; it is neither read nor answered.
 */
export const ring = command('chase.ring', {
  about: 'Writes down what became of a call: answered, message left, no answer, or told by proxy.',
  input: z.strictObject({ room: idShape, card: idShape, result: z.enum(callResults), word: wordShape }),
  streams: ({ room }) => [roomStream(room)],
  needs: ({ room, card }, actor) => ({ room: theRoom(room), me: membership(roomStream(room), actor.person), card: theCard(card) }),
  may(actor, { room, me, card }) {
    const verdict = mayRing(actor, room, me);
    if (!verdict.ok) return verdict;
    if (!card) return refused('chase.cardNotFound');
    return card.whom === actor.person ? refused('chase.nobodyToRing') : verdict;
  },
  then({ card: id, result, word }, { card }): Effect[] {
    const about = envelope(card);
    return [
      happens(rang, { card: id, result, ...(word ? { word } : {}) }, about),
      ...(result === 'proxy' && card!.noun === askedMessage.noun ? [happens(toldByProxy, { message: card!.thing, person: card!.whom }, about)] : []),
    ];
  },
});
