import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { explained } from '../apps/web/help.ts';
import { isInstalled, openWholeBrowser } from './browser.ts';
import { looksRight, misfits, violations } from './looking.ts';
import { flood, openTalkHouse } from './talk-house.ts';

// F2: what explains a screen is one press away on each, and lies on the device.

const town = await openTalkHouse();
let browser: Browser;
beforeAll(async () => {
  browser = await openWholeBrowser();
  await flood(town, true);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await town.close();
});

const about = (page: Page) => page.locator('.help');

it('F2 opens over what is being written, is heard from its title, names whom to ask, and gives the focus back; without a line too', async () => {
  const page = await town.enter(browser, 'taro', { installs: true });
  const field = page.getByRole('textbox', { name: 'メッセージ' });
  await field.fill('避難所は');
  const stands = await about(page).boundingBox();
  await about(page).focus();
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', { name: 'トーク' });
  await sheet.getByText('このトークの人たちと話す画面です。').waitFor();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('トーク');
  await sheet.getByRole('link', { name: '渡部 花子さんに電話 090-0000-0001' }).waitFor();
  expect(await about(page).boundingBox()).toEqual(stands);
  await looksRight(page, 'help-talk-phone');
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('この画面の説明');
  expect(await field.inputValue()).toBe('避難所は');
  await isInstalled(page);
  // By keys alone to another page: one stands at its heading, and the tab says where one is.
  await page.locator('.bar a').first().focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => [document.activeElement?.tagName, document.activeElement?.textContent])).toEqual(['H1', 'トーク']);
  await expect.poll(() => page.title()).toMatch(/狼煙.*・トーク$/);
  await page.context().setOffline(true);
  await page.goto(`${town.address}/request`);
  await about(page).click();
  await page.getByRole('dialog', { name: '応援要請' }).getByText('応援要請の一覧です。').waitFor();
  // One leaves it for the first day's steps.
  await page.getByRole('link', { name: 'はじめの3ステップ' }).click();
  await page.getByRole('heading', { level: 1, name: 'はじめの3ステップ' }).waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.context().close();
});

it('F2 each explanation fits a small phone, its picture has the numbers of its steps, and axe finds nothing in the dark', async () => {
  const page = await town.enter(browser, 'hanako', { path: '/', theme: 'dark' });
  await page.setViewportSize({ width: 360, height: 640 });
  await about(page).click();
  const others = page.getByRole('button', { name: 'ほかの画面の説明を見る' });
  await others.click();
  const rows = page.locator('dialog .room');
  await rows.first().waitFor();
  const all = explained.flatMap(({ topics }) => topics);
  expect(await rows.count()).toBe(all.length);
  const found = await violations(page, 'dialog');
  const first = new Set(explained.slice(0, 4).map(({ topics }) => topics[0]!));
  for (const [i, topic] of all.entries()) {
    await rows.nth(i).click();
    await others.waitFor();
    const numbers = await page.locator('.help-picture .help-no').allTextContents();
    // A step may speak of what has no place in the picture; but none comes before one that has.
    expect([topic.says, numbers]).toEqual([topic.says, topic.steps.slice(0, Math.max(2, numbers.length)).map((_, n) => String(n + 1))]);
    found.push(...(await misfits(page)).map((what) => `${topic.says} ${what}`));
    if (first.has(topic)) found.push(...(await violations(page, 'dialog')).map((what) => `${topic.says} ${what}`));
    await others.click();
  }
  expect(found).toEqual([]);
  await page.context().close();
});
