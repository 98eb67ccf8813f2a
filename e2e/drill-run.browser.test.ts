import { answer } from '@noroshi/features/talk';
import { drillRun, type DrillRun } from '@noroshi/features/drill';
import { incident, openIncident, type Incident } from '@noroshi/features/incident';
import type { Id } from '@noroshi/foundations/kernel';
import { until } from '@noroshi/foundations/testing';
import type { Browser } from 'playwright-core';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { fresh, openEhime } from './ehime-house.ts';
import { keptHalfWritten, looksRight } from './looking.ts';

const town = await openEhime();
const { stair } = town.house;
let browser: Browser;
beforeAll(async () => { browser = await openBrowser(); }, 120_000);
afterAll(async () => {
  await browser?.close();
  await town.close();
});

const drills = (): Incident[] => stair.memory.of('w', incident.noun).map(({ value }) => value as Incident).filter(({ drill }) => drill);
const run = (of: Id): DrillRun | undefined => stair.memory.get(drillRun.noun, of)?.value as DrillRun | undefined;
const file = (lines: readonly string[]) => ({ name: '私の訓練.csv', mimeType: 'text/csv', buffer: Buffer.from(['#名称,私の訓練', '#災害,豪雨', '#被災,西予市', '番号,前提,分,宛先,発信者,区分,本文,期待,実施者,期限,配点,助言', ...lines].join('\r\n')) });

it('G2 a file says in which line what is wrong; mended, it is read, and the drill opens with it', async () => {
  const page = await town.enter(browser, 'hanako', { path: '/drills', desk: true });
  await page.getByText('訓練はまだありません').waitFor();
  await page.getByRole('link', { name: '訓練を始める' }).click();
  await page.getByText('平成30年7月豪雨の再現').waitFor();
  await looksRight(page, 'drill-start-desk');
  await page.getByRole('radio', { name: '自分で作ったファイル' }).check();
  await page.locator('input[type=file]').setInputFiles(file(['1,2,0,被災1,気象台,緊急,大雨です,回答,被災1,5,,', '2,1,5,被災1,気象台,,水位,被害報告,田中一郎,30,,']));
  const wrong = page.getByRole('alert');
  await wrong.getByText('1番は自分自身を待っています（1 → 2 → 1）').waitFor();
  await wrong.getByText('実施者「田中一郎」は住所録にありません').waitFor();
  expect(await page.getByRole('button', { name: '訓練を開く' }).isDisabled()).toBe(true);
  await looksRight(page, 'drill-wrong-desk');
  await page.locator('input[type=file]').setInputFiles(file(['1,,0,被災1,気象台,緊急,大雨です,回答,被災1,5,2,受領を押してください', '2,1,5,被災1,{被災1の一次},,水位が上がっています,被害報告,被災1,30,,', '3,,600,被災1,気象台,,ずっと先,,,,,']));
  await page.getByText('付与 3件・評価する行動 2件').waitFor();
  await page.getByRole('button', { name: '訓練を開く' }).click();
  await page.getByRole('heading', { name: /統制席/ }).waitFor();
  const [drill] = drills();
  expect([drill!.name, drill!.affected, run(drill!.id)!.injects.length, run(drill!.id)!.running]).toEqual(['私の訓練', [town.names.org('西予市')], 3, false]);
  await looksRight(page, 'drill-desk-stands-desk');

  // It is played in as soon as the clock runs, into the drill's talk, with 訓練 on it; who plays sees nothing of what is to come.
  const taro = await town.enter(browser, 'taro');
  await page.getByRole('button', { name: '時計を動かす' }).click();
  await until(() => run(drill!.id)!.given['1'] !== undefined, 'the first to be played in');
  await taro.getByRole('link', { name: /状況付与（気象台）/ }).first().click();
  await taro.getByText('大雨です').first().waitFor();
  expect([await taro.getByText('訓練 実際の災害ではありません').count() > 0 || await taro.locator('.drillband').count() > 0, await taro.getByText('ずっと先').count()]).toEqual([true, 0]);
  await looksRight(taro, 'drill-inject-phone');
  await taro.goto(`${town.address}/drills/${drill!.id}`);
  await taro.getByText('この訓練の統制席は、ここにはありません').waitFor();
  await taro.goto(`${town.address}/drills/${drill!.id}/result`);
  await taro.getByText('結果は訓練が終わってから見られます').waitFor();

  // The desk sees him answer; helps, leaves out, gives before its time; an evaluator mends a rating.
  await town.does('taro', answer, { room: drill!.roles[0]!.room, message: run(drill!.id)!.given['1']!.messages[0]!.message, answer: 'agreed' });
  const given = page.locator('.drill-list').last();
  await given.getByText('P 期限内').waitFor({ timeout: 30_000 });
  await page.getByRole('button', { name: 'いま付与 2' }).click();
  await until(() => run(drill!.id)!.given['2'] !== undefined, 'the second');
  await page.getByRole('button', { name: '助言する 2' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('分からない数は「未確認」で送れます');
  await looksRight(page, 'drill-hint-desk');
  await page.getByRole('dialog').getByRole('button', { name: '助言する' }).click();
  await page.getByText('助言済み').waitFor();
  await page.getByRole('button', { name: '飛ばす 3' }).click();
  await page.getByText('付与はすべて終わりました').waitFor();
  await page.getByRole('button', { name: '一時停止' }).click();
  await page.getByRole('button', { name: '時計を動かす' }).waitFor();
  await page.getByRole('button', { name: '評価を直す 2' }).click({ timeout: 30_000 });
  await page.getByRole('dialog').getByRole('radio', { name: 'S 遅れて' }).check();
  await page.getByRole('dialog').getByRole('button', { name: 'この評価にする' }).click();
  await page.getByRole('dialog').getByText('評価を直す理由を書いてください').waitFor();
  await page.getByRole('dialog').getByRole('textbox').fill('電話で報告していた');
  await page.getByRole('dialog').getByRole('button', { name: 'この評価にする' }).click();
  await page.getByText('電話で報告していた').waitFor({ timeout: 30_000 });
  await looksRight(page, 'drill-desk-runs-desk');
  await page.setViewportSize({ width: 390, height: 844 });
  await looksRight(page, 'drill-desk-runs-phone');
  await page.setViewportSize({ width: 1440, height: 900 });

  await page.getByRole('button', { name: '訓練を終える' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '訓練を終える' }).click();
  await page.getByRole('heading', { name: /訓練の結果/ }).waitFor();
  await page.getByText('90点').waitFor();
  await looksRight(page, 'drill-result-desk');
  await page.setViewportSize({ width: 390, height: 844 });
  await looksRight(page, 'drill-result-phone');
  await taro.reload();
  await taro.getByText('90点').waitFor();
  await taro.context().close();

  // What is to be mended gets an owner; what is half written is there after anything.
  await page.getByRole('button', { name: '加える' }).click();
  await page.getByText('改善することを書いてください').waitFor();
  await page.getByLabel('改善すること').fill('夜間の電話番号を更新する');
  await keptHalfWritten(page, town.cast.hanako.person, '夜間の電話番号');
  await page.reload();
  await expect.poll(() => page.getByLabel('改善すること').inputValue()).toBe('夜間の電話番号を更新する');
  await page.getByLabel('担当する組織').selectOption('西予市');
  await page.getByLabel('いつまでに').fill('2020-01-01');
  await page.getByRole('button', { name: '加える' }).click();
  await page.getByText('期限超過').waitFor();
  const paper = await page.evaluate(async (path) => [...new Uint8Array(await (await fetch(path)).arrayBuffer())], `/documents/drill/${drill!.id}.pdf`);
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(paper)), { mergePages: false });
  const all = text.join('').replace(/\s+/g, '');
  for (const words of ['訓練評価報告書', '私の訓練', '90点', 'P期限内1', 'S遅れて', '評価者による:電話で報告していた', '夜間の電話番号を更新する', '西予市', '未着手']) expect(all, words).toContain(words);
  expect(text.every((one) => one.replaceAll(/\s/g, '').includes('訓練'))).toBe(true);
  await page.context().close();
  const owner = await town.enter(browser, 'taro');
  await owner.getByRole('link', { name: /夜間の電話番号を更新する/ }).waitFor();
  await looksRight(owner, 'drill-owed-phone');
  await owner.context().close();
});

it('G8 “this is real” ends the drill at once, wakes everyone in its talks, and leads to the opening of the real one', async () => {
  const drill = fresh();
  await town.does('hanako', openIncident, { id: drill, name: '秋の総合訓練', kind: 'flood', drill: true, affected: [town.names.org('西予市')] });
  const taro = await town.enter(browser, 'taro', { path: `/talk/${(stair.memory.get(incident.noun, drills().find(({ closedAt }) => closedAt === undefined)!.id)!.value as Incident).roles[0]!.room}` });
  const page = await town.enter(browser, 'hanako', { path: '/drills' });
  await page.getByRole('link', { name: /秋の総合訓練.*シナリオを入れる/ }).click();
  await page.getByRole('radio', { name: '連絡の途絶えた町' }).check();
  // Also who has no place at the desk of it ends it, and before it has a scenario.
  await page.getByRole('button', { name: 'これは実災害です' }).waitFor();
  await looksRight(page, 'drill-start-open-phone');
  await page.getByRole('button', { name: '訓練を開く' }).click();
  await page.getByRole('heading', { name: /統制席/ }).waitFor();
  await page.getByRole('button', { name: 'これは実災害です' }).click();
  await looksRight(page, 'drill-real-phone');
  await page.getByRole('dialog').getByRole('button', { name: '訓練を中止し、全員に知らせる' }).click();
  await page.getByRole('heading', { name: '災害・訓練を開く' }).waitFor();
  await taro.getByText('訓練「秋の総合訓練」を中止します').first().waitFor();
  await looksRight(taro, 'drill-real-told-phone');
  expect(drills().every(({ closedAt }) => closedAt !== undefined)).toBe(true);
  await page.context().close();
  await taro.context().close();
});

it('G1 beside a real disaster it is asked first; what is open is not started twice', async () => {
  const real = fresh();
  await town.does('hanako', openIncident, { id: real, name: '台風第9号', kind: 'typhoon', drill: false, affected: [town.names.org('西予市')] });
  const page = await town.enter(browser, 'hanako', { path: '/drills/start' });
  await page.getByRole('radio', { name: '南海トラフ地震 初動6時間' }).check();
  await page.getByRole('button', { name: '訓練を開く' }).click();
  await page.getByText('あと3つ選んでください').waitFor();
  for (const name of ['西予市', '宇和島市', '大洲市']) await page.getByRole('checkbox', { name: new RegExp(`^${name}`) }).check();
  await page.getByText('実際の災害「台風第9号」が進行中です。訓練を始めるなら').waitFor();
  await looksRight(page, 'drill-beside-phone');
  expect(drills().filter(({ closedAt }) => closedAt === undefined)).toEqual([]);
  await page.getByRole('checkbox', { name: /実際の災害「台風第9号」が進行中です/ }).check();
  await page.getByRole('button', { name: '訓練を開く' }).click();
  await page.getByRole('heading', { name: /統制席/ }).waitFor();
  await page.getByText('実際の災害「台風第9号」が進行中です。訓練を中止するなら').waitFor();
  await looksRight(page, 'drill-desk-beside-real-phone');
  expect(drills().filter(({ closedAt }) => closedAt === undefined)).toHaveLength(1);
  await page.context().close();
});
