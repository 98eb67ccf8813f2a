/** Files in the shapes of the tools, made up here: what each shape was learnt from stands in the README. */
import { describe, expect, it } from 'vitest';
import { fewNames, type ReadFile } from './reading/line.ts';
import { whoBears } from './reading/names.ts';
import { readPast } from './reading/read-file.ts';
import { sortOut } from './reading/sort-out.ts';

const now = Date.UTC(2026, 10, 29);
const at = (...parts: [number, number, number, number, number, number?]): number => Date.UTC(parts[0], parts[1] - 1, parts[2], parts[3] - 9, parts[4], parts[5] ?? 0);
const read = (text: string): ReadFile => {
  const told = readPast(text, now);
  if (!told.ok) throw new Error(told.code);
  return told.read;
};
const said = ({ lines }: ReadFile): unknown[] => lines.map(({ at: when, who, kind, text }) => [when, who, kind, text]);
const left = (file: ReadFile): unknown[] => file.left.map(({ n, why }) => [n, why]);

describe('P1 a talk as the telephone saves it', () => {
  it('takes heads, who came and went, calls, what is only named, and words over several lines with a day among them', () => {
    const file = read([
      '[LINE] グループCのトーク履歴', '保存日時：2024/07/13 09:00', '',
      '2024/07/12(金)',
      '09:03\t\t渡部 花子がグループに参加しました。',
      '09:04\t渡部 花子\t"水位です。', '2024/07/12(金)', 'の値を""確定""とします。"',
      '09:05\t越智葵\t[写真]', '09:06\t越智葵\t[位置情報] 松山市一番町', '09:07\t越智葵\t☎ 通話時間 0:07',
      '09:08\t\tメッセージの送信を取り消しました', '09:09\t越智葵\t了解です(emoji)', '\t続きです',
    ].join('\r\n'));
    expect(said(file)).toEqual([
      [at(2024, 7, 12, 9, 3), '', 'note', '渡部 花子がグループに参加しました。'],
      [at(2024, 7, 12, 9, 4), '渡部 花子', 'text', '水位です。\n2024/07/12(金)\nの値を"確定"とします。'],
      [at(2024, 7, 12, 9, 5), '越智葵', 'photo', '[写真]'],
      [at(2024, 7, 12, 9, 6), '越智葵', 'place', '[位置情報] 松山市一番町'],
      [at(2024, 7, 12, 9, 7), '越智葵', 'text', '☎ 通話時間 0:07'],
      [at(2024, 7, 12, 9, 8), '', 'note', 'メッセージの送信を取り消しました'],
      [at(2024, 7, 12, 9, 9), '越智葵', 'text', '了解です(emoji)\n\t続きです'],
    ]);
    expect(left(file)).toEqual([[1, 'head'], [2, 'head']]);
  });

  it.each([
    ['in English', 'Fri, 7/12/2024\n9:03PM\tHanako\thello', 21],
    ['in English with the year first', '2024.07.12 Friday\n9:03 PM\tHanako\thello', 21],
    ['in Japanese with halves of the day', '2024/07/12(金)\n午後9:03\tHanako\thello', 21],
    ['in Chinese', '2024/7/12（五）\n下午9:03\tHanako\thello', 21],
    ['in Chinese of the mainland', '2024/7/12周五\n上午9:03\tHanako\thello', 9],
    ['in Korean', '2024.07.12 금요일\n오후 9:03\tHanako\thello', 21],
    ['in Thai', '2024/07/12(ศ.)\n09:03\tHanako\thello', 9],
  ])('is read from a telephone %s', (_name, text, hour) => expect(said(read(text))).toEqual([[at(2024, 7, 12, hour, 3), 'Hanako', 'text', 'hello']]));

  it('takes no day whose weekday speaks against it, since it may be the seventh of December', () => {
    expect(readPast('Sat, 7/12/2024\n9:03PM\tHanako\thello', now)).toEqual({ ok: false, code: 'past.nothingIn' });
  });
});

describe('P2 a log of talks for auditors', () => {
  const log = [
    '日時,送信者,受信者,チャンネルID,トーク',
    '2024-07-12T09:06:05+09:00,[Bot]気象,"越智 葵(aoi@seiyo.example),兵頭 太郎(taro@seiyo.example)",21228435,大雨警報',
    '2024-07-12 09:05:45,渡部 花子(hanako@pref.example),越智 葵(aoi@seiyo.example),21228435,"一行目\n二行目, と続く ""引用"""',
    '2024-07-12 09:04:18,越智 葵(aoi@seiyo.example),渡部 花子(hanako@pref.example),21228435,(写真) image_20240712_09.04.16.png',
    '2024-07-12 09:03:00,兵頭 太郎(taro@seiyo.example),渡部 花子(hanako@pref.example),99000001,(至急) 別の部屋です',
  ].join('\r\n');

  it('is told apart by the number of the room, whoever was in it then; a room is offered by who speaks in it', () => {
    const file = read(`\uFEFF${log}\r\n`);
    expect(said(file)).toEqual([
      [at(2024, 7, 12, 9, 6, 5), '[Bot]気象', 'text', '大雨警報'],
      [at(2024, 7, 12, 9, 5, 45), '渡部 花子(hanako@pref.example)', 'text', '一行目\n二行目, と続く "引用"'],
      [at(2024, 7, 12, 9, 4, 18), '越智 葵(aoi@seiyo.example)', 'photo', '(写真) image_20240712_09.04.16.png'],
      [at(2024, 7, 12, 9, 3), '兵頭 太郎(taro@seiyo.example)', 'text', '(至急) 別の部屋です'],
    ]);
    expect([...file.rooms]).toEqual([['21228435', 3], ['99000001', 1]]);
    expect([...file.whoIn.get('99000001')!]).toEqual(['兵頭 太郎(taro@seiyo.example)']);
    expect(left(file)).toEqual([]);
  });

  it('says that others speak there too only where others do', () => {
    const many = (n: number): string => [log.split('\r\n')[0]!, ...Array.from({ length: n }, (_, i) => `2024-07-12 09:0${i}:00,兵頭 ${i}(${i}@seiyo.example),渡部 花子(hanako@pref.example),99000001,話`)].join('\r\n');
    expect([3, 4, 5].map((n) => read(many(n)).whoIn.get('99000001')!.size > fewNames)).toEqual([false, true, true]);
  });

  it.each([
    ['datetime,sender,receiver,channel_id,message', '21228435'], ['日時,送信者,受信者,トークルームID,トーク', '21228435'], ['Date,Sender,Recipient,Channel ID,Message', '21228435'],
    ['日時,送信者,受信者,番号,トーク', '次郎'], ['日時,送信者,トークルーム,チャンネルID,トーク', '次郎'],
  ])('is known by its heads: %s', (heads, room) => {
    expect(read(`${heads}\n2024-07-12 09:03:00,花子,次郎,21228435,hello`).lines).toEqual([{ n: 2, at: at(2024, 7, 12, 9, 3), who: '花子', kind: 'text', text: 'hello', room }]);
  });

  it('says where the tool itself broke off', () => {
    const file = read(`${log}\r\ndownloadLogs error: internal error\r\n`);
    expect([file.lines.length, left(file)]).toEqual([4, [[7, 'brokenOff']]]);
  });
});

it('P3 notices are read by the names that the interface of the tool gives them', () => {
  const file = read('boardName,createdTime,userName,title,body\nお知らせ,2024-07-12T09:03:05+09:00,渡部 花子,訓練の日程,"8月1日\n9時から"\n');
  expect(file).toMatchObject({ source: 'board', lines: [{ n: 2, at: at(2024, 7, 12, 9, 3, 5), who: '渡部 花子', kind: 'post', title: '訓練の日程', text: '8月1日\n9時から', room: 'お知らせ' }] });
});

it('P5 of several who bear a name the address tells which; an address alone tells nobody', () => {
  const idOf = whoBears([{ id: 'h', name: '渡部 花子', email: 'hanako@pref.example' }, { id: 's1', name: '佐藤 一', email: 'sato1@iyo.example' }, { id: 's2', name: '佐藤 一', email: 'Sato2@iyo.example' }, { id: 's3', name: '佐藤 一' }]);
  expect(['渡部 花子(elsewhere@pref.example)', '佐藤 一(sato2@iyo.example)', '佐藤 一（SATO1@iyo.example）', '佐藤 一', '佐藤 一(sato9@iyo.example)', 'hanako@pref.example', '鈴木(hanako@pref.example)'].map(idOf))
    .toEqual(['h', 's2', 's1', undefined, undefined, undefined, undefined]);
});

it('P11 a room that the file names by a number is taken alone, and the others are left', () => {
  const file = read('日時,送信者,受信者,チャンネルID,トーク\n2024-07-12 09:03:00,花子,"次郎,葵",1,一\n2024-07-12 09:04:00,次郎,花子,1,二\n2024-07-12 09:05:00,花子,次郎,2,三\n');
  const { lines, left: others } = sortOut(file, { room: '1', here: [], people: [] });
  expect([lines.map(({ text }) => text), others.map(({ n, why }) => [n, why])]).toEqual([['一', '二'], [[4, 'otherRoom']]]);
});
