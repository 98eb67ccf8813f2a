/** The screens of keeping: what is to be blacked out, and what was. */
import type { WebRoom } from '@noroshi/foundations/web';

/** @param meet has the room here before a screen of it is drawn */
export function keepingWeb(meet: () => Promise<void>): WebRoom {
  const load = async () => (await meet(), import('./screens.ts'));
  return {
    name: 'keeping',
    inside: true,
    pages: ['/keeping', '/audit'].map((path) => ({ path, load })),
    cards: { redaction: async () => ({ default: (await load()).Blacked }) },
  };
}
