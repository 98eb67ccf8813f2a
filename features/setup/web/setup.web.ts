import type { WebRoom } from '@noroshi/foundations/web';

/** Bringing a prefecture in. */
export const setupWeb: WebRoom = {
  name: 'setup',
  pages: [{ path: '/admin/import', load: () => import('./SetupPage.tsx') }],
};
