import { Bar, Button, Chips, EmptyNote, FieldError, IconButton, Loading, Page, Pane, SectionHead, ToggleChips } from '@noroshi/foundations/ui';
import { useFrame, useLive, useNow, useRoute, useSending, useStair, useWords, WhenWhole } from '@noroshi/foundations/web';
import type { Id } from '@noroshi/foundations/kernel';
import { useMemo } from 'preact/hooks';
import { addDays, addMonths, dayNo, daysFrom, isDay, isLocal, localAt, lastDayOf, weekday, type Local } from '../local-time.ts';
import { openOwn } from '../open-calendar.ts';
import { CalendarMark } from './CalendarMark.tsx';
import { DayList } from './DayList.tsx';
import { hiddenPlace, readCalendars, shownOn, type Known, type Shown } from './known.ts';
import { MonthGrid, weeksOf } from './MonthGrid.tsx';
import { daySays, monthSays, shortDay } from './says.ts';
import { WeekGrid } from './WeekGrid.tsx';
import './calendar.css';

const views = ['month', 'week', 'list'] as const;
type View = (typeof views)[number];
/** So many days a list shows at once. */
const listed = 31;

/** 予定表: a month, a week, or a list of what comes. What is shown is the address: it can be sent and come back to. */
export default function CalendarPage() {
  const words = useWords();
  const { t, language } = words;
  const frame = useFrame();
  const route = useRoute();
  const { actor } = useStair();
  const now = useNow(60_000);
  const known = useLive((stair) => readCalendars(stair, words), [language]);
  const today = localAt(now).slice(0, 10);
  const asked = route.search.get('day') ?? '';
  const day = isLocal(asked) && isDay(asked) ? asked : today;
  const view = views.find((one) => one === route.search.get('view')) ?? 'month';
  const show = (to: Local, as: View = view): void => route.go(`/calendar?view=${as}&day=${isLocal(to) ? to : day}`, { replace: true });
  const [first, last] = view === 'month' ? [weeksOf(day)[0]![0]!, weeksOf(day).at(-1)!.at(-1)!] : view === 'week' ? [addDays(day, -weekday(dayNo(day))), addDays(day, 6 - weekday(dayNo(day)))] : [day, addDays(day, listed - 1)];
  const times = useMemo(() => (known ? shownOn(known.calendars.filter(({ id }) => !known.hidden.has(id)), first, last) : []), [known, first, last]);
  const step = (by: number): Local => (view === 'month' ? addMonths(day, by) : addDays(day, by * (view === 'week' ? 7 : listed)));
  const writes = known?.calendars.some(({ mayWrite }) => mayWrite);
  const heading = view === 'month' ? monthSays(day, words) : `${shortDay(first, words)}–${shortDay(last, words)}`;
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} 
      head={<>
        <Bar title={t('calendar.title')} back={{ label: t('app.back'), href: '/more' }} actions={writes && <Button kind="main" low icon="plus" href={`/calendar/write?day=${day}`}>{t('calendar.put')}</Button>} />
        {frame.bands}
        <div class="cal-tools">
          <div class="cal-steps">
            <IconButton icon="back" label={t(`calendar.before.${view}`)} onClick={() => show(step(-1))} />
            <h2 aria-live="polite">{heading}</h2>
            <IconButton icon="next" label={t(`calendar.after.${view}`)} onClick={() => show(step(1))} />
            <Button low onClick={() => show(today)}>{t('calendar.today')}</Button>
          </div>
          <Chips legend={t('calendar.view')} quiet value={view} onChange={(as) => show(day, as)} choices={views.map((one) => ({ value: one, label: t(`calendar.view.${one}`) }))} />
        </div>
      </>}
      side={view === 'month' && known && known.calendars.length > 0 && <Pane at="side" label={daySays(day, words)}><DayList day={day} times={times} level={2} /></Pane>}>
      {!known && <Loading>{t('app.loading')}</Loading>}
      {known && known.calendars.length === 0 && <WhenWhole><EmptyNote>{t('calendar.none')}</EmptyNote></WhenWhole>}
      {known && known.calendars.length > 0 && <>
        {view === 'month' && <>
          <MonthGrid day={day} today={today} times={times} onChoose={(to) => show(to)} />
          <div class="phone-only"><DayList day={day} times={times} /></div>
        </>}
        {view === 'week' && <>
          <div class="cal-wide"><WeekGrid days={daysFrom(first, last)} today={today} times={times} onDay={(to) => show(to, 'list')} /></div>
          <div class="phone-only">{daysFrom(first, last).map((one) => <DayList key={one} day={one} times={times} />)}</div>
        </>}
        {view === 'list' && <List first={first} last={last} times={times} onMore={() => show(step(1))} />}
      </>}
      {known && <Which known={known} own={actor.role !== 'guest'} />}
    </Page>
  );
}

/** The days on which something is, one after the other. */
function List({ first, last, times, onMore }: { first: Local; last: Local; times: readonly Shown[]; onMore: () => void }) {
  const { t } = useWords();
  const days = daysFrom(first, last).filter((day) => times.some((time) => time.start.slice(0, 10) <= day && lastDayOf(time) >= day));
  return (
    <>
      {days.length === 0 && <EmptyNote>{t('calendar.nothingThen')}</EmptyNote>}
      {days.map((day) => <DayList key={day} day={day} times={times} />)}
      <p class="cal-foot"><Button icon="down" onClick={onMore}>{t('calendar.later')}</Button></p>
    </>
  );
}

/** Which calendars there are, which of them are shown here, and where one opens and tends them. */
function Which({ known: { calendars, hidden }, own }: { known: Known; own: boolean }) {
  const { t } = useWords();
  const stair = useStair();
  const sending = useSending();
  const choose = (shown: readonly Id[]): void => void stair.replica.outbox.draft.put({ place: hiddenPlace, text: JSON.stringify(calendars.map(({ id }) => id).filter((id) => !shown.includes(id))), at: stair.now() });
  const mine = calendars.find(({ isMine }) => isMine);
  return (
    <section class="cal-which">
      <SectionHead title={t('calendar.shown')} />
      <div class="form">
        {calendars.length > 0 && <ToggleChips legend={t('calendar.shown')} quiet values={calendars.map(({ id }) => id).filter((id) => !hidden.has(id))} onChange={choose}
          choices={calendars.map(({ id, name, mark, closed }) => ({ value: id, whole: true, label: <><CalendarMark mark={mark} /> {name}</>, ...(closed ? { note: t('calendar.isClosed') } : {}) }))} />}
        {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
        <div class="cal-tend">
          {own && !mine && <Button icon="plus" busy={sending.busy ? t('calendar.sending') : undefined} onClick={() => void sending.send(openOwn, { mark: 1 })}>{t('calendar.openOwn')}</Button>}
          {own && <Button icon="plus" href="/calendar/open">{t('calendar.open')}</Button>}
          {calendars.length > 0 && <Button icon="gear" href="/calendar/settings">{t('calendar.settings')}</Button>}
        </div>
      </div>
    </section>
  );
}
