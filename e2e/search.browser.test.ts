import { openBoard, postNow, readBody } from '@noroshi/features/board';
import { enter } from '@noroshi/features/chronology';
import { report } from '@noroshi/features/damage';
import { openIncident } from '@noroshi/features/incident';
import { send } from '@noroshi/features/request';
import { openRoom, say } from '@noroshi/features/talk';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isInstalled, openWholeBrowser } from './browser.ts';
import { fresh, openEhime } from './ehime-house.ts';
import { misfits, shot, violations } from './looking.ts';

const town = await openEhime();
const [flood, board] = [fresh(), fresh()];
let browser: Browser;
let entry: string;
beforeAll(async () => {
  browser = await openWholeBrowser();
  const at = Date.now();
  await town.does('hanako', openIncident, { id: flood, name: '平成30年7月豪雨', kind: 'flood', drill: false, affected: [town.cast.taro.org] });
  for (let i = 0; i < 40; i++) await town.does('taro', say, { room: town.groupC, text: `浄水場の水位 ${i}回目の報告です`, incident: flood });
  await town.does('taro', say, { room: town.groupC, text: '図面を送ります', attachments: [{ file: fresh(), kind: 'file', name: '浄水場_配管.pdf', size: 5, type: 'application/pdf' }] });
  await town.does('taro', send, { room: town.groupC, incident: flood, details: { reason: '浄水場が止まったため' }, lines: [{ duty: 'shelter', count: 12 }] });
  await town.does('taro', report, { incident: flood, town: town.cast.taro.org, kind: 'short', form: 1, sees: 0, asOf: at, told: [{ key: 'dead', n: null, confirmed: false, asOf: at }], words: [] });
  entry = await town.does('hanako', enter, { incident: flood, kind: 'report', on: at, content: '浄水場の復旧は未定。給水車を手配した。', channel: 'phone' });
  await town.does('hanako', openBoard, { id: board, name: '県からのお知らせ', short: '掲示', categories: [{ id: 'c1', name: 'お知らせ' }], readers: { orgs: [town.cast.taro.org], people: [] }, writers: { orgs: [town.cast.hanako.org], people: [] } });
  await town.does('hanako', postNow, { board, title: '浄水場の見学は中止', category: 'c1', body: readBody('■ 中止\n当面のあいだ'), comments: true });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town.close();
});

const shelf = (page: Page, name: string) => page.getByRole('region', { name });

it('F8 one box finds what each room has, each under its heading with how many, opens it, and goes on in one of them', async () => {
  const page = await town.enter(browser, 'taro', { path: '/search', installs: true });
  // What is composed is not looked for before it is there.
  const client = await page.context().newCDPSession(page);
  await page.getByRole('searchbox').focus();
  await client.send('Input.imeSetComposition', { text: 'じょうすいじょう', selectionStart: 8, selectionEnd: 8 });
  // What comes down meanwhile draws the screen anew, and takes nothing out of the field.
  await town.does('hanako', openRoom, { id: fresh(), kind: 'purpose', name: '水道の復旧', short: '水', orgs: [], people: [town.cast.taro.person] });
  await page.locator('option', { hasText: '水道の復旧' }).waitFor({ state: 'attached' });
  expect(await page.getByRole('searchbox').inputValue()).toBe('じょうすいじょう');
  await client.send('Input.insertText', { text: '浄水場' });
  await shelf(page, '発言').getByText('41件').waitFor();
  expect(await shelf(page, '発言').getByRole('listitem').count()).toBe(15);
  for (const [name, words] of [['応援要請', 'C-西予-001'], ['クロノロジー', '浄水場の復旧は未定'], ['掲示板', '浄水場の見学は中止'], ['写真・ファイル', '浄水場_配管.pdf']] as const) await shelf(page, name).getByText(words).first().waitFor();
  expect(await shelf(page, '被害報告').count()).toBe(0);
  await page.getByText('45件 見つかりました').waitFor();
  expect(await misfits(page)).toEqual([]);
  expect(await violations(page)).toEqual([]);
  await shot(page, 'search-phone');
  await shelf(page, '写真・ファイル').scrollIntoViewIfNeeded();
  await shot(page, 'search-phone-below');

  // One shelf alone, page by page, and back.
  await shelf(page, '発言').getByRole('button', { name: 'すべて見る' }).click();
  await page.getByRole('button', { name: '続きを見る' }).click();
  await expect.poll(() => shelf(page, '発言').getByRole('listitem').count(), { timeout: 10_000 }).toBe(41);
  expect(await page.getByRole('button', { name: '続きを見る' }).count()).toBe(0);
  await shot(page, 'search-phone-shelf');
  await page.getByRole('button', { name: 'すべての種類に戻る' }).click();
  await shelf(page, 'クロノロジー').getByText('浄水場の復旧は未定').first().click();
  await page.waitForURL(`**/chronology/${flood}/${entry}`);
  await page.goBack();
  // A file is opened with what it belongs to.
  await page.goto(`${town.address}/search?q=${encodeURIComponent('配管')}`);
  await shelf(page, '写真・ファイル').getByRole('link').click();
  await page.waitForURL(`**/talk/${town.groupC}?m=*`);

  // Without a line, over what the device holds.
  await page.goto(`${town.address}/search`);
  await isInstalled(page);
  await page.reload();
  await page.getByRole('searchbox').waitFor();
  await page.context().setOffline(true);
  await page.getByRole('searchbox').fill('死者');
  await shelf(page, '被害報告').getByText('西予市 被害報告 第1報').first().waitFor();
  await page.getByText('圏外のため、この端末にある分だけをさがしました（1件）').waitFor();
  await shot(page, 'search-offline');
  await page.context().close();
});

it('F8 on a desk, in the dark and in large letters', async () => {
  const page = await town.enter(browser, 'taro', { path: `/search?q=${encodeURIComponent('浄水場')}` });
  await page.setViewportSize({ width: 1440, height: 900 });
  await shelf(page, '掲示板').waitFor();
  expect(await violations(page)).toEqual([]);
  await shot(page, 'search-desk');
  await page.emulateMedia({ colorScheme: 'dark' });
  await shot(page, 'search-dark');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
  expect(await misfits(page)).toEqual([]);
  await shot(page, 'search-large');
  await page.context().close();
});
