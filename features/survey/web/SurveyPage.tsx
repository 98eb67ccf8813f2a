import { save } from '@noroshi/features/directory/web';
import { keepNote } from '@noroshi/features/directory/untold';
import { Bar, Button, Chips, DrillFrame, DrillWord, EmptyNote, FieldError, Loading, Page, SectionHead, Sheet, State, Table, Tag } from '@noroshi/foundations/ui';
import type { Words } from '@noroshi/foundations/i18n';
import type { Id } from '@noroshi/foundations/kernel';
import { ask, Marks, useFrame, useLine, useLive, useNow, useSending, useStair, useWords, WhenWhole, type PageProps } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { close } from '../ask.ts';
import { mayTend } from '../link.ts';
import { sums } from '../ballot.ts';
import { isOpen, sheet as sheetNoun, type Sheet as Asked } from '../sheet.ts';
import { markedTitleOf, titleOf } from '../says.ts';
import type { Out } from '../workbook.ts';
import { orgSums, type Respondent } from '../tally.ts';
import { isDone, readSurveys, type Known, type SurveyNow } from './known.ts';
import { Looks } from './Looks.tsx';
import { LinksPart } from './LinksPart.tsx';
import { MyAnswer } from './MyAnswer.tsx';
import { PooledResults } from './PooledResults.tsx';
import { Results } from './Results.tsx';
import { useReading } from './use-reading.ts';
import './survey.css';

/** One survey: my answer, and what was answered, for those who may see it. */
export default function SurveyPage({ params }: PageProps) {
  const words = useWords();
  const { t, language } = words;
  const frame = useFrame();
  const known = useLive((stair) => readSurveys(stair, language), [language]);
  // What was taken out of an answer leads here by its sheet.
  const one = known?.surveys.find(({ id, sheets }) => id === params['survey'] || sheets.some(({ sheet }) => sheet.id === params['survey']));
  const of = known?.held.find(({ held }) => held.id === (one?.id ?? params['survey']));
  const missing = of?.missing ?? [];
  if (known && one) return <Shown key={one.id} known={known} one={one} missing={missing} />;
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} head={<><Bar title={of ? titleOf(of.held, words) : t('survey.entry')} back={{ label: t('app.back'), href: '/survey' }} />{frame.bands}</>}>
      {known && missing.length > 0 ? <Looks orgs={missing} /> : known ? <WhenWhole><EmptyNote>{t('refusal.survey.notFound')}</EmptyNote></WhenWhole> : <Loading>{t('app.loading')}</Loading>}
    </Page>
  );
}

function Shown({ known, one, missing }: { known: Known; one: SurveyNow; /** Whose answers have not come yet. */ missing: readonly Id[] }) {
  const words = useWords();
  const { t, moment, time } = words;
  const frame = useFrame();
  const clock = useNow();
  const line = useLine();
  const stair = useStair();
  const [org, only] = useState('all');
  const { first, sheets, mine, incident } = one;
  useReading(sheets);
  const people = sheets.flatMap((sheet) => sheet.people);
  const shown = sheets.filter(({ sheet }) => org === 'all' || sheet.org === org);
  const open = sheets.some(({ sheet }) => isOpen(sheet, clock));
  const drill = first.drill ?? false;
  const silent = people.filter(({ heard }) => !heard).length;
  const asker = known.people.find(({ id }) => id === first.by)?.name ?? '';
  const page = (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms}
      head={<><Bar title={<>{drill && <DrillWord>{t('app.drillMark')}</DrillWord>}{titleOf(first, words)}</>} subtitle={incident?.name ?? (sheets.length === 1 ? known.org(first.org) : t('survey.orgs', { n: sheets.length }))} back={{ label: t('app.back'), href: '/survey' }} />{!drill && frame.bands}</>}>
      <div class="survey">
        <div class="form">
          <p class="sub">{words.beside([t('survey.askedBy', { org: known.org(first.byOrg), name: asker, time: moment(first.at) }), first.due !== undefined && t('survey.until', { time: moment(first.due) })])}</p>
          {first.anonymous && <p><Tag>{t('survey.make.anonymous')}</Tag> {t('survey.make.seesAnonymous')}</p>}
          {isDone(one) && <p><State kind="quiet">{t('survey.closedAt', { time: moment(Math.max(...sheets.map(({ sheet }) => sheet.closed!.at))) })}</State></p>}
          {first.note && <p class="long survey-note">{first.note}</p>}
        </div>
        {mine && <MyAnswer now={mine} />}
        {first.anonymous && sheets.map(({ sheet, place }) => <BoxMark key={sheet.id} sheet={sheet} place={place} name={known.org(sheet.org)} />)}
        <section>
          <SectionHead title={t('survey.results')} aside={line.state === 'open' ? undefined : t('app.asOf', { time: time(line.since) })} />
          {missing.length > 0 && <Looks orgs={missing} />}
          <div class="form">
            <p><State kind={silent === 0 ? 'ok' : 'urgent'}>{t('survey.answeredOf', { n: people.length - silent, of: people.length })}</State>　<span class="sub">{t('survey.silentN', { n: silent })}</span></p>
            {sheets.length > 1 && <ByOrg sheets={sheets} known={known} safety={first.kind === 'safety'} />}
            {sheets.length > 1 && <Chips legend={t('survey.show')} value={org} onChange={only} choices={[{ value: 'all', label: t('survey.everyone') }, ...sheets.map(({ sheet }) => ({ value: sheet.org, label: known.org(sheet.org) }))]} />}
          </div>
          {first.anonymous
            ? <PooledResults one={one} known={known} people={shown.flatMap((sheet) => sheet.people)} orgs={shown.length > 1} open={open} />
            : <Results people={shown.flatMap((sheet) => sheet.people)} form={first.form} safety={first.kind === 'safety'} orgs={shown.length > 1} org={known.org} open={open} />}
        </section>
        {one.first.kind === 'form' && sheets.filter(({ sheet }) => mayTend(stair.actor, sheet, known.organizations.find(({ id }) => id === stair.actor.org)).ok).map((sheet) => <LinksPart key={sheet.sheet.id} now={sheet} open={isOpen(sheet.sheet, clock)} title={sheets.length > 1 ? known.org(sheet.sheet.org) : ''} />)}
        <Tools one={one} known={known} people={people} silent={silent} may={first.by === stair.actor.person || stair.actor.org === known.headquarters || stair.actor.role === 'administrator' || (stair.actor.role !== 'member' && !first.anonymous)} />
      </div>
    </Page>
  );
  return drill ? <DrillFrame band={t('incident.drillBand')}>{page}</DrillFrame> : page;
}

/** What was answered anonymously goes all together; where the box of an organization was emptied, it is told with its name. */
function BoxMark({ sheet: { id, redacted }, place, name }: { sheet: Asked; place: string; name: string }) {
  return <div class="form survey-box">{redacted && <b>{name}</b>}<Marks noun={sheetNoun.noun} id={id} room={place} marked={redacted !== undefined} /></div>;
}

/** Organization by organization, with a sum that is the sum of what stands above it. */
function ByOrg({ sheets, known, safety }: { sheets: SurveyNow['sheets']; known: Known; safety: boolean }) {
  const { t } = useWords();
  const rows = sheets.map(({ sheet, people }) => orgSums(sheet.org, people));
  const sum = (of: (one: (typeof rows)[number]) => number): number => rows.reduce((all, one) => all + of(one), 0);
  const column = (head: string, of: (one: (typeof rows)[number]) => number, short = false) => ({ head, numeric: true, short, cell: of, foot: sum(of) });
  return (
    <Table caption={t('survey.byOrg')} rows={rows} rowKey={({ org }) => org} wide columns={[
      { head: t('survey.org'), cell: ({ org }) => known.org(org), foot: t('survey.sum') },
      column(t('survey.asked'), ({ asked }) => asked),
      column(t('survey.silent'), (one) => one.silent, sum((one) => one.silent) > 0),
      ...(safety ? [column(t('survey.safety.state.fine'), ({ fine }) => fine), column(t('survey.hurt'), ({ hurt }) => hurt), column(t('survey.can'), ({ can }) => can), column(t('survey.cannot'), ({ cannot }) => cannot), ...(sum(({ gone }) => gone) > 0 ? [column(t('survey.gone'), ({ gone }) => gone)] : [])] : [column(t('survey.answered'), ({ asked, silent }) => asked - silent)]),
    ]} />
  );
}

/** What whoever asked can do: end it, and take it along as a table. */
function Tools({ one, known, people, silent, may }: { one: SurveyNow; known: Known; people: readonly Respondent[]; silent: number; may: boolean }) {
  const words = useWords();
  const { t } = words;
  const stair = useStair();
  const line = useLine();
  const sending = useSending();
  const [asks, setAsks] = useState(false);
  const [failed, fail] = useState(false);
  const open = one.sheets.filter(({ sheet }) => !sheet.closed);
  const write = async (kind: 'xlsx' | 'csv'): Promise<void> => {
    const name = `${markedTitleOf(one.first, words)}.${kind}`;
    fail(false);
    try {
      const out = { first: one.first, incident: one.incident?.name ?? '', people, org: known.org };
      const file = await fileOf(kind, out, words, stair.now());
      // What is taken out is for the audit; this device makes it by itself, so it tells of it.
      await keepNote(stair, 'tableMade', { of: one.id, note: name.slice(0, 200) }, line.state !== 'open');
      save({ name, type: kind === 'csv' ? 'text/csv;charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', file: new Blob([file]) });
    } catch (error) {
      console.warn(error);
      fail(true);
    }
  };
  return (
    <section>
      <SectionHead title={t('survey.out')} />
      <div class="form">
        {failed && <FieldError>{t('survey.outFailed')}</FieldError>}
        <div class="halves"><Button icon="save" onClick={() => void write('xlsx')}>{t('damage.out.xlsx')}</Button><Button icon="save" onClick={() => void write('csv')}>{t('damage.out.csv')}</Button></div>
        {may && open.length > 0 && <Button kind="quiet" class="danger" onClick={() => setAsks(true)}>{t('survey.close')}</Button>}
        {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      </div>
      {asks && (
        <Sheet title={t('survey.closeReally')} closeLabel={t('app.close')} onClose={() => setAsks(false)}
          foot={<Button kind="danger" wide busy={sending.busy ? t('request.sending') : undefined} onClick={async () => {
            for (const { sheet, place } of open) if (!(await sending.send(close, { place, sheet: sheet.id }))) return;
            setAsks(false);
          }}>{t('survey.close')}</Button>}>
          <p class="form">{t(one.first.anonymous ? 'survey.stopSays' : 'survey.closeSays', { n: silent })}</p>
        </Sheet>
      )}
    </section>
  );
}

/** The table to take along; of an anonymous survey only what its groups came to. @throws where the server cannot be asked for that */
async function fileOf(kind: 'xlsx' | 'csv', out: Out, words: Words, now: number): Promise<string | Uint8Array<ArrayBuffer>> {
  if (!out.first.anonymous) {
    const { surveyCsv, surveyWorkbook } = await import('../workbook.ts');
    return kind === 'csv' ? surveyCsv(out, words) : surveyWorkbook(out, words, now);
  }
  const [{ pooledCsv, pooledWorkbook }, told] = await Promise.all([import('../pooled-workbook.ts'), ask(sums, { survey: out.first.survey })]);
  if (!told.ok) throw new Error(told.code);
  return kind === 'csv' ? pooledCsv(out, told.value, words) : pooledWorkbook(out, told.value, words, now);
}
