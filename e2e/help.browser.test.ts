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

const about = (page: Page) => page.getByRole('button', { name: 'この画面の説明' });

it('F2 opens over what is being written, is heard from its title, names whom to ask, and gives the focus back; without a line too', async () => {
  const page = await town.enter(browser, 'taro', { installs: true });
  const field = page.getByRole('textbox', { name: 'メッセージ' });
  await field.fill('避難所は');
  await about(page).focus();
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', { name: 'トーク' });
  await sheet.getByText('このトークの人たちと話す画面です。').waitFor();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('トーク');
  await sheet.getByRole('link', { name: '渡部 花子さんに電話 090-0000-0001' }).waitFor();
  await looksRight(page, 'help-talk-phone');
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('この画面の説明');
  expect(await field.inputValue()).toBe('避難所は');
  await isInstalled(page);
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

it('F2 each explanation fits a small phone, its picture has the numbers of its steps, and axe finds nothing', async () => {
  const page = await town.enter(browser, 'hanako', { path: '/', language: 'en', desk: true, theme: 'dark' });
  await page.getByRole('button', { name: 'About this screen' }).click();
  const others = page.getByRole('button', { name: 'Explanations of other screens' });
  await others.click();
  const rows = page.locator('dialog .room');
  await rows.first().waitFor();
  expect(await rows.count()).toBe(explained.flatMap(({ topics }) => topics).length);
  const found = await violations(page, 'dialog');
  for (const [i, { says, steps }] of explained.flatMap(({ topics }) => topics).entries()) {
    await rows.nth(i).click();
    await others.waitFor();
    const numbers = await page.locator('.help-picture .help-no').allTextContents();
    expect([says, numbers]).toEqual([says, steps.slice(0, numbers.length).map((_, n) => String(n + 1))]);
    expect(numbers.length).toBeGreaterThanOrEqual(Math.min(2, steps.length));
    await page.setViewportSize({ width: 360, height: 640 });
    found.push(...(await misfits(page)).map((what) => `${says} ${what}`));
    await page.setViewportSize({ width: 1440, height: 900 });
    found.push(...(await violations(page, 'dialog')).map((what) => `${says} ${what}`));
    await others.click();
  }
  expect(found).toEqual([]);
  await page.context().close();
});
