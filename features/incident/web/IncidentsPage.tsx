import { Bar, Button, EmptyNote, Icon, Page, RoomRow, SectionHead, Tag } from '@noroshi/foundations/ui';
import { useFrame, useLive, useStair, useWords, WhenWhole } from '@noroshi/foundations/web';
import { roleOf, type Incident } from '../disaster.ts';
import { readKnown } from './known.ts';
import { namesOf } from './names.ts';

/** All disasters and drills: those that are open, then those that are over. */
export default function IncidentsPage() {
  const { t, language, moment } = useWords();
  const frame = useFrame();
  const stair = useStair();
  const known = useLive(readKnown);
  const all = known?.incidents.toSorted((a, b) => b.openedAt - a.openedAt) ?? [];
  const row = (one: Incident) => (
    <RoomRow
      key={one.id} href={`/incident/${one.id}`} mark={<Icon name={one.drill ? 'flag' : 'square'} />} hit={!one.drill && one.closedAt === undefined} name={one.name}
      tags={<>{one.drill && <Tag kind="drill">{t('incident.drill')}</Tag>} <Tag>{t(`incident.part.${roleOf(one, stair.actor.org)}`)}</Tag></>}
      says={t('incident.hitTowns', { towns: namesOf(known!, one.affected, language) })}
      time={moment(one.closedAt ?? one.openedAt)}
    />
  );
  const open = all.filter((one) => one.closedAt === undefined);
  const over = all.filter((one) => one.closedAt !== undefined);
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} head={<><Bar title={t('incident.page.list')} back={{ label: t('app.back'), href: '/more' }} />{frame.bands}</>}
      foot={<Button kind="main" wide icon="plus" href="/incident/open">{t('incident.open.title')}</Button>}>
      {known && open.length === 0 && <WhenWhole><EmptyNote>{t('incident.page.none')}</EmptyNote></WhenWhole>}
      {open.map(row)}
      {over.length > 0 && <SectionHead title={t('incident.page.over')} />}
      {over.map(row)}
    </Page>
  );
}
