import { EmptyNote, RoomRow, State, Tag } from '@noroshi/foundations/ui';
import { useStair, useWords } from '@noroshi/foundations/web';
import { answerOf, isAsked } from '../appointment.ts';
import { holidayOn } from '../holidays.ts';
import { lastDayOf, type Local } from '../local-time.ts';
import { CalendarMark } from './CalendarMark.tsx';
import { hrefOf, titleOf, type Shown } from './known.ts';
import { daySays, holidayKey, whenSays } from './says.ts';

/** One day and what is on it. */
export function DayList({ day, times, level = 3 }: { day: Local; times: readonly Shown[]; level?: 2 | 3 }) {
  const words = useWords();
  const holiday = holidayOn(day);
  const here = times.filter((time) => time.start.slice(0, 10) <= day && lastDayOf(time) >= day);
  const Heading = `h${level}` as 'h2' | 'h3';
  return (
    <section class="cal-day">
      <Heading class="grp">{daySays(day, words)}{holiday && <span class="cal-holiday">{words.t(holidayKey(holiday))}</span>}</Heading>
      {here.length === 0 ? <EmptyNote>{words.t('calendar.nothing')}</EmptyNote> : here.map((time) => <TimeRow key={`${time.of.id}${time.on}`} time={time} day={day} />)}
    </section>
  );
}

/** One time as a row that opens it. */
export function TimeRow({ time, day }: { time: Shown; day: Local }) {
  const words = useWords();
  const { t } = words;
  const { actor } = useStair();
  const { of, calendar } = time;
  const asked = isAsked(of, actor);
  const answer = answerOf(of, actor.person, time.on);
  return (
    <RoomRow href={hrefOf(time)} mark={<CalendarMark mark={calendar.mark} />} name={titleOf(time, words)}
      tags={<>
        {of.repeat && <> <Tag>{t('calendar.repeats')}</Tag></>}
        {of.private && time.title && <> <Tag>{t('calendar.private')}</Tag></>}
      </>}
      says={words.beside([whenSays(time, words, day), time.place, calendar.name])}
      end={calendar.waits(of.id) ? <State kind="quiet" icon="clock">{t('home.waits')}</State>
        : answer ? <State kind={answer === 'yes' ? 'ok' : 'quiet'} icon={answer === 'no' ? 'close' : undefined}>{t(`calendar.answer.${answer}`)}</State>
        : asked ? <State kind="doing">{t('calendar.unanswered')}</State> : undefined} />
  );
}
