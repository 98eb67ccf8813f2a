import { idShape, refused } from '@noroshi/foundations/kernel';
import { askedMessage, theRoom, toldByProxy } from '@noroshi/features/talk';
import { command, happens, membership, roomStream, type Effect, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { callResults } from './call-results.ts';
import { cardIdOf } from './card-id.ts';
import { carded, rang, theCard, wordShape } from './card.ts';
import { askingShape } from './run.ts';
import { envelope, hangsUp, mayRing, type Asking } from './take-card.ts';

/**
 * What became of a call. It was made, whoever holds the card by now: what was written down without a line comes later and
 * is kept. Where the taking was refused meanwhile, since another rang them, the card may not be there: with `about` it is made.
 * 代理が了解 says that another took it for them; it is neither read nor answered.
 */
export const ring = command('chase.ring', {
  about: 'Writes down what became of a call: answered, message left, no answer, or told by proxy.',
  input: z.strictObject({ room: idShape, card: idShape, result: z.enum(callResults), word: wordShape, /** What the card is of. */ about: z.optional(z.strictObject({ ...askingShape, whom: idShape })) }),
  streams: ({ room }) => [roomStream(room)],
  needs: ({ room, card, about }, actor) => ({
    room: theRoom(room), me: membership(roomStream(room), actor.person), card: theCard(card),
    ...(about ? { thing: { noun: about.noun, id: about.thing }, whom: membership(roomStream(room), about.whom) } : {}) as { thing: Ref<Asking>; whom: ReturnType<typeof membership> },
  }),
  may(actor, { room, me, card, thing, whom }, { card: id, about }) {
    const verdict = mayRing(actor, room, me);
    if (!verdict.ok) return verdict;
    const isKnown = card ?? (about && cardIdOf(about.thing, about.whom) === id && typeof thing?.at === 'number' && whom);
    if (!isKnown) return refused('chase.cardNotFound');
    return (card ?? about)!.whom === actor.person ? refused('chase.nobodyToRing') : verdict;
  },
  then({ card: id, result, word, about }, { card, thing: asks }, actor): Effect[] {
    const { noun, thing, whom } = (card ?? about)!;
    const where = envelope(card ?? asks);
    return [
      ...(card ? [] : [happens(carded, { id, noun, thing, whom, since: asks!.at }, where)]),
      happens(rang, { card: id, result, ...(word ? { word } : {}) }, where),
      ...(card?.taken?.by === actor.person ? [hangsUp(card)] : []),
      ...(result === 'proxy' && noun === askedMessage.noun ? [happens(toldByProxy, { message: thing, person: whom }, where)] : []),
    ];
  },
});
