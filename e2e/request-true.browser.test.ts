import { incident as incidentNoun, openIncident, type Incident } from '@noroshi/features/incident';
import { arrive, cancel, commit, depart, passOn, request as requestNoun, returnHome, send, type DispatchRequest } from '@noroshi/features/request';
import { until } from '@noroshi/foundations/testing';
import { roomStream } from '@noroshi/foundations/sync';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { fresh, openEhime } from './ehime-house.ts';
import { keptHalfWritten, misfits, shot, violations } from './looking.ts';

// What a screen of a request says is true, and nothing of it was supposed.

const town = await openEhime();
let browser: Browser;
const flood = fresh();
beforeAll(async () => {
  browser = await openBrowser();
  await town.does('hanako', openIncident, { id: flood, name: '平成30年7月豪雨', kind: 'flood', drill: false, affected: [town.cast.taro.org] });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town.close();
});

const all = (): DispatchRequest[] => town.house.stair.memory.of(roomStream(town.groupC), requestNoun.noun).map((doc) => doc.value as DispatchRequest);
const known = (id: string): DispatchRequest => all().find((one) => one.id === id)!;
const asks = (lines: { duty: 'shelter' | 'houseSurvey' | 'water'; count: number }[], more: object = {}): Promise<string> => town.does('taro', send, { room: town.groupC, incident: flood, lines, ...more });
const four = async (page: Page): Promise<string[]> => (await page.locator('.four.big > div').allInnerTexts()).map((words) => words.replace(/\s+/g, ' ').trim());
/** A screen as it should be: it fits, and axe finds nothing. */
async function stands(page: Page, name: string): Promise<void> {
  await shot(page, `true-${name}`);
  expect(await misfits(page), name).toEqual([]);
  expect(await violations(page), name).toEqual([]);
}

describe('a number', () => {
  it('is not supposed and not cut: what was typed stays, what is wrong stands beside it, and nothing is sent', async () => {
    const taro = await town.enter(browser, 'taro', { path: `/request/new?room=${town.groupC}` });
    await taro.getByRole('checkbox', { name: '応急給水' }).click();
    const count = taro.getByRole('textbox', { name: '応急給水' });
    expect(await count.inputValue()).toBe('');
    await taro.getByRole('button', { name: '要請を送る' }).click();
    await taro.getByText('人数を入れてください').waitFor();
    await count.fill('99999');
    await taro.getByText('1〜999人で入れてください').waitFor();
    await taro.getByRole('button', { name: '要請を送る' }).click();
    expect(await count.inputValue()).toBe('99999');
    await stands(taro, 'number-wrong');
    expect(all()).toEqual([]);
    // Typed or stepped, it is one's own.
    await count.fill('4');
    await taro.getByRole('button', { name: '応急給水を1人増やす' }).click();
    await taro.getByText('要請理由・被害の状況（任意）').click();
    await taro.getByRole('textbox', { name: '要請理由' }).fill('断水が続いている');
    await taro.getByRole('textbox', { name: '被害の状況' }).fill('野村町 全域断水');
    await stands(taro, 'short-details');
    await taro.getByRole('button', { name: '5人の要請を送る' }).click();
    await taro.locator('article.req').waitFor();
    expect(all()[0]).toMatchObject({ lines: [{ duty: 'water', count: 5 }], details: { reason: '断水が続いている', damage: '野村町 全域断水' } });
    await taro.context().close();
  });

  it('of those who arrive is at first that of those who left', async () => {
    const id = await asks([{ duty: 'shelter', count: 8 }]);
    await town.does('aoi', commit, { room: town.groupC, request: id, parts: [{ line: 1, wave: 1, count: 8, sees: 0 }] });
    await town.does('aoi', depart, { room: town.groupC, request: id, line: 1, wave: 1, count: 5, sees: 0 });
    const aoi = await town.enter(browser, 'aoi', { path: `/request/${id}` });
    await aoi.getByRole('button', { name: /出発・到着を記録/ }).filter({ visible: true }).click();
    await aoi.getByRole('button', { name: '到着 5人と記録する' }).waitFor();
    await stands(aoi, 'move');
    await aoi.getByRole('button', { name: '到着 5人と記録する' }).click();
    await aoi.getByRole('dialog').waitFor({ state: 'detached' });
    // Then they work; going home is not the next thing.
    await aoi.getByRole('button', { name: /出発・到着を記録/ }).filter({ visible: true }).click();
    await aoi.getByRole('button', { name: '活動中 5人と記録する' }).waitFor();
    await aoi.context().close();
  });
});

describe('who has come', () => {
  it('stays 到着 when home, shown beside it; a request that all have left is not 充足', async () => {
    const id = await asks([{ duty: 'shelter', count: 6 }, { duty: 'houseSurvey', count: 2 }], { details: { endDate: '2999-12-31' } });
    const where = { room: town.groupC, request: id };
    await town.does('aoi', commit, { ...where, parts: [{ line: 1, wave: 1, count: 9, sees: 0 }] });
    const aoi = await town.enter(browser, 'taro', { path: `/request/${id}` });
    await aoi.locator('.four.big').waitFor();
    // One line has too many, the other too few: both are told.
    expect(await four(aoi)).toEqual(['必要 8', '決定 9', '到着 0', '不足 2 余剰 3']);
    await stands(aoi, 'both');
    await town.does('aoi', arrive, { ...where, line: 1, wave: 1, count: 9, sees: 0 });
    await town.does('aoi', returnHome, { ...where, line: 1, wave: 1, count: 9, sees: 1 });
    await aoi.locator('.units .gone').filter({ visible: true }).nth(8).waitFor();
    expect(await four(aoi)).toEqual(['必要 8', '決定 9', '到着 9 帰任 9', '不足 2 余剰 3']);
    expect(await aoi.locator('.units .set').filter({ visible: true }).count()).toBe(0);
    await town.does('aoi', commit, { ...where, parts: [{ line: 2, wave: 1, count: 2, sees: 0 }] });
    await town.does('aoi', arrive, { ...where, line: 2, wave: 1, count: 2, sees: 0 });
    await town.does('aoi', returnHome, { ...where, line: 2, wave: 1, count: 2, sees: 1 });
    await aoi.getByText('派遣された職員は全員帰任しました').waitFor();
    expect(await aoi.locator('main').innerText()).not.toContain('充足');
    await stands(aoi, 'home');
    const desk = await town.enter(browser, 'taro', { path: `/request/${id}`, desk: true });
    await desk.getByText('派遣された職員は全員帰任しました').waitFor();
    await stands(desk, 'home-desk');
    for (const page of [aoi, desk]) await page.context().close();
  });

  it('is accepted all at once, however many answered', async () => {
    const id = await asks([{ duty: 'shelter', count: 6 }, { duty: 'water', count: 4 }]);
    const where = { room: town.groupC, request: id };
    await town.does('aoi', commit, { ...where, parts: [{ line: 1, wave: 1, count: 6, sees: 0 }] });
    await town.does('ken', commit, { ...where, parts: [{ line: 2, wave: 1, count: 3, sees: 0 }] });
    const taro = await town.enter(browser, 'taro', { path: `/request/${id}`, desk: true });
    await taro.getByRole('button', { name: 'すべて受け入れる（9人）' }).waitFor();
    expect(await taro.locator('.btn.main').filter({ visible: true }).count()).toBe(1);
    await stands(taro, 'accept-all');
    await taro.getByRole('button', { name: 'すべて受け入れる（9人）' }).click();
    await taro.getByText(/受諾 \d\d:\d\d/).nth(1).waitFor({ state: 'attached' });
    await until(() => Object.values(known(id).answers).every((a) => a.accepted?.rev === 1), 'both answers to be accepted');
    await taro.context().close();
  });
});

describe('what is over', () => {
  it('calls nobody any more: one quiet line on the page, the card and the list', async () => {
    const id = await asks([{ duty: 'shelter', count: 100 }]);
    await town.does('taro', cancel, { room: town.groupC, request: id, reason: '重複' });
    const { no } = known(id);
    const aoi = await town.enter(browser, 'aoi', { path: `/request/${id}` });
    await aoi.getByText(/西予市は要請を取り下げました（\d\d:\d\d）/).waitFor();
    expect(await aoi.locator('main').innerText()).not.toMatch(/足りません|未受領|不足 100/);
    expect(await aoi.locator('.lack, .state.short, .state.urgent').filter({ visible: true }).count()).toBe(0);
    await stands(aoi, 'cancelled');
    await aoi.goto(`${town.address}/request`);
    const row = aoi.locator('a.owe', { hasText: no });
    await row.getByText('取下げ').waitFor();
    expect(await row.innerText()).not.toContain('不足');
    await stands(aoi, 'list');
    await aoi.goto(`${town.address}/request/${fresh()}`);
    await aoi.getByText('この要請は見つかりません').waitFor();
    await aoi.getByRole('link', { name: '要請の一覧を開く' }).waitFor();
    await aoi.context().close();
  });
});

describe('whose word it waits for', () => {
  it('is read by everyone with its time; the primary that is late owes it still, first and red; headquarters can do something', async () => {
    const id = await asks([{ duty: 'shelter', count: 6 }]);
    const taro = await town.enter(browser, 'taro', { path: `/request/${id}` });
    await taro.getByText(/一次 西条市は \d\d:\d\dまでに回答（あと\d+分）/).waitFor();
    await stands(taro, 'clock-asker');
    const { supporters } = known(id);
    const passes = async (): Promise<void> => {
      town.passes(31 * 60_000);
      await town.does('system', passOn, { room: town.groupC, request: id, incident: flood, primary: supporters.primary });
    };
    await passes();
    await taro.getByText(/二次支援は \d\d:\d\dまでに回答/).waitFor();
    const aoi = await town.enter(browser, 'aoi', { path: '/' });
    const first = aoi.locator('.owe').first();
    await first.getByText('未回答').waitFor();
    await aoi.locator('.tabs').getByRole('link', { name: /要請/ }).click();
    await aoi.locator('.owe').first().getByText(/期限を過ぎました・未回答/).waitFor();
    await stands(aoi, 'late-list');
    await passes();
    const hanako = await town.enter(browser, 'hanako', { path: `/request/${id}`, desk: true });
    await hanako.getByText('回答していない市町に電話').click();
    await hanako.locator('a.callbtn').first().waitFor();
    await hanako.getByRole('combobox', { name: 'グループの外の市町に頼む' }).selectOption({ label: '宇和島市' });
    await stands(hanako, 'step-in');
    await hanako.getByRole('button', { name: '引き取る（自分が対応する）' }).click();
    await taro.getByText(/愛媛県 .*が引き取りました（\d\d:\d\d）/).waitFor();
    expect(known(id).inHand).toMatchObject({ by: town.cast.hanako.person });
    await hanako.goto(`${town.address}/request`);
    await hanako.locator('.owe', { hasText: '渡部 花子が対応中' }).first().waitFor();
    await hanako.goto(`${town.address}/`);
    await hanako.locator('.owe', { hasText: 'が対応中' }).first().waitFor();
    await stands(hanako, 'hq-home');
    for (const page of [taro, aoi, hanako]) await page.context().close();
  });
});

describe('an answer', () => {
  it('half written is there again after a reload; it says above the talk that it was sent; no reason is chosen for anyone', async () => {
    const id = await asks([{ duty: 'shelter', count: 7 }]);
    const ken = await town.enter(browser, 'ken', { path: `/request/${id}/answer` });
    await ken.getByRole('radio', { name: '検討中' }).click();
    await ken.getByRole('textbox', { name: '避難所運営' }).fill('3');
    await keptHalfWritten(ken, town.cast.ken.person, '"count":3');
    await ken.reload();
    await ken.getByRole('radio', { name: '検討中', checked: true }).waitFor();
    expect(await ken.getByRole('textbox', { name: '避難所運営' }).inputValue()).toBe('3');
    await stands(ken, 'pledge-draft');
    await ken.getByRole('button', { name: '3人を検討中と答える' }).click();
    await ken.locator('.request-undo').getByText('3人を検討中と答えました').waitFor();
    await shot(ken, 'true-told');
    await ken.goto(`${town.address}/request/${id}/answer`);
    await ken.getByRole('radio', { name: '不可' }).click();
    expect(await ken.getByRole('radio', { checked: true }).count()).toBe(1);
    await ken.getByRole('button', { name: '不可と答える' }).click();
    await ken.getByText('理由を選んでください').waitFor();
    expect(Object.values(known(id).answers)[0]!.declined).toBeUndefined();
    await ken.getByRole('radio', { name: '自分の市町も被災' }).click();
    await ken.getByRole('button', { name: '不可と答える' }).click();
    await until(() => Object.values(known(id).answers)[0]!.declined?.reason === 'ownDisaster', 'the town to have declined for its reason');
    await ken.context().close();
  });
});

describe('another disaster', () => {
  it('of a town under way is not opened unawares; a drill looks like one from the first choice, also while it widens', async () => {
    const taro = await town.enter(browser, 'taro', { path: '/incident/open' });
    await taro.getByText('西予市は「平成30年7月豪雨」で対応中です').waitFor();
    await stands(taro, 'open-again');
    await taro.locator('.foot .btn.main').click();
    await taro.getByRole('dialog').getByText('「平成30年7月豪雨」とは別の災害として開きます').waitFor();
    await taro.getByRole('dialog').getByRole('button', { name: '閉じる' }).click();
    await taro.getByRole('link', { name: 'その災害を開く' }).click();
    await taro.waitForURL(`**/incident/${flood}`);
    const hanako = await town.enter(browser, 'hanako', { path: '/incident/open', desk: true });
    expect(await hanako.locator('.foot .btn.main').getAttribute('aria-disabled')).toBe('true');
    await hanako.getByText('被災した市町を一つ以上押してください').waitFor();
    await hanako.getByRole('radio', { name: '訓練' }).check();
    await hanako.locator('.drillband').waitFor();
    await hanako.locator('header').getByText('【訓練】').first().waitFor();
    await hanako.locator('.tile', { hasText: '西予' }).click();
    await stands(hanako, 'drill-open');
    await hanako.locator('.foot .btn.main').click();
    await hanako.getByRole('dialog').locator('.btn.main').click();
    await hanako.getByRole('link', { name: '被災市町を加える' }).click();
    await hanako.locator('.drillband').waitFor();
    await hanako.locator('.tile[aria-pressed]', { hasText: '大洲' }).click();
    await stands(hanako, 'drill-widen');
    await hanako.locator('.foot .btn.main').click();
    await hanako.getByRole('dialog').getByText('訓練に被災の想定を加えます').waitFor();
    await hanako.getByRole('dialog').getByText(/に、緊急として載せます/).first().waitFor();
    await stands(hanako, 'drill-widen-sheet');
    await hanako.getByRole('dialog').locator('.btn.main').click();
    const widened = (): Incident | undefined => town.house.stair.memory.of('w', incidentNoun.noun).map((doc) => doc.value as Incident).find((one) => one.drill && one.affected.length === 2);
    await hanako.locator('.tile.second .towards, .tile.first .towards').first().waitFor();
    await until(widened, 'the drill to have two towns');
    await stands(hanako, 'drill-map');
    for (const page of [taro, hanako]) await page.context().close();
  });
});
