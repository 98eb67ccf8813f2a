import { Bar, Icon, Page, RoomRow } from '@noroshi/foundations/ui';
import { useFrame, useLive, useRooms, useWords } from '@noroshi/foundations/web';
import { useMe } from './me-context.ts';

/** Everything that is not needed at every moment. */
export function MorePage() {
  const { t } = useWords();
  const frame = useFrame();
  const rooms = useRooms();
  const { me } = useMe();
  const entries = useLive(async (stair) => {
    const all = rooms.flatMap((room) => room.more ?? []);
    const shown = await Promise.all(all.map((entry) => entry.when?.(stair) ?? true));
    return all.filter((_, i) => shown[i]);
  });
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} head={<><Bar title={t('nav.more')} subtitle={`${me.orgName} ${me.name}`} />{frame.bands}</>}>
      {entries?.map((entry) => <RoomRow key={entry.href} href={entry.href} mark={<Icon name={entry.icon} />} name={t(entry.label)} />)}
      <RoomRow href="/settings" mark={<Icon name="gear" />} name={t('settings.title')} />
    </Page>
  );
}
