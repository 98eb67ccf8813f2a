import { say } from '@noroshi/features/talk';
import { request as requestNoun, send, type DispatchRequest } from '@noroshi/features/request';
import { storedFile, type StoredFile } from '@noroshi/foundations/files';
import { roomStream } from '@noroshi/foundations/sync';
import { until } from '@noroshi/foundations/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInstalled, openProfile, patience } from './browser.ts';
import { killableServer } from './killable-server.ts';
import { misfits, shot, violations } from './looking.ts';
import { flood, openTalkHouse } from './talk-house.ts';

// A1, A2: with no network at all, the server killed, and the browser killed as well.

const photograph = join(import.meta.dirname, '../apps/server/demo/photos/flood.jpg');
const said = '野村町で浸水が始まりました。避難所は１２か所です';

let town: Awaited<ReturnType<typeof openTalkHouse>>;
let server: Awaited<ReturnType<typeof killableServer>>;
let folder: string;
let context: BrowserContext | undefined;
beforeAll(async () => {
  [town, folder] = await Promise.all([openTalkHouse({ demo: false }), mkdtemp(join(tmpdir(), 'noroshi-profile-'))]);
  await flood(town, false);
  server = await killableServer(town);
}, 120_000);
afterAll(async () => {
  await context?.close();
  await server?.close();
  await town?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

const stream = (): string => roomStream(town.groupC);
const row = (page: Page, text: string) => page.locator('.said-row', { hasText: text });
const open = async (path: string): Promise<Page> => {
  const page = await context!.newPage();
  page.setDefaultTimeout(patience);
  await page.goto(`${server.address}${path}`);
  return page;
};
const saidInTables = async (text: string): Promise<number> => (await town.house.stair.pool.query("select 1 from noun where noun = 'message' and value->>'text' = $1", [text])).rowCount!;
const theRequest = (): DispatchRequest => town.house.stair.memory.of(stream(), requestNoun.noun).map((doc) => doc.value as DispatchRequest)[0]!;

describe('with no network at all', () => {
  it('S84 A1 A2 the application opens, shows, finds and takes words, answers, pledges and photographs; all of it survives the browser being killed, and arrives once, in its order', async () => {
    await town.does('hanako', say, { room: town.groupC, text: said });
    const urgent = await town.does('hanako', say, { room: town.groupC, text: '西条市は応答してください', urgency: 'urgent' });
    await town.does('taro', send, { room: town.groupC, incident: (await firstIncident()), lines: [{ duty: 'shelter', count: 6 }] });
    ({ context } = await openProfile(folder));
    const aoi = await town.enter(context.browser()!, 'aoi', { context, at: server.address });
    await row(aoi, said).first().waitFor();
    await row(aoi, '西条市は応答してください').first().waitFor();
    await isInstalled(aoi);
    // It was installed yesterday: a browser takes half a minute to put a new session on the disk.
    await context.close();
    const first = await openProfile(folder);
    context = first.context;
    await server.kill();

    // Nobody answers any more: what opens comes from this device.
    let page = await open('/');
    await page.getByText('圏外', { exact: true }).first().waitFor();
    await page.goto(`${server.address}/talk/${town.groupC}`);
    await row(page, said).first().waitFor();
    await page.goto(`${server.address}/search?q=${encodeURIComponent('土砂崩れ')}`);
    await page.getByText('圏外のため、この端末にある分だけをさがしました（0件）').waitFor();
    await page.getByRole('searchbox').fill('12カ所');
    await page.getByText('圏外のため、この端末にある分だけをさがしました（1件）').waitFor();
    await page.goto(`${server.address}/people`);
    await page.getByText('西予市').first().waitFor();

    // Each kind of thing, and each is shown as not yet true.
    await page.goto(`${server.address}/talk/${town.groupC}`);
    await page.locator(`#m-${urgent}`).getByRole('button', { name: '了解' }).click();
    await page.locator(`#m-${urgent}`).getByText(/あなたの答え|了解/).first().waitFor();
    const write = async (text: string): Promise<void> => {
      await page.locator('.composer textarea').fill(text);
      await page.locator('.composer textarea').press('Control+Enter');
      await row(page, text).getByText('端末に保存・送信待ち').waitFor();
    };
    await write('西条市です。確認しました');
    await page.getByRole('button', { name: '加える' }).first().click();
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: /写真を選ぶ/ }).click();
    await (await choosing).setFiles([photograph]);
    await page.getByRole('dialog', { name: '送るもの' }).getByRole('button', { name: '1件を加える' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await write('現場の写真です');
    await page.locator('article.req').getByRole('link', { name: '回答する' }).click();
    await page.getByRole('button', { name: '6人の派遣を決定する' }).click();
    await page.locator('article.req').getByText('仮', { exact: true }).waitFor();
    await write('6人を出します');

    await page.goto(`${server.address}/`);
    const outbox = page.locator('.outbox');
    await outbox.getByText('「西条市です。確認しました」').waitFor();
    await outbox.getByText('派遣の決定').waitFor();
    await outbox.getByText('写真 1枚（ことばの後に送ります）').waitFor();
    await page.getByText(/最後に受け取ったのは/).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await misfits(page)).toEqual([]);
    await shot(page, 'offline-home');
    await page.goto(`${server.address}/waiting`);
    await page.getByText('圏外でもできること').waitFor();
    await page.getByText('緊急・重要への回答').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await misfits(page)).toEqual([]);
    await shot(page, 'offline-waiting');

    // The battery is empty.
    const killed = new Promise<void>((done) => context!.once('close', () => done()));
    process.kill(first.pid, 'SIGKILL');
    await killed;
    const second = await openProfile(folder);
    context = second.context;
    page = await open('/waiting');
    await page.getByText('「6人を出します」').waitFor();
    expect(await page.locator('.outbox').first().locator('.item').count()).toBe(5);
    await page.goto(`${server.address}/talk/${town.groupC}`);
    await row(page, '現場の写真です').getByText('端末に保存・送信待ち').waitFor();
    await page.locator('article.req').getByText('仮', { exact: true }).waitFor();
    expect(await saidInTables('6人を出します')).toBe(0);

    // In the morning the server is back.
    await server.start();
    await row(page, '6人を出します').getByText(/既読|送信ずみ/).first().waitFor({ timeout: 60_000 });
    await page.locator('article.req').getByText('仮', { exact: true }).waitFor({ state: 'detached' });
    for (const text of ['西条市です。確認しました', '現場の写真です', '6人を出します']) expect(await saidInTables(text), text).toBe(1);
    const order = (await town.house.stair.pool.query<{ text: string }>("select value->>'text' as text from noun where noun = 'message' and value->>'by' = $1 and value->>'text' is not null order by born", [town.actors.aoi.person])).rows.map(({ text }) => text);
    expect(order).toEqual(['西条市です。確認しました', '現場の写真です', '6人を出します']);
    await until(() => JSON.stringify(theRequest()).includes(town.actors.aoi.person), 'the request to have the pledge');
    await until(() => town.house.stair.memory.of(stream(), storedFile.noun).map((doc) => doc.value as StoredFile).some((file) => file.state === 'arrived'), 'the photograph to arrive', 60_000);
    await page.goto(`${server.address}/waiting`);
    await page.getByText('ありません。すべて送りました。').waitFor();
  });
});

async function firstIncident(): Promise<string> {
  return (await town.house.stair.pool.query<{ id: string }>("select id from noun where noun = 'incident' limit 1")).rows[0]!.id;
}
