import type { Key, Words } from '@noroshi/foundations/i18n';
import type { Moment } from '@noroshi/foundations/kernel';
import { writeCsv } from '@noroshi/features/directory/tables';
import type { Remark } from '../reading/line.ts';

/** A day with its year: what is past is not of this one. */
export const wholeDay = (at: Moment, { language }: Pick<Words, 'language'>): string =>
  new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', { timeZone: 'Asia/Tokyo', year: 'numeric', month: language === 'ja' ? 'long' : 'short', day: 'numeric', weekday: 'short' }).format(at);

/** From the first to the last day of something. */
export const span = ({ from, to }: { readonly from: Moment; readonly to: Moment }, words: Words): string => {
  const [first, last] = [wholeDay(from, words), wholeDay(to, words)];
  return first === last ? first : words.t('past.span', { from: first, to: last });
};

export const whySays = (why: Remark['why'], { t }: Words): string => t(`past.why.${why}` as Key);

/** What is left and what is not all of it, line by line, as a table to keep. With a BOM, since spreadsheets in Japan take it for Shift_JIS without one. */
export function reportCsv({ left, partly }: { readonly left: readonly Remark[]; readonly partly: readonly Remark[] }, words: Words): string {
  const { t } = words;
  const row = (does: string) => ({ n, span: lines, why, says }: Remark): string[] => [String(n), String(lines), does, whySays(why, words), says];
  return `\uFEFF${writeCsv([
    [t('past.column.line'), t('past.column.lines'), t('past.column.does'), t('past.column.why'), t('past.column.begins')],
    ...left.map(row(t('past.column.left'))), ...partly.map(row(t('past.column.partly'))),
  ])}`;
}
