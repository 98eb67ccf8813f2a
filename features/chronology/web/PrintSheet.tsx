import type { Incident } from '@noroshi/features/incident';
import { Bar, Button, DrillFrame, DrillWord, Page } from '@noroshi/foundations/ui';
import { useFrame, useLine, useNow, useWords } from '@noroshi/foundations/web';
import type { Filter } from '../filter.ts';
import type { Row } from '../rows.ts';
import { filterSays } from './says.ts';
import type { Shown } from './use-rows.ts';

const columns = ['no', 'on', 'at', 'kind', 'from', 'to', 'channel', 'content', 'place', 'unit', 'state', 'recorder'] as const;

interface Props { shown: Shown; of: Incident; rows: readonly Row[]; filter: Filter; back: string }

/** The same lines on A3, landscape: each page bears the incident, as of when, the filter, its number, and 訓練 where it is one. (K7) */
export function PrintSheet({ shown, of, rows, filter, back }: Props) {
  const words = useWords();
  const { t, time, moment } = words;
  const frame = useFrame();
  const line = useLine();
  const now = useNow();
  const says = filterSays(filter, shown, words);
  const cell = (row: Row, column: typeof columns[number]) => {
    switch (column) {
      case 'no': return row.no ?? '';
      case 'on': return moment(row.on);
      // By itself it is written down as it happens.
      case 'at': return row.no === undefined ? '' : words.dayNumber(row.at) === words.dayNumber(row.on) ? time(row.at) : moment(row.at);
      case 'kind': return t(`chronology.kind.${row.kind}`);
      case 'content': return <>
        {row.corrected ? <><s>{row.content}</s> <b>{t('chronology.corrected', { no: row.corrected.no })}</b></> : row.content}
        {row.corrects && <b>（{t('chronology.corrects', { no: row.corrects.no })}）</b>}
      </>;
      case 'state': return row.order && !row.corrected && <>
        <b>{t(`chronology.state.${row.order.state}`)}</b>{row.order.overdue && <b> ■{t('chronology.overdue')}</b>}
        <br />{row.order.owner}{row.order.due !== undefined && <><br />{t('chronology.dueBy', { time: moment(row.order.due) })}</>}
      </>;
      // By itself it bears the name of who did it once.
      case 'recorder': return row.no === undefined ? '' : row.recorder;
      default: return row[column];
    }
  };
  const page = (
    <Page skipLabel={frame.skipLabel} head={<Bar title={<>{of.drill && <DrillWord>{t('app.drillMark')}</DrillWord>}{t('chronology.toPrint')}</>} subtitle={of.name} back={{ label: t('app.back'), href: back }} />}
      foot={<Button kind="main" wide icon="print" onClick={() => print()}>{t('chronology.print')}</Button>}>
      <p class="chron-not-printed">{t('chronology.printSays')}{line.state !== 'open' && ` ${t('chronology.noNetworkPrint', { time: moment(line.since) })}`}</p>
      <div class="chron-paper" data-sideways tabIndex={0} role="region" aria-label={t('chronology.title')}>
        <table>
          <caption class="sr">{t('chronology.title')}</caption>
          {/* The first row is one cell: here stands how wide each column is. */}
          <colgroup>{columns.map((column) => <col key={column} class={`c-${column}`} />)}</colgroup>
          <thead>
            <tr class="chron-paper-head">
              <td colSpan={columns.length}>
                <span>
                  <b>{of.drill && t('app.drillMark')}{t('chronology.title')}　{of.name}</b>
                  <span>{words.beside([t('chronology.asOf', { time: moment(now) }), visibleSays(rows.length, shown.rows.length, words)])}</span>
                  <span>{says ? t('chronology.filtered', { says }) : t('chronology.filteredNot')}</span>
                  {of.drill && <b>{t('incident.drillBand')}</b>}
                </span>
              </td>
            </tr>
            <tr>{columns.map((column) => <th key={column} scope="col" class={`c-${column}`}>{t(`chronology.column.${column}`)}</th>)}</tr>
          </thead>
          <tbody>{rows.map((row) => <tr key={row.key}>{columns.map((column) => <td key={column} class={`c-${column}`}>{cell(row, column)}</td>)}</tr>)}</tbody>
        </table>
      </div>
    </Page>
  );
  return of.drill ? <DrillFrame band={t('incident.drillBand')}>{page}</DrillFrame> : page;
}

const visibleSays = (n: number, of: number, { t }: Pick<ReturnType<typeof useWords>, 't'>): string => (n === of ? t('chronology.count', { n }) : t('chronology.countOf', { n, of }));
