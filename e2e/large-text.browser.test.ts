import { say } from '@noroshi/features/talk';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { looksRight, shot } from './looking.ts';
import { flood, openTalkHouse } from './talk-house.ts';

// T90: whoever reads large letters writes about what they read. The composer and the words are on one screen, whatever its shape.

let browser: Browser;
let town: Awaited<ReturnType<typeof openTalkHouse>>;
beforeAll(async () => {
  [browser, town] = await Promise.all([openBrowser(), openTalkHouse()]);
  await flood(town, true);
  await town.does('hanako', say, { room: town.groupC, text: '避難所の人数を至急ください', urgency: 'urgent' });
  town.passes(120_000);
  for (let i = 0; i < 40; i++) await town.does(i % 3 ? 'hanako' : 'ken', say, { room: town.groupC, text: `${i + 1}件目。避難所は12か所、わかっているだけで約900人です。職員だけでは夜の交代が組めません。` });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town?.close();
});

const held = { phone: [390, 844], 'small phone': [320, 568], 'on its side': [844, 390] } as const;
/** The same with a keyboard open, where the page is made shorter by it. */
const written = { phone: [390, 430], 'small phone': [320, 320], 'on its side': [844, 200] } as const;

const field = (page: Page) => page.locator('.composer textarea');
const drawn = (page: Page): Promise<unknown> => page.evaluate(() => new Promise((painted) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(painted)), 200)));
/** Opens the talk at its end, and goes up from there into what was said before. */
async function readsBack(page: Page): Promise<void> {
  await page.goto(`${town.address}/talk/${town.groupC}?end`);
  await field(page).waitFor();
  await drawn(page);
  const box = page.viewportSize()!;
  await page.mouse.move(box.width / 2, box.height / 4);
  await page.mouse.wheel(0, -2_000);
  await drawn(page);
}
/** What of the composer is not whole on the screen, or lies under something else, or is too small for a thumb; and how much of the screen is left for the words. */
const seen = (page: Page) => page.evaluate(() => {
  const parts = [...document.querySelectorAll<HTMLElement>('.composer :is(textarea, .ib)')];
  const amiss = parts.flatMap((part) => {
    const { left, top, right, bottom, width, height } = part.getBoundingClientRect();
    const isWhole = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight && part.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
    return isWhole && Math.min(width, height) >= 47.5 ? [] : [`${part.getAttribute('aria-label')}: ${JSON.stringify([left, top, width, height])}`];
  });
  const top = Math.max(0, document.querySelector('.main > .heads')!.getBoundingClientRect().bottom);
  const words = (document.querySelector('.main > .foot')!.getBoundingClientRect().top - top) / innerHeight;
  return { parts: parts.length, amiss, words };
});

describe('large letters', () => {
  it.each([['ja', '100'], ['ja', '150'], ['ja', '200'], ['en', '200']] as const)('T90 leave both in view, what one reads and what one writes into (%s, %s per cent)', async (language, text) => {
    const page = await town.enter(browser, 'taro', { text, language });
    for (const [shape, [width, height]] of Object.entries(held)) {
      await page.setViewportSize({ width, height });
      await readsBack(page);
      const reading = await seen(page);
      expect([shape, reading.parts, reading.amiss]).toEqual([shape, 4, []]);
      expect(reading.words, shape).toBeGreaterThan(1 / 3);
      await shot(page, `large-${language}-${text}-${shape}-reads`);
      // A keyboard opens.
      const [, lower] = written[shape as keyof typeof written];
      await field(page).focus();
      await page.setViewportSize({ width, height: lower });
      await field(page).fill('避難所は12か所です。\n夜の交代を6人お願いします。');
      await drawn(page);
      const writing = await seen(page);
      expect([shape, writing.amiss]).toEqual([shape, []]);
      expect(writing.words, shape).toBeGreaterThan(1 / 3);
      await shot(page, `large-${language}-${text}-${shape}-writes`);
      await field(page).fill('');
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await field(page).blur();
    await looksRight(page, `large-${language}-${text}`);
    await page.context().close();
  });

  it('T90 leave the end of the talk in view when a keyboard opens, also one that lies over the page', async () => {
    const page = await town.enter(browser, 'taro', { text: '200', path: `/talk/${town.groupC}?end` });
    const last = page.locator('.said-row').last();
    await last.getByText('40件目').waitFor();
    const gap = () => page.evaluate(() => document.querySelector('.main > .foot')!.getBoundingClientRect().top - [...document.querySelectorAll('.said-row')].at(-1)!.getBoundingClientRect().bottom);
    await expect.poll(gap).toBeGreaterThan(0);
    await field(page).focus();
    await page.setViewportSize({ width: 390, height: 430 });
    await drawn(page);
    await expect.poll(gap).toBeGreaterThan(0);
    // Safari leaves the page as high as it was, and says how much of it is seen, and from where.
    await page.setViewportSize({ width: 390, height: 844 });
    const foot = () => page.evaluate(() => Math.round(document.querySelector('.main > .foot')!.getBoundingClientRect().bottom));
    const saysSafari = (height: number, offsetTop: number) => page.evaluate((told) => {
      for (const [name, value] of Object.entries(told)) Object.defineProperty(visualViewport, name, { value, configurable: true });
      visualViewport!.dispatchEvent(new Event('resize'));
    }, { height, offsetTop });
    await saysSafari(430, 0);
    await expect.poll(foot).toBe(430);
    await saysSafari(430, 300);
    await expect.poll(foot).toBe(730);
    await saysSafari(430, 414);
    await expect.poll(foot).toBe(844);
    await field(page).blur();
    await saysSafari(844, 0);
    await expect.poll(foot).toBe(844);
    await page.context().close();
  });

  it('T90 leave the field in view under whom one may name and what one answers to', async () => {
    const page = await town.enter(browser, 'taro', { text: '200', path: `/talk/${town.groupC}?end` });
    await page.setViewportSize({ width: 320, height: 568 });
    const last = page.locator('.said-row').last();
    await last.getByText('40件目').waitFor();
    await last.locator('.meta .ib, .meta button').last().click();
    await page.getByRole('dialog').getByRole('button', { name: '返信', exact: false }).first().click();
    await page.locator('.writing .quoting').waitFor();
    await field(page).fill('@');
    await page.locator('.naming button').first().waitFor();
    await drawn(page);
    const { amiss, words } = await seen(page);
    expect(amiss).toEqual([]);
    expect(words).toBeGreaterThan(0.25);
    await shot(page, 'large-names');
    await page.context().close();
  });
});
