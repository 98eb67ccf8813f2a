import { incident, type Incident } from '@noroshi/features/incident';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import type { Owe } from '@noroshi/foundations/web';
import { improvement, isOpenPoint, type Improvement } from '../improvement.ts';

/** What a drill has shown to be mended and falls to me: what names me, and what names nobody of my organization. (G13) */
export async function pointsOwed(stair: LowerEnd): Promise<Owe[]> {
  const { replica, actor: { person, org, role } } = stair;
  if (role === 'guest') return [];
  const [points, incidents] = await Promise.all([replica.all<Improvement>(improvement.noun), replica.all<Incident>(incident.noun)]);
  const mine = points.map(({ value }) => value).filter((one) => isOpenPoint(one) && (one.person === undefined ? one.owner === org : one.person === person));
  return mine.map((one): Owe => ({
    key: `drill/${one.id}`, weight: one.due !== undefined && one.due < stair.now() ? 'short' : 'plain', since: one.at, deadline: one.due, drill: true,
    tag: { key: one.due !== undefined && one.due < stair.now() ? 'drill.overdue' : 'drill.oweTag' }, title: one.text,
    sub: ({ t }) => t('drill.oweFrom', { name: incidents.find(({ id }) => id === one.incident)?.value.name ?? '' }),
    href: `/drills/${one.incident}/result`,
  }));
}
