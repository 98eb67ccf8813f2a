/** The screen of 回線混雑モード. */
import type { WebRoom } from '@noroshi/foundations/web';

export const congestionWeb: WebRoom = {
  name: 'congestion',
  inside: true,
  pages: [{ path: '/congestion', load: () => import('./CongestionPage.tsx') }],
};
