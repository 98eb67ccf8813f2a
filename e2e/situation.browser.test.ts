import { incident as incidentNoun, openIncident, type Incident } from '@noroshi/features/incident';
import { commit, consider, send } from '@noroshi/features/request';
import type { Message } from '@noroshi/features/talk';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { enterAs, fresh, openEhime } from './ehime-house.ts';
import { keptHalfWritten, misfits, shot, violations } from './looking.ts';

const town = await openEhime();
let browser: Browser;
let flood: Incident;
let request: string;
const minute = 60_000;
beforeAll(async () => {
  browser = await openBrowser();
  const uwajima = [...town.actors].find(([part]) => part.startsWith('uwajima/'))![1];
  await town.does('hanako', openIncident, { id: fresh(), name: '平成30年7月豪雨', kind: 'flood', drill: false, affected: [town.cast.taro.org, uwajima.org] });
  flood = town.house.stair.memory.of('w', incidentNoun.noun)[0]!.value as Incident;
  request = await town.does('taro', send, { room: town.groupC, incident: flood.id, lines: [{ duty: 'shelter', count: 12 }, { duty: 'water', count: 2 }] });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town.close();
});

/** The names and states of the rows, in their order. */
const rows = (page: Page, of: string): Promise<string[]> => page.locator(of).evaluateAll((all) => all.map((row) => `${row.querySelector('b')!.textContent} ${row.querySelector('.state')!.textContent}`));
const big = async (page: Page): Promise<void> => page.setViewportSize({ width: 1920, height: 1080 });

describe('headquarters', () => {
  it('A1 sees who needs eyes first, why and since when, live, and every number opens what it is made of', async () => {
    const taro = await town.enter(browser, 'taro', { path: '/more' });
    await taro.getByRole('link', { name: '災害・訓練' }).first().waitFor();
    const page = await town.enter(browser, 'hanako', { path: '/more' });
    await page.getByRole('link', { name: '状況盤' }).click();
    await page.getByRole('heading', { name: 'いま見る 2件' }).waitFor();
    expect((await rows(page, '.situation .room')).slice(0, 2)).toEqual(['西予市 不足 14', '宇和島市 未要請']);
    await page.getByText('一次 西条市の回答待ち').waitFor();
    // Each row: its part, its own four numbers, when it was last heard, its line, what waits for its people.
    const [seiyo, uwajima] = ['西予市', '宇和島市'].map((name) => page.getByRole('article', { name }));
    await seiyo!.getByText('被災', { exact: true }).waitFor();
    expect((await seiyo!.locator('.strip').first().innerText()).replaceAll(/\s+/g, ' ')).toBe('必要 14 決定 0 到着 0 不足 14');
    expect(await uwajima!.getByText('必要').count()).toBe(0);
    await seiyo!.getByText(/最終連絡 \d\d:\d\d/).waitFor();
    await uwajima!.getByText('連絡なし').waitFor();
    await uwajima!.getByText('接続なし').waitFor();
    await uwajima!.getByText(/未読 \d+人/).waitFor();
    await seiyo!.getByText('接続中 1台').waitFor();
    await taro.context().close();
    expect(await misfits(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await shot(page, 'situation-phone');

    // The time of the primary runs out: it is late, and what is missing lies with the secondaries.
    town.passes(31 * minute);
    await town.house.stair.clock.look();
    // A device learns how late it is with the next greeting.
    await page.reload();
    await page.getByText('二次の回答待ち').waitFor();
    await page.getByRole('article', { name: '宇和島市' }).getByText('30分を過ぎて報告なし').waitFor();
    await page.getByRole('heading', { name: 'いま見る 3件' }).waitFor();
    expect((await rows(page, '.situation .room')).slice(0, 3)).toEqual(['西予市 不足 14', '西条市 未回答', '宇和島市 未報告']);

    // A2: who is late is asked from its row, and headquarters says there that it sees to what is short.
    await page.getByRole('article', { name: '西条市' }).getByRole('button', { name: '回答を求める' }).click();
    await page.waitForURL(/talk\/[^?]*$/);
    await page.locator('#say').waitFor();
    await expect.poll(() => page.locator('#say').inputValue()).toMatch(/^@西条市 西予市の要請 C-西予-001（不足 14人）への回答の時間を過ぎています/);
    await page.locator('#say').fill('');
    await page.goBack();
    await seiyo!.getByRole('button', { name: '引き取る' }).click();
    await seiyo!.getByText(/渡部 花子が引き取りました（.*\d\d:\d\d）/).waitFor();
    expect(await seiyo!.getByRole('button', { name: '引き取る' }).count()).toBe(0);
    expect(await misfits(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await shot(page, 'situation-acts-phone');
    // A town beyond the group is asked, comes into the talk, and answers as all others do.
    await seiyo!.getByRole('link', { name: 'グループの外に頼む' }).click();
    const beyond = page.getByLabel('グループの外の市町に頼む');
    await beyond.waitFor();
    await expect.poll(() => beyond.evaluate((field) => field === document.activeElement)).toBe(true);
    await beyond.selectOption('今治市');
    expect(await misfits(page)).toEqual([]);
    await shot(page, 'request-invite-phone');
    await page.getByRole('button', { name: '今治市に応援を頼む（不足 14人）' }).click();
    await page.getByText('グループの外に依頼').filter({ visible: true }).waitFor();
    expect(await beyond.locator('option', { hasText: '今治市' }).count()).toBe(0);
    const imabari = [...town.actors].find(([part]) => part.startsWith('imabari/'))![1];
    const theirs = await enterAs(browser, town.address, imabari.person, { path: `/request/${request}` });
    await theirs.getByRole('link', { name: /回答/ }).waitFor();
    await theirs.context().close();
    await page.goBack();
    // What the group cannot fill goes up, with its words prepared: they are changed, and stay as they were recorded.
    await seiyo!.getByRole('link', { name: '国へ上申する' }).click();
    const letter = page.getByRole('dialog').getByRole('textbox', { name: '上申の文面' });
    expect(await letter.inputValue()).toContain('件名：平成30年7月豪雨 西予市への応援職員の派遣について（不足 14人）');
    await letter.fill(`${await letter.inputValue()}\n宿舎は県で用意します。`);
    await keptHalfWritten(page, town.cast.hanako.person, '宿舎は県で用意します。');
    await page.reload();
    await letter.waitFor();
    await expect.poll(() => letter.inputValue()).toMatch(/宿舎は県で用意します。$/);
    expect(decodeURIComponent((await page.getByRole('link', { name: 'メールで送る' }).getAttribute('href'))!)).toMatch(/^mailto:\?subject=平成30年7月豪雨 西予市への応援職員の派遣について（不足 14人）&body=総務省/);
    expect(await misfits(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await shot(page, 'request-upward-phone');
    await page.getByRole('dialog').getByRole('button', { name: '不足 14人を国へ上申したと記録する' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByText('上申の文面を見る').filter({ visible: true }).click();
    await page.getByText(/宿舎は県で用意します。$/).filter({ visible: true }).waitFor();
    await page.goto(`${town.address}/situation`);
    await seiyo!.getByText(/渡部 花子が引き取りました/).waitFor();
    expect(await seiyo!.getByRole('link', { name: '国へ上申する' }).count()).toBe(0);
    await uwajima!.getByText('30分を過ぎて報告なし').waitFor();

    // It answers, another weighs: nobody is late any more, and the sums follow.
    await town.does('aoi', commit, { room: town.groupC, request, parts: [{ line: 1, wave: 1, count: 10, sees: 0 }], cannot: { parts: [{ line: 2, wave: 1, sees: 0 }], reason: 'noStaff' } });
    await town.does('ken', consider, { room: town.groupC, request, parts: [{ line: 1, wave: 1, count: 2, sees: 0 }], until: Date.now() + 60 * minute });
    await page.getByRole('heading', { name: 'いま見る 2件' }).waitFor();
    await page.getByText('検討中 2').first().waitFor();
    const now = await rows(page, '.situation .room');
    expect(now.slice(0, 2)).toEqual(['西予市 不足 4', '宇和島市 未報告']);
    expect(now).toEqual(expect.arrayContaining(['西条市 支援 10', '伊予市 検討中 2']));
    expect(await page.locator('.situation .four dd').allTextContents()).toEqual(['14', '10', '0', '4']);
    await page.locator('.situation .room', { hasText: '西予市' }).first().click();
    await page.waitForURL(`**/request/${request}`);
    // What its line is made of: its people, and what waits for each of them.
    await page.goBack();
    await page.getByRole('article', { name: '宇和島市' }).getByText('連絡なし').click();
    await page.getByRole('heading', { name: 'この市町の人' }).waitFor();
    const waits = page.locator('.person').first().getByRole('link', { name: /未読 \d+件/ });
    await waits.waitFor();
    expect(await misfits(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await shot(page, 'situation-town');
    await waits.click();
    await page.waitForURL(/talk\/.*\?m=/);
    // A2: it is asked from its row. What was being written in that talk stays, and the words can be changed before they go out.
    await page.locator('#say').fill('書きかけ');
    await page.goBack();
    await page.getByRole('button', { name: 'トークで状況を聞く' }).click();
    await page.waitForURL(/talk\/[^?]*$/);
    await expect.poll(() => page.locator('#say').inputValue()).toMatch(/^書きかけ\n@宇和島市 いまの状況/);
    await page.locator('#say').fill('@宇和島市 けが人はいませんか');
    await page.getByRole('button', { name: '緊急で送る' }).first().click();
    await page.getByText('回答を求める相手：宇和島市。ほかの人は読むだけで、回答は求めません。').waitFor();
    await shot(page, 'situation-asks-one');
    await page.locator('dialog').getByRole('button', { name: /緊急/ }).click();
    const asked = async () => (await town.house.stair.pool.query<{ value: Message }>(`select value from noun where noun = 'message' and value ->> 'text' like '%けが人はいませんか'`)).rows.map(({ value: { urgency, incident, mentionOrgs } }) => ({ urgency, incident, mentionOrgs }));
    const uwajimaOrg = [...town.actors].find(([part]) => part.startsWith('uwajima/'))![1].org;
    await expect.poll(asked).toEqual([{ urgency: 'urgent', incident: flood.id, mentionOrgs: [uwajimaOrg] }]);
    // Without a line it says as of when, and what it knew stays.
    await page.goBack();
    await page.goBack();
    await page.getByText(/最終連絡 \d\d:\d\d/).first().waitFor();
    await page.context().setOffline(true);
    await page.getByText(/\d\d:\d\d 時点/).first().waitFor();
    await page.context().close();
  });

  it('A1 has it on the wall, without a hand: map, sums and what needs eyes, and says when it is not told anything new', async () => {
    const page = await town.enter(browser, 'hanako', { path: '/situation', desk: true });
    await page.getByRole('link', { name: '大画面に映す' }).click();
    await big(page);
    await page.locator('.wall-eyes').getByRole('heading', { name: 'いま見る 2件' }).waitFor();
    expect(await rows(page, '.wall-eyes ol li')).toEqual(['西予市 不足 4', '宇和島市 未報告']);
    await page.locator('.wall-eyes li', { hasText: '西予市' }).getByText('必要 14・決定 10・到着 0・不足 4').waitFor();
    await page.locator('.wall-eyes li', { hasText: '宇和島市' }).getByText(/連絡なし・接続なし・未読 \d+人/).waitFor();
    // The other municipalities turn beneath what needs eyes, by themselves, unless someone stops them.
    await page.getByText(/^\d\/\d+ページ$/).waitFor();
    expect(await page.locator('.wall-others li').count()).toBeGreaterThan(1);
    expect(await page.locator('.wall .tile', { hasText: '西予' }).getAttribute('class')).toBe('tile short framed');
    expect(await page.locator('.wall .tile').count()).toBe(20);
    await shot(page, 'wall');
    // Everything stands on the screen at once, in letters that are read from five metres.
    expect(await page.evaluate(() => [document.documentElement.scrollHeight, document.documentElement.scrollWidth])).toEqual([1080, 1920]);
    const letters = await page.locator('.wall :is(.tile .word, .wall-eyes .why, .wall-eyes .facts, .wall-eyes b, .four dd)').evaluateAll((all) => Math.min(...all.map((one) => Number.parseFloat(getComputedStyle(one).fontSize))));
    expect(letters).toBeGreaterThanOrEqual(30);
    expect(await violations(page)).toEqual([]);
    await page.context().setOffline(true);
    await page.getByText(/更新停止 \d+分/).waitFor();
    expect(await page.locator('.wall').getAttribute('data-stale')).toBe('true');
    await shot(page, 'wall-stale');
    await page.context().close();
  });

  it('A3 sees a drill by itself, marked, and nothing of it among what is real', async () => {
    const affected = [...town.actors].find(([part]) => part.startsWith('ozu/'))![1].org;
    const drill = fresh();
    await town.does('hanako', openIncident, { id: drill, name: '訓練 大洲', kind: 'flood', drill: true, affected: [affected] });
    const page = await town.enter(browser, 'hanako', { path: '/situation' });
    await page.getByRole('heading', { name: 'いま見る 2件' }).waitFor();
    await page.locator('.situation').getByRole('link', { name: /訓練 大洲/ }).click();
    await page.getByRole('heading', { name: 'いま見る 1件' }).waitFor();
    expect((await rows(page, '.situation .room'))[0]).toBe('大洲市 未要請');
    await page.locator('.drillband').waitFor();
    await page.goto(`${town.address}/wall/${drill}`);
    await big(page);
    await page.locator('.wall-drill').waitFor();
    await shot(page, 'wall-drill');
    // The third screen: two that are real are added up, and nothing of the drill with them.
    const quake = fresh();
    await town.does('hanako', openIncident, { id: quake, name: '地震', kind: 'earthquake', drill: false, affected: [affected] });
    const [twin, group] = [drill, quake].map((id) => (town.house.stair.memory.get(incidentNoun.noun, id)!.value as Incident).roles[0]!.room);
    await town.does('hanako', send, { room: twin!, incident: drill, onBehalfOf: affected, lines: [{ duty: 'shelter', count: 300 }] });
    await town.does('hanako', send, { room: group!, incident: quake, onBehalfOf: affected, lines: [{ duty: 'shelter', count: 6 }] });
    await page.goto(`${town.address}/wall`);
    await page.getByRole('heading', { name: '開いている災害 2件' }).waitFor();
    await page.getByText('必要 300・決定 0・到着 0・不足 300').waitFor();
    await page.getByText('必要 6・決定 0・到着 0・不足 6').waitFor();
    expect(await page.locator('.wall-all .four dd').allTextContents()).toEqual(['20', '10', '0', '10']);
    expect(await page.locator('.wall-drills li b').allTextContents()).toEqual(['【訓練】訓練 大洲']);
    expect(await page.evaluate(() => [document.documentElement.scrollHeight, document.documentElement.scrollWidth])).toEqual([1080, 1920]);
    expect(await violations(page)).toEqual([]);
    await shot(page, 'wall-all');
    await page.context().close();
  });
});

it('A1 a town is not shown a part of it for the whole', async () => {
  const page = await town.enter(browser, 'taro', { path: '/more' });
  await page.getByRole('link', { name: '災害・訓練' }).first().waitFor();
  expect(await page.getByRole('link', { name: '状況盤' }).count()).toBe(0);
  await page.goto(`${town.address}/wall/${flood.id}`);
  await page.getByRole('heading', { name: /状況盤は県の画面です/ }).waitFor();
  await page.context().close();
});
