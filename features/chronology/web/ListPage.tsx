import { Bar, Button, DrillFrame, DrillWord, EmptyNote, Icon, Loading, Page, Pane, Tag } from '@noroshi/foundations/ui';
import { useFrame, useRoute, useStair, useWords, WhenWhole, type PageProps } from '@noroshi/foundations/web';
import { Fragment } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { filterOf, filterQuery, isShown, type Filter } from '../filter.ts';
import { mayRecord } from '../may-record.ts';
import type { Row } from '../rows.ts';
import { FilterFields } from './FilterFields.tsx';
import { OrderState } from './OrderState.tsx';
import { PrintSheet } from './PrintSheet.tsx';
import { filterSays } from './says.ts';
import { useChronology, useHeldBack, type Shown } from './use-rows.ts';
import './chronology.css';

/** How many lines stand on the screen at first, the newest; whoever wants more asks. A telephone builds no thousands. */
const atFirst = 200;

/** クロノロジー: what happened, in the order of time, as it comes; filtered by the address; and the same as a sheet of A3. */
export default function ListPage({ params }: PageProps) {
  const words = useWords();
  const { t } = words;
  const frame = useFrame();
  const route = useRoute();
  const { actor } = useStair();
  const filter = filterOf(route.search);
  const follows = route.search.has('live');
  const shown = useChronology(params['incident'], filter.order);
  const { visible, fresh, isNew, show } = useHeldBack(shown, filter, follows);
  const of = shown?.of;
  const here = `/chronology${of ? `/${of.id}` : ''}`;
  const change = (next: Filter, follow = follows): void => route.go(`${here}${filterQuery({ ...next, ...(follow ? { live: 1 } : {}) } as Filter)}`, { replace: true });
  const [depth, dig] = useState(atFirst);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => { if (follows) end.current?.scrollIntoView({ block: 'end' }); }, [follows, visible.length]);
  if (shown && of && route.search.has('print')) return <PrintSheet shown={shown} of={of} rows={shown.rows.filter((row) => isShown(row, filter))} filter={filter} back={`${here}${filterQuery(filter)}`} />;

  const says = shown && filterSays(filter, shown, words);
  const fields = shown && of && <FilterFields shown={shown} filter={filter} follows={follows} onChange={change} here={here} />;
  const reveal = (): void => {
    show();
    // The first of them comes into view; whoever reads by ear or keyboard goes on from there.
    setTimeout(() => {
      const first = document.querySelector<HTMLElement>('.chron-row.new a');
      first?.scrollIntoView({ block: 'center' });
      first?.focus({ preventScroll: true });
    });
  };
  const page = (
    <Page
      skipLabel={frame.skipLabel}
      tabs={frame.tabs}
      head={<><Bar title={<>{of?.drill && <DrillWord>{t('app.drillMark')}</DrillWord>}{t('chronology.title')}</>} subtitle={of?.name} back={{ label: t('app.back'), href: '/more' }} />{!of?.drill && frame.bands}</>}
      side={fields && <Pane at="side" label={t('chronology.filter')} head={<Bar level={2} title={t('chronology.filter')} />}>{fields}</Pane>}
      foot={of && <>
        <span class="chron-fresh" role="status">{fresh > 0 && <Button wide icon="down" onClick={reveal}>{t('chronology.fresh', { n: fresh })}</Button>}</span>
        {mayRecord(actor, of).ok && <Button kind="main" wide icon="edit" href={`/chronology/write?incident=${of.id}`}>{t('chronology.write')}</Button>}
      </>}
    >
      {!shown && <Loading>{t('app.loading')}</Loading>}
      {shown && !of && <WhenWhole><EmptyNote>{t('chronology.none')}</EmptyNote></WhenWhole>}
      {shown && of && (
        <div class="chron">
          {shown.incidents.filter(({ id, closedAt }) => id !== of.id && closedAt === undefined).map((one) => <p key={one.id}><a class="link" href={`/chronology/${one.id}`}>{one.drill && <Tag kind="drill">{t('home.drill')}</Tag>} {one.name}</a></p>)}
          <details class="phone-only chron-filter">
            <summary><Icon name="gear" />{t('chronology.filter')}</summary>
            {fields}
          </details>
          <p class="chron-head">
            <b>{visible.length === shown.rows.length ? t('chronology.count', { n: visible.length }) : t('chronology.countOf', { n: visible.length, of: shown.rows.length })}</b>
            {says && <><span>{t('chronology.filtered', { says })}</span><a class="link" href={here}>{t('chronology.filterOff')}</a></>}
            {visible.length > 3 && <button type="button" class="link" onClick={() => end.current?.scrollIntoView({ block: 'end' })}>{t('chronology.toNewest')}</button>}
          </p>
          {shown.rows.length === 0 && <WhenWhole><EmptyNote>{t('chronology.empty')}</EmptyNote></WhenWhole>}
          {shown.rows.length > 0 && visible.length === 0 && <EmptyNote>{t('chronology.noneShown')}</EmptyNote>}
          {visible.length > depth && <div class="chron-head"><Button wide icon="up" onClick={() => dig(depth + 500)}>{t('chronology.earlier', { n: Math.min(500, visible.length - depth) })}</Button></div>}
          <Lines rows={visible.slice(-depth)} shown={shown} isNew={isNew} byEntry={filter.order === 'entry'} />
          <div ref={end} />
        </div>
      )}
    </Page>
  );
  return of?.drill ? <DrillFrame band={t('incident.drillBand')}>{page}</DrillFrame> : page;
}

/** The lines, a heading for each day. */
function Lines({ rows, shown, isNew, byEntry }: { rows: readonly Row[]; shown: Shown; isNew: (key: string) => boolean; byEntry: boolean }) {
  const { day, dayNumber } = useWords();
  const when = (row: Row): number => (byEntry ? row.at : row.on);
  const days = [...Map.groupBy(rows, (row) => dayNumber(when(row)))];
  return (
    <>{days.map(([n, all]) => (
      <Fragment key={n}>
        <h2 class="chron-day">{day(when(all[0]!))}</h2>
        <ol>{all.map((row) => <Line key={row.key} row={row} waits={shown.waiting.has(row.key)} isNew={isNew(row.key)} incident={shown.of!.id} />)}</ol>
      </Fragment>
    ))}</>
  );
}

function Line({ row, waits, isNew, incident }: { row: Row; waits: boolean; isNew: boolean; incident: string }) {
  const words = useWords();
  const { t, time, moment, dayNumber } = words;
  // What was written down long after it happened says so.
  const late = row.no !== undefined && row.at - row.on > 10 * 60_000;
  const ways = words.beside([[row.from, row.to].filter(Boolean).join(' → '), row.channel, row.place, row.unit]);
  return (
    <li class={`chron-row${isNew ? ' new' : ''}${row.corrected ? ' old' : ''}${row.no === undefined ? ' itself' : ''}`}>
      <a href={row.href}>
        <time>{time(row.on)}</time>
        <span class="chron-kind"><Tag>{t(`chronology.kind.${row.kind}`)}</Tag></span>
        <span class="chron-words">
          {isNew && <b class="chron-new">{t('chronology.new')}</b>}
          {row.corrected ? <s>{row.content}</s> : row.content}
        </span>
        <span class="sub chron-ways">{ways}</span>
        <span class="chron-end">
          {row.no !== undefined && <span class="sub">{t('chronology.no', { no: row.no })}</span>}
          {waits && <Tag kind="guess">{t('chronology.provisional')}</Tag>}
          {row.order && !row.corrected && <OrderState order={row.order} />}
          {late && <span class="sub">{t('chronology.enteredBy', { time: dayNumber(row.at) === dayNumber(row.on) ? time(row.at) : moment(row.at), who: '' }).trim()}</span>}
        </span>
      </a>
      {(row.corrected || row.corrects || row.source) && (
        <p class="chron-links">
          {row.corrected && <a class="link" href={`/chronology/${incident}/${row.corrected.entry}`}>{t('chronology.corrected', { no: row.corrected.no })}</a>}
          {row.corrects && <a class="link" href={`/chronology/${incident}/${row.corrects.entry}`}>{t('chronology.corrects', { no: row.corrects.no })}</a>}
          {row.source && <a class="link" href={`/talk/${row.source.room}?m=${row.source.message}`}><Icon name="talk" />{t('chronology.sourceOpen')}</a>}
        </p>
      )}
    </li>
  );
}

