import { closeIncident, incident, openIncident, type Incident } from '@noroshi/features/incident';
import { request as requestNoun, type DispatchRequest } from '@noroshi/features/request';
import { say } from '@noroshi/features/talk';
import { storedFile, type StoredFile } from '@noroshi/foundations/files';
import { roomStream, workspaceStream } from '@noroshi/foundations/sync';
import { freshId, until } from '@noroshi/foundations/testing';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInstalled, openBrowser } from './browser.ts';
import { misfits, shot, violations } from './looking.ts';
import { flood, openTalkHouse } from './talk-house.ts';

// B3: a device that carries as little as it can. A1: a browser that loses what lies on the device.

const photograph = join(import.meta.dirname, '../apps/server/demo/photos/flood.jpg');

let browser: Browser;
let town: Awaited<ReturnType<typeof openTalkHouse>>;
beforeAll(async () => {
  [browser, town] = await Promise.all([openBrowser(), openTalkHouse()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town?.close();
});

const row = (page: Page, text: string) => page.locator('.said-row', { hasText: text });
const write = async (page: Page, text: string): Promise<void> => {
  await page.locator('.composer textarea').fill(text);
  await page.locator('.composer textarea').press('Control+Enter');
  await row(page, text).first().waitFor();
};
const addPhotograph = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: '加える' }).first().click();
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /写真を選ぶ/ }).click();
  await (await choosing).setFiles([photograph]);
  await page.getByRole('dialog', { name: '送るもの' }).getByRole('button', { name: '1件を加える' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
};
const sendPhotograph = async (page: Page, words: string): Promise<StoredFile> => {
  await addPhotograph(page);
  await write(page, words);
  return until(() => town.house.stair.memory.of(roomStream(town.groupC), storedFile.noun).map((doc) => doc.value as StoredFile).findLast((file) => file.state === 'arrived'), 'the photograph to arrive', 60_000);
};
/** Which pictures this page has asked for. */
const pictures = (page: Page): string[] => {
  const asked: string[] = [];
  page.on('request', (request) => { if (request.url().includes('/files/')) asked.push(new URL(request.url()).pathname); });
  return asked;
};
const low = (page: Page) => page.getByText('写真は押してから読み込み、既読は30秒ごとにまとめます。').first();

describe('low data', () => {
  it('is chosen in the settings, says what it does, leaves pictures until they are pressed, and is left with one press', async () => {
    const taro = await town.enter(browser, 'taro', { installs: true });
    const { id } = await sendPhotograph(taro, '低通信で見る写真');
    const aoi = await town.enter(browser, 'aoi', { path: '/settings' });
    await aoi.getByRole('radio', { name: /^低通信モード/ }).check();
    await low(aoi).waitFor();
    expect(await violations(aoi)).toEqual([]);
    expect(await misfits(aoi)).toEqual([]);
    await shot(aoi, 'low-data-settings');
    const asked = pictures(aoi);
    await aoi.goto(`${town.address}/talk/${town.groupC}`);
    const photo = row(aoi, '低通信で見る写真').getByRole('button', { name: /^押すと読み込み/ });
    await photo.waitFor();
    await low(aoi).waitFor();
    expect(await violations(aoi)).toEqual([]);
    expect(await misfits(aoi)).toEqual([]);
    await shot(aoi, 'low-data-talk');
    expect(asked).toEqual([]);
    await photo.click();
    await until(() => asked.length > 0, 'the picture to be asked for');
    expect(asked).toEqual([`/files/${id}/thumb`]);
    await aoi.getByRole('button', { name: '切る' }).first().click();
    await low(aoi).waitFor({ state: 'detached' });
    for (const page of [taro, aoi]) await page.context().close();
  });

  it('comes by itself on a line that is lost again and again, says so, and can be turned off', async () => {
    const aoi = await town.enter(browser, 'aoi', { data: 'auto' });
    await row(aoi, '低通信で見る写真').waitFor();
    for (let i = 0; i < 4; i++) {
      await until(() => [...town.house.stair.hub.lines.ofPerson(town.actors.aoi.person)].some((line) => line.greeted), 'the line to be up', 30_000);
      for (const line of town.house.stair.hub.lines.ofPerson(town.actors.aoi.person)) line.carrier.close(1012, 'cut');
      await until(() => [...town.house.stair.hub.lines.ofPerson(town.actors.aoi.person)].length === 0, 'the line to be cut');
    }
    await aoi.getByText('回線が悪いため、低通信モードにしました。').waitFor({ timeout: 30_000 });
    await until(() => [...town.house.stair.hub.lines.ofPerson(town.actors.aoi.person)].some((line) => line.sparing), 'the server to gather for it', 30_000);
    await aoi.getByRole('button', { name: '切る' }).first().click();
    await low(aoi).waitFor({ state: 'detached' });
    await aoi.context().close();
  });

  it('Z1 Z2 is ordered for all by the prefecture, with who and since when, at once and whatever a device has chosen; nobody else may', async () => {
    const aoi = await town.enter(browser, 'aoi');
    await row(aoi, '低通信で見る写真').waitFor();
    const hanako = await town.enter(browser, 'hanako', { path: '/more' });
    await hanako.getByRole('link', { name: '回線混雑モード' }).click();
    await hanako.getByRole('button', { name: '全員を回線混雑モードにする' }).click();
    await hanako.getByRole('button', { name: '全員を回線混雑モードにする（確定）' }).click();
    await aoi.getByText('回線混雑モードです。').first().waitFor();
    await aoi.getByText(/愛媛県 渡部 花子が\d\d:\d\dに全員に出しました/).waitFor();
    await low(aoi).waitFor();
    expect(await aoi.getByRole('button', { name: '切る' }).count()).toBe(0);
    await hanako.getByRole('button', { name: '回線混雑モードを解く' }).waitFor();
    for (const page of [aoi, hanako]) {
      expect(await violations(page)).toEqual([]);
      expect(await misfits(page)).toEqual([]);
    }
    await shot(aoi, 'congestion-talk');
    await shot(hanako, 'congestion');
    await aoi.goto(`${town.address}/congestion`);
    await aoi.getByText('回線混雑モード中です。').waitFor();
    expect(await aoi.getByRole('button', { name: /回線混雑モード/ }).count()).toBe(0);
    await hanako.getByRole('button', { name: '回線混雑モードを解く' }).click();
    await low(aoi).waitFor({ state: 'detached' });
    for (const page of [aoi, hanako]) await page.context().close();
  });
});

describe('what lies on the device', () => {
  it('S120 S84 is on the disk, strictly, before the screen says so', async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'ja-JP' });
    await context.addInitScript(() => {
      const noted = globalThis as unknown as { outbox: { durability: string; doneAt?: number }[]; bytes: string[]; shownAt?: number };
      noted.outbox = [];
      noted.bytes = [];
      const { transaction } = IDBDatabase.prototype;
      IDBDatabase.prototype.transaction = function (...given) {
        const begun = transaction.apply(this, given);
        if (this.name.startsWith('noroshi-outbox-') && given[1] === 'readwrite' && [given[0]].flat().includes('item')) {
          const one: (typeof noted.outbox)[number] = { durability: begun.durability };
          noted.outbox.push(one);
          begun.addEventListener('complete', () => { one.doneAt = performance.now(); });
        }
        if (this.name.startsWith('noroshi-files-') && given[1] === 'readwrite' && [given[0]].flat().includes('bytes')) noted.bytes.push(begun.durability);
        return begun;
      };
      new MutationObserver(() => {
        if (noted.shownAt === undefined && document.querySelector('.said')?.textContent?.includes('堤防が切れました')) noted.shownAt = performance.now();
      }).observe(document, { childList: true, subtree: true });
    });
    const page = await town.enter(browser, 'taro', { context });
    await row(page, '低通信で見る写真').waitFor();
    await isInstalled(page);
    await context.setOffline(true);
    await write(page, '堤防が切れました');
    const { outbox, shownAt } = await page.evaluate(() => {
      const noted = globalThis as unknown as { outbox: { durability: string; doneAt: number }[]; shownAt: number };
      return { outbox: noted.outbox, shownAt: noted.shownAt };
    });
    expect(outbox.length).toBeGreaterThan(0);
    expect(outbox.map(({ durability }) => durability)).toEqual(outbox.map(() => 'strict'));
    expect(outbox[0]!.doneAt).toBeLessThanOrEqual(shownAt);
    // And so is a photograph, before it stands beside the words.
    await addPhotograph(page);
    const bytes = await page.evaluate(() => (globalThis as unknown as { bytes: string[] }).bytes);
    expect(bytes.length).toBeGreaterThan(0);
    expect(bytes).toEqual(bytes.map(() => 'strict'));
    await context.setOffline(false);
    await row(page, '堤防が切れました').getByText(/既読|送信ずみ/).first().waitFor();
    await context.close();
  });

  it('S121 S122 and is evicted by the browser while the application is open: it is read anew, what was being written stays, and who wrote is told what was lost', async () => {
    await town.does('aoi', say, { room: town.groupC, text: '読み直されるもの' });
    const page = await town.enter(browser, 'taro', { installs: true });
    await row(page, '読み直されるもの').waitFor();
    await isInstalled(page);
    await page.context().setOffline(true);
    await write(page, '消えることば一');
    await write(page, '消えることば二');
    await page.locator('.composer textarea').fill('書きかけ');
    const browserSide = await page.context().newCDPSession(page);
    await browserSide.send('Storage.clearDataForOrigin', { origin: town.address, storageTypes: 'indexeddb' });
    await page.context().setOffline(false);
    // Nobody looks after a store that nobody asks: the next word does.
    await page.getByText(/送信を待っていた2件が/).waitFor({ timeout: 30_000 });
    expect(await violations(page)).toEqual([]);
    expect(await misfits(page)).toEqual([]);
    await shot(page, 'lost');
    await row(page, '読み直されるもの').waitFor({ timeout: 30_000 });
    expect(await page.locator('.composer textarea').inputValue()).toBe('書きかけ');
    await page.reload();
    await page.getByText(/送信を待っていた2件が/).waitFor();
    await page.getByRole('button', { name: 'わかりました' }).click();
    await page.reload();
    await row(page, '読み直されるもの').waitFor();
    expect(await page.getByText(/送信を待っていた/).count()).toBe(0);
    await write(page, 'まだ話せます');
    await row(page, 'まだ話せます').getByText(/既読|送信ずみ/).first().waitFor();
    await page.context().close();
  });
});


describe('a request that is asked without a line', () => {
  const asked = (): DispatchRequest[] => town.house.stair.memory.of(roomStream(town.groupC), requestNoun.noun).map((doc) => doc.value as DispatchRequest);
  const isOff = async (page: Page): Promise<void> => {
    await page.context().setOffline(true);
    await page.getByText(/圏外/).first().waitFor();
  };
  /** Fits, on the phone and on the desk, and axe finds nothing. */
  const looksWell = async (page: Page, name: string): Promise<void> => {
    await shot(page, name);
    expect(await violations(page)).toEqual([]);
    expect(await misfits(page)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });
    await shot(page, `${name}-desk`);
    expect(await misfits(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
  };

  it('A2 shows how far it has come, in the talk and on its own page; refused it keeps its words, to be put right and sent again', async () => {
    await flood(town, false);
    const taro = await town.enter(browser, 'taro', { installs: true, path: `/request/new?room=${town.groupC}` });
    const ask = async (count: string): Promise<void> => {
      await taro.getByRole('checkbox', { name: '応急給水' }).check();
      await taro.getByRole('textbox', { name: '応急給水' }).fill(count);
      await taro.getByRole('button', { name: /の要請を/ }).click();
    };
    await taro.getByRole('checkbox', { name: '応急給水' }).waitFor();
    // The card comes with the application, which lies on the device by now.
    await isInstalled(taro);
    await isOff(taro);
    await ask('6');
    const card = taro.locator('.said-row', { has: taro.locator('article.req') }).last();
    await card.getByText('端末に保存・送信待ち').waitFor();
    expect(await card.getByText(/送信待ち/).count()).toBe(1);
    await card.getByRole('link', { name: '要請を開く' }).click();
    const journey = taro.locator('p.meta');
    await journey.getByText('端末に保存・送信待ち').waitFor();
    await looksWell(taro, 'request-waiting-page');
    await taro.context().setOffline(false);
    await journey.getByText('送信ずみ').waitFor({ timeout: 30_000 });
    const aoi = await town.enter(browser, 'aoi', { installs: true, path: `/talk/${town.groupC}?end` });
    await aoi.locator('.said-row', { has: aoi.locator('article.req') }).last().locator('.meta').last().scrollIntoViewIfNeeded();
    await journey.getByText(/既読 1\//).waitFor({ timeout: 20_000 });
    await aoi.context().close();

    // Meanwhile the disaster was ended, and another one opened.
    await taro.goto(`${town.address}/request/new?room=${town.groupC}`);
    await taro.getByRole('checkbox', { name: '応急給水' }).waitFor();
    await isOff(taro);
    await ask('7');
    await taro.locator('article.req').nth(1).waitFor();
    const ended = town.house.stair.memory.of(workspaceStream, incident.noun).map((doc) => doc.value as Incident).at(-1)!;
    await town.does('hanako', closeIncident, { incident: ended.id, seen: ended.revision });
    await town.does('hanako', openIncident, { id: freshId(), name: '台風第18号', kind: 'flood', drill: false, affected: [town.orgs.seiyo] });
    await taro.context().setOffline(false);
    const refused = taro.locator('.msg.refused');
    await refused.getByText('応急給水 7人', { exact: false }).waitFor({ timeout: 30_000 });
    await refused.getByText(/この災害は終了しています/).waitFor();
    await looksWell(taro, 'request-refused-talk');
    await taro.goto(`${town.address}/waiting`);
    await taro.getByText('応急給水 7人', { exact: false }).waitFor();
    await looksWell(taro, 'request-refused-waiting');
    await taro.getByRole('link', { name: '開いて直す' }).click();
    expect(await taro.getByRole('textbox', { name: '応急給水' }).inputValue()).toBe('7');
    await taro.getByRole('button', { name: /の要請を/ }).click();
    await until(() => asked().map((one) => one.lines[0]!.count).toSorted().join() === '6,7', 'it to be asked', 20_000);
    expect(await refused.count()).toBe(0);
    await taro.context().close();
  });
});
