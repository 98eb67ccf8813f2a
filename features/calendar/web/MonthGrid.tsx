import { useWords } from '@noroshi/foundations/web';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { holidayOn } from '../holidays.ts';
import { addDays, addMonths, dayNo, daysFrom, isDay, lastDayOf, weekday, type Local } from '../local-time.ts';
import { CalendarMark } from './CalendarMark.tsx';
import { titleOf, type Shown } from './known.ts';
import { daySays, holidayKey, monthSays, weekdayNames } from './says.ts';

/** The weeks that a month touches: from a Sunday to a Saturday. */
export function weeksOf(day: Local): Local[][] {
  const first = addMonths(day, 0);
  const last = addDays(addMonths(day, 1), -1);
  const from = addDays(first, -weekday(dayNo(first)));
  return Array.from({ length: Math.ceil((dayNo(last) - dayNo(from) + 1) / 7) }, (_, i) => daysFrom(addDays(from, i * 7), addDays(from, i * 7 + 6)));
}

/** So many are named in a cell of the desk, and so many marked in one of the phone. */
const named = 3;
const marked = 4;

/** A month as a grid. One day is chosen; arrow keys go from day to day, Page up and down from month to month. (ARIA grid) */
export function MonthGrid({ day, today, times, onChoose }: { day: Local; today: Local; times: readonly Shown[]; onChoose: (day: Local) => void }) {
  const words = useWords();
  const { t } = words;
  const grid = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  const byDay = useMemo(() => {
    const all = new Map<Local, Shown[]>();
    for (const time of times) for (const one of daysFrom(time.start, lastDayOf(time))) all.set(one, [...all.get(one) ?? [], time]);
    return all;
  }, [times]);
  useLayoutEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    grid.current?.querySelector<HTMLElement>('[role=gridcell][tabindex="0"]')?.focus();
  }, [day]);
  const go = (to: Local): void => {
    moved.current = true;
    onChoose(to);
  };
  const onKey = (event: KeyboardEvent): void => {
    const at = weekday(dayNo(day));
    const sameDay = (months: number): Local => {
      const first = addMonths(day, months);
      const most = addDays(addMonths(first, 1), -1);
      const wanted = `${first.slice(0, 8)}${day.slice(8, 10)}`;
      return wanted > most ? most : wanted;
    };
    const to = { ArrowLeft: addDays(day, -1), ArrowRight: addDays(day, 1), ArrowUp: addDays(day, -7), ArrowDown: addDays(day, 7), Home: addDays(day, -at), End: addDays(day, 6 - at), PageUp: sameDay(-1), PageDown: sameDay(1) }[event.key];
    if (!to || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <div class="cal-month" role="grid" tabIndex={-1} aria-label={monthSays(day, words)} ref={grid} onKeyDown={onKey}>
      <div class="cal-row" role="row">{weekdayNames(words).map((name, i) => <span key={i} role="columnheader" class={i === 0 ? 'cal-sun' : i === 6 ? 'cal-sat' : undefined}>{name}</span>)}</div>
      {weeksOf(day).map((week) => (
        <div key={week[0]} class="cal-row" role="row">{week.map((one) => {
          const here = byDay.get(one) ?? [];
          const holiday = holidayOn(one);
          const at = weekday(dayNo(one));
          const label = [daySays(one, words), one === today && t('calendar.today'), holiday && t(holidayKey(holiday)), here.length > 0 ? t('calendar.times', { n: here.length }) : t('calendar.nothing')].filter(Boolean).join(' ');
          return (
            <div key={one} role="gridcell" tabIndex={one === day ? 0 : -1} aria-selected={one === day} aria-current={one === today ? 'date' : undefined}
              class={['cal-cell', one.slice(0, 7) === day.slice(0, 7) ? '' : 'cal-other', at === 0 || holiday ? 'cal-sun' : at === 6 ? 'cal-sat' : ''].join(' ')} onClick={() => go(one)}>
              <span class="sr">{label}</span>
              <span class="cal-no" aria-hidden="true">{Number(one.slice(8))}</span>
              {holiday && <span class="cal-name" aria-hidden="true">{t(holidayKey(holiday))}</span>}
              <span class="cal-marks" aria-hidden="true">{here.slice(0, marked).map((time, i) => <CalendarMark key={i} mark={time.calendar.mark} />)}{here.length > marked && <span class="cal-more">+{here.length - marked}</span>}</span>
              <span class="cal-chips" aria-hidden="true">{here.slice(0, named).map((time, i) => <span key={i} class={`cal-chip cal-${time.calendar.mark}`}><CalendarMark mark={time.calendar.mark} />{isDay(time.start) || time.start.slice(0, 10) !== one ? '' : `${time.start.slice(11)} `}{titleOf(time, words)}</span>)}
                {here.length > named && <span class="cal-chip">{t('calendar.more', { n: here.length - named })}</span>}</span>
            </div>
          );
        })}</div>
      ))}
    </div>
  );
}
