import { imported, type Imported } from '@noroshi/features/past';
import { roomStream } from '@noroshi/foundations/sync';
import { storedFile, type StoredFile } from '@noroshi/foundations/files';
import { createHash } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { openEhime } from './ehime-house.ts';
import { looksRight } from './looking.ts';

let browser: Browser;
let town: Awaited<ReturnType<typeof openEhime>>;
beforeAll(async () => {
  [browser, town] = await Promise.all([openBrowser(), openEhime()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town?.close();
});

const saved = [
  'グループC のトーク履歴', '', '2017/09/17(日)',
  '13:05\t渡部 花子\t台風18号は夕方に上陸の見込みです。', '17:58\t消防団 山本\t"避難所は6か所です。\n避難者は41人です。"', '18:03\t消防団 山本\t[写真]', '25:00\t消防団 山本\tこの時刻はない',
  ...Array.from({ length: 140 }, (_, i) => `${19 + Math.floor(i / 60)}:${String(i % 60).padStart(2, '0')}\t兵頭 太郎\t水位の報告 ${i}`),
].join('\r\n');

it('P10 P11 P12 an administrator looks at what a file would come to, brings it, and a deputy mayor reads and finds it on a phone', async () => {
  const hanako = await town.enter(browser, 'hanako', { path: `/past?place=${town.groupC}`, desk: true });
  const file = { name: 'グループC.txt', mimeType: 'text/plain', buffer: Buffer.from(`\uFEFF${saved}`) };
  await hanako.getByLabel('ファイルを選ぶ').setInputFiles(file);
  await hanako.getByText('まだ何も移行していません').waitFor();
  await hanako.getByText(/移行しない行を見る（2）/).click();
  await hanako.getByText('日時を読み取れません').waitFor();
  await looksRight(hanako, 'past-trial-desk');
  await hanako.getByRole('button', { name: '143件を移行する' }).click();
  await hanako.getByText('143件を移行しました').waitFor();
  const past = (town.house.stair.memory.of(roomStream(town.groupC), imported.noun)[0]!.value as Imported);
  expect(past).toMatchObject({ state: 'whole', lines: 143, pages: 2, left: 2, name: 'グループC.txt' });
  // The file follows by itself, byte for byte.
  const its = (): StoredFile | undefined => town.house.stair.memory.of(roomStream(town.groupC), storedFile.noun).map(({ value }) => value as StoredFile).find(({ of }) => of === past.id);
  await expect.poll(() => its()?.state).toBe('arrived');
  expect(its()!.sha256).toBe(createHash('sha256').update(file.buffer).digest('hex'));
  expect(JSON.stringify(past)).not.toContain(its()!.sha256);

  // The same file once more: nothing is to be brought.
  await hanako.goto(`${town.address}/past?place=${town.groupC}`);
  await hanako.getByLabel('ファイルを選ぶ').setInputFiles(file);
  await hanako.getByText('このファイルはここに移行済みです').waitFor();

  const taro = await town.enter(browser, 'taro', { path: `/talk/${town.groupC}/info` });
  await taro.getByRole('link', { name: '移行した記録を読む' }).click();
  await taro.getByText('グループC.txt').waitFor();
  expect(await taro.getByRole('button', { name: 'この移行を取り消す' }).count()).toBe(0);
  await looksRight(taro, 'past-list-phone');
  await taro.getByRole('link', { name: '読む', exact: true }).click();
  await taro.getByText('避難者は41人です。').waitFor();
  await taro.getByText('ここで言われたものではありません').waitFor();
  await looksRight(taro, 'past-read-phone');
  await taro.getByRole('button', { name: '次の頁' }).first().click();
  await taro.getByText('水位の報告 139').waitFor();
  await taro.goto(`${town.address}/search?q=${encodeURIComponent('水位の報告 139')}`);
  await taro.getByRole('link', { name: /水位の報告 139/ }).click();
  await taro.locator('li.found', { hasText: '水位の報告 139' }).waitFor();
});

it('P13 who is a guest in the room is named, and it is brought only when that is meant', async () => {
  const hanako = await town.enter(browser, 'hanako', { path: `/past?place=${town.guestRoom}` });
  await hanako.getByLabel('ファイルを選ぶ').setInputFiles({ name: '移行先.txt', mimeType: 'text/plain', buffer: Buffer.from(saved) });
  await hanako.getByRole('button', { name: '143件を移行する' }).click();
  await hanako.getByText('読めるようにしてよいか、確かめてください').waitFor();
  await looksRight(hanako, 'past-readers-phone');
  await hanako.getByLabel(/佐々木 美香/).check();
  await hanako.getByRole('button', { name: '143件を移行する' }).click();
  await hanako.getByText('143件を移行しました').waitFor();
});
