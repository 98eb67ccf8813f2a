import { eachRoom, openRooms } from '@noroshi/features/talk/web';
import { roomStream } from '@noroshi/foundations/sync';
import { joined, mapped, type LowerEnd, type Watched } from '@noroshi/foundations/sync/web';
import { Tabs } from '@noroshi/foundations/ui';
import { useRoute, useRooms, useStair, useWatched, useWords } from '@noroshi/foundations/web';
import { Logo } from './Logo.tsx';

/** How many messages wait to be read. A talk that was closed asks for nothing any more. */
export const unreadInAll = (stair: LowerEnd): Watched<number> =>
  mapped(eachRoom(openRooms(stair), ({ id }) => stair.unread(roomStream(id))), (counts) => counts.reduce((sum, n) => sum + n, 0));

/** The main places. */
export function Navigation() {
  const { t } = useWords();
  const { path } = useRoute();
  const rooms = useRooms();
  const inside = useStair().actor.role !== 'guest';
  const unread = useWatched(unreadInAll);
  const owed = useWatched((stair) => mapped(joined(rooms.flatMap((r) => (r.name === 'request' && r.owes ? [r.owes(stair)] : []))), (all) => all.flat().length), [rooms]);
  const count = (of: number | undefined) => (of ? { of, label: t('nav.count', { n: of }) } : undefined);
  // Where one writes, the phone needs its room; the way back is at the head.
  const writing = /^\/(talk|call)\/|\/(open|new|edit|widen)$/.test(path);
  const elsewhere = path !== '/' && !path.startsWith('/talk') && !path.startsWith('/request');
  return (
    <Tabs
      label={t('nav.label')}
      logo={<Logo />}
      deskOnly={writing}
      tabs={[
        { href: '/', icon: 'home', label: t('nav.home'), current: path === '/' },
        { href: '/talk', icon: 'talk', label: t('nav.talk'), current: path.startsWith('/talk'), count: count(unread) },
        // To a guest no request is ever shown: a place that stays empty only leads astray.
        ...(inside ? [{ href: '/request', icon: 'people' as const, label: t('nav.request'), current: path.startsWith('/request'), count: count(owed) }] : []),
        { href: '/more', icon: 'more', label: t('nav.more'), current: elsewhere },
      ]}
    />
  );
}
