import { openIncident } from '@noroshi/features/incident';
import { send } from '@noroshi/features/request';
import { say } from '@noroshi/features/talk';
import { down, roomStream, unpack } from '@noroshi/foundations/sync';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWholeBrowser } from './browser.ts';
import { fresh, openEhime } from './ehime-house.ts';

// F2: what someone who is new to a device has to wait for on a thin line. It is asked of the built application and of
// what the browser really fetched until the first message stood on the screen, not of a list of files.

/** Bytes. */
const mostCode = 100_000;
const mostOfAll = 110_000;
/** Home, with everything that comes behind its first words. */
const mostFiles = 24;
const mostOfHome = 220_000;
const dist = join(import.meta.dirname, '../apps/web/dist');

const town = await openEhime();
let browser: Browser;
beforeAll(async () => {
  browser = await openWholeBrowser();
  const incident = fresh();
  await town.does('hanako', openIncident, { id: incident, name: '平成30年7月豪雨', kind: 'flood', drill: false, affected: [town.names.org('西予市')] });
  await town.does('taro', send, { room: town.groupC, incident, lines: [{ duty: 'shelter', count: 12 }, { duty: 'houseSurvey', count: 4 }] });
  for (let i = 0; i < 60; i++) {
    town.passes(20_000);
    await town.does(i % 2 ? 'aoi' : 'taro', say, { room: town.groupC, text: `${i + 1}件目。避難所は12か所、わかっているだけで約900人です。職員だけでは夜の交代が組めません。` });
  }
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await town.close();
});

declare global {
  /** In the page: when these were, in milliseconds since it was opened. */
  var opened: { readableAt?: number; registeredAt?: number };
}

/** Writes down, in the page, when the first message was readable and when it began to put itself onto the device. */
function notes(): void {
  globalThis.opened = {};
  const register = ServiceWorkerContainer.prototype.register;
  ServiceWorkerContainer.prototype.register = function (...given) {
    globalThis.opened.registeredAt ??= performance.now();
    return register.apply(this, given);
  };
  new MutationObserver((_changes, watching) => {
    if (!document.querySelector('.said-row .bubble')) return;
    globalThis.opened.readableAt = performance.now();
    watching.disconnect();
  }).observe(document, { childList: true, subtree: true });
}

/** How many bytes a file of ours takes on a line that speaks gzip. */
async function gzipped(path: string): Promise<number> {
  const file = join(dist, path === '/' || !path.includes('.') ? 'index.html' : path);
  return stat(`${file}.gz`).then((held) => held.size, async () => gzipSync(await readFile(file)).length);
}

const sizeOf = (bytes: string | Buffer): number => Buffer.byteLength(bytes);
/** Whether these frames bring the room that is being opened. */
const bringsRoom = (bytes: string | Buffer): boolean =>
  typeof bytes !== 'string' && (unpack(bytes) ?? []).some((frame) => frame[0] === down.snapshot && frame[2] === roomStream(town.groupC));

/** Each file of these, and what it takes. */
const weighed = (paths: readonly string[]): Promise<{ path: string; size: number }[]> => Promise.all(paths.map(async (path) => ({ path, size: await gzipped(path) })));
const sum = (some: readonly { size: number }[]): number => some.reduce((all, { size }) => all + size, 0);

describe('the first open of a talk on a new device', () => {
  it(`fetches at most ${mostCode / 1000} kB of code and ${mostOfAll / 1000} kB of everything before the first message is readable, from nobody else, and keeps itself on the device only then`, async () => {
    const page = await town.enter(browser, 'ken', { path: '/healthz' });
    const line = await page.context().newCDPSession(page);
    await line.send('Network.enable');
    const origins = new Set<string>();
    line.on('Network.requestWillBeSent', ({ request }) => {
      const { origin } = new URL(request.url);
      if (origin.startsWith('http')) origins.add(origin);
    });
    await page.addInitScript(notes);
    // What comes after the room is held back until the first message is readable: so it is shown that nothing waits for it.
    const letGo = Promise.withResolvers<void>();
    let socket = 0;
    await page.routeWebSocket(/\/line$/, (device) => {
      const server = device.connectToServer();
      let held = false;
      device.onMessage((bytes) => { if (!held) socket += sizeOf(bytes); server.send(bytes); });
      server.onMessage((bytes) => {
        if (held) return void letGo.promise.then(() => device.send(bytes));
        socket += sizeOf(bytes);
        held = bringsRoom(bytes);
        device.send(bytes);
      });
    });
    await page.goto(`${town.address}/talk/${town.groupC}`);
    await page.locator('.said-row .bubble').first().waitFor();
    letGo.resolve();
    // By the browser's own book: the page itself, and what it had asked for when the message came into it.
    const fetched = await page.evaluate(() => {
      const { readableAt } = globalThis.opened;
      return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].filter(({ startTime }) => startTime <= readableAt!).map(({ name }) => new URL(name).pathname);
    });

    const files = fetched.filter((path) => !path.startsWith('/api/') && path !== '/line');
    const sizes = await weighed(files);
    const code = sizes.filter(({ path }) => path.endsWith('.js'));
    const told = [...sizes.toSorted((a, b) => b.size - a.size).map(({ path, size }) => `${String(size).padStart(7)} ${path}`), `${String(socket).padStart(7)} socket`].join('\n');
    console.info(`code ${sum(code)}, all ${sum(sizes) + socket}\n${told}`);
    expect(sum(code), told).toBeLessThanOrEqual(mostCode);
    expect(sum(sizes) + socket, told).toBeLessThanOrEqual(mostOfAll);
    // No file twice, and none that nobody asked for yet.
    expect(new Set(code.map(({ path }) => path)).size).toBe(code.length);

    await page.waitForFunction(() => globalThis.opened.registeredAt !== undefined, undefined, { timeout: 30_000 });
    const opened = await page.evaluate(() => globalThis.opened);
    expect(opened.registeredAt).toBeGreaterThan(opened.readableAt!);
    await page.waitForFunction(async () => (await caches.keys()).length > 0, undefined, { timeout: 30_000 });
    expect([...origins]).toEqual([town.address]);
    await page.context().close();
  });

  it(`fetches at most ${mostFiles} files and ${mostOfHome / 1000} kB for Home, with what it tells of every room and all sentences, and the screens of no room`, async () => {
    const page = await town.enter(browser, 'ken', { path: '/healthz' });
    await page.addInitScript(notes);
    await page.goto(`${town.address}/`);
    await page.locator('.tabs').waitFor();
    // By then the line has nothing better to do: whatever Home itself wanted has come.
    await page.waitForFunction(() => globalThis.opened.registeredAt !== undefined, undefined, { timeout: 30_000 });
    const fetched = await page.evaluate(() => {
      const { registeredAt } = globalThis.opened;
      return performance.getEntriesByType('resource').filter(({ startTime }) => startTime < registeredAt!).map(({ name }) => new URL(name).pathname);
    });
    const sizes = await weighed(fetched.filter((path) => path.startsWith('/assets/')));
    const told = sizes.map(({ path, size }) => `${String(size).padStart(7)} ${path}`).join('\n');
    console.info(`Home: ${sizes.length} files, ${sum(sizes)} bytes\n${told}`);
    // All sentences came, so this is not asked too early.
    expect(sizes.filter(({ path }) => /\/rest\d*-/.test(path)).length, told).toBeGreaterThan(5);
    expect(sizes.filter(({ path }) => /\/screens-/.test(path)), told).toEqual([]);
    expect(sizes.length, told).toBeLessThanOrEqual(mostFiles);
    expect(sum(sizes), told).toBeLessThanOrEqual(mostOfHome);
    await page.context().close();
  });
});
