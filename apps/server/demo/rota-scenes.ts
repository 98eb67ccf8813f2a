import { monthOf, setRoster, shiftsOf } from '@noroshi/features/rota';
import type { Moment } from '@noroshi/foundations/kernel';
import type { Names, Scene } from './scene.ts';

const aDay = 24 * 3_600_000;
const keepers: readonly (readonly [town: string, writes: string, people: readonly string[]])[] = [
  ['愛媛県', 'ehime/hanako', ['ehime/desk', 'ehime/night', 'ehime/plans']],
  ['西予市', 'seiyo/disaster', ['seiyo/disaster', 'seiyo/personnel']],
  ['西条市', 'saijo/disaster', ['saijo/disaster', 'saijo/personnel']],
  ['大洲市', 'ozu/disaster', ['ozu/disaster', 'ozu/personnel']],
];

/** The nights of this month and the next, in turn. */
export function rotaScenes({ org, thing }: Names, now: Moment): Scene[] {
  const months = [...new Set([now - aDay, now, now + 15 * aDay, now + 31 * aDay].map(monthOf))].slice(0, 3);
  return keepers.flatMap(([town, as, people], i) => months.map((month, no): Scene => {
    const shifts = shiftsOf({ month, weekdays: [0, 1, 2, 3, 4, 5, 6], begins: 17 * 60 + 15, ends: 8 * 60 + 30, after: 0, people: people.map((key) => thing(`person/${key}`)) }, [], 1);
    return { ago: 17 * 24 * 60 - i * 5 - no, as, label: `rota/${as}/${no}`, deed: setRoster, input: { org: org(town), month, sees: 0, shifts } };
  }));
}
