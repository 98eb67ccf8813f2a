import { room as roomNoun, type Room } from '@noroshi/features/talk';
import { roomStream } from '@noroshi/foundations/sync';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { Tabs } from '@noroshi/foundations/ui';
import { useLive, useRoute, useRooms, useStair, useWords } from '@noroshi/foundations/web';
import { Logo } from './Logo.tsx';

/** How many messages wait to be read. A talk that was closed asks for nothing any more. */
export async function unreadInAll({ replica }: LowerEnd): Promise<number> {
  const talks = (await replica.all<Room>(roomNoun.noun)).filter(({ value }) => value.closedAt === undefined);
  const counts = await Promise.all(talks.map(({ id }) => replica.unread(roomStream(id))));
  return counts.reduce((sum, n) => sum + n, 0);
}

/** The main places. */
export function Navigation() {
  const { t } = useWords();
  const { path } = useRoute();
  const rooms = useRooms();
  const inside = useStair().actor.role !== 'guest';
  const unread = useLive(unreadInAll);
  const owed = useLive(async (stair) => (await Promise.all(rooms.filter((r) => r.name === 'request').map((r) => r.owes?.(stair) ?? []))).flat().length);
  const count = (of: number | undefined) => (of ? { of, label: t('nav.count', { n: of }) } : undefined);
  // Where one writes, the phone needs its room; the way back is at the head.
  const writing = path.startsWith('/talk/') || /\/(open|new|edit|widen)$/.test(path);
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
