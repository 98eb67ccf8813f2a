import { openBoard, postNow, readBody } from '@noroshi/features/board';
import { enter } from '@noroshi/features/chronology';
import { report } from '@noroshi/features/damage';
import { giveRole } from '@noroshi/features/directory';
import { commit, send } from '@noroshi/features/request';
import { incident as incidentNoun } from '@noroshi/features/incident';
import { workspaceStream } from '@noroshi/foundations/sync';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isInstalled, openWholeBrowser } from './browser.ts';
import { held, misfits, shot, violations } from './looking.ts';
import { flood, fresh, openTalkHouse } from './talk-house.ts';

const town = await openTalkHouse();
let browser: Browser;
let incident: string;
beforeAll(async () => {
  browser = await openWholeBrowser();
  await flood(town, false);
  incident = town.house.stair.memory.of(workspaceStream, incidentNoun.noun)[0]!.id;
  await town.does('system', giveRole, { id: town.actors.ken.person, role: 'administrator' });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town.close();
});

const fits = async (page: Page): Promise<void> => {
  expect(await misfits(page)).toEqual([]);
  expect(await violations(page)).toEqual([]);
};
const number = '090-1234-5678';

/** From the page of the thing: one asks, with a reason; another one agrees where all that waits is listed. */
async function takenOut(hanako: Page, ken: Page, name: string, typed = false): Promise<void> {
  await hanako.getByRole('link', { name: '黒塗りを申請' }).first().click();
  await hanako.getByLabel('理由').waitFor();
  if (typed) {
    const typing = await hanako.context().newCDPSession(hanako);
    await hanako.getByLabel('理由').focus();
    await typing.send('Input.imeSetComposition', { text: 'こじんの', selectionStart: 4, selectionEnd: 4 });
    await hanako.keyboard.press('Enter');
    await typing.send('Input.insertText', { text: '個人の電話番号のため' });
  } else await hanako.getByLabel('理由').fill('個人の電話番号のため');
  await fits(hanako);
  await shot(hanako, `keeping-thing-${name}-ask-phone`);
  await hanako.getByRole('button', { name: '申請する' }).click();
  await hanako.getByText('ほかの管理者の承認を待っています。').waitFor();
  await ken.reload();
  await ken.getByText(number).first().waitFor();
  await fits(ken);
  await shot(ken, `keeping-thing-${name}-open-desk`);
  await ken.getByRole('button', { name: '承認に進む' }).click();
  await ken.getByRole('button', { name: '承認して消す' }).click();
  await ken.getByText('承認を待つ申請はありません').waitFor();
}

it('K15 K16 from the page of each thing its words are taken out, and the mark stands in their place; a telephone that was away loses them too', async () => {
  const { town: of, board } = { town: town.actors.taro.org, board: fresh() };
  const on = Date.now();
  const line = await town.does('taro', enter, { incident, kind: 'report', on, content: `山本さんの電話は${number}`, from: '消防', channel: 'phone' });
  await town.does('taro', report, { incident, town: of, kind: 'short', form: 1, sees: 0, asOf: on, told: [{ key: 'dead', n: 1, confirmed: true, asOf: on }], words: [{ key: 'overview', text: `連絡先${number}` }] });
  await town.does('hanako', openBoard, { id: board, name: '県からのお知らせ', short: '掲示', categories: [{ id: 'c1', name: 'お知らせ' }], readers: { orgs: [of, town.actors.ken.org, town.actors.hanako.org], people: [] }, writers: { orgs: [town.actors.hanako.org], people: [] } });
  const notice = await town.does('hanako', postNow, { board, title: `担当の番号 ${number}`, category: 'c1', body: readBody(`夜間は${number}へ`), comments: true });
  const asked = await town.does('taro', send, { room: town.groupC, incident, lines: [{ duty: 'shelter', count: 12 }], details: { damage: '野村で浸水' } });
  await town.does('aoi', commit, { room: town.groupC, request: asked, parts: [{ line: 1, wave: 1, count: 6, sees: 0 }], leader: '村上 剛', leaderPhone: number });

  // Aoi has the line of the chronology on her telephone, and goes out of reach.
  const aoi = await town.enter(browser, 'aoi', { path: `/chronology/${incident}/${line}`, installs: true });
  await aoi.getByText(number).waitFor();
  await isInstalled(aoi);
  await aoi.reload();
  await aoi.getByText(number).waitFor();
  // Who is no administrator is not offered it.
  expect(await aoi.getByRole('link', { name: '黒塗りを申請' }).count()).toBe(0);
  await aoi.context().setOffline(true);

  const ken = await town.enter(browser, 'ken', { path: '/keeping', desk: true });
  const hanako = await town.enter(browser, 'hanako', { path: `/chronology/${incident}/${line}` });
  await hanako.getByText(number).waitFor();
  await takenOut(hanako, ken, 'line', true);
  await hanako.goto(`${new URL(hanako.url()).origin}/chronology/${incident}/${line}`);
  await hanako.locator('.blacked').waitFor();
  expect(await hanako.locator('.blacked').innerText()).toMatch(/黒塗り：文章.*氏名・連絡先[^]*理由：個人の電話番号のため[^]*申請 渡部 花子　承認 向井 健/);
  await fits(hanako);
  await shot(hanako, 'keeping-thing-line-mark-phone');
  await hanako.goto(`${new URL(hanako.url()).origin}/chronology/${incident}`);
  await hanako.locator('.chron-row', { hasText: '黒塗り：文章' }).waitFor();
  await fits(hanako);
  await shot(hanako, 'keeping-thing-line-row-phone');

  // With the line the words go from Aoi's telephone: opened anew it has met nothing of the chronology yet.
  await aoi.goto(new URL('/', aoi.url()).href);
  await aoi.locator('.tabs').waitFor();
  expect(JSON.stringify(await held(aoi, town.actors.aoi.person))).toContain(number);
  await aoi.context().setOffline(false);
  for (const [path, name, words] of [[`/damage/${incident}/${of}`, 'damage', '文章'], [`/board/${board}/${notice}`, 'notice', '文章'], [`/request/${asked}`, 'request', '氏名・連絡先']] as const) {
    await hanako.goto(`${new URL(hanako.url()).origin}${path}`);
    await hanako.getByRole('link', { name: '黒塗りを申請' }).first().waitFor();
    await fits(hanako);
    await shot(hanako, `keeping-thing-${name}-before-phone`);
    await takenOut(hanako, ken, name);
    await hanako.goto(`${new URL(hanako.url()).origin}${path}`);
    await hanako.locator('.blacked').first().waitFor();
    expect(await hanako.locator('.blacked').first().innerText()).toContain(words);
    expect(await hanako.locator('main').innerText()).not.toContain(number);
    await fits(hanako);
    await shot(hanako, `keeping-thing-${name}-mark-phone`);
  }
  await ken.goto(`${new URL(ken.url()).origin}/request/${asked}`);
  await ken.locator('.blacked').first().waitFor();
  await fits(ken);
  await shot(ken, 'keeping-thing-request-mark-desk');
  await expect.poll(async () => JSON.stringify(await held(aoi, town.actors.aoi.person)).includes(number), { timeout: 10_000 }).toBe(false);
  await aoi.context().setOffline(true);
  await aoi.goto(new URL(`/chronology/${incident}/${line}`, aoi.url()).href);
  await aoi.locator('.blacked').waitFor();
  await fits(aoi);
  for (const page of [aoi, hanako, ken]) await page.context().close();
});
