import { allowed, fromLocal, idShape, refused, toLocal, type Verdict } from '@noroshi/foundations/kernel';
import * as z from 'zod/mini';

/** What can be asked: one of several, any of several, words, a number, a day, a time of a day, a step on a scale, a number for each row, photographs, a place. */
export const questionKinds = ['one', 'many', 'text', 'number', 'date', 'moment', 'scale', 'table', 'photo', 'place'] as const;
export type QuestionKind = (typeof questionKinds)[number];

/** More questions than anybody answers on a telephone. */
export const mostQuestions = 100;
export const mostOptions = 50;
export const longestText = 2_000;
/** A scale has so many steps at most. */
export const mostSteps = 10;

const keyShape = z.string().check(z.regex(/^[a-z][a-z0-9]{0,19}$/));

/** One question. Its words are data; those of the forms that the house comes with stand in the language files. */
export const questionShape = z.strictObject({
  id: keyShape,
  kind: z.enum(questionKinds),
  title: z.string().check(z.trim(), z.maxLength(200)),
  /** What helps to answer. */
  note: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(500))),
  required: z.optional(z.literal(1)),
  /** What can be chosen; of a table its rows. */
  options: z.optional(z.array(z.strictObject({ id: keyShape, name: z.string().check(z.trim(), z.maxLength(100)) })).check(z.maxLength(200))),
  /** The least and the most of a number; of a scale the last step. */
  min: z.optional(z.number()),
  max: z.optional(z.number()),
  /** A new page begins with it. */
  page: z.optional(z.literal(1)),
  /** Asked only where an earlier question was answered with one of these. Forward only, so nothing can turn in a circle. */
  showWhen: z.optional(z.strictObject({ q: keyShape, is: z.array(keyShape).check(z.minLength(1), z.maxLength(mostOptions)) })),
});
export type Question = Readonly<z.output<typeof questionShape>>;
export type Form = readonly Question[];

/** A form as it comes in: wide enough that what is too long is refused in words (`checkForm`) and not as a wrong shape. */
export const formShape = z.array(questionShape).check(z.maxLength(1_000));

/** What was answered to one question: chosen ids, words, a number, a day as `2026-07-07`, a time as the wall shows it (`2026-07-07T19:00`), numbers of a table by row. */
const valueShape = z.union([z.string().check(z.maxLength(longestText)), z.number(), z.array(z.union([z.string().check(z.maxLength(200)), z.number(), z.null()])).check(z.maxLength(200))]);
export type Value = z.output<typeof valueShape>;
export const valuesShape = z.record(keyShape, valueShape);
export type Values = Readonly<Record<string, Value>>;

/** Whether a question is answered by choosing among what it names: on these others can hang. */
export const chooses = ({ kind }: Question): boolean => kind === 'one' || kind === 'many';

/**
 * 安否確認・参集: the form that the house comes with. It is a form as any other; its words stand in the language files under
 * `survey.safety.<question>` and `survey.safety.<question>.<option>`.
 */
export const safetyForm: Form = safetyAs(['here', 'h1', 'h3', 'at', 'today', 'yes', 'no'], [{ id: 'hour', kind: 'moment', title: '', required: 1, showWhen: { q: 'come', is: ['at'] } }]);
/** Its editions in their order: a sheet keeps the one it was asked with. In the first no time could be named. */
const safetyForms: readonly Form[] = [safetyAs(['here', 'h1', 'h3', 'today', 'yes', 'no']), safetyForm];
export const safetyEdition = safetyForms.length - 1;
/** @param edition the first where nothing is said; the newest that is known where it is of a house that came after this build */
export const safetyFormOf = (edition = 0): Form => safetyForms[edition] ?? safetyForm;

function safetyAs(comes: readonly string[], when: Form = []): Form {
  return [
    { id: 'state', kind: 'one', title: '', required: 1, options: ['fine', 'light', 'severe'].map(plain) },
    { id: 'family', kind: 'one', title: '', options: ['fine', 'hurt', 'unknown'].map(plain) },
    { id: 'come', kind: 'one', title: '', required: 1, options: comes.map(plain) },
    ...when,
    { id: 'where', kind: 'place', title: '' },
    { id: 'word', kind: 'text', title: '' },
  ];
}
function plain(id: string): { id: string; name: string } {
  return { id, name: '' };
}

/** The two answers that one press gives, also from the notification. Everything else is said by opening. */
export const quick = { can: { state: 'fine', come: 'yes' }, cannot: { state: 'fine', come: 'no' } } as const satisfies Record<string, Values>;
/** The same with the time at which one will be there. */
export const quickAt = (hour: string): Values => ({ state: 'fine', come: 'at', hour });

/** Whether this form can be asked. Each refusal names the question by its place. */
export function checkForm(form: Form): Verdict {
  if (form.length === 0) return refused('survey.noQuestions');
  if (form.length > mostQuestions) return refused('survey.tooManyQuestions', { n: form.length, most: mostQuestions });
  for (const [at, one] of form.entries()) {
    const no = at + 1;
    const { options = [] } = one;
    if (one.title === '') return refused('survey.questionUntitled', { no });
    if (form.findIndex(({ id }) => id === one.id) !== at) return refused('survey.questionTwice', { no });
    if (chooses(one) && options.length < 2) return refused('survey.optionsMissing', { no });
    if (one.kind === 'table' && options.length < 1) return refused('survey.rowsMissing', { no });
    if (options.length > mostOptions) return refused('survey.tooManyOptions', { no, n: options.length, most: mostOptions });
    if (options.some(({ name }) => name === '') || new Set(options.map(({ name }) => name)).size < options.length || new Set(options.map(({ id }) => id)).size < options.length) return refused('survey.sameOptions', { no });
    if (one.kind === 'scale' && !(Number.isInteger(one.max) && one.max! >= 2 && one.max! <= mostSteps)) return refused('survey.scaleSteps', { no, most: mostSteps });
    if (one.min !== undefined && one.max !== undefined && one.min > one.max) return refused('survey.boundsTurned', { no });
    const { showWhen } = one;
    if (!showWhen) continue;
    const of = form.slice(0, at).find(({ id }) => id === showWhen.q);
    // Only what stands before it and is chosen can decide: so there is no circle, and no question that waits for a later one.
    if (!of || !chooses(of) || showWhen.is.some((id) => !of.options?.some((option) => option.id === id))) return refused('survey.branchesBack', { no });
  }
  return allowed;
}

/** What someone is asked, by what they have answered so far: a question that hangs on one that is not asked is not asked either. */
export function shownOf(form: Form, values: Values): Question[] {
  const shown: Question[] = [];
  for (const one of form) {
    const { showWhen } = one;
    if (showWhen) {
      const of = shown.some(({ id }) => id === showWhen.q) ? values[showWhen.q] : undefined;
      const chosen = Array.isArray(of) ? of : [of];
      if (!showWhen.is.some((id) => chosen.includes(id))) continue;
    }
    shown.push(one);
  }
  return shown;
}

/** The photographs that are named in answers. */
export const photosIn = (form: Form, values: Values): string[] => form.filter(({ kind }) => kind === 'photo').flatMap(({ id }) => (Array.isArray(values[id]) ? values[id].map(String) : []));

/** Whether something was answered at all. 0 is an answer, an empty line is none. */
export const isAnswered = (value: Value | undefined): value is Value => value !== undefined && value !== '' && !(Array.isArray(value) && value.every((one) => one === null || one === ''));

/** What was answered to what is asked: what hangs on an answer that was changed since goes. */
export const answersOf = (form: Form, values: Values): Values => Object.fromEntries(shownOf(form, values).flatMap(({ id }) => (isAnswered(values[id]) ? [[id, values[id]] as const] : [])));

/** Whether these answers can be given. Each refusal names the question by its place among those that are asked. */
export function checkValues(form: Form, values: Values): Verdict {
  for (const [at, one] of shownOf(form, values).entries()) {
    const value = values[one.id];
    const no = at + 1;
    if (!isAnswered(value)) {
      if (one.required) return refused('survey.answerMissing', { no });
      continue;
    }
    if (!fits(one, value)) return refused('survey.answerUnfit', { no });
  }
  return allowed;
}

/** A time that there is: engines read the 30th of February as a day of March, or not at all. */
function isLocal(value: string): boolean {
  const at = fromLocal(value);
  return at !== undefined && toLocal(at) === value;
}

function fits({ kind, options = [], min, max }: Question, value: Value): boolean {
  const within = (n: unknown): boolean => typeof n === 'number' && Number.isFinite(n) && n >= (min ?? -Infinity) && n <= (max ?? Infinity);
  const isOption = (id: unknown): boolean => options.some((one) => one.id === id);
  switch (kind) {
    case 'one': return typeof value === 'string' && isOption(value);
    case 'many': return Array.isArray(value) && value.every(isOption) && new Set(value).size === value.length;
    case 'text': case 'place': return typeof value === 'string';
    case 'number': return within(value);
    case 'date': return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
    case 'moment': return typeof value === 'string' && isLocal(value);
    case 'scale': return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= max!;
    case 'table': return Array.isArray(value) && value.length === options.length && value.every((n) => n === null || within(n));
    case 'photo': return Array.isArray(value) && value.length <= 10 && value.every((id) => idShape.safeParse(id).success);
  }
}
