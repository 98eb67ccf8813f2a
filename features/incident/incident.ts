/** A disaster or a drill: who is hit, who helps, and the plan that says so. */
import { feature } from '@noroshi/foundations/sync';
import { incidentFacts } from './facts.ts';
import { closeIncident } from './close-incident.ts';
import { openIncident } from './open-incident.ts';
import { renameIncident } from './rename-incident.ts';
import { revisePlan } from './revise-plan.ts';
import { widenIncident } from './widen-incident.ts';

export { incidentFacts };
export { closeIncident, openIncident, renameIncident, revisePlan, widenIncident };
export { incident, incidentKinds, incidentNameShape, incidentSays, roleOf, theIncident, type Incident, type IncidentKind, type Standing, type SupportRole } from './disaster.ts';
export { clockOf, clockShape, dayInJapan, latestPlan, plan, planInForce, thePlan, usualClock, type Plan, type PlanRow, type PlanWords, type Supporter } from './support-plan.ts';
export { checkPlan, type PlanProblem } from './check-plan.ts';
export { mayRevisePlan } from './revise-plan.ts';
export { canBeOf } from './said-in.ts';
export { headquartersOf, isMunicipality, rolesFor, roomOf, type Place } from './roles-for.ts';

export const incidents = feature('incident', {
  ...incidentFacts,
  deeds: [openIncident, widenIncident, renameIncident, closeIncident, revisePlan],
});
