import type axe from 'axe-core';
import { storedFile, type StoredFile } from '@noroshi/foundations/files';
import { takenIn } from '@noroshi/foundations/files/pictures';
import { roomStream } from '@noroshi/foundations/sync';
import { until } from '@noroshi/foundations/testing';
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { bringAxe } from './looking.ts';
import { openTalkHouse } from './talk-house.ts';

const MB = 1024 * 1024;
const flood = join(import.meta.dirname, '../apps/server/demo/photos/flood.jpg');

let browser: Browser;
let house: Awaited<ReturnType<typeof openTalkHouse>>;
let folder: string;

beforeAll(async () => {
  [browser, house, folder] = await Promise.all([openBrowser(), openTalkHouse(), mkdtemp(join(tmpdir(), '写真 '))]);
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
  await rm(folder, { recursive: true });
});

/** Picks files as a person does: ＋, then the way to them. */
async function pick(page: Page, way: '写真を選ぶ' | 'ファイル', paths: string[]): Promise<void> {
  await page.getByRole('button', { name: '加える' }).first().click();
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: new RegExp(way) }).click();
  await (await choosing).setFiles(paths);
}
const files = (): StoredFile[] => house.house.stair.memory.of(roomStream(house.groupC), storedFile.noun).map((doc) => doc.value as StoredFile);
const arrived = (name: RegExp): Promise<StoredFile> => until(() => files().find((file) => name.test(file.name) && file.state === 'arrived'), `${name} to arrive`, 60_000);
async function complaints(page: Page): Promise<unknown[]> {
  await bringAxe(page);
  const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
  return violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]);
}

/** A photograph as large as a phone's, with so much in it that it takes several pieces, and with the notes of the camera that took the flood. */
async function busyPhotograph(): Promise<string> {
  const page = await browser.newPage();
  const drawn = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [2_400, 1_800];
    const pen = canvas.getContext('2d')!;
    const data = pen.createImageData(2_400, 1_800);
    for (let i = 0; i < data.data.length; i++) data.data[i] = i % 4 === 3 ? 255 : Math.random() * 256;
    pen.putImageData(data, 0, 0);
    return canvas.toDataURL('image/jpeg', 0.8);
  });
  await page.close();
  const jpeg = Buffer.from(drawn.slice(drawn.indexOf(',') + 1), 'base64');
  const taken = await readFile(flood);
  const at = taken.indexOf('Exif\0\0') - 4;
  const path = join(folder, '現場.jpg');
  await writeFile(path, Buffer.concat([jpeg.subarray(0, 2), taken.subarray(at, at + 2 + taken.readUInt16BE(at + 2)), jpeg.subarray(2)]));
  return path;
}

describe('a photograph from a phone', () => {
  it('FL1 FL2 FL9 goes behind its words, over a line that breaks and an application that is killed, without its camera’s notes', async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'ja-JP', hasTouch: true });
    const taro = await house.enter(browser, 'taro', { context });
    const aoi = await house.enter(browser, 'aoi', { desk: true });
    const photograph = await busyPhotograph();
    expect(takenIn(await readFile(photograph), 0)).toHaveProperty('lat');
    await pick(taro, '写真を選ぶ', [photograph]);
    const sheet = taro.getByRole('dialog', { name: '送るもの' });
    await sheet.getByLabel('説明').fill('野村町の浸水');
    expect(await sheet.getByLabel(/撮影時刻/).isChecked()).toBe(true);
    // Where it was taken is not to be told.
    await sheet.getByLabel(/撮影場所/).uncheck();
    expect(await complaints(taro)).toEqual([]);
    await sheet.getByRole('button', { name: '1件を加える' }).click();
    // One writes on without looking for the field.
    await taro.locator('.composer textarea:focus').waitFor();
    await taro.keyboard.type('写真を送ります');

    let pieces = 0;
    await context.route('**/files/*/upload', (route) => (route.request().method() === 'PATCH' && ++pieces > 1 ? route.abort('connectionfailed') : route.continue()));
    await taro.getByRole('button', { name: '送信' }).first().click();
    await aoi.getByText('写真を送ります').last().waitFor();
    // The small picture is here before the photograph.
    await aoi.getByText('届くのを待っています').waitFor();
    await until(() => aoi.locator('.photo img').evaluateAll((all) => all.some((img) => (img as HTMLImageElement).src.endsWith('/thumb') && (img as HTMLImageElement).naturalWidth === 480)), 'Aoi to see the small picture');
    await taro.getByText(/送信中 \d+ %/).waitFor();
    expect(await complaints(taro)).toEqual([]);
    // The first piece is there when the second is tried.
    await until(() => Promise.resolve(pieces > 1), 'the second piece to be tried');
    await context.setOffline(true);
    await taro.close();
    expect(files().at(-1)).toMatchObject({ state: 'awaited', by: house.actors.taro.person });
    const come = await readFile(join(house.dataFolder, 'uploads', files().at(-1)!.id));
    expect(come.length).toBe(128 * 1024);

    await context.unroute('**/files/*/upload');
    await context.setOffline(false);
    const again = await house.enter(browser, 'taro', { context });
    const file = await arrived(/現場/);
    await again.getByText('送信中').waitFor({ state: 'detached' });
    await aoi.getByText('届くのを待っています').waitFor({ state: 'detached' });

    await aoi.getByRole('button', { name: '写真を大きく見る：野村町の浸水' }).click();
    const whole = aoi.getByRole('dialog').locator('img');
    await until(() => whole.evaluate((img) => (img as HTMLImageElement).naturalWidth === 1600), 'the whole photograph');
    expect(await aoi.getByRole('dialog').getByText('撮影').innerText()).toContain('07:42');
    expect(await aoi.getByRole('dialog').getByText('緯度').count()).toBe(0);
    expect(await complaints(aoi)).toEqual([]);

    // Nothing on the disk knows of the place or the camera.
    for (const name of await readdir(join(house.dataFolder, 'files'), { recursive: true, withFileTypes: true })) {
      if (!name.isFile()) continue;
      const bytes = await readFile(join(name.parentPath, name.name));
      expect(takenIn(bytes, 0)).toEqual({});
      expect(bytes.includes('Exif')).toBe(false);
    }
    expect(file).toMatchObject({ width: 1600, height: 1200, type: 'image/webp' });
    await context.close();
    await aoi.context().close();
  });

  it('FL7 that is none is sent as the file it is, and never drawn', async () => {
    const page = join(folder, '写真.jpg');
    await writeFile(page, '<!doctype html><script>document.title = "harm"</script>');
    const taro = await house.enter(browser, 'taro');
    await pick(taro, '写真を選ぶ', [page]);
    await taro.getByRole('dialog', { name: '送るもの' }).getByText('この端末では開けない写真です').waitFor();
    await taro.getByRole('button', { name: '1件を加える' }).click();
    await taro.getByRole('button', { name: '送信' }).first().click();
    const file = await arrived(/写真\.jpg/);
    expect(file).toMatchObject({ kind: 'file', type: 'application/octet-stream' });
    const downloading = taro.waitForEvent('download');
    await taro.goto(`${house.address}/files/${file.id}`).catch(() => undefined);
    expect((await downloading).suggestedFilename()).toBe('写真.jpg');
    await taro.context().close();
  });
});

describe('a file', () => {
  it('FL7 of 51 MB is refused and the words stay; of 49.9 MB it passes and comes back as it was', async () => {
    const large = join(folder, '大きい.bin');
    const right = join(folder, '図面（最終）.bin');
    await writeFile(large, randomBytes(51 * MB));
    const bytes = randomBytes(Math.floor(49.9 * MB));
    await writeFile(right, bytes);
    const taro = await house.enter(browser, 'taro', { desk: true });
    await taro.getByRole('textbox', { name: 'メッセージ' }).fill('図面を送ります');
    await pick(taro, 'ファイル', [large]);
    await taro.getByRole('alert').getByText('50 MB を超えるファイルは送れません').waitFor();
    expect(await taro.getByRole('button', { name: '0件を加える' }).getAttribute('aria-disabled')).toBe('true');
    await taro.keyboard.press('Escape');
    expect(await taro.getByRole('textbox', { name: 'メッセージ' }).inputValue()).toBe('図面を送ります');

    await pick(taro, 'ファイル', [right]);
    await taro.getByRole('button', { name: '1件を加える' }).click();
    await taro.getByRole('button', { name: '送信' }).last().click();
    await arrived(/図面/);
    const aoi = await house.enter(browser, 'aoi');
    const downloading = aoi.waitForEvent('download');
    await aoi.getByRole('link', { name: '図面（最終）.binを保存' }).click();
    const got = await downloading;
    expect(got.suggestedFilename()).toBe('図面（最終）.bin');
    const hash = createHash('sha256');
    for await (const part of createReadStream(await got.path())) hash.update(part as Buffer);
    expect(hash.digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
    await aoi.context().close();
    await taro.context().close();
  });
});
