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

/** Why a number is asked once more: it is below the one that stands, or beyond what is usual. */
export type Doubt = 'lower' | 'unusual';

/** What is doubtful of a number, if anything. (D5) */
export function doubtOf(n: number | null, stands: Told | undefined, unusual: number): Doubt | undefined {
  if (n === null) return undefined;
  if (typeof stands?.n === 'number' && n < stands.n) return 'lower';
  return n >= unusual && n !== stands?.n ? 'unusual' : undefined;
}
