import { describe, expect, it } from 'vitest';
import { excerptOf, fold, grams, gramsOfTerm, terms } from '@noroshi/features/search';

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
});
