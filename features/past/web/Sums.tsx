import { save } from '@noroshi/features/directory/web';
import { listed } from '@noroshi/foundations/i18n';
import { Button, Facts, SectionHead, Table } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import type { Remark } from '../reading/line.ts';
import type { Chosen, Plan } from './plan.ts';
import { reportCsv, span, whySays } from './says.ts';

/** So many lines and names are shown; the table that is saved has all of them. */
const shown = { lines: 20, names: 30 } as const;

/** 試しに読んだ結果: what would be brought, and each line that would not, before anything is. */
export function Sums({ chosen: { read, prepared }, plan: { sorted, room, pages, keepsFile, from, to } }: { chosen: Chosen; plan: Plan }) {
  const words = useWords();
  const { t } = words;
  const { left, matched, unmatched, lines } = sorted;
  const here = left.filter(({ why }) => why === 'here').length;
  const partly = room === undefined ? read.partly : partlyOf(read.partly, lines);
  const n = (count: number): string => count.toLocaleString('en');
  return (
    <section>
      <SectionHead title={t('past.trial')} aside={t('past.trialSays')} />
      <Facts facts={[
        { term: t('past.kind'), is: t(`past.source.${read.source}`) },
        { term: t('past.taken'), is: <b>{t('past.linesN', { n: n(lines.length) })}</b> },
        ...(pages.length > 0 ? [{ term: t('past.time'), is: span({ from, to }, words) }] : []),
        { term: t('past.known'), is: t('past.peopleN', { n: matched.size }) },
        { term: t('past.strange'), is: names([...unmatched], words) },
        ...(here > 0 ? [{ term: t('past.here'), is: t('past.linesN', { n: n(here) }) }] : []),
        { term: t('past.left'), is: t('past.placesN', { n: n(left.length - here) }) },
        { term: t('past.partly'), is: t('past.placesN', { n: n(partly.length) }) },
      ]} />
      {!keepsFile && <p>{t('past.fileNotKept')}</p>}
      <Remarks title={t('past.left')} remarks={left.filter(({ why }) => why !== 'here' && why !== 'otherRoom')} />
      <Remarks title={t('past.partly')} remarks={partly} />
      {left.length + partly.length > 0 && <Button wide icon="doc" onClick={() => save({ name: `${prepared.name}-${t('past.reportName')}.csv`, type: 'text/csv', file: new Blob([reportCsv({ left, partly }, words)]) })}>{t('past.report')}</Button>}
    </section>
  );
}

/** Of several rooms, what is told of the one that is taken. */
function partlyOf(partly: readonly Remark[], lines: readonly { readonly n: number }[]): readonly Remark[] {
  const taken = new Set(lines.map(({ n }) => n));
  return partly.filter(({ n }) => taken.has(n));
}

function names(all: readonly string[], words: ReturnType<typeof useWords>): string {
  const { t } = words;
  if (all.length === 0) return t('past.nobody');
  return all.length > shown.names ? t('past.namesMore', { names: listed(all.slice(0, shown.names), words), n: all.length - shown.names }) : listed(all, words);
}

function Remarks({ title, remarks }: { title: string; remarks: readonly Remark[] }) {
  const words = useWords();
  const { t } = words;
  if (remarks.length === 0) return null;
  return (
    <details class="past-remarks">
      <summary>{t('past.looks', { title, n: remarks.length })}</summary>
      <Table<Remark> caption={title} rows={remarks.slice(0, shown.lines)} rowKey={({ n, why }) => `${n}${why}`} columns={[
        { head: t('past.column.line'), numeric: true, cell: ({ n }) => n },
        { head: t('past.column.why'), cell: ({ why }) => whySays(why, words) },
        { head: t('past.column.begins'), cell: ({ says }) => says },
      ]} />
      {remarks.length > shown.lines && <p class="sub">{t('past.more', { n: remarks.length - shown.lines })}</p>}
    </details>
  );
}
