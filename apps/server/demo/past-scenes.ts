import { beginImport, bringPage } from '@noroshi/features/past';
import { inPages, readPast, sortOut } from '@noroshi/features/past/reading';
import type { Moment } from '@noroshi/foundations/kernel';
import { demoPeople } from './people.ts';
import type { Names, Scene } from './scene.ts';

/** What group C said in the tool before this one, on the day of typhoon Talim in 2017, as that tool would write it out. The words are invented. */
const saved = [
  'グループC のトーク履歴', '保存日時：2018/04/02 09:12', '', '2017/09/17(日)',
  '13:05\t県 防災局\t台風18号は夕方に宿毛付近へ上陸の見込みです。避難所の開設状況を18時に知らせてください。',
  '17:58\t西予市 危機管理課\t"開設は6か所です。\n避難者は41人、停電はありません。"',
  '18:02\t宇和島市 危機管理課\t開設は9か所、避難者は112人です。', '18:03\t宇和島市 危機管理課\t[写真]', '18:20\t県 防災局\t[スタンプ]', '',
  '2017/09/18(月)', '07:30\t県 防災局\t大雨警報は解除されました。被害のある市町だけ、9時に知らせてください。', '08:51\t西予市 危機管理課\t床下浸水が2棟です。応援は要りません。', '09:10\t大洲市 危機管理課\t被害の報告はありません。', '',
].join('\n');

/** 移行した記録: what headquarters brought along when the house was opened. */
export function pastScenes({ room, thing }: Names, now: Moment): Scene[] {
  const told = readPast(saved, now);
  if (!told.ok) throw new Error(told.code);
  const { lines, left } = sortOut(told.read, { here: [], people: demoPeople.map(({ key, name }) => ({ id: thing(`person/${key}`), name })) });
  const [place, pages, past] = [room('C'), inPages(lines), thing('past/C')];
  const scene = (ago: number, label: string, deed: Scene['deed'], input: object): Scene => ({ ago, as: 'ehime/hanako', label: `past/${label}`, deed, input });
  return [
    scene(21 * 24 * 60, 'begin', beginImport, {
      place, id: past, source: 'talk', name: 'グループC_トーク.txt', size: Buffer.byteLength(saved), lines: lines.length, pages: pages.length, left: left.length, from: lines[0]!.at, to: lines.at(-1)!.at,
    }),
    ...pages.map((page, i) => scene(21 * 24 * 60 - 1, `page/${i}`, bringPage, { place, past, page: i, lines: page })),
  ];
}
