import type { Organization } from '@noroshi/features/directory';
import { readCsv, writeCsv } from '@noroshi/features/directory/tables';
import type { Words } from '@noroshi/foundations/i18n';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import { isPastDay, type Count } from './population.ts';

/** Why a line is no count of a town; its sentence is `damage.countWrong.<it>`. */
export type CountWrong = 'town' | 'twice' | 'people' | 'households' | 'day' | 'source';

/** A line of the table: a count, or what is wrong with it. */
export type CountLine = { readonly line: number; readonly says: string } & ({ readonly count: Count } | { readonly wrong: CountWrong });

/** What was read: its lines, or the column that is not there, or the line at which a quotation mark is never closed. */
export type CountsRead = { readonly lines: readonly CountLine[] } | { readonly missing: string } | { readonly unclosed: number };

/** How columns are headed, in both languages and as the national tables write it; the first is what we write. */
const heads = {
  code: ['団体コード', '地域コード', '市区町村コード', 'code'], town: ['市町', '市区町村', '市町村', '市町名', '市区町村名', 'town', 'municipality'],
  people: ['人口', '総人口', '人口総数', 'people', 'population'], households: ['世帯数', '世帯', '一般世帯数', 'households'],
  day: ['基準日', '時点', '年月日', 'day', 'date', 'asof'], source: ['出典', '資料', 'source'],
} as const;
type Column = keyof typeof heads;
const columns = Object.keys(heads) as Column[];

const plain = (cell: string): string => cell.normalize('NFKC').replace(/[\s,、()（）]/g, '').toLowerCase();

/** A number of people as offices write it: `35,388`, `３５３８８人`. */
export function readCount(cell: string): number | undefined {
  const digits = plain(cell).replace(/(人|世帯)$/, '');
  const n = /^\d{1,8}$/.test(digits) ? Number(digits) : 0;
  return n >= 1 && n <= 20_000_000 ? n : undefined;
}

/** A day as offices write it, 2020-10-01, 2020/10/1, 2020年10月1日, 令和2年10月1日: as the first of these. */
export function readDay(cell: string, now: Moment): string | undefined {
  const found = /^(令和|平成)?(\d{1,4}|元)[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain(cell));
  if (!found) return undefined;
  const [, era, year, month, day] = found as unknown as [string, string | undefined, string, string, string];
  const since = era === '令和' ? 2018 : era === '平成' ? 1988 : 0;
  const whole = `${String(since + (year === '元' ? 1 : Number(year))).padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isPastDay(whole, now) ? whole : undefined;
}

/**
 * Reads counts of towns from a table. A town is found by its code (with or without the check digit) or its name; lines
 * without a number of people are left out, so that the table which the house hands out can be filled bit by bit.
 * @param towns the municipalities of the house
 */
export function readPopulations(text: string, towns: readonly Organization[], now: Moment): CountsRead {
  const read = readCsv(text);
  if (!read.ok) return { unclosed: read.line };
  const [head, ...rows] = read.rows;
  const at = Object.fromEntries(columns.map((one) => [one, (head?.cells ?? []).findIndex((cell) => (heads[one] as readonly string[]).includes(plain(cell)))])) as Record<Column, number>;
  const missing = (['people', 'day', 'source'] as const).find((one) => at[one] < 0) ?? (at.code < 0 && at.town < 0 ? 'town' : undefined);
  if (missing) return { missing: heads[missing][0] };
  const seen = new Set<Id>();
  return {
    lines: rows.flatMap(({ line, cells }): CountLine[] => {
      const cell = (one: Column): string => (cells[at[one]] ?? '').replace(/^'/, '').trim();
      if (cell('people') === '') return [];
      const code = plain(cell('code'));
      const town = towns.find((one) => code !== '' && one.code !== undefined && (one.code === code || one.code.slice(0, 5) === code)) ?? (code === '' ? towns.find(({ name }) => name === cell('town').normalize('NFKC')) : undefined);
      const says = cell('town') || cell('code');
      const wrong = (why: CountWrong): CountLine[] => [{ line, says, wrong: why }];
      if (!town) return wrong('town');
      if (seen.has(town.id)) return wrong('twice');
      seen.add(town.id);
      const people = readCount(cell('people'));
      const households = cell('households') === '' ? undefined : (readCount(cell('households')) ?? NaN);
      const asOf = readDay(cell('day'), now);
      const source = cell('source');
      if (people === undefined) return wrong('people');
      if (households !== undefined && !(households <= people)) return wrong('households');
      if (asOf === undefined) return wrong('day');
      if (source === '' || source.length > 100) return wrong('source');
      return [{ line, says: town.name, count: { town: town.id, people, asOf, source, ...(households === undefined ? {} : { households }) } }];
    }),
  };
}

/** The table of all towns with what is known of them, to be filled and read again. */
export function populationsCsv(towns: readonly Organization[], known: ReadonlyMap<Id, Count>, { t }: Words): string {
  const head = columns.map((one) => t(`damage.countColumn.${one}`));
  return `\uFEFF${writeCsv([head, ...towns.map(({ id, code, name }) => {
    const count = known.get(id);
    return [code ?? '', name, String(count?.people ?? ''), String(count?.households ?? ''), count?.asOf ?? '', count?.source ?? ''];
  })])}`;
}
