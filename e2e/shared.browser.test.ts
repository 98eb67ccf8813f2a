import { say } from '@noroshi/features/talk';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openProfile, openWholeBrowser } from './browser.ts';
import { openTalkHouse } from './talk-house.ts';

// The replica is not encrypted: on a shared computer one opens a private window, whose stores are in memory only (docs/security.md).

/** In letters that a store does not write in another way. */
const words = 'EVACUATE-THE-SCHOOL-4711';
let town: Awaited<ReturnType<typeof openTalkHouse>>;
let folder: string;
beforeAll(async () => {
  [town, folder] = await Promise.all([openTalkHouse(), mkdtemp(join(tmpdir(), 'noroshi-shared-'))]);
  await town.does('taro', say, { room: town.groupC, text: words });
}, 120_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await town?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Comes in and reads what was said. */
async function reads(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${town.address}/healthz`);
  await page.evaluate((person) => fetch('/api/demo.signIn', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ person }) }), town.actors.aoi.person);
  await page.goto(`${town.address}/talk/${town.groupC}`);
  await page.locator('.said-row', { hasText: words }).waitFor();
  return page;
}

/** The files under a folder in which the words stand. */
async function holding(place: string): Promise<string[]> {
  const files = (await readdir(place, { recursive: true, withFileTypes: true })).filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  const found = await Promise.all(files.map(async (file) => {
    // What is gone by now holds nothing.
    const bytes = await readFile(file).catch(() => Buffer.alloc(0));
    return bytes.includes(words, 0, 'latin1') || bytes.includes(words, 0, 'utf16le') ? [file] : [];
  }));
  return found.flat();
}

describe('a computer that others use too', () => {
  it('holds nothing of what was read in a private window, neither while it is open nor after', async () => {
    // An ordinary window does write it down: the search finds what is there.
    const ordinary = await mkdtemp(join(folder, 'ordinary-'));
    const { context } = await openProfile(ordinary);
    await reads(context);
    await context.close();
    expect(await holding(ordinary)).not.toEqual([]);

    const shared = await mkdtemp(join(folder, 'private-'));
    // The browser makes its own folder there, with all that it writes.
    for (const name of ['TMPDIR', 'TMP', 'TEMP']) vi.stubEnv(name, shared);
    const browser = await openWholeBrowser();
    const page = await reads(await browser.newContext({ locale: 'ja-JP' }));
    expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBeGreaterThan(0);
    expect((await readdir(shared, { recursive: true })).length).toBeGreaterThan(10);
    expect(await holding(shared)).toEqual([]);
    await page.context().close();
    expect(await holding(shared)).toEqual([]);
    await browser.close();
  }, 120_000);
});
