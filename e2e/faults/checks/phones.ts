import { phoneCard, type PhoneCard } from '@noroshi/features/chase';
import type { Id } from '@noroshi/foundations/kernel';
import type { RoomCheck } from './story.ts';

/** A card by the events alone: who holds it, and how often it was rung. */
interface Held { holder: Id | undefined; calls: number }

/** Nobody takes a card that another holds, and each holds the same everywhere. */
export const checkPhones: RoomCheck = ({ events, views }, findings) => {
  const cards = new Map<Id, Held>();
  for (const { kind, stream, seq, by, body } of events) {
    if (kind === 'chase.carded') cards.set(body.id, { holder: undefined, calls: 0 });
    const card = cards.get(body.card);
    if (!card) continue;
    if (kind === 'chase.taken') {
      if (card.holder !== undefined && card.holder !== by) findings.add('wrongSums', `${stream} ${seq}: ${by} takes the card ${body.card}, which ${card.holder} holds`);
      card.holder = by;
    } else if (kind === 'chase.givenBack') card.holder = undefined;
    else if (kind === 'chase.rang') {
      card.calls += 1;
      if (card.holder === by) card.holder = undefined;
    }
  }
  for (const { where, docs } of views) {
    for (const { id, value: { taken, calls } } of docs<PhoneCard>(phoneCard.noun)) {
      const due = cards.get(id);
      if (taken?.by !== due?.holder || calls.length !== due?.calls) findings.add('wrongSums', `the card ${id} ${where}: held by ${taken?.by} after ${calls.length} calls, by hand ${due?.holder} after ${due?.calls}`);
    }
  }
};
