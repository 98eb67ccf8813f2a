import axe from 'axe-core';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const shots = join(import.meta.dirname, 'shots');

/** Keeps a picture of a screen, to be looked at: `e2e/shots/<name>.png`. */
export async function shot(page: Page, name: string): Promise<void> {
  await mkdir(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`) });
}

/** What axe finds against WCAG 2.0 to 2.2, levels A and AA. */
export async function violations(page: Page): Promise<string[]> {
  const view = page.viewportSize()!;
  const phone = view.width < 900;
  // So high that nothing lies under what stays at the foot: one scrolls to it, and axe does not.
  if (phone) await page.setViewportSize({ ...view, height: 3_000 });
  await page.evaluate(axe.source);
  const said = await page.evaluate(async () => {
    const { violations: found } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return found.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3).join(' | ')}`);
  });
  if (phone) await page.setViewportSize(view);
  return said;
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
