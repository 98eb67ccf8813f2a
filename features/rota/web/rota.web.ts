/** The screens of the rota. */
import type { WebRoom } from '@noroshi/foundations/web';

/** @param meet has the room here before a screen of it is drawn */
export function rotaWeb(meet: () => Promise<void>): WebRoom {
  const load = async () => (await meet(), import('./screens.ts'));
  return {
    name: 'rota',
    inside: true,
    pages: ['/rota', '/rota/:org', '/rota/:org/edit'].map((path) => ({ path, load })),
    aboutPerson: [async () => ({ default: (await load()).AboutPerson })],
    // By itself: Home is opened far more often than this room.
    homeNotes: [async () => (await meet(), import('./HomeDuty.tsx'))],
  };
}
