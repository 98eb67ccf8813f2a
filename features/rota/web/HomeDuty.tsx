import { Band } from '@noroshi/foundations/ui';
import { useLive, useNow, useStair, useWords } from '@noroshi/foundations/web';
import { isNow, readRosters, turnsOf } from './known.ts';

/** So far ahead a turn of one's own is told of on Home (milliseconds). */
const near = 24 * 3_600_000;

/** One line where one holds the line now or within a day, or is asked to take over a turn. */
export default function HomeDuty() {
  const { t, moment } = useWords();
  const { actor: { person, role } } = useStair();
  const now = useNow(60_000);
  const turns = useLive(async (stair) => (role === 'guest' ? [] : turnsOf(await readRosters(stair)).filter(({ until }) => until > stair.now())), [role]);
  const asked = turns?.find((one) => one.asked?.to === person && one.until > now);
  if (asked) return <Band kind="duty" icon="loop" href="/rota">{t('rota.youAreAsked', { from: moment(asked.from) })}</Band>;
  const mine = turns?.find((one) => (one.person === person || one.deputy === person) && one.until > now && one.from - now < near);
  return mine ? <Band kind="duty" icon="clock" href="/rota">{t(isNow(mine, now) ? mine.person === person ? 'rota.youNow' : 'rota.youDeputyNow' : 'rota.youSoon', { from: moment(mine.from), until: moment(mine.until) })}</Band> : null;
}
