import { facts } from '@noroshi/foundations/sync';
import { congestion, declared } from './order.ts';

/** What this room makes true: all that a device must know to hold it. */
export const congestionFacts = facts('congestion', { events: [declared], nouns: [congestion] });
