import type { Id } from './id.ts';

/** What an account may do beyond its rooms. `system` is the clock, acting by jobs. */
export type Role = 'administrator' | 'manager' | 'member' | 'guest' | 'system';

/** Who asks. Always the first thing a rule is handed. */
export interface Actor {
  readonly person: Id;
  /** The organization spoken for at this moment. */
  readonly org: Id;
  readonly role: Role;
}

/** The person id under which the clock acts. */
export const systemPerson: Id = '00000000-0000-8000-8000-000000000000';

/** The clock: jobs act through the same entry as people do. */
export const systemActor: Actor = { person: systemPerson, org: systemPerson, role: 'system' };
