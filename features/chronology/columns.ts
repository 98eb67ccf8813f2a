import type { Words } from '@noroshi/foundations/i18n';
import type { Row } from './rows.ts';

/** The columns of the chronology on paper and in a table, and their share of the width. */
export const columns = [
  ['no', 3.5], ['on', 7], ['at', 7], ['kind', 3.5], ['from', 7.5], ['to', 7.5], ['channel', 4.5], ['content', 31], ['place', 8], ['unit', 5], ['state', 8], ['recorder', 7.5],
] as const;
export type ColumnName = (typeof columns)[number][0];

/** `2018-07-07 07:40`, at the prefecture's clock: in a table it can be put in order. */
export const sortable = (at: number): string => new Date(at + 9 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

/** How far an instruction is, by whom and until when: empty of what is none, or was corrected. */
export function stateSays({ order, corrected }: Row, { t }: Words, time: (at: number) => string): string {
  if (!order || corrected) return '';
  return [t(`chronology.state.${order.state}`), order.overdue && `■${t('chronology.overdue')}`, order.owner, order.due !== undefined && t('chronology.dueBy', { time: time(order.due) })].filter(Boolean).join(' ');
}

/** What points from a corrected line to its correction, and back. */
export const correctionSays = ({ corrected, corrects }: Row, { t }: Words): string =>
  [corrected && t('chronology.corrected', { no: corrected.no }), corrects && `（${t('chronology.corrects', { no: corrects.no })}）`].filter(Boolean).join(' ');

/** One cell, in words. What entered by itself has no number, was written down as it happened, and bears its name once. */
export function cellSays(row: Row, column: ColumnName, words: Words, time: (at: number) => string): string {
  switch (column) {
    case 'no': return row.no === undefined ? '' : String(row.no);
    case 'on': return time(row.on);
    case 'at': return row.no === undefined ? '' : time(row.at);
    case 'kind': return words.t(`chronology.kind.${row.kind}`);
    case 'content': return [row.content, correctionSays(row, words)].filter(Boolean).join(' ');
    case 'state': return stateSays(row, words, time);
    case 'recorder': return row.no === undefined ? '' : row.recorder;
    default: return row[column];
  }
}
