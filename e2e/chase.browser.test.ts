import { cardIdOf, giveBackCard, phoneCard, run as runNoun, takeCard, type PhoneCard, type Run } from '@noroshi/features/chase';
import { addPerson } from '@noroshi/features/directory';
import { closeIncident, incident, type Incident } from '@noroshi/features/incident';
import { answer, say } from '@noroshi/features/talk';
import type { Actor } from '@noroshi/foundations/kernel';
import { roomStream, type Doc } from '@noroshi/foundations/sync';
import { until } from '@noroshi/foundations/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInstalled, openBrowser } from './browser.ts';
import { enterAs } from './ehime-house.ts';
import { misfits, shot, violations } from './looking.ts';
import { flood, fresh, openTalkHouse } from './talk-house.ts';

const minute = 60_000;
let browser: Browser;
let town: Awaited<ReturnType<typeof openTalkHouse>>;
/** 三好 順, Taro's colleague, with the priority line of the general affairs section. */
const jun = {} as Actor;
beforeAll(async () => {
  [browser, town] = await Promise.all([openBrowser(), openTalkHouse()]);
  Object.assign(jun, { person: fresh(), org: town.orgs.seiyo, role: 'member' });
  await town.does('system', addPerson, {
    id: jun.person, org: jun.org, role: 'member', name: '三好 順', kana: 'みよし じゅん', phones: [{ kind: 'office', number: '0894-00-0001', priority: true }],
    post: { id: fresh(), title: '総務課 主査', duty: 'personnel', rank: 60 },
  });
  await until(() => town.house.stair.memory.member(roomStream(town.groupC), jun.person), 'the seat that comes with the desk');
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town?.close();
});

const memory = () => town.house.stair.memory;
const triesOf = (thing: string): number => (memory().of(roomStream(town.groupC), runNoun.noun) as Doc<Run>[]).filter(({ value }) => value.thing === thing).flatMap(({ value }) => value.tries.filter(({ told }) => told)).length;
const cardOf = (thing: string, whom: string): PhoneCard | undefined => memory().get(phoneCard.noun, cardIdOf(thing, whom))?.value as PhoneCard | undefined;
const enter = (path: string, desk = false, language: 'ja' | 'en' = 'ja'): Promise<Page> => enterAs(browser, town.address, jun.person, { path, desk, language, installs: true });
/** Looked at on both sizes, in both languages where it is asked for; nothing spills, and axe finds nothing. */
async function looks(page: Page, name: string): Promise<void> {
  if (process.env['SHOTS']) await shot(page, name);
  // Under an open sheet nothing can be pressed.
  if ((await page.locator('dialog[open]').count()) === 0) expect(await misfits(page)).toEqual([]);
  expect(await violations(page)).toEqual([]);
}
/** The sheet of who has read, on the newest urgent words. */
async function readers(page: Page): Promise<ReturnType<Page['getByRole']>> {
  await page.locator('.urgent-msg').last().locator('.read').click();
  const sheet = page.getByRole('dialog', { name: '読んだ人・まだの人' });
  await sheet.waitFor();
  return sheet;
}

/** What is being written on this device, as it lies on its disk. */
const draftsOn = (page: Page): Promise<string> => page.evaluate(async () => {
  const { name } = (await indexedDB.databases()).find((one) => one.name?.startsWith('noroshi-outbox-'))!;
  const asked = <T>(request: IDBRequest<T>): Promise<T> => new Promise((done, failed) => { request.onsuccess = () => done(request.result); request.onerror = () => failed(request.error); });
  const db = await asked(indexedDB.open(name!));
  const drafts = await asked(db.transaction('draft').objectStore('draft').getAll());
  db.close();
  return JSON.stringify(drafts);
});

describe('the deputy mayor who does not read', () => {
  it('is reminded step by step, then rung by a colleague who has read; another takes it for him, and everybody sees that', async () => {
    const asks = await town.does('hanako', say, { room: town.groupC, text: '南予に土砂災害警戒情報が出ています。各市町の状況を知らせてください。', urgency: 'urgent' });
    for (const who of ['aoi', 'ken'] as const) await town.does(who, answer, { room: town.groupC, message: asks, answer: 'agreed' });
    const reader = await enter(`/talk/${town.groupC}`);
    const answers = reader.getByRole('group', { name: '答える' }).or(reader.locator('.answers')).first();
    await answers.getByRole('button', { name: '了解' }).click();
    await reader.getByText('あなた：了解').or(reader.locator('.mine-answer')).first().waitFor();
    // The card goes to someone who has read it.
    const { no } = memory().member(roomStream(town.groupC), jun.person)!;
    await until(async () => ((await town.house.stair.marks.of(memory().streams.get(roomStream(town.groupC))!.no)).get(no)?.read ?? 0) > 0, 'Jun to have read it');
    for (const [i, minutes] of [0, 3, 2, 5, 5].entries()) {
      town.passes(minutes * minute);
      await until(() => triesOf(asks) === i + 1, `step ${i + 1} to have been told of`);
    }
    expect(cardOf(asks, town.actors.taro.person)).toMatchObject({ caller: jun.person });

    // What she owes stands first.
    const home = await enter('/');
    const owed = home.locator('.owe', { hasText: '兵頭 太郎さんに電話で伝える' });
    await owed.waitFor();
    await looks(home, 'chase-home');
    await owed.click();
    await home.getByRole('heading', { name: '電話で伝えてください' }).waitFor();
    await home.getByText('あなたの優先電話（代表）からだと').waitFor();
    const number = home.getByRole('link', { name: /090-0000-0001/ });
    expect(await number.getAttribute('href')).toBe('tel:090-0000-0001');
    await home.getByText('SMS').waitFor();
    await looks(home, 'chase-free');

    // Somebody else looks at it on the desk, and at home.
    const hanako = await town.enter(browser, 'hanako', { desk: true });
    const sheet = await readers(hanako);
    await sheet.getByText('兵頭 太郎').waitFor();
    await sheet.getByRole('button', { name: '兵頭 太郎さんに電話で伝える' }).waitFor();
    await looks(hanako, 'chase-readers-desk');
    await home.getByRole('button', { name: '担当する' }).click();
    await home.getByText('あなたが担当中').waitFor();
    await looks(home, 'chase-mine');
    await sheet.getByText('三好 順さんが電話中').waitFor();
    expect(await sheet.getByRole('button', { name: '兵頭 太郎さんに電話で伝える' }).count()).toBe(0);
    await hanako.goto(`${town.address}/chase/${cardIdOf(asks, town.actors.taro.person)}`);
    await hanako.getByText('三好 順さんが担当中').waitFor();
    expect(await hanako.getByRole('link', { name: /090-0000-0001/ }).count()).toBe(0);
    await looks(hanako, 'chase-taken-desk');
    await hanako.goto(`${town.address}/chase`);
    await hanako.locator('.person', { hasText: '兵頭 太郎' }).getByText('三好 順さんが担当中').waitFor();
    await looks(hanako, 'chase-page-desk');

    await home.getByRole('textbox', { name: 'ひとこと' }).fill('秘書課長が副市長に伝えます');
    await home.getByRole('button', { name: '代理が了解' }).click();
    await home.getByText('代理で伝えた').waitFor();
    await home.getByText('秘書課長が副市長に伝えます').waitFor();
    await looks(home, 'chase-proxy');
    await hanako.getByText('答えを待っているものはありません').waitFor();
    await hanako.goto(`${town.address}/talk/${town.groupC}`);
    await hanako.locator('.urgent-msg').last().locator('.read').getByText('代理 1').waitFor();
    const after = await readers(hanako);
    await after.getByRole('heading', { name: '代理で伝えた 1人' }).waitFor();
    await after.getByText('代理の人が了解').waitFor();
    await looks(hanako, 'chase-readers-proxy-desk');

    // He himself still owes an answer, and is not said to have read it.
    const taro = await town.enter(browser, 'taro', { path: '/' });
    await taro.locator('.owe', { hasText: '土砂災害警戒情報' }).waitFor();
    for (const page of [reader, home, hanako, taro]) await page.context().close();
  }, 120_000);

  it('is rung without a network: the result waits on the telephone, and comes when it can', async () => {
    const asks = await town.does('hanako', say, { room: town.groupC, text: '避難所の開設状況を知らせてください。', urgency: 'urgent' });
    const { taro } = town.actors;
    const page = await enter(`/talk/${town.groupC}`);
    const sheet = await readers(page);
    await sheet.getByRole('button', { name: '兵頭 太郎さんに電話で伝える' }).click();
    await page.getByText('あなたが担当中').waitFor();
    await until(() => cardOf(asks, taro.person)?.taken?.by === jun.person, 'the card to be taken');
    await isInstalled(page);
    await page.context().setOffline(true);
    await page.getByRole('link', { name: /090-0000-0001/ }).waitFor();
    // Half written, it is there again, as after the telephone was put away for the call.
    await page.getByRole('textbox', { name: 'ひとこと' }).fill('夫が電話に出た');
    await until(async () => (await draftsOn(page)).includes('夫が電話に出た'), 'the word to be on the disk');
    await page.reload();
    await expect.poll(() => page.getByRole('textbox', { name: 'ひとこと' }).inputValue()).toBe('夫が電話に出た');
    await page.getByRole('button', { name: '伝言した' }).click();
    await page.getByText('仮・送信待ち').waitFor();
    await page.getByText('三好 順さんが電話　伝言した').waitFor();
    await looks(page, 'chase-offline');
    expect(cardOf(asks, taro.person)!.calls).toEqual([]);
    await page.context().setOffline(false);
    await until(() => cardOf(asks, taro.person)!.calls.length === 1, 'the result to have come');
    expect(cardOf(asks, taro.person)!.calls[0]!.word).toBe('夫が電話に出た');
    expect(await draftsOn(page)).not.toContain('夫が電話に出た');
    await page.getByText('仮・送信待ち').waitFor({ state: 'detached' });
    await page.context().close();
  }, 60_000);

  it('has one who rings at a time: who presses second is told who was first', async () => {
    const asks = await town.does('hanako', say, { room: town.groupC, text: '道路の状況を知らせてください。', urgency: 'urgent' });
    const page = await enter(`/talk/${town.groupC}`);
    const sheet = await readers(page);
    await sheet.getByRole('button', { name: '兵頭 太郎さんに電話で伝える' }).waitFor();
    await town.does('aoi', takeCard, { room: town.groupC, noun: 'message', thing: asks, whom: town.actors.taro.person });
    await sheet.getByText('越智 葵さんが電話中').waitFor();
    // About other words too: he has one telephone.
    const more = await town.does('hanako', say, { room: town.groupC, text: '道路のほかに、水道の状況も知らせてください。', urgency: 'urgent' });
    await page.getByRole('button', { name: '閉じる' }).first().click();
    await page.getByText('水道の状況も知らせてください').first().waitFor();
    await (await readers(page)).getByText('越智 葵さんが電話中').waitFor();
    // Once he is free, whoever rings him is offered what else he is to be told.
    const { person } = town.actors.taro;
    await town.does('aoi', takeCard, { room: town.groupC, noun: 'message', thing: more, whom: person });
    await page.goto(`${town.address}/chase/${cardIdOf(more, person)}`);
    await page.getByText('越智 葵さんが担当中').waitFor();
    for (const thing of [asks, more]) await town.does('aoi', giveBackCard, { room: town.groupC, card: cardIdOf(thing, person) });
    await page.getByRole('heading', { name: '同じ電話で伝えること' }).waitFor();
    await looks(page, 'chase-same-call');
    await page.locator('.owe', { hasText: '道路の状況を知らせてください' }).click();
    await page.locator('.owe', { hasText: '水道の状況も知らせてください' }).waitFor();
    await page.context().close();
  });
});

describe('headquarters', () => {
  it('tells the unread once more from the sheet, not twice in three minutes', async () => {
    await flood(town, false);
    await town.does('hanako', say, { room: town.groupC, text: '給水車は10時に着きます。', urgency: 'urgent' });
    const page = await town.enter(browser, 'hanako');
    const sheet = await readers(page);
    await sheet.getByRole('button', { name: /未読の\d人にもう一度知らせる/ }).click();
    await sheet.getByText(/にもう一度知らせました/).waitFor();
    await sheet.getByRole('button', { name: /あと3分で/ }).waitFor();
    await looks(page, 'chase-readers-reminded');
    await page.context().close();
  });

  it('sees beside the talk on the desk who is not reached', async () => {
    const page = await town.enter(browser, 'hanako', { desk: true });
    const side = page.getByRole('complementary');
    await side.getByRole('heading', { name: '督促' }).waitFor();
    await side.getByText('兵頭 太郎').first().waitFor();
    // For how long, and what was tried with what result.
    const taro = side.locator('.chase-missing').first().locator('li').filter({ hasText: '兵頭 太郎' }).first();
    await taro.getByText(/^(答えなし|未達) \d+(分|時間)$/).waitFor();
    expect(await side.locator('.chase-missing').first().locator('.chase-tried').first().innerText()).toMatch(/^\d\d:\d\d\s*(通知|メール|SMS|電話)　\S/);
    await looks(page, 'chase-side');
    await page.context().close();
  });

  it('has nobody to ring about a false alarm, also in the sheet of who has read', async () => {
    const page = await town.enter(browser, 'hanako');
    await page.locator('.urgent-msg', { hasText: '平成30年7月豪雨' }).last().locator('.read').click();
    const sheet = page.getByRole('dialog', { name: '読んだ人・まだの人' });
    const call = sheet.getByRole('button', { name: '兵頭 太郎さんに電話で伝える' });
    await call.waitFor();
    const [alarm] = (memory().of('w', incident.noun) as Doc<Incident>[]).filter(({ value }) => value.closedAt === undefined);
    await town.does('hanako', closeIncident, { incident: alarm!.id, seen: alarm!.value.revision });
    await call.waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('sets the steps, which are checked', async () => {
    const page = await town.enter(browser, 'hanako', { path: '/admin/ladder' });
    await page.getByRole('textbox', { name: '2段目は何分後' }).fill('7');
    await page.getByRole('button', { name: 'この段取りにする' }).click();
    await page.getByText('3番目の段が、その前の段より早くなっています').waitFor();
    await looks(page, 'chase-ladder');
    await page.getByRole('textbox', { name: '2段目は何分後' }).fill('4');
    await page.getByRole('button', { name: 'この段取りにする' }).click();
    await until(() => (memory().get('ladder', 'ladder')?.value as { steps: { after: number }[] } | undefined)?.steps[1]?.after === 4, 'the ladder to be set');
    await page.context().close();
  });

  it('reads the same in English, on the telephone and on the desk', async () => {
    for (const desk of [false, true]) {
      const page = await town.enter(browser, 'hanako', { path: '/chase', desk, language: 'en' });
      await page.getByText('兵頭 太郎').first().waitFor();
      await looks(page, `chase-page-en-${desk ? 'desk' : 'phone'}`);
      await page.locator('.person', { hasText: '兵頭 太郎' }).first().getByRole('link').first().click();
      await page.getByRole('heading', { name: 'Please tell them by phone' }).waitFor();
      await looks(page, `chase-card-en-${desk ? 'desk' : 'phone'}`);
      await page.goto(`${town.address}/admin/ladder`);
      await page.getByRole('heading', { name: 'Steps of chasing' }).waitFor();
      await looks(page, `chase-ladder-en-${desk ? 'desk' : 'phone'}`);
      await page.context().close();
    }
  });

  it('says in a drill whether it goes outside', async () => {
    const page = await town.enter(browser, 'hanako', { path: '/incident/open' });
    await page.getByRole('radio', { name: '訓練' }).click();
    expect(await page.getByRole('radio', { name: /狼煙の中だけ/ }).isChecked()).toBe(true);
    await looks(page, 'chase-drill');
    await page.context().close();
  });
});
