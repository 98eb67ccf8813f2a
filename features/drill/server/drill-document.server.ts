import type { Incident } from '@noroshi/features/incident';
import { A4 } from '@noroshi/foundations/documents';
import { listed, type Words } from '@noroshi/foundations/i18n';
import type { Id } from '@noroshi/foundations/kernel';
import type { Improvement } from '../improvement.ts';
import { looksAfter, reachWays, type Coverage, type Score } from '../questions.ts';
import { shareSays, spanSays, yearSays } from '../spans.ts';

/** What the report is made of. */
export interface DrillFacts {
  readonly incident: Incident;
  readonly score: Score;
  /** Another drill, laid beside it. */
  readonly before: Score | undefined;
  readonly improvements: readonly Improvement[];
  /** In the order of their codes. */
  readonly orgs: readonly Id[];
  readonly nameOf: (org: Id) => string;
  readonly person: (id: Id) => string;
  readonly now: number;
}

/**
 * 訓練評価報告書: what was expected and what was done, who read when, how long people were short, beside the drill before, and
 * what is to be mended by whom. 訓練 stands on every page. (G12)
 */
export function drillDocument(facts: DrillFacts, words: Words): Promise<Buffer> {
  const { incident, score, before, now } = facts;
  const { t, moment } = words;
  const title = t('document.drill.title');
  const paper = new A4({
    title: `${title} ${incident.name}`, language: words.language, madeAt: new Date(now), stamp: t('document.drillStamp'),
    foot: (page, of) => t('document.drill.foot', { name: incident.name, page, of, time: moment(now) }),
  });
  const minutes = Math.round((score.until - score.openedAt) / 60_000);
  paper.line(moment(now), 'right').title(title).line(incident.name, 'center').gap(6);
  paper.heading(t('document.drill.summary')).facts([
    { term: t('document.drill.held'), is: `${yearSays(score.openedAt, words)}　${score.over ? t('drill.length', { from: moment(score.openedAt), to: moment(score.until), minutes }) : t('drill.lengthNow', { from: moment(score.openedAt), minutes })}` },
    { term: t('document.drill.scenario'), is: t('document.drill.scenarioIs', score.injects) },
    { term: t('document.drill.messages'), is: t('document.drill.messagesIs', { n: score.messages }) },
    { term: t('drill.points'), is: [{ text: score.points === undefined ? t('drill.pointsNone') : t('drill.pointsIs', { n: score.points }), bold: true }, { text: `　${(['P', 'S', 'M', 'U'] as const).map((one) => `${t(`drill.rating.${one}`)} ${score.counts[one]}`).join('　')}` }] },
  ]);
  acts(paper, facts, words);
  reading(paper, facts, words);
  requests(paper, facts, words);
  if (before) beside(paper, score, before, words);
  mended(paper, facts, words);
  return paper.heading(t('document.drill.method')).line(t('document.drill.methodIs')).line(t('drill.pointsSay')).line(t('drill.readingSays', { list: words.beside(looksAfter.map(String)) })).line(t('drill.waysSays')).end();
}

function acts(paper: A4, { score, nameOf, person }: DrillFacts, words: Words): void {
  const { t } = words;
  paper.heading(t('drill.actions'));
  if (score.tasks.length === 0) return void paper.line(t('drill.pointsNone'));
  paper.table(
    [{ head: t('drill.col.no'), share: 0.7 }, { head: t('drill.col.what'), share: 4.6 }, { head: t('drill.col.who'), share: 1.8 }, { head: t('drill.col.limit'), share: 1, align: 'right' }, { head: t('drill.col.took'), share: 1.1, align: 'right' }, { head: t('drill.col.rating'), share: 2 }],
    score.tasks.map((one) => [
      one.no, `${one.text}\n${t(`drill.act.${one.act}`)}`, one.person ? person(one.person) : listed(one.orgs.map(nameOf), words),
      spanSays(one.within * 60_000, words), spanSays(one.took === undefined ? undefined : one.took * 60_000, words),
      [{ text: one.rating ? t(`drill.rating.${one.rating}`) : t('drill.notYet'), bold: true }, { text: [one.why && `\n${t('document.drill.byEvaluator', { why: one.why })}`, one.doneAt === undefined && one.missing.length > 0 && one.orgs.length > 1 && `\n${t('drill.missing', { who: listed(one.missing.map(nameOf), words) })}`].filter(Boolean).join('') }],
    ]),
  );
}

function reading(paper: A4, { score, orgs, nameOf }: DrillFacts, words: Words): void {
  const { t } = words;
  const towns = score.towns.toSorted((a, b) => orgs.indexOf(a.org) - orgs.indexOf(b.org));
  const row = (name: string, coverage: Coverage, ...rest: string[]) => [name, ...coverage.after.map((one) => shareSays(one, words)), spanSays(coverage.half, words), spanSays(coverage.most, words), `${coverage.never}/${coverage.asked}`, ...rest];
  paper.heading(t('drill.reading2')).table(
    [
      { head: t('drill.col.org'), share: 2 }, ...looksAfter.map((n) => ({ head: t('drill.after', { n }), share: 1.2, align: 'right' as const })), { head: t('drill.half'), share: 1.3, align: 'right' }, { head: t('drill.most'), share: 1.3, align: 'right' },
      { head: t('drill.never'), share: 1.3, align: 'right' }, { head: t('drill.answered'), share: 1.1, align: 'right' }, { head: t('drill.answer'), share: 1.4, align: 'right' },
    ],
    [row(t('drill.all'), score.coverage, '', ''), ...towns.map((one) => row(nameOf(one.org), one.coverage, `${one.answered}/${one.urgent}`, one.urgent === 0 ? '' : spanSays(one.answer, words)))],
  );
  const used = reachWays.filter((way) => score.ways[way]);
  if (used.length === 0) return;
  paper.heading(t('drill.ways')).table(
    [{ head: t('drill.col.org'), share: 2 }, ...used.map((way) => ({ head: t(`drill.way.${way}`), share: 1, align: 'right' as const }))],
    [{ name: t('drill.all'), ways: score.ways }, ...towns.map(({ org, ways }) => ({ name: nameOf(org), ways }))].map(({ name, ways }) => [name, ...used.map((way) => { const { n = 0, half } = ways[way] ?? {}; return half === undefined ? String(n) : words.language === 'ja' ? `${n}（${spanSays(half, words)}）` : `${n} (${spanSays(half, words)})`; })]),
  );
}

function requests(paper: A4, { score, nameOf }: DrillFacts, words: Words): void {
  const { t } = words;
  paper.heading(t('drill.requests'));
  if (score.requests.length === 0) return void paper.line(t('drill.noRequests'));
  paper.table(
    [{ head: t('drill.col.no'), share: 2 }, { head: t('drill.col.org'), share: 2 }, { head: t('drill.decided'), share: 1.3, align: 'right' }, { head: t('drill.pledged'), share: 1.3, align: 'right' }, { head: t('drill.filled'), share: 1.3, align: 'right' }, { head: t('drill.shortHours'), share: 1.6, align: 'right' }],
    [...score.requests.map((one) => [one.no, nameOf(one.org), spanSays(one.decided, words), spanSays(one.pledged, words), spanSays(one.filled, words), one.shortHours.toFixed(1)]), [t('drill.all'), '', '', '', '', score.shortHours.toFixed(1)]],
  );
}

function beside(paper: A4, score: Score, before: Score, words: Words): void {
  const { t, day } = words;
  const rows: [string, (one: Score) => string][] = [
    [t('drill.points'), ({ points }) => (points === undefined ? t('drill.notYet') : t('drill.pointsIs', { n: points }))],
    ...looksAfter.map((n, i): [string, (one: Score) => string] => [`${t('drill.reading2')} ${t('drill.after', { n })}`, ({ coverage }) => shareSays(coverage.after[i]!, words)]),
    [t('drill.half'), ({ coverage }) => spanSays(coverage.half, words)], [t('drill.most'), ({ coverage }) => spanSays(coverage.most, words)],
    [t('drill.shortHours'), ({ shortHours }) => shortHours.toFixed(1)],
  ];
  paper.heading(t('document.drill.compare', { name: before.name, day: `${yearSays(before.openedAt, words)} ${day(before.openedAt)}` })).table(
    [{ head: t('drill.measure'), share: 4 }, { head: t('drill.this'), share: 2, align: 'right' }, { head: t('drill.that'), share: 2, align: 'right' }],
    rows.map(([what, of]) => [what, [{ text: of(score), bold: true }], of(before)]),
  );
}

function mended(paper: A4, { improvements, nameOf, person }: DrillFacts, words: Words): void {
  const { t, day } = words;
  paper.heading(t('drill.improvements'));
  if (improvements.length === 0) return void paper.line(t('drill.noImprovements'));
  paper.table(
    [{ head: t('drill.pointText'), share: 5 }, { head: t('drill.owner'), share: 2.4 }, { head: t('drill.due'), share: 1.8 }, { head: t('drill.col.state'), share: 1.2 }],
    improvements.map((one) => [one.text, [nameOf(one.owner), one.person && person(one.person)].filter(Boolean).join(' '), one.due === undefined ? '' : day(one.due), t(`drill.state.${one.state}`)]),
  );
}
