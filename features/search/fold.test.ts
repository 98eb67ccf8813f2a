import { describe, expect, it } from 'vitest';
import { excerptOf, fold, grams, gramsOfTerm, mostFolded, terms } from './fold.ts';

describe('folding', () => {
  it.each([['ｱｵｲ', 'あおい'], ['アオイ', 'あおい'], ['ﾊﾟﾄｶｰ', 'ぱとかー'], ['ＮＯＲＯＳＨＩ', 'noroshi'], ['髙﨑', '高崎'], ['１２人', '12人'], ['㈱', '(株)'], ['久万　高原', '久万 高原'], ['𠮷田', '𠮷田']])('F2 %s is %s', (given, made) => {
    expect(fold(given).text).toBe(made);
  });
  it('knows for each character where it came from', () => {
    const { text, from } = fold('㌔ﾊﾟ😀A');
    expect(text).toBe('きろぱ😀a');
    expect(from).toEqual([0, 0, 1, 3, 3, 5]);
  });
  it('F1 cuts into characters and pairs, not across spaces', () => {
    expect(grams('避難 所')).toEqual(['避', '避難', '難', '所']);
    expect(gramsOfTerm('所')).toEqual(['所']);
    expect(gramsOfTerm('避難所')).toEqual(['避難', '難所']);
    expect(terms('　水　ＭＩＺＵ 水 ')).toEqual(['水', 'mizu']);
  });
  it('marks what was found in the original words', () => {
    const { text, marks } = excerptOf(`${'あ'.repeat(80)}ヒナンジョの水が足りません${'い'.repeat(80)}`, terms('ひなんじょ 水'));
    expect(marks.map(([a, b]) => text.slice(a, b))).toEqual(['ヒナンジョ', '水']);
    expect(excerptOf('', ['水'])).toEqual({ text: '', marks: [] });
  });
  it('marks them far behind in a long text too, and the one that begins first', () => {
    for (const before of [0, 1, 29, 30, 245, 250, 749, 750, 9_000]) {
      const { text, marks } = excerptOf(`${'か'.repeat(before)}避難所の水が足りません${'い'.repeat(9_000 - before)}`, terms('水 避難所の水が足りま'));
      expect(marks.map(([a, b]) => text.slice(a, b)), String(before)).toEqual(['避難所の水が足りま']);
    }
  });
  it('F7 folds no more of a text than the excerpt needs, and of what Unicode unfolds no more than of the longest message', () => {
    const ligatures = '\ufdfa'.repeat(10_000);
    expect(fold(ligatures).text.length).toBeLessThanOrEqual(mostFolded);
    const longest = '水'.repeat(mostFolded - 1) + '終';
    expect(fold(longest).text).toBe(longest);
    // In order, not in time: what lies behind the excerpt is not even looked at.
    let furthest = 0;
    const watched = new Proxy(Object('水'.repeat(10_000)) as object, {
      get(text, key) {
        const value = Reflect.get(text, key) as unknown;
        return typeof value !== 'function' ? value : (...given: number[]) => {
          if (key === 'charCodeAt' || key === 'codePointAt') furthest = Math.max(furthest, given[0]!);
          return (value as (...given: number[]) => unknown).apply(String(text), given);
        };
      },
    }) as unknown as string;
    expect(excerptOf(watched, ['水']).marks).toHaveLength(1);
    expect(furthest).toBeGreaterThan(80);
    expect(furthest).toBeLessThan(500);
  });
});
