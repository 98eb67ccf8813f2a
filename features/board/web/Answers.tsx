import { AnswerButtons, Button, FieldError, State } from '@noroshi/foundations/ui';
import type { Id } from '@noroshi/foundations/kernel';
import { useSending, useStair, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { answerPost } from '../answer-post.ts';
import type { Post } from '../board-post.ts';

/** The buttons of a notice that has to be read. */
export function Answers({ board, post }: { board: Id; post: Post }) {
  const { t, moment } = useWords();
  const { actor } = useStair();
  const sending = useSending();
  const [changes, change] = useState(false);
  const given = post.answers?.[actor.person];
  const answers = post.must!.answers.map((label, i) => ({ value: String(i), label, icon: 'check' as const }));
  return (
    <section class="notice-answers not-printed" aria-label={t('board.answer')}>
      {given && <p role="status"><State kind="ok">{t('board.answered', { time: moment(given[1]), answer: post.must!.answers[given[0]] ?? '' })}</State></p>}
      {!given && <p class="sub">{t('board.answerPlease')}</p>}
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      {(!given || changes) && (
        <AnswerButtons label={t('board.answer')} answers={answers} current={given ? String(given[0]) : undefined}
          onAnswer={async (value) => { if (await sending.send(answerPost, { board, post: post.id, answer: Number(value) })) change(false); }} />
      )}
      {given && !changes && answers.length > 1 && <Button kind="quiet" onClick={() => change(true)}>{t('board.changeAnswer')}</Button>}
    </section>
  );
}
