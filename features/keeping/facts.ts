import { facts } from '@noroshi/foundations/sync';
import { bookFacts } from './book.ts';
import { approved, declined, proposed, redaction } from './redaction.ts';
import { redacted } from './redacted.ts';

/** What this room makes true: all that a device must know to hold it. Deeds come with the pages that do them. */
export const keepingFacts = facts('keeping', {
  events: [...bookFacts.events, proposed, declined, approved, redacted],
  nouns: [...bookFacts.nouns, redaction],
});
