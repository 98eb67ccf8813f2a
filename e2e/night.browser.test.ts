import { message } from '@noroshi/features/talk';
import { until } from '@noroshi/foundations/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { killableServer } from './killable-server.ts';
import { held } from './looking.ts';
import { openTalkHouse, type CastName } from './talk-house.ts';

// "A night without network": three people write for an hour while the server is dead, and four browsers come back at once.

let browser: Browser;
let town: Awaited<ReturnType<typeof openTalkHouse>>;
let server: Awaited<ReturnType<typeof killableServer>>;
beforeAll(async () => {
  [browser, town] = await Promise.all([openBrowser(), openTalkHouse({ demo: false })]);
  server = await killableServer(town);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await town?.close();
});

const row = (page: Page, text: string) => page.locator('.said-row', { hasText: text });
const write = async (page: Page, text: string): Promise<void> => {
  await page.locator('.composer textarea').fill(text);
  await page.locator('.composer textarea').press('Control+Enter');
  await row(page, text).first().waitFor();
};
/** Someone with a device whose clock the test puts forward. */
async function comes(who: CastName): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'ja-JP' });
  await context.addInitScript(() => {
    const { now } = Date;
    Date.now = () => now() + ((globalThis as { ahead?: number }).ahead ?? 0);
  });
  const page = await town.enter(browser, who, { context, at: server.address });
  await page.locator('.composer textarea').waitFor();
  return page;
}
const minutesLater = (page: Page, minutes: number): Promise<void> => page.evaluate((ms) => { (globalThis as { ahead?: number }).ahead = ms; }, minutes * 60_000);

describe('a night without network', () => {
  it('three write for an hour, the server is killed meanwhile, four browsers come back at once, and all agree in the morning', async () => {
    const pages = await Promise.all((['taro', 'aoi', 'ken', 'hanako'] as const).map(async (who): Promise<[CastName, Page]> => [who, await comes(who)]));
    const writers = pages.slice(0, 3);
    for (const [who, page] of writers) await write(page, `${who}: 夜のはじめ`);
    await row(pages[3]![1], 'ken: 夜のはじめ').waitFor();
    await server.kill();
    const minutes = [20, 40, 60];
    await Promise.all(writers.map(async ([who, page]) => {
      for (const minute of minutes) {
        await minutesLater(page, minute);
        await write(page, `${who}: ${minute}分後`);
      }
    }));
    const began = Date.now();
    await server.start();
    const expected = writers.flatMap(([who]) => ['夜のはじめ', ...minutes.map((minute) => `${minute}分後`)].map((text) => `${who}: ${text}`));
    const texts = async (): Promise<string[]> => (await town.house.stair.pool.query<{ text: string }>("select value->>'text' as text from noun where noun = 'message' and value->>'text' is not null order by born")).rows.map(({ text }) => text);
    await until(async () => (await texts()).length >= expected.length, 'all to be heard', 90_000);
    const all = await texts();
    // Each once, and each in the order in which its author wrote.
    expect(all.toSorted()).toEqual(expected.toSorted());
    for (const [who] of writers) expect(all.filter((text) => text.startsWith(who))).toEqual(expected.filter((text) => text.startsWith(who)));
    const tables = (await town.house.stair.pool.query<{ id: string; born: number; seq: number }>("select id, born::int, seq::int from noun where noun = 'message'")).rows;
    const inOrder = (some: readonly { id: string; born: number; seq: number }[]): unknown[] => some.map(({ id, born, seq }) => ({ id, born: Number(born), seq: Number(seq) })).toSorted((a, b) => a.born - b.born);
    for (const [who, page] of pages) {
      await until(async () => (await held(page, town.actors[who].person, [message.noun])).length === tables.length, `${who} to have all of it`, 60_000);
      expect(inOrder(await held(page, town.actors[who].person, [message.noun]))).toEqual(inOrder(tables));
    }
    console.info(`four browsers agreed ${((Date.now() - began) / 1000).toFixed(1)} s after the server was started`);
    for (const [, page] of pages) await page.context().close();
  });
});
