import type { Id } from '@noroshi/foundations/kernel';
import type { Incident } from './disaster.ts';

/** What a rank has to do: its sentence is `duty.<code>`. */
export const dutyCodes = ['reportDamage', 'askForStaff', 'decide', 'prepare', 'watch'] as const;
export type DutyCode = (typeof dutyCodes)[number];

/** One thing to do, and for which hit towns. */
export interface Duty {
  readonly code: DutyCode;
  readonly towards: readonly Id[];
}

/**
 * What an organization has to do in an incident, the most pressing first; nothing once it is over. A hit town tells its
 * damage and asks; a primary decides in time; a secondary prepares; the prefecture watches all, also where it decides.
 */
export function dutiesOf(incident: Incident, org: Id): Duty[] {
  if (incident.closedAt !== undefined) return [];
  const towards = (of: (role: Incident['roles'][number]) => boolean): Id[] => incident.roles.filter(of).map((role) => role.affected);
  const all: Duty[] = [
    { code: 'reportDamage', towards: towards((role) => role.affected === org) },
    { code: 'askForStaff', towards: towards((role) => role.affected === org) },
    { code: 'decide', towards: towards((role) => role.primary === org) },
    { code: 'prepare', towards: towards((role) => role.secondaries.includes(org)) },
    { code: 'watch', towards: org === incident.headquarters ? incident.affected : [] },
  ];
  return all.filter((duty) => duty.towards.length > 0);
}
