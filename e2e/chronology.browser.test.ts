import { enter, entry, instruction, type Entry, type Instruction } from '@noroshi/features/chronology';
import { openIncident } from '@noroshi/features/incident';
import { commit, send } from '@noroshi/features/request';
import { say } from '@noroshi/features/talk';
import { workspaceStream } from '@noroshi/foundations/sync';
import { until } from '@noroshi/foundations/testing';
import type { Browser, Page } from 'playwright-core';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { enterAs, fresh, openEhime } from './ehime-house.ts';
import { held, keptHalfWritten, misfits, printed, sheetsOf, shot, violations } from './looking.ts';

const town = await openEhime();
const [flood, drill] = [fresh(), fresh()];
let said: string;
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
  await town.does('hanako', openIncident, { id: flood, name: '平成30年7月豪雨', kind: 'flood', drill: false, affected: [town.cast.taro.org] });
  said = await town.does('taro', say, { room: town.groupC, text: '野村で3人と連絡が取れません' });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town.close();
});

const entries = (): Entry[] => town.house.stair.memory.of(workspaceStream, entry.noun).map(({ value }) => value as Entry);
const line = (page: Page, words: string) => page.locator('.chron-row', { hasText: words });
const does = (content: string, more: object = {}) => town.does('hanako', enter, { incident: flood, kind: 'report', on: Date.now(), content, channel: 'phone', ...more });

describe('クロノロジー', () => {
  it('B1 one tap takes a message into it with its time, its author and a way back to it; what was begun is kept, and what is in the drafts is there again', async () => {
    const page = await town.enter(browser, 'hanako', { path: `/talk/${town.groupC}` });
    await page.getByText('野村で3人と連絡が取れません').waitFor();
    await page.locator('.msg', { hasText: '野村で3人' }).getByRole('button', { name: /操作|できること/ }).first().click();
    await page.getByRole('link', { name: 'クロノロジーに記録する' }).click();
    const content = page.getByRole('textbox', { name: '内容' });
    expect(await content.inputValue()).toBe('野村で3人と連絡が取れません');
    expect(await page.getByRole('textbox', { name: '誰から' }).inputValue()).toContain('西予市');
    expect(await misfits(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await shot(page, 'chronology-write-phone');
    await content.fill('西予市野村町で3人と連絡が取れない。');
    await keptHalfWritten(page, town.cast.hanako.person, '西予市野村町で3人');
    await page.reload();
    await expect.poll(() => content.inputValue()).toBe('西予市野村町で3人と連絡が取れない。');
    await page.getByRole('radio', { name: '被害' }).check();
    await page.getByRole('button', { name: '記録する' }).click();
    await page.waitForURL(/\/chronology\/[^/]+\/[^/]+$/);
    expect(entries()).toMatchObject([{ no: 1, kind: 'damage', channel: 'talk', town: town.cast.taro.org, source: { room: town.groupC, message: said } }]);
    await page.getByRole('link', { name: 'もとのトークを開く' }).click();
    await page.getByText('野村で3人と連絡が取れません').waitFor();
    await page.context().close();
  });

  it('B2 an entry by hand asks for a time that lies ahead, and an instruction is owed on Home until its owner says that it is done', async () => {
    const page = await town.enter(browser, 'hanako', { path: `/chronology/${flood}`, desk: true });
    // What the house did itself stands among it.
    await line(page, '災害「平成30年7月豪雨」を開きました').waitFor();
    await page.getByRole('link', { name: '記録する' }).click();
    const content = page.getByRole('textbox', { name: '内容' });
    // While kana are being converted, Enter belongs to the conversion.
    await content.focus();
    const hands = await page.context().newCDPSession(page);
    await hands.send('Input.imeSetComposition', { text: 'めいぼ', selectionStart: 3, selectionEnd: 3 });
    await page.keyboard.press('Enter');
    expect(entries()).toHaveLength(1);
    await hands.send('Input.insertText', { text: '名簿をつくり、県へ送る。' });
    await page.getByRole('radio', { name: '指示' }).check();
    await page.getByLabel('起きた時刻').fill('2030-01-01T10:00');
    await page.getByRole('button', { name: '指示を記録する' }).click();
    await page.getByText('指示する組織を選んでください。').waitFor();
    await page.getByText('起きた時刻が1日以上先です。').waitFor();
    const soon = new Date(Date.now() + 9 * 3_600_000 + 30 * 60_000).toISOString().slice(0, 16);
    await page.getByLabel('起きた時刻').fill(soon);
    await page.getByLabel('指示する組織').selectOption('西予市');
    await page.getByLabel('期限').fill(new Date(Date.now() + 10 * 3_600_000).toISOString().slice(0, 16));
    await page.getByRole('button', { name: '指示を記録する' }).click();
    await page.getByText('時刻を確かめてください。').waitFor();
    await page.getByRole('checkbox', { name: /これから起きる時刻/ }).check();
    await shot(page, 'chronology-write-desk');
    await page.getByRole('button', { name: '指示を記録する' }).click();
    await line(page, '名簿をつくり、県へ送る。').getByText('未着手').waitFor();
    expect(await misfits(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await page.context().close();

    const taro = await town.enter(browser, 'taro');
    await taro.getByRole('link', { name: /名簿をつくり、県へ送る。/ }).click();
    await taro.getByRole('textbox', { name: /ひとこと/ }).fill('2人で始めます');
    expect(await misfits(taro)).toEqual([]);
    expect(await violations(taro)).toEqual([]);
    await shot(taro, 'chronology-entry-phone');
    await taro.getByRole('button', { name: '着手した' }).click();
    await taro.getByText('2人で始めます').waitFor();
    await taro.getByRole('button', { name: '完了した' }).click();
    await taro.locator('.chron-steps', { hasText: '完了' }).waitFor();
    await taro.goto(`${town.address}/`);
    // All that is owed comes together: the disaster itself still asks for an answer.
    await taro.locator('.owe', { hasText: '災害「平成30年7月豪雨」' }).waitFor();
    await taro.getByRole('link', { name: /名簿をつくり/ }).waitFor({ state: 'detached' });
    const orders = town.house.stair.memory.of(workspaceStream, instruction.noun).map(({ value }) => value as Instruction);
    expect(orders.map(({ state, steps }) => [state, steps.map(({ word }) => word)])).toEqual([['done', ['2人で始めます', undefined]]]);

    // A hand quicker than the screen, or a screen slower than the hand: both steps are one's own, and both count.
    await does('避難所の毛布を数え、県へ送る。', { kind: 'order', order: { owner: town.cast.taro.org } });
    await taro.getByRole('link', { name: /毛布を数え/ }).click();
    const both = taro.getByRole('button', { name: /^(着手|完了)した$/ });
    await expect.poll(() => both.count()).toBe(2);
    await both.evaluateAll((all) => all.forEach((one) => (one as HTMLButtonElement).click()));
    await taro.locator('.chron-steps', { hasText: '完了' }).waitFor();
    await until(() => town.house.stair.memory.of(workspaceStream, instruction.noun).map(({ value }) => (value as Instruction).steps.map(({ state }) => state).join()).includes('begun,done'), 'both steps to have come');
    await taro.context().close();
  });

  it('B3 a correction stands beside the old line, which is struck through; what is new waits until it is asked for; the filter is in the address', async () => {
    const wrong = await does('病院の燃料はあと12時間', { town: town.cast.taro.org });
    await does('病院の燃料はあと20時間', { town: town.cast.taro.org, corrects: wrong });
    const page = await town.enter(browser, 'aoi', { path: `/chronology/${flood}` });
    await line(page, 'あと12時間').getByRole('link', { name: /→ 訂正/ }).waitFor();
    expect(await line(page, 'あと12時間').locator('s').innerText()).toBe('病院の燃料はあと12時間');
    await line(page, 'あと20時間').getByRole('link', { name: /の訂正/ }).waitFor();
    // The screen is all here; from now on what comes is new.
    // The opening, which the house told itself, is no news either.
    const before = await page.locator('.chron-row').count();
    expect([before, await page.getByRole('button', { name: /新しい記録/ }).count()]).toEqual([entries().length + 1, 0]);
    await does('自衛隊の先遣隊が到着');
    await page.getByRole('button', { name: '新しい記録 1件を表示する' }).waitFor();
    expect(await page.locator('.chron-row').count()).toBe(before);
    await page.getByRole('button', { name: '新しい記録 1件を表示する' }).click();
    await line(page, '自衛隊の先遣隊が到着').getByText('新着').waitFor();
    expect(await misfits(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await shot(page, 'chronology-phone');

    await page.getByText('絞り込む').first().click();
    await page.locator('.chron-filter').getByRole('searchbox').fill('燃料');
    await page.waitForURL(/[?&]q=/);
    await page.getByText(/絞り込み：「燃料」を含む/).waitFor();
    expect(await page.locator('.chron-row').count()).toBe(2);
    await page.locator('.chron-filter').getByLabel('関係する市町・県').selectOption('西予市');
    await page.waitForURL(/town=/);
    expect(await misfits(page)).toEqual([]);
    // Whoever is sent the address sees the same.
    const sent = page.url().replace(town.address, '');
    await page.context().close();
    const other = await town.enter(browser, 'taro', { path: sent, desk: true });
    await other.getByText('絞り込み：西予市・「燃料」を含む').waitFor();
    await other.locator('.chron-row').nth(1).waitFor();
    expect(await other.locator('.chron-row').count()).toBe(2);
    await shot(other, 'chronology-desk');
    await other.context().close();
  });

  it('B6 what the house does stands in it as it happens, for whoever holds the talk that it was said in, and for nobody else', async () => {
    const request = await town.does('taro', send, { room: town.groupC, incident: flood, lines: [{ duty: 'shelter', count: 6 }] });
    const [inside, outside] = [await town.enter(browser, 'aoi', { path: `/chronology/${flood}`, desk: true }), await enterAs(browser, town.address, town.actors.get('niihama/disaster')!.person, { path: `/chronology/${flood}` })];
    await line(inside, '要請を送信、避難所運営 6人').waitFor();
    // The part of the disaster that all are told is here; of the talk that they do not sit in they have no line.
    await line(outside, 'あと20時間').waitFor();
    await town.does('aoi', commit, { room: town.groupC, request, parts: [{ line: 1, wave: 1, count: 6, sees: 0 }] });
    await inside.getByRole('button', { name: /新しい記録/ }).click();
    await line(inside, '決定 6人').waitFor();
    await inside.locator('aside').getByLabel('区分').selectOption('決定');
    await inside.getByText('絞り込み：決定').waitFor();
    expect(await inside.locator('.chron-row').allInnerTexts()).toHaveLength(2);
    expect(await line(outside, '応援要請').count()).toBe(0);
    // Whoever follows sees what comes at once, and its end.
    await outside.goto(`${outside.url()}?live=1`);
    await line(outside, 'あと20時間').waitFor();
    await does('県道29号が通れるようになった');
    await line(outside, '県道29号が通れるようになった').waitFor();
    await expect.poll(() => line(outside, '県道29号').evaluate((row) => row.getBoundingClientRect().bottom <= innerHeight), { timeout: 5_000 }).toBe(true);
    await line(inside, '決定 6人').getByRole('link').first().click();
    await inside.waitForURL(`**/request/${request}`);
    await Promise.all([inside, outside].map((page) => page.context().close()));
  });

  it('B4 without a network an entry is kept, shown as 仮, and entered by itself', async () => {
    const page = await town.enter(browser, 'taro', { path: `/chronology/${flood}`, installs: true });
    await line(page, 'あと20時間').waitFor();
    await page.getByRole('link', { name: '記録する' }).click();
    const content = page.getByRole('textbox', { name: '内容' });
    await content.waitFor();
    await page.context().setOffline(true);
    await content.fill('無線：長谷地区が孤立');
    await page.getByRole('button', { name: /この端末に保存する/ }).click();
    await line(page, '長谷地区が孤立').getByText('仮・送信待ち').waitFor();
    expect(entries().some((one) => one.content.includes('長谷'))).toBe(false);
    await shot(page, 'chronology-offline-phone');
    await page.context().setOffline(false);
    await line(page, '長谷地区が孤立').getByText('仮・送信待ち').waitFor({ state: 'detached', timeout: 30_000 });
    expect(entries().find((one) => one.content.includes('長谷'))).toMatchObject({ org: town.cast.taro.org, no: entries().length });
    // A guest holds nothing of it.
    const mika = await town.enter(browser, 'mika', { path: `/talk/${town.guestRoom}` });
    await mika.locator('.composer').waitFor();
    expect(await held(mika, town.cast.mika.person, [entry.noun, instruction.noun])).toEqual([]);
    await mika.context().close();
    await page.context().close();
  });

  it('B5 is printed on A3, its head on every page: the incident, the filter, and 訓練 for a drill', async () => {
    await town.does('hanako', openIncident, { id: drill, name: '県総合防災訓練', kind: 'earthquake', drill: true, affected: [town.cast.taro.org] });
    for (let i = 1; i <= 60; i++) {
      town.passes(15_000);
      await town.does('hanako', enter, { incident: drill, kind: i % 3 ? 'report' : 'damage', on: Date.now() + i * 15_000, content: `（想定）${i}件目。避難所は12か所、わかっているだけで約900人です。職員だけでは夜の交代が組めません。`, channel: 'radio', from: '西予市 災害対策本部', to: '県 統括班', place: '野村町', unit: '避難班', town: town.cast.taro.org });
    }
    const page = await town.enter(browser, 'hanako', { path: `/chronology/${drill}?kind=report`, desk: true });
    await page.locator('.chron-row').nth(39).waitFor();
    expect(await page.locator('.chron-row').count()).toBe(40);
    await page.locator('.drillband').waitFor();
    await page.getByRole('button', { name: '最新の記録へ' }).click();
    await expect.poll(() => line(page, '59件目').evaluate((row) => row.getBoundingClientRect().bottom <= innerHeight)).toBe(true);
    await page.getByRole('link', { name: 'A3で印刷する' }).click();
    await page.getByRole('button', { name: '印刷する' }).waitFor();
    expect(await misfits(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await shot(page, 'chronology-print-desk');
    const pdf = await printed(page, 'chronology-a3');
    // 420 × 297 mm is 1190.55 × 841.89 points.
    const boxes = sheetsOf(pdf);
    expect(boxes.length).toBeGreaterThan(1);
    for (const box of boxes) expect([Math.abs(box[0] - 1191) <= 1, Math.abs(box[1] - 842) <= 1]).toEqual([true, true]);
    // Fonts have signs that look like 人 and 時 and stand for them.
    const text = (await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: false })).text.map((words) => words.normalize('NFKC'));
    expect(text.length).toBe(boxes.length);
    for (const [i, words] of text.entries()) {
      for (const wanted of ['【訓練】クロノロジー', '県総合防災訓練', '絞り込み:報告', '61件のうち40件', '発生時刻', '記録時刻', `${i + 1} / ${text.length}`]) expect(words, `page ${i + 1}`).toContain(wanted);
    }
    expect(text.join('')).toContain('59件目');
    // Opened by its address alone it is whole: what the house told, and what people wrote.
    await page.goto(`${town.address}/chronology/${drill}?print=1`);
    await page.locator('.chron-paper tbody tr').nth(60).waitFor();
    expect(await page.locator('.chron-paper tbody tr').count()).toBe(61);
    await page.getByRole('cell', { name: /訓練「県総合防災訓練」を開きました/ }).waitFor();
    await page.context().close();
  });
});
