import { words } from '@noroshi/foundations/i18n';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { describe, expect, it } from 'vitest';
import { doubtsOf } from '../figures.ts';
import { blocksOf, builtIn, fieldsFor, formsWith, meansSays, wordsSay } from '../form.ts';
import { formOfFile, type FormFile, type FormProblem } from '../form-set.ts';
import { fileOfForm } from './form-out.ts';
import { placesIn } from './json-places.ts';
import { readForm } from './read-form.ts';
import { fieldSays } from '../says.ts';

const [ja, en] = [words('ja', japanese), words('en', english)];
const usual = (): FormFile => fileOfForm(builtIn, ja, en);
const text = (file: unknown): string => JSON.stringify(file, null, 2);
const wrong = (file: unknown): readonly FormProblem[] => {
  const read = readForm(typeof file === 'string' ? file : text(file), [builtIn]);
  return 'problems' in read ? read.problems : [];
};
const said = (file: unknown): [string, string][] => wrong(file).map(({ path, code }) => [path, code]);

describe('D11 a form as a file', () => {
  it('is written out of the form in force and read again without a difference, in both languages', () => {
    const read = readForm(text(usual()), [builtIn]);
    expect('file' in read).toBe(true);
    const form = formOfFile((read as { file: FormFile }).file, 2);
    expect(form.fields.map(({ key, unit, block, forms, parts, unusual }) => [key, unit, block, forms, parts ?? false, unusual])).toEqual(builtIn.fields.map(({ key, unit, block, forms, parts, unusual }) => [key, unit, block, [...forms], parts ?? false, unusual]));
    for (const spoken of [ja, en]) {
      expect(form.fields.map((field) => fieldSays(field, spoken))).toEqual(builtIn.fields.map((field) => fieldSays(field, spoken)));
      expect(form.fields.filter(({ means }) => means).map((field) => meansSays(field, spoken))).toEqual(builtIn.fields.filter(({ means }) => means).map((field) => meansSays(field, spoken)));
      expect(form.words.map((one) => wordsSay(one, spoken))).toEqual(builtIn.words.map((one) => wordsSay(one, spoken)));
    }
    expect(form.checks.map(({ key }) => key)).toEqual(['deadRelated', 'costTotal']);
    expect(blocksOf(form.fields, 'short').map(({ block }) => block)).toEqual(blocksOf(builtIn.fields, 'short').map(({ block }) => block));
  });

  it('says what is wrong with it, where, and in which line', () => {
    const lines = text(usual()).split('\n');
    const at = lines.findIndex((one) => one.includes('"unit": "people"')) + 1;
    const broken = usual();
    broken.fields[0]!.unit = 'persons';
    expect(wrong(broken)).toEqual([
      { path: 'fields[0].unit', code: 'unknownUnit', what: 'persons', line: at },
      // Its sums go over all versions.
      { path: 'fields[0].unit', code: 'unitChanged', what: 'people', line: at },
    ]);
    const many = usual() as unknown as { fields: Record<string, unknown>[]; checks: object[]; blocks: object[]; extra?: number };
    delete many.fields[1]!['label'];
    many.fields[2]!['unusual'] = 'たくさん';
    many.fields[3]!['colour'] = 'red';
    expect(said(many)).toEqual([['fields[1].label', 'missing'], ['fields[2].unusual', 'badValue'], ['fields[3]', 'unknownItem']]);
    expect(wrong(many).map(({ line }) => typeof line)).toEqual(['number', 'number', 'number']);
    const twice = usual();
    twice.fields.push({ ...twice.fields[0]!, block: 'nowhere' });
    twice.checks = [{ key: 'dead', atMost: 'nobody' }, { key: 'dead' }];
    for (const field of twice.fields) field.forms = ['long'];
    expect(said(twice).toSorted()).toEqual([['checks[0].atMost', 'unknownKey'], ['checks[1]', 'checkEmpty'], ['fields', 'nothingShort'], [`fields[${twice.fields.length - 1}].block`, 'unknownBlock'], [`fields[${twice.fields.length - 1}].key`, 'twice']].toSorted());
    expect(wrong('{\n "name": "x",\n "blocks" [\n')).toMatchObject([{ code: 'notJson', line: 3 }]);
    expect(said('[]')).toEqual([['', 'badValue']]);
  });

  it('finds the line of each value, also behind signs that look like JSON', () => {
    const places = placesIn('{\n "a": "}]\\"{",\n "b": [1,\n  {"c": null}],\n "d": true}');
    expect([...places]).toEqual([['', 1], ['a', 2], ['b', 3], ['b[0]', 3], ['b[1]', 4], ['b[1].c', 4], ['d', 5]]);
  });

  it('shows what was told on an earlier form and is asked no more, behind what is asked now', () => {
    const file = usual();
    file.fields = [...file.fields.filter(({ key }) => key !== 'walls' && key !== 'ships'), { key: 'wells', block: 'other', label: { ja: '井戸', en: 'Wells' }, unit: 'places', forms: ['long'], unusual: 50 }];
    const forms = formsWith([formOfFile(file, 2)]);
    expect([forms.now.version, forms.of(1)?.name, forms.of(3)]).toEqual([2, undefined, undefined]);
    const keys = fieldsFor(forms, new Set(['walls', 'wells'])).map(({ key }) => key);
    expect(keys.slice(-2)).toEqual(['wells', 'walls']);
    expect(keys).not.toContain('ships');
  });
});

describe('D5 what is asked about figures beside each other', () => {
  const told = (figures: Record<string, number | null>) => Object.entries(figures).map(([key, n]) => ({ key, n }));
  const stands = (figures: Record<string, number>) => new Map(Object.entries(figures).map(([key, n]) => [key, { key, n, confirmed: false, asOf: 1 }]));

  it('is a part that is more than its whole, and a total below its parts; at the figure that is told now', () => {
    expect([...doubtsOf(builtIn, told({ dead: 2, deadRelated: 3 }), new Map())]).toEqual([['deadRelated', { why: 'more', than: 2, of: 'dead' }]]);
    expect([...doubtsOf(builtIn, told({ deadRelated: 3 }), stands({ dead: 2 }))]).toEqual([['deadRelated', { why: 'more', than: 2, of: 'dead' }]]);
    expect([...doubtsOf(builtIn, told({ dead: 2 }), stands({ deadRelated: 3 }))]).toEqual([['dead', { why: 'less', than: 3, of: 'deadRelated' }]]);
    expect([...doubtsOf(builtIn, told({ dead: 3, deadRelated: 3 }), new Map())]).toEqual([]);
    expect([...doubtsOf(builtIn, told({ dead: null, deadRelated: 3 }), new Map())]).toEqual([]);
    expect([...doubtsOf(builtIn, told({ costTotal: 10, costCrops: 6, costTrade: 5 }), new Map())]).toEqual([['costTotal', { why: 'less', than: 11 }]]);
    expect([...doubtsOf(builtIn, told({ costTotal: 11, costCrops: 6, costTrade: 5 }), new Map())]).toEqual([]);
    // What stands beside it was asked about when it was told.
    expect([...doubtsOf(builtIn, told({ missing: 1 }), stands({ dead: 2, deadRelated: 3 }))]).toEqual([]);
  });
});
