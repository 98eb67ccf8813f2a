/** The screens of クロノロジー. */
import type { WebRoom } from '@noroshi/foundations/web';

const screens = () => import('./screens.ts');

/** @param meet has here what this room makes true: it comes late */
export function chronologyWeb(meet: () => Promise<void>): WebRoom {
  // One door for all of its screens: what stands behind it is chosen where it is drawn.
  const load = async () => (await meet(), screens());
  return {
    name: 'chronology',
    inside: true,
    pages: ['/chronology', '/chronology/:incident', '/chronology/:incident/:entry'].map((path) => ({ path, load })),
    undone: { 'chronology.enter': { words: async () => ({ default: (await screens()).SentEntry }), mend: ({ id }) => `/chronology/write?again=${id}` } },
    // Where nobody was told to do anything, nothing is fetched.
    owes: (stair) => stair.together('chronology', async () => ((await stair.replica.all('instruction')).length ? (await load()).instructionsOwed(stair) : [])),
  };
}
