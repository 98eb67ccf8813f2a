import { closeRoom, openRoom } from '@noroshi/features/talk';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { field, fresh, message, openTalkHouse, write } from './talk-house.ts';

let browser: Browser;
let town: Awaited<ReturnType<typeof openTalkHouse>>;
beforeAll(async () => {
  [browser, town] = await Promise.all([openBrowser(), openTalkHouse()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town?.close();
});

declare global {
  /** In the page: what the disk of this device holds of words at one moment, `being written|in the outbox`. */
  var lies: () => Promise<string>;
}

const bringLies = (page: Page): Promise<void> => page.evaluate(async () => {
  const wait = <T>(request: IDBRequest<T>): Promise<T> => new Promise((done, failed) => { request.onsuccess = () => done(request.result); request.onerror = () => failed(request.error); });
  const db = await wait(indexedDB.open((await indexedDB.databases()).map((one) => one.name!).find((name) => name.startsWith('noroshi-outbox-'))!));
  globalThis.lies = async () => {
    const both = db.transaction(['draft', 'item']);
    const [drafts, items] = await Promise.all([wait(both.objectStore('draft').getAll()), wait(both.objectStore('item').getAll())]);
    return `${drafts.map(({ text }) => (JSON.parse(text) as { text: string }).text).join()}|${items.map(({ input }) => input.text).join()}`;
  };
});

describe('what one writes in a talk', () => {
  it('never sends by Enter while kana are converted, in whichever order a browser tells of it; Ctrl and Enter sends', async () => {
    const page = await town.enter(browser, 'taro');
    await field(page).fill('ひなん');
    const press = (order: 'key first' | 'end first') => page.evaluate((how) => {
      const area = document.querySelector<HTMLTextAreaElement>('.composer textarea')!;
      const key = (composing: boolean) => area.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, isComposing: composing, keyCode: composing ? 13 : 229, bubbles: true, cancelable: true } as KeyboardEventInit));
      area.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
      if (how === 'key first') key(true);
      area.dispatchEvent(new CompositionEvent('compositionend', { data: '避難', bubbles: true }));
      if (how === 'end first') key(false);
    }, order);
    await press('key first');
    await press('end first');
    await field(page).press('Enter');
    await page.keyboard.type('所');
    expect(await field(page).inputValue()).toBe('ひなん\n所');
    expect(await message(page, 'ひなん').count()).toBe(0);
    await field(page).press('Control+Enter');
    await message(page, 'ひなん').waitFor();
    expect(await field(page).inputValue()).toBe('');
    await page.context().close();
  });

  it('keeps what is written without a network, and sends it once when the network is back', async () => {
    const taro = await town.enter(browser, 'taro', { installs: true });
    const ken = await town.enter(browser, 'ken');
    await field(taro).waitFor();
    await taro.context().setOffline(true);
    await write(taro, '圏外で書いた一つめ');
    await write(taro, '圏外で書いた二つめ');
    await message(taro, '二つめ').getByText('端末に保存・送信待ち').waitFor();
    await field(taro).fill('まだ書きかけ');
    expect(await message(ken, '圏外で書いた').count()).toBe(0);
    await taro.context().setOffline(false);
    await message(ken, '圏外で書いた二つめ').waitFor();
    expect(await message(ken, '圏外で書いた').count()).toBe(2);
    await message(taro, '二つめ').getByText('未読').waitFor();
    expect(await taro.getByText('端末に保存・送信待ち').count()).toBe(0);
    // A draft is there again after the page was closed.
    await bringLies(taro);
    await expect.poll(() => taro.evaluate(() => lies()), { timeout: 12_000 }).toMatch(/^まだ書きかけ\|/);
    await taro.reload();
    await expect.poll(() => field(taro).inputValue(), { timeout: 12_000 }).toBe('まだ書きかけ');
    await field(taro).fill('');
    await taro.context().close();
    await ken.context().close();
  });

  it('S113 has what is sent on its disk at every moment: where it was being written, then in the outbox, whole, and nothing of it in the first place', async () => {
    const page = await town.enter(browser, 'taro', { installs: true });
    await field(page).waitFor();
    await page.context().setOffline(true);
    await bringLies(page);
    const seen = await page.evaluate(async () => {
      const type = (text: string): void => {
        const area = document.querySelector<HTMLTextAreaElement>('.composer textarea')!;
        Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')!.set!.call(area, text);
        area.dispatchEvent(new Event('input', { bubbles: true }));
      };
      const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      type('橋が');
      while (await lies() !== '橋が|') await painted();
      // The last letters, and the press, come faster than the disk is written.
      await new Promise((typing) => setTimeout(typing, 300));
      type('橋が通れ');
      type('橋が通れません');
      await painted();
      document.querySelector<HTMLButtonElement>('.composer button[aria-label="送信"]')!.click();
      const all = new Set<string>();
      for (let after = 0; after < 40; after += [...all].some((one) => one.endsWith('ません')) ? 1 : 0) {
        all.add(await lies());
        await painted();
      }
      return [...all];
    });
    expect(seen.at(-1)).toBe('|橋が通れません');
    // Before that it lies where it was written, and never in both or in neither.
    expect(seen.slice(0, -1).filter((one) => !/^橋が.*\|$/.test(one))).toEqual([]);
    await page.context().setOffline(false);
    await message(page, '橋が通れません').getByText('未読').waitFor();
    await page.context().close();
  });

  it('refuses beside the words and keeps them: too many, and a room that closed meanwhile', async () => {
    const page = await town.enter(browser, 'taro', { installs: true });
    await field(page).fill('あ'.repeat(10_001));
    await field(page).press('Control+Enter');
    await page.getByRole('alert').getByText('10000文字までです（いま10001文字）').waitFor();
    expect((await field(page).inputValue()).length).toBe(10_001);
    await field(page).fill('');
    const room = fresh();
    await town.does('taro', openRoom, { id: room, kind: 'purpose', name: '物資の調整', short: '物', orgs: [], people: [town.actors.aoi.person] });
    await page.goto(`${town.address}/talk/${room}`);
    await field(page).waitFor();
    await page.context().setOffline(true);
    await write(page, '水が足りません');
    await town.does('taro', closeRoom, { room });
    await page.context().setOffline(false);
    const refused = message(page, '水が足りません');
    await refused.getByText('このトークは閉じられています').waitFor();
    await refused.getByRole('button', { name: '消す' }).click();
    await expect.poll(() => refused.count(), { timeout: 12_000 }).toBe(0);
    await page.context().close();
  });
});
