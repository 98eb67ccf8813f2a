import { roleOf, type Incident } from '@noroshi/features/incident';
import { allowed, refused, type Actor, type Verdict } from '@noroshi/foundations/kernel';

/**
 * Who keeps the chronology: the prefecture, and every municipality that has a part in the incident, hit or helping. Each
 * line bears the name of who wrote it, so nobody speaks for another; whoever has no part has nothing to tell of it. (K1)
 */
export function mayRecord(actor: Pick<Actor, 'org' | 'role'>, incident: Incident | undefined): Verdict {
  if (actor.role === 'guest') return refused('chronology.notForGuests');
  if (!incident) return refused('chronology.notFound');
  return roleOf(incident, actor.org) === 'none' ? refused('chronology.noPart', { name: incident.name }) : allowed;
}

/** Whether someone may give an instruction to an organization: the prefecture to all, a municipality to its own people. (K4) */
export const mayOrder = (actor: Pick<Actor, 'org'>, { headquarters }: Pick<Incident, 'headquarters'>, owner: string): boolean => actor.org === headquarters || actor.org === owner;

/** Whether an entry is theirs to correct: what their own organization wrote; the prefecture corrects all. (K3) */
export const mayCorrect = (actor: Pick<Actor, 'org'>, { headquarters }: Pick<Incident, 'headquarters'>, { org }: { readonly org: string }): boolean => actor.org === headquarters || actor.org === org;
