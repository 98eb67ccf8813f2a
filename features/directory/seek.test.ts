import { busyWith } from '@noroshi/foundations/testing';
import { describe, expect, it } from 'vitest';
import { keyOfKana, keysOfLatin } from './reading.ts';
import { seekable, seeks } from './seek.ts';

/** A reading, and all the ways in which people write it in Latin letters. */
const spellings: readonly (readonly [kana: string, ...latin: string[]])[] = [
  ['しぶや', 'shibuya', 'sibuya'],
  ['つかもと', 'tsukamoto', 'tukamoto'],
  ['ふくだ', 'fukuda', 'hukuda'],
  ['ちば', 'chiba', 'tiba'],
  ['じんぼう', 'jimbo', 'jinbo', 'zinbou', 'jimbō', 'jinboh'],
  ['おおの', 'ono', 'ohno', 'oono', 'ōno', 'ôno', 'ouno'],
  ['こうち', 'kochi', 'kouchi', 'kōchi', 'kouti', 'koti'],
  ['ひょうどう', 'hyodo', 'hyoudou', 'hyōdō', 'hyodoh'],
  ['さとう', 'sato', 'satou', 'satoh', 'satō'],
  ['はっとり', 'hattori'],
  ['ほっち', 'hotchi', 'hotti', 'hocchi'],
  ['まっちゃ', 'matcha', 'mattya', 'maccha'],
  ['しんばし', 'shimbashi', 'shinbashi', 'sinbasi'],
  ['なんば', 'namba', 'nanba'],
  ['ほんま', 'homma', 'honma'],
  ['さんぺい', 'sampei', 'sanpei'],
  ['けんいち', "ken'ichi", 'kenichi', 'kenniti', 'ken-ichi'],
  ['さんのみや', 'sannomiya'],
  ['しゅんすけ', 'shunsuke', 'syunsuke'],
  ['じゅんじ', 'junji', 'zyunzi', 'jyunji'],
  ['ちょうふ', 'chofu', 'choufu', 'tyohu', 'chōfu'],
  ['みやづ', 'miyazu', 'miyadu', 'miyadzu'],
  ['うわじま', 'uwajima', 'uwazima'],
  ['いのうえ', 'inoue'],
  ['にいがた', 'niigata', 'nīgata'],
  ['かとー', 'kato', 'katō', 'katou'],
  ['きゅうしゅう', 'kyushu', 'kyuushuu', 'kyūshū', 'kyusyu'],
];

describe('C6 a reading in Latin letters', () => {
  it.each(spellings)('%s is one key, however it is written', (kana, ...latin) => {
    expect(latin.map((one) => [one, keysOfLatin(one).includes(keyOfKana(kana))])).toEqual(latin.map((one) => [one, true]));
  });

  it.each(spellings)('%s is found from the first letter on, and at each one after it', (kana, ...latin) => {
    const one = seekable([], [kana]);
    const missed = latin.flatMap((word) => Array.from({ length: word.length }, (_, i) => word.slice(0, i + 1))).filter((typed) => !seeks(typed)(one));
    expect(missed).toEqual([]);
  });

  it('is not that of another', () => {
    expect(keysOfLatin('shibuya')).not.toContain(keyOfKana('しぶさわ'));
    expect(keysOfLatin('hattori')).not.toContain(keyOfKana('はとり'));
  });
});

describe('C6 the address book', () => {
  const taro = seekable(['髙橋 太郎', '危機管理課 係長', '西予市'], ['たかはし たろう', 'せいよし', 'Seiyo'], ['090-0000-0001']);

  it.each([
    ['高橋'], ['髙橋'], ['たかはし'], ['タカハシ'], ['ﾀｶﾊｼ'], ['takahashi'], ['ＴＡＫＡＨＡＳＨＩ'], ['たかはし　たろう'], ['たかはしたろう'], ['takahashi taro'], ['takahasitaro'], ['taro takahashi'], ['tarotakahashi'],
    ['係長 西予'], ['seiyo takahashi'], ['せいよ　かかりちょう'.slice(0, 3)], ['09000000001'], ['０９０－００００'], ['たかはs'], ['たかはｓ'],
  ])('finds them by %s', (typed) => {
    expect(seeks(typed)(taro)).toBe(true);
  });

  it.each([['takahata'], ['高田'], ['たかはし 伊予'], ['0899'], ['係長 松山']])('and not by %s', (typed) => {
    expect(seeks(typed)(taro)).toBe(false);
  });

  it('takes a long vowel and the name behind it for two, where they are written apart', () => {
    expect(seeks('ume')(seekable([], ['さとう うめ']))).toBe(true);
  });

  it('says nothing of nothing: all are meant', () => {
    expect(seeks(' 　')(taro)).toBe(true);
  });

  it('goes through 1,000 people and 500 from outside within a quarter of 100 ms for each key', () => {
    const all = Array.from({ length: 1_500 }, (_, i) => seekable([`髙橋 太郎${i}`, '危機管理課 係長', '西予市'], ['たかはし たろう', 'せいよし', 'Seiyo'], [`090-0000-${i}`]));
    const keys = ['t', 'ta', 'tak', 'taka', 'takah', 'takaha', 'takahas', 'takahash', 'takahashi'];
    const spent = busyWith(() => { for (const key of keys) expect(all.filter(seeks(key))).toHaveLength(1_500); });
    // A telephone at a quarter of this speed has 100 ms for a key.
    expect(spent / keys.length).toBeLessThan(25);
  });
});
