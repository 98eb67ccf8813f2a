import { facts } from '@noroshi/foundations/sync';
import { carded, givenBack, phoneCard, rang, taken } from './card.ts';
import { ladder, ladderSet } from './ladder.ts';
import { reminded, remindedTold, reminder } from './reminder.ts';
import { ringing, rings } from './ringing.ts';
import { begun, run, told, tried } from './run.ts';

/** What this room makes true: all that a device must know to hold it. Deeds come with the pages that do them. */
export const chaseFacts = facts('chase', {
  events: [ladderSet, begun, tried, told, carded, taken, givenBack, rang, rings, reminded, remindedTold],
  nouns: [ladder, run, phoneCard, ringing, reminder],
});
