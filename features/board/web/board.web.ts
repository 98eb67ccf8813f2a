/** The screens of the board. */
import type { WebRoom } from '@noroshi/foundations/web';

/** @param meet has the room here before a screen of it is drawn, or what waits in the outbox is laid over what is held */
export function boardWeb(meet: () => Promise<void>): WebRoom {
  // One door for all of its screens: what stands behind it is chosen where it is drawn.
  const load = async () => (await meet(), import('./screens.ts'));
  const undone = { words: async () => ({ default: (await load()).SentPost }), mend: ({ id }: { id: string }) => `/board/write?again=${id}` };
  return {
    name: 'board',
    pages: ['/board', '/board/:page', '/board/:board/:notice'].map((path) => ({ path, load })),
    undone: { 'board.post': undone, 'board.plan': undone },
    // Where nothing was posted, nothing is fetched.
    owes: (stair) => stair.together('board', async () => ((await stair.replica.all('boardPost')).length ? (await meet(), (await import('./owes.ts')).boardOwes(stair)) : [])),
    // By itself: Home is opened far more often than this room.
    homeNotes: [async () => (await meet(), import('./HomeNote.tsx'))],
  };
}
