import { IconLine } from '@noroshi/foundations/ui';
import { useLive, useNow, useWords } from '@noroshi/foundations/web';
import { isNow, readRosters, turnsOf } from './known.ts';

/** On someone's card: that they hold the line now, or when they will next. */
export default function AboutPerson({ person }: { person: string }) {
  const { t, moment } = useWords();
  const now = useNow(60_000);
  const turn = useLive(async (stair) => turnsOf(await readRosters(stair)).find((one) => (one.person === person || one.deputy === person) && one.until > stair.now()), [person]);
  if (!turn || turn.until <= now) return null;
  const role = t(turn.person === person ? 'rota.holds' : 'rota.deputy');
  return <IconLine icon="clock">{isNow(turn, now) ? t('rota.cardNow', { role, until: moment(turn.until) }) : t('rota.cardNext', { role, from: moment(turn.from) })}</IconLine>;
}
