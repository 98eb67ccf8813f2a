import { amendOrganization, type Organization } from '@noroshi/features/directory';
import { openRoom } from '@noroshi/features/talk';
import { storedFile, type StoredFile } from '@noroshi/foundations/files';
import type { Id } from '@noroshi/foundations/kernel';
import { roomStream } from '@noroshi/foundations/sync';
import { CuttableProxy } from '@noroshi/foundations/testing';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { looksRight, shot } from './looking.ts';
import { fresh, openTalkHouse } from './talk-house.ts';

type Town = Awaited<ReturnType<typeof openTalkHouse>>;
interface House { readonly town: Town; readonly way: CuttableProxy; readonly room: Id }

const flood = join(import.meta.dirname, '../apps/server/demo/photos/flood.jpg');
let browser: Browser;
let ehime: House;
let hiroshima: House;

/** A whole house, and the way by which its neighbour reaches it. */
async function opens(room: string): Promise<House> {
  const way = await CuttableProxy.before(0);
  const town = await openTalkHouse({ partners: { address: `http://127.0.0.1:${way.port}`, inside: ['127.0.0.0/8'] } });
  way.leadsTo(Number(new URL(town.address).port));
  const id = fresh();
  await town.does('hanako', openRoom, { id, kind: 'purpose', name: room, short: '応', orgs: [], people: [town.actors.taro.person] });
  return { town, way, room: id };
}

beforeAll(async () => {
  [browser, ehime, hiroshima] = await Promise.all([openBrowser(), opens('広島県との応援調整'), opens('愛媛県支援室')]);
  const { town } = hiroshima;
  for (const [id, name, short] of [[town.orgs.hiroshima, '島根県', '島根'], [town.orgs.ehime, '広島県', '広島']] as const) {
    await town.does('hanako', amendOrganization, { ...town.house.stair.memory.get('organization', id)!.value as Organization, name, short });
  }
}, 120_000);
afterAll(async () => {
  await browser?.close();
  for (const house of [ehime, hiroshima]) {
    await house?.town.close();
    await house?.way.close();
  }
});

/** Each message of the talk on this screen: from whom, and what. The lines of the hotline itself are left out. */
const talk = (page: Page): Promise<string[]> => page.locator('.said-row').evaluateAll((rows) => rows.map((row) => `${row.textContent?.includes('外部') ? '外部 ' : ''}${row.querySelector('.bubble')?.textContent ?? ''}`.trim()).filter((words) => /報/.test(words)));
const says = async (page: Page, words: string): Promise<void> => {
  await page.locator('.composer textarea').fill(words);
  await page.getByRole('button', { name: '送信' }).click();
};

describe('the neighbour prefecture', () => {
  it('FD1 FD30 two administrators read numbers to each other and share a room; through a cut line each thing said comes once, in order, with 外部, and a photograph goes on where it was', async () => {
    const here = await ehime.town.enter(browser, 'hanako', { path: '/partners', desk: true });
    const there = await hiroshima.town.enter(browser, 'hanako', { path: '/partners' });
    const cards = [await here.locator('.partner-card').textContent(), await there.locator('.partner-card').textContent()] as const;
    for (const [page, card] of [[here, cards[1]], [there, cards[0]]] as const) {
      await page.getByLabel('相手の名刺の文').fill(`${card}`);
      await page.getByRole('button', { name: '名刺を読み込む' }).click();
      await page.getByText('電話の確認待ち').waitFor();
    }
    // What the one reads out is what the other compares.
    const numbers = (page: Page, which: string): Promise<string[]> => page.getByRole('list', { name: which, exact: true }).getByRole('listitem').allTextContents();
    expect(await numbers(here, '広島県の確認番号')).toEqual(await numbers(there, 'こちらの確認番号'));
    expect(await numbers(there, '愛媛県の確認番号')).toEqual(await numbers(here, 'こちらの確認番号'));
    await looksRight(there, 'partners-phone');
    for (const page of [here, there]) {
      await page.getByLabel('電話で話した相手').fill('危機管理監 田中');
      await page.getByRole('button', { name: '電話で確かめた' }).click();
      await page.getByText('確認ずみ').waitFor();
    }
    await here.getByRole('combobox', { name: 'トーク' }).selectOption('広島県との応援調整');
    await looksRight(here, 'partners-desk');
    await here.getByRole('button', { name: '共有を申し入れる' }).click();
    await there.getByLabel('こちらのどのトークにしますか').selectOption('愛媛県支援室');
    await shot(there, 'partners-ask');
    await there.getByRole('button', { name: '受け入れて共有する' }).click();
    await there.getByText('共有中', { exact: true }).waitFor();

    const [taro, other] = [await ehime.town.enter(browser, 'taro', { path: `/talk/${ehime.room}` }), await hiroshima.town.enter(browser, 'taro', { path: `/talk/${hiroshima.room}`, theme: 'dark' })];
    await taro.getByText('広島県の狼煙と共有中').waitFor();
    await other.getByText('愛媛県の狼煙と共有中').waitFor();
    await taro.getByText('書いたことは広島県にも届きます').waitFor();
    for (const { way } of [ehime, hiroshima]) way.cut({ stay: true });
    const words = ['第1報', '第2報', '第3報'];
    for (const word of words) {
      await says(taro, `愛媛 ${word}`);
      await says(other, `広島 ${word}`);
    }
    await expect.poll(() => talk(taro)).toEqual(words.map((word) => `愛媛 ${word}`));
    for (const { town } of [ehime, hiroshima]) town.passes(60_000);
    const [late, rows] = [taro.locator('.shared-strip').getByText(/^広島県に未着/), taro.locator('.said-row', { hasText: '広島県に未着' })];
    await late.waitFor();
    await expect.poll(() => rows.count()).toBe(words.length);
    await looksRight(taro, 'shared-talk-cut');
    for (const { way, town } of [ehime, hiroshima]) {
      way.mend();
      town.passes(11 * 60_000);
    }
    await expect.poll(() => talk(taro)).toEqual([...words.map((word) => `愛媛 ${word}`), ...words.map((word) => `外部 広島 ${word}`)]);
    await expect.poll(() => talk(other)).toEqual([...words.map((word) => `広島 ${word}`), ...words.map((word) => `外部 愛媛 ${word}`)]);
    await late.waitFor({ state: 'detached' });
    await expect.poll(() => rows.count()).toBe(0);
    await looksRight(other, 'shared-talk-dark');

    // A photograph follows its words; the line breaks in the middle of it, and it goes on from there when the line is back.
    const broken = ehime.way.cutAfter(60_000);
    await taro.getByRole('button', { name: '加える' }).first().click();
    const choosing = taro.waitForEvent('filechooser');
    await taro.getByRole('button', { name: /写真を選ぶ/ }).click();
    await (await choosing).setFiles([flood]);
    await taro.getByRole('dialog', { name: '送るもの' }).getByRole('button', { name: '1件を加える' }).click();
    await says(taro, '愛媛 第4報 写真');
    await broken;
    await other.locator('.bubble', { hasText: '愛媛 第4報 写真' }).waitFor();
    await other.getByText('届くのを待っています').waitFor();
    const photographOf = ({ town, room }: House): StoredFile | undefined => town.house.stair.memory.of(roomStream(room), storedFile.noun).map(({ value }) => value as StoredFile)[0];
    const come = (await stat(join(hiroshima.town.dataFolder, 'uploads', photographOf(hiroshima)!.id))).size;
    expect([come > 0, come < photographOf(ehime)!.size, photographOf(hiroshima)!.state]).toEqual([true, true, 'awaited']);
    await looksRight(other, 'shared-photo-waits-dark');
    ehime.way.mend();
    hiroshima.town.passes(11 * 60_000);
    await other.getByText('届くのを待っています').waitFor({ state: 'detached' });
    await expect.poll(() => other.locator('.photo img').evaluateAll((all) => all.some((img) => (img as HTMLImageElement).naturalWidth > 0))).toBe(true);
    expect([photographOf(hiroshima)!.state, photographOf(hiroshima)!.sha256]).toEqual(['arrived', photographOf(ehime)!.sha256]);
    await looksRight(other, 'shared-photo-dark');
  });
});
