/** The search's screen. */
import type { Finds } from '@noroshi/foundations/found';
import type { WebRoom } from '@noroshi/foundations/web';

/** @param meet has here what can be found, as the rooms of the house say it */
export const searchWeb = (meet: () => Promise<{ readonly found: readonly Finds[] }>): WebRoom => ({
  name: 'search',
  pages: [{ path: '/search', load: async () => (await import('./SearchPage.tsx')).searchPage(await meet()) }],
});
