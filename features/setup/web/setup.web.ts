import type { WebRoom } from '@noroshi/foundations/web';

/** Bringing a prefecture in. */
export const setupWeb: WebRoom = {
  name: 'setup',
  pages: [{ path: '/admin/import', load: () => import('./SetupPage.tsx') }],
  more: [{ label: 'setup.title', icon: 'doc', href: '/admin/import', when: async ({ actor }) => actor.role === 'administrator' }],
};
