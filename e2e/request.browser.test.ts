import type axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { focused, pressOn, typeIn } from './keys.ts';
import { bringAxe } from './looking.ts';
import { flood, openTalkHouse } from './talk-house.ts';

let browser: Browser;
let town: Awaited<ReturnType<typeof openTalkHouse>>;
beforeAll(async () => {
  [browser, town] = await Promise.all([openBrowser(), openTalkHouse()]);
  await flood(town, true);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town?.close();
});

const violations = async (page: Page): Promise<string[]> => {
  await bringAxe(page);
  return page.evaluate(async () => {
    const { violations: found } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return found.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3).join(' | ')}`);
  });
};
const spills = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
/** The four numbers as they stand under the title of a talk. */
const strip = (page: Page) => page.locator('.strip');
/** Looked at by everyone: bright and dark, at twice the size, by a reader of the page. */
async function holds(page: Page): Promise<void> {
  const view = page.viewportSize()!;
  // So high that nothing lies under the tabs at the foot: what one scrolls to is not covered.
  if (view.width < 900) await page.setViewportSize({ ...view, height: 3_000 });
  expect(await violations(page)).toEqual([]);
  for (const [name, value] of [['theme', 'dark'], ['text', '200']] as const) {
    await page.evaluate(([key, to]) => { document.documentElement.dataset[key!] = to!; }, [name, value]);
    expect(await spills(page), `${page.url()} ${value}`).toBeLessThanOrEqual(0);
    if (name === 'theme') expect(await violations(page)).toEqual([]);
    await page.evaluate((key) => { delete document.documentElement.dataset[key]; }, name);
  }
  await page.setViewportSize(view);
}

describe('a hit town asks for staff', () => {
  it('in four taps; the primary answers for ten, a secondary sees six coming and commits them, and headquarters sees nobody missing', async () => {
    const taro = await town.enter(browser, 'taro');
    let taps = 0;
    const tap = async (what: ReturnType<Page['locator']>): Promise<void> => { taps++; await what.click(); };
    // The way to ask stands under the title of a hit town's talk, and under ＋ wherever one asks again.
    await tap(taro.locator('.strip', { hasText: '応援を要請する' }));
    await tap(taro.getByRole('checkbox', { name: '避難所運営' }));
    await taro.getByRole('textbox', { name: '避難所運営' }).fill('12');
    await holds(taro);
    await tap(taro.getByRole('checkbox', { name: '住家被害調査' }));
    await taro.getByRole('textbox', { name: '住家被害調査' }).fill('4');
    expect(await taro.getByText('すぐ届く先').locator('..').innerText()).toContain('一次 西条市');
    await tap(taro.getByRole('button', { name: '要請を送る' }));
    expect(taps).toBe(4);
    await strip(taro).getByText('不足 16').waitFor();
    const card = taro.locator('article.req');
    await card.getByText('C-西予-001').waitFor();
    await card.getByText('西予市に あと16人 足りません').waitFor();

    const ken = await town.enter(browser, 'ken');
    await ken.locator('article.req').getByText('見込み 16人').waitFor();
    const hanako = await town.enter(browser, 'hanako', { desk: true, path: '/request' });
    await hanako.locator('a.owe', { hasText: 'C-西予-001' }).click();
    await hanako.getByRole('region', { name: '業務ごと、支援市町ごとの回答' }).waitFor();

    const aoi = await town.enter(browser, 'aoi');
    await aoi.locator('article.req').getByRole('link', { name: '回答する' }).click();
    await aoi.getByRole('textbox', { name: '避難所運営' }).fill('10');
    await aoi.getByRole('textbox', { name: '住家被害認定調査' }).fill('0');
    await aoi.getByText('この業務は不可と答える').waitFor();
    // No reason is given that nobody chose.
    await aoi.getByRole('button', { name: '10人の派遣を決定する' }).click();
    await aoi.getByText('理由を選んでください').waitFor();
    await aoi.getByRole('radio', { name: '該当する職種がいない' }).click();
    await holds(aoi);
    await aoi.getByRole('button', { name: '10人の派遣を決定する' }).click();
    await strip(aoi).getByText('不足 6').waitFor();
    // One press, one line in the talk.
    await aoi.getByText('西条市が10人の派遣を決定（ほか1件は不可）。不足 あと6人').waitFor();
    expect(await aoi.getByText('西条市は不可').count()).toBe(0);

    await ken.locator('article.req').getByText('見込み 6人').waitFor();
    await ken.locator('article.req').getByText(/までに答えてください/).waitFor();
    await ken.locator('article.req').getByRole('link', { name: '回答する' }).click();
    expect(await ken.getByRole('textbox', { name: '避難所運営' }).inputValue()).toBe('2');
    expect(await ken.getByRole('textbox', { name: '住家被害認定調査' }).inputValue()).toBe('4');
    await ken.getByText('不足 0（充足）').waitFor();
    await ken.getByRole('button', { name: '6人の派遣を決定する' }).click();

    const numbers = hanako.locator('.four.big dd');
    await hanako.locator('.four.big .full').waitFor();
    expect(await numbers.allTextContents()).toEqual(['16', '16', '0', '0']);
    await hanako.locator('.side').getByText('決定 6人').waitFor();
    await holds(hanako);
    await strip(taro).getByText('不足 0').waitFor();
    for (const page of [taro, ken, aoi, hanako]) await page.context().close();
  });

  it('by keys alone one asks and answers; shows a pledge made out of reach as 仮 until the server has it', async () => {
    const taro = await town.enter(browser, 'taro');
    await taro.goto(`${town.address}/request/new?room=${town.groupC}`);
    await pressOn(taro, taro.getByRole('checkbox', { name: '応急給水' }), 'Space');
    await typeIn(taro, taro.getByRole('textbox', { name: '応急給水' }), '3');
    await pressOn(taro, taro.getByRole('button', { name: '3人の要請を送る' }));
    const aoi = await town.enter(browser, 'aoi', { installs: true });
    const card = aoi.locator('article.req', { hasText: 'C-西予-002' });
    await pressOn(aoi, card.getByRole('link', { name: '回答する' }));
    await aoi.getByRole('button', { name: '3人の派遣を決定する' }).waitFor();
    const id = aoi.url().split('/').at(-2)!;
    await aoi.context().setOffline(true);
    await pressOn(aoi, aoi.getByRole('button', { name: '3人の派遣を決定する' }));
    await card.getByText('仮', { exact: true }).waitFor();
    await card.getByText('送信待ち').waitFor();
    expect(await card.locator('.four dd').allTextContents()).toEqual(['3', '3', '0', '0']);
    await taro.goto(`${town.address}/request/${id}`);
    await taro.locator('.four.big .lack').waitFor();
    expect(await taro.locator('.four.big dd').allTextContents()).toEqual(['3', '0', '0', '3']);
    await aoi.context().setOffline(false);
    await taro.locator('.four.big .full').waitFor();
    await card.getByText('仮', { exact: true }).waitFor({ state: 'detached' });
    await holds(taro);
    // The longest of all, with the deadline and both buttons at its foot.
    const ken = await town.enter(browser, 'ken', { path: `/request/${id}` });
    await ken.locator('.four.big .full').waitFor();
    await holds(ken);
    for (const page of [taro, aoi, ken]) await page.context().close();
  });

  it('says it better later: a second report with what changed, and people on their way', async () => {
    const taro = await town.enter(browser, 'taro', { desk: true, path: '/request' });
    await taro.locator('a.owe', { hasText: '応急給水' }).click();
    await taro.getByRole('button', { name: /受け入れる/ }).first().click();
    await taro.getByText(/受諾 \d\d:\d\d/).first().waitFor();
    await taro.getByRole('link', { name: '変更する（第2報）' }).first().click();
    await taro.locator('details.request-fold', { hasText: '場所と期間' }).locator('summary').click();
    await taro.getByRole('textbox', { name: '集合場所' }).fill('西予市役所 本庁');
    await taro.getByRole('textbox', { name: '何人' }).first().fill('4');
    await holds(taro);
    await taro.getByRole('button', { name: '第2報を送る' }).click();
    await taro.locator('.side .changed', { hasText: '4人' }).waitFor();
    expect(await taro.locator('.four.big dd').allTextContents()).toEqual(['4', '3', '0', '1']);
    await pressOn(taro, taro.getByRole('button', { name: /出発・到着を記録/ }).first());
    const sheet = taro.getByRole('dialog');
    await sheet.waitFor();
    await pressOn(taro, sheet.getByRole('radio').first(), 'ArrowDown');
    await expect.poll(() => sheet.getByRole('radio', { name: '到着', exact: true }).isChecked()).toBe(true);
    await pressOn(taro, sheet.getByRole('button', { name: '到着 3人と記録する' }));
    await sheet.waitFor({ state: 'detached' });
    expect(await focused(taro)).not.toBe('body');
    await taro.getByText('到着 3人').first().waitFor();
    expect(await taro.locator('.four.big dd').allTextContents()).toEqual(['4', '3', '3', '1']);
    await taro.context().close();
  });
});
