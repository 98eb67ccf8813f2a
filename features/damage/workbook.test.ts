import { builtIn, type DamageSheet } from '@noroshi/features/damage';
import type { Organization } from '@noroshi/features/directory';
import type { Incident } from '@noroshi/features/incident';
import { workbook } from '@noroshi/foundations/documents/xlsx';
import { words } from '@noroshi/foundations/i18n';
import { japanese } from '@noroshi/foundations/i18n/ja';
import type { Id } from '@noroshi/foundations/kernel';
import { unzipSync, strFromU8 } from 'fflate';
import { expect, it } from 'vitest';
import { damageSheets, damageWorkbook } from './workbook.ts';
import type { Out } from './tables.ts';

const ja = words('ja', japanese);
const id = (n: number): Id => `00000000-0000-7000-8000-00000000000${n}`;
const [flood, seiyo, ozu] = [id(1), id(2), id(3)];
const at = Date.parse('2018-07-07T07:00:00+09:00');
const town = (org: Id, name: string): Organization => ({ id: org, name, kana: '', romaji: '', short: name.slice(0, 2), kind: 'city' }) as Organization;
const report = (n: number, told: DamageSheet['reports'][number]['told']): DamageSheet['reports'][number] => ({ id: id(9), at, by: id(8), org: seiyo, kind: 'short', form: 1, asOf: at + n, told, words: [{ key: 'overview', text: '=HYPERLINK("x")' }] });
const told = (key: string, n: number | null) => ({ key, n, confirmed: n !== null, asOf: at });
const out = (drill = false): Out => ({
  incident: { id: flood, name: '平成30年7月豪雨', drill } as Incident, towns: [town(ozu, '大洲市'), town(seiyo, '西予市')],
  sheets: new Map([[seiyo, { incident: flood, drill, town: seiyo, reports: [report(1, [told('dead', 2), told('missing', null)]), report(2, [told('dead', 5)])] }]]),
});

/** The cells of each sheet as a spreadsheet reads them: numbers as numbers, words as words. */
function read(file: Uint8Array): { readonly names: string[]; readonly sheets: { cells: (string | number)[][]; xml: string }[] } {
  const parts = Object.fromEntries(Object.entries(unzipSync(file)).map(([name, bytes]) => [name, strFromU8(bytes)]));
  const plain = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&');
  const names = [...parts['xl/workbook.xml']!.matchAll(/<sheet [^>]*?name="([^"]*)"/g)].map(([, name]) => plain(name!));
  return {
    names,
    sheets: names.map((_, i) => {
      const xml = parts[`xl/worksheets/sheet${i + 1}.xml`]!;
      return { xml, cells: [...xml.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row]) => [...row!.matchAll(/<c [^>]*>(?:<v>(.*?)<\/v>|<is><t[^>]*>(.*?)<\/t><\/is>)<\/c>/gs)].map(([, v, t]) => (t === undefined ? Number(v) : plain(t)))) };
    }),
  };
}

it('D9 is a workbook whose numbers can be added up, and in which silence and 未確認 are words', async () => {
  const { names, sheets } = read(damageWorkbook(out(), ja, at));
  expect(names).toEqual(['集計', '明細', '文章']);
  const [sums, rows, texts] = sheets.map(({ cells }) => cells);
  expect(sums![0]).toEqual(['平成30年7月豪雨 7月7日 07:00 現在']);
  const of = (item: string): (string | number)[] => sums!.find((row) => row[1] === item)!;
  expect(of('死者').slice(2)).toEqual(['人', 5, '1/2市町が報告', '未報告', 5]);
  expect(of('行方不明者').slice(2)).toEqual(['人', '未確認', '0/2市町が報告', '未報告', '未確認']);
  expect(of('重傷者').slice(2)).toEqual(['人', '未報告', '0/2市町が報告', '未報告', '未報告']);
  expect(rows).toHaveLength(1 + 2 * builtIn.fields.length);
  expect(rows!.flat().filter((cell) => cell === 0)).toEqual([]);
  expect(rows!.find((row) => row.includes('西予市') && row.includes('死者'))).toContain(5);
  // What begins with = is no formula.
  expect(texts![1]).toEqual(['西予市', '災害の概況', '=HYPERLINK("x")']);
  expect(sheets.every(({ xml }) => !xml.includes('<f>'))).toBe(true);
});

it('D9 says of a drill that it is one, on the sheets too, and marks what the last report changed', () => {
  const [sums, rows] = damageSheets(out(true), ja, at);
  expect(sums!.rows[0]).toEqual(['【訓練】平成30年7月豪雨 7月7日 07:00 現在']);
  expect(rows!.rows.slice(1).every(([first]) => first === '訓練')).toBe(true);
  const changed = sums!.rows.flat().filter((cell) => cell !== null && typeof cell === 'object' && cell.changed);
  expect(changed).toEqual([{ value: 5, changed: true }]);
});

it('a workbook takes any name and any words', async () => {
  const { names, sheets } = read(workbook([
    { name: 'a/b:c*?[x]', widths: [10], heads: { rows: 0 }, rows: [['<&>"\u0001']] },
    { name: 'a/b:c*?[x]', widths: [10], heads: { rows: 0 }, rows: [[null, 1.5]] },
    { name: '長'.repeat(60), widths: [10], heads: { rows: 0 }, rows: [['𠮷田']] },
  ]));
  expect(names).toEqual(['a・b・c・・・x・', 'a・b・c・・・x・ 2', '長'.repeat(28)]);
  expect(sheets[1]!.cells[0]).toContain(1.5);
  expect(sheets[2]!.cells).toEqual([['𠮷田']]);
  // A character that no XML may have would make the whole book unreadable.
  expect(sheets[0]!.cells).toEqual([['<&>"']]);
});
