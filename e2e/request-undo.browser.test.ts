import { request as requestNoun, type DispatchRequest } from '@noroshi/features/request';
import { roomStream } from '@noroshi/foundations/sync';
import { until } from '@noroshi/foundations/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { shot, violations } from './looking.ts';
import { flood, openTalkHouse } from './talk-house.ts';

let browser: Browser;
let town: Awaited<ReturnType<typeof openTalkHouse>>;
beforeAll(async () => {
  [browser, town] = await Promise.all([openBrowser(), openTalkHouse()]);
  await flood(town, false);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town?.close();
});

const all = (): DispatchRequest[] => town.house.stair.memory.of(roomStream(town.groupC), requestNoun.noun).map((doc) => doc.value as DispatchRequest);

describe('for ten seconds after sending', () => {
  const write = async (page: Page, count: string): Promise<void> => {
    await page.goto(`${town.address}/request/new?room=${town.groupC}`);
    await page.getByRole('checkbox', { name: '応急給水' }).click();
    await page.getByRole('textbox', { name: '応急給水' }).fill(count);
    await page.getByRole('button', { name: /の要請を/ }).click();
  };

  it('取り消す takes back what was sent, everyone is told, and the words are a draft again', async () => {
    const taro = await town.enter(browser, 'taro');
    await write(taro, '90');
    const undo = taro.locator('.request-undo');
    await undo.getByRole('button', { name: '取り消す' }).waitFor();
    expect(await violations(taro, '.request-undo')).toEqual([]);
    await shot(taro, 'request-undo');
    await undo.getByRole('button', { name: '取り消す' }).click();
    await undo.getByText('届いた人には、取り下げを知らせます').waitFor();
    await until(() => all().at(-1)?.closed?.as === 'cancelled', 'the request to be taken back');
    expect(all().at(-1)!.lines[0]!.count).toBe(90);
    await undo.getByRole('link', { name: '書いた内容を開く' }).click();
    expect(await taro.getByRole('textbox', { name: '応急給水' }).inputValue()).toBe('90');
    await taro.context().close();
  });

  it('without a line it never leaves the device, and nobody hears of it', async () => {
    const before = all().length;
    const taro = await town.enter(browser, 'taro', { installs: true, path: `/talk/${town.groupC}` });
    await taro.getByRole('button', { name: '加える' }).first().click();
    await taro.getByRole('link', { name: '応援要請' }).last().click();
    await taro.getByRole('checkbox', { name: '応急給水' }).waitFor();
    await taro.context().setOffline(true);
    // Only when the line is known to be down does nothing go out any more.
    await taro.getByText(/圏外/).first().waitFor({ timeout: 40_000 });
    await taro.getByRole('checkbox', { name: '応急給水' }).check();
    await taro.getByRole('textbox', { name: '応急給水' }).fill('80');
    await taro.getByRole('button', { name: /の要請を/ }).click();
    await taro.locator('.request-undo').getByRole('button', { name: '取り消す' }).click();
    await taro.getByText('まだ送られていなかったので、誰にも届いていません').waitFor();
    await taro.context().setOffline(false);
    // Something said afterwards is heard; the request was not before it.
    await taro.getByRole('textbox', { name: 'メッセージ' }).fill('やはり要請は見合わせます');
    await taro.getByRole('button', { name: '送信' }).first().click();
    const aoi = await town.enter(browser, 'aoi', { path: `/talk/${town.groupC}` });
    await aoi.getByText('やはり要請は見合わせます').waitFor();
    expect(all()).toHaveLength(before);
    for (const page of [taro, aoi]) await page.context().close();
  });

  it('and then no longer; on the request itself it stays possible', async () => {
    const taro = await town.enter(browser, 'taro');
    await write(taro, '1');
    await taro.locator('.request-undo').waitFor();
    await taro.locator('.request-undo').waitFor({ state: 'detached' });
    await taro.goto(`${town.address}/request/${all().at(-1)!.id}`);
    await taro.getByRole('button', { name: '取り下げる' }).filter({ visible: true }).first().waitFor();
    await taro.context().close();
  });
});
