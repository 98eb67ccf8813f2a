import type { Organization } from '@noroshi/features/directory';
import { words } from '@noroshi/foundations/i18n';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { expect, it } from 'vitest';
import { populationsCsv, readDay, readPopulations } from './population-table.ts';

const town = (id: string, code: string, name: string): Organization => ({ id, code, name, kana: '', romaji: '', short: name.slice(0, 1), kind: 'city' }) as unknown as Organization;
const towns = [town('a', '382141', '西予市'), town('b', '382078', '大洲市')];
const now = Date.UTC(2026, 5, 1);
const read = (text: string) => readPopulations(text, towns, now);

it('D13 reads a table of populations as offices write it, and leaves out what has no number', () => {
  expect(read('団体コード,市町,総人口,世帯数,基準日,出典\r\n38214,,"35,388人",１５０００,令和2年10月1日,国勢調査\r\n,大洲市,４０５７５,,2020/10/1,国勢調査\r\n382078,,,,,\r\n')).toEqual({ lines: [
    { line: 2, says: '西予市', count: { town: 'a', people: 35_388, households: 15_000, asOf: '2020-10-01', source: '国勢調査' } },
    { line: 3, says: '大洲市', count: { town: 'b', people: 40_575, asOf: '2020-10-01', source: '国勢調査' } },
  ] });
});

it('D13 says what is wrong in which line, and takes nothing for a number that is none', () => {
  const wrongs = (rows: string) => {
    const found = read(`code,people,households,day,source\n${rows}`);
    return 'lines' in found ? found.lines.map((one) => [one.line, 'wrong' in one ? one.wrong : 'ok']) : found;
  };
  expect(wrongs('999999,5,,2020-10-01,x\n382141,約3万,,2020-10-01,x\n382141,5,,2020-10-01,x')).toEqual([[2, 'town'], [3, 'people'], [4, 'twice']]);
  expect([wrongs('382141,5,6,2020-10-01,x'), wrongs('382141,5,不明,2020-10-01,x'), wrongs('382141,5,,2020-02-30,x'), wrongs('382141,5,,2027-01-01,x'), wrongs('382141,5,,2020-10-01,'), wrongs('382141,-5,,2020-10-01,x')])
    .toEqual([[[2, 'households']], [[2, 'households']], [[2, 'day']], [[2, 'day']], [[2, 'source']], [[2, 'people']]]);
  expect([read('市町,人口,出典\n'), read('人口,基準日,出典\n'), read('"市町')]).toEqual([{ missing: '基準日' }, { missing: '市町' }, { unclosed: 1 }]);
  expect([readDay('元年', now), readDay('平成27年10月1日', now), readDay('2020.1.2', now)]).toEqual([undefined, '2015-10-01', '2020-01-02']);
});

it('D13 reads again what it wrote, code and all', () => {
  const ja = words('ja', japanese);
  const count = { town: 'a', people: 35_388, households: 15_000, asOf: '2020-10-01', source: '=国勢調査' };
  const written = populationsCsv(towns, new Map([['a', count]]), ja);
  expect(read(written)).toEqual({ lines: [{ line: 2, says: '西予市', count }] });
  expect(written).toContain('大洲市');
});
