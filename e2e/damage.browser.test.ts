import { openIncident } from '@noroshi/features/incident';
import { say } from '@noroshi/features/talk';
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isInstalled, openWholeBrowser } from './browser.ts';
import { fresh, openEhime } from './ehime-house.ts';
import { misfits, shot, violations } from './looking.ts';

const town = await openEhime();
const flood = fresh();
let said: string;
let browser: Browser;
beforeAll(async () => {
  browser = await openWholeBrowser();
  await town.does('hanako', openIncident, { id: flood, name: '平成30年7月豪雨', kind: 'flood', drill: false, affected: [town.cast.taro.org] });
  said = await town.does('taro', say, { room: town.groupC, text: '野村で3人と連絡が取れません' });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town.close();
});

it('B1 a town takes a figure from the talk, is told beside the field what is wrong, loses nothing, and what changed is marked', async () => {
  const page = await town.enter(browser, 'taro', { path: `/damage/report?room=${town.groupC}&message=${said}` });
  await page.getByText('野村で3人と連絡が取れません').waitFor();
  const missing = page.getByRole('textbox', { name: '行方不明者' });
  await missing.fill('さんにん');
  await page.getByLabel('死者（人）の確からしさ').selectOption('未確認');
  await page.getByRole('textbox', { name: '避難所' }).fill('５');
  await page.getByRole('button', { name: '第1報を送る' }).click();
  await page.getByText('数字だけで書いてください').waitFor();
  // What was typed is still there, also when one comes back later.
  await page.reload();
  expect(await missing.inputValue()).toBe('さんにん');
  await missing.fill('3');
  expect(await misfits(page)).toEqual([]);
  expect(await violations(page)).toEqual([]);
  await shot(page, 'damage-report');
  // What the word means is one tap away.
  await page.getByRole('button', { name: '「行方不明者」の意味' }).click();
  await page.getByText('連絡がつかないだけの人は含みません').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '第1報を送る' }).click();
  await page.waitForURL(`**/damage/${flood}/${town.cast.taro.org}`);
  const fact = (name: string) => page.locator('.facts > div', { has: page.locator('dt', { hasText: name }) });
  expect(await fact('死者').locator('dd').first().innerText()).toContain('未確認');
  expect(await fact('行方不明者').locator('dd').innerText()).toContain('出典のトーク');
  expect(await fact('重傷者').locator('dd').innerText()).toBe('未報告');

  // The second is lower: it is asked, and taken. Only what changed is marked.
  await page.getByRole('link', { name: '第2報を書く' }).click();
  await page.getByRole('textbox', { name: '行方不明者' }).fill('2');
  await page.getByRole('button', { name: '第2報を送る' }).click();
  await page.getByRole('checkbox', { name: /前の報告（3）より少ない数です/ }).check();
  await page.getByRole('button', { name: '第2報を送る' }).click();
  await page.waitForURL(`**/damage/${flood}/${town.cast.taro.org}`);
  await page.locator('ins', { hasText: '2' }).getByText('変更').waitFor();
  expect(await page.locator('ins').count()).toBe(1);
  await page.getByText('3→').waitFor();
  await page.context().close();

  // The prefecture sees how many have reported, and nothing is counted as 0.
  const hanako = await town.enter(browser, 'hanako', { path: `/damage/${flood}`, installs: true });
  await hanako.getByText('1/20市町が報告').first().waitFor();
  const row = (name: string) => hanako.locator('.facts > div', { has: hanako.locator('dt', { hasText: name }) }).locator('dd');
  expect([await row('死者').innerText(), await row('行方不明者').innerText(), await row('重傷者').innerText()]).toEqual(['未確認', '2', '未報告']);
  const coming = hanako.waitForEvent('download');
  await hanako.getByRole('button', { name: 'CSV' }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toMatch(/_被害報告\.csv$/);
  expect(await readFile(await file.path(), 'utf8')).toMatch(/^\uFEFF訓練,災害名,[^]*西予市,第2報,人的被害,行方不明者,人,2,未確定,/);
  // A workbook comes from the device too, and needs no network; the paper comes from the server.
  await isInstalled(hanako);
  await hanako.reload();
  await hanako.getByText('1/20市町が報告').first().waitFor();
  await hanako.context().setOffline(true);
  const book = hanako.waitForEvent('download');
  await hanako.getByRole('button', { name: 'Excel' }).click();
  expect((await book).suggestedFilename()).toMatch(/_被害報告\.xlsx$/);
  expect((await readFile(await (await book).path())).subarray(0, 2).toString()).toBe('PK');
  await hanako.context().setOffline(false);
  const paper = await hanako.request.get(`${town.address}${(await hanako.getByRole('link', { name: 'PDF' }).getAttribute('href'))!}`);
  expect([paper.status(), (await paper.body()).subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
  expect(await misfits(hanako)).toEqual([]);
  expect(await violations(hanako)).toEqual([]);
  await shot(hanako, 'damage-out-phone');
  await hanako.context().close();
});
