/** The screens of 訓練: scenarios, the controllers’ desk, what became of it. */
import type { WebRoom } from '@noroshi/foundations/web';

const screens = () => import('./screens.ts');

/** @param meet has here what this room makes true: it comes late */
export function drillWeb(meet: () => Promise<void>): WebRoom {
  const load = async () => (await meet(), screens());
  return {
    name: 'drill',
    inside: true,
    pages: ['/drills', '/drills/:drill', '/drills/:drill/:part'].map((path) => ({ path, load })),
    owes: (stair) => stair.together('drill', async () => ((await stair.replica.all('improvement')).length ? (await load()).pointsOwed(stair) : [])),
  };
}
