import type { Form } from './form.ts';
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
 * Why a number is asked once more: it is below the one that stands, beyond what is usual, more than what it is part of, or
 * less than its parts together; `than` which number, `of` which figure.
 */
export interface Doubt { readonly why: 'lower' | 'unusual' | 'more' | 'less'; readonly than: number; readonly of?: string }

/** What is doubtful of a number by itself, if anything. */
function doubtOf(n: number | null, stands: Told | undefined, unusual: number): Doubt | undefined {
  if (n === null) return undefined;
  if (typeof stands?.n === 'number' && n < stands.n) return { why: 'lower', than: stands.n };
  return n >= unusual && n !== stands?.n ? { why: 'unusual', than: unusual } : undefined;
}

/** What is doubtful of what is told now, by the key of the figure. It is asked about and never refused. (D5) */
export function doubtsOf(form: Pick<Form, 'fields' | 'checks'>, told: readonly Pick<Told, 'key' | 'n'>[], stands: ReadonlyMap<string, Told>): ReadonlyMap<string, Doubt> {
  const doubts = new Map<string, Doubt>();
  for (const { key, n } of told) {
    const doubt = doubtOf(n, stands.get(key), form.fields.find((one) => one.key === key)?.unusual ?? Infinity);
    if (doubt) doubts.set(key, doubt);
  }
  const now = new Map([...stands, ...told.map((one) => [one.key, one] as const)]);
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
  return doubts;
}
