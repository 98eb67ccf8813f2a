import { Bar, Button, EmptyNote, Icon, Loading, Page, RoomRow, SectionHead, State, Tag } from '@noroshi/foundations/ui';
import { useFrame, useLine, useLive, useNow, useStair, useWords, WhenWhole } from '@noroshi/foundations/web';
import { titleOf } from '../says.ts';
import { isDone, readSurveys, type HeldNow, type Known, type SurveyNow } from './known.ts';
import './survey.css';

/** What was asked: what I have to answer, what runs, and what is over. */
export default function ListPage() {
  const { t, language } = useWords();
  const frame = useFrame();
  const known = useLive((stair) => readSurveys(stair, language), [language]);
  const now = useNow(60_000);
  // Of these nothing has come yet.
  const held = known?.held.filter((one) => one.missing.length === one.held.orgs.length) ?? [];
  const [heldOver, heldRunning] = [held.filter((one) => isHeldOver(one, now)), held.filter((one) => !isHeldOver(one, now))];
  const running = known?.surveys.filter((one) => !isDone(one)) ?? [];
  const over = known?.surveys.filter(isDone) ?? [];
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms}
      head={<><Bar title={t('survey.entry')} back={{ label: t('app.back'), href: '/more' }} />{frame.bands}</>}
      foot={known && known.askable.length > 0 && <div class="halves survey-foot"><Button kind="main" icon="people" href="/survey/ask">{t('survey.askSafety')}</Button><Button tall icon="edit" href="/survey/new">{t('survey.make.new')}</Button></div>}>
      {!known && <Loading>{t('app.loading')}</Loading>}
      {known && known.surveys.length + held.length === 0 && <WhenWhole><EmptyNote>{t(known.askable.length > 0 ? 'survey.noneToAsk' : 'survey.none')}</EmptyNote></WhenWhole>}
      {known && running.map((one) => <Row key={one.id} one={one} known={known} />)}
      {known && heldRunning.map((one) => <HeldRow key={one.held.id} one={one} known={known} />)}
      {known && over.length + heldOver.length > 0 && <section><SectionHead title={t('survey.overOnes')} />{over.map((one) => <Row key={one.id} one={one} known={known} />)}{heldOver.map((one) => <HeldRow key={one.held.id} one={one} known={known} />)}</section>}
    </Page>
  );
}

function Row({ one, known }: { one: SurveyNow; known: Known }) {
  const words = useWords();
  const { t, moment } = words;
  const { actor } = useStair();
  const people = one.sheets.flatMap((sheet) => sheet.people);
  const silent = people.filter(({ heard }) => !heard).length;
  const owed = one.mine && one.mine.sheet.answered[actor.person] === undefined && !isDone(one);
  const { first, incident } = one;
  const isWhole = !known.held.some(({ held, missing }) => held.id === one.id && missing.length > 0);
  return (
    <RoomRow href={`/survey/${one.id}`} mark={<Icon name={first.kind === 'safety' ? 'people' : 'check'} />} name={<>{first.drill && <><Tag kind="drill">{t('home.drill')}</Tag> </>}{titleOf(first, words)}</>}
      says={words.beside([incident?.name, one.sheets.length === 1 ? known.org(first.org) : t('survey.orgs', { n: one.sheets.length }), moment(first.at)])}
      end={owed ? <State kind="urgent">{t('survey.toAnswer')}</State> : !isWhole ? <State kind="quiet">{t('survey.openToSee')}</State> : <State kind={silent === 0 ? 'ok' : 'quiet'}>{t('survey.answeredOf', { n: people.length - silent, of: people.length })}</State>} />
  );
}

/** Its time is over, or the disaster is. */
const isHeldOver = ({ held, incident }: HeldNow, now: number): boolean => (held.due !== undefined && held.due <= now) || incident?.closedAt !== undefined;

/** What was asked elsewhere: whoever of headquarters opens it sees the answers. */
function HeldRow({ one: { held, incident }, known }: { one: HeldNow; known: Known }) {
  const words = useWords();
  const { t, moment } = words;
  const line = useLine();
  return (
    <RoomRow href={`/survey/${held.id}`} mark={<Icon name={held.kind === 'safety' ? 'people' : 'check'} />} name={<>{held.drill && <><Tag kind="drill">{t('home.drill')}</Tag> </>}{titleOf(held, words)}</>}
      says={words.beside([incident?.name, held.orgs.length === 1 ? known.org(held.orgs[0]!) : t('survey.orgs', { n: held.orgs.length }), moment(held.at)])} end={<State kind="quiet">{t(line.state === 'open' ? 'survey.openToSee' : 'survey.openNeedsLine')}</State>} />
  );
}
