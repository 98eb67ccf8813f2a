import { useWords } from '@noroshi/foundations/web';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { holidayOn } from '../holidays.ts';
import { addDays, isDay, lastDayOf, minuteNo, type Local } from '../local-time.ts';
import { CalendarMark } from './CalendarMark.tsx';
import { hrefOf, titleOf, type Shown } from './known.ts';
import { daySays, holidayKey } from './says.ts';

/** An hour is so high (rem): half of it is as high as a thumb needs. */
const hour = 4;
/** A line of words in it is so high (rem): no half of one is shown. */
const lineOf = 0.875 * 1.35;
/** What is shorter is drawn so long (minutes), or it could not be read or pressed. */
const shortest = 48;
/** So many stand side by side; more are told as a number. */
const mostLanes = 2;

interface Placed { readonly time: Shown; readonly from: number; readonly to: number; readonly lane: number; readonly lanes: number }

/** Sets what overlaps side by side. @returns what has its place, and how many have none */
export function placed(times: readonly Shown[], day: Local): { readonly all: Placed[]; readonly left: number } {
  const midnight = minuteNo(day);
  const clamp = (minute: number): number => Math.min(1440, Math.max(0, minute - midnight));
  const all: { time: Shown; from: number; to: number; lane: number; cluster: number }[] = [];
  let [cluster, ends, left] = [-1, -1, 0];
  for (const time of times) {
    const from = Math.min(1440 - shortest, clamp(minuteNo(time.start)));
    const to = Math.max(from + shortest, clamp(minuteNo(time.end)));
    if (from >= ends) cluster += 1;
    const taken = new Set(all.filter((one) => one.cluster === cluster && one.to > from).map(({ lane }) => lane));
    const lane = [...Array(mostLanes).keys()].find((n) => !taken.has(n));
    ends = Math.max(from >= ends ? to : ends, to);
    if (lane === undefined) left += 1;
    else all.push({ time, from, to, lane, cluster });
  }
  return { left, all: all.map((one) => ({ ...one, lanes: 1 + Math.max(...all.filter((other) => other.cluster === one.cluster).map(({ lane }) => lane)) })) };
}

/** A week by hours, for the desk: a column each day, what is for whole days above. It opens at seven in the morning. */
export function WeekGrid({ days, today, times, onDay }: { days: readonly Local[]; today: Local; times: readonly Shown[]; onDay: (day: Local) => void }) {
  const words = useWords();
  const { t } = words;
  const scroll = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = scroll.current;
    if (box) box.scrollTop = 7 * hour * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  }, [days[0]]);
  const on = (day: Local): Shown[] => times.filter((time) => time.start.slice(0, 10) <= day && lastDayOf(time) >= day);
  const isLong = (time: Shown): boolean => isDay(time.start) || minuteNo(time.end) - minuteNo(time.start) >= 1440;
  return (
    <div class="cal-week">
      <div class="cal-heads">
        <span class="cal-zone">{t('calendar.allDay')}</span>
        {days.map((day) => {
          const holiday = holidayOn(day);
          const long = on(day).filter(isLong);
          // What has no room of its own is told at the head of its day.
          const left = Math.max(0, long.length - mostLanes) + placed(on(day).filter((time) => !isLong(time)), day).left;
          return (
            <div key={day} class={day === today ? 'cal-now' : undefined}>
              <button type="button" class="cal-dayhead" aria-current={day === today ? 'date' : undefined} onClick={() => onDay(day)}><b>{daySays(day, words)}</b>{holiday && <small>{t(holidayKey(holiday))}</small>}</button>
              {long.slice(0, mostLanes).map((time) => <a key={time.of.id + time.on} class={`cal-long cal-${time.calendar.mark}`} href={hrefOf(time)}><CalendarMark mark={time.calendar.mark} />{titleOf(time, words)}</a>)}
              {left > 0 && <button type="button" class="cal-long" onClick={() => onDay(day)}>{t('calendar.more', { n: left })}</button>}
            </div>
          );
        })}
      </div>
      <div class="cal-hours" ref={scroll} tabIndex={0} role="group" aria-label={t('calendar.hours')}>
        <div class="cal-scale" aria-hidden="true">{Array.from({ length: 24 }, (_, n) => <span key={n}>{n}:00</span>)}</div>
        {days.map((day) => {
          const { all } = placed(on(day).filter((time) => !isLong(time)), day);
          return (
            <section key={day} class={day === today ? 'cal-col cal-now' : 'cal-col'} aria-label={daySays(day, words)}>
              {all.map(({ time, from, to, lane, lanes }) => (
                <a key={time.of.id + time.on} class={`cal-block cal-${time.calendar.mark}`} href={hrefOf(time)}
                  style={{ top: `${(from / 60) * hour}rem`, height: `${((to - from) / 60) * hour}rem`, left: `${(lane / lanes) * 100}%`, width: `${100 / lanes}%` }}>
                  <span class="cal-clamp" style={{ WebkitLineClamp: String(Math.max(1, Math.floor((((to - from) / 60) * hour - 0.3) / lineOf))) }}>
                    <CalendarMark mark={time.calendar.mark} /><span class="cal-hour">{time.start.slice(0, 10) === day ? time.start.slice(11) : `–${time.end.slice(11)}`}</span> <b>{titleOf(time, words)}</b>
                  </span>
                </a>
              ))}
            </section>
          );
        })}
      </div>
    </div>
  );
}
export const weekOf = (day: Local, at: number): Local => addDays(day, -at);
