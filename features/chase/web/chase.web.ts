/** The screens of 督促: whom to ring, who is not reached, and the ladder. */
import type { Asked } from '@noroshi/foundations/asked';
import type { Duty } from '@noroshi/foundations/duty';
import type { WebRoom } from '@noroshi/foundations/web';
import { h, type ComponentType } from 'preact';
import { cardNoun } from '../card-noun.ts';

const screens = () => import('./screens.ts');
type Screens = Awaited<ReturnType<typeof screens>>;

/** @param asks what asks for an answer in this house, and what says who holds the line; fetched when a screen needs it */
export function chaseWeb(asks: () => Promise<{ readonly asked: readonly Asked[]; readonly duties: readonly Duty[] }>): WebRoom {
  const part = <P extends object>(pick: (all: Screens) => ComponentType<P & { readonly asked: readonly Asked[] }>) => async (): Promise<{ default: ComponentType<P> }> => {
    const [all, { asked }] = await Promise.all([screens(), asks()]);
    return { default: (props) => h(pick(all), { ...props, asked }) };
  };
  return {
    name: 'chase',
    inside: true,
    pages: [
      { path: '/chase', load: part((all) => all.ChasePage) },
      { path: '/chase/:card', load: async () => {
        const [{ CardPage }, { asked, duties }] = await Promise.all([screens(), asks()]);
        return { default: (props) => h(CardPage, { ...props, asked, duties }) };
      } },
      { path: '/admin/ladder', load: part((all) => all.LadderPage) },
    ],
    sides: [part<{ readonly room: string }>((all) => all.RoomSide)],
    readers: { person: part((all) => all.ReaderEnd), foot: part((all) => all.RemindFoot) },
    sees: async () => {
      const [{ seesOf, chronicles }, { asked }] = await Promise.all([screens(), asks()]);
      return { sees: seesOf(asked), chronicles };
    },
    owes: (stair) => stair.together('chase/owes', async () => {
      // Mostly there is none, and then nothing more is fetched.
      if ((await stair.replica.all(cardNoun)).length === 0) return [];
      const [{ chaseOwes }, { asked }] = await Promise.resolve(Promise.all([screens(), asks()]));
      return chaseOwes(stair, asked);
    }),
  };
}
