/** The screens of the board. */
import type { WebRoom } from '@noroshi/foundations/web';

const screens = () => import('./screens.ts');

/** @param meet has the room here before a screen of it is drawn */
export function boardWeb(meet: () => Promise<void>): WebRoom {
  // One door for all of its screens: what stands behind it is chosen where it is drawn.
  const load = async () => (await meet(), screens());
  const undone = { words: async () => ({ default: (await screens()).SentPost }), mend: ({ id }: { id: string }) => `/board/write?again=${id}` };
  return {
    name: 'board',
    pages: ['/board', '/board/:page', '/board/:board/:notice'].map((path) => ({ path, load })),
    undone: { 'board.post': undone, 'board.plan': undone, 'board.comment': undone },
    // Where nothing was posted, nothing is fetched.
    owes: (stair) => stair.together('board', async () => ((await stair.replica.all('boardPost')).length ? (await screens()).boardOwes(stair) : [])),
    homeNotes: [async () => (await meet(), { default: (await screens()).HomeNote })],
  };
}
