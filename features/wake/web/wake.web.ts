/** Waking on this device and for its owner; for administrators, everyone's. */
import type { WebRoom } from '@noroshi/foundations/web';

export const wakeWeb: WebRoom = {
  name: 'wake',
  pages: [
    { path: '/account/waking', load: () => import('./WakingPage.tsx') },
    { path: '/admin/waking', load: () => import('./WakingAdminPage.tsx') },
  ],
  starts: async (language, go) => (await import('./start.ts')).start(language, go),
  firstSteps: [{ at: 1, load: () => import('./WakeStep.tsx') }, { at: 2, load: () => import('./IconStep.tsx') }],
  homeNotes: [() => import('./HomeNote.tsx')],
  aboutRoom: [() => import('./RoomWish.tsx')],
  beforeSending: [() => import('./WhomItWakes.tsx')],
};
