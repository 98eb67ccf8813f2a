import { counts, type Form } from './form.ts';
import type { Population } from './population.ts';
import type { Report, Told } from './sheet.ts';

/** What stands of one figure, and the report that said so. */
export interface Standing extends Told { readonly rev: number }

/** What a report changed: of a figure or of words, before and after. Nothing stood `before` where it was not told yet. */
export interface Change<T> { readonly key: string; readonly before: T | undefined; readonly after: T }

/** What stands after the first `rev` reports (all, unless it is said). */
export function figuresOf(reports: readonly Report[], rev = reports.length): ReadonlyMap<string, Standing> {
  return new Map(reports.slice(0, rev).flatMap(({ told }, i) => told.map((one) => [one.key, { ...one, rev: i + 1 }] as const)));
}

/** The words that stand after the first `rev` reports. Words that were emptied are gone. */
export function wordsOf(reports: readonly Report[], rev = reports.length): ReadonlyMap<string, string> {
  const all = new Map(reports.slice(0, rev).flatMap(({ words }) => words.map(({ key, text }) => [key, text] as const)));
  return new Map([...all].filter(([, text]) => text !== ''));
}

/** What the n-th report changed. A first report changed nothing: there was none before it. */
export function changesOf(reports: readonly Report[], rev: number): { figures: readonly Change<Told>[]; words: readonly Change<string>[] } {
  const made = reports[rev - 1];
  if (!made || rev === 1) return { figures: [], words: [] };
  const before = figuresOf(reports, rev - 1);
  const said = wordsOf(reports, rev - 1);
  return {
    figures: made.told.map((after) => ({ key: after.key, before: before.get(after.key), after })).filter(({ before: was, after }) => was?.n !== after.n || was.confirmed !== after.confirmed),
    words: made.words.map(({ key, text }) => ({ key, before: said.get(key), after: text })).filter(({ before: was, after }) => (was ?? '') !== after),
  };
}

/** Whether something was said of a figure just like this. */
export const isSame = (a: Told | undefined, b: Told): boolean =>
  a !== undefined && a.n === b.n && a.confirmed === b.confirmed && a.asOf === b.asOf && a.source === b.source && a.message?.message === b.message?.message;

/**
 * Why a number is asked once more: it is below the one that stands, beyond what is usual, more than what it is part of, less
 * than its parts together, or more than live in the town, by itself or with the others of its block (`sum`); `than` which
 * number, `of` which figure.
 */
export interface Doubt { readonly why: 'lower' | 'unusual' | 'more' | 'less' | Living | `${Living}Sum`; readonly than: number; readonly of?: string; readonly sum?: number }
type Living = 'people' | 'households';

/** Of how many live in a town: what a figure is measured against. */
export type Lives = Pick<Population, Living>;

/** What is doubtful of a number by itself, if anything. */
function doubtOf(n: number | null, stands: Told | undefined, unusual: number, living: Living | undefined, lives: Lives | undefined): Doubt | undefined {
  if (n === null) return undefined;
  const all = living && lives?.[living];
  // What stands was asked about when it was told.
  if (all !== undefined && n > all && n !== stands?.n) return { why: living!, than: all };
  if (typeof stands?.n === 'number' && n < stands.n) return { why: 'lower', than: stands.n };
  return n >= unusual && n !== stands?.n ? { why: 'unusual', than: unusual } : undefined;
}

/**
 * What is doubtful of what is told now, by the key of the figure. It is asked about and never refused. (D5, D13)
 * @param lives how many live in the town, where the house knows it
 */
export function doubtsOf(form: Pick<Form, 'fields' | 'checks'>, told: readonly Pick<Told, 'key' | 'n'>[], stands: ReadonlyMap<string, Told>, lives?: Lives): ReadonlyMap<string, Doubt> {
  const doubts = new Map<string, Doubt>();
  for (const { key, n } of told) {
    const field = form.fields.find((one) => one.key === key);
    const doubt = doubtOf(n, stands.get(key), field?.unusual ?? Infinity, field && counts(field), lives);
    if (doubt) doubts.set(key, doubt);
  }
  const now = new Map<string, Pick<Told, 'key' | 'n'>>([...stands, ...told.map((one) => [one.key, one] as const)]);
  const isNew = new Set(told.map(({ key }) => key));
  const number = (key: string): number | undefined => now.get(key)?.n ?? undefined;
  for (const { key, atMost, sumOf } of form.checks) {
    const n = number(key);
    if (n === undefined) continue;
    // It is asked at a figure that is told now: what stands was asked when it was told.
    const ask = (others: readonly string[], doubt: Doubt): void => {
      const at = [key, ...others].find((one) => isNew.has(one));
      if (at !== undefined && !doubts.has(at)) doubts.set(at, at === key ? doubt : { why: doubt.why === 'more' ? 'less' : 'more', than: n, of: key });
    };
    const whole = atMost === undefined ? undefined : number(atMost);
    if (whole !== undefined && n > whole) ask([atMost!], { why: 'more', than: whole, of: atMost! });
    const sum = (sumOf ?? []).reduce((all, part) => all + (number(part) ?? 0), 0);
    if (n < sum) ask(sumOf!, { why: 'less', than: sum });
  }
  for (const living of ['people', 'households'] as const) askTogether(form, living, lives?.[living], told, stands, now, doubts);
  return doubts;
}

/**
 * The figures of one block of a form count different people: whoever is dead is not missing, and a house is destroyed or
 * flooded. Where one is part of another it is counted with that other, where that one is told.
 */
function askTogether(form: Pick<Form, 'fields' | 'checks'>, living: Living, all: number | undefined, told: readonly Pick<Told, 'key'>[], stands: ReadonlyMap<string, Told>, now: ReadonlyMap<string, Pick<Told, 'n'>>, doubts: Map<string, Doubt>): void {
  if (all === undefined) return;
  for (const fields of Map.groupBy(form.fields.filter((field) => counts(field) === living), ({ block }) => block).values()) {
    const sum = (of: ReadonlyMap<string, Pick<Told, 'n'>>): number => {
      const isTold = (key: string): boolean => typeof of.get(key)?.n === 'number';
      const isWithin = (key: string): boolean => form.checks.some((one) => (one.key === key && one.atMost !== undefined && isTold(one.atMost)) || (one.sumOf?.includes(key) && isTold(one.key)));
      return fields.reduce((so, { key }) => so + (isWithin(key) ? 0 : (of.get(key)?.n ?? 0)), 0);
    };
    const together = sum(now);
    const keys = fields.map(({ key }) => key);
    // Asked once: where one is asked by itself already, or the sum has not grown, there is no more to ask.
    if (together <= all || together <= sum(stands) || keys.some((key) => doubts.get(key)?.why === living)) continue;
    const at = told.find(({ key }) => keys.includes(key) && !doubts.has(key)) ?? told.find(({ key }) => keys.includes(key));
    if (at) doubts.set(at.key, { why: `${living}Sum`, than: all, sum: together });
  }
}
