import { facts } from '@noroshi/foundations/sync';
import { begun, drillRun, given, hinted, paced, rated, skipped } from './drill-run.ts';
import { improvement, pointed, pointMoved } from './improvement.ts';

/** What this room makes true: all that a device must know to hold it. */
export const drillFacts = facts('drill', { events: [begun, paced, given, skipped, hinted, rated, pointed, pointMoved], nouns: [drillRun, improvement] });
