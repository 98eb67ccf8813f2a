import { phoneCard, run, type PhoneCard, type Run } from '@noroshi/features/chase';
import { answer, answerId, placeStream, quick, sheet, type Answer, type Sheet } from '@noroshi/features/survey';
import { hasRead, type Doc } from '@noroshi/foundations/sync';
import { PushService, until } from '@noroshi/foundations/testing';
import type { Browser, BrowserContext, Page, Worker } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isInstalled, openWholeBrowser } from './browser.ts';
import { enterAs, openEhime } from './ehime-house.ts';
import { looksRight, shot } from './looking.ts';
import { countsShown, presses, shownBy } from './shown-by-worker.ts';

// Who can come? From the opening of a disaster to the telephone: what is pressed on a notification is pressed in the real service
// worker of a real Chromium, with what came to a push service of ours.

const base = 'https://noroshi.example.jp';
const service = await PushService.open();
const town = await openEhime({ grace: 0, telling: { base, drivers: {}, push: { subject: base, inside: ['localhost'], ca: service.ca } } });
const { stair } = town.house;
const { taro } = town.cast;
let browser: Browser;
beforeAll(async () => { browser = await openWholeBrowser(); }, 120_000);
afterAll(async () => {
  await browser?.close();
  await town.close();
  await service.close();
});

const sheetOf = (org: string): Sheet => (stair.memory.of(placeStream(org), sheet.noun) as Doc<Sheet>[]).at(-1)!.value;
const saidBy = (person: string): Answer | undefined => stair.memory.get(answer.noun, answerId(sheetOf(taro.org).id, person))?.value as Answer | undefined;
const passes = async (minutes: number): Promise<void> => {
  town.passes(minutes * 60_000);
  while (await stair.clock.look() > 0);
};

/** A telephone on which the application lies and no page of it is open, and which can be handed what came for it. */
async function pocketed(person: string): Promise<{ context: BrowserContext; page: Page; worker: Worker; deliver: (path: string) => Promise<void> }> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'ja-JP', timezoneId: 'Asia/Tokyo' });
  await context.grantPermissions(['notifications'], { origin: town.address });
  const { endpoint, p256dh, auth, got } = service.subscribe();
  await context.addInitScript((keys) => {
    // Chromium would ask Google's service for a subscription.
    const subscription = { endpoint: keys.endpoint, options: { applicationServerKey: null }, toJSON: () => ({ endpoint: keys.endpoint, keys }), unsubscribe: async () => true };
    PushManager.prototype.subscribe = PushManager.prototype.getSubscription = async () => subscription as unknown as PushSubscription;
  }, { endpoint, p256dh, auth });
  const page = await enterAs(browser, town.address, person, { context });
  await isInstalled(page);
  await until(async () => (await stair.pool.query('select 1 from wake_device where person = $1 and endpoint = $2', [person, endpoint])).rowCount === 1, 'the house to know where it is woken');
  const line = await context.newCDPSession(page);
  let registrationId: string | undefined;
  line.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => { registrationId = registrations.find(({ scopeURL }) => scopeURL.startsWith(town.address))?.registrationId ?? registrationId; });
  await line.send('ServiceWorker.enable');
  const id = await until(() => registrationId, 'the service worker to stand');
  await page.goto('about:blank');
  return { context, page, worker: context.serviceWorkers()[0]!, deliver: async (path) => {
    const push = await until(() => got.map(({ json }) => json).find(({ notification }) => new URL(notification.navigate).pathname === path), 'the push to come', 20_000);
    // The house of this test listens somewhere else than it says.
    await line.send('ServiceWorker.deliverPushMessage', { origin: town.address, registrationId: id, data: JSON.stringify(push).replaceAll(base, town.address) });
  } };
}

/** With `SHOTS=1`, the same on a wall, in the dark, and on a telephone. */
async function looks(desk: Page): Promise<void> {
  if (!process.env['SHOTS']) return;
  for (const [name, width, height, theme] of [['wall', 1_920, 1_080, 'light'], ['phone', 390, 844, 'light'], ['phone-dark', 390, 844, 'dark'], ['desk-dark', 1_440, 900, 'dark']] as const) {
    await desk.setViewportSize({ width, height });
    await desk.evaluate((wanted) => { document.documentElement.dataset['theme'] = wanted; }, theme);
    await desk.getByRole('heading', { name: '参集', exact: true }).last().evaluate((one) => one.scrollIntoView({ block: 'start' }));
    await shot(desk, `survey-who-can-come-${name}`);
  }
}

it('C2 who can come: asked where a disaster is opened, answered on the notification, counted live, and of whoever is silent a colleague enters what was heard', async () => {
  const phone = await pocketed(taro.person);
  const desk = await town.enter(browser, 'hanako', { desk: true, path: '/incident/open' });
  await desk.getByLabel('名前').fill('7月豪雨');
  await desk.locator('.tile', { hasText: '西予' }).click();
  await desk.locator('.foot .btn.main').click();
  await desk.getByRole('dialog').locator('.btn.main').click();
  // Where opening it leads, one press asks.
  const offer = desk.getByRole('button', { name: '愛媛県、西予市の職員に聞く' });
  await offer.waitFor();
  await looksRight(desk, 'survey-offer-desk');
  const count = await countsShown(phone.context);
  await offer.click();
  await desk.getByRole('heading', { name: '安否・参集の確認' }).waitFor();
  const { survey } = sheetOf(taro.org);
  const townRow = desk.getByRole('region', { name: '機関ごと', exact: true }).getByRole('row', { name: /西予市/ });
  // Asked are 3 of the town; silent are all of them.
  await expect.poll(() => townRow.getByRole('cell').allInnerTexts()).toEqual(['3', '3', '0', '0', '0', '0']);
  const of = Number(/0\/(\d+)/.exec(await desk.getByText(/回答 0\/\d+人/).innerText())![1]);

  // Taro answers on the notification; no page opens.
  await phone.deliver(`/survey/${survey}`);
  await expect.poll(count, { timeout: 30_000 }).toBe(1);
  expect(await shownBy(phone.worker)).toMatchObject([{ body: expect.stringContaining('安否・参集を答えてください'), actions: ['無事・参集できる', '無事・参集できない'] }]);
  await presses(phone.worker, '無事・参集できる');
  expect(saidBy(taro.person)?.said.map(({ by, values }) => [by, values])).toEqual([[taro.person, quick.can]]);
  expect(await shownBy(phone.worker)).toMatchObject([{ body: '「無事・参集できる」と答えました。変えるときは開いてください。', actions: [] }]);
  expect(phone.context.pages().map((page) => page.url())).toEqual(['about:blank']);
  await desk.getByText(`回答 1/${of}人`).waitFor();
  await expect.poll(() => townRow.getByRole('cell').allInnerTexts()).toEqual(['3', '2', '1', '0', '1', '0']);

  // Then he says when, on the page: so he has also read it, and sits in front of a device.
  const { page } = phone;
  await page.goto(`${town.address}/survey/${survey}`);
  await page.getByRole('link', { name: '回答を変える' }).click();
  await page.getByRole('radio', { name: '1時間以内に来られる' }).check();
  await page.getByRole('button', { name: '回答を送る' }).click();
  await page.getByText('に答えました').waitFor();
  await until(() => saidBy(taro.person)!.said.length === 2, 'the hour to be heard');

  // Yohei is silent up to the telephone: Taro is asked by name to ring him, and enters what he heard.
  const yohei = town.actors.get('seiyo/personnel')!;
  const { no } = stair.memory.streams.get(placeStream(taro.org))!;
  const { born } = stair.memory.get(sheet.noun, sheetOf(taro.org).id)!;
  await until(async () => {
    await stair.marks.flush();
    return hasRead((await stair.marks.of(no)).get(stair.memory.member(placeStream(taro.org), taro.person)!.no), born);
  }, 'Taro to have read it', 20_000);
  const card = (): PhoneCard | undefined => (stair.memory.of(placeStream(taro.org), phoneCard.noun) as Doc<PhoneCard>[]).find(({ value }) => value.whom === yohei.person)?.value;
  const climbed = (): number => (stair.memory.of(placeStream(taro.org), run.noun) as Doc<Run>[]).flatMap(({ value }) => value.tries.filter(({ told }) => told)).length;
  for (const [step, minutes] of [0, 3, 2, 5, 5].entries()) {
    await passes(minutes);
    await until(() => climbed() > step, `step ${step + 1} to have been told of`, 20_000);
  }
  expect((await until(card, 'a card for him')).caller).toBe(taro.person);
  await page.goto(`${town.address}/`);
  await page.locator('.owe', { hasText: '土居 洋平' }).click();
  await page.getByRole('heading', { name: '土居 洋平' }).waitFor();
  await looksRight(page, 'survey-card-phone');
  await page.getByRole('button', { name: '担当する' }).click();
  await page.getByRole('button', { name: '出た' }).click();
  await page.getByRole('link', { name: '聞いた答えを入れる' }).click();
  await page.getByText('土居 洋平さんから聞いた答えを入れます').waitFor();
  await page.getByRole('radio', { name: '無事', exact: true }).check();
  // He names a time, which is none of the house's own: the hours that come stand there.
  await page.getByRole('radio', { name: '時刻を決めて来られる' }).check();
  await page.getByRole('radio', { name: /頃$/ }).nth(2).check();
  await looksRight(page, 'survey-hour-phone');
  await page.getByRole('button', { name: '回答を送る' }).click();
  await until(() => saidBy(yohei.person)?.said[0]?.by === taro.person, 'what was heard to be entered');
  await desk.getByText(`回答 2/${of}人`).waitFor();
  await expect.poll(() => townRow.getByRole('cell').allInnerTexts()).toEqual(['3', '1', '2', '0', '2', '0']);
  // Who comes, and when: in the order of time with all until then, and how many of which town.
  const comes = desk.locator('section', { has: desk.getByRole('heading', { name: '参集', exact: true }) }).last();
  await expect.poll(() => comes.locator('summary').filter({ hasText: /まで/ }).allInnerTexts().then((all) => all.map((text) => /\d人計\d人/.exec(text.replaceAll(/\s/g, ''))?.[0]))).toEqual(['1人計1人', '1人計2人']);
  expect(saidBy(yohei.person)!.said[0]!.values).toMatchObject({ come: 'at', hour: expect.stringMatching(/T\d\d:00$/) });
  expect(await comes.getByRole('row', { name: /西予市/ }).getByRole('cell').allInnerTexts()).toEqual(['0', '1', '2', '2', '0']);
  await comes.scrollIntoViewIfNeeded();
  await looksRight(desk, 'survey-who-can-come-desk');
  await looks(desk);
  await desk.context().close();
  await phone.context.close();
});
