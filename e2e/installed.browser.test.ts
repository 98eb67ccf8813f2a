import { say } from '@noroshi/features/talk';
import { until } from '@noroshi/foundations/testing';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWholeBrowser } from './browser.ts';
import { countBefore } from './counting-proxy.ts';
import { enterAs, openEhime } from './ehime-house.ts';

const dist = join(import.meta.dirname, '../apps/web/dist');
let browser: Browser;
let town: Awaited<ReturnType<typeof openEhime>>;
let counted: Awaited<ReturnType<typeof countBefore>>;
beforeAll(async () => {
  [browser, town] = await Promise.all([openWholeBrowser(), openEhime()]);
  counted = await countBefore(town.address);
  await town.does('taro', say, { room: town.groupC, text: '野村町で浸水が始まりました' });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await counted?.close();
  await town?.close();
});

it('B1 the application that is installed opens without a body of code, and asks whether there is a newer one in at most 1 kB', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'ja-JP' });
  const first = await enterAs(browser, counted.address, town.cast.ken.person, { path: `/talk/${town.groupC}`, context });
  await first.locator('.said-row .bubble').first().waitFor();
  // Installed: all of it is kept, and it answers for the page.
  await first.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done));
  });
  await first.close();
  // What is small came in packs, and nothing came twice: neither what the page had fetched before, nor what a pack holds.
  const came = counted.book.filter(({ path, body }) => path.startsWith('/assets/') && body > 0).map(({ path }) => path);
  // Each is small: what someone writes meanwhile waits on a thin line behind two of them.
  const packs = counted.book.filter(({ path }) => path.endsWith('.pack'));
  expect(packs.length).toBeGreaterThan(10);
  for (const { path, body } of packs) expect(body, path).toBeLessThan(30_000);
  expect(new Set(came).size).toBe(came.length);
  const kept = await readFile(join(dist, 'service-worker.js'), 'utf8').then((text) => [...text.matchAll(/"(\/assets\/[^"]+\.(?:js|css))"/g)].map(([, path]) => path!));
  expect(kept.length).toBeGreaterThan(200);
  expect(came.length, came.join('\n')).toBeLessThan(kept.length / 3);

  counted.book.length = 0;
  // By the browser's own book as well: what the page took from the network and not from what is kept.
  const again = await context.newPage();
  const line = await context.newCDPSession(again);
  await line.send('Network.enable');
  const sent = new Map<string, string>();
  let fromNetwork = 0;
  line.on('Network.responseReceived', ({ requestId, response }) => { if (!response.fromServiceWorker && /\.(js|css)$|\/talk\//.test(new URL(response.url).pathname)) sent.set(requestId, response.url); });
  line.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => { if (sent.has(requestId)) fromNetwork += encodedDataLength; });
  // The page looks at what is kept of it when its words are there; what it asks of its own then is written down.
  await again.addInitScript(() => {
    const { register } = ServiceWorkerContainer.prototype;
    ServiceWorkerContainer.prototype.register = async function (...what) {
      const registration = await register.apply(this, what);
      setTimeout(() => document.documentElement.toggleAttribute('data-has-looked', true));
      return registration;
    };
    const { update } = ServiceWorkerRegistration.prototype;
    ServiceWorkerRegistration.prototype.update = function () {
      document.documentElement.toggleAttribute('data-has-asked', true);
      return update.call(this);
    };
  });
  await again.goto(`${counted.address}/talk/${town.groupC}`);
  await again.locator('.said-row .bubble').first().waitFor();
  await again.locator('html[data-has-looked]').waitFor({ state: 'attached' });
  // The browser asked as the page was opened: the page need not ask again.
  expect(await again.locator('html[data-has-asked]').count()).toBe(0);
  const checks = () => counted.book.filter(({ path }) => path === '/service-worker.js');
  // It does so in its own time; where that takes long, this is the same question.
  const asked = (within: number): Promise<unknown> => until(() => checks().length > 0, 'the check for a newer version', within);
  let asks = 1;
  await asked(8_000).catch(async () => {
    asks = 2;
    await again.evaluate(async () => { await (await navigator.serviceWorker.getRegistration())!.update(); });
    await asked(30_000);
  });

  const told = counted.book.map(({ path, status, bytes }) => `${status} ${bytes} ${path}`).join('\n');
  console.info(told);
  expect(fromNetwork).toBe(0);
  // What a pack brought is letter for letter what was built, and as much a script or a sheet.
  const held = await again.evaluate((paths) => Promise.all(paths.map(async (path) => {
    const mine = await caches.match(path);
    return [mine?.headers.get('content-type')?.split(';')[0], await mine?.text()] as const;
  })), kept);
  for (const [i, path] of kept.entries()) {
    const built = await readFile(join(dist, path), 'utf8');
    expect([path, held[i]![1] === built]).toEqual([path, true]);
    expect(held[i]![0], path).toMatch(path.endsWith('.css') ? /^text\/css$/ : /^(text|application)\/javascript$/);
  }
  expect(checks().length, told).toBeLessThanOrEqual(asks);
  for (const { bytes } of checks()) expect(bytes, told).toBeLessThanOrEqual(1_024);
  expect(counted.book.filter(({ type, body }) => body > 0 && /javascript|css|html|manifest/.test(type)), told).toEqual([]);
  await context.close();
});
