import { allowed, refused, type Actor, type Id, type Verdict } from '@noroshi/foundations/kernel';

/** Administrators tend every organization, managers their own. */
export function mayTend(actor: Actor, org: Id | undefined): Verdict {
  if (actor.role === 'administrator' || actor.role === 'system') return allowed;
  if (actor.role === 'manager' && org !== undefined && actor.org === org) return allowed;
  return refused('directory.notAllowed');
}

/** Only administrators, and the clock. */
export function mayRule(actor: Actor): Verdict {
  return actor.role === 'administrator' || actor.role === 'system' ? allowed : refused('directory.notAllowed');
}
