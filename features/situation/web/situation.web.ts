/** The screens of 状況盤: for the desk and the telephone, and for the wall. */
import { organization, type Organization } from '@noroshi/features/directory';
import type { WebRoom } from '@noroshi/foundations/web';

export const situationWeb: WebRoom = {
  name: 'situation',
  inside: true,
  pages: [
    { path: '/situation', load: () => import('./SituationPage.tsx') },
    { path: '/situation/:incident', load: () => import('./SituationPage.tsx') },
    { path: '/wall/:incident', load: () => import('./WallPage.tsx') },
  ],
  more: [{
    label: 'situation.title', icon: 'board', href: '/situation',
    when: async ({ actor, replica }) => (await replica.get<Organization>(organization.noun, actor.org))?.kind === 'prefecture',
  }],
};
