import { Bar, Icon, Note, Page, RoomRow, SectionHead } from '@noroshi/foundations/ui';
import { useFrame, useLive, useRooms, useWords } from '@noroshi/foundations/web';
import type { Key } from '@noroshi/foundations/i18n';
import { entries as gathered } from '../more.ts';
import { useMe } from './me-context.ts';

/** Everything that is not needed at every moment. */
export function MorePage() {
  const { t, day } = useWords();
  const frame = useFrame();
  const rooms = useRooms();
  const { me } = useMe();
  const entries = useLive(async (stair) => {
    const all = [...gathered, ...rooms.flatMap((room) => room.more ?? [])];
    const shown = await Promise.all(all.map((entry) => entry.when?.(stair) ?? true));
    return all.filter((_, i) => shown[i]);
  });
  const under = (place: string) => entries?.filter((entry) => entry.href.startsWith(place)) ?? [];
  const tending = under('/admin/');
  const mine = under('/account/');
  const usual = entries?.filter((entry) => !tending.includes(entry) && !mine.includes(entry)) ?? [];
  const shown = (title: Key, some: readonly Pick<NonNullable<typeof entries>[number], 'label' | 'icon' | 'href'>[]) => (
    <section>
      <SectionHead title={t(title)} />
      {some.map((entry) => <RoomRow key={entry.href} href={entry.href} mark={<Icon name={entry.icon} />} name={t(entry.label)} />)}
    </section>
  );
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} head={<><Bar title={t('nav.more')} subtitle={`${me.orgName} ${me.name}`} />{frame.bands}</>}>
      {me.until !== undefined && <Note>{t('guest.youUntil', { day: day(me.until) })}</Note>}
      {shown('more.everyone', usual)}
      {tending.length > 0 && shown('more.tending', tending)}
      {shown('more.mine', [...mine, { label: 'settings.title', icon: 'gear', href: '/settings' }])}
    </Page>
  );
}
