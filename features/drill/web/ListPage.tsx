import type { Incident } from '@noroshi/features/incident';
import { Bar, Button, EmptyNote, Icon, Loading, Page, RoomRow, SectionHead, State, Tag } from '@noroshi/foundations/ui';
import { useFrame, useLive, useWords, WhenWhole } from '@noroshi/foundations/web';
import { isOpenPoint } from '../improvement.ts';
import { Points } from './Points.tsx';
import { readKnown, type Known } from './known.ts';
import './drill.css';

/** 訓練: those under way, what earlier ones became, and what is still to be mended. */
export default function ListPage() {
  const { t, language } = useWords();
  const frame = useFrame();
  const known = useLive((stair) => readKnown(stair, language), [language]);
  const [running, over] = [known?.drills.filter(({ closedAt }) => closedAt === undefined) ?? [], known?.drills.filter(({ closedAt }) => closedAt !== undefined) ?? []];
  const open = known?.improvements.filter(isOpenPoint) ?? [];
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} head={<><Bar title={t('drill.title')} back={{ label: t('app.back'), href: '/more' }} />{frame.bands}</>}
      foot={known?.headquarters && <Button kind="main" wide icon="flag" href="/drills/start">{t('drill.start')}</Button>}>
      {!known && <Loading>{t('app.loading')}</Loading>}
      {known && known.drills.length === 0 && <WhenWhole><EmptyNote>{t(known.headquarters ? 'drill.none' : 'drill.noneYet')}</EmptyNote></WhenWhole>}
      {known && running.length > 0 && <section><SectionHead title={t('drill.open')} />{running.map((one) => <Row key={one.id} one={one} known={known} />)}</section>}
      {known && open.length > 0 && <section><SectionHead title={t('drill.improvements')} count={{ of: open.length, label: t('drill.count', { n: open.length }) }} /><Points points={open} known={known} /></section>}
      {known && over.length > 0 && <section><SectionHead title={t('drill.past')} />{over.map((one) => <Row key={one.id} one={one} known={known} />)}</section>}
    </Page>
  );
}

function Row({ one, known }: { one: Incident; known: Known }) {
  const { t, moment } = useWords();
  const run = known.runs.get(one.id);
  const isOver = one.closedAt !== undefined;
  const href = isOver ? `/drills/${one.id}/result` : run ? `/drills/${one.id}` : known.headquarters ? `/drills/start?incident=${one.id}` : `/incident/${one.id}`;
  return (
    <RoomRow href={href} mark={<Icon name="flag" />} name={one.name} tags={<> <Tag kind="drill">{t('home.drill')}</Tag></>} time={moment(one.openedAt)}
      says={isOver ? t('drill.toResult') : run ? <State kind={run.running ? 'doing' : 'quiet'}>{t(run.running ? 'drill.runs' : 'drill.stands')}</State> : t(known.headquarters ? 'drill.giveScenario' : 'drill.noScenario')} />
  );
}
