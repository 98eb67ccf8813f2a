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
    await expect.poll(() => ken.getByRole('textbox', { name: '避難所運営' }).inputValue()).toBe('3');
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
    // On the page of the drill, where the map of a phone stands as well and is not shown.
    await hanako.waitForURL(/\/incident\/[0-9a-f-]{36}$/);
    await hanako.locator('.tile.second .towards:visible, .tile.first .towards:visible').first().waitFor();
    await until(widened, 'the drill to have two towns');
    await stands(hanako, 'drill-map');
    for (const page of [taro, hanako]) await page.context().close();
  });
});

describe('a wave ahead', () => {
  it('is chosen, answered, accepted and seen to leave while the one before it is there; what was half written for it stays with it', async () => {
    const waves = [{ from: '2030-07-07', to: '2030-07-14' }, { from: '2030-07-14', to: '2030-07-21' }];
    const id = await town.does('taro', send, { room: town.groupC, incident: flood, lines: [{ duty: 'shelter', count: 4, waves }, { duty: 'water', count: 2 }] });
    const where = { room: town.groupC, request: id };
    await town.does('aoi', commit, { ...where, parts: [{ line: 1, wave: 1, count: 4, sees: 0 }, { line: 2, wave: 1, count: 2, sees: 0 }] });
    await town.does('aoi', arrive, { ...where, line: 1, wave: 1, count: 4, sees: 0 });
    /** @param short what the second wave lacks, as the choice says; without it the wave of now */
    const chooses = async (page: Page, short?: number): Promise<void> => {
      const which = page.getByRole('combobox', { name: '陣を選ぶ' });
      const option = which.getByRole('option', { name: short === undefined ? 'いまの陣' : new RegExp(`^第2陣 不足 ${short} 7月14日.*7月21日`) });
      await option.waitFor({ state: 'attached' });
      await which.selectOption(await option.getAttribute('value'));
    };
    const ken = await town.enter(browser, 'ken', { path: `/request/${id}` });
    await chooses(ken, 4);
    await stands(ken, 'wave-phone');
    await ken.locator('.foot').getByRole('link', { name: /回答する/ }).click();
    await ken.waitForURL('**/answer?wave=2');
    const count = ken.getByRole('textbox', { name: '避難所運営' });
    expect(await count.inputValue()).toBe('4');
    // The line that has no second wave is not asked about it.
    expect(await ken.getByRole('textbox', { name: '応急給水' }).count()).toBe(0);
    await count.fill('3');
    await keptHalfWritten(ken, town.cast.ken.person, '"count":3');
    await stands(ken, 'wave-answer');
    await chooses(ken);
    await ken.getByRole('textbox', { name: '応急給水' }).waitFor();
    await chooses(ken, 4);
    await until(async () => await count.inputValue() === '3', 'what was half written for the second wave to be there again');
    await ken.getByRole('button', { name: '3人の派遣を決定する' }).click();
    await ken.getByText('伊予市が第2陣に3人の派遣を決定。第2陣の不足 あと1人').first().waitFor();
    expect(known(id).answers[`1/${town.cast.ken.org}/2`]).toMatchObject({ count: 3 });

    const taro = await town.enter(browser, 'taro', { path: `/request/${id}`, desk: true });
    await taro.getByRole('button', { name: 'すべて受け入れる（9人）' }).waitFor();
    const kens = taro.locator('.request-desk').getByText('決定 3', { exact: true });
    expect(await kens.count()).toBe(0);
    await chooses(taro, 1);
    await kens.waitFor();
    await stands(taro, 'wave-desk');
    await taro.locator('.request-desk').getByRole('button', { name: /伊予市 3/ }).click();
    await until(() => known(id).answers[`1/${town.cast.ken.org}/2`]!.accepted?.rev === 1, 'the second wave to be accepted');

    await ken.goto(`${town.address}/request/${id}`);
    await chooses(ken, 1);
    await ken.locator('.request-phone').getByRole('button', { name: '出発・到着を記録 伊予市' }).click();
    await ken.getByRole('dialog').locator('.btn.main').click();
    await until(() => known(id).answers[`1/${town.cast.ken.org}/2`]!.moves.departed === 3, 'the second wave to have left');
    expect(known(id).answers[`1/${town.cast.aoi.org}/1`]!.moves).toMatchObject({ arrived: 4, returned: 0 });
    for (const page of [ken, taro]) await page.context().close();
  });
});

describe('the prefecture as primary', () => {
  it('answers, and does all that headquarters does', async () => {
    const role = (): Incident['roles'][number] => (town.house.stair.memory.of('w', incidentNoun.noun).find((doc) => doc.id === flood)!.value as Incident).roles.find(({ affected }) => affected === town.cast.taro.org)!;
    const { primary, secondaries } = role();
    // All of its supporters are hit as well.
    await town.does('hanako', openIncident, { id: fresh(), name: '東予の土砂災害', kind: 'flood', drill: false, affected: [primary, ...secondaries] });
    expect(role()).toMatchObject({ primary: town.cast.hanako.org, secondaries: [] });
    const id = await asks([{ duty: 'shelter', count: 6 }]);
    const hanako = await town.enter(browser, 'hanako', { path: `/request/${id}` });
    await hanako.locator('.foot').getByRole('link', { name: /回答する/ }).waitFor();
    for (const name of ['引き取る（自分が対応する）', '国へ上申する', '完了にする', '取り下げる']) await hanako.getByRole('button', { name }).waitFor();
    await hanako.getByRole('link', { name: '変更する（第2報）' }).waitFor();
    await stands(hanako, 'primary-prefecture');
    await town.does('hanako', commit, { room: town.groupC, request: id, parts: [{ line: 1, wave: 1, count: 2, sees: 0 }] });
    await hanako.goto(`${town.address}/`);
    await hanako.locator('.owe', { hasText: '避難所運営 6人' }).getByText('不足 4・県へ回りました').waitFor();
    await stands(hanako, 'primary-prefecture-home');
    await hanako.context().close();
  });
});
