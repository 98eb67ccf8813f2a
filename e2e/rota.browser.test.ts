import { takeCard, cardIdOf } from '@noroshi/features/chase';
import { daysOf, monthOf, onDuty, roster, type Roster } from '@noroshi/features/rota';
import { answer, say } from '@noroshi/features/talk';
import { workspaceStream, type Deed } from '@noroshi/foundations/sync';
import { until } from '@noroshi/foundations/testing';
import type { Actor } from '@noroshi/foundations/kernel';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { enterAs, fresh, openEhime } from './ehime-house.ts';
import { keptHalfWritten, looksRight } from './looking.ts';

const hour = 3_600_000;
/** From tonight to the end of the month: nobody is put on duty for what is over. */
const nightsLeft = (now: number): number => daysOf(monthOf(now)).filter((day) => day + 32.5 * hour > now).length;
let browser: Browser;
let town: Awaited<ReturnType<typeof openEhime>>;
beforeAll(async () => {
  [browser, town] = await Promise.all([openBrowser(), openEhime()]);
  // Eight in the evening, or later, and not on one of the last nights of a month: then there is one night to be filled, or none to be handed on.
  const clock = (town.house.stair.now() + 9 * hour) % (24 * hour);
  town.passes(Math.max(0, 20 * hour - clock));
  if (nightsLeft(town.house.stair.now()) < 4) town.passes(4 * 24 * hour);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town?.close();
});

const actor = (key: string): Actor => town.actors.get(key)!;
const as = async <I>(who: Actor, deed: Deed<I, any> & { deed: string }, input: I): Promise<void> => {
  expect(await town.house.stair.submit(who, { id: fresh(), name: deed.deed, input })).toMatchObject({ ok: true });
};
const seiyo = (): Roster => town.house.stair.memory.of(workspaceStream, roster.noun).map(({ value }) => value as Roster).find(({ org }) => org === town.cast.taro.org)!;

describe('the rota on typhoon night', () => {
  it('DR5 DR2 an officer fills the nights of the month in turn; what is half written is there again', async () => {
    const rie = await enterAs(browser, town.address, actor('seiyo/disaster').person, { path: '/rota', desk: true });
    await rie.getByText('いまの当番は決まっていません。').waitFor();
    await rie.getByRole('link', { name: '当番表をつくる' }).click();
    for (const name of [/^三好 理恵/, /^兵頭 太郎/]) await rie.getByRole('checkbox', { name }).check();
    await rie.getByRole('button', { name: '空いている日に入れる' }).click();
    const now = town.house.stair.now();
    const nights = nightsLeft(now);
    await rie.locator('.rota-write li').nth(nights - 1).waitFor();
    expect(await rie.locator('.rota-write li').count()).toBe(nights);
    await rie.getByLabel(/の副$/).last().selectOption('なし');
    await keptHalfWritten(rie, actor('seiyo/disaster').person, '"shifts"');
    await rie.reload();
    await expect.poll(() => rie.locator('.rota-write li').count()).toBe(nights);
    await looksRight(rie, 'rota-edit-desk');
    await rie.getByRole('button', { name: 'この月の当番表にする' }).click();
    await rie.locator('.rota-turns li').nth(nights - 1).waitFor();
    await looksRight(rie, 'rota-month-desk');
    expect(seiyo().shifts).toHaveLength(nights);
    await rie.context().close();
  });

  it('DR3 DR6 whose turn it is reads it on Home, asks a colleague to take it over, and is relieved when they press', async () => {
    const [one] = onDuty(seiyo(), town.house.stair.now());
    const [mine, other] = one!.person === town.cast.taro.person ? ['seiyo/deputyHead', 'seiyo/disaster'] : ['seiyo/disaster', 'seiyo/deputyHead'];
    const tired = await enterAs(browser, town.address, actor(mine!).person);
    await tired.getByText(/いま、あなたが当番です/).click();
    await tired.getByRole('heading', { name: '自分の当番' }).waitFor();
    await looksRight(tired, 'rota-tonight-phone');
    await tired.getByRole('button', { name: /^代わってもらう/ }).first().click();
    await tired.getByRole('radio', { name: other === 'seiyo/disaster' ? /三好 理恵/ : /兵頭 太郎/ }).check();
    await looksRight(tired, 'rota-ask-phone');
    await tired.getByRole('button', { name: '頼む' }).click();
    await tired.getByText(/に頼んでいます/).first().waitFor();
    const fresher = await enterAs(browser, town.address, actor(other!).person, { path: '/rota' });
    await fresher.getByRole('button', { name: '代わる', exact: true }).click();
    await fresher.getByRole('button', { name: '代わる', exact: true }).waitFor({ state: 'detached' });
    await until(() => onDuty(seiyo(), town.house.stair.now())[0]?.person === actor(other!).person, 'the turn to be taken over');
    await tired.getByText(/もとは/).or(tired.getByText('副', { exact: true })).first().waitFor();
    await Promise.all([tired, fresher].map((page) => page.context().close()));
  });

  it('DR4 a phone card shows who else can be rung in that town tonight', async () => {
    const asks = await town.does('hanako', say, { room: town.groupC, text: '台風が近づいています。状況を知らせてください。', urgency: 'urgent' });
    await town.does('aoi', answer, { room: town.groupC, message: asks, answer: 'agreed' });
    // Whoever is neither on duty nor the deputy is the one that does not answer.
    const silent = actor('seiyo/personnel').person;
    await as(town.cast.hanako, takeCard, { room: town.groupC, noun: 'message', thing: asks, whom: silent });
    const page = await town.enter(browser, 'hanako', { path: `/chase/${cardIdOf(asks, silent)}` });
    await page.getByText(/^当番 .+さん/).waitFor();
    await page.getByText(/^副当番 .+さん/).waitFor();
    expect(await page.locator('.chase-duty a[href^="tel:"]').count()).toBeGreaterThan(1);
    await looksRight(page, 'rota-card-phone');
    await page.context().close();
  });
});
