import { allowed, idShape, refused, type Actor, type Id, type Verdict } from '@noroshi/foundations/kernel';
import { askedMessage, theRoom, type Message, type Room } from '@noroshi/features/talk';
import { command, currentStay, happens, membership, roomStream, type Effect, type Member, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { isCalledOffIn } from './called-off.ts';
import { cardIdOf } from './card-id.ts';
import { carded, givenBack, taken, theCard, type PhoneCard } from './card.ts';
import { heldFor } from './card-state.ts';
import { rings, theRinging } from './ringing.ts';
import { askingShape } from './run.ts';
import { otherWhoRings } from './who-rings.ts';

/** What is known of each thing that asks. */
export interface Asking { readonly at: number; readonly incident?: Id; readonly drill?: boolean }

/** Who may ring: everyone in the room but guests, who have no telephone numbers. */
export function mayRing(actor: Actor, room: Room | undefined, me: Member | undefined): Verdict {
  if (!room || !currentStay(me)) return refused('talk.roomNotFound');
  if (room.closedAt !== undefined) return refused('talk.roomClosed');
  return actor.role === 'guest' || me!.card.guest ? refused('chase.notForGuests') : allowed;
}

/** Where an event about it belongs. */
export const envelope = (thing: Pick<Asking, 'incident' | 'drill'> | undefined): { incident?: Id; drill: boolean } => ({ ...(thing?.incident ? { incident: thing.incident } : {}), drill: thing?.drill ?? false });

/**
 * Someone rings: the card is theirs, and everybody sees it at once, so that no two ring the same town. Whoever rings a
 * person may take their other cards too; nobody else may, whatever they are about. Where there is no card yet, because the
 * ladder has not come so far, it is made.
 */
export const takeCard = command('chase.take', {
  about: 'Takes it upon oneself to ring someone who owes an answer. While it is taken nobody else rings them, about this or anything else of the room. Free again by itself after ten minutes without a result.',
  input: z.strictObject({ room: idShape, ...askingShape, whom: idShape }),
  streams: ({ room }) => [roomStream(room)],
  needs: ({ room, noun, thing, whom }, actor) => ({
    room: theRoom(room), me: membership(roomStream(room), actor.person), whom: membership(roomStream(room), whom),
    thing: { noun, id: thing } as Ref<Asking>, card: theCard(cardIdOf(thing, whom)), ringing: theRinging(roomStream(room), whom),
  }),
  may(actor, { room, me, whom, thing, card, ringing }, input) {
    const verdict = mayRing(actor, room, me);
    if (!verdict.ok) return verdict;
    if (!currentStay(whom) || whom!.shut || input.whom === actor.person) return refused('chase.nobodyToRing');
    if (!thing || typeof thing.at !== 'number') return refused('chase.nothingAsked');
    // Of what lies in the talk itself it is known whether it still asks, and whether they have answered.
    const isMessage = input.noun === askedMessage.noun;
    if (isMessage && isCalledOffIn(room!, askedMessage.tells(thing as Message, input.room))) return refused('chase.nothingAsked');
    if (isMessage && askedMessage.stands(thing as Message, { person: input.whom, org: whom!.card.org }) === 'free') return refused('chase.nothingOwed', { name: whom!.card.name });
    return (card?.taken && card.taken.by !== actor.person) || otherWhoRings(ringing, actor.person, thing.drill ?? false) ? refused('chase.takenByOther') : allowed;
  },
  then({ room, noun, thing: id, whom }, { thing, card }, actor, { now }): Effect[] {
    if (card?.taken?.by === actor.person) return [];
    const mine = cardIdOf(id, whom);
    return [
      ...(card ? [] : [happens(carded, { id: mine, noun, thing: id, whom, since: thing!.at }, envelope(thing))]),
      happens(taken, { card: mine }, envelope(thing)),
      happens(rings, { whom, card: mine }, envelope(thing)),
      { later: now + heldFor * 60_000, step: 'release', command: 'chase.release', input: { room, card: mine, turn: (card?.turns ?? 0) + 1 } },
    ];
  },
});

/** Whoever held the card rings no more by it. */
export const hangsUp = (card: PhoneCard): Effect => happens(rings, { whom: card.whom, card: card.id, over: 1 }, envelope(card));

const onCard = { room: idShape, card: idShape };

/** Whoever has taken a card gives it back: another may ring. */
export const giveBackCard = command('chase.giveBack', {
  about: 'Gives a card back that one has taken.',
  input: z.strictObject(onCard),
  streams: ({ room }) => [roomStream(room)],
  needs: ({ card }) => ({ card: theCard(card) }),
  may(actor, { card }) {
    if (!card) return refused('chase.cardNotFound');
    return card.taken?.by === actor.person ? allowed : refused('chase.notTaken');
  },
  then: ({ card: id }, { card }) => [happens(givenBack, { card: id }, envelope(card)), hangsUp(card!)],
});

/** Nobody has said for minutes what became of a card that was taken: it is free again. */
export const releaseCard = command('chase.release', {
  about: 'A card that was taken and of which nothing was said is free again.',
  input: z.strictObject({ ...onCard, turn: z.int() }),
  streams: ({ room }) => [roomStream(room)],
  system: true,
  needs: ({ card }) => ({ card: theCard(card) }),
  may: (_actor, { card }, { turn }) => (isHeld(card, turn) ? allowed : refused('chase.notTaken')),
  then: ({ card: id }, { card }) => [happens(givenBack, { card: id, late: 1 }, envelope(card)), hangsUp(card!)],
});

const isHeld = (card: PhoneCard | undefined, turn: number): boolean => card?.taken !== undefined && card.turns === turn;
