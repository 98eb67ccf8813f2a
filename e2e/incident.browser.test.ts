import { amendOrganization } from '@noroshi/features/directory';
import { revisePlan } from '@noroshi/features/incident';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { violations } from './looking.ts';
import { openTalkHouse } from './talk-house.ts';

let browser: Browser;
let town: Awaited<ReturnType<typeof openTalkHouse>>;
beforeAll(async () => {
  [browser, town] = await Promise.all([openBrowser(), openTalkHouse()]);
  const { seiyo, saijo, iyo } = town.orgs;
  const place = (id: string, code: string, name: string, short: string, row: number, column: number) =>
    town.does('system', amendOrganization, { id, code, name, kana: '', romaji: '', short, kind: 'city', tile: { row, column } });
  await place(seiyo, '382141', '西予市', '西予', 6, 2);
  await place(saijo, '382060', '西条市', '西条', 3, 5);
  await place(iyo, '382108', '伊予市', '伊予', 4, 2);
  const row = (affected: string, assumed: boolean, ...supporters: string[]) => ({ affected, supporters: supporters.map((org) => ({ org, assumed })) });
  await town.does('hanako', revisePlan, { seen: 0, name: '2018年度', from: '2018-04-01', rows: [row(seiyo, true, saijo, iyo), row(saijo, false, iyo, seiyo), row(iyo, false, saijo, seiyo)] });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town?.close();
});

const spills = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe('a disaster in a browser', () => {
  it('I1 is opened by the hit town itself; everyone sees the band and their own part, and the prefecture sees who takes over', async () => {
    const taro = await town.enter(browser, 'taro', { path: '/incident/open' });
    const aoi = await town.enter(browser, 'aoi', { path: '/' });
    const hanako = await town.enter(browser, 'hanako', { path: '/', desk: true });
    // The town's own tile is chosen; another is not his to press.
    await taro.locator('.tile[aria-pressed="true"]', { hasText: '西予' }).waitFor();
    await taro.locator('.tile', { hasText: '西条' }).click();
    await taro.getByText('西予市のことだけ開けます').waitFor();
    await taro.getByLabel('名前').fill('平成30年7月豪雨');
    expect(await violations(taro)).toEqual([]);
    await taro.locator('.foot .btn.main').click();
    const sheet = taro.getByRole('dialog');
    await sheet.getByText('「グループC」の4人に、緊急として載せます。画面を開いているときに届きます').waitFor();
    expect(await violations(taro)).toEqual([]);
    await sheet.getByRole('button', { name: '災害を開き、3市町と県のトークに載せる' }).click();
    await taro.getByRole('heading', { name: '平成30年7月豪雨' }).waitFor();
    await taro.getByText('被害を知らせる').waitFor();

    await aoi.locator('.band.incident', { hasText: '西条市は 一次支援（西予市へ）' }).click();
    await aoi.getByText('要請が来たら、30分以内に派遣を決める').waitFor();
    await aoi.getByText('仮定').first().waitFor();
    expect(await violations(aoi)).toEqual([]);
    // Saijo is hit too, and says so itself: Iyo takes over, on every screen.
    await aoi.getByRole('link', { name: '西条市も被災した' }).click();
    await aoi.getByText('西条市も被災したため、伊予市が一次支援を引き継ぎます').first().waitFor({ state: 'attached' });
    await aoi.locator('.foot .btn.main').click();
    // It asks as opening does: whom it tells.
    await aoi.getByRole('dialog').getByText('「グループC」の4人に、緊急として載せます').waitFor();
    expect(await violations(aoi)).toEqual([]);
    await aoi.getByRole('dialog').locator('.btn.main').click();
    await aoi.locator('.band.incident', { hasText: '西条市は 被災' }).waitFor();
    await hanako.locator('.band.incident', { hasText: '被災 西予市・西条市' }).click();
    await hanako.getByText('西条市も被災したため、伊予市が一次支援を引き継ぎます').waitFor();
    expect(await violations(hanako)).toEqual([]);

    await hanako.getByRole('button', { name: '終了する' }).click();
    await hanako.getByRole('button', { name: '「平成30年7月豪雨」を終了する' }).click();
    await aoi.locator('.band.incident').waitFor({ state: 'detached' });
    for (const page of [taro, aoi, hanako]) await page.context().close();
  });

  it('I8 is opened as a drill by the prefecture: purple everywhere, and the guest learns nothing', async () => {
    const hanako = await town.enter(browser, 'hanako', { path: '/incident/open', desk: true });
    const ken = await town.enter(browser, 'ken', { path: '/', theme: 'dark' });
    const mika = await town.enter(browser, 'mika', { path: '/' });
    await hanako.getByRole('radio', { name: '訓練' }).check();
    await hanako.locator('.tile', { hasText: '西予' }).click();
    await hanako.locator('.foot .btn.main').click();
    await hanako.getByRole('dialog').getByText('ふだんのトークには何も残りません').waitFor();
    // While the next screen is on its way the one before stays as it was: neither a drill turned real nor another disaster's door.
    const coming = Promise.withResolvers<void>();
    await hanako.route('**/assets/IncidentPage-*', async (route) => {
      await coming.promise;
      await route.continue();
    });
    await hanako.getByRole('dialog').locator('.btn.main').click();
    await hanako.waitForURL(/\/incident\/[0-9a-f-]{36}$/);
    await hanako.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    expect(await hanako.locator('.drillband').isVisible()).toBe(true);
    expect(await hanako.getByRole('radio', { name: '訓練', checked: true }).count()).toBe(1);
    expect(await hanako.locator('a[href$="/widen"]').count()).toBe(0);
    coming.resolve();
    await hanako.getByRole('link', { name: '被災市町を加える' }).waitFor();
    await hanako.locator('.drillband').waitFor();
    expect(await violations(hanako)).toEqual([]);
    await ken.locator('.band.drill-on', { hasText: '伊予市は 二次支援' }).click();
    await ken.locator('.drillband').waitFor();
    expect(await violations(ken)).toEqual([]);
    expect(await mika.locator('.band.incident, .drillband').count()).toBe(0);
    for (const page of [hanako, ken, mika]) await page.context().close();
  });

  it('P4 shows the plan to all, and lets the prefecture write the next version, checked while it is written', async () => {
    const ken = await town.enter(browser, 'ken', { path: '/plan' });
    await ken.getByText('いま有効').waitFor();
    expect(await ken.getByRole('link', { name: '新しい版を書く' }).count()).toBe(0);
    expect(await violations(ken)).toEqual([]);
    const hanako = await town.enter(browser, 'hanako', { path: '/plan', desk: true });
    await hanako.getByRole('link', { name: '新しい版を書く' }).click();
    await hanako.getByLabel('版の名前').fill('2019年度');
    await hanako.getByRole('textbox', { name: '一次支援の回答期限（分）' }).fill('45');
    await hanako.getByRole('button', { name: /^伊予市/ }).click();
    const sheet = hanako.getByRole('dialog');
    await sheet.getByRole('button', { name: '西条市を外す' }).click();
    await sheet.getByRole('button', { name: '西予市を外す' }).click();
    await sheet.getByText('伊予市を支援する市町がありません').waitFor();
    expect(await violations(hanako)).toEqual([]);
    // Half written, it survives the page.
    await hanako.reload();
    await expect.poll(() => hanako.getByLabel('版の名前').inputValue()).toBe('2019年度');
    await hanako.locator('.foot .btn.main').click();
    await hanako.locator('.foot').getByText('伊予市を支援する市町がありません').waitFor();
    await hanako.locator('.side').getByRole('button', { name: /伊予市を支援する/ }).click();
    await sheet.getByLabel('支援市町を加える').selectOption({ label: '西条市' });
    await sheet.getByRole('button', { name: '閉じる' }).last().click();
    await hanako.getByRole('button', { name: '第2版として保存する' }).click();
    await hanako.getByText('2019年度（第2版）').first().waitFor();
    await ken.getByText('2019年度（第2版）').first().waitFor();
    await ken.getByText('一次支援市は、要請から45分以内に答えます').waitFor();
    // What the primary reads before anything has happened is the plan's own number.
    await hanako.goto(`${town.address}/incident/open`);
    await hanako.locator('.tile', { hasText: '西予' }).click();
    await hanako.locator('.side').getByText('45分以内に派遣を決める').waitFor();
    for (const page of [ken, hanako]) await page.context().close();
  });

  it.each([['ja', '100'], ['en', '100'], ['ja', '200']] as const)('fits a phone in %s at %s percent, without a spill', async (language, text) => {
    for (const path of ['/incident/open', '/incident', '/plan', '/plan/edit']) {
      const page = await town.enter(browser, 'hanako', { path, language, text });
      await page.locator('main :is(.tile, .item, .room, .field-label, .empty)').first().waitFor();
      expect(await spills(page), path).toBeLessThanOrEqual(0);
      expect(await violations(page), path).toEqual([]);
      await page.context().close();
    }
  });
});
