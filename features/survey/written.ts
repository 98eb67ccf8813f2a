import { asSubject, type Along } from '@noroshi/features/talk';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import { chooses, type Form, type Question, type QuestionKind } from './form.ts';

/** A form while somebody makes it: what stands in the fields, also where it cannot be asked yet. */
export interface Written {
  readonly title: string;
  readonly note: string;
  readonly form: Form;
  /** Nobody learns who answered what. */
  readonly anonymous: boolean;
  /** An answer cannot be changed. */
  readonly once: boolean;
  readonly due?: Moment | undefined;
  /** So many hours before the deadline the silent are chased; nothing where they are not. */
  readonly chase?: number | undefined;
  /** Of which disaster or drill it is. */
  readonly incident?: Id | undefined;
  /** What came along from a talk, whose people are asked. */
  readonly along?: Along | undefined;
}

export const emptyWritten: Written = { title: '', note: '', form: [], anonymous: false, once: false };

/** As much as there is room for. */
export const longestTitle = 120;
export const longestNote = 1_000;

/** A form as it begins in a talk: what was brought along says what it is about, whatever it begins with. Where that has nothing more to say, the words of the template stay. */
export function begunIn(written: Written, along: Along, incident: Id | undefined): Written {
  const { subject, below } = asSubject(along.words, longestTitle);
  return { ...written, ...(subject ? { title: subject } : {}), ...(below ? { note: below.slice(0, longestNote) } : {}), along, ...(incident ? { incident } : {}) };
}

const hour = 3_600_000;
/** From when the silent are chased. */
export const chaseFromOf = ({ due, chase }: Pick<Written, 'due' | 'chase'>): Moment | undefined => (due === undefined || chase === undefined ? undefined : due - chase * hour);

/** The next free key of this kind: `q1`, `q2` … A key that was used stays used, as answers hang on it. */
function nextKey(letter: string, taken: readonly string[]): string {
  let n = taken.length + 1;
  while (taken.includes(`${letter}${n}`)) n += 1;
  return `${letter}${n}`;
}

const hasOptions = (kind: QuestionKind): boolean => kind === 'one' || kind === 'many' || kind === 'table';
const options = (n: number): { id: string; name: string }[] => Array.from({ length: n }, (_, at) => ({ id: `a${at + 1}`, name: '' }));

/** A question of this kind as it begins: two choices, one row, five steps. */
function begun(id: string, kind: QuestionKind): Question {
  return { id, kind, title: '', ...(kind === 'table' ? { options: options(1) } : hasOptions(kind) ? { options: options(2) } : {}), ...(kind === 'scale' ? { max: 5 } : {}) };
}

export const withQuestion = (form: Form, kind: QuestionKind): Form => [...form, begun(nextKey('q', form.map(({ id }) => id)), kind)];

/** Another kind of the same question. What it cannot carry goes; what hung on its choices is asked always. */
export function asKind(form: Form, id: string, kind: QuestionKind): Form {
  return loosened(form.map((one) => {
    if (one.id !== id || one.kind === kind) return one;
    const fresh = begun(id, kind);
    const { min: _min, max: _max, options: had, ...kept } = one;
    return { ...kept, ...fresh, title: one.title, ...(fresh.options && had ? { options: had } : {}) };
  }));
}

export const changed = (form: Form, id: string, more: Partial<Question>): Form => loosened(form.map((one) => (one.id === id ? (Object.fromEntries(Object.entries({ ...one, ...more }).filter(([, value]) => value !== undefined)) as Question) : one)));

/** The question one place up (-1) or down (1). */
export function moved(form: Form, id: string, by: -1 | 1): Form {
  const at = form.findIndex((one) => one.id === id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= form.length) return form;
  const next = [...form];
  [next[at], next[to]] = [next[to]!, next[at]!];
  return next;
}

export const without = (form: Form, id: string): Form => loosened(form.filter((one) => one.id !== id));

/** The same question once more, behind it. */
export function copied(form: Form, id: string): Form {
  const at = form.findIndex((one) => one.id === id);
  return at < 0 ? form : [...form.slice(0, at + 1), { ...form[at]!, id: nextKey('q', form.map((one) => one.id)) }, ...form.slice(at + 1)];
}

/** One more that can be chosen, or one more row. */
export const withOption = (question: Question): Question => ({ ...question, options: [...(question.options ?? []), { id: nextKey('a', (question.options ?? []).map(({ id }) => id)), name: '' }] });

/** On which earlier questions this one can hang. */
export const hangsOn = (form: Form, id: string): Question[] => form.slice(0, Math.max(0, form.findIndex((one) => one.id === id))).filter(chooses);

/** What hangs on a question or a choice that is no more is asked always. One that only stands in the wrong place keeps its condition: it may be moved back. */
function loosened(form: Form): Form {
  return form.map((one) => {
    const { showWhen, ...rest } = one;
    if (!showWhen) return one;
    const of = form.find(({ id }) => id === showWhen.q);
    const is = showWhen.is.filter((id) => of && chooses(of) && of.options?.some((option) => option.id === id));
    return is.length === 0 ? rest : is.length === showWhen.is.length ? one : { ...rest, showWhen: { ...showWhen, is } };
  });
}

/** The form as it is asked: without the choices that were left empty at the end, and without spaces around words. */
export const formOf = ({ form }: Pick<Written, 'form'>): Form => loosened(form.map((one) => ({
  ...one, title: one.title.trim(), ...(one.options ? { options: one.options.map((option) => ({ ...option, name: option.name.trim() })).filter(({ name }) => name !== '') } : {}),
  ...(one.note !== undefined && one.note.trim() === '' ? { note: undefined } : {}),
} as Question)).map(({ note, ...one }) => (note === undefined ? one : { ...one, note: note.trim() })));
