import { Table } from '@noroshi/foundations/ui';
import type { Words } from '@noroshi/foundations/i18n';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import { useWords } from '@noroshi/foundations/web';
import type { ComponentChildren } from 'preact';
import { arrivalSays, arrivalsOf, expectedOf, horizons, type Expected } from '../arrivals.ts';
import type { Respondent } from '../tally.ts';
import type { BarLine } from './Bars.tsx';

/** Who comes, a line for each time in their order, each with all who are there by then. */
export function arrivalLines(people: readonly Respondent[], now: Moment, words: Words, names: (of: readonly Respondent[]) => ComponentChildren): BarLine[] {
  const { t } = words;
  return arrivalsOf(people).map(({ kind, by, people: of, total }): BarLine => ({
    key: `${kind}/${by ?? ''}`, n: of.length, inside: names(of), label: by !== undefined && by <= now ? t('survey.comes.past', { time: arrivalSays({ kind, by }, now, words) }) : arrivalSays({ kind, by }, now, words),
    ...(kind === 'here' ? { look: 'solid', tone: 'ok', icon: 'home' } : { look: kind === 'by' ? 'solid' : 'hatch', icon: 'clock' }),
    ...(total === undefined ? {} : { before: total - of.length, total: t('survey.comes.total', { n: total }) }),
  }));
}

/** How many each organization will have, and by when. */
export function ArrivalsByOrg({ people, org, now }: { people: readonly Respondent[]; org: (id: Id) => string; now: Moment }) {
  const { t, time } = useWords();
  const rows = [...Map.groupBy(people, ({ sheet }) => sheet.org)].map(([id, of]) => ({ id, ...expectedOf(of, now) }));
  if (rows.every(({ timed, open }) => timed + open === 0)) return null;
  const [first, second] = horizons(now);
  const column = (head: string, of: keyof Expected) => ({ head, numeric: true, cell: (one: Expected) => one[of], foot: rows.reduce((sum, one) => sum + one[of], 0) });
  return (
    <div class="form">
      <p class="sub">{t('survey.comes.sums')}</p>
      <Table caption={t('survey.comes.byOrg')} rows={rows} rowKey={({ id }) => id} wide columns={[
        { head: t('survey.org'), cell: ({ id }) => org(id), foot: t('survey.sum') },
        column(t('survey.comes.here'), 'here'), column(t('survey.comes.by', { time: time(first) }), 'first'), column(t('survey.comes.by', { time: time(second) }), 'second'),
        column(t('survey.comes.later'), 'timed'), column(t('survey.comes.open'), 'open'),
      ]} />
    </div>
  );
}
