import { down, pack } from '@noroshi/foundations/sync';
import { connect } from '@noroshi/foundations/database';
import { until } from '@noroshi/foundations/testing';
import { createServer, openHouse } from '@noroshi/server';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInstalled, openWholeBrowser } from './browser.ts';
import { openTalkHouse } from './talk-house.ts';

// A4: an old client's open page, and the server brought up to date under it.

const dist = join(import.meta.dirname, '../apps/web/dist');

let browser: Browser;
let town: Awaited<ReturnType<typeof openTalkHouse>>;
let folder: string;
beforeAll(async () => {
  [browser, town, folder] = await Promise.all([openWholeBrowser(), openTalkHouse(), mkdtemp(join(tmpdir(), 'noroshi-newer-'))]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town?.close();
  await rm(folder, { recursive: true });
});

/** Another build of the same sources: its files are others, which is all that a device sees of it. */
async function anotherBuild(): Promise<string> {
  const newer = join(folder, 'dist');
  await cp(dist, newer, { recursive: true });
  for (const [file, change] of [
    ['index.html', (text: string) => text.replace('<head>', '<head><meta name="build" content="2">')],
    ['service-worker.js', (text: string) => text.replace(/("?version"?:\s*["'`])[0-9a-f]{16}/, '$1ffffffffffffffff')],
  ] as const) {
    const text = await readFile(join(newer, file), 'utf8');
    const changed = change(text);
    expect(changed).not.toBe(text);
    await writeFile(join(newer, file), changed);
    for (const packed of ['.gz', '.br']) await rm(join(newer, file + packed), { force: true });
  }
  return newer;
}
/** One more server of the house; at the same address where a port is named. */
async function serve(webFolder: string, port = 0) {
  const database = connect(town.databaseUrl);
  const house = await openHouse({ pool: database.pool, now: Date.now, demo: (part) => town.actors[part].person, failed: (error, where) => console.error(where, error) });
  const app = await createServer({ house, dataFolder: town.dataFolder, webFolder, logLevel: 'warn' });
  const address = await app.listen({ host: '127.0.0.1', port });
  return { address, port: Number(new URL(address).port), close: async () => { await app.close(); await house.close(); await database.close().catch(() => undefined); } };
}
const row = (page: Page, text: string) => page.locator('.said-row', { hasText: text });
const field = (page: Page) => page.locator('.composer textarea');
const write = async (page: Page, text: string): Promise<void> => {
  await field(page).fill(text);
  await field(page).press('Control+Enter');
  await row(page, text).first().waitFor();
};
const inTables = async (text: string): Promise<number> => (await town.house.stair.pool.query("select 1 from noun where noun = 'message' and value->>'text' = $1", [text])).rowCount!;
const build = (page: Page): Promise<string | null> => page.evaluate(() => document.querySelector('meta[name=build]')?.getAttribute('content') ?? null);

describe('a server that is brought up to date', () => {
  it('goes on with the open pages of the old version, which are told that there is a newer one, take it up when someone says so, and lose nothing half written', async () => {
    const old = await serve(dist);
    const page = await town.enter(browser, 'taro', { installs: true, at: old.address });
    await isInstalled(page);
    await page.reload();
    await write(page, '古い版から');
    await field(page).fill('半分まで書いた');
    await old.close();
    const newer = await serve(await anotherBuild(), old.port);
    // What was said goes up to the new server from the page of the old version.
    const aoi = await town.enter(browser, 'aoi', { at: newer.address });
    expect(await build(aoi)).toBe('2');
    await until(async () => await inTables('古い版から') === 1, 'it to be heard');
    const band = page.getByRole('button', { name: /新しい版が届いています/ });
    await band.waitFor({ timeout: 30_000 });
    expect(await build(page)).toBe(null);
    await write(aoi, '新しい版から');
    await row(page, '新しい版から').waitFor();
    expect(await field(page).inputValue()).toBe('半分まで書いた');
    // By the keyboard: what else comes and goes above the talk does not move it from under the hand.
    await band.press('Enter');
    await page.locator('meta[name=build]').waitFor({ state: 'attached', timeout: 30_000 });
    await row(page, '新しい版から').waitFor();
    expect(await field(page).inputValue()).toBe('半分まで書いた');
    await field(page).press('Control+Enter');
    await row(aoi, '半分まで書いた').waitFor();
    for (const one of [page, aoi]) await one.context().close();
    await newer.close();
  });

  it('S94 and does not speak the old wire any more says so in a sentence; what is written meanwhile waits, and goes out from the newer page', async () => {
    const old = await town.enter(browser, 'aoi', { installs: true });
    await field(old).waitFor();
    await old.routeWebSocket(/\/line$/, (device) => device.onMessage(() => {
      device.send(Buffer.from(pack([down.bye, 'line.oldClient'])));
      void device.close();
    }));
    await old.reload();
    await old.getByText('新しい版があります。読み込み直してください。').first().waitFor();
    await write(old, '古い回線で書いた');
    await row(old, '古い回線で書いた').getByText('端末に保存・送信待ち').waitFor();
    expect(await inTables('古い回線で書いた')).toBe(0);
    const context = old.context();
    await old.close();
    const again = await town.enter(browser, 'aoi', { context });
    await until(async () => await inTables('古い回線で書いた') === 1, 'it to be heard', 30_000);
    await again.context().close();
  });
});
