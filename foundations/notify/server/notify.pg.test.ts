import { freshDatabase, type FreshDatabase } from '@noroshi/foundations/database/testing';
import { newId, type Id } from '@noroshi/foundations/kernel';
import type { Channel, Notice } from '@noroshi/foundations/notify';
import { areSubscriptionKeys, Notifier, pushDriver, pushKeys, type Driver, type Place, type PushNeeds, type Sent } from '@noroshi/foundations/notify/server';
import { androidDriver, mailDriver, postDriver } from '@noroshi/foundations/notify/drivers';
import { mailCatcher, PushService, readMail, until } from '@noroshi/foundations/testing';
import { randomBytes } from 'node:crypto';
import { createServer as createHttp, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let database: FreshDatabase;
let service: PushService;
let push: PushNeeds;
const ends: (() => unknown)[] = [];
beforeAll(async () => {
  [database, service] = await Promise.all([freshDatabase(), PushService.open()]);
  push = { keys: await pushKeys(database.pool, 1), subject: 'https://noroshi.example.jp', inside: ['localhost'], ca: service.ca, patience: 2_000 };
});
afterAll(async () => {
  for (const end of ends) await end();
  await service?.close();
  await database?.close();
});

const fresh = (): Id => newId(Date.now(), randomBytes(10));
const notice = (more: Partial<Notice> = {}): Notice => ({
  id: fresh(), person: fresh(), channel: 'push', title: 'グループC', body: '兵頭 太郎：水が来ています', path: '/talk/x', tag: 'talk/x', urgent: true, drill: false, ...more,
});

/** A notifier whose people are at these places. */
const notifier = (drivers: Partial<Record<Channel, Driver>>, places: Partial<Record<Channel, readonly Place[]>> | ((person: Id) => readonly Place[])): { notifier: Notifier; became: [Place, Sent][] } => {
  const became: [Place, Sent][] = [];
  return {
    became,
    notifier: new Notifier({
      pool: database.pool, now: Date.now, drivers, base: 'https://noroshi.example.jp', report: (error) => { throw error; },
      where: {
        places: async (person, channel) => (typeof places === 'function' ? places(person) : places[channel] ?? []),
        languageOf: async () => 'ja',
        waiting: async () => 3,
        isQuiet: async () => true,
        became: async (place, sent) => void became.push([place, sent]),
      },
    }),
  };
};
const at = (one: ReturnType<PushService['subscribe']>): Place => ({ to: one.endpoint, keys: { p256dh: one.p256dh, auth: one.auth } });
const row = async (id: Id) => (await database.pool.query('select channel, urgent, drill, done is not null as done, reached, code from notice where id = $1', [id])).rows[0];

describe('push', () => {
  it('N1 N4 comes to each device, encrypted to it, signed by the house, urgent, for twelve hours, replacing what waits of the same talk', async () => {
    const devices = [service.subscribe(), service.subscribe()];
    const { notifier: it } = notifier({ push: pushDriver(push) }, { push: devices.map(at) });
    const one = notice();
    expect(await it.tell(one)).toEqual({ ok: true, to: 2 });
    for (const { got, endpoint } of devices) {
      expect(got).toHaveLength(1);
      expect(got[0]!.json).toEqual({ web_push: 8030, app_badge: 3, notification: { title: one.title, body: one.body, navigate: 'https://noroshi.example.jp/talk/x', tag: 'talk/x', lang: 'ja', silent: false, data: { urgent: true } } });
      expect(got[0]!.headers).toMatchObject({ urgency: 'high', ttl: '43200', 'content-encoding': 'aes128gcm', topic: expect.stringMatching(/^[\w-]{32}$/) });
      expect(got[0]!.claims).toMatchObject({ aud: new URL(endpoint).origin, sub: 'https://noroshi.example.jp' });
      expect(got[0]!.claims.exp - Date.now() / 1_000).toBeLessThanOrEqual(24 * 3_600);
    }
    expect(await row(one.id)).toEqual({ channel: 'push', urgent: true, drill: false, done: true, reached: 2, code: null });
  });

  it('W14 is silent at an hour in which its reader wants quiet where it is of a drill that was announced, and at no other', async () => {
    const device = service.subscribe();
    const { notifier: it } = notifier({ push: pushDriver(push) }, { push: [at(device)] });
    for (const more of [{ drill: true, gentle: true }, { drill: true }, {}]) expect(await it.tell(notice(more))).toEqual({ ok: true, to: 1 });
    expect(device.got.map(({ json, headers }) => [json.notification.silent, headers.urgency])).toEqual([[true, 'normal'], [false, 'high'], [false, 'high']]);
    expect(device.got.some(({ json }) => JSON.stringify(json).includes('gentle'))).toBe(false);
  });

  it('N2 with the same keys after a restart, however many nodes start at once', async () => {
    const again = await Promise.all([1, 2, 3].map((now) => pushKeys(database.pool, now)));
    expect(again).toEqual([push.keys, push.keys, push.keys]);
    expect(areSubscriptionKeys({ p256dh: push.keys.publicKey, auth: randomBytes(16).toString('base64url') })).toBe(true);
    expect(areSubscriptionKeys({ p256dh: Buffer.concat([Buffer.from([4]), randomBytes(64)]).toString('base64url'), auth: randomBytes(16).toString('base64url') })).toBe(false);
    expect(areSubscriptionKeys({ p256dh: push.keys.publicKey, auth: 'AAAA' })).toBe(false);
  });

  it('N1 drops a device that is gone, keeps one that is only out of reach, and asks once more where the service is busy', async () => {
    const devices = [410, 404, 500, 403, 429, 413].map((status) => Object.assign(service.subscribe(), { answer: { status, headers: { 'retry-after': '0' } } }));
    const busy = devices[4]!;
    const { notifier: it, became } = notifier({ push: pushDriver(push) }, { push: devices.map(at) });
    const telling = it.tell(notice());
    expect(await telling).toEqual({ ok: false, code: 'notify.gone' });
    expect(devices.map(({ endpoint }) => became.find(([place]) => place.to === endpoint)![1])).toEqual([
      { ok: false, code: 'notify.gone', gone: true }, { ok: false, code: 'notify.gone', gone: true }, { ok: false, code: 'notify.away' }, { ok: false, code: 'notify.refused' }, { ok: false, code: 'notify.busy' }, { ok: false, code: 'notify.refused' },
    ]);
    const later = notifier({ push: pushDriver(push) }, { push: [at(busy)] });
    const answers = [{ status: 429, headers: { 'retry-after': '0' } }, { status: 201 }];
    Object.defineProperty(busy, 'answer', { get: () => answers.shift() ?? { status: 500 } });
    expect(await later.notifier.tell(notice())).toEqual({ ok: true, to: 1 });
    expect(busy.got).toHaveLength(1);
    const far = Object.assign(service.subscribe(), { answer: { status: 503, headers: { 'retry-after': '3600' } } });
    expect(await notifier({ push: pushDriver(push) }, { push: [at(far)] }).notifier.tell(notice())).toEqual({ ok: false, code: 'notify.busy' });
  });

  it('N6 goes to no address inside the network, also where a name leads there', async () => {
    const inside = service.subscribe();
    const { notifier: it } = notifier({ push: pushDriver({ ...push, inside: [] }) }, { push: [at(inside)] });
    expect((await it.tell(notice())).ok).toBe(false);
    // A name that looks like any other and leads to this machine: only the address that is connected to tells.
    const named = { ...at(inside), to: inside.endpoint.replace('localhost', 'localhost.localdomain.example') };
    const driver = pushDriver({ ...push, inside: [] });
    expect((await driver.send(named, { ...notice(), language: 'ja', link: '' })).ok).toBe(false);
    expect(inside.got).toEqual([]);
  });

  it('N7 is held up for nobody by whoever never answers', async () => {
    const silent = Array.from({ length: 8 }, () => Object.assign(service.subscribe(), { answer: undefined }));
    const quick = service.subscribe();
    const slow = fresh();
    const { notifier: it } = notifier({ push: pushDriver({ ...push, patience: 60_000 }) }, (person) => (person === slow ? silent.map(at) : [at(quick)]));
    const held = Array.from({ length: 4 }, () => it.tell(notice({ person: slow })));
    let heldUp = true;
    void Promise.race(held).then(() => { heldUp = false; });
    expect(await Promise.all(Array.from({ length: 20 }, () => it.tell(notice())))).toEqual(Array.from({ length: 20 }, () => ({ ok: true, to: 1 })));
    expect(heldUp).toBe(true);
    const letGo = setInterval(() => { for (const one of silent) one.letGo(); }, 20);
    expect(await Promise.all(held)).toEqual(held.map(() => ({ ok: false, code: 'notify.away' })));
    clearInterval(letGo);
    // By itself, each call ends within its patience.
    expect(await notifier({ push: pushDriver({ ...push, patience: 100 }) }, { push: [at(silent[0]!)] }).notifier.tell(notice())).toEqual({ ok: false, code: 'notify.away' });
  });
});

describe('at most once', () => {
  it('N3 however often it is handed over, and on however many nodes', async () => {
    const device = service.subscribe();
    const one = notice();
    const nodes = [1, 2, 3].map(() => notifier({ push: pushDriver(push) }, { push: [at(device)] }).notifier);
    const told = await Promise.all(nodes.flatMap((node) => [node.tell(one), node.tell(one)]));
    expect(device.got).toHaveLength(1);
    expect(told.filter((each) => each.ok).length).toBeGreaterThanOrEqual(2);
    for (const each of told) expect(each).toEqual(each.ok ? { ok: true, to: 1 } : { ok: false, code: 'notify.unknown' });
    expect(await nodes[1]!.tell(one)).toEqual({ ok: true, to: 1 });
    expect(device.got).toHaveLength(1);
  });

  it('N3 what was under way when the server was killed is unknown, and stays unsent', async () => {
    const device = service.subscribe();
    const one = notice();
    let called = 0;
    const killed: Driver = { send: () => { called += 1; return new Promise(() => undefined); } };
    void notifier({ push: killed }, { push: [at(device)] }).notifier.tell(one);
    await until(() => called === 1, 'the driver to be called');
    const next = notifier({ push: pushDriver(push) }, { push: [at(device)] }).notifier;
    expect(await next.tell(one)).toEqual({ ok: false, code: 'notify.unknown' });
    expect(device.got).toEqual([]);
    expect(await row(one.id)).toMatchObject({ done: false });
    await database.pool.query('update notice set at = at - 600000 where id = $1', [one.id]);
    await next.tidy();
    expect(await row(one.id)).toMatchObject({ done: true, code: 'notify.unknown' });
    await database.pool.query('update notice set at = 0 where id = $1', [one.id]);
    await next.tidy();
    expect(await row(one.id)).toBeUndefined();
  });

  it('N3 is written before the driver is called', async () => {
    const one = notice();
    let seen: unknown;
    const { notifier: it } = notifier({ push: { send: async () => { seen = await row(one.id); return { ok: true }; } } }, { push: [{ to: 'x' }] });
    expect(await it.tell(one)).toEqual({ ok: true, to: 1 });
    expect(seen).toMatchObject({ done: false, reached: 0 });
  });

  it('says why it went nowhere: no such channel here, nowhere to send it', async () => {
    const { notifier: it } = notifier({ push: pushDriver(push) }, {});
    expect(await it.tell(notice())).toEqual({ ok: false, code: 'notify.nowhere' });
    expect(await it.tell(notice({ channel: 'sms' }))).toEqual({ ok: false, code: 'notify.noChannel' });
    const { notifier: reached } = notifier({ push: pushDriver(push), mail: { send: async () => ({ ok: true }) } }, { push: [{ to: 'x' }], sms: [{ to: '090' }] });
    expect(await reached.reach(fresh())).toEqual(['push']);
  });
});

describe('mail', () => {
  it('N5 says that something waits and where, and no word of it', async () => {
    const { port, mails, close } = await mailCatcher();
    ends.push(close);
    const driver = mailDriver({ server: new URL(`smtp://127.0.0.1:${port}?plain`), from: '狼煙 <noroshi@example.jp>' });
    ends.push(() => driver.close?.());
    const { notifier: it } = notifier({ mail: driver }, { mail: [{ to: 'taro@seiyo.example' }] });
    const one = notice({ channel: 'mail', drill: true });
    expect(await it.tell(one)).toEqual({ ok: true, to: 1 });
    expect(mails).toHaveLength(1);
    expect(mails[0]!.to).toBe('taro@seiyo.example');
    const { subject, body, head } = readMail(mails[0]!.text);
    expect(subject).toBe('【訓練】狼煙：緊急のお知らせがあります。すぐに開いてください');
    expect(body.trim()).toBe(`${subject}\nhttps://noroshi.example.jp/talk/x`);
    expect(head).toMatch(new RegExp(`^Message-ID: <${one.id}@noroshi>$`, 'im'));
    expect(head).toMatch(/^Auto-Submitted: auto-generated$/m);
    for (const word of ['水が来ています', 'グループC', '兵頭']) expect(`${subject}${body}`).not.toContain(word);
    const refused = notifier({ mail: driver }, { mail: [{ to: 'refused@seiyo.example' }] }).notifier;
    expect(await refused.tell(notice({ channel: 'mail' }))).toEqual({ ok: false, code: 'notify.refused' });
    // Without TLS nothing is said, unless the setting says so.
    const shy = mailDriver({ server: new URL(`smtp://127.0.0.1:${port}`), from: 'noroshi@example.jp' });
    ends.push(() => shy.close?.());
    expect(await notifier({ mail: shy }, { mail: [{ to: 'taro@seiyo.example' }] }).notifier.tell(notice({ channel: 'mail' }))).toEqual({ ok: false, code: 'notify.away' });
    expect(mails).toHaveLength(1);
  });
});

describe('SMS and voice', () => {
  it('N5 go to the gateway by the described form, and to the telephone at headquarters', async () => {
    const calls: { url: string; headers: IncomingHttpHeaders; body: any }[] = [];
    let status = 200;
    const gateway = createHttp((request, reply) => {
      let body = '';
      request.on('data', (part: Buffer) => { body += part.toString(); });
      request.on('end', () => {
        calls.push({ url: request.url!, headers: request.headers, body: JSON.parse(body) });
        reply.writeHead(status).end('{}');
      });
    });
    await new Promise<void>((done) => gateway.listen(0, '127.0.0.1', done));
    ends.push(() => { gateway.closeAllConnections(); gateway.close(); });
    const { port } = gateway.address() as AddressInfo;
    const places = { sms: [{ to: '090-1234-5678' }], voice: [{ to: '0894-62-1111' }] };
    const address = new URL(`http://127.0.0.1:${port}/calls`);
    const { notifier: it } = notifier({ sms: postDriver('sms', { gateway: address, token: 'hush' }), voice: postDriver('voice', { gateway: address }) }, places);
    const [sms, voice] = [notice({ channel: 'sms', urgent: false }), notice({ channel: 'voice' })];
    expect(await it.tell(sms)).toEqual({ ok: true, to: 1 });
    expect(await it.tell(voice)).toEqual({ ok: true, to: 1 });
    expect(calls.map(({ url, body }) => ({ url, ...body }))).toEqual([
      { url: '/calls', id: sms.id, channel: 'sms', to: '+819012345678', text: '狼煙：お知らせがあります\nhttps://noroshi.example.jp/talk/x', language: 'ja' },
      { url: '/calls', id: voice.id, channel: 'voice', to: '+81894621111', text: expect.stringMatching(/^災害ホットライン狼煙からの緊急のお知らせです。/), language: 'ja' },
    ]);
    expect(calls[0]!.headers).toMatchObject({ authorization: 'Bearer hush', 'idempotency-key': sms.id, 'content-type': 'application/json' });
    expect(calls[1]!.headers.authorization).toBeUndefined();

    const phone = androidDriver({ gateway: new URL(`http://sms:p%40ss@127.0.0.1:${port}`) });
    const one = notice({ channel: 'sms', drill: true });
    expect(await notifier({ sms: phone }, places).notifier.tell(one)).toEqual({ ok: true, to: 1 });
    expect(calls[2]).toMatchObject({ url: '/message', headers: { authorization: `Basic ${Buffer.from('sms:p@ss').toString('base64')}` }, body: { id: one.id, message: expect.stringMatching(/^【訓練】狼煙：緊急/), phoneNumbers: ['+819012345678'] } });
    for (const [answer, code] of [[401, 'notify.refused'], [429, 'notify.busy'], [500, 'notify.away'], [302, 'notify.refused']] as const) {
      status = answer;
      expect(await it.tell(notice({ channel: 'sms' }))).toEqual({ ok: false, code });
    }
    gateway.closeAllConnections();
    await new Promise((done) => gateway.close(done));
    expect(await it.tell(notice({ channel: 'sms' }))).toEqual({ ok: false, code: 'notify.away' });
  });
});
