import type { PrefectureFile } from './prefecture-file.ts';

/** A small file with one of each thing, to be filled in: what an administrator gets who asks how it must look. */
export const sampleFile: PrefectureFile = {
  prefecture: { code: '380008', name: '愛媛県', kana: 'えひめけん', romaji: 'Ehime', short: '県' },
  municipalities: [
    { code: '382019', name: '松山市', kana: 'まつやまし', romaji: 'Matsuyama', kind: 'city' },
    { code: '382060', name: '西条市', kana: 'さいじょうし', romaji: 'Saijo', kind: 'city', lat: 33.9195, lon: 133.1812 },
    { code: '382108', name: '伊予市', kana: 'いよし', romaji: 'Iyo', kind: 'city' },
    { code: '382141', name: '西予市', kana: 'せいよし', romaji: 'Seiyo', kind: 'city' },
  ],
  outside: [{ name: '広島県', kana: 'ひろしまけん', romaji: 'Hiroshima' }],
  counterpartGroups: [
    { id: 'A', name: 'グループA', members: ['松山市', '伊予市'] },
    { id: 'C', name: 'グループC', members: ['西予市', '西条市', '伊予市'], supportOnly: ['松山市'] },
  ],
  plan: {
    name: '応援計画', from: '2026-04-01',
    rows: [
      { affected: '松山市', supporters: ['伊予市'] },
      { affected: '西条市', supporters: ['西予市', '伊予市'] },
      { affected: '伊予市', supporters: ['西条市', '西予市'] },
      { affected: '西予市', supporters: ['西条市', '伊予市', '松山市'] },
    ],
  },
};
