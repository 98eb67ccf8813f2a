import type axe from 'axe-core';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const shots = join(import.meta.dirname, 'shots');
/** The short form of it: each page reads it anew, and the long one takes three quarters of a second for that. */
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** With `SHOTS=1`, keeps a picture of a screen, to be looked at: `e2e/shots/<name>.png`. */
export async function shot(page: Page, name: string): Promise<void> {
  if (process.env['SHOTS']) await keep(`${name}.png`, await page.screenshot());
}

/** A screen as it comes out of a printer, on the paper it asks for; with `SHOTS=1` it is kept: `e2e/shots/<name>.pdf`. */
export async function printed(page: Page, name: string): Promise<Buffer> {
  const paper = await page.pdf({ preferCSSPageSize: true });
  if (process.env['SHOTS']) await keep(`${name}.pdf`, paper);
  return paper;
}

async function keep(name: string, bytes: Buffer): Promise<void> {
  await mkdir(shots, { recursive: true });
  await writeFile(join(shots, name), bytes);
}

/** The sheets of a printed paper, in points: width and height. */
export const sheetsOf = (paper: Buffer): [number, number][] =>
  [...paper.toString('latin1').matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g)].map(([, width, height]) => [Math.round(Number(width)), Math.round(Number(height))]);

/** Brings axe into a page, once. */
export async function bringAxe(page: Page): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
}

/** What axe finds against WCAG 2.0 to 2.2, levels A and AA, on the whole screen or in one part of it. */
export async function violations(page: Page, part = 'html'): Promise<string[]> {
  const view = page.viewportSize()!;
  const phone = view.width < 900;
  // So high that nothing lies under what stays at the foot: one scrolls to it, and axe does not. A long list builds more of
  // itself on a higher screen, so this is asked until everything stands.
  for (let height = 3_000; phone; height = await page.evaluate(() => document.documentElement.scrollHeight)) {
    if (height <= page.viewportSize()!.height) break;
    await page.setViewportSize({ ...view, height });
    await page.evaluate(() => new Promise((built) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(built)), 100)));
  }
  await bringAxe(page);
  const said = await page.evaluate(async (within) => {
    const { violations: found } = await (globalThis as unknown as { axe: typeof axe }).axe.run(within, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return found.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3).join(' | ')}`);
  }, part);
  if (phone) await page.setViewportSize(view);
  return said;
}

/**
 * What does not fit on a screen, in words: a page wider than the screen, a text squeezed into a column of a few characters,
 * words that are cut off without a sign, something to press that is too small for a thumb, letters too small to read.
 */
export const misfits = (page: Page): Promise<string[]> => page.evaluate(misfitsHere);

/** The same, in the page itself: what it names it brings along. */
export function misfitsHere(): string[] {
  const found = new Set<string>();
  const say = (what: string, element: Element): void => {
    found.add(`${what}: <${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> ${(element.textContent ?? '').trim().slice(0, 40)}`);
  };
  /** Whether one may press 23 px from the middle and still hit it, though it looks smaller. */
  const reaches = (element: HTMLElement): boolean => {
    element.scrollIntoView({ block: 'center' });
    const { left, top, width, height } = element.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    return [[0, -23], [0, 23], [-23, 0], [23, 0]].every(([dx, dy]) => element.contains(document.elementFromPoint(x + dx!, y + dy!)));
  };
  /** Where an old phone is tried, the page itself cannot ask this. */
  const ask = (Element.prototype as { seenByTests?: Element['checkVisibility'] }).seenByTests ?? Element.prototype.checkVisibility;
  const sees = (element: Element): boolean => ask.call(element, { opacityProperty: true, visibilityProperty: true });
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.add(`the page is ${root.scrollWidth - root.clientWidth} px wider than the screen`);
  for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
    if (!sees(element) || element.closest('svg, dialog:not([open])')) continue;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    // What is there for the ear alone.
    if (box.width <= 1 || box.height <= 1 || element.closest('.sr, .skip')) continue;
    // Only what says that it does may be moved sideways.
    if (/auto|scroll/.test(style.overflowY) && element.scrollWidth > element.clientWidth + 1 && !element.hasAttribute('data-sideways')) say(`scrolls sideways by ${element.scrollWidth - element.clientWidth} px`, element);
    if (style.overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1 && style.textOverflow !== 'ellipsis' && style.display !== 'inline' && element.clientWidth > 0) say(`cuts off ${element.scrollWidth - element.clientWidth} px`, element);
    if (element.matches('button, a[href], input:not([type=checkbox], [type=radio], [type=file]), select, textarea, summary, [role=button]') && style.display !== 'inline') {
      if (Math.min(box.width, box.height) < 47.5 && !reaches(element)) say(`is ${Math.round(box.width)} × ${Math.round(box.height)} px to press`, element);
    }
    for (const node of element.childNodes) {
      const text = node.nodeType === Node.TEXT_NODE ? node.textContent!.trim() : '';
      if (text === '') continue;
      if (Number.parseFloat(style.fontSize) < 14) say(`is written in ${style.fontSize}`, element);
      const range = document.createRange();
      range.selectNodeContents(node);
      const lines = new Set([...range.getClientRects()].map((line) => Math.round(line.top))).size;
      if (lines >= 4 && text.length / lines < 3) say(`has ${Math.round((text.length / lines) * 10) / 10} characters a line`, element);
    }
  }
  return [...found];
}

/** Goes to another screen without opening the application anew, and waits until it stands: the one before stays until then. */
export async function goes(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    if (new URL(to, location.href).pathname !== location.pathname) document.querySelector('#noroshi > *')?.setAttribute('data-before', '');
    history.pushState({ depth: 1 }, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);
  await page.waitForFunction(() => !document.querySelector('[data-before]') && !document.querySelector('.loading') && document.querySelector('main h1, main h2, header h1'));
}

/** When these words come onto a screen, by the clock of this machine. */
export function appears(page: Page, words: string): Promise<number> {
  return page.evaluate((wanted) => new Promise<number>((done, failed) => {
    const look = (): boolean => {
      if (!document.body.innerText.includes(wanted)) return false;
      done(Date.now());
      return true;
    };
    if (look()) return;
    const watch = new MutationObserver(() => { if (look()) watch.disconnect(); });
    setTimeout(() => failed(new Error(`「${wanted}」 never came: ${document.body.innerText.slice(0, 400)}`)), 15_000);
    watch.observe(document.body, { childList: true, subtree: true, characterData: true });
  }), words);
}

/** A thing as it stands, here or there. */
export interface Thing { readonly noun: string; readonly id: string; readonly stream: string; readonly born: number; readonly seq: number; readonly value: unknown }

/** Waits until what is half written lies on this device's disk with these words, and without those: whoever closes the page sooner than that has lost what they did last. */
export async function keptHalfWritten(page: Page, person: string, words: string, gone?: string): Promise<void> {
  await page.waitForFunction(([who, wanted, unwanted]) => new Promise((done) => {
    const opening = indexedDB.open(`noroshi-outbox-${who}`);
    opening.onsuccess = () => {
      const all = opening.result.transaction('draft').objectStore('draft').getAll();
      all.onsuccess = () => {
        opening.result.close();
        done(all.result.some(({ text }) => text.includes(wanted) && (unwanted === undefined || !text.includes(unwanted))));
      };
    };
  }), [person, words, gone] as const);
}

/** Everything that a person's browser holds, or all of some nouns. */
export function held(page: Page, person: string, nouns?: readonly string[]): Promise<Thing[]> {
  return page.evaluate(([who, some]) => new Promise((done, failed) => {
    const opening = indexedDB.open(`noroshi-replica-${who}`);
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const all = opening.result.transaction('doc').objectStore('doc').getAll();
      all.onerror = () => failed(all.error);
      all.onsuccess = () => {
        opening.result.close();
        done(all.result.filter((doc) => !some || some.includes(doc.noun)).map(({ noun, id, stream, born, seq, value }) => ({ noun, id, stream, born, seq, value })));
      };
    };
  }), [person, nouns] as const);
}

/** A screen on which nothing is amiss, by `misfits` and by axe; and a picture of it, to be looked at. */
export async function looksRight(page: Page, name: string): Promise<void> {
  expect([name, await misfits(page), await violations(page)]).toEqual([name, [], []]);
  await shot(page, name);
}
