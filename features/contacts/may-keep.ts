import { mayTend, type Organization } from '@noroshi/features/directory';
import { allowed, refused, type Actor, type Verdict } from '@noroshi/foundations/kernel';

/**
 * Who keeps the list of an organization: whoever tends it, and of the prefecture's list all its people, since headquarters rings these
 * numbers for everyone. (AB1)
 */
export function mayKeep(actor: Actor, of: Pick<Organization, 'id' | 'kind'> | undefined): Verdict {
  if (actor.role === 'guest' || !of || of.kind === 'outside') return refused('contacts.notFound');
  if (of.kind === 'prefecture' && actor.org === of.id) return allowed;
  return mayTend(actor, of.id).ok ? allowed : refused('contacts.notYours');
}
