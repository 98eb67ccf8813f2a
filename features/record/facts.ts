import { facts } from '@noroshi/foundations/sync';
import { exported, recordExport } from './export-noun.ts';

/** What this room makes true: all that a device must know to hold it. */
export const recordFacts = facts('record', { events: [exported], nouns: [recordExport] });
