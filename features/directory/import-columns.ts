import { headIn } from './cells.ts';
import { phoneKinds } from './person.ts';
import type { duties } from './post.ts';
import type { personRoles } from './person.ts';

/** What a column can tell. */
export const importFields = [
  'id', 'org', 'orgCode', 'name', 'family', 'given', 'kana', 'familyKana', 'givenKana', 'title', 'duty', 'rank', 'role', 'email', 'state', 'priority', ...phoneKinds,
] as const;
export type ImportField = (typeof importFields)[number];

/** How the field calls them, as offices head their columns. The first is how we head them ourselves. */
const heads: Readonly<Record<ImportField, string>> = {
  id: 'ID 識別番号 id番号',
  org: '組織 組織名 所属 所属団体 団体 団体名 市町 市町名 市町村 市町村名 自治体 自治体名 機関 機関名 所属組織 所属組織名 チーム organization organisation org team teamname',
  orgCode: '団体コード 市町村コード 自治体コード 組織コード 全国地方公共団体コード 地方公共団体コード コード code',
  name: '氏名 名前 姓名 職員名 担当者 担当者名 担当者氏名 name fullname',
  family: '姓 氏 苗字 名字 familyname lastname surname',
  given: '名 givenname firstname',
  kana: 'かな ふりがな フリガナ よみ よみがな 読み 読み仮名 カナ 氏名かな 氏名カナ 氏名ふりがな 氏名フリガナ 名前かな kana reading',
  familyKana: '姓かな 姓カナ 姓ふりがな 姓フリガナ せい セイ lastnamekana phoneticlastname',
  givenKana: '名かな 名カナ 名ふりがな 名フリガナ 名前フリガナ めい メイ firstnamekana phoneticfirstname',
  title: '職名 職 役職 役職名 補職名 肩書 肩書き 所属役職 所属・役職 課・職名 ポスト post title position 役職1 jobtitle',
  duty: '担当 担当区分 区分 役割 業務 duty',
  rank: '席次 順位 序列 並び順 表示順 順 rank order',
  role: '権限 利用区分 ロール role',
  email: 'メール メールアドレス 電子メール eメール mail email 会社メール 会社メールアドレス 会社のメール 勤務先メール workemail companyemail',
  state: '状態 利用状態 ステータス アカウント状態 メンバー状態 status accountstatus',
  priority: '災害時優先電話 優先電話 災害優先電話 priority',
  mobile: '携帯電話 携帯 携帯番号 携帯電話番号 公用携帯 会社携帯 mobilephone cellphone 緊急連絡先 緊急時連絡先 mobile cell',
  direct: '直通電話 直通 直通番号 ダイヤルイン direct',
  office: '代表電話 代表 電話 電話番号 会社電話 会社電話番号 会社の電話番号 勤務先電話 勤務先電話番号 勤務先 連絡先 tel phone office workphone companyphone phonenumber',
  home: '自宅電話 自宅 home',
  satellite: '衛星電話 衛星 衛星携帯 衛星携帯電話 satellite',
};

const byHead = new Map(importFields.flatMap((field) => heads[field].split(' ').map((head) => [headIn(head), field] as const)));

/** What we write over a column. */
export const headOf = (field: ImportField): string => heads[field].split(' ')[0]!;

/** What a column tells by its head; `undefined` for one we do not know. 携帯電話2 is another 携帯電話. */
export function fieldOf(head: string): ImportField | undefined {
  const folded = headIn(head);
  return byHead.get(folded) ?? byHead.get(folded.replace(/\d$/, ''));
}

const dutyWords: readonly (readonly [RegExp, (typeof duties)[number]])[] = [
  [/^(副市町長|副市長|副町長|副村長|deputyhead)$/, 'deputyHead'], [/^(防災|危機管理|防災担当|disaster)$/, 'disaster'],
  [/^(人事|職員|人事担当|personnel)$/, 'personnel'], [/^(本部|県本部|災害対策本部|headquarters)$/, 'headquarters'], [/^(その他|other)$/, 'other'],
];

/** What a post does, by the word for it. */
export function dutyIn(word: string): (typeof duties)[number] | undefined {
  return dutyWords.find(([pattern]) => pattern.test(headIn(word)))?.[1];
}

/** What a post is likely to do, by its title. */
export function dutyOfTitle(title: string): (typeof duties)[number] {
  if (/^副(市|町|村)長/.test(title)) return 'deputyHead';
  if (/防災|危機管理/.test(title)) return 'disaster';
  return /人事|職員/.test(title) ? 'personnel' : 'other';
}

/** Where someone stands among the unread when nobody says. Smaller is higher. */
export const usualRank: Readonly<Record<(typeof duties)[number], number>> = { deputyHead: 10, headquarters: 30, disaster: 40, personnel: 50, other: 60 };

const roleWords: readonly (readonly [RegExp, (typeof personRoles)[number]])[] = [
  [/^(管理者|県管理者|全体管理者|administrator|admin)$/, 'administrator'], [/^(組織管理者|市町管理者|団体管理者|manager)$/, 'manager'],
  [/^(一般|利用者|職員|メンバー|member)$/, 'member'], [/^(外部|ゲスト|guest)$/, 'guest'],
];

export function roleIn(word: string): (typeof personRoles)[number] | undefined {
  return roleWords.find(([pattern]) => pattern.test(headIn(word)))?.[1];
}
