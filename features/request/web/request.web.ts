/** The screens of asking for staff and answering. */
import type { WebRoom } from '@noroshi/foundations/web';
import { askAgain } from './asked-again.ts';
import { owes } from './owes.ts';
import { RequestStrip } from './RequestStrip.tsx';

export const requestWeb: WebRoom = {
  name: 'request',
  pages: [
    { path: '/request', load: () => import('./RequestsPage.tsx') },
    { path: '/request/new', load: () => import('./RequestShortPage.tsx') },
    { path: '/request/:request', load: () => import('./RequestPage.tsx') },
    { path: '/request/:request/answer', load: () => import('./PledgePage.tsx') },
    { path: '/request/:request/revise', load: () => import('./RevisePage.tsx') },
  ],
  cards: { request: () => import('./RequestCard.tsx') },
  strips: [RequestStrip],
  sides: [() => import('./RoomSide.tsx')],
  homeSides: [() => import('./HomeSums.tsx')],
  undone: { 'request.send': { words: () => import('./SentWords.tsx'), mend: askAgain } },
  sees: () => import('./sees.ts'),
  owes,
};
