import type { ComponentChildren } from 'preact';
import { Button } from './Button.tsx';
import type { IconName } from './Icon.tsx';

interface AnswerButtonsProps<Value extends string> {
  /** Names the group. */
  label: string;
  /** The first is the usual answer: wide, and filled when it is the oldest thing owed here. */
  answers: readonly { value: Value; label: ComponentChildren; icon?: IconName | undefined }[];
  onAnswer: (value: Value) => void;
  /** Whether this is the one filled button of the screen; otherwise it is outlined. */
  lead?: boolean | undefined;
  /** The one given, while it is being changed. */
  current?: Value | undefined;
  busy?: { value: Value; word: string } | undefined;
}

/** An answer in one press: one wide, the others smaller and equal. */
export const AnswerButtons = <Value extends string>({ label, answers, onAnswer, lead = true, current, busy }: AnswerButtonsProps<Value>) => (
  <div class="answers" role="group" aria-label={label}>
    {answers.map((answer, n) => (
      <Button key={answer.value} kind={n ? 'plain' : lead ? 'main' : 'strong'} class={n ? undefined : 'first tall'} icon={current === undefined ? answer.icon : current === answer.value ? 'check' : undefined} pressed={current === undefined ? undefined : current === answer.value}
        busy={busy?.value === answer.value ? busy.word : undefined} disabled={busy && busy.value !== answer.value}
        onClick={() => onAnswer(answer.value)}>{answer.label}</Button>
    ))}
  </div>
);
