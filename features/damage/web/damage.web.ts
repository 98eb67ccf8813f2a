/** The screens of reporting damage. */
import type { WebRoom } from '@noroshi/foundations/web';

const screens = () => import('./screens.ts');

/** @param meet has here what this room makes true: it comes late */
export function damageWeb(meet: () => Promise<void>): WebRoom {
  // One door for all of its screens: what stands behind it is chosen where it is drawn.
  const load = async () => (await meet(), screens());
  return {
    name: 'damage',
    inside: true,
    pages: ['/damage', '/damage/:incident', '/damage/:incident/:organization'].map((path) => ({ path, load })),
    undone: { 'damage.report': { words: async () => ({ default: (await screens()).SentReport }), mend: ({ id }) => `/damage/report?again=${id}` } },
    cards: { damageSheet: () => import('./ReportedLine.tsx') },
    sees: load,
  };
}
