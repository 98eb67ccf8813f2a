/** Tables of members in the shape of another groupware: its own paper about the sample file says which heads and rules it has. */
import type { Actor, Id } from '@noroshi/foundations/kernel';
import { describe, expect, it } from 'vitest';
import { checkTable, type Book, type Checked } from './check-import.ts';
import { readCsv } from './csv.ts';
import type { Person } from './person.ts';

const id = (n: number): Id => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const ehime = { id: id(3), code: '380008', name: '愛媛県', kana: 'えひめけん', romaji: 'Ehime', short: '愛媛', kind: 'prefecture' } as const;
const seiyo = { id: id(1), code: '382141', name: '西予市', kana: 'せいよし', romaji: 'Seiyo', short: '西予', kind: 'city' } as const;
const iyo = { id: id(2), code: '382108', name: '伊予市', kana: 'いよし', romaji: 'Iyo', short: '伊予', kind: 'city' } as const;
const taro: Person = { id: id(10), org: seiyo.id, role: 'member', name: '兵頭 太郎', kana: 'ひょうどう たろう', phones: [{ kind: 'mobile', number: '090-0000-0001' }] };
const jiro: Person = { ...taro, id: id(11), name: '二宮 次郎' };
const gone: Person = { ...taro, id: id(12), name: '退職 六', disabled: true };
const book: Book = { people: [taro, jiro, gone, { ...taro, id: id(13), org: iyo.id, name: '伊予 花子' }], posts: [], organizations: [ehime, seiyo, iyo] };
const hanako: Actor = { person: id(14), org: ehime.id, role: 'administrator' };
const check = (text: string, leaves = false): Checked => {
  const table = readCsv(text);
  if (!table.ok) throw new Error(`a quotation mark is open at ${table.line}`);
  let n = 100;
  const checked = checkTable(table.rows, book, hanako, () => id(n++), leaves);
  if ('code' in checked) throw new Error(checked.code);
  return checked;
};
const outcome = ({ rows }: Checked): unknown[] => rows.map(({ line, does, name, orgName }) => [line, does, name, orgName]);
const codes = ({ rows }: Checked): string[][] => rows.map(({ problems, notes }) => [...problems, ...notes].map(({ code }) => code));

const heads = '姓,名前,姓 (フリガナ),名前 (フリガナ),ID,個人メールアドレス,会社メール,組織,職級,役職,電話番号,携帯番号,社員番号,状態';
const members = [
  heads,
  '岡田,詩織,オカダ,シオリ,shiori.okada,shiori@private.example,shiori@iyo.example,伊予市,5級,危機管理課 係長,089-000-0001,+81 90-0000-0021,0012,使用中',
  '兵頭,太郎,,,taro@seiyo,,taro@seiyo.example,愛媛県>西予市>総務課>危機管理係,,,,,,登録待ち',
  '一色,克己,イッシキ,カツミ,isshiki,,,"西予市／総務課\n伊予市／消防",,,,,,使用中',
  '退職,七,,,seven,,,西予市,,,,,,利用停止',
  '新居,八,,,eight,,,新居浜市,,,12,,,使用中',
].join('\r\n');

describe('a table of members as the present tool writes it', () => {
  it('I8 is taken as it is: names in two columns, IDs of its own, ways down to a section, several organizations', () => {
    const checked = check(members, true);
    expect(outcome(checked)).toEqual([
      [2, 'add', '岡田 詩織', '伊予市'], [3, 'amend', '兵頭 太郎', '西予市'], [4, 'add', '一色 克己', '西予市'], [6, 'left', '退職 七', '西予市'], [7, 'left', '新居 八', '新居浜市'],
    ]);
    expect(codes(checked)).toEqual([[], ['import.organizationWithin'], ['import.organizationWithin'], ['import.notInUse'], ['import.organizationUnknown', 'import.phone']]);
    expect(checked.columns.filter(({ known }) => !known).map(({ head }) => head)).toEqual(['ID', '個人メールアドレス', '職級', '社員番号']);
    expect(checked.input?.add[0]).toMatchObject({
      name: '岡田 詩織', kana: 'おかだ しおり', org: iyo.id, email: 'shiori@iyo.example', post: { title: '危機管理課 係長' }, phones: [{ kind: 'office', number: '089-000-0001' }, { kind: 'mobile', number: '+8190-0000-0021' }],
    });
    expect(checked.input).toMatchObject({ add: [{ org: iyo.id }, { org: seiyo.id }], amend: [{ id: taro.id, email: 'taro@seiyo.example' }] });
  });

  it('I8 does nothing while a row is wrong, until it is said that it is left', () => {
    expect(check(members).rows.map(({ does }) => does)).toEqual(['add', 'amend', 'add', 'left', 'wrong']);
    expect(check(members).input).toBeUndefined();
    expect(check(`${heads}\n新居,八,,,eight,,,新居浜市,,,,,,`, true)).not.toHaveProperty('input');
  });

  it('I8 says who is here in those organizations and not in the table, and takes nobody away', () => {
    const checked = check(members, true);
    expect(checked.missing).toEqual([{ name: '二宮 次郎', orgName: '西予市' }, { name: '伊予 花子', orgName: '伊予市' }]);
    expect(Object.keys(checked.input!)).toEqual(['add', 'amend']);
    expect(check('組織,氏名\n愛媛県,誰か').missing).toEqual([]);
  });

  it('I8 takes the first of 組織1 and 組織2, and is still refused two columns that say the same', () => {
    expect(outcome(check('姓,名,組織1,組織2\n誰,か,伊予市,西予市'))).toEqual([[2, 'add', '誰 か', '伊予市']]);
    expect(() => check('姓,名,組織,所属\n誰,か,伊予市,西予市')).toThrow('import.columnTwice');
  });

  it.each([
    ['Last Name,First Name,ID,Team,Position,Work Phone,Mobile Phone\n兵頭,太郎,taro,西予市,,,090-0000-0001', ['ID']],
    ['組織,氏名,ID\n西予市,兵頭 太郎,taro.hyodo', ['ID']],
  ])('I8 passes an ID of the other tool over: %s', (text, passedOver) => {
    const checked = check(text);
    expect([outcome(checked), checked.columns.filter(({ known }) => !known).map(({ head }) => head)]).toEqual([[[2, 'same', '兵頭 太郎', '西予市']], passedOver]);
  });

  it('I8 never takes the role that somebody has there: the column is passed over, and is named as such', () => {
    for (const text of ['姓,名前,組織,権限\n誰,か,西予市,管理者', '組織,氏名,ID,権限\n西予市,誰か,who,管理者', '組織,氏名,状態,権限\n西予市,誰か,使用中,管理者']) {
      const checked = check(text);
      expect([checked.input!.add.map(({ role }) => role), checked.columns.filter(({ known }) => !known).map(({ head }) => head).includes('権限')]).toEqual([['member'], true]);
    }
    // Of a table of ours each who will rule is told before it is done.
    const own = check('組織,氏名,権限\n西予市,誰か,管理者\n西予市,誰も,組織管理者\n西予市,皆,一般');
    expect([own.input!.add.map(({ role }) => role), codes(own)]).toEqual([['administrator', 'manager', 'member'], [['import.administrator'], ['import.manager'], []]]);
  });

  it('I8 an empty step of a way down is no organization, also where one has no reading', () => {
    const bare = { ...iyo, id: id(4), code: '380009', name: '県立病院', short: '病院', kana: '', romaji: '' };
    const table = readCsv('組織,氏名\n西予市/,誰か\n/,誰も\n西予市／／総務課,皆');
    const checked = table.ok ? checkTable(table.rows, { ...book, organizations: [...book.organizations, bare] }, hanako, () => id(99)) : undefined;
    if (!checked || 'code' in checked) throw new Error('no table');
    expect(checked.rows.map(({ does, orgName }) => [does, orgName])).toEqual([['add', '西予市'], ['wrong', '/'], ['add', '西予市']]);
  });

  it('I8 still says of an ID in our own shape that nobody has it', () => {
    expect(codes(check(`組織,氏名,ID\n西予市,兵頭 太郎,${id(99)}\n西予市,二宮 次郎,jiro`))).toEqual([['import.idUnknown'], ['import.idUnknown']]);
  });
});
