import { shownOf, type Form, type Question, type Values } from './form.ts';

/**
 * What is asked next where no script can show a question as soon as another is answered: up to a new page, and up to the first question that hangs on
 * one of the same step.
 * @param from the place in the form where the step begins
 * @returns the questions, and the place where the next step begins; no questions where there is nothing more to ask
 */
export function stepFrom(form: Form, values: Values, from: number): { readonly questions: readonly Question[]; readonly next: number } {
  const shown = shownOf(form, values);
  const questions: Question[] = [];
  for (let at = from; at < form.length; at += 1) {
    const one = form[at]!;
    const hangs = one.showWhen && questions.some(({ id }) => id === one.showWhen!.q);
    if (questions.length > 0 && (one.page || hangs)) return { questions, next: at };
    if (shown.includes(one)) questions.push(one);
  }
  return { questions, next: form.length };
}
