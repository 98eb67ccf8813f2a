import { facts } from '@noroshi/foundations/sync';
import { corrected, entered, entry, entryCount } from './entry.ts';
import { instructed, instruction, moved } from './instruction.ts';

/** What this room makes true: all that a device must know to hold it. */
export const chronologyFacts = facts('chronology', { events: [entered, instructed, moved, corrected], nouns: [entry, entryCount, instruction] });
