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
});
