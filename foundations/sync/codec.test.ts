import { decode, encode as reference } from '@msgpack/msgpack';
import { seeded, type Dice } from '@noroshi/foundations/testing';
import { describe, expect, it } from 'vitest';
import { BrokenBytes, decodeAll, encode } from './codec.ts';

const edges = [0, 1, 127, 128, 255, 256, 65_535, 65_536, 4_294_967_295, 4_294_967_296, Number.MAX_SAFE_INTEGER, -1, -32, -33, -128, -129, -32_768, -32_769, -2_147_483_648, -2_147_483_649, Number.MIN_SAFE_INTEGER, 1.5, -0.1, 1e300];

function value(dice: Dice, depth = 0): unknown {
  switch (dice.below(depth > 3 ? 6 : 8)) {
    case 0: return dice.pick(edges);
    case 1: return null;
    case 2: return dice.chance(0.5);
    case 3: return Array.from({ length: dice.below(40) }, () => dice.pick([...'aé水𠮷😀\0ｶ髙'])).join('');
    case 4: return Uint8Array.from({ length: dice.below(300) }, () => dice.below(256));
    case 5: return dice.below(2 ** 31) - 2 ** 30;
    case 6: return Array.from({ length: dice.below(20) }, () => value(dice, depth + 1));
    default: return Object.fromEntries(Array.from({ length: dice.below(20) }, (_, i) => [`k${i}水`, value(dice, depth + 1)]));
  }
}

describe('the codec', () => {
  it.each(Array.from({ length: 20 }, (_, i) => i + 1))('writes what the reference library reads, and reads what it writes (seed %i)', (seed) => {
    const dice = seeded(seed);
    for (let i = 0; i < 100; i++) {
      const one = value(dice);
      expect(decode(encode(one))).toEqual(one);
      expect(decodeAll(reference(one))).toEqual([one]);
      expect(decodeAll(encode(one))).toEqual([one]);
    }
  });

  it.each([...edges.map((n) => [n]), ['あ'.repeat(10_000)], [new Uint8Array(70_000)], [Array.from({ length: 70_000 }, () => 1)]] as unknown[][])('carries the edges', (one) => {
    expect(decodeAll(encode(one))).toEqual([one]);
    expect(decode(encode(one))).toEqual(one);
    if (typeof one === 'number' && Number.isInteger(one) && Number.isSafeInteger(one)) expect(encode(one).length).toBe(reference(one).length);
  });

  it('leaves out what is absent, and mends half a pair', () => {
    expect(decodeAll(encode({ a: undefined, b: 1 }))).toEqual([{ b: 1 }]);
    expect(decodeAll(encode('a\ud800b'))).toEqual(['a\ufffdb']);
  });

  it('refuses garbage, cuts, lengths that cannot be, and depth, without making room for them', () => {
    const whole = encode([1, 'あいう', { a: new Uint8Array(9) }]);
    for (let cut = 1; cut < whole.length; cut++) expect(() => decodeAll(whole.subarray(0, cut))).toThrow(BrokenBytes);
    for (const bytes of [[0xdd, 0xff, 0xff, 0xff, 0xff], [0xdf, 0xff, 0xff, 0xff, 0xff], [0xdb, 0xff, 0xff, 0xff, 0xff], [0xc6, 0xff, 0xff, 0xff, 0xff], [0xc1], [0xa2, 0xc0, 0xaf], [0xa3, 0xed, 0xa0, 0x80], [0x81, 0x01, 0x01], [0xcf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]]) {
      expect(() => decodeAll(Uint8Array.from(bytes))).toThrow(BrokenBytes);
    }
    expect(() => decodeAll(new Uint8Array(10_000).fill(0x91))).toThrow(BrokenBytes);
    expect(() => decodeAll(encode(JSON.parse('{"__proto__": 1}')))).toThrow(BrokenBytes);
    const dice = seeded(7);
    for (let i = 0; i < 5_000; i++) {
      const noise = Uint8Array.from({ length: dice.below(60) }, () => dice.below(256));
      try { decodeAll(noise); } catch (error) { expect(error).toBeInstanceOf(BrokenBytes); }
    }
  });
});
