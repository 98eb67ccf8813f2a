/** The screen of 輻輳モード. */
import { organization, type Organization } from '@noroshi/features/directory';
import type { WebRoom } from '@noroshi/foundations/web';

export const congestionWeb: WebRoom = {
  name: 'congestion',
  inside: true,
  pages: [{ path: '/congestion', load: () => import('./CongestionPage.tsx') }],
  more: [{
    label: 'congestion.title', icon: 'save', href: '/congestion',
    when: async ({ replica, actor }) => actor.role !== 'guest' && (await replica.get<Organization>(organization.noun, actor.org))?.kind === 'prefecture',
  }],
};
