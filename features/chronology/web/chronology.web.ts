/** The screens of クロノロジー. */
import type { WebRoom } from '@noroshi/foundations/web';
import { instructionNoun } from '../instruction-noun.ts';

const screens = () => import('./screens.ts');
type Screens = Awaited<ReturnType<typeof screens>>;

/** @param meet has here what this room makes true: it comes late */
export function chronologyWeb(meet: () => Promise<void>): WebRoom {
  const page = (name: 'ListPage' | 'WritePage' | 'EntryPage' | 'SentEntry') => async () => ({ default: (await Promise.all([screens(), meet()]))[0][name] as Screens['ListPage'] });
  const list = page('ListPage');
  return {
    name: 'chronology',
    inside: true,
    pages: [
      { path: '/chronology', load: list },
      { path: '/chronology/write', load: page('WritePage') },
      { path: '/chronology/:incident', load: list },
      { path: '/chronology/:incident/:entry', load: page('EntryPage') },
    ],
    actions: [{ label: 'chronology.take', icon: 'clock', href: (room, message) => `/chronology/write?room=${room}&message=${message}`, when: async (stair) => (await screens()).maySomewhere(stair) }],
    undone: { 'chronology.enter': { words: page('SentEntry') as never, mend: ({ id }) => `/chronology/write?again=${id}` } },
    owes: (stair) => stair.together('chronology/owes', async () => {
      // Mostly there is none, and then nothing more is fetched.
      if ((await stair.replica.all(instructionNoun)).length === 0) return [];
      const [{ instructionsOwed }] = await Promise.resolve(Promise.all([screens(), meet()]));
      return instructionsOwed(stair);
    }),
    more: [{ label: 'chronology.title', icon: 'clock', href: '/chronology' }],
  };
}
