import type { Incident } from '@noroshi/features/incident';
import type { Words } from '@noroshi/foundations/i18n';
import type { Part } from '../scenario.ts';
import type { Known } from './known.ts';

/** Who or where a part of a scenario is, by name where the drill gives one. */
export function partSays(part: Part, incident: Pick<Incident, 'affected'> | undefined, { org, person, rooms }: Pick<Known, 'org' | 'person' | 'rooms'>, { t }: Words): string {
  const hit = incident?.affected[(part.n ?? 1) - 1];
  const town = hit ? org(hit) : t('drill.nth', { n: part.n ?? 1 });
  if (part.as === 'hit') return town;
  if (part.as === 'org') return org(part.id!);
  if (part.as === 'person') return person(part.id!);
  if (part.as === 'room') return rooms.find(({ id }) => id === part.id)?.name ?? '';
  return t(`drill.part.${part.as}`, { town });
}

/** The number of hit towns that a scenario speaks of. */
export const townsIn = (injects: readonly { readonly where: Part; readonly by?: Part | undefined; readonly text: string; readonly from: string }[]): number =>
  Math.max(1, ...injects.flatMap(({ where, by, text, from }) => [where.n ?? 0, by?.n ?? 0, ...[...`${text}${from}`.matchAll(/[{｛](?:被災|hit )\s*([1-9]\d?)/g)].map(([, n]) => Number(n))]));
