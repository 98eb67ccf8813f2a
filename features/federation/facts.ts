import { facts } from '@noroshi/foundations/sync';
import { bookFacts } from './book.ts';
import { partnerFacts } from './partner.ts';
import { shareFacts } from './share.ts';

/** What this room makes true: all that a device must know to hold it. */
export const federationFacts = facts('federation', {
  events: [...bookFacts.events, ...partnerFacts.events, ...shareFacts.events],
  nouns: [...bookFacts.nouns, ...partnerFacts.nouns, ...shareFacts.nouns],
});
