import type { Words } from '@noroshi/foundations/i18n';
import type { CheckedRow } from '../checked-row.ts';
import { writeCsv } from '../csv.ts';

/** What is told of a checked table for those who mend it. */
interface Told { readonly rows: readonly CheckedRow[]; readonly missing: readonly { readonly name: string; readonly orgName: string }[] }

/** Which rows are not taken and why, and who is not in the table, as a table to keep. With a BOM: spreadsheets in Japan take it for Shift_JIS without one. */
export function reportCsv({ rows, missing }: Told, { t, refusal }: Words): string {
  const why = ({ problems, notes }: CheckedRow): string => [...problems, ...notes].map(({ column, code, params }) => (column ? `${column}: ${refusal(code, params)}` : refusal(code, params))).join(' ');
  return `\uFEFF${writeCsv([
    [t('table.line'), t('table.state'), t('people.name'), t('posts.organization'), t('table.what')],
    ...rows.filter(({ does }) => does === 'wrong' || does === 'left').map((row) => [String(row.line), t(`table.does.${row.does}`), row.name, row.orgName, why(row)]),
    ...missing.map(({ name, orgName }) => ['', t('table.does.missing'), name, orgName, t('table.missingSays')]),
  ])}`;
}
