import { facts } from '@noroshi/foundations/sync';
import { auditFacts } from './audit.ts';
import { bookFacts } from './book.ts';
import { disposalFacts } from './disposal.ts';
import { holdFacts } from './hold.ts';
import { approved, declined, proposed, redaction } from './redaction.ts';
import { redacted } from './redacted.ts';
import { termFacts } from './term.ts';

/** What this room makes true: all that a device must know to hold it. Deeds come with the pages that do them. */
export const keepingFacts = facts('keeping', {
  events: [...bookFacts.events, proposed, declined, approved, redacted, ...holdFacts.events, ...termFacts.events, ...disposalFacts.events, ...auditFacts.events],
  nouns: [...bookFacts.nouns, redaction, ...holdFacts.nouns, ...termFacts.nouns, ...disposalFacts.nouns],
});
