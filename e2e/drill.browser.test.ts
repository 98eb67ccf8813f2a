import { incident as incidentNoun, type Incident } from '@noroshi/features/incident';
import { request as requestNoun } from '@noroshi/features/request';
import { message as messageNoun, room as roomNoun, type Message, type Room } from '@noroshi/features/talk';
import { roomStream } from '@noroshi/foundations/sync';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { openEhime } from './ehime-house.ts';
import { shot, violations, type Thing } from './looking.ts';

const town = await openEhime();
let browser: Browser;
beforeAll(async () => { browser = await openBrowser(); });
afterAll(async () => {
  await browser?.close();
  await town.close();
});

const { memory, pool } = town.house.stair;
const rooms = (): Room[] => [...memory.streams.keys()].filter((key) => key.startsWith('r:')).map((key) => memory.of(key, roomNoun.noun)[0]!.value as Room);
const strip = (page: Page): Locator => page.locator('a.strip');
/** 訓練 is on the screen: in a band, in a title, wherever one stands. */
async function isMarked(page: Page, name: string): Promise<void> {
  // The screen before may have been marked, too.
  await page.locator('.drillband, .band.drill-on, .drill-frame').locator('visible=true').first().waitFor();
  expect(await page.locator('body').innerText(), name).toContain('訓練');
  await shot(page, `drill-${name}`);
  expect(await violations(page), name).toEqual([]);
}

it('a drill is marked on every screen and message, in twin rooms, leaves nothing in the real ones, and ends in one step', async () => {
  const before = rooms();
  const heads = new Map([...memory.streams.values()].map((stream) => [stream.key, stream.head]));
  const [hanako, taro, aoi, mika] = await Promise.all([
    town.enter(browser, 'hanako', { desk: true, path: '/incident/open' }), town.enter(browser, 'taro'), town.enter(browser, 'aoi', { desk: true }), town.enter(browser, 'mika'),
  ]);
  await hanako.getByRole('radio', { name: '訓練' }).waitFor();
  await hanako.getByRole('radio', { name: '訓練' }).check();
  await hanako.locator('.tile', { hasText: '西予' }).click();
  await hanako.locator('.foot .btn.main').click();
  await hanako.getByRole('dialog').getByText('ふだんのトークには何も残りません').waitFor();
  await hanako.getByRole('dialog').locator('.btn.main').click();
  await hanako.locator('.drillband').waitFor();
  await isMarked(hanako, 'incident-desk');
  const drill = memory.of('w', incidentNoun.noun)[0]!.value as Incident;
  expect(drill).toMatchObject({ drill: true, affected: [town.names.org('西予市')] });

  // A twin of the group's room, with the same people.
  const twins = rooms().filter((room) => !before.some((one) => one.id === room.id));
  expect(twins.map((room) => room.drill)).toEqual(twins.map(() => drill.id));
  const twin = twins.find((room) => room.twinOf === town.groupC)!;
  const people = (room: string): string[] => memory.of(roomStream(room), 'member').map((doc) => (doc.value as { person: string }).person).sort();
  expect(people(twin.id)).toEqual(people(town.groupC));

  await taro.locator('.band.drill-on', { hasText: '西予市は 被災' }).waitFor();
  await isMarked(taro, 'home-phone');
  await taro.locator('main a.room', { hasText: '訓練' }).click();
  await taro.locator('.composer textarea').fill('（想定）野村町で浸水しています');
  await taro.locator('.composer textarea').press('Control+Enter');
  await isMarked(taro, 'talk-phone');
  await strip(taro).click();
  await taro.getByRole('checkbox', { name: '避難所運営' }).click();
  await taro.getByRole('textbox', { name: '避難所運営' }).fill('12');
  await isMarked(taro, 'short-phone');
  await taro.getByRole('button', { name: '要請を送る' }).click();
  await strip(taro).getByText('不足 12').waitFor();
  await taro.locator('article.req').waitFor();

  await aoi.goto(`${town.address}/talk/${twin.id}`);
  await aoi.locator('article.req').getByRole('link', { name: '回答する' }).click();
  await aoi.getByRole('textbox', { name: '避難所運営' }).waitFor();
  await isMarked(aoi, 'pledge-desk');
  await aoi.getByRole('button', { name: '12人の派遣を決定する' }).click();
  await strip(aoi).getByText('不足 0').waitFor();
  await isMarked(aoi, 'talk-desk');
  await strip(aoi).click();
  await aoi.locator('.four.big').waitFor();
  await isMarked(aoi, 'request-desk');
  await aoi.goto(`${town.address}/request`);
  await aoi.locator('a.owe').first().waitFor();
  await isMarked(aoi, 'requests-desk');

  // Every message of it says so; and no real room, nor a real sum, has heard anything.
  const { rows } = await pool.query<Thing>('select n.noun, n.id, s.key as stream, n.born, n.seq, n.value from noun n join stream s on s.no = n.stream and s.workspace = n.workspace where n.noun = $1', [messageNoun.noun]);
  expect(rows.length).toBeGreaterThan(3);
  expect(rows.filter((row) => !(row.value as Message).drill)).toEqual([]);
  expect(rows.filter((row) => !twins.some((room) => roomStream(room.id) === row.stream))).toEqual([]);
  for (const room of before) expect(memory.streams.get(roomStream(room.id))!.head, room.name).toBe(heads.get(roomStream(room.id)));
  expect(before.flatMap((room) => memory.of(roomStream(room.id), requestNoun.noun))).toEqual([]);
  await aoi.goto(`${town.address}/talk/${town.groupC}`);
  await aoi.getByText('グループC').first().waitFor();
  expect(await aoi.locator('.pane.main').innerText()).not.toMatch(/訓練|不足|浸水/);
  // The guest learns nothing of it.
  expect(await mika.locator('body').innerText()).not.toMatch(/訓練/);

  await hanako.getByRole('button', { name: '終了する' }).click();
  await hanako.getByRole('dialog').locator('.btn.main').click();
  await taro.locator('.band.drill-on').waitFor({ state: 'detached' });
  await taro.goto(`${town.address}/talk/${twin.id}`);
  await taro.locator('main').getByText('終了').first().waitFor();
  await taro.locator('.composer textarea').waitFor({ state: 'detached' });
  await taro.goto(town.address);
  await taro.getByText('ありません ✓').waitFor();
  expect(await taro.locator('body').innerText()).not.toMatch(/訓練　|一次支援/);
});
