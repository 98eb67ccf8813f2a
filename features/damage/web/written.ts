import { together, type Brought } from '@noroshi/features/talk';
import type { Moment } from '@noroshi/foundations/kernel';
import { doubtsOf, type Lives } from '../figures.ts';
import type { Form, FormField, FormWords } from '../form.ts';
import type { ReportSaid } from '../report.ts';
import type { Told } from '../sheet.ts';

/** How sure one is of a figure; empty where nothing is said of it. */
export type Sureness = '' | 'unknown' | 'open' | 'confirmed';

/** A figure as it is being written. What was typed stays as it was typed. */
export interface Entry { readonly text: string; readonly state: Sureness }

/** What is wrong with what was typed; its sentence is `damage.wrong.<it>`. */
export type Wrong = 'letters' | 'negative' | 'parts' | 'large' | 'missing';

/** As it stands: the text and the state to begin with. */
export const entryOf = (told: Told | undefined): Entry =>
  (told === undefined ? { text: '', state: '' } : { text: told.n === null ? '' : String(told.n), state: told.n === null ? 'unknown' : told.confirmed ? 'confirmed' : 'open' });

/** Reads a number as people type it: full-width digits and thousands are understood, anything else is said to be wrong. */
export function readFigure({ text, state }: Entry, { parts }: Pick<FormField, 'parts'>): { n: number | null } | { wrong: Wrong } | undefined {
  if (state === 'unknown') return { n: null };
  const typed = text.normalize('NFKC').replace(/[,、\s]/g, '').replace(/[−ー―‐]/g, '-');
  if (typed === '') return state === '' ? undefined : { wrong: 'missing' };
  if (/^-\d+(\.\d+)?$/.test(typed)) return { wrong: 'negative' };
  if (!/^\d+(\.\d+)?$/.test(typed)) return { wrong: 'letters' };
  if (!parts && typed.includes('.')) return { wrong: 'parts' };
  return Number(typed) > 1_000_000_000_000 ? { wrong: 'large' } : { n: Number(typed) };
}

/** What a report says of everything that was written: the figures that are new, what is wrong, and what is to be asked. */
export function whatIsSaid(form: Form, entries: ReadonlyMap<string, Entry>, stands: ReadonlyMap<string, Told>, from: { readonly asOf: Moment } & Pick<Told, 'source' | 'message'>, lives?: Lives) {
  const told: ReportSaid['told'] = [];
  const wrong = new Map<string, Wrong>();
  for (const field of form.fields) {
    const { key } = field;
    const entry = entries.get(key);
    const before = stands.get(key);
    const begun = entryOf(before);
    if (!entry || (entry.text === begun.text && entry.state === begun.state)) continue;
    const read = readFigure(entry, field);
    if (!read) {
      // What was told is not taken back by emptying it: it may have become unknown, which is said.
      if (before) wrong.set(key, 'missing');
      continue;
    }
    if ('wrong' in read) {
      wrong.set(key, read.wrong);
      continue;
    }
    told.push({ key, n: read.n, confirmed: entry.state === 'confirmed', asOf: from.asOf, ...(from.source ? { source: from.source } : {}), ...(from.message ? { message: from.message } : {}) });
  }
  return { told, wrong, doubts: doubtsOf(form, told, stands, lives) };
}

/** As many characters as a form has room for in words (`wordsShape`). */
export const longestWords = 2_000;

/**
 * The words of a form, with what was brought along for the overview (`together`). Where a form has no words at all nothing is brought.
 * @param stands what earlier reports said
 */
export function withBrought(texts: ReadonlyMap<string, string>, stands: ReadonlyMap<string, string>, fields: readonly Pick<FormWords, 'key'>[], brought: Brought): ReadonlyMap<string, string> {
  const key = (fields.find((one) => one.key === 'overview') ?? fields[0])?.key;
  const before = key === undefined ? '' : texts.get(key) ?? stands.get(key) ?? '';
  const now = together(before, brought, longestWords);
  return key === undefined || now === before ? texts : new Map(texts).set(key, now);
}
