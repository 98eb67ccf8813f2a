import { organization, type Organization } from '@noroshi/features/directory';
import { incident, type Incident } from '@noroshi/features/incident';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import type { Owe } from '@noroshi/foundations/web';
import { mayKeep } from '../may-keep.ts';
import { dueAt, dueOf } from '../still-right.ts';
import { readKept } from './known.ts';

/**
 * まだ合っていますか: one row for all contacts of one's own organization that nobody has looked at for a year. It is no hurry: while a
 * disaster is under way nobody is asked. (AB6)
 */
export async function contactsOwe(stair: LowerEnd): Promise<Owe[]> {
  const { replica, actor } = stair;
  const own = await replica.get<Organization>(organization.noun, actor.org);
  if (!mayKeep(actor, own).ok) return [];
  if ((await replica.all<Incident>(incident.noun)).some(({ value }) => value.closedAt === undefined && !value.drill)) return [];
  const due = dueOf((await readKept(stair)).contacts.filter(({ org }) => org === actor.org), stair.now());
  if (due.length === 0) return [];
  return [{ key: 'contacts/check', weight: 'plain', since: dueAt(due[0]!), tag: { key: 'contacts.oweTag' }, title: ({ t }) => t('contacts.owe', { n: due.length }), sub: ({ t }) => t('contacts.oweSays'), href: '/contacts/check' }];
}
