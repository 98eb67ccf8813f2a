import { disablePerson } from '@noroshi/features/directory';
import { say } from '@noroshi/features/talk';
import { storedFile, type StoredFile } from '@noroshi/foundations/files';
import { roomStream } from '@noroshi/foundations/sync';
import { until } from '@noroshi/foundations/testing';
import type axe from 'axe-core';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { bringAxe } from './looking.ts';
import { openTalkHouse } from './talk-house.ts';

// What is left on a device of someone who is not signed in there any more, as the device itself tells it.

const flood = join(import.meta.dirname, '../apps/server/demo/photos/flood.jpg');
const password = '緑の机に三本の傘がある';
const said = '野村町で浸水が始まりました';
const number = '090-0000-0001';

let browser: Browser;
let town: Awaited<ReturnType<typeof openTalkHouse>>;
beforeAll(async () => {
  [browser, town] = await Promise.all([openBrowser(), openTalkHouse({ demo: false })]);
  await town.does('aoi', say, { room: town.groupC, text: said });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town?.close();
});

/** All that the page's origin holds on this device: each store with its rows, and what else is kept. */
const held = (page: Page): Promise<{ stores: Record<string, unknown[]>; kept: Record<string, string> }> => page.evaluate(async () => {
  const wait = <T>(request: IDBRequest<T>): Promise<T> => new Promise((done, failed) => { request.onsuccess = () => done(request.result); request.onerror = () => failed(request.error); });
  const stores: Record<string, unknown[]> = {};
  for (const { name } of await indexedDB.databases()) {
    const db = await wait(indexedDB.open(name!));
    for (const table of db.objectStoreNames) stores[`${name!.replace('noroshi-', '')} ${table}`] = await wait(db.transaction(table).objectStore(table).getAll());
    db.close();
  }
  return { stores, kept: { ...localStorage } };
});
/** What is there of someone: the stores that have anything in them. */
const of = async (page: Page, who: 'taro' | 'aoi'): Promise<string[]> => {
  const { stores } = await held(page);
  return Object.entries(stores).filter(([name, rows]) => name.includes(town.actors[who].person) && rows.length > 0).map(([name]) => name.replace(`-${town.actors[who].person}`, '')).toSorted();
};
const nothing = { stores: {}, kept: { 'noroshi-settings': expect.any(String) } };
/** Waits until nobody's store and nobody's name is left. */
const isEmpty = (page: Page): Promise<unknown> => until(async () => {
  const { stores, kept } = await held(page);
  return Object.keys(stores).length === 0 && Object.keys(kept).length === 1;
}, 'stores and names to be gone');
const isGone = (page: Page, who: 'taro' | 'aoi'): Promise<unknown> => until(async () => (await of(page, who)).length === 0, `nothing of ${who} to be left`);

const door = (page: Page) => page.getByRole('heading', { name: 'ログイン' });
const field = (page: Page) => page.locator('.composer textarea');
const write = async (page: Page, text: string): Promise<void> => {
  await field(page).fill(text);
  await field(page).press('Control+Enter');
  await page.locator('.said-row', { hasText: text }).waitFor();
};
const message = (page: Page, text: string) => page.locator('.said-row', { hasText: text });
/** Comes in, and has everything on the device. */
const enter = async (who: 'taro' | 'aoi', context: BrowserContext): Promise<Page> => {
  const page = await town.enter(browser, who, { context, password });
  await message(page, said).first().waitFor();
  await until(async () => JSON.stringify((await held(page)).stores).includes(number), 'the directory to be on the device');
  return page;
};
const fresh = (): Promise<BrowserContext> => browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'ja-JP' });
const reissue = (who: 'taro' | 'aoi'): Promise<number> => asHanako('account.reissue', { person: town.actors[who].person, endSessions: true });
/** Hanako does something at the door, from her own device. */
async function asHanako(name: string, input: unknown): Promise<number> {
  const context = await browser.newContext();
  const page = await town.enter(browser, 'hanako', { context, path: '/healthz' });
  const status = await page.evaluate(async ([at, body]) => (await fetch(`/api/${at}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: body! })).status, [name, JSON.stringify(input)]);
  await context.close();
  return status;
}
/** Nobody hears this device, though it reaches the server: its words wait. */
async function withoutLine(page: Page): Promise<void> {
  await page.routeWebSocket(/\/line$/, (socket) => socket.close());
  await page.route('**/line/**', (route) => route.abort('connectionfailed'));
}
const loginOf = async (who: 'taro' | 'aoi'): Promise<string> => (await town.house.stair.pool.query<{ login: string }>('select login from account where person = $1', [town.actors[who].person])).rows[0]!.login;
const signIn = async (page: Page, who: 'taro' | 'aoi'): Promise<void> => {
  await page.getByLabel('ログイン名').fill(await loginOf(who));
  await page.getByLabel('パスワード', { exact: true }).fill(password);
  await page.getByRole('button', { name: '入る' }).click();
};
/** Whose words these are in the tables: once for each time they were said. */
const saidBy = async (text: string): Promise<string[]> => (await town.house.stair.pool.query<{ by: string }>("select value->>'by' as by from noun where noun = 'message' and value->>'text' = $1", [text])).rows.map(({ by }) => by);

describe('a device that someone leaves', () => {
  it('AC1 holds nothing of them afterwards, in any of its windows', async () => {
    const context = await fresh();
    const page = await enter('taro', context);
    const other = await context.newPage();
    await other.goto(`${town.address}/people`);
    await other.getByText('西予市').first().waitFor();
    expect(await of(page, 'taro')).toContain('replica doc');
    await page.goto(`${town.address}/account/devices`);
    await page.getByRole('button', { name: 'この端末からログアウト' }).click();
    expect(await page.getByText('送られていないもの').count()).toBe(0);
    const answered = page.waitForResponse(/account\.signOut$/);
    await page.getByRole('button', { name: '本当にこの端末からログアウト' }).click();
    expect(await (await answered).allHeaders()).toMatchObject({ 'clear-site-data': '"cache"' });
    await door(page).waitFor();
    await door(other).waitFor();
    await isGone(page, 'taro');
    await isEmpty(page);
    expect(await held(page)).toEqual(nothing);
    // Whoever writes back who was here finds an empty house.
    await page.evaluate((me) => localStorage.setItem('noroshi-me', me), JSON.stringify({ ...town.actors.taro, name: '兵頭 太郎', orgName: '西予市', demo: false }));
    await page.reload();
    await door(page).or(page.getByRole('navigation')).first().waitFor();
    expect(JSON.stringify((await held(page)).stores)).not.toContain(said);
    await context.close();
  });

  it('AC2 asks first when something waits, keeps that alone, says so at the door, and sends it only as who wrote it', async () => {
    const context = await fresh();
    const first = await enter('taro', context);
    await withoutLine(first);
    await first.reload();
    await message(first, said).first().waitFor();
    await write(first, '避難所は12か所です');
    await first.goto(`${town.address}/account/devices`);
    await first.getByRole('button', { name: 'この端末からログアウト' }).click();
    await first.getByText('送られていないものが1件あります。').waitFor();
    await first.getByRole('button', { name: '本当にこの端末からログアウト' }).click();
    await first.getByText('兵頭 太郎さんの送られていないものが1件、この端末に残っています。').waitFor();
    await bringAxe(first);
    expect(await first.evaluate(async () => (await (globalThis as unknown as { axe: typeof axe }).axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] })).violations.map(({ id }) => id))).toEqual([]);
    expect(await of(first, 'taro')).toEqual(['outbox item']);
    expect(JSON.stringify(await held(first))).not.toMatch(new RegExp(`${said}|${number}`));
    await first.close();
    // Someone else at the same browser: neither sees it nor sends it.
    const aoi = await enter('aoi', context);
    await write(aoi, '県の様子を教えてください');
    await until(async () => (await saidBy('県の様子を教えてください')).length === 1, 'Aoi to be heard');
    expect(await message(aoi, '避難所は12か所です').count()).toBe(0);
    expect(await of(aoi, 'taro')).toEqual(['outbox item']);
    await aoi.close();
    const taro = await town.enter(browser, 'taro', { context });
    await until(async () => (await saidBy('避難所は12か所です')).length > 0, 'the words to be heard');
    await message(taro, '避難所は12か所です').waitFor();
    expect(await saidBy('避難所は12か所です')).toEqual([town.actors.taro.person]);
    await isGone(taro, 'aoi');
    await taro.goto(`${town.address}/account/devices`);
    await taro.getByRole('button', { name: 'この端末からログアウト' }).waitFor();
    await until(async () => !(await of(taro, 'taro')).includes('outbox item'), 'nothing to wait');
    await context.close();
  });
});

describe('a device that is signed out from elsewhere', () => {
  it('AC3 clears itself at once while it is open, in all its windows, and when the account is closed', async () => {
    for (const how of ['reissue', 'disable'] as const) {
      const context = await fresh();
      const page = await enter(how === 'reissue' ? 'taro' : 'aoi', context);
      const other = await context.newPage();
      await other.goto(`${town.address}/people`);
      await other.getByText('西予市').first().waitFor();
      if (how === 'reissue') expect(await reissue('taro')).toBe(200);
      else await town.does('hanako', disablePerson, { id: town.actors.aoi.person });
      await door(page).waitFor();
      await door(other).waitFor();
      await isEmpty(page);
      expect(await held(page)).toEqual(nothing);
      await context.close();
    }
  });

  it('AC4 clears itself when it next reaches the server; what was written meanwhile, photographs too, waits for who wrote it', async () => {
    const context = await fresh();
    const page = await enter('taro', context);
    await page.getByRole('button', { name: '加える' }).first().click();
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: /写真を選ぶ/ }).click();
    await (await choosing).setFiles([flood]);
    await page.getByRole('dialog', { name: '送るもの' }).getByRole('button', { name: '1件を加える' }).click();
    await context.setOffline(true);
    await field(page).fill('堤防が切れました');
    await page.getByRole('button', { name: '送信' }).first().click();
    await message(page, '堤防が切れました').waitFor();
    expect(await reissue('taro')).toBe(200);
    // Out of reach it stays what it was: nobody has told it.
    expect(await of(page, 'taro')).toEqual(expect.arrayContaining(['files bytes', 'outbox item', 'replica doc']));
    await page.goto('about:blank');
    await context.setOffline(false);
    await page.goto(town.address);
    await page.getByText('兵頭 太郎さんの送られていないものが1件').waitFor();
    await until(async () => (await of(page, 'taro')).join() === 'files bytes,files file,outbox item', 'all else to be gone');
    expect(JSON.stringify(await held(page))).not.toMatch(new RegExp(`${said}|${number}`));
    await page.close();
    await town.enter(browser, 'taro', { context });
    await until(() => town.house.stair.memory.of(roomStream(town.groupC), storedFile.noun).map((doc) => doc.value as StoredFile).some((file) => file.state === 'arrived' && file.by === town.actors.taro.person), 'the photograph to arrive', 60_000);
    expect(await saidBy('堤防が切れました')).toEqual([town.actors.taro.person]);
    await context.close();
  });

  it('AC5 that only lost its session stays open to read and to write, and sends when one signs in again', async () => {
    const context = await fresh();
    const page = await enter('taro', context);
    await context.clearCookies();
    await page.reload();
    await message(page, said).first().waitFor();
    const band = page.getByText('この端末のログインが切れています。');
    await band.first().waitFor();
    await write(page, '水が引きはじめました');
    await band.first().click();
    await door(page).waitFor();
    expect(await of(page, 'taro')).toContain('replica doc');
    await signIn(page, 'taro');
    await until(async () => (await saidBy('水が引きはじめました')).length === 1, 'the words to be heard');
    expect(new URL(page.url()).pathname).toBe('/');
    await context.close();
  });
});
