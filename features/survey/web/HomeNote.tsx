import { Band } from '@noroshi/foundations/ui';
import { useLive, useNow, useStair, useWords } from '@noroshi/foundations/web';
import { isAskedIn, readSurveys } from './known.ts';

/** Until then a disaster that was opened and in which nobody was asked is offered (milliseconds). */
const offered = 6 * 3_600_000;

/** For headquarters: a disaster is under way, and nobody has been asked whether they are safe. One press leads there. */
export default function HomeNote() {
  const { t, language } = useWords();
  const { actor } = useStair();
  const now = useNow(60_000);
  const known = useLive((stair) => readSurveys(stair, language), [language]);
  if (!known || actor.org !== known.headquarters || actor.role === 'guest') return null;
  const open = known.incidents.filter((one) => one.closedAt === undefined && !one.drill && now - one.openedAt < offered && !isAskedIn(known, one.id));
  return <>{open.map((one) => <Band key={one.id} kind="duty" icon="people" href={`/survey/ask?incident=${one.id}`}>{t('survey.notAskedYet', { name: one.name })}</Band>)}</>;
}
