import { openIncident } from '@noroshi/features/incident';
import { say } from '@noroshi/features/talk';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isInstalled, openWholeBrowser } from './browser.ts';
import { fresh, openEhime } from './ehime-house.ts';
import { misfits, shot, violations } from './looking.ts';

const town = await openEhime();
const flood = fresh();
let browser: Browser;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'noroshi-record-'));
  browser = await openWholeBrowser();
  await town.does('hanako', openIncident, { id: flood, name: '平成30年7月豪雨', kind: 'flood', drill: false, affected: [town.cast.taro.org] });
  for (let i = 0; i < 20; i++) await town.does('taro', say, { room: town.groupC, text: `避難所 ${i} 番の水が足りません`, incident: flood });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town.close();
  await rm(folder, { recursive: true });
});

/** What the page says of a file, which begins with these words. */
async function checked(page: Page, file: string, words: string): Promise<string> {
  await page.getByLabel('確かめるzipファイル').setInputFiles(file);
  const told = page.locator('.record-told', { hasText: words });
  await told.waitFor();
  return told.innerText();
}
const fits = async (page: Page): Promise<void> => {
  expect(await misfits(page)).toEqual([]);
  expect(await violations(page)).toEqual([]);
};

it('R5 R7 an administrator takes the record out by a thumb, and whoever doubts it sees on a device without a network whether it was changed', async () => {
  const hanako = await town.enter(browser, 'hanako', { path: '/record' });
  await hanako.getByRole('button', { name: '記録を書き出す' }).waitFor();
  await fits(hanako);
  await shot(hanako, 'record-phone');
  await hanako.getByRole('button', { name: '記録を書き出す' }).click();
  const link = hanako.getByRole('link', { name: 'zipを受け取る' });
  await link.waitFor();
  await fits(hanako);
  const coming = hanako.waitForEvent('download');
  await link.click();
  const download = await coming;
  expect(download.suggestedFilename()).toMatch(/^noroshi-record-\d{4}-\d\d-\d\d-\w+\.zip$/);
  const file = join(folder, 'record.zip');
  await download.saveAs(file);
  await hanako.getByText(/^書き終えました（\d+\.\d MB）/).waitFor();
  await hanako.context().close();

  // The reviewer, at a desk, on a device that has gone offline.
  const taro = await town.enter(browser, 'taro', { path: '/record', desk: true, installs: true });
  await taro.getByText('記録を書き出せるのは管理者だけです').waitFor();
  await isInstalled(taro);
  await taro.context().setOffline(true);
  await taro.reload();
  await taro.getByRole('link', { name: '記録を確かめる' }).click();
  await taro.getByLabel('確かめるzipファイル').waitFor();
  const good = await checked(taro, file, '書き換えは見つかりませんでした');
  expect(good).toMatch(/2\d件の出来事は/);
  expect(good).not.toContain('Ed25519');
  await fits(taro);
  await shot(taro, 'record-good-desk');
  const bytes = await readFile(file);
  const other = join(folder, 'other.zip');
  // One byte within the packed events.
  bytes[bytes.indexOf('events.jsonl') + 400]! ^= 4;
  await writeFile(other, bytes);
  await checked(taro, other, '記録と違うところがあります');
  const half = join(folder, 'half.zip');
  await writeFile(half, bytes.subarray(0, bytes.length >> 1));
  await checked(taro, half, 'ファイルが途中で切れています');
  await taro.setViewportSize({ width: 390, height: 844 });
  await fits(taro);
  await shot(taro, 'record-cut-phone');
  await checked(taro, file, '書き換えは見つかりませんでした');
  await shot(taro, 'record-good-phone');
  await taro.context().close();
});

it('K14 an administrator chooses to take the audit along, is told what is in it, and its lines are proven on a device without a network', async () => {
  const hanako = await town.enter(browser, 'hanako', { path: '/record', installs: true });
  await hanako.getByRole('button', { name: '記録を書き出す' }).waitFor();
  // Of a disaster or a room there is no audit.
  expect(await hanako.getByRole('checkbox', { name: '監査記録も入れる' }).count()).toBe(0);
  await hanako.getByRole('radio', { name: '読めるものすべて' }).check();
  const along = hanako.getByRole('checkbox', { name: '監査記録も入れる' });
  await along.waitFor();
  expect(await along.isChecked()).toBe(false);
  await along.check();
  await hanako.getByText('職員の個人の情報が入ります').waitFor();
  await fits(hanako);
  await along.scrollIntoViewIfNeeded();
  await shot(hanako, 'record-audit-phone');
  await hanako.getByRole('button', { name: '記録を書き出す' }).click();
  const taken = hanako.locator('.record-exports > li', { hasText: '監査記録も' });
  await taken.waitFor();
  expect(await along.isChecked()).toBe(false);
  await fits(hanako);
  const coming = hanako.waitForEvent('download');
  await taken.getByRole('link', { name: 'zipを受け取る' }).click();
  const file = join(folder, 'with-audit.zip');
  await (await coming).saveAs(file);
  await isInstalled(hanako);
  await hanako.goto(`${town.address}/verify`);
  await hanako.getByLabel('確かめるzipファイル').waitFor();
  await hanako.context().setOffline(true);
  expect(await checked(hanako, file, '書き換えは見つかりませんでした')).toMatch(/監査記録\d+件も入っていて/);
  await fits(hanako);
  await shot(hanako, 'record-audit-proven-phone');
  await hanako.context().close();
});

it('R10 shows how far the writing is, lets it be called off, and gives it again', async () => {
  const page = await town.enter(browser, 'hanako', { path: '/record' });
  // A large one, as the server tells of it; what is pressed goes to the server itself.
  let far: object | undefined = { state: 'making', part: 'events', done: 34_000, of: 100_000, bytes: 5_200_000 };
  await page.route('**/documents/record/*.json', (route) => (far ? route.fulfill({ json: far }) : route.continue()));
  await page.getByText('出来事を書いています（100,000件のうち34,000件）').first().waitFor();
  expect(await page.getByRole('progressbar').first().getAttribute('value')).toBe('34000');
  await page.getByText('これまでに 5.2 MB').first().waitFor();
  await fits(page);
  await page.getByRole('progressbar').first().scrollIntoViewIfNeeded();
  await shot(page, 'record-making');
  const called = page.waitForRequest((asked) => asked.method() === 'DELETE');
  await page.getByRole('button', { name: '書き出しをやめる' }).first().click();
  expect((await (await called).response())!.status()).toBe(204);
  far = { state: 'calledOff' };
  await page.getByText('書き出しをやめました').first().waitFor();
  await fits(page);
  far = undefined;
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: 'zipを受け取る' }).first().click();
  await coming;
  await page.getByText(/^書き終えました（/).first().waitFor();
  await page.context().close();
});

it('the screens stand in the dark and with letters twice as large', async () => {
  const page = await town.enter(browser, 'hanako', { path: '/record' });
  await page.evaluate(() => localStorage.setItem('noroshi-settings', JSON.stringify({ ...JSON.parse(localStorage.getItem('noroshi-settings') ?? '{}'), theme: 'dark', text: '200' })));
  await page.reload();
  await page.getByRole('button', { name: '記録を書き出す' }).waitFor();
  await fits(page);
  await shot(page, 'record-dark-200');
  await page.context().close();
});
