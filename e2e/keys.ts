import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** What is amiss with the focus where it stands now, in words: it cannot be seen, or lies under something else. */
const amiss = (page: Page): Promise<string | undefined> => page.evaluate(async () => {
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const on = document.activeElement;
  if (!on || on === document.body) return undefined;
  const seen = on.closest('.chip') ?? on;
  const { left, top, right, bottom, width, height } = seen.getBoundingClientRect();
  const name = `<${on.tagName.toLowerCase()}> ${(on.getAttribute('aria-label') ?? seen.textContent ?? '').trim().slice(0, 40)}`;
  if (bottom <= 0 || top >= innerHeight || right <= 0 || left >= innerWidth) return `out of sight: ${name}`;
  const at = document.elementFromPoint(left + width / 2, Math.min(innerHeight - 1, Math.max(0, top + Math.min(height / 2, 40))));
  return at && !seen.contains(at) && !at.contains(seen) ? `under <${at.tagName.toLowerCase()} class="${at.getAttribute('class') ?? ''}">: ${name}` : undefined;
});

/**
 * Goes on with Tab until this has the focus. It fails where it is never reached, and where the focus could not be seen on the way.
 * @param most so many presses at most: whoever has to press more often has lost their place
 */
export async function tabTo(page: Page, wanted: Locator, { most = 60, back = false }: { most?: number; back?: boolean } = {}): Promise<void> {
  await wanted.first().waitFor();
  const found: string[] = [];
  for (let pressed = 0; pressed < most; pressed++) {
    if (await wanted.first().evaluate((one) => one === document.activeElement)) return expect(found).toEqual([]);
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
    const wrong = await amiss(page);
    if (wrong) found.push(wrong);
  }
  throw new Error(`${String(wanted)} was not reached with ${most} keys; the focus is on ${await focused(page)}`);
}

/** Goes there, and presses this key. */
export async function pressOn(page: Page, wanted: Locator, key = 'Enter', more: Parameters<typeof tabTo>[2] = {}): Promise<void> {
  await tabTo(page, wanted, more);
  await page.keyboard.press(key);
}

/** Goes there, and types. What stood in the field makes room. */
export async function typeIn(page: Page, wanted: Locator, words: string): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(words);
}

/** What has the focus, in words; `body` where it is lost. */
export const focused = (page: Page): Promise<string> => page.evaluate(() => {
  const on = document.activeElement ?? document.body;
  return `${on.tagName.toLowerCase()} ${on === document.body ? '' : (on.getAttribute('aria-label') ?? on.textContent ?? '').trim().slice(0, 60)}`.trim();
});
