/** クロノロジー・指示: what happened when, who was told to do what, and how far that has come. */
import { feature } from '@noroshi/foundations/sync';
import { enter } from './enter.ts';
import { chronologyFacts } from './facts.ts';
import { move } from './move.ts';

export { chronologyFacts, enter, move };
export { channels, entry, entryRedacts, longestContent, theEntry, type Channel, type Entry, type Written } from './entry.ts';
export { instruction, instructionRedacts, isOpen, isOverdue, orderStates, theInstruction, type Instruction, type OrderState } from './instruction.ts';

export const chronology = feature('chronology', { ...chronologyFacts, deeds: [enter, move] });
