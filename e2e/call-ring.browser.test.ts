import { openRoom } from '@noroshi/features/talk';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { looksRight } from './looking.ts';
import { fresh, openTalkHouse } from './talk-house.ts';

let browser: Browser;
let town: Awaited<ReturnType<typeof openTalkHouse>>;
beforeAll(async () => {
  [browser, town] = await Promise.all([openBrowser('--use-fake-device-for-media-stream=fps=3', '--use-fake-ui-for-media-stream'), openTalkHouse()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town?.close();
});

it('CA15 whoever calls is told by name whom no device rings, with their telephone; a guest is told nothing of it', async () => {
  const room = fresh();
  await town.does('aoi', openRoom, { id: room, kind: 'purpose', name: '広島県との連絡', short: '広島', orgs: [], people: [town.actors.taro.person, town.actors.mika.person] });
  // Taro has a screen open; Ken and Hanako have nothing.
  const taro = await town.enter(browser, 'taro', { path: '/' });
  await taro.locator('.tabs').waitFor();
  const aoi = await town.enter(browser, 'aoi', { path: `/call/${town.groupC}` });
  const says = aoi.getByText('呼び出せる端末がありません：');
  await says.waitFor();
  const names = (await says.textContent())!.split('：')[1]!;
  expect([names.includes('渡部 花子さん'), names.includes('向井 健さん'), names.includes('兵頭')]).toEqual([true, true, false]);
  // What is said of some is said of those alone whom one calls.
  await aoi.locator('label', { hasText: '選んで呼ぶ' }).click();
  await says.waitFor({ state: 'detached' });
  await aoi.locator('label', { hasText: '兵頭 太郎' }).click();
  await aoi.locator('label', { hasText: '向井 健' }).click();
  await says.waitFor();
  expect(await says.textContent()).toBe('呼び出せる端末がありません：向井 健さん');
  await aoi.getByRole('link', { name: '向井 健さんの電話番号' }).scrollIntoViewIfNeeded();
  await looksRight(aoi, 'call-no-device');
  // While they are rung in vain it stands there too.
  await aoi.getByRole('button', { name: /人を.*呼ぶ/ }).first().click();
  await aoi.getByText('まだだれも入っていません。').waitFor();
  await says.waitFor();
  expect(await says.textContent()).toBe('呼び出せる端末がありません：向井 健さん');
  await looksRight(aoi, 'call-no-device-within');
  await aoi.getByRole('link', { name: '向井 健さんの電話番号' }).click();
  await aoi.getByText('090-0000-0001').first().waitFor();
  // Aoi has no call in the other room: Mika may begin one, and learns nothing of whose screens are open.
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'ja-JP', serviceWorkers: 'block' });
  const asked: string[] = [];
  context.on('request', (request) => void asked.push(new URL(request.url()).pathname));
  const mika = await town.enter(browser, 'mika', { context, path: `/call/${room}` });
  await mika.getByText('だれを呼びますか').first().waitFor();
  await mika.getByText('この回線').waitFor();
  expect([await mika.getByText('呼び出せる端末がありません').count(), asked.filter((path) => path.includes('call.rings'))]).toEqual([0, []]);
}, 120_000);
