import type { Id } from '@noroshi/foundations/kernel';
import { chooses, isAnswered, type Form, type Question, type Values } from './form.ts';

/** From so many answers on a group is told of. */
export const fewest = 5;

/** The answers of some organizations together. */
export interface Pool<T> { readonly orgs: readonly Id[]; readonly all: readonly T[] }

/**
 * Puts organizations together until each group has at least `fewest` answers. There is one way of doing so, for whoever asks, so that no
 * two results can be taken from each other: the small ones come together, and where those are still too few, the smallest of the others joins
 * them. (V31)
 * @returns no group where there are too few answers in all
 */
export function poolsOf<T>(orgs: readonly { readonly org: Id; readonly all: readonly T[] }[]): Pool<T>[] {
  const bySize = orgs.toSorted((a, b) => a.all.length - b.all.length || (a.org < b.org ? -1 : 1));
  const large = bySize.filter(({ all }) => all.length >= fewest);
  const small = bySize.filter(({ all }) => all.length < fewest);
  const count = (of: typeof small): number => of.reduce((n, { all }) => n + all.length, 0);
  while (count(small) > 0 && count(small) < fewest && large.length > 0) small.push(large.shift()!);
  const together = count(small) >= fewest ? [{ orgs: small.map(({ org }) => org), all: small.flatMap(({ all }) => all) }] : [];
  return [...large.map(({ org, all }) => ({ orgs: [org], all })), ...together];
}

/**
 * What was answered to one question by a group. Words stand alone, in an order of their own: which of them one person wrote is not told.
 * There is nothing but its id where it hangs on another answer and would tell of fewer than `fewest`.
 */
export interface PooledQuestion {
  readonly id: string;
  readonly answered?: number;
  readonly options?: Readonly<Record<string, number>>;
  readonly sum?: number;
  readonly rows?: readonly number[];
  readonly words?: readonly string[];
}
export interface PooledGroup { readonly orgs: readonly Id[]; readonly n: number; readonly questions: readonly PooledQuestion[] }

/**
 * The questions that are told. Who answers one that hangs on another answer (`showWhen`) has given that answer too, so it parts the group in two. It
 * is told only where every part that all told questions make of the group together has at least `fewest` people: then also what is had by taking
 * one question from another (the same asked of all, and of all but one) is said by as many. The earlier question goes before the later. (V31)
 */
function toldOf(form: Form, all: readonly Values[]): ReadonlySet<string> {
  const told = new Set<string>();
  let parts = [all];
  for (const { id, showWhen } of form) {
    if (!showWhen) {
      told.add(id);
      continue;
    }
    const answers = (one: Values): boolean => isAnswered(one[id]);
    const finer = parts.flatMap((part) => [part.filter(answers), part.filter((one) => !answers(one))]).filter((part) => part.length > 0);
    if (!all.some(answers) || finer.some((part) => part.length < fewest)) continue;
    told.add(id);
    parts = finer;
  }
  return told;
}

/** The answers of a group, question by question: no row of one person, and nothing that joins two answers of fewer than `fewest`. (V31) */
export function pooled(form: Form, { orgs, all }: Pool<Values>): PooledGroup {
  const told = toldOf(form, all);
  return { orgs, n: all.length, questions: form.map((question) => (told.has(question.id) ? saidTo(question, all) : { id: question.id })) };
}

function saidTo(question: Question, all: readonly Values[]): PooledQuestion {
  const { id, kind, options = [], max = 0 } = question;
  const values = all.map((one) => one[id]).filter(isAnswered);
  const base = { id, answered: values.length };
  if (chooses(question) || kind === 'scale') {
    const keys = kind === 'scale' ? Array.from({ length: max }, (_, n) => `s${n + 1}`) : options.map((one) => one.id);
    const chosen = values.flatMap((value) => (Array.isArray(value) ? value.map(String) : [kind === 'scale' ? `s${value}` : String(value)]));
    return { ...base, options: Object.fromEntries(keys.map((key) => [key, chosen.filter((one) => one === key).length])) };
  }
  if (kind === 'number') return { ...base, sum: values.reduce<number>((sum, value) => sum + Number(value), 0) };
  if (kind === 'table') return { ...base, rows: options.map((_, row) => values.reduce<number>((sum, value) => sum + Number(Array.isArray(value) ? value[row] ?? 0 : 0), 0)) };
  // By the alphabet, which nobody chose.
  return { ...base, words: values.map(String).toSorted() };
}
