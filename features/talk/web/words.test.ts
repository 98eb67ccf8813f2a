import { describe, expect, it } from 'vitest';
import { foldAt } from './LongWords.tsx';
import { linksIn } from './Written.tsx';

describe('what can be pressed in words', () => {
  it.each([
    ['災害対策本部 0894-62-1111 まで', '0894-62-1111', 'tel:0894621111'],
    ['携帯は090-1234-5678です', '090-1234-5678', 'tel:09012345678'],
    ['０８９４－６２－１１１１', '０８９４－６２－１１１１', 'tel:0894621111'],
    ['携帯09012345678', '09012345678', 'tel:09012345678'],
    ['https://example.jp/0894-62-1111 を見る', 'https://example.jp/0894-62-1111', 'https://example.jp/0894-62-1111'],
  ])('%s', (text, said, href) => {
    expect(linksIn(text).map((link) => [link.said, link.href])).toEqual([[said, href]]);
  });
  it.each(['2018-07-08', 'C-西予-001', '10-20-30', '受付番号 1234567890123', '20180-12-3456'])('is not %s', (text) => {
    expect(linksIn(text)).toEqual([]);
  });
});

describe('a long text', () => {
  it('folds after about fifteen lines of a phone, and a short one does not', () => {
    expect(foldAt('短い')).toBe(2);
    expect(foldAt('行\n'.repeat(15))).toBe(30);
    expect(foldAt('行\n'.repeat(60))).toBe(30);
    expect(foldAt('あ'.repeat(10_000))).toBe(300);
    // Two lines more are no reason.
    expect(foldAt('あ'.repeat(340))).toBe(340);
  });
  it('is cut neither within an address or number nor within a character', () => {
    const before = 'あ'.repeat(290);
    expect(foldAt(`${before}https://example.jp/long/way${'い'.repeat(500)}`)).toBe(290);
    expect(foldAt(`${'あ'.repeat(299)}${'𠮷'.repeat(300)}`)).toBe(299);
  });
});
