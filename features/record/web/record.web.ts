/** The screens of the record: taking it out, and checking what was taken out. */
import type { WebRoom } from '@noroshi/foundations/web';

/** @param meet has the room here before a screen of it is drawn */
export function recordWeb(meet: () => Promise<void>): WebRoom {
  // One door for both screens: what stands behind it is chosen where it is drawn.
  const load = async () => (await meet(), import('./screens.ts'));
  return {
    name: 'record',
    inside: true,
    pages: ['/record', '/verify'].map((path) => ({ path, load })),
  };
}
