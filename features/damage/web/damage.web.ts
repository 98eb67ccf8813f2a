/** The screens of reporting damage. */
import { incident, type Incident } from '@noroshi/features/incident';
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
    actions: [{
      label: 'damage.take', icon: 'flag', href: (room, message) => `/damage/report?room=${room}&message=${message}`,
      when: async ({ actor, replica }) => actor.role !== 'guest' && (await replica.all<Incident>(incident.noun)).some(({ value }) => !value.closedAt),
    }],
    undone: { 'damage.report': { words: async () => ({ default: (await screens()).SentReport }), mend: ({ id }) => `/damage/report?again=${id}` } },
    sees: load,
  };
}
