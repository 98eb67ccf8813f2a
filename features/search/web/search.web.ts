/** The search's screen. */
import type { WebRoom } from '@noroshi/foundations/web';

export const searchWeb: WebRoom = {
  name: 'search',
  pages: [{ path: '/search', load: async () => ({ default: (await import('./SearchPage.tsx')).SearchPage }) }],
};
