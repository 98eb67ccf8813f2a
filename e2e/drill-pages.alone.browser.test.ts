import { openBoard, postNow, readBody, remindPost } from '@noroshi/features/board';
import { phoneCard, remind, run as runNoun, setLadder, type PhoneCard, type Run } from '@noroshi/features/chase';
import { enter } from '@noroshi/features/chronology';
import { report } from '@noroshi/features/damage';
import { incident as incidentNoun, openIncident, type Incident } from '@noroshi/features/incident';
import { invite, send } from '@noroshi/features/request';
import { room as roomNoun, say, type Room } from '@noroshi/features/talk';
import { type Deed, type Doc } from '@noroshi/foundations/sync';
import { mailDriver, postDriver } from '@noroshi/foundations/notify/drivers';
import { mailCatcher, PushService, readMail, until, type Subscribed } from '@noroshi/foundations/testing';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWholeBrowser } from './browser.ts';
import { enterAs, fresh, openEhime } from './ehime-house.ts';
import { shot } from './looking.ts';
import { countsShown } from './shown-by-worker.ts';

// A drill never pages anyone for real. A real disaster and a drill run at the same time in the same towns, and in both
// everything is done that pages people. Listened to is at the very ends: what a push service decrypts, what a mail server takes,
// what the gateways of SMS and voice are asked to send. A third, a drill that was opened to go outside, says so in each word.

const minute = 60_000;
const service = await PushService.open();
const mail = await mailCatcher();
const gateway = createServer((request, reply) => {
  let body = '';
  request.on('data', (part: Buffer) => { body += part.toString(); });
  request.on('end', () => {
    calls.push(JSON.parse(body));
    reply.writeHead(200).end('{}');
  });
});
const calls: { channel: 'sms' | 'voice'; to: string; text: string }[] = [];
await new Promise<void>((done) => gateway.listen(0, '127.0.0.1', done));
const at = new URL(`http://127.0.0.1:${(gateway.address() as AddressInfo).port}/calls`);
const base = 'https://noroshi.example.jp';
const town = await openEhime({
  grace: 0,
  telling: {
    base, push: { subject: base, inside: ['localhost'], ca: service.ca },
    drivers: { mail: mailDriver({ server: new URL(`smtp://127.0.0.1:${mail.port}?plain`), from: '狼煙 <noroshi@example.jp>' }), sms: postDriver('sms', { gateway: at }), voice: postDriver('voice', { gateway: at }) },
  },
});
const { stair } = town.house;
const { org } = town.names;
/** People whose telephones can be pushed to, of each part: the hit town, its helpers, headquarters, a town beyond the group. */
const listening = ['seiyo/deputyHead', 'seiyo/disaster', 'saijo/disaster', 'saijo/deputyHead', 'iyo/personnel', 'ehime/hanako', 'ehime/desk', 'niihama/disaster'] as const;
const ends = new Map<string, Subscribed>();
let browser: Browser;

/** An incident, and all in it at which a notice may point. */
interface Played { readonly incident: string; readonly places: ReadonlySet<string>; readonly said: string; readonly request: string; readonly notice: string }
const played = {} as Record<'real' | 'drill' | 'outside', Played>;

const does = async <I>(key: string, deed: Deed<I, any> & { deed: string }, input: I): Promise<string> => {
  const id = fresh();
  const told = await stair.submit(town.actors.get(key)!, { id, name: deed.deed, input });
  if (!told.ok) throw new Error(`${deed.deed} was refused: ${told.code}`);
  return id;
};
const rooms = (): Room[] => [...stair.memory.streams.keys()].flatMap((key) => stair.memory.of(key, roomNoun.noun).map(({ value }) => value as Room));
const all = <T>(noun: string): T[] => [...stair.memory.streams.keys()].flatMap((key) => (stair.memory.of(key, noun) as Doc<T>[]).map(({ value }) => value));
const passes = async (minutes: number): Promise<void> => {
  town.passes(minutes * minute);
  while (await stair.clock.look() > 0);
};
/** Steps that were told of, of the climb for a thing. */
const told = (thing: string): number => Math.max(0, ...all<Run>(runNoun.noun).filter((run) => run.thing === thing).map(({ tries }) => tries.filter((one) => one.told).length));
const steps = [{ after: 0, way: 'push' }, { after: 3, way: 'mail' }, { after: 5, way: 'sms' }, { after: 7, way: 'voice' }, { after: 9, way: 'phone' }] as const;

const board = fresh();
/** Everything that pages, in an incident. */
async function opens(name: string, how: { drill: boolean; outside?: boolean }): Promise<Played> {
  const incident = fresh();
  await does('ehime/hanako', openIncident, { id: incident, name, kind: how.drill ? 'landslide' : 'flood', affected: [org('西予市')], ...how });
  const { roles } = stair.memory.get(incidentNoun.noun, incident)!.value as Incident;
  const { room } = roles[0]!;
  const said = await does('seiyo/deputyHead', say, { room, incident, text: how.drill ? '（想定）野村で土砂崩れ' : '野村町で浸水', urgency: 'urgent' });
  const request = await does('seiyo/disaster', send, { room, incident, lines: [{ duty: 'shelter', count: how.drill ? 777 : 12 }] });
  const notice = await does('ehime/hanako', postNow, {
    board, incident, title: how.drill ? '参集の確認' : '罹災証明書の様式', category: 'c1', body: readBody('確認してください'), comments: false, must: { due: stair.now() + minute, answers: ['確認しました'] },
  });
  await does('ehime/hanako', invite, { room, request, incident, org: org('新居浜市') });
  await does('seiyo/disaster', report, { incident, town: org('西予市'), kind: 'short', form: 1, sees: 0, asOf: stair.now(), told: [{ key: 'dead', n: how.drill ? 88 : 2, confirmed: false, asOf: stair.now() }] });
  await does('ehime/hanako', enter, { incident, kind: 'report', on: stair.now(), content: how.drill ? '（想定）道路が崩れた' : '国道が通れない', channel: 'phone' });
  return { incident, said, request, notice, places: new Set([...rooms().filter((one) => one.id === room || one.drill === incident).map(({ id }) => `/talk/${id}`), `/request/${request}`, `/board/${board}/${notice}`]) };
}
/** Goes up the whole ladder, reminds by hand on the way, and waits until everything that was told has been. */
async function climbs(...which: readonly Played[]): Promise<void> {
  for (const [i, { after }] of steps.entries()) {
    await passes(i === 0 ? 2 : after - steps[i - 1]!.after);
    for (const { said, request, notice } of which) for (const thing of [said, request, notice]) await until(() => told(thing) > i, `step ${i + 1} to have been told of`, 30_000);
  }
  for (const { said, notice } of which) {
    const doc = await stair.pool.query<{ stream: string }>('select s.key as stream from noun n join stream s on s.no = n.stream and s.workspace = n.workspace where n.noun = $1 and n.id = $2', ['message', said]);
    await does('ehime/hanako', remind, { room: doc.rows[0]!.stream.slice('r:'.length), message: said });
    await does('ehime/hanako', remindPost, { board, post: notice });
  }
  // What is on its way has been taken, or has become nothing.
  const open = async (): Promise<number> => Number((await stair.pool.query<{ n: string }>('select count(*) as n from notice where done is null')).rows[0]!.n);
  await until(async () => (await open()) === 0 && all<Run>(runNoun.noun).every(({ tries }) => tries.every((one) => one.told)), 'all that is told to have arrived', 30_000);
}

beforeAll(async () => {
  browser = await openWholeBrowser();
  await town.does('hanako', setLadder, { steps: [...steps], again: 60 });
  await town.does('hanako', openBoard, { id: board, name: '県からのお知らせ', short: '掲示', categories: [{ id: 'c1', name: 'お知らせ' }], readers: { orgs: ['西予市', '西条市', '伊予市'].map(org), people: [] }, writers: { orgs: [town.cast.hanako.org], people: [] } });
  for (const key of listening) {
    const end = service.subscribe();
    ends.set(key, end);
    const signedIn = await fetch(`${town.address}/api/demo.signIn`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ person: town.actors.get(key)!.person }) });
    const cookie = signedIn.headers.getSetCookie()[0]!.split(';')[0]!;
    const { endpoint, p256dh, auth } = end;
    const synced = await fetch(`${town.address}/api/wake.sync`, { method: 'POST', headers: { 'content-type': 'application/json', cookie }, body: JSON.stringify({ state: 'on', language: 'ja', subscription: { endpoint, p256dh, auth } }) });
    if (!synced.ok) throw new Error(await synced.text());
  }
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town.close();
  await service.close();
  mail.close();
  gateway.closeAllConnections();
  gateway.close();
});

interface Pushed { readonly key: string; readonly title: string; readonly body: string; readonly navigate: string; readonly json: any }
const pushes = (): Pushed[] => [...ends].flatMap(([key, { got }]) => got.map(({ json }) => ({ key, json, ...json.notification })));
/** To which of the three a place belongs; a card to the one about which it is. */
const whose = (path: string): keyof typeof played | undefined => {
  const { pathname } = new URL(path, base);
  const card = /^\/chase\/(.+)$/.exec(pathname)?.[1];
  if (card) {
    const { thing } = all<PhoneCard>(phoneCard.noun).find(({ id }) => id === card)!;
    return (Object.keys(played) as (keyof typeof played)[]).find((one) => [played[one].said, played[one].request, played[one].notice].includes(thing)) ?? alarm(thing);
  }
  return (Object.keys(played) as (keyof typeof played)[]).find((one) => [...played[one].places].some((place) => pathname.startsWith(place)));
};
const alarms = new Map<string, keyof typeof played>();
const alarm = (thing: string): keyof typeof played | undefined => alarms.get(thing);
const linkOf = (text: string): string => /https:\/\/\S+/.exec(text)![0];
const mails = (): { subject: string; body: string; whose: keyof typeof played | undefined }[] => mail.mails.map(({ text }) => readMail(text)).map(({ subject, body }) => ({ subject, body, whose: whose(linkOf(body)) }));

describe('a drill beside a real disaster', () => {
  it('pushes say 【訓練】 first in each title, and nothing of the real one says it; mail, SMS and voice go out for the real one alone', async () => {
    played.real = await opens('平成30年7月豪雨', { drill: false });
    played.drill = await opens('土砂災害の図上訓練', { drill: true });
    await climbs(played.real, played.drill);
    await notes();
    const got = { real: [] as Pushed[], drill: [] as Pushed[] };
    for (const one of pushes()) got[whose(one.navigate) as 'real' | 'drill'].push(one);
    expect(got.drill.filter(({ title }) => !title.startsWith('【訓練】'))).toEqual([]);
    expect(got.real.filter(({ title, body }) => `${title}${body}`.includes('訓練'))).toEqual([]);
    // Both are told of alike: the alarm and urgent words, the request, the must-read, a card for a colleague, and who was asked from beyond.
    for (const some of [got.real, got.drill]) {
      const titles = some.map(({ title }) => title.replace('【訓練】', ''));
      expect(new Set(titles).size).toBeGreaterThanOrEqual(4);
      expect(some.map(({ navigate }) => new URL(navigate, base).pathname.split('/')[1])).toEqual(expect.arrayContaining(['talk', 'board', 'chase']));
      expect(some.some(({ key }) => key === 'niihama/disaster')).toBe(true);
    }
    // Beyond the application only what is real goes: each mail and SMS leads to it, and nothing says 訓練.
    expect(mails().length).toBeGreaterThan(0);
    expect(mails().filter((one) => one.whose !== 'real' || `${one.subject}${one.body}`.includes('訓練'))).toEqual([]);
    const sms = calls.filter(({ channel }) => channel === 'sms');
    expect(sms.length).toBeGreaterThan(0);
    expect(sms.filter(({ text }) => whose(linkOf(text)) !== 'real' || text.includes('訓練'))).toEqual([]);
    const voice = calls.filter(({ channel }) => channel === 'voice');
    expect(voice.length).toBeGreaterThan(0);
    expect(voice.filter(({ text }) => text.includes('訓練'))).toEqual([]);
    // A voice has no address in it: there are as many calls as the real one asked for, and the drill's stand as held.
    const tried = (which: 'real' | 'drill', way: string): readonly { held: boolean; people: number }[] => all<Run>(runNoun.noun).filter(({ thing }) => thingsOf(which).includes(thing))
      .flatMap((run) => run.tries.filter(({ step }) => run.steps[step]!.way === way).map((one) => ({ held: one.held === 1, people: one.people.length })));
    for (const way of ['mail', 'sms', 'voice']) {
      expect([way, tried('drill', way).every(({ held }) => held), tried('drill', way).length > 0]).toEqual([way, true, true]);
      expect([way, tried('real', way).some(({ held }) => held), tried('real', way).length > 0]).toEqual([way, false, true]);
    }
    expect(voice).toHaveLength(tried('real', 'voice').reduce((sum, { people }) => sum + people, 0));
    // What the house wrote down of each notice agrees.
    const written = await stair.pool.query<{ channel: string; drill: boolean }>('select distinct channel, drill from notice where reached > 0 order by 1, 2');
    expect(written.rows.map(({ channel, drill }) => `${channel} ${drill}`)).toEqual(['mail false', 'push false', 'push true', 'sms false', 'voice false']);
  }, 180_000);

  it('cards of the drill bear its mark; who rings for it is in nobody’s way for what is real', async () => {
    const cards = all<PhoneCard>(phoneCard.noun);
    const of = (which: 'real' | 'drill') => cards.filter(({ thing }) => thingsOf(which).includes(thing));
    expect([of('drill').length > 0, of('real').length > 0]).toEqual([true, true]);
    expect([of('drill').filter(({ drill }) => !drill), of('real').filter(({ drill }) => drill)]).toEqual([[], []]);
    const page = await enterAs(browser, town.address, town.cast.hanako.person, { path: `/chase/${of('drill')[0]!.id}` });
    await page.locator('.drillband').first().waitFor();
    await page.getByText('電話で伝えてください').first().waitFor();
    await shot(page, 'drill-card-phone');
    await page.context().close();
  });

  it('what is delivered to a real service worker stands on the screen with its mark; an open screen marks what is owed for it', async () => {
    const { page, deliver } = await onDevice('saijo/disaster');
    const got = ends.get('saijo/disaster')!.got.map(({ json }) => json);
    const urgent = (which: 'real' | 'drill') => got.find(({ notification }) => whose(notification.navigate) === which && notification.title.includes('緊急'))!;
    const count = await countsShown(page.context());
    for (const which of ['drill', 'real'] as const) await deliver(urgent(which));
    await expect.poll(count, { timeout: 30_000 }).toBe(2);
    const shown = await page.evaluate(async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, tag }) => ({ title, tag })));
    expect(shown.map(({ title }) => title.startsWith('【訓練】')).toSorted()).toEqual([false, true]);
    // They have tags of their own: one never takes the place of the other.
    expect(new Set(shown.map(({ tag }) => tag)).size).toBe(2);
    const owes = page.locator('a.owe');
    await owes.first().waitFor();
    const texts = await owes.allInnerTexts();
    for (const text of texts.filter((one) => /土砂崩れ|参集|図上訓練/.test(one))) expect(text).toContain('訓練');
    expect(texts.filter((one) => /野村町で浸水|罹災証明書/.test(one)).filter((one) => one.includes('訓練'))).toEqual([]);
    expect(texts.some((one) => /土砂崩れ|参集/.test(one)) && texts.some((one) => /浸水|罹災/.test(one))).toBe(true);
    await shot(page, 'drill-beside-real-home-phone');
    await page.context().close();
  });

  it('none of its numbers is in a paper, a table or a sum of the real one, and each of its own says 訓練', async () => {
    const page = await enterAs(browser, town.address, town.cast.hanako.person, { desk: true });
    const paper = async (path: string): Promise<{ name: string; pages: string[] }> => {
      const answer = await page.request.get(`${town.address}${path}`);
      expect([path, answer.status()]).toEqual([path, 200]);
      const { text } = await extractText(await getDocumentProxy(new Uint8Array(await answer.body())), { mergePages: false });
      return { name: decodeURIComponent(answer.headers()['content-disposition'] ?? ''), pages: text.map((one) => one.replace(/\s/g, '')) };
    };
    for (const [kind, id] of [['damage', 'incident'], ['request', 'request']] as const) {
      const [real, drill] = [await paper(`/documents/${kind}/${played.real[id]}.pdf`), await paper(`/documents/${kind}/${played.drill[id]}.pdf`)];
      expect([kind, real.pages.some((one) => /訓練|777|88/.test(one)), real.name.includes('訓練')]).toEqual([kind, false, false]);
      expect([kind, drill.pages.every((one) => one.includes('訓練')), drill.name.includes('訓練')]).toEqual([kind, true, true]);
    }
    const csv = async (which: 'real' | 'drill'): Promise<string[]> => {
      await page.goto(`${town.address}/damage/${played[which].incident}`);
      const coming = page.waitForEvent('download');
      await page.getByRole('button', { name: 'CSV' }).click();
      const stream = await (await coming).createReadStream();
      const parts: Buffer[] = [];
      for await (const part of stream) parts.push(part as Buffer);
      return Buffer.concat(parts).toString().trimEnd().split('\r\n').slice(1);
    };
    const [real, drill] = [await csv('real'), await csv('drill')];
    expect([real.some((row) => row.startsWith('訓練') || row.includes(',88,')), drill.every((row) => row.startsWith('訓練,')), drill.some((row) => row.includes(',88,'))]).toEqual([false, true, true]);
    // The wall of the real one, and the third screen.
    await page.setViewportSize({ width: 1_920, height: 1_080 });
    await page.goto(`${town.address}/wall`);
    await page.locator('.wall-drills').getByText('土砂災害の図上訓練').waitFor();
    expect(await page.locator('.wall-all > section').first().locator('.four dd').allTextContents()).toEqual(['12', '0', '0', '12']);
    await page.goto(`${town.address}/wall/${played.real.incident}`);
    await page.locator('.wall-overall').getByText('死者 2').waitFor();
    await page.goto(`${town.address}/wall/${played.drill.incident}`);
    await page.locator('.wall-drill').getByText('死者 88').waitFor();
    await shot(page, 'drill-wall-beside-real');
    expect(await page.evaluate(() => [document.documentElement.scrollHeight, document.documentElement.scrollWidth])).toEqual([1_080, 1_920]);
    await page.context().close();
  });

  it('opened to go outside, each mail, SMS and call of it says 訓練 first; nothing that is real says so', async () => {
    const before = { mails: mail.mails.length, calls: calls.length };
    played.outside = await opens('抜き打ち参集訓練', { drill: true, outside: true });
    await climbs(played.outside);
    await notes();
    const [newMails, newCalls] = [mails().slice(before.mails), calls.slice(before.calls)];
    const mine = newMails.filter((one) => one.whose === 'outside');
    expect(mine.length).toBeGreaterThan(0);
    expect(mine.filter(({ subject, body }) => !subject.startsWith('【訓練】') || !body.startsWith('【訓練】'))).toEqual([]);
    expect(newMails.filter((one) => one.whose !== 'outside' && one.subject.includes('訓練'))).toEqual([]);
    for (const channel of ['sms', 'voice'] as const) {
      const some = newCalls.filter((one) => one.channel === channel);
      const marked = some.filter(({ text }) => /^(【訓練】|これは訓練です)/.test(text));
      expect([channel, marked.length > 0]).toEqual([channel, true]);
      if (channel === 'sms') expect(some.filter(({ text }) => (whose(linkOf(text)) === 'outside') !== text.startsWith('【訓練】'))).toEqual([]);
    }
  }, 180_000);
});

/** What was said when an incident was opened is urgent too: to which it belongs is known by its room. */
async function notes(): Promise<void> {
  const { rows } = await stair.pool.query<{ id: string; stream: string; drill: string | null }>(`select n.id, s.key as stream, n.value ->> 'incident' as drill from noun n join stream s on s.no = n.stream and s.workspace = n.workspace where n.noun = 'message'`);
  for (const { id, drill } of rows) for (const which of Object.keys(played) as (keyof typeof played)[]) if (drill === played[which].incident) alarms.set(id, which);
}
const thingsOf = (which: keyof typeof played): string[] => [played[which].said, played[which].request, played[which].notice, ...[...alarms].filter(([, one]) => one === which).map(([id]) => id)];

/** A browser whose service worker can be handed what came to the push service. */
async function onDevice(key: string): Promise<{ page: Page; deliver: (json: unknown) => Promise<void> }> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'ja-JP' });
  await context.grantPermissions(['notifications'], { origin: town.address });
  const page = await enterAs(browser, town.address, town.actors.get(key)!.person, { context });
  const line = await context.newCDPSession(page);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  let registrationId: string | undefined;
  line.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => { registrationId = registrations.find(({ scopeURL }) => scopeURL.startsWith(town.address))?.registrationId ?? registrationId; });
  await line.send('ServiceWorker.enable');
  return { page, deliver: async (json) => {
    // The house of this test listens somewhere else than it says.
    const id = await until(() => registrationId, 'the service worker to stand');
    await line.send('ServiceWorker.deliverPushMessage', { origin: town.address, registrationId: id, data: JSON.stringify(json).replaceAll(base, town.address) });
  } };
}
