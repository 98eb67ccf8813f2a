import type { Id } from '@noroshi/foundations/kernel';
import type { Incident } from '@noroshi/features/incident';

/** Whether a screen offers to ask for staff in a room: the beginning of what `send` judges, before anything is written. */
export const canAsk = (incident: Incident, org: Id, room: Id): boolean =>
  incident.closedAt === undefined && incident.roles.some((role) => role.room === room && (role.affected === org || org === incident.headquarters));
