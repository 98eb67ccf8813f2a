import { say } from '@noroshi/features/talk';
import { PushService, until, type Subscribed } from '@noroshi/foundations/testing';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWholeBrowser, patience } from './browser.ts';
import { keptHalfWritten, looksRight, misfits, shot, violations } from './looking.ts';
import { openTalkHouse, type CastName } from './talk-house.ts';
import { countsShown } from './shown-by-worker.ts';

// From a press on a phone to a notification on it. The push service is ours (there is no internet here): it decrypts as a
// browser does, and what came out is handed to the real service worker of a real Chromium.

/** Reading takes a second on the screen and the way to the table; a machine that does much else takes longer. */
const grace = 4_000;
/** What someone of seventy takes to read a screen and to press the one thing that it asks for, in milliseconds. */
const pace = 12_000;
let browser: Browser;
let service: PushService;
let town: Awaited<ReturnType<typeof openTalkHouse>>;
beforeAll(async () => {
  service = await PushService.open();
  [browser, town] = await Promise.all([openWholeBrowser(), openTalkHouse({
    demo: false, grace, telling: { base: '', drivers: {}, push: { subject: 'https://noroshi.example.jp', inside: ['localhost'], ca: service.ca } },
  })]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town?.close();
  await service?.close();
});

/** Lets the pages of a browser subscribe at our push service. @param asked whether its owner has allowed notifications before */
async function subscribes(context: BrowserContext, { endpoint, p256dh, auth }: Subscribed, asked: boolean): Promise<void> {
  await context.grantPermissions(['notifications'], { origin: town.address });
  await context.addInitScript((how) => {
    // Chromium would ask Google's service for a subscription.
    const held = 'subscribed';
    const subscription = { endpoint: how.endpoint, options: { applicationServerKey: null }, toJSON: () => ({ endpoint: how.endpoint, keys: { p256dh: how.p256dh, auth: how.auth } }), unsubscribe: async () => { sessionStorage.removeItem(held); subscription.endpoint += '-again'; return true; } };
    // Chromium without a window asks nobody: what its owner would say is known beforehand.
    if (!how.asked) Object.defineProperty(Notification, 'permission', { get: () => (sessionStorage.getItem(held) ? 'granted' : 'default') });
    PushManager.prototype.subscribe = async () => { sessionStorage.setItem(held, '1'); return subscription as unknown as PushSubscription; };
    PushManager.prototype.getSubscription = async () => (sessionStorage.getItem(held) ? subscription as unknown as PushSubscription : null);
  }, { endpoint, p256dh, auth, asked });
}

/** A device whose browser subscribes at our push service, and to which what came there can be delivered. */
async function onDevice(who: CastName, path: string, more: { asked?: boolean; desk?: boolean; language?: 'ja' | 'en' } = {}): Promise<{ page: Page; at: Subscribed; deliver: () => Promise<void> }> {
  const at = service.subscribe();
  const context = await browser.newContext({ viewport: more.desk ? { width: 1280, height: 800 } : { width: 390, height: 844 }, locale: 'ja-JP' });
  await subscribes(context, at, more.asked !== false);
  const page = await town.enter(browser, who, { path, context, ...(more.language ? { language: more.language } : {}) });
  const line: CDPSession = await context.newCDPSession(page);
  let registrationId: string | undefined;
  line.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => { registrationId = registrations.find(({ scopeURL }) => scopeURL.startsWith(town.address))?.registrationId ?? registrationId; });
  await line.send('ServiceWorker.enable');
  let given = 0;
  return { page, at, deliver: async () => {
    const { json } = await until(() => at.got[given], 'a push to come');
    given += 1;
    const id = await until(() => registrationId, 'the service worker to stand');
    await line.send('ServiceWorker.deliverPushMessage', { origin: town.address, registrationId: id, data: JSON.stringify(json) });
  } };
}

/** What stands on the device's screen. */
const shown = (page: Page): Promise<{ title: string; body: string; tag: string; data: unknown; requireInteraction: boolean }[]> => page.evaluate(async () => {
  const registration = await navigator.serviceWorker.ready;
  return (await registration.getNotifications()).map(({ title, body, tag, data, requireInteraction }) => ({ title, body, tag, data: data as unknown, requireInteraction }));
});

describe('waking', () => {
  it('C2 is turned on by a press, tried, confirmed by the device with the time it took; then an urgent message stands on it, and the room that is on the screen wakes nobody', async () => {
    const { page, at, deliver } = await onDevice('aoi', '/account/waking', { asked: false });
    await page.getByText('この端末には通知が届きません').first().waitFor();
    await shot(page, 'waking-off');
    expect([...(await misfits(page)), ...(await violations(page))]).toEqual([]);
    await page.getByRole('button', { name: '通知を受ける' }).click();
    await page.getByText('この端末に通知が届きます').waitFor();
    await page.getByRole('button', { name: '試しに送る' }).click();
    await deliver();
    await page.getByText(/届きました（\d+\.\d秒）/).waitFor();
    await shot(page, 'waking-on');
    expect([...(await misfits(page)), ...(await violations(page))]).toEqual([]);
    expect((await shown(page)).map(({ title }) => title)).toEqual(['通知が届きました']);

    const id = await town.does('taro', say, { room: town.groupC, text: '肱川の水が堤防を越えました', urgency: 'urgent' });
    const count = await countsShown(page.context());
    await deliver();
    await until(async () => (await count()) === 1, 'it to be shown');
    expect(await shown(page)).toHaveLength(2);
    expect((await shown(page)).find(({ tag }) => tag.endsWith(id))).toEqual({ title: '【緊急】グループC', body: '兵頭 太郎（西予市）：肱川の水が堤防を越えました', tag: `/talk/${town.groupC}/${id}`, data: expect.stringContaining(`/talk/${town.groupC}`), requireInteraction: true });

    // A press on it goes to the talk: the service worker tells the window that is here.
    await page.evaluate((go) => navigator.serviceWorker.dispatchEvent(new MessageEvent('message', { data: { go } })), `/talk/${town.groupC}`);
    await page.locator('.said-row', { hasText: '肱川の水' }).waitFor();
    const before = at.got.length;
    await town.does('taro', say, { room: town.groupC, text: '野村の学校へ逃げています' });
    await page.locator('.said-row', { hasText: '野村の学校' }).waitFor();
    const { no, head } = town.house.stair.memory.streams.get(`r:${town.groupC}`)!;
    await until(async () => (await town.house.stair.pool.query('select 1 from wake_cursor where stream = $1 and seen = $2', [no, head])).rowCount === 1, 'the log to be followed');
    expect(at.got.slice(before).map(({ json }) => json.notification.body)).toEqual([]);
    await page.context().close();
  });

  it('C2 a device that was never asked says so on Home, in one line that leads to how it is set up', async () => {
    const { page } = await onDevice('ken', '/', { asked: false });
    await page.getByRole('link', { name: /この端末には通知が届きません/ }).waitFor();
    await shot(page, 'waking-home');
    await page.getByRole('link', { name: /この端末には通知が届きません/ }).click();
    await page.getByRole('heading', { name: '設定のしかた' }).waitFor();
    await page.getByText('ホーム画面に追加').first().waitFor({ state: 'attached' });
    await page.context().close();
  });

  it('C2 a trial that is refused says why and what to do, in both languages', async () => {
    for (const [language, button, why] of [['ja', '試しに送る', 'この端末の通知の登録はなくなっていました'], ['en', 'Send a trial', 'This device’s subscription was gone']] as const) {
      const { page, at } = await onDevice('ken', '/account/waking', { language });
      const trial = page.getByRole('button', { name: button });
      await trial.waitFor();
      at.answer = { status: 410 };
      await trial.click();
      await page.getByText(why).first().waitFor();
      // The page has made another by itself: the house knows it again.
      const known = async (): Promise<unknown> => (await town.house.stair.pool.query('select 1 from wake_device where endpoint is not null and gone = $1', [at.endpoint])).rowCount === 1;
      await until(known, 'another subscription to be known');
      await shot(page, `waking-refused-${language}`);
      expect([...(await misfits(page)), ...(await violations(page))]).toEqual([]);
      await page.context().close();
    }
  });

  it('C3 before something urgent goes out, its author sees whom it wakes, how, and by name whom nothing reaches', async () => {
    const { page: aoi } = await onDevice('aoi', '/');
    await until(async () => (await town.house.stair.pool.query(`select 1 from wake_device where person = $1 and endpoint is not null`, [town.actors.aoi.person])).rowCount! > 0, 'Aoi’s device to be known');
    const { page } = await onDevice('taro', `/talk/${town.groupC}`);
    await page.locator('.composer textarea').fill('応援を求めます');
    await page.getByRole('button', { name: '加える' }).click();
    await page.getByRole('dialog').getByText('緊急にする').click();
    await page.getByRole('button', { name: '緊急で送る' }).first().click();
    await page.getByText(/すぐに通知が届く \d人/).waitFor();
    await page.getByText(/届かない \d人（電話が必要）/).waitFor();
    await page.getByText(/^(?!.*越智 葵).*向井 健/).last().waitFor();
    await shot(page, 'waking-urgent');
    expect([...(await misfits(page)), ...(await violations(page))]).toEqual([]);
    await page.context().close();
    await aoi.context().close();
  });

  it('C2 the administrator sees it of everyone, sorted by who cannot', async () => {
    for (const [desk, language] of [[false, 'ja'], [true, 'ja'], [false, 'en']] as const) {
      const { page } = await onDevice('hanako', '/admin/waking', { desk, language });
      await page.getByText(language === 'ja' ? '通知が届かない人' : 'cannot be notified').waitFor();
      expect(await page.locator('a[href^="/admin/people/"]').count()).toBe(5);
      await shot(page, `waking-admin-${desk ? 'desk' : 'phone'}-${language}`);
      expect([...(await misfits(page)), ...(await violations(page))]).toEqual([]);
      await page.context().close();
    }
  });

  it('F1 the newcomer’s two minutes: from the address on the paper to a few words and a sticker, in letters of twice the size', async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'ja-JP' });
    await subscribes(context, service.subscribe(), false);
    await context.addInitScript(() => localStorage.setItem('noroshi-settings', JSON.stringify({ text: '200' })));
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    let presses = 0;
    let waited = 0;
    const waits = async (until: () => Promise<unknown>): Promise<void> => {
      const since = Date.now();
      await until();
      waited += Date.now() - since;
    };
    /** The screen stands and can be read; then the one thing is pressed that it asks for. */
    const press = async (screen: string, name: string): Promise<void> => {
      await waits(() => page.getByRole('heading', { name: screen }).waitFor());
      const button = page.locator('button:not([aria-busy])').and(page.getByRole('button', { name, exact: true }));
      // The service worker puts itself onto the device first.
      await waits(() => button.waitFor({ timeout: 30_000 }));
      await looksRight(page, `newcomer-${presses}`);
      await waits(() => button.click());
      presses += 1;
    };
    const secret = await town.house.accounts.linkFor(town.actors.taro.person);
    await waits(() => page.goto(`${town.address}/invitation#${secret}`));
    await press('あなたですか', 'はい、私です');
    await press('入りました', 'はじめる');
    await press('緊急のとき、お知らせしてもよいですか', '通知を受ける');
    await waits(() => page.getByText('この端末に通知が届きます').waitFor());
    await press('緊急のとき、お知らせしてもよいですか', 'つぎへ');
    await press('狼煙のアイコンを画面に置きましょう', '置きました。つぎへ');
    await press('ひとこと、あいさつを送りましょう', '送る');
    await waits(() => page.getByText('送りました').waitFor());
    await press('スタンプも送ってみましょう', 'よろしくお願いします');
    await waits(() => page.getByRole('heading', { name: 'できました' }).waitFor());
    await looksRight(page, 'newcomer-done');
    console.info('the newcomer’s two minutes:', presses, 'presses, and', waited, 'ms of waiting');
    expect(presses).toBeLessThanOrEqual(7);
    expect(waited + presses * pace).toBeLessThan(120_000);
    await page.getByRole('button', { name: 'ホームへ', exact: true }).click();
    await page.locator('main').getByText('よろしくお願いします').first().waitFor();
    expect((await town.house.stair.pool.query(`select 1 from event where by = $1`, [town.actors.taro.person])).rowCount).toBeGreaterThanOrEqual(2);
    await context.close();
  });

  it('F1 what is written for the hello is a draft like any other, and the icon is shown as it looks on each kind of device', async () => {
    const { page } = await onDevice('taro', '/welcome', { asked: false });
    for (const on of ['あとでする', '置きました。つぎへ']) await page.getByRole('button', { name: on, exact: true }).click();
    const words = page.getByRole('textbox', { name: '言葉' });
    await words.fill('西予市の兵頭です。');
    await looksRight(page, 'first-3-hello');
    // Closed on the way, the words are there again.
    await keptHalfWritten(page, town.actors.taro.person, '西予市の兵頭です。');
    await page.reload();
    for (const on of ['あとでする', '置きました。つぎへ']) await page.getByRole('button', { name: on, exact: true }).click();
    // It is read from the disk of this device, as the screen stands already.
    await expect.poll(() => words.inputValue()).toBe('西予市の兵頭です。');
    await page.context().close();
    for (const [kind, userAgent, says] of [
      ['iphone', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1', '「ホーム画面に追加」を選び、右上の「追加」を押します。'],
      ['android', 'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36', 'Chrome の右上の、点が3つの印を押します。'],
    ] as const) {
      const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'ja-JP', userAgent, serviceWorkers: 'block' });
      // On an iPhone nothing can be woken before the icon is there.
      if (kind === 'iphone') await context.addInitScript(() => { Reflect.deleteProperty(globalThis, 'PushManager'); });
      // Here somebody has said no before: nothing can be asked, and how it is undone stands on the screen.
      else await context.addInitScript(() => { Object.defineProperty(Notification, 'permission', { get: () => 'denied' }); });
      const phone = await town.enter(browser, 'ken', { context, path: '/welcome' });
      await phone.getByRole('heading', { name: '緊急のとき、お知らせしてもよいですか' }).waitFor();
      if (kind === 'iphone') {
        await phone.getByText('先にアイコンを画面に置きます').waitFor();
      } else {
        await phone.getByText('「通知」を入にし').waitFor();
        await looksRight(phone, 'first-1-refused');
      }
      await phone.getByRole('button', { name: 'つぎへ' }).click();
      await phone.getByText(says).first().waitFor();
      // There the icon knows nothing of this browser: a number takes the sign-in over. (C34)
      if (kind === 'iphone') await phone.locator('.number').waitFor();
      await looksRight(phone, `first-2-icon-${kind}`);
      await context.close();
    }
  });
});
