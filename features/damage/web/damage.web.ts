/** The screens of reporting damage. */
import { incident, type Incident } from '@noroshi/features/incident';
import type { WebRoom } from '@noroshi/foundations/web';

export const damageWeb: WebRoom = {
  name: 'damage',
  inside: true,
  pages: [
    { path: '/damage', load: () => import('./DamagePage.tsx') },
    { path: '/damage/report', load: () => import('./ReportPage.tsx') },
    { path: '/damage/:incident', load: () => import('./DamagePage.tsx') },
    { path: '/damage/:incident/:organization', load: () => import('./SheetPage.tsx') },
  ],
  actions: [{
    label: 'damage.take', icon: 'flag', href: (room, message) => `/damage/report?room=${room}&message=${message}`,
    when: async ({ actor, replica }) => actor.role !== 'guest' && (await replica.all<Incident>(incident.noun)).some(({ value }) => !value.closedAt),
  }],
  undone: { 'damage.report': { words: () => import('./SentReport.tsx'), mend: ({ id }) => `/damage/report?again=${id}` } },
  sees: () => import('./sees.ts'),
  chronicles: () => import('./chronicles.ts'),
  more: [{ label: 'damage.title', icon: 'flag', href: '/damage' }],
};
