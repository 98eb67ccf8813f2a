import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { openDemo } from './demo-house.ts';

// Where a talk opens, while what stands in it comes late and in any order: cards, photographs, the composer, the strip.

let browser: Browser;
let demo: Awaited<ReturnType<typeof openDemo>>;
beforeAll(async () => {
  [browser, demo] = await Promise.all([openBrowser(), openDemo()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

const screens = { phone: { width: 390, height: 844 }, desk: { width: 1440, height: 900 } } as const;
/** How late the parts of the talk are (milliseconds), in turns. */
const lags = [0, 40, 250, 120, 600, 10];

/** Someone's device. Their screen is never in front, so that looking reads nothing and each opening is like the one before, unless `reads`. */
async function enter(who: keyof typeof demo.cast, screen: keyof typeof screens, { reads = false } = {}): Promise<{ context: BrowserContext; page: Page; room: string; sent: Set<unknown> }> {
  const context = await browser.newContext({ viewport: screens[screen], locale: 'ja-JP', serviceWorkers: 'block' });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  if (!reads) await page.addInitScript(() => { Document.prototype.hasFocus = () => false; });
  await page.goto(`${demo.address}/healthz`);
  await page.evaluate(async (person) => {
    await fetch('/api/demo.signIn', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ person }) });
  }, demo.cast[who]);
  // The busiest talk of the demo.
  await page.goto(`${demo.address}/talk`);
  const room = (await page.locator('a.room:visible', { hasText: 'グループC' }).first().getAttribute('href'))!;
  const sent = new Set<unknown>();
  let n = 0;
  await page.route(/\/assets\/|\/files\//, async (route) => {
    const lag = lags[n++ % lags.length]!;
    sent.add(route);
    await new Promise((done) => setTimeout(done, lag));
    // A page that has been left wants nothing any more.
    await route.continue().catch(() => undefined);
    sent.delete(route);
  });
  return { context, page, room, sent };
}

interface Stands { readonly toEnd: number; readonly line: number | undefined; readonly aimed: { readonly top: number; readonly bottom: number } | undefined; readonly head: number; readonly foot: number }

/** Where the talk stands once all that is in view has come. */
async function settled(page: Page, sent: ReadonlySet<unknown>): Promise<Stands> {
  await page.locator('.composer textarea').waitFor();
  await page.locator('.said-row').first().waitFor();
  await expect.poll(() => sent.size, { timeout: 20_000 }).toBe(0);
  return page.evaluate(async () => {
    // After a frame has been drawn: what has just come in is put in its place before anyone sees it.
    const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const images = [...document.querySelectorAll<HTMLImageElement>('.said img')].filter((img) => img.getBoundingClientRect().top < innerHeight && img.getBoundingClientRect().bottom > 0);
    await Promise.all(images.map((img) => img.decode().catch(() => undefined)));
    const main = document.querySelector('.main .scroll')!;
    const at = getComputedStyle(main).overflowY === 'auto' ? main : document.scrollingElement!;
    for (let still = 0, stood = ''; still < 20;) {
      await frame();
      const now = [at.scrollTop, at.scrollHeight, main.getBoundingClientRect().top].join();
      still = now === stood ? still + 1 : 0;
      stood = now;
    }
    const box = document.querySelector('.said-row.aim')?.getBoundingClientRect();
    return {
      toEnd: at.scrollHeight - at.clientHeight - at.scrollTop,
      line: document.querySelector('.unreadline')?.getBoundingClientRect().top,
      aimed: box && { top: box.top, bottom: box.bottom },
      head: document.querySelector('.main > .heads')!.getBoundingClientRect().bottom,
      foot: document.querySelector('.main > .foot')!.getBoundingClientRect().top,
    };
  });
}

const fromHome = async (page: Page, room: string): Promise<void> => {
  await page.goto(`${demo.address}/talk`);
  await page.locator(`a.room[href="${room}"]:visible`).first().click();
};

describe.each(['phone', 'desk'] as const)('a talk that is opened on the %s', (screen) => {
  it('stands at its end when nothing is unread, however late its parts come, and again when it is loaded anew', async () => {
    const before = await enter('taro', screen, { reads: true });
    // High enough for all that is unread to be in view at once.
    await before.page.setViewportSize({ width: 390, height: 9_000 });
    await before.page.goto(`${demo.address}${before.room}`);
    await before.page.locator('.said-row').first().waitFor();
    await expect.poll(async () => {
      await before.page.goto(`${demo.address}/talk`);
      await before.page.locator(`a.room[href="${before.room}"]:visible`).first().click();
      await before.page.locator('.said-row').first().waitFor();
      return before.page.locator('.unreadline').count();
      // Longer than it takes to have read what is there: a second, and a quarter until it is told.
    }, { timeout: 60_000, interval: 2_500 }).toBe(0);
    await before.context.close();
    const { context, page, room, sent } = await enter('taro', screen);
    const off: number[] = [];
    for (let n = 0; n < 2; n++) {
      await fromHome(page, room);
      const opened = await settled(page, sent);
      expect(opened.line).toBe(undefined);
      off.push(opened.toEnd);
      // Somewhere else by hand, and then loaded anew: what the browser remembers is not what one comes for.
      await page.evaluate(() => { for (const at of [document.scrollingElement!, document.querySelector('.main .scroll')!]) at.scrollTop -= 700; });
      await page.reload();
      off.push((await settled(page, sent)).toEnd);
    }
    console.info(`${screen}, nothing unread: ${off.map(Math.round).join(', ')} px to the end`);
    expect(off.filter((px) => px > 1)).toEqual([]);
    await context.close();
  });

  it('stands at the line of the unread when there are some', async () => {
    const { context, page, room, sent } = await enter('aoi', screen);
    // So low that what is unread does not fit: the line must come up to the head.
    await page.setViewportSize({ width: screens[screen].width, height: 520 });
    const off: number[] = [];
    for (let n = 0; n < 3; n++) {
      if (n % 2) await page.reload();
      else await fromHome(page, room);
      const { line, head, toEnd } = await settled(page, sent);
      expect(toEnd).toBeGreaterThan(1);
      off.push(Math.round((line ?? NaN) - head - 8));
    }
    console.info(`${screen}, unread: ${off.join(', ')} px from the head to the line`);
    expect(off.filter((px) => Math.abs(px) > 2)).toEqual([]);
    await context.close();
  });

  it('stands at the message that one looked for, whole and between head and composer, until a hand moves it', async () => {
    const { context, page, room, sent } = await enter('hanako', screen);
    await fromHome(page, room);
    await settled(page, sent);
    const ids = await page.locator('.said-row[data-born]:not([data-born="0"]):has(.bubble)').evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.m!));
    expect(ids.length).toBeGreaterThan(3);
    for (const id of [ids[1]!, ids.at(-3)!]) {
      await page.goto(`${demo.address}/`);
      await page.goto(`${demo.address}${room}?m=${id}`);
      await page.locator('.said-row.aim').waitFor();
      const { aimed, head, foot } = await settled(page, sent);
      expect(aimed!.top).toBeGreaterThanOrEqual(head - 1);
      expect(Math.min(aimed!.bottom, aimed!.top + foot - head)).toBeLessThanOrEqual(foot + 1);
    }
    const before = await settled(page, sent);
    await page.evaluate(() => { for (const at of [document.scrollingElement!, document.querySelector('.main .scroll')!]) at.scrollTop -= 60; });
    const after = await settled(page, sent);
    expect(Math.round(after.aimed!.top - before.aimed!.top)).toBe(60);
    await context.close();
  });
});
