/** The screens of 状況盤: for the desk and the telephone, and for the wall. */
import type { WebRoom } from '@noroshi/foundations/web';

const screen = (name: keyof typeof import('./screens.ts')) => async () => ({ default: (await import('./screens.ts'))[name] });
const board = screen('SituationPage');

export const situationWeb: WebRoom = {
  name: 'situation',
  inside: true,
  pages: [
    { path: '/situation', load: board },
    { path: '/situation/:incident', load: board },
    { path: '/situation/:incident/:org', load: screen('TownPage') },
    { path: '/wall', load: screen('AllPage') },
    { path: '/wall/:incident', load: screen('WallPage') },
  ],
};
