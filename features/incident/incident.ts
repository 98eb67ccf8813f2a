/** A disaster or a drill: who is hit, who helps, and the plan that says so. */
import { feature } from '@noroshi/foundations/sync';
import { closed, incident, opened, renamed, widened } from './disaster.ts';
import { plan, planRevised } from './support-plan.ts';

export { incident, incidentKinds, roleOf, theIncident, type Incident, type IncidentKind, type Standing, type SupportRole } from './disaster.ts';
export { dayInJapan, latestPlan, plan, planInForce, thePlan, type Plan, type PlanRow, type PlanWords, type Supporter } from './support-plan.ts';

export const incidents = feature('incident', {
  events: [opened, widened, renamed, closed, planRevised],
  nouns: [incident, plan],
  deeds: [],
});
