import { callResults, giveBackCard, phoneCard, ring, takeCard, type PhoneCard } from '@noroshi/features/chase';
import { message, say, type Message } from '@noroshi/features/talk';
import { roomStream } from '@noroshi/foundations/sync';
import { placeOf, some, type Act } from './act.ts';

/** What people do who ring those that do not answer. Only in the room in which all were from the first. */
export const phones: readonly Act[] = [
  {
    act: 'say something urgent', weight: 0.7,
    do: (stage, by) => by.give(say, { room: stage.house.groupC, text: '至急、連絡をください', urgency: 'urgent' }),
  },
  {
    act: 'take a card upon oneself', weight: 2,
    async do(stage, by) {
      const { dice, house: { groupC, people } } = stage;
      const urgent = (await by.end.replica.newest<Message>(message.noun, roomStream(groupC), 200)).filter(({ value }) => value.urgency === 'urgent').slice(-3);
      if (urgent.length > 0) await by.give(takeCard, { room: groupC, noun: message.noun, thing: dice.pick(urgent).id, whom: dice.pick(people).actor.person });
    },
  },
  {
    act: 'say what became of a call, or give the card back', weight: 2,
    async do(stage, by) {
      const { dice } = stage;
      const doc = await some<PhoneCard>(stage, by, phoneCard.noun, ({ taken }) => taken !== undefined && (taken.by === by.who.actor.person || dice.chance(0.2)));
      if (!doc) return;
      const on = { room: placeOf(doc), card: doc.id };
      if (dice.chance(0.3)) await by.give(giveBackCard, on);
      else await by.give(ring, { ...on, result: dice.pick(callResults) });
    },
  },
];
