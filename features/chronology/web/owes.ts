import { incident, type Incident } from '@noroshi/features/incident';
import { organization, nameIn, type Organization } from '@noroshi/features/directory';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import type { Owe } from '@noroshi/foundations/web';
import { isOpen, isOverdue } from '../instruction.ts';
import { readInstructions } from './known.ts';

/**
 * Instructions that wait for me: those that name me, and those for my organization that name nobody. Not once the incident
 * is over. What is overdue is urgent. (K5)
 */
export async function instructionsOwed(stair: LowerEnd): Promise<Owe[]> {
  const { person, org, role } = stair.actor;
  if (role === 'guest') return [];
  const mine = await readInstructions(stair, (one) => isOpen(one) && (one.person === undefined ? one.owner === org : one.person === person));
  const [open, orgs] = await Promise.all([stair.replica.all<Incident>(incident.noun), mine.length > 0 ? stair.replica.all<Organization>(organization.noun) : []]);
  const running = new Set(open.flatMap(({ id, value }) => (value.closedAt === undefined ? [id] : [])));
  return mine.filter(({ order }) => running.has(order.incident)).map(({ entry: one, order }): Owe => {
    const late = isOverdue(order, stair.now());
    return {
      key: `chronology/${one.id}`, weight: late ? 'urgent' : 'plain', since: one.at, deadline: order.due, drill: one.drill,
      tag: { key: late ? 'chronology.overdue' : 'chronology.owe' }, title: one.content,
      sub: ({ t, language, beside }) => beside([t('chronology.oweFrom', { org: nameIn(orgs.find(({ id }) => id === one.org)?.value, language) }), t(`chronology.state.${order.state}`)]),
      href: `/chronology/${one.incident}/${one.id}`,
    };
  });
}
