import type { Browser, BrowserContext, Page } from 'playwright-core';
import { ThinLine } from '@noroshi/foundations/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { openDemo } from './demo-house.ts';

// B2 in short: one phone, once, on 64 kbit/s with 600 ms there and back. What it is on a line that also loses packets, and how
// often, is measured by bench/line/line.ts.

let browser: Browser;
let demo: Awaited<ReturnType<typeof openDemo>>;
let line: ThinLine;
let address: string;
beforeAll(async () => {
  [browser, demo] = await Promise.all([openBrowser(), openDemo()]);
  line = await ThinLine.before(Number(new URL(demo.address).port), { rate: 64_000, delay: 300 });
  address = `http://127.0.0.1:${line.port}`;
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await line?.close();
  await demo?.close();
});

/** Milliseconds until something has happened. */
async function lasts(what: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await what();
  return Math.round(performance.now() - began);
}

const says = (page: Page, text: string): Promise<number> => {
  const row = page.locator('.said-row', { hasText: text });
  return lasts(async () => {
    await page.locator('.composer textarea').press('Control+Enter');
    await row.waitFor();
    await row.getByText('送信待ち').waitFor({ state: 'detached' });
  });
};

describe('a phone on a thin line', () => {
  let context: BrowserContext;
  const opens = async (): Promise<Page> => {
    const page = await context.newPage();
    await page.addInitScript(() => new MutationObserver((_, looking) => {
      if (!document.querySelector('.said-row .bubble')) return;
      looking.disconnect();
      performance.mark('readable');
    }).observe(document, { subtree: true, childList: true }));
    page.setDefaultTimeout(60_000);
    await page.goto(`${address}${demo.pathOf('/talk/:room')}`, { waitUntil: 'commit' });
    await page.locator('.said-row .bubble').first().waitFor();
    return page;
  };

  it('B2 asks for the pictures of a talk one after the other, and for those alone that are to be seen', async () => {
    const wider = await ThinLine.before(Number(new URL(demo.address).port), { rate: 256_000, delay: 300 });
    const page = await (await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'ja-JP' })).newPage();
    await page.request.post(`${demo.address}/api/demo.signIn`, { headers: { origin: demo.address }, data: { person: demo.cast.aoi } });
    await page.goto(`http://127.0.0.1:${wider.port}${demo.pathOf('/talk/:room')}`);
    const photos = page.locator('.photo');
    const came = (): Promise<{ from: number; until: number }[]> => page.evaluate(() =>
      performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/thumb')).map(({ startTime, duration }) => ({ from: startTime, until: startTime + duration })));
    await expect.poll(async () => (await came()).length, { timeout: 30_000 }).toBe(1);
    // The others lie further up.
    expect(await photos.count()).toBe(3);
    for (const photo of (await photos.all()).toReversed()) await photo.scrollIntoViewIfNeeded();
    await expect.poll(async () => (await came()).length).toBe(3);
    const inOrder = await came();
    for (const [i, { from }] of inOrder.entries()) expect(from).toBeGreaterThanOrEqual(inOrder[i - 1]?.until ?? 0);
    await page.context().close();
    await wider.close();
  });

  it('B2 that is new reads a room within 25 seconds; its words are on the server within six while the rest still comes, and within three after that', { timeout: 180_000 }, async () => {
    context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'ja-JP' });
    const signedIn = await context.request.post(`${demo.address}/api/demo.signIn`, { headers: { origin: demo.address }, data: { person: demo.cast.aoi } });
    expect(signedIn.ok()).toBe(true);
    let page: Page | undefined;
    const first = await lasts(async () => { page = await opens(); });
    expect(first).toBeLessThan(25_000);
    const asked = (): Promise<{ before: string[]; after: string[] }> => page!.evaluate(() => {
      const readable = performance.getEntriesByName('readable')[0]!.startTime;
      const names = (some: PerformanceEntry[]): string[] => some.map(({ name }) => /\/assets\/(\w+).*js$/.exec(name)?.[1]).filter((name) => name !== undefined);
      const all = performance.getEntriesByType('resource');
      return { before: names(all.filter(({ startTime }) => startTime < readable)), after: names(all.filter(({ startTime }) => startTime >= readable)) };
    });
    // Nothing is fetched beside what there is to be read.
    expect((await asked()).before.toSorted()).toEqual(['first', 'index', 'rolldown']);
    // The rest of the application is on its way to the device, 0.6 MB in more than a minute: it stands in the way of words at no moment of it.
    const said: number[] = [];
    const sayOn = async (): Promise<void> => {
      const text = `${said.length + 1}件目。野村町で堤防が切れました。避難所に職員をお願いします`;
      await page!.locator('.composer textarea').fill(text);
      said.push(await says(page!, text));
    };
    await sayOn();
    const from = performance.now();
    while (!(await page!.evaluate(() => navigator.serviceWorker.controller !== null))) {
      expect(performance.now() - from).toBeLessThan(100_000);
      // Never at the same place of what comes.
      await page!.waitForTimeout(1_000 + (said.length % 4) * 900);
      await sayOn();
    }
    console.info(`first open ${first} ms; all of it on the device after another ${Math.round(performance.now() - from)} ms, words meanwhile ${said.join(', ')} ms`);
    expect(said.length).toBeGreaterThan(10);
    expect(Math.max(...said)).toBeLessThan(6_000);
    // It comes as soon as there is.
    expect((await asked()).after).toEqual(expect.arrayContaining(['TalkComposer', 'rest', 'uploads', 'installed', 'TabTitle']));
    await page!.locator('.composer textarea').fill('次の報告です。国道は通れません');
    const open = await says(page!, '次の報告です');
    console.info(`words on an open line ${open} ms`);
    expect(open).toBeLessThan(3_000);
    await page!.close();
  });

  it('B2 that is installed opens from itself, and what is said at once goes with the first frame', async () => {
    const page = await opens();
    await page.locator('.composer textarea').fill('開いてすぐの報告です。水が引きません');
    const cold = await says(page, '開いてすぐの報告です');
    console.info(`words on a cold line ${cold} ms`);
    expect(cold).toBeLessThan(6_000);
    await context.close();
  });
});
