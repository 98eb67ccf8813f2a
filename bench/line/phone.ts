// A phone at the near end of a thin line: node phone.ts ADDRESS PERSON. Each line printed is one thing measured, as JSON.
import type { BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../../e2e/browser.ts';

const [address, person] = process.argv.slice(2) as [string, string];
/** How often each is measured. */
const times = { first: Number(process.env['FIRST'] ?? 5), installed: 5, open: 30, cold: 10 };
const tell = (what: string, ms: number): void => console.log(JSON.stringify({ what, ms: Math.round(ms) }));

const browser = await openBrowser();

async function signedIn(): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'ja-JP' });
  context.setDefaultTimeout(120_000);
  const answer = await context.request.post(`${address}/api/demo.signIn`, { headers: { origin: address }, data: { person }, timeout: 120_000 });
  if (!answer.ok()) throw new Error(`sign-in: ${answer.status()}`);
  return context;
}

/** Opens the talk, and tells how long it takes until words of people are read and one may write. */
async function opens(context: BrowserContext): Promise<{ page: Page; ms: number }> {
  const page = await context.newPage();
  const began = performance.now();
  await page.goto(`${address}${talk}`, { waitUntil: 'commit' });
  await page.locator('.said-row .bubble').first().waitFor();
  return { page, ms: performance.now() - began };
}

/** Says something, and tells how long it takes until the server has it. */
async function says(page: Page, text: string): Promise<number> {
  const field = page.locator('.composer textarea');
  await field.fill(text);
  const began = performance.now();
  await field.press('Control+Enter');
  const row = page.locator('.said-row', { hasText: text });
  await row.waitFor();
  await row.getByText('送信待ち').waitFor({ state: 'detached' });
  return performance.now() - began;
}

// Which talk it is, is asked on a device that is not measured.
let context: BrowserContext | undefined = await signedIn();
const list = await context.newPage();
await list.goto(`${address}/talk`);
const talk = await list.locator('a.room', { hasText: 'グループC' }).first().getAttribute('href');
for (let n = 0; n < times.first; n++) {
  await context?.close();
  context = await signedIn();
  const { page, ms } = await opens(context);
  tell('first', ms);
  if (n < times.first - 1) continue;
  // From now on it is installed: the worker has all files of this version.
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 300_000 });
  await page.close();
}
for (let n = 0; n < times.installed; n++) {
  const { page, ms } = await opens(context!);
  tell('installed', ms);
  await page.close();
}
{
  const { page } = await opens(context!);
  await page.locator('.composer textarea').waitFor();
  await page.getByText('接続中').waitFor({ state: 'detached' }).catch(() => undefined);
  for (let n = 0; n < times.open; n++) {
    tell('open', await says(page, `開いた回線で${n + 1}件目。野村町で堤防が切れました。職員をお願いします`));
    await page.waitForTimeout(1_000);
  }
  await page.close();
}
for (let n = 0; n < times.cold; n++) {
  const { page } = await opens(context!);
  tell('cold', await says(page, `冷えた回線で${n + 1}件目。野村町で堤防が切れました。職員をお願いします`));
  await page.close();
}
await browser.close();
