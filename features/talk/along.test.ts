import { describe, expect, it } from 'vitest';
import { asSubject, together } from './along.ts';

describe('words that go along into a form', () => {
  const meet = (text: string, words: string, gone: readonly string[] = [], longest = 1_000): string => together(text, { words, gone }, longest);

  it('stand below what was begun, once; what was said in the talk since makes room, and what was said nowhere stays', () => {
    expect(meet('', '野村で浸水')).toBe('野村で浸水');
    expect(meet('肱川が氾濫', '野村で浸水')).toBe('肱川が氾濫\n野村で浸水');
    expect(meet('肱川が氾濫\n野村で浸水', '野村で浸水', ['肱川が氾濫'])).toBe('肱川が氾濫\n野村で浸水');
    expect(meet('肱川が氾濫', '野村で浸水', ['肱川が氾濫'])).toBe('野村で浸水');
    expect(meet('消防より\n肱川が氾濫\n確認中', '野村で$&浸水', ['宇和で断水', '肱川が氾濫'])).toBe('消防より\n野村で$&浸水\n確認中');
    expect(meet('消防より\n肱川が氾濫 \n\n橋は通れる\n確認中', '野村で浸水\n床上', ['肱川が氾濫\n橋は通れる'])).toBe('消防より\n野村で浸水\n床上\n確認中');
    // Several drafts came along before, and were said.
    expect(meet('消防より\n宇和で断水\n肱川が氾濫\n確認中', '野村で浸水', ['肱川が氾濫', '宇和で断水', '野村で'])).toBe('消防より\n野村で浸水\n確認中');
    // It was written on in the form: that is said nowhere.
    expect(meet('肱川が越水', '野村で浸水', ['肱川が氾濫'])).toBe('肱川が越水\n野村で浸水');
    expect(meet('消防より 肱川が氾濫', '野村で浸水', ['肱川が氾濫'])).toBe('消防より 肱川が氾濫\n野村で浸水');
    expect(meet('肱川が氾濫していません', '野村で浸水', ['肱川が氾濫'])).toBe('肱川が氾濫していません\n野村で浸水');
    expect(meet('10人分の毛布', '水', ['毛布'])).toBe('10人分の毛布\n水');
    // These letters stand there in another word.
    expect(meet('野村で浸水', '水')).toBe('野村で浸水\n水');
    expect(meet('肱川が氾濫', '')).toBe('肱川が氾濫');
    expect(meet('', 'あ'.repeat(30), [], 20)).toHaveLength(20);
  });

  it('have their first line as subject; one that is too long stands whole below, and no character is cut in two', () => {
    expect(asSubject('連絡会議\n\n議題は受援計画\n第2会議室', 20)).toEqual({ subject: '連絡会議', below: '議題は受援計画\n第2会議室' });
    expect(asSubject('連絡会議', 20)).toEqual({ subject: '連絡会議', below: '' });
    expect(asSubject('', 20)).toEqual({ subject: '', below: '' });
    const long = `${'𠮷'.repeat(15)}野家の前`;
    expect(asSubject(long, 20)).toEqual({ subject: `${'𠮷'.repeat(9)}…`, below: long });
  });
});
