import type { Incident } from '@noroshi/features/incident';
import { Bar, Button, DrillFrame, DrillWord, EmptyNote, Field, Loading, Page, SectionHead, Table } from '@noroshi/foundations/ui';
import { listed, type Words } from '@noroshi/foundations/i18n';
import type { Id } from '@noroshi/foundations/kernel';
import { useFrame, useLine, useLive, useWords, WhenWhole } from '@noroshi/foundations/web';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { looksAfter, reachWays, type Coverage, type Score } from '../questions.ts';
import { shareSays, spanSays, yearSays } from '../spans.ts';
import { AddPoint, Points } from './Points.tsx';
import { TaskState } from './Ratings.tsx';
import { readKnown, type Known } from './known.ts';
import { useScore } from './use-score.ts';
import './drill.css';

/** What a drill became: what was done in time, who read when, how long people were short; beside another, and what is to be mended. */
export default function ResultPage({ incident }: { incident: Id }) {
  const words = useWords();
  const { t, language } = words;
  const frame = useFrame();
  const line = useLine();
  const known = useLive((stair) => readKnown(stair, language), [language]);
  const of = known?.drills.find(({ id }) => id === incident);
  const score = useScore(of?.id, of?.closedAt !== undefined);
  const others = known?.drills.filter(({ id, closedAt }) => id !== incident && closedAt !== undefined) ?? [];
  const [chosen, choose] = useState<string>();
  // The last one before it, unless another is chosen: that is what one asks first.
  const beside = chosen ?? others.find(({ openedAt }) => of && openedAt < of.openedAt)?.id ?? '';
  const before = useScore(beside || undefined, true);
  const points = known?.improvements.filter((one) => one.incident === incident) ?? [];
  const back = known?.runs.has(incident) && of?.closedAt === undefined ? `/drills/${incident}` : '/drills';
  return (
    <DrillFrame band={t('incident.drillBand')}>
      <Page skipLabel={frame.skipLabel} tabs={frame.tabs}
        head={<Bar title={<><DrillWord>{t('app.drillMark')}</DrillWord>{t('drill.result')}</>} subtitle={of?.name} back={{ label: t('app.back'), href: back }} />}
        foot={typeof score === 'object' && <Button wide icon="doc" href={`/documents/drill/${incident}.pdf?lang=${language}${beside ? `&with=${beside}` : ''}`}>{t('drill.paper')}</Button>}>
        {!known && <Loading>{t('app.loading')}</Loading>}
        {known && !of && <WhenWhole><EmptyNote>{t('refusal.drill.notFound')}</EmptyNote></WhenWhole>}
        {of && typeof score === 'string' && <EmptyNote>{t(of.closedAt === undefined ? 'drill.resultNot' : 'refusal.drill.notFound')}</EmptyNote>}
        {of && score === undefined && (line.state === 'open' ? <Loading>{t('app.loading')}</Loading> : <EmptyNote>{t('drill.resultAway')}</EmptyNote>)}
        {known && of && typeof score === 'object' && (
          <div class="drill-result">
            <Head score={score} of={of} />
            {others.length > 0 && (
              <div class="form">
                <Field label={t('drill.compare')}>{(wiring) => (
                  <select {...wiring} value={beside} onChange={(event) => choose(event.currentTarget.value)}>
                    <option value="">{t('drill.compareNone')}</option>
                    {others.map(({ id, name, openedAt }) => <option key={id} value={id}>{`${yearSays(openedAt, words)} ${name}`}</option>)}
                  </select>
                )}</Field>
              </div>
            )}
            {typeof before === 'object' && <Beside score={score} before={before} />}
            <Tasks score={score} known={known} />
            <Reading score={score} known={known} />
            <Requests score={score} known={known} />
          </div>
        )}
        {known && of && (
          <section>
            <SectionHead title={t('drill.improvements')} count={{ of: points.length, label: t('drill.count', { n: points.length }) }} />
            {points.length === 0 ? <EmptyNote>{t('drill.noImprovements')}</EmptyNote> : <Points points={points} known={known} />}
            {known.headquarters && <AddPoint incident={incident} known={known} />}
          </section>
        )}
      </Page>
    </DrillFrame>
  );
}

function Head({ score, of }: { score: Score; of: Incident }) {
  const { t, moment } = useWords();
  const minutes = Math.round((score.until - score.openedAt) / 60_000);
  return (
    <section class="drill-score">
      <p><b class="drill-big">{score.points === undefined ? t('drill.notYet') : t('drill.pointsIs', { n: score.points })}</b></p>
      <p class="drill-counts">{(['P', 'S', 'M', 'U'] as const).map((one) => <span key={one}>{t(`drill.rating.${one}`)} <b>{score.counts[one]}</b></span>)}</p>
      <p class="sub">{score.points === undefined ? t('drill.pointsNone') : t('drill.pointsSay')}</p>
      <p class="sub">{of.closedAt === undefined ? t('drill.lengthNow', { from: moment(score.openedAt), minutes }) : t('drill.length', { from: moment(score.openedAt), to: moment(score.until), minutes })}</p>
    </section>
  );
}

/** This one beside another, measure by measure. */
function Beside({ score, before }: { score: Score; before: Score }) {
  const words = useWords();
  const { t } = words;
  const rows: { what: string; of: (one: Score) => string }[] = [
    { what: t('drill.points'), of: ({ points }) => (points === undefined ? t('drill.notYet') : t('drill.pointsIs', { n: points })) },
    ...looksAfter.map((minutes, i) => ({ what: `${t('drill.reading2')} ${t('drill.after', { n: minutes })}`, of: ({ coverage }: Score) => shareSays(coverage.after[i]!, words) })),
    { what: t('drill.half'), of: ({ coverage }) => spanSays(coverage.half, words) },
    { what: t('drill.pledged'), of: (one) => spanSays(middle(one.requests.map(({ pledged }) => pledged)), words) },
    { what: t('drill.filled'), of: (one) => spanSays(middle(one.requests.map(({ filled }) => filled)), words) },
    { what: t('drill.shortHours'), of: ({ shortHours }) => shortHours.toFixed(1) },
  ];
  return <Table caption={t('drill.compare')} rows={rows} rowKey={({ what }) => what} columns={[
    { head: t('drill.measure'), cell: ({ what }) => what }, { head: t('drill.this'), numeric: true, cell: ({ of }) => <b>{of(score)}</b> }, { head: t('drill.that'), under: before.name, numeric: true, cell: ({ of }) => of(before) },
  ]} />;
}

/** The one in the middle of those that came at all. */
function middle(spans: readonly (number | undefined)[]): number | undefined {
  const known = spans.filter((one) => one !== undefined).toSorted((a, b) => a - b);
  return known[Math.ceil(known.length / 2) - 1];
}

function Part({ title, says, children }: { title: string; says?: string; children: ComponentChildren }) {
  return <section><SectionHead title={title} />{says && <p class="drill-pad sub">{says}</p>}{children}</section>;
}

function Tasks({ score, known }: { score: Score; known: Known }) {
  const words = useWords();
  const { t } = words;
  if (score.tasks.length === 0) return null;
  return (
    <Part title={t('drill.actions')}>
      <ol class="drill-list">{score.tasks.map((task) => (
        <li key={task.no} class="drill-task">
          <p class="drill-words"><b>{task.no}</b>　{task.text}</p>
          <p class="sub">{t('drill.expects', { who: task.person ? known.person(task.person) : listed(task.orgs.map(known.org), words), n: task.within, act: t(`drill.act.${task.act}`) })}</p>
          <p class="drill-head"><TaskState task={task} known={known} /></p>
        </li>
      ))}</ol>
    </Part>
  );
}

function Reading({ score, known }: { score: Score; known: Known }) {
  const words = useWords();
  const { t } = words;
  const towns = score.towns.toSorted((a, b) => (known.organizations.findIndex(({ id }) => id === a.org)) - (known.organizations.findIndex(({ id }) => id === b.org)));
  const rows: { key: string; name: string; coverage: Coverage; answers: string; answer: string; ways: Score['ways'] }[] = [
    { key: 'all', name: t('drill.all'), coverage: score.coverage, answers: '', answer: '', ways: score.ways },
    ...towns.map((one) => ({ key: one.org, name: known.org(one.org), coverage: one.coverage, answers: `${one.answered}/${one.urgent}`, answer: one.urgent === 0 ? '' : spanSays(one.answer, words), ways: one.ways })),
  ];
  const used = reachWays.filter((way) => score.ways[way]);
  return (
    <>
      <Part title={t('drill.reading2')} says={t('drill.readingSays', { list: words.beside(looksAfter.map(String)) })}>
        <Table wide caption={t('drill.reading2')} rows={rows} rowKey={({ key }) => key} columns={[
          { head: t('drill.col.org'), cell: ({ name }) => name },
          ...looksAfter.map((minutes, i) => ({ head: t('drill.after', { n: minutes }), numeric: true, cell: ({ coverage }: { coverage: Coverage }) => shareSays(coverage.after[i]!, words) })),
          { head: t('drill.half'), numeric: true, cell: ({ coverage }) => spanSays(coverage.half, words) },
          { head: t('drill.most'), numeric: true, cell: ({ coverage }) => spanSays(coverage.most, words) },
          { head: t('drill.never'), numeric: true, cell: ({ coverage }) => `${coverage.never}/${coverage.asked}` },
          { head: t('drill.answered'), numeric: true, cell: ({ answers }) => answers },
          { head: t('drill.answer'), numeric: true, cell: ({ answer }) => answer },
        ]} />
      </Part>
      <Part title={t('drill.ways')} says={t('drill.waysSays')}>
        <Table wide caption={t('drill.ways')} rows={rows} rowKey={({ key }) => key} columns={[
          { head: t('drill.col.org'), cell: ({ name }) => name },
          ...used.map((way) => ({ head: t(`drill.way.${way}`), numeric: true, cell: ({ ways }: { ways: Score['ways'] }) => wayCell(ways[way], words) })),
        ]} />
      </Part>
    </>
  );
}

/** How many came by this way, and how soon in the middle. */
const wayCell = (one: { n: number; half?: number | undefined } | undefined, words: Words): string => (!one ? '0' : one.half === undefined ? String(one.n) : `${one.n}　${spanSays(one.half, words)}`);

function Requests({ score, known }: { score: Score; known: Known }) {
  const words = useWords();
  const { t } = words;
  return (
    <Part title={t('drill.requests')}>
      {score.requests.length === 0 ? <EmptyNote>{t('drill.noRequests')}</EmptyNote> : (
        <Table wide caption={t('drill.requests')} rows={score.requests} rowKey={({ request }) => request} columns={[
          { head: t('drill.col.no'), cell: ({ no, request }) => <a class="link" href={`/request/${request}`}>{no}</a> },
          { head: t('drill.col.org'), cell: ({ org }) => known.org(org) },
          { head: t('drill.decided'), numeric: true, cell: ({ decided }) => spanSays(decided, words) },
          { head: t('drill.pledged'), numeric: true, cell: ({ pledged }) => spanSays(pledged, words) },
          { head: t('drill.filled'), numeric: true, cell: ({ filled }) => spanSays(filled, words) },
          { head: t('drill.shortHours'), numeric: true, short: true, cell: ({ shortHours }) => shortHours.toFixed(1), foot: score.shortHours.toFixed(1) },
        ]} />
      )}
    </Part>
  );
}

