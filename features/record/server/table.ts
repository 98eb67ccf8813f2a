import { writeCsv } from '@noroshi/features/directory/tables';
import type { Words } from '@noroshi/foundations/i18n';
import type { EventLine } from '../proof/form.ts';

/** What ids are called. */
export interface Names { readonly rooms: Readonly<Record<string, string>>; readonly people: Readonly<Record<string, string>>; readonly orgs: Readonly<Record<string, string>> }

const columns = ['place', 'time', 'drill', 'room', 'number', 'org', 'person', 'kind', 'says'] as const;

/** With a BOM, since without it spreadsheets in Japan take the file for Shift_JIS. */
export const tableHead = ({ t }: Words): string => `\uFEFF${writeCsv([columns.map((one) => t(`record.column.${one}`))])}`;

/** An event as a row, for reading. Times are the prefecture's, to the second. */
export function tableRow(line: EventLine, kind: string, names: Names, { t }: Words): string {
  const shown = Object.entries(line.fields).filter(([, { value }]) => value !== undefined);
  const text = line.fields['text']?.value;
  const hidden = Object.values(line.fields).some(({ value }) => value === undefined) || shown.length * 64 < line.commitments.length;
  return writeCsv([[
    String(line.i), new Date(line.at + 9 * 3_600_000).toISOString().slice(0, 19).replace('T', ' '), line.drill ? t('home.drill') : '',
    names.rooms[line.stream] ?? line.stream, String(line.seq), names.orgs[line.org] ?? line.org, names.people[line.by] ?? line.by, kind,
    typeof text === 'string' ? text : shown.length > 0 ? JSON.stringify(Object.fromEntries(shown.map(([name, { value }]) => [name, value]))) : hidden ? t('record.notShown') : '',
  ]]);
}
