import type { Person, Phone, Post } from '@noroshi/features/directory';

/** Someone of the demo. All are invented: names are put together from family names that are common in Ehime, and every telephone number lies in a block that is given to nobody (exchange 00 or 000 after an area code, 0000 after 090). */
export interface DemoPerson {
  /** Names them in the seed: `seiyo/deputyHead`. */
  readonly key: string;
  /** Of the organization, as the directory has it. */
  readonly org: string;
  readonly name: string;
  readonly kana: string;
  readonly role: Person['role'];
  readonly phones: readonly Phone[];
  readonly email?: string;
  readonly post?: Pick<Post, 'title' | 'duty' | 'rank'> & { /** The key of who stands in. */ readonly deputy?: string };
}

interface Town {
  readonly name: string;
  /** The beginning of its addresses and of its people's keys. */
  readonly key: string;
  /** The area code, and the exchange that is given to nobody. */
  readonly dial: string;
  readonly head: readonly [name: string, kana: string];
  readonly disaster: readonly [name: string, kana: string, desk: string];
  readonly personnel: readonly [name: string, kana: string, desk: string];
}

const towns: readonly Town[] = [
  { name: '松山市', key: 'matsuyama', dial: '089-000', head: ['重松 直樹', 'しげまつ なおき'], disaster: ['武智 沙織', 'たけち さおり', '防災・危機管理課 主幹'], personnel: ['玉井 亮', 'たまい りょう', '人事課 副主幹'] },
  { name: '今治市', key: 'imabari', dial: '0898-00', head: ['村上 恵子', 'むらかみ けいこ'], disaster: ['矢野 拓也', 'やの たくや', '防災危機管理課 係長'], personnel: ['越智 真由', 'おち まゆ', '人事課 主任'] },
  { name: '宇和島市', key: 'uwajima', dial: '0895-00', head: ['清家 正彦', 'せいけ まさひこ'], disaster: ['薬師寺 隼人', 'やくしじ はやと', '危機管理課 課長補佐'], personnel: ['赤松 陽子', 'あかまつ ようこ', '人事課 係長'] },
  { name: '八幡浜市', key: 'yawatahama', dial: '0894-00', head: ['菊池 祥一', 'きくち しょういち'], disaster: ['二宮 千夏', 'にのみや ちなつ', '総務課 危機管理・原子力対策室 係長'], personnel: ['宇都宮 健太', 'うつのみや けんた', '総務課 職員係'] },
  { name: '新居浜市', key: 'niihama', dial: '0897-00', head: ['石川 和美', 'いしかわ かずみ'], disaster: ['白石 航', 'しらいし わたる', '危機管理課 主査'], personnel: ['近藤 麻衣', 'こんどう まい', '人事課 人事係長'] },
  { name: '西条市', key: 'saijo', dial: '0897-00', head: ['一色 克己', 'いっしき かつみ'], disaster: ['越智 葵', 'おち あおい', '危機管理課 係長'], personnel: ['青野 圭', 'あおの けい', '職員厚生課 主任'] },
  { name: '大洲市', key: 'ozu', dial: '0893-00', head: ['上田 雅代', 'うえだ まさよ'], disaster: ['大野 慎吾', 'おおの しんご', '危機管理課 課長'], personnel: ['梶原 里奈', 'かじわら りな', '総務課 人事係'] },
  { name: '伊予市', key: 'iyo', dial: '089-000', head: ['武田 憲司', 'たけだ けんじ'], disaster: ['岡田 詩織', 'おかだ しおり', '危機管理課 係長'], personnel: ['向井 健', 'むかい けん', '総務課 人事係'] },
  { name: '四国中央市', key: 'shikokuchuo', dial: '0896-00', head: ['合田 俊介', 'ごうだ しゅんすけ'], disaster: ['篠原 美穂', 'しのはら みほ', '防災まちづくり推進課 主幹'], personnel: ['森実 大輝', 'もりざね だいき', '人事課 主査'] },
  { name: '西予市', key: 'seiyo', dial: '0894-00', head: ['兵頭 太郎', 'ひょうどう たろう'], disaster: ['三好 理恵', 'みよし りえ', '危機管理課 課長補佐'], personnel: ['土居 洋平', 'どい ようへい', '総務課 人事係長'] },
  { name: '東温市', key: 'toon', dial: '089-000', head: ['渡部 晃', 'わたなべ あきら'], disaster: ['丹生谷 悠', 'にゅうのや ゆう', '危機管理課 主任'], personnel: ['高須賀 瞳', 'たかすか ひとみ', '総務課 係長'] },
  { name: '上島町', key: 'kamijima', dial: '0897-00', head: ['村上 千尋', 'むらかみ ちひろ'], disaster: ['大本 翔平', 'おおもと しょうへい', '危機管理課 主事'], personnel: ['浜田 由紀', 'はまだ ゆき', '総務課 主任'] },
  { name: '久万高原町', key: 'kumakogen', dial: '0892-00', head: ['日野 修平', 'ひの しゅうへい'], disaster: ['高岡 彩', 'たかおか あや', '総務課 防災係長'], personnel: ['西森 拓', 'にしもり たく', '総務課 人事係'] },
  { name: '松前町', key: 'masaki', dial: '089-000', head: ['住田 典子', 'すみた のりこ'], disaster: ['徳本 祐介', 'とくもと ゆうすけ', '危機管理課 係長'], personnel: ['郷田 あかり', 'ごうた あかり', '総務課 職員係'] },
  { name: '砥部町', key: 'tobe', dial: '089-000', head: ['佐川 一弘', 'さがわ かずひろ'], disaster: ['相原 梓', 'あいはら あずさ', '総務課 危機管理係長'], personnel: ['門田 潤', 'かどた じゅん', '総務課 主任'] },
  { name: '内子町', key: 'uchiko', dial: '0893-00', head: ['山岡 直美', 'やまおか なおみ'], disaster: ['亀田 昌平', 'かめだ しょうへい', '総務課 危機管理班長'], personnel: ['久保 菜月', 'くぼ なつき', '総務課 職員班'] },
  { name: '伊方町', key: 'ikata', dial: '0894-00', head: ['高門 誠二', 'たかかど せいじ'], disaster: ['濱本 ひかり', 'はまもと ひかり', '総務課 危機管理係長'], personnel: ['阿部 竜也', 'あべ たつや', '総務課 人事係'] },
  { name: '松野町', key: 'matsuno', dial: '0895-00', head: ['芝 由香', 'しば ゆか'], disaster: ['毛利 健吾', 'もうり けんご', '防災安全課 係長'], personnel: ['岡本 咲', 'おかもと さき', '総務課 主事'] },
  { name: '鬼北町', key: 'kihoku', dial: '0895-00', head: ['善家 敏行', 'ぜんけ としゆき'], disaster: ['松浦 琴音', 'まつうら ことね', '危機管理課 主任'], personnel: ['山本 卓', 'やまもと たく', '総務財政課 職員係'] },
  { name: '愛南町', key: 'ainan', dial: '0895-00', head: ['猪野 綾子', 'いの あやこ'], disaster: ['宮下 創', 'みやした そう', '防災対策課 係長'], personnel: ['田中 瑠璃', 'たなか るり', '総務課 職員係'] },
];

const headquarters: readonly (readonly [key: string, name: string, kana: string, desk: string, rank: number])[] = [
  ['hanako', '渡部 花子', 'わたなべ はなこ', '防災局 課長', 22],
  ['bureau', '河野 史郎', 'こうの しろう', '防災局長', 20],
  ['towns', '宮内 明美', 'みやうち あけみ', '市町振興課 課長', 23],
  ['plans', '松本 和也', 'まつもと かずや', '防災局 危機管理課 主幹', 30],
  ['desk', '藤田 奈緒', 'ふじた なお', '防災局 危機管理課 係長', 32],
  ['night', '井上 剛', 'いのうえ つよし', '防災局 危機管理課 主任', 40],
  ['send', '西岡 真理', 'にしおか まり', '市町振興課 係長', 33],
  ['lists', '黒川 陸', 'くろかわ りく', '市町振興課 主事', 42],
  ['health', '曽我部 玲', 'そがべ れい', '保健福祉課 主幹', 34],
  ['roads', '稲田 浩二', 'いなだ こうじ', '土木管理局 主幹', 35],
];

/** 090-0000-0001 and so on: a block that is given to nobody. */
const mobile = (no: number): Phone => ({ kind: 'mobile', number: `090-0000-${String(no).padStart(4, '0')}` });
const line = (dial: string, no: number): string => `${dial}-0${String(no).padStart(3, '0')}`;

/** Three of each town: its deputy head, who tends disasters, who tends its people. */
const ofTowns = towns.flatMap(({ name, key, dial, head, disaster, personnel }, i): DemoPerson[] => [
  {
    key: `${key}/deputyHead`, org: name, name: head[0], kana: head[1], role: 'member', email: `fuku@${key}.example`,
    phones: [mobile(i * 3 + 1), { kind: 'direct', number: line(dial, 100 + i * 10 + 1) }, { kind: 'office', number: line(dial, 100 + i * 10) }],
    post: { title: name.endsWith('市') ? '副市長' : '副町長', duty: 'deputyHead', rank: 10, deputy: `${key}/disaster` },
  },
  {
    key: `${key}/disaster`, org: name, name: disaster[0], kana: disaster[1], role: 'manager', email: `bousai@${key}.example`,
    phones: [mobile(i * 3 + 2), { kind: 'direct', number: line(dial, 100 + i * 10 + 9), priority: true }, { kind: 'satellite', number: `00870-000-${1001 + i}` }],
    post: { title: disaster[2], duty: 'disaster', rank: 40, deputy: `${key}/personnel` },
  },
  {
    key: `${key}/personnel`, org: name, name: personnel[0], kana: personnel[1], role: 'member', email: `jinji@${key}.example`,
    phones: [{ kind: 'direct', number: line(dial, 100 + i * 10 + 3) }, mobile(i * 3 + 3)],
    post: { title: personnel[2], duty: 'personnel', rank: 50 },
  },
]);

const ofHeadquarters = headquarters.map(([key, name, kana, title, rank], i): DemoPerson => ({
  key: `ehime/${key}`, org: '愛媛県', name, kana, role: key === 'hanako' || key === 'towns' ? 'administrator' : 'member', email: `${key}@ehime.example`,
  phones: [mobile(101 + i), { kind: 'direct', number: line('089-000', 400 + i), ...(rank < 30 ? { priority: true } : {}) }],
  post: { title, duty: 'headquarters', rank },
}));

const fromOutside: DemoPerson = {
  key: 'hiroshima/mika', org: '広島県', name: '佐々木 美香', kana: 'ささき みか', role: 'guest', email: 'mika@hiroshima.example', phones: [mobile(201)],
};

/** Everyone in the demo. The last one is added last: whoever finds her finds a directory that is whole. */
export const demoPeople: readonly DemoPerson[] = [...ofHeadquarters, ...ofTowns, fromOutside];
