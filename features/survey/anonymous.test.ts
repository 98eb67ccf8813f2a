import { hexOf, hide, isSigned, unhide, type Form, type Sha256, type Values } from '@noroshi/features/survey';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { words } from '@noroshi/foundations/i18n';
import { freshId } from '@noroshi/foundations/testing';
import { constants, createHash, generateKeyPairSync, privateDecrypt, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fewest, pooled, poolsOf } from './pooled.ts';
import { pooledCsv, pooledRows } from './pooled-workbook.ts';
import type { Sheet } from './sheet.ts';

const sha256: Sha256 = async (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest());
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const key = Buffer.from(privateKey.export({ format: 'jwk' }).n!, 'base64url').toString('hex').padStart(512, '0');
/** What the server does to what it is shown. */
const signs = (blinded: string): string => privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, Buffer.from(blinded, 'hex')).toString('hex');
const random = (n: number): string => hexOf(randomBytes(n));

describe('a ballot', () => {
  it('V29 is signed without being seen, and is good for one box alone', async () => {
    const [box, token] = [freshId(), random(32)];
    const hidden = (await hide(key, box, token, random(256), sha256))!;
    const signature = unhide(key, signs(hidden.blinded), hidden.factor)!;
    expect(await isSigned(key, box, token, signature, sha256)).toBe(true);
    expect([await isSigned(key, freshId(), token, signature, sha256), await isSigned(key, box, random(32), signature, sha256), await isSigned(key, box, token, random(256), sha256), await isSigned(key, box, token, signs(hidden.blinded), sha256)]).toEqual([false, false, false, false]);
  });

  it('V29 what was signed fits every ballot that came in: for each of them there is a hiding that leads to it', async () => {
    const box = freshId();
    const all = await Promise.all(Array.from({ length: 3 }, async () => {
      const token = random(32);
      const hidden = (await hide(key, box, token, random(256), sha256))!;
      return { token, hidden, signature: unhide(key, signs(hidden.blinded), hidden.factor)! };
    }));
    const n = BigInt(`0x${key}`);
    for (const seen of all) {
      for (const came of all) {
        // The factor that would have hidden this ballot behind that sight: signed sight / signature. It exists for every pair, and hides it exactly so.
        const factor = (BigInt(`0x${signs(seen.hidden.blinded)}`) * inverse(BigInt(`0x${came.signature}`), n)) % n;
        expect((await hide(key, box, came.token, factor.toString(16).padStart(512, '0'), sha256))!.blinded).toBe(seen.hidden.blinded);
      }
    }
  });
});

/** Euclid, written anew: a test does not ask what it tests. */
function inverse(n: bigint, modulus: bigint): bigint {
  let [r, next, s, after] = [modulus, n % modulus, 0n, 1n];
  while (next !== 0n) [r, next, s, after] = [next, r % next, after, s - (r / next) * after];
  return ((s % modulus) + modulus) % modulus;
}

describe('what groups said', () => {
  const orgs = (...sizes: number[]) => sizes.map((n, at) => ({ org: `o${at}`, all: Array.from({ length: n }, (_, i) => `${at}/${i}`) }));
  const shape = (...sizes: number[]) => poolsOf(orgs(...sizes)).map((pool) => [pool.orgs.toSorted().join('+'), pool.all.length]);

  it('V31 no group has fewer than five answers: small ones come together, and where that is too little the smallest of the others joins them', () => {
    expect(shape(4)).toEqual([]);
    expect(shape(5)).toEqual([['o0', 5]]);
    expect(shape(6, 3, 2)).toEqual([['o0', 6], ['o1+o2', 5]]);
    expect(shape(9, 6, 1)).toEqual([['o0', 9], ['o1+o2', 7]]);
    expect(shape(9, 0, 0)).toEqual([['o0', 9]]);
    expect(shape(2, 1, 1)).toEqual([]);
  });

  it('V31 over all divisions of a hundred answers, no group shows fewer than five, every answer is told once, and what is missing is nothing or all', () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const sizes = Array.from({ length: 6 }, (_, at) => (seed * 7 + at * at * 13 + seed * at) % 12);
      const pools = poolsOf(orgs(...sizes));
      const told = pools.flatMap(({ all }) => all);
      expect(pools.every(({ all }) => all.length >= fewest)).toBe(true);
      expect(new Set(told).size).toBe(told.length);
      // The complement is empty: nothing can be had by taking what is shown from the number of all who answered.
      const of = sizes.reduce((a, b) => a + b, 0);
      expect(told.length === of || (told.length === 0 && of < fewest), `${sizes}`).toBe(true);
    }
  });

  const form: Form = [
    { id: 'a', kind: 'one', title: '役に立ったか', options: [{ id: 'y', name: 'はい' }, { id: 'n', name: 'いいえ' }] },
    { id: 's', kind: 'scale', title: '何点', max: 3 }, { id: 'n', kind: 'number', title: '何枚' }, { id: 'w', kind: 'text', title: 'ひとこと' },
    { id: 't', kind: 'table', title: '数', options: [{ id: 'r1', name: '水' }, { id: 'r2', name: '毛布' }] },
  ];
  const said: Values[] = [{ a: 'y', s: 1, n: 3, w: 'う' }, { a: 'n', s: 3, w: 'あ', t: [1, null] }, { a: 'y', n: 4, w: '=1+1' }, { t: [2, 5] }, { a: 'y', s: 3, w: 'い' }];

  it('V31 V32 sums and words stand apart, in an order nobody chose; a table to take along holds no person and runs no formula', () => {
    const group = pooled(form, { orgs: ['o1', 'o2'], all: said });
    expect(group).toEqual({
      orgs: ['o1', 'o2'], n: 5, questions: [
        { id: 'a', answered: 4, options: { y: 3, n: 1 } }, { id: 's', answered: 3, options: { s1: 1, s2: 0, s3: 2 } }, { id: 'n', answered: 2, sum: 7 },
        { id: 'w', answered: 4, words: ['=1+1', 'あ', 'い', 'う'] }, { id: 't', answered: 2, rows: [3, 5] },
      ],
    });
    expect(pooled(form, { orgs: [], all: said.toReversed() }).questions).toEqual(group.questions);
    const out = { first: { kind: 'form', title: 'ふりかえり', form, anonymous: true } as Sheet, incident: '', people: [], org: (id: string) => ({ o1: '西予市', o2: '西条市' })[id] ?? '' };
    const ja = words('ja', japanese);
    const rows = pooledRows(out, { state: 'shown', groups: [group] }, ja);
    expect(rows.slice(0, 4)).toEqual([['機関', '問い', '答え', '人数'], ['西予市、西条市', '役に立ったか', 'はい', 3], ['西予市、西条市', '役に立ったか', 'いいえ', 1], ['西予市、西条市', '役に立ったか', 'この問いは無回答', 1]]);
    expect(pooledCsv(out, { state: 'shown', groups: [group] }, ja)).not.toMatch(/(^|,)"?=1/m);
    expect(pooledRows(out, { state: 'few', groups: [] }, words('en', english))[1]![0]).toContain('Too few people');
  });

  const desks = ['a', 'b', 'c'].map((id) => ({ id, name: id }));
  const hangs = (id: string, is: string[], kind: 'text' | 'scale' = 'scale'): Form[number] => ({ id, kind, title: id, ...(kind === 'scale' ? { max: 3 } : {}), showWhen: { q: 'desk', is } });
  const desk: Form[number] = { id: 'desk', kind: 'one', title: '係', options: desks };
  const told = (of: Form, all: Values[]) => pooled(of, { orgs: ['o1'], all }).questions.filter(({ answered }) => answered !== undefined).map(({ id }) => id);
  const at = (where: string, n: number, more: Values): Values[] => Array.from({ length: n }, () => ({ desk: where, ...more }));

  it('V31 what hangs on another answer is not told of fewer than five: neither what was said, nor how many were asked', () => {
    const asked: Form = [desk, hangs('qa', ['a'], 'text'), hangs('sa', ['a'])];
    const group = pooled(asked, { orgs: ['o1'], all: [...at('a', 1, { qa: '課長が隠した', sa: 1 }), ...at('b', 4, {})] });
    expect(group.questions).toEqual([{ id: 'desk', answered: 5, options: { a: 1, b: 4, c: 0 } }, { id: 'qa' }, { id: 'sa' }]);
    const out = { first: { kind: 'form', title: 'x', form: asked, anonymous: true } as Sheet, incident: '', people: [], org: () => '西予市' };
    const rows = pooledRows(out, { state: 'shown', groups: [group] }, words('ja', japanese));
    expect(rows.filter(([, question]) => question === 'qa')).toEqual([['西予市', 'qa', expect.stringContaining('5人未満'), '']]);
    // Five on either side: told, and without a row of those who were not asked.
    const enough = pooled(asked, { orgs: ['o1'], all: [...at('a', 5, { sa: 1 }), ...at('b', 5, {})] });
    expect(enough.questions.slice(1)).toEqual([{ id: 'qa' }, { id: 'sa', answered: 5, options: { s1: 5, s2: 0, s3: 0 } }]);
    expect(pooledRows(out, { state: 'shown', groups: [enough] }, words('ja', japanese)).filter(([, question]) => question === 'sa').map(([, , said]) => said)).not.toContain('この問いは無回答');
  });

  it('V31 nor is what fewer than five said had by taking one question from another', () => {
    // The same asked of all, and of all but one desk with one person.
    expect(told([desk, { id: 's', kind: 'scale', title: 's', max: 3 }, hangs('sb', ['b'])], [...at('a', 1, { s: 1 }), ...at('b', 9, { s: 2, sb: 2 })])).toEqual(['desk', 's']);
    // Two desks apart, and the three together: the third would be what is left.
    const three = [...at('a', 5, { sa: 1, all: 1 }), ...at('b', 5, { sb: 1, all: 1 }), ...at('c', 1, { all: 3 }), ...at('x', 5, {})];
    expect(told([desk, hangs('sa', ['a']), hangs('sb', ['b']), hangs('all', ['a', 'b', 'c'])], three)).toEqual(['desk', 'sa', 'sb']);
    expect(told([desk, hangs('sa', ['a']), hangs('sb', ['b']), hangs('all', ['a', 'b', 'c'])], three.filter((one) => one['desk'] !== 'c'))).toEqual(['desk', 'sa', 'sb', 'all']);
  });
});
