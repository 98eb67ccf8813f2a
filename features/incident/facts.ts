import { facts } from '@noroshi/foundations/sync';
import { closed, incident, opened, renamed, widened } from './disaster.ts';
import { plan, planRevised } from './support-plan.ts';

/** What this room makes true: all that a device must know to hold it. Deeds come with the pages that do them. */
export const incidentFacts = facts('incident', {
  events: [opened, widened, renamed, closed, planRevised],
  nouns: [incident, plan],
});
