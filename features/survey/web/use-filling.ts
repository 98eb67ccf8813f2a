import { useState } from 'preact/hooks';
import { isAnswered, shownOf, type Form, type Question, type Values } from '../form.ts';
import { pagesOf } from '../pages.ts';

/** A form while somebody fills it in, page by page. */
export interface Filling {
  readonly values: Values;
  readonly change: (id: string, value: Values[string] | undefined) => void;
  /** The questions of the page that is open. */
  readonly questions: readonly Question[];
  readonly here: number;
  readonly pages: number;
  readonly isLast: boolean;
  /** What must be answered on this page and is not; told from the first press on. */
  readonly lacking: readonly Question[];
  readonly pressed: boolean;
  /** Goes on to the next page, where nothing is lacking. @returns whether this was the last page and all of it is answered */
  readonly next: () => boolean;
  readonly back: () => void;
}

/** @param begun what was answered before */
export function useFilling(form: Form, begun: Values): Filling {
  const [values, setValues] = useState<Values>(begun);
  const [at, turn] = useState(0);
  const [pressed, press] = useState(false);
  const pages = pagesOf(shownOf(form, values));
  const here = Math.max(0, Math.min(at, pages.length - 1));
  const questions = pages[here] ?? [];
  const lacking = questions.filter((one) => one.required && !isAnswered(values[one.id]));
  const isLast = here >= pages.length - 1;
  return {
    values, questions, here, pages: pages.length, isLast, lacking, pressed,
    change(id, value) {
      const { [id]: _before, ...rest } = values;
      setValues(value === undefined ? rest : { ...rest, [id]: value });
    },
    next() {
      press(true);
      if (lacking.length > 0) return false;
      if (isLast) return true;
      press(false);
      turn(here + 1);
      return false;
    },
    back() {
      press(false);
      turn(here - 1);
    },
  };
}
