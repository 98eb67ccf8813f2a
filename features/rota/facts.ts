import { facts } from '@noroshi/foundations/sync';
import { roster, rosterSet, swapAnswered, swapAsked } from './roster.ts';

/** What this room makes true: all that a device must know to hold it. */
export const rotaFacts = facts('rota', { events: [rosterSet, swapAsked, swapAnswered], nouns: [roster] });
