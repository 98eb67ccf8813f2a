import { incident, type Incident } from '@noroshi/features/incident';
import { Band } from '@noroshi/foundations/ui';
import { useLive, useNow, useWords } from '@noroshi/foundations/web';
import { answerOf } from '../appointment.ts';
import { isDay, localAt } from '../local-time.ts';
import { readCalendars, shownOn, titleOf } from './known.ts';

/** One line with what is today, and what comes next of it; not while a disaster is under way, when only what is owed stands there. */
export default function HomeNote() {
  const words = useWords();
  const { t, language } = words;
  const now = localAt(useNow(60_000));
  const known = useLive(async (stair) => {
    if ((await stair.replica.all<Incident>(incident.noun)).some(({ value }) => value.closedAt === undefined && !value.drill)) return undefined;
    return { ...(await readCalendars(stair, words)), me: stair.actor.person };
  }, [language]);
  if (!known) return null;
  const times = shownOn(known.calendars.filter(({ id, closed }) => !closed && !known.hidden.has(id)), now, now).filter(({ of, on, end, start }) => answerOf(of, known.me, on) !== 'no' && (isDay(start) || end > now));
  if (times.length === 0) return null;
  const next = times.find(({ start }) => !isDay(start) && start >= now) ?? times[0]!;
  return <Band kind="duty" icon="calendar" href={`/calendar?view=list&day=${now.slice(0, 10)}`}>{t('calendar.today.n', { n: times.length })}　{isDay(next.start) ? t('calendar.allDay') : next.start.slice(11)} {titleOf(next, words)}</Band>;
}
