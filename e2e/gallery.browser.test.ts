import type axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { build, preview, type PreviewServer } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { bringAxe } from './looking.ts';

/** Every part as it is drawn by a real browser: for everyone, at every size, by every hand. */
const scenes = ['parts', 'home', 'peace', 'offline', 'talk', 'readers', 'requestShort', 'pledge', 'request', 'incident', 'chase', 'drill'];
const views: Readonly<Record<string, { width: number; height: number; theme: string; text: string; axe?: boolean }>> = {
  'on a phone': { width: 390, height: 844, theme: 'light', text: '100', axe: true },
  'in the dark': { width: 390, height: 844, theme: 'dark', text: '100', axe: true },
  'at 200 % text': { width: 390, height: 844, theme: 'light', text: '200' },
  'at 320 px': { width: 320, height: 640, theme: 'light', text: '100' },
  'on a desk': { width: 1440, height: 900, theme: 'light', text: '100', axe: true },
  'on a small desk': { width: 1024, height: 768, theme: 'dark', text: '100' },
  'on a desk at 150 % text': { width: 1440, height: 900, theme: 'light', text: '150' },
};
const config = 'e2e/gallery/vite.config.ts';

let browser: Browser;
let server: PreviewServer;
let address: string;

beforeAll(async () => {
  await build({ root: 'e2e/gallery', configFile: config, logLevel: 'warn' });
  server = await preview({ root: 'e2e/gallery', configFile: config, preview: { port: 0, host: '127.0.0.1' } });
  address = server.resolvedUrls!.local[0]!;
  browser = await openBrowser();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function look(scene: string, view: (typeof views)[string] = views['on a phone']!): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: view.width, height: view.height }, locale: 'ja-JP' });
  await page.goto(`${address}?scene=${scene}&theme=${view.theme}&text=${view.text}`);
  await page.waitForSelector('.page');
  return page;
}

/** What is pressed, with its size. A radio or check box counts as the whole label it lies under. */
const smallTargets = (page: Page) => page.evaluate(() => {
  const small: string[] = [];
  for (const found of document.querySelectorAll<HTMLElement>('a, button, input, select, textarea, summary')) {
    const target = found.closest<HTMLElement>('label') ?? found;
    const { width, height } = target.getBoundingClientRect();
    if (!found.checkVisibility() || (width >= 47.5 && height >= 47.5)) continue;
    small.push(`${target.className || target.tagName} ${target.textContent?.slice(0, 12)} ${width.toFixed(0)}×${height.toFixed(0)}`);
  }
  return small;
});

/** Puts a page that is open into another size, ground and letter size. */
async function turn(page: Page, view: (typeof views)[string]): Promise<void> {
  await page.setViewportSize({ width: view.width, height: view.height });
  await page.evaluate(({ theme, text }) => Object.assign(document.documentElement.dataset, { theme, text }), view);
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
}

test.each(scenes)('%s can be used by everyone and never scrolls sideways, at every size and on either ground', async (scene) => {
  const page = await look(scene);
  await bringAxe(page);
  const found: string[] = [];
  for (const [name, view] of Object.entries(views)) {
    await turn(page, view);
    const spill = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (spill > 0) found.push(`${name}: ${spill} px sideways`);
    if (view.width < 900) found.push(...(await smallTargets(page)).map((what) => `${name}: ${what}`));
    // What axe knows of sizes is asked above, and more strictly; it looks once at each ground and layout.
    if (!view.axe) continue;
    const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }));
    found.push(...violations.map((one) => `${name}: ${one.id}: ${one.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(' | ')}`));
  }
  expect(found).toEqual([]);
  await page.close();
}, 60_000);

describe('the parts under the hand', () => {
  test('dark by the system and dark by hand are the same dark', async () => {
    const page = await look('parts', views['in the dark']!);
    const values = () => page.evaluate(() => {
      const style = getComputedStyle(document.documentElement);
      return [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).flatMap((rule) => (rule instanceof CSSStyleRule && rule.selectorText === ':root' ? [...rule.style] : []))
        .filter((name) => name.startsWith('--')).map((name) => `${name}: ${style.getPropertyValue(name)}`);
    });
    const byHand = await values();
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.evaluate(() => { delete document.documentElement.dataset['theme']; });
    expect(byHand.length).toBeGreaterThan(30);
    expect(await values()).toEqual(byHand);
    await page.close();
  });

  test('the composer: Enter is a new line, Ctrl+Enter sends, and converting kana does neither', async () => {
    const page = await look('talk');
    const field = page.getByRole('textbox', { name: 'メッセージ' });
    await field.click();
    await page.keyboard.type('一行目');
    await page.keyboard.press('Enter');
    await page.keyboard.type('二行目');
    expect(await field.inputValue()).toBe('一行目\n二行目');
    const hands = await page.context().newCDPSession(page);
    await hands.send('Input.imeSetComposition', { text: 'さいよ', selectionStart: 3, selectionEnd: 3 });
    await field.dispatchEvent('keydown', { key: 'Enter', ctrlKey: true, keyCode: 229, isComposing: true });
    expect(await field.inputValue()).toBe('一行目\n二行目さいよ');
    await hands.send('Input.insertText', { text: '西予' });
    expect(await field.inputValue()).toBe('一行目\n二行目西予');
    expect((await field.boundingBox())!.height).toBeGreaterThan(60);
    await page.keyboard.press('Control+Enter');
    expect(await field.inputValue()).toBe('');
    await page.close();
  });

  test('the stepper takes full-width digits, changes nothing behind the writer’s back, and says beside the field what cannot be sent', async () => {
    const page = await look('requestShort');
    const field = page.getByRole('textbox', { name: '何人' });
    const error = page.getByText('人数を1〜999で入れてください');
    await field.fill('２４');
    expect(await field.inputValue()).toBe('２４');
    await field.blur();
    expect(await field.inputValue()).toBe('24');
    await page.getByRole('button', { name: '1人増やす' }).click();
    expect(await field.inputValue()).toBe('25');
    // Too many is said at once; too few only when one has left the field, since one may still be typing.
    await field.fill('99999');
    await error.waitFor();
    await field.fill('０');
    expect(await error.count()).toBe(0);
    await field.blur();
    expect(await field.inputValue()).toBe('0');
    await error.waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await field.fill('たくさん');
    await field.blur();
    expect(await field.inputValue()).toBe('たくさん');
    await error.waitFor();
    await page.getByRole('button', { name: '1人増やす' }).click();
    expect(await field.inputValue()).toBe('1');
    expect(await error.count()).toBe(0);
    await page.close();
  });

  test('a sheet takes the focus, closes on Esc, and gives it back', async () => {
    const page = await look('parts');
    const opener = page.getByRole('button', { name: '中央に開く' });
    await opener.press('Enter');
    await page.getByRole('dialog', { name: '並びをえらぶ' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.closest('dialog') !== null)).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await opener.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.close();
  });

  test('chips go by arrow keys and skip what cannot be chosen', async () => {
    const page = await look('parts');
    const here = () => page.getByRole('group', { name: '道路の状況' }).locator('input:checked').inputValue();
    await page.getByRole('radio', { name: '片側だけ通れる' }).focus();
    await page.keyboard.press('ArrowDown');
    expect(await here()).toBe('low');
    await page.keyboard.press('ArrowUp');
    expect(await here()).toBe('mid');
    await page.close();
  });

  test('the map goes by arrow keys, says the whole name, and is a list where text is large', async () => {
    const page = await look('incident');
    const ozu = page.getByRole('button', { name: '大洲市' });
    await ozu.focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('西予市被災');
    await page.keyboard.press('Space');
    expect(await page.getByRole('button', { name: '西予市' }).getAttribute('aria-pressed')).toBe('false');
    const columns = () => page.locator('.tiles').evaluate((tiles) => getComputedStyle(tiles).gridTemplateColumns.split(' ').length);
    expect(await columns()).toBe(7);
    await page.evaluate(() => { document.documentElement.dataset['text'] = '130'; });
    expect(await columns()).toBe(1);
    await page.close();
  });

  test('a busy button keeps the focus and takes no second press', async () => {
    const page = await look('parts');
    await page.getByRole('button', { name: '6人の派遣を決定する' }).press('Enter');
    const busy = page.getByRole('button', { name: '送っています' });
    expect(await busy.getAttribute('aria-busy')).toBe('true');
    expect(await busy.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.close();
  });
});
