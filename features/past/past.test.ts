import type { StoredFile } from '@noroshi/foundations/files';
import { describe, expect, it } from 'vitest';
import { takeBackPage } from './bring.ts';
import { goesOnWith, ofFile, type Imported } from './imported.ts';
import { isName } from './reading/names.ts';
import { readPast } from './reading/read-file.ts';
import type { ReadFile } from './reading/line.ts';
import { inPages, sortOut } from './reading/sort-out.ts';
import { keyOf } from './reading/keys.ts';
import { momentIn } from './reading/times.ts';
import { pageLetters, pageLines } from './page.ts';

const now = Date.UTC(2026, 10, 29);
const at = (...parts: [number, number, number, number, number, number?]): number => Date.UTC(parts[0], parts[1] - 1, parts[2], parts[3] - 9, parts[4], parts[5] ?? 0);
const read = (text: string): ReadFile => {
  const told = readPast(text, now);
  if (!told.ok) throw new Error(told.code);
  return told.read;
};
/** Each line of a file is in exactly one of the three. */
const addsUp = (file: ReadFile): boolean => file.taken + file.between + file.left.reduce((sum, { span }) => sum + span, 0) === file.total;
const why = (file: ReadFile): (readonly [number, string])[] => file.left.map((one) => [one.n, one.why] as const);

const talk = [
  '災害対応ホットライン グループC のトーク履歴',
  '保存日時：2024/07/13 09:00',
  '',
  '2024/07/12(金)',
  '09:03\t渡部 花子\tおはようございます',
  '09:05\t兵頭太郎\t"野村の状況です。',
  '',
  '09:30\tに堤防から""越水""',
  '避難所は三か所です"',
  '09:06\t越智葵\t[スタンプ]',
  '09:07\t越智葵が退出しました。',
  '午後1:08\t渡部 花子\t一行目',
  '二行目',
  '',
  '2024/02/31(土)',
  '10:00\t兵頭太郎\tこの日はない',
  '2024年7月13日 土曜日',
  '25:10\t兵頭太郎\tこの時刻はない',
  '10:01\t兵頭太郎\t',
  '10:02\t兵頭太郎\t"閉じない引用',
  '10:03\t兵頭太郎\t次',
  '2031/01/01(水)',
  '10:00\t兵頭太郎\tまだ言われていない',
].join('\r\n');

describe('P1 a talk as text', () => {
  const file = read(`\uFEFF${talk}\r\n`);
  it('takes time, name and words, over several lines where they are quoted', () => {
    expect(file.lines).toEqual([
      { n: 5, at: at(2024, 7, 12, 9, 3), who: '渡部 花子', kind: 'text', text: 'おはようございます' },
      { n: 6, at: at(2024, 7, 12, 9, 5), who: '兵頭太郎', kind: 'text', text: '野村の状況です。\n\n09:30\tに堤防から"越水"\n避難所は三か所です' },
      { n: 10, at: at(2024, 7, 12, 9, 6), who: '越智葵', kind: 'sticker', text: '[スタンプ]' },
      { n: 11, at: at(2024, 7, 12, 9, 7), who: '', kind: 'note', text: '越智葵が退出しました。' },
      { n: 12, at: at(2024, 7, 12, 13, 8), who: '渡部 花子', kind: 'text', text: '一行目\n二行目' },
      { n: 20, at: at(2024, 7, 13, 10, 2), who: '兵頭太郎', kind: 'text', text: '"閉じない引用' },
      { n: 21, at: at(2024, 7, 13, 10, 3), who: '兵頭太郎', kind: 'text', text: '次' },
    ]);
  });
  it('names each line that it leaves, with its number and why, and what of a line is not all', () => {
    expect(why(file)).toEqual([[1, 'head'], [2, 'head'], [15, 'noTime'], [16, 'noTime'], [18, 'noTime'], [19, 'empty'], [23, 'future']]);
    expect(file.partly.map(({ n, span, why: of }) => [n, span, of])).toEqual([[10, 1, 'nameOnly'], [12, 2, 'continued'], [20, 1, 'quoteOpen']]);
    expect([file.taken, file.between, file.total]).toEqual([11, 5, 23]);
    expect(addsUp(file)).toBe(true);
  });
  it('leaves what is too long whole, and cuts nothing', () => {
    const one = read(`2024/07/12(金)\n09:03\t花子\t${'あ'.repeat(10_001)}\n09:04\t花子\t${'い'.repeat(10_000)}`);
    expect(why(one)).toEqual([[2, 'tooLong']]);
    expect(one.lines).toHaveLength(1);
  });
  it('is nothing where nothing is told', () => {
    for (const text of ['', '\n\n', 'a,b\n1,2', 'これはトークではありません']) expect(readPast(text, now)).toEqual({ ok: false, code: 'past.nothingIn' });
  });
});

describe('P2 a table of talks', () => {
  const table = [
    '監査ログ,,,,', '',
    '日時,送信者,受信者／トークルーム,種類,本文',
    '2024/07/12 09:03:05,渡部 花子,グループC,テキスト,"一行目', '二行目, と続く"',
    '2024-07-12T00:04:00Z,越智葵,グループC,写真,',
    '2024/07/12 9:05,越智葵,グループB,写真,IMG_01.jpg',
    '2024.07.12 午前9:06,兵頭太郎,グループC,ファイル,名簿.xlsx',
    ',兵頭太郎,グループC,テキスト,時刻がない',
    '2024/07/12 09:08,,グループC,テキスト,誰かがない',
    '', '',
  ].join('\r\n');
  it('is known by its heads, below a title, whatever the order of its columns', () => {
    const file = read(table);
    expect(file.lines).toEqual([
      { n: 4, at: at(2024, 7, 12, 9, 3, 5), who: '渡部 花子', kind: 'text', text: '一行目\n二行目, と続く', room: 'グループC' },
      { n: 7, at: at(2024, 7, 12, 9, 5), who: '越智葵', kind: 'photo', text: 'IMG_01.jpg', room: 'グループB' },
      { n: 8, at: at(2024, 7, 12, 9, 6), who: '兵頭太郎', kind: 'file', text: '名簿.xlsx', room: 'グループC' },
    ]);
    expect(why(file)).toEqual([[1, 'head'], [6, 'empty'], [9, 'noTime'], [10, 'noOne']]);
    expect([file.total, file.taken, file.between]).toEqual([11, 4, 3]);
    expect(addsUp(file)).toBe(true);
    expect([...file.rooms]).toEqual([['グループC', 2], ['グループB', 1]]);
    expect(read('Message,Sender,Date,Time\nhello,Hanako,2024/07/12,9:03 PM\n').lines).toEqual([{ n: 2, at: at(2024, 7, 12, 21, 3), who: 'Hanako', kind: 'text', text: 'hello' }]);
  });
  it('says where a quotation mark stands open', () => {
    expect(readPast('日時,送信者,本文\n2024/07/12 09:03,花子,"開いたまま\n', now)).toEqual({ ok: false, code: 'past.quoteOpen', params: { line: 2 } });
  });
});

it('P3 a table of notices keeps title, words and what was written below', () => {
  const file = read('投稿日時,投稿者,掲示板,件名,本文,コメント,添付ファイル\n2024/07/12 09:03,渡部 花子,お知らせ,訓練の日程,"8月1日\n9時から",了解です,案.pdf\n2024/07/13 09:03,渡部 花子,お知らせ,,,,\n');
  expect(file).toMatchObject({ source: 'board', lines: [{ n: 2, kind: 'post', title: '訓練の日程', text: '8月1日\n9時から', comments: '了解です', room: 'お知らせ' }] });
  expect(why(file)).toEqual([[4, 'empty']]);
  expect(file.partly).toEqual([{ n: 2, span: 2, why: 'attachment', says: '案.pdf' }]);
});

it.each([
  ['2024/07/12 9:03', at(2024, 7, 12, 9, 3)], ['２０２４年７月１２日（金） ０９：０３', at(2024, 7, 12, 9, 3)], ['2024-07-12T09:03:04+09:00', at(2024, 7, 12, 9, 3, 4)], ['2024/07/12 午後12:30', at(2024, 7, 12, 12, 30)],
  ['2024/07/12 12:30 AM', at(2024, 7, 12, 0, 30)], ['2024/02/30 09:03', undefined], ['2024/07/12 24:03', undefined], ['12/07/2024 09:03', undefined], ['きのう', undefined], ['', undefined],
])('P4 %s is a moment of the prefecture’s wall, or none', (text, moment) => expect(momentIn(text)).toBe(moment));

describe('P5 sorting out', () => {
  const file = read(['2024/07/12(金)', '09:03\t渡部花子（防災局）\t了解', '09:03\t渡部花子（防災局）\t了解', '09:04\t山本\t応援を', '09:05\t佐藤 一\t同姓同名', '09:06\t山本\t番号は…'].join('\n'));
  const people = [{ id: 'h', name: '渡部 花子' }, { id: 's1', name: '佐藤 一' }, { id: 's2', name: '佐藤一' }];
  const key = (i: number): string => keyOf({ ...file.lines[i]!, words: { text: file.lines[i]!.text } });
  it('knows who one person alone can be, and leaves the others as they are written', () => {
    const { lines, matched, unmatched } = sortOut(file, { here: [], people });
    expect(lines.map(({ who, person }) => [who, person])).toEqual([['渡部花子（防災局）', 'h'], ['渡部花子（防災局）', 'h'], ['山本', undefined], ['佐藤 一', undefined], ['山本', undefined]]);
    expect([[...matched.keys()], [...unmatched]]).toEqual([['渡部花子（防災局）'], ['山本', '佐藤 一']]);
  });
  it('takes nothing twice, counts what is alike, and does not bring back what was taken out of the record', () => {
    const one = sortOut(file, { here: [key(0)], people });
    expect([one.lines.length, why({ ...file, left: one.left })]).toEqual([4, [[2, 'here']]]);
    const gone = keyOf({ at: file.lines[4]!.at, who: '山本', kind: 'text' });
    expect(why({ ...file, left: sortOut(file, { here: [0, 1, 2, 3].map(key).concat(gone), people }).left })).toEqual([[2, 'here'], [3, 'here'], [4, 'here'], [5, 'here'], [6, 'takenOut']]);
  });
  it('is in the order of time, also of a log that begins with the newest', () => {
    const log = read(['日時,送信者,本文', '2024/07/12 09:05,花子,四', '2024/07/12 09:04,花子,三', '2024/07/12 09:04,花子,二', '2024/07/12 09:03,花子,一'].join('\n'));
    expect(sortOut(log, { here: [], people }).lines.map(({ text }) => text)).toEqual(['一', '二', '三', '四']);
    const talk2 = read(['2024/07/12(金)', '09:03\t花子\t一', '09:03\t花子\t二', '09:02\t花子\t零', '09:04\t花子\t三'].join('\n'));
    expect(sortOut(talk2, { here: [], people }).lines.map(({ text }) => text)).toEqual(['零', '一', '二', '三']);
  });
  it('makes pages that go up in one piece, in the order of the file', () => {
    const lines = Array.from({ length: 1_000 }, (_, i) => ({ n: i + 1, at: i, who: '花子', kind: 'text' as const, text: 'あ'.repeat(i % 3 === 0 ? 2_000 : 5) }));
    const pages = inPages(lines);
    expect(pages.flat()).toEqual(lines);
    expect(Math.max(...pages.map((one) => one.length))).toBeLessThanOrEqual(pageLines);
    expect(Math.max(...pages.filter((one) => one.length > 1).map((one) => JSON.stringify(one).length))).toBeLessThanOrEqual(pageLetters + 1_000);
  });
});

it('P6 a hundred thousand lines are read in one go, and each is accounted for', { timeout: 30_000 }, () => {
  const many = ['2024/07/12(金)', ...Array.from({ length: 100_000 }, (_, i) => `${String(Math.floor(i / 60) % 24).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}\t職員${i % 40}\t${i % 50 === 0 ? '"二行に\nわたる報告"' : `報告 ${i}`}`)].join('\n');
  const file = read(many);
  const sorted = sortOut(file, { here: [], people: [] });
  expect([file.lines.length, file.total, addsUp(file), sorted.lines.length]).toEqual([100_000, 102_001, true, 100_000]);
});

it('P5 a name in a line is that of someone with whatever spaces, width and office; of nobody else', () => {
  expect(['兵頭 太郎', '兵頭太郎', '兵頭　太郎（西予市）'].map((written) => isName(written, '兵頭 太郎'))).toEqual([true, true, true]);
  expect(['兵頭', '山本', '', '太郎 兵頭'].map((written) => isName(written, '兵頭 太郎'))).toEqual([false, false, false, false]);
});

describe('P11 a file is known again', () => {
  const begun: Imported = { id: 'a', source: 'talk', name: 'talk.txt', size: 5, lines: 1, pages: 1, left: 0, from: 1, to: 2, by: 'h', at: 3, state: 'coming' };
  const kept: StoredFile = { id: 'f', of: 'a', by: 'h', kind: 'file', name: 'talk.txt', size: 5, type: 'text/plain', state: 'awaited', sha256: 'x' };
  const withdrawn: StoredFile = { ...kept, state: 'withdrawn' };
  const same = { size: 5, from: 1, to: 2 };
  it('by the fingerprint that stands with it, as long as it does', () => {
    expect([ofFile([begun], [kept], 'x'), ofFile([begun], [kept], 'y'), ofFile([begun], [withdrawn], 'x'), ofFile([begun], [{ ...kept, of: 'b' }], 'x')]).toEqual([[begun], [], [], []]);
    expect([goesOnWith([begun], [kept], { ...same, fileSha256: 'x' }), goesOnWith([begun], [kept], { ...same, fileSha256: 'y' })]).toEqual([begun, undefined]);
  });
  it('where none is kept, by all that is known of it', () => {
    for (const files of [[], [withdrawn]]) {
      expect(goesOnWith([begun], files, { ...same, fileSha256: 'y' })).toBe(begun);
      for (const other of [{ size: 6 }, { from: 0 }, { to: 3 }, { room: 'C' }]) expect(goesOnWith([begun], files, { ...same, ...other, fileSha256: 'y' })).toBeUndefined();
    }
  });
  it('and only one that is under way goes on', () => {
    for (const state of ['whole', 'stopped', 'takenBack'] as const) expect(goesOnWith([{ ...begun, state }], [kept], { ...same, fileSha256: 'x' })).toBeUndefined();
  });
});

it('P14 twenty pages are taken back at once, and the next twenty by the next command', () => {
  const [place, past] = ['00000000-0000-8000-8000-000000000001', '00000000-0000-8000-8000-000000000002'];
  const page = { past, page: 0, lines: [] };
  const goes = (here: number): readonly object[] =>
    takeBackPage.then({ place, past, page: 40 }, Object.fromEntries(Array.from({ length: here }, (_, i) => [`p${i}`, page])), { person: place, org: place, role: 'system' }, { now, id: place, newId: () => place });
  expect(goes(3).map((one) => 'body' in one && one.body)).toEqual([40, 41, 42].map((n) => ({ past, page: n })));
  expect(goes(20).at(-1)).toMatchObject({ command: 'past.takeBackPage', input: { page: 60 } });
});
