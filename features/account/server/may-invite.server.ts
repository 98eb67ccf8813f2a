import { mayRule, mayTend, type Person } from '@noroshi/features/directory';
import { refused, type Actor, type Verdict } from '@noroshi/foundations/kernel';

/** Who tends someone's account: administrators everyone's, managers those of their own organization but no administrator's. */
export function mayInvite(actor: Actor, who: Person | undefined): Verdict {
  const verdict = who?.role === 'administrator' ? mayRule(actor) : mayTend(actor, who?.org);
  if (!verdict.ok) return refused('account.notAllowed');
  if (!who) return refused('directory.personNotFound');
  return who.disabled ? refused('account.disabledPerson') : verdict;
}
