import { listed } from '@noroshi/foundations/i18n';
import { State, type StateKind } from '@noroshi/foundations/ui';
import { useNow, useWords } from '@noroshi/foundations/web';
import type { Rating } from '../drill-run.ts';
import type { Task } from '../questions.ts';
import type { Known } from './known.ts';
import { minutesIn } from '../spans.ts';

const kinds: Readonly<Record<Rating, StateKind>> = { P: 'ok', S: 'doing', M: 'short', U: 'urgent' };

/** P・S・M・U: letter, word and shape. */
export const RatingWord = ({ rating }: { rating: Rating }) => <State kind={kinds[rating]}>{useWords().t(`drill.rating.${rating}`)}</State>;

/** How one act stands: its rating, or how much time is left; how long it took, and who has not done it. */
export function TaskState({ task, known }: { task: Task; known: Pick<Known, 'org'> }) {
  const words = useWords();
  const { t } = words;
  const now = useNow(30_000);
  const { rating, doneAt, took, due, missing } = task;
  return (
    <>
      {rating ? <RatingWord rating={rating} /> : <State kind="quiet">{t('drill.running', { n: Math.max(0, Math.ceil((due - now) / 60_000)) })}</State>}
      {took !== undefined && <span class="sub">{t('drill.doneIn', { n: minutesIn(took * 60_000) })}</span>}
      {doneAt === undefined && missing.length > 0 && <span class="sub">{t('drill.missing', { who: listed(missing.map(known.org), words) })}</span>}
      {task.why && <span class="sub">{task.why}</span>}
    </>
  );
}
