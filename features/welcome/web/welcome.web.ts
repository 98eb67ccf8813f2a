/** The first day's screens. */
import type { WebRoom } from '@noroshi/foundations/web';

export const welcomeWeb: WebRoom = { name: 'welcome', pages: [{ path: '/welcome', load: () => import('./WelcomePage.tsx') }] };
