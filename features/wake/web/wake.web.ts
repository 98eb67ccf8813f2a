/** Waking on this device and for its owner; for administrators, everyone's. */
import type { WebRoom } from '@noroshi/foundations/web';

export const wakeWeb: WebRoom = {
  name: 'wake',
  pages: [
    { path: '/account/waking', load: () => import('./WakingPage.tsx') },
    { path: '/admin/waking', load: () => import('./WakingAdminPage.tsx') },
  ],
  more: [
    { label: 'wake.admin', icon: 'bell', href: '/admin/waking', when: async ({ actor }) => actor.role === 'administrator' || actor.role === 'manager' },
    { label: 'wake.title', icon: 'bell', href: '/account/waking' },
  ],
  starts: async (language, go) => (await import('./start.ts')).start(language, go),
  homeNotes: [() => import('./HomeNote.tsx')],
  aboutRoom: [() => import('./RoomWish.tsx')],
  beforeSending: [() => import('./WhomItWakes.tsx')],
};
