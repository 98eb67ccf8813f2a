import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { openServer } from './server.ts';

let browser: Browser;
let server: Awaited<ReturnType<typeof openServer>>;

beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), openServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

it('opens in a browser, from any address within it, without a complaint and without asking anyone else', async () => {
  const page = await browser.newPage();
  const complaints: string[] = [];
  const asked = new Set<string>();
  // Who is not in hears so (401), and where there is no demo nobody is there to choose from (404): both are answers.
  page.on('console', (message) => message.type() === 'error' && !/status of 40[14]/.test(message.text()) && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => asked.add(new URL(request.url()).origin));
  const answer = await page.goto(`${server.address}/talk/some-room`);
  expect(answer?.status()).toBe(200);
  await page.waitForSelector('h1');
  expect(await page.title()).toContain('狼煙');
  expect(complaints).toEqual([]);
  expect([...asked]).toEqual([server.address]);
  await page.close();
});
