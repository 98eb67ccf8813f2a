/** The screens of 移行した記録. */
import type { WebRoom } from '@noroshi/foundations/web';

/** @param meet has the room here before a screen of it is drawn */
export function pastWeb(meet: () => Promise<void>): WebRoom {
  // One door for all of its screens: what stands behind it is chosen where it is drawn.
  const load = async () => (await meet(), import('./screens.ts'));
  return {
    name: 'past',
    pages: ['/past', '/past/:room', '/past/:room/:past'].map((path) => ({ path, load })),
    aboutPlace: [async () => ({ default: (await load()).PlaceNote })],
  };
}
