import { putContact, setFavourite, setRegions, type Content } from '@noroshi/features/contacts';
import type { Names, Scene } from './scene.ts';

/** Bodies are as one would find them in a list on the wall; names of people and all numbers are invented (exchange 00 or 000, given to nobody). */
const outside: readonly (readonly [key: string, as: string, org: string, content: Content])[] = [
  ['hiroshima', 'ehime/desk', '愛媛県', { kind: 'prefecture', name: '広島県 危機管理監', kana: 'ひろしまけん ききかんりかん', desk: '危機管理課 応援調整班', phones: [{ kind: 'office', number: '082-000-0100' }, { kind: 'night', number: '082-000-0119' }, { kind: 'fax', number: '082-000-0190' }], email: 'kikikanri@hiroshima.example.jp', note: '中国・四国ブロックのカウンターパート。' }],
  ['kochi', 'ehime/desk', '愛媛県', { kind: 'prefecture', name: '高知県 危機管理部', kana: 'こうちけん ききかんりぶ', phones: [{ kind: 'office', number: '088-000-0200' }, { kind: 'night', number: '088-000-0219' }] }],
  ['soumu', 'ehime/desk', '愛媛県', { kind: 'ministry', name: '総務省 応急対策職員派遣窓口', kana: 'そうむしょう おうきゅうたいさくしょくいんはけんまどぐち', phones: [{ kind: 'direct', number: '03-0000-0300' }], email: 'haken@soumu.example.jp' }],
  ['kisho', 'ehime/desk', '愛媛県', { kind: 'ministry', name: '松山地方気象台', kana: 'まつやまちほうきしょうだい', desk: '防災気象官', phones: [{ kind: 'direct', number: '089-000-0410' }, { kind: 'night', number: '089-000-0411' }] }],
  ['oozu-river', 'ehime/desk', '愛媛県', { kind: 'ministry', name: '大洲河川国道事務所', kana: 'おおずかせんこくどうじむしょ', desk: '防災課', phones: [{ kind: 'office', number: '0893-00-0500' }] }],
  ['jieitai', 'ehime/bureau', '愛媛県', { kind: 'defence', name: '自衛隊 松山駐屯地', kana: 'じえいたい まつやまちゅうとんち', desk: '第3科', person: '大西 守', personKana: 'おおにし まもる', phones: [{ kind: 'office', number: '089-000-0600' }, { kind: 'satellite', number: '00870-000-2001' }], note: '災害派遣要請は知事から。窓口の事前連絡はこの番号へ。' }],
  ['kaiho', 'ehime/desk', '愛媛県', { kind: 'rescue', name: '宇和島海上保安部', kana: 'うわじまかいじょうほあんぶ', phones: [{ kind: 'office', number: '0895-00-0700' }] }],
  ['power', 'ehime/lists', '愛媛県', { kind: 'utility', name: '四国の電力会社 愛媛支店', kana: 'しこくのでんりょくがいしゃ えひめしてん', desk: '災害対策窓口', person: '高橋 誠', personKana: 'たかはし まこと', phones: [{ kind: 'direct', number: '089-000-0800' }, { kind: 'night', number: '089-000-0801' }] }],
  ['telecom', 'ehime/lists', '愛媛県', { kind: 'utility', name: '通信会社 四国災害対策室', kana: 'つうしんがいしゃ しこくさいがいたいさくしつ', phones: [{ kind: 'direct', number: '089-000-0810' }], email: 'saigai@tsushin.example.jp' }],
  ['hospital', 'ehime/health', '愛媛県', { kind: 'hospital', name: '県立南宇和病院', kana: 'けんりつみなみうわびょういん', desk: '事務局 防災担当', phones: [{ kind: 'office', number: '0895-00-0900' }, { kind: 'night', number: '0895-00-0909' }, { kind: 'fax', number: '0895-00-0990' }], place: '南宇和郡愛南町城辺', note: '夜間は守衛室が受け、当直につなぐ。' }],
  ['seiyo-hospital', 'seiyo/disaster', '西予市', { kind: 'hospital', name: '西予市民病院', kana: 'せいよしみんびょういん', desk: '総務課', phones: [{ kind: 'office', number: '0894-00-0910' }], place: '西予市宇和町' }],
  ['rail', 'ehime/lists', '愛媛県', { kind: 'transport', name: '鉄道会社 宇和島運転区', kana: 'てつどうがいしゃ うわじまうんてんく', phones: [{ kind: 'direct', number: '0895-00-0950' }] }],
  ['trucks', 'ehime/lists', '愛媛県', { kind: 'partner', name: '愛媛県トラック協会', kana: 'えひめけんとらっくきょうかい', phones: [{ kind: 'office', number: '089-000-0970' }], note: '緊急物資輸送の協定先。' }],
];

const regions: readonly (readonly [name: string, romaji: string, towns: readonly string[]])[] = [
  ['東予', 'Toyo', ['今治市', '新居浜市', '西条市', '四国中央市', '上島町']],
  ['中予', 'Chuyo', ['松山市', '伊予市', '東温市', '久万高原町', '松前町', '砥部町']],
  ['南予', 'Nanyo', ['宇和島市', '八幡浜市', '大洲市', '西予市', '内子町', '伊方町', '松野町', '鬼北町', '愛南町']],
];

/** The regions of Ehime, whom its headquarters rings outside, and whom Hanako and Taro want at hand. */
export function contactScenes({ org, thing }: Names): Scene[] {
  const daysAgo = (days: number): number => days * 24 * 60;
  return [
    { ago: daysAgo(25), as: 'ehime/hanako', label: 'contacts/regions', deed: setRegions, input: { regions: regions.map(([name, romaji, towns]) => ({ name, romaji, orgs: towns.map(org) })) } },
    ...outside.map(([key, as, keeper, content], i): Scene => ({ ago: daysAgo(24) - i, as, label: `contacts/${key}`, deed: putContact, input: { id: thing(`contact/${key}`), org: org(keeper), ...content } })),
    ...([['ehime/hanako', 'contact/hiroshima'], ['ehime/hanako', 'person/seiyo/deputyHead'], ['seiyo/deputyHead', 'person/ehime/hanako'], ['seiyo/deputyHead', 'contact/hospital']] as const)
      .map(([as, of], i): Scene => ({ ago: daysAgo(10) - i, as, label: `favourite/${as}/${of}`, deed: setFavourite, input: { of: thing(of), on: true } })),
  ];
}
