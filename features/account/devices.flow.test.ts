import { disablePerson, enablePerson } from '@noroshi/features/directory';
import { subprotocol } from '@noroshi/foundations/sync';
import { until } from '@noroshi/foundations/testing';
import { box, cameIn, door, opensTheDoor } from '@noroshi/e2e/at-the-door';
import type { Visitor } from '@noroshi/e2e/door';
import { mostDevices } from '@noroshi/features/account/server';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { changePassword, chooseLanguage, devices, ended, invite, me, reissue, signIn, signOut, signOutDevice, signOutOthers } from './account.ts';

const day = 24 * 60 * 60_000;
const password = '緑の机に三本の傘がある';

opensTheDoor();


const soon = <T>(what: Promise<T>): Promise<T> => Promise.race([what, new Promise<T>((_resolve, reject) => setTimeout(() => reject(new Error('not within a second')), 1_000))]);

it('C20 a person has so many devices and no more: with one more, the one not heard of for longest is out', async () => {
  const oldest = await cameIn('ken');
  for (let i = 0; i < mostDevices; i++) {
    box.clock.pass(1_000);
    await cameIn('ken');
  }
  expect((await oldest.ask(me, {})).status).toBe(401);
  expect((await (await cameIn('ken')).ask(devices, {})).body.devices).toHaveLength(mostDevices);
});

describe('a device', () => {
  it('C20 in use stays signed in for years; one that is not, for 400 days', async () => {
    const [used, idle] = [await cameIn('aoi'), await cameIn('aoi')];
    for (let i = 0; i < 4; i++) {
      box.clock.pass(300 * day);
      const answer = await used.ask(me, {});
      expect(answer.status).toBe(200);
      expect(answer.headers['set-cookie']).toContain('Max-Age=34560000');
    }
    expect((await idle.ask(me, {})).body).toEqual({ ok: false, code: 'account.signedOut' });
  });

  it('C21 can be signed out from another, and its open line ends within a second', async () => {
    const [phone, desk, tablet] = [await cameIn('ken'), await cameIn('ken'), await cameIn('ken')];
    const line = await door.onTheLine(desk);
    const others = await door.onTheLine(phone);
    const list = (await phone.ask(devices, {})).body.devices as { session: string; here: boolean }[];
    const deskSession = (await desk.ask(me, {})).body.session;
    expect(list.map((d) => d.session)).toContain(deskSession);
    expect((await (await cameIn('taro')).ask(signOutDevice, { session: deskSession })).body).toEqual({ ok: false, code: 'account.deviceNotFound' });
    expect((await phone.ask(signOutDevice, { session: deskSession })).status).toBe(200);
    expect(await soon(line.ended)).toEqual({ code: 4001, bye: 'account.signedOut' });
    expect((await desk.ask(me, {})).status).toBe(401);
    expect((await phone.ask(signOutOthers, {})).body.ended).toBeGreaterThanOrEqual(1);
    expect((await tablet.ask(me, {})).status).toBe(401);
    expect(others.socket.readyState).toBe(WebSocket.OPEN);
    expect((await phone.ask(signOut, {})).status).toBe(200);
    expect(phone.cookie).toBeUndefined();
    expect(await soon(others.ended)).toMatchObject({ code: 4001 });
  });

  it('C22 of someone who is disabled is off the line within a second, and does not come back when they are let in again', async () => {
    const phone = await cameIn('ken');
    const line = await door.onTheLine(phone);
    await box.does('hanako', disablePerson, { id: box.cast.ken.person });
    expect(await soon(line.ended)).toEqual({ code: 4001, bye: 'account.disabled' });
    expect((await phone.ask(me, {})).status).toBe(401);
    expect((await (await cameIn('hanako')).ask(invite, { person: box.cast.ken.person })).body.code).toBe('account.disabledPerson');
    await until(async () => (await box.stair.pool.query('select 1 from account_session where person = $1 and revoked is null', [box.cast.ken.person])).rowCount === 0, 'all sessions to end');
    await box.does('hanako', enablePerson, { id: box.cast.ken.person });
    expect((await phone.ask(me, {})).status).toBe(401);
  });

  it('C26 is told whether its session was ended, and clears itself only then', async () => {
    const told = async (visitor: Visitor): Promise<unknown> => {
      const { status, body, headers } = await visitor.ask(ended, {});
      expect(headers['clear-site-data'], JSON.stringify(body)).toBe(body.ended ? '"cache"' : undefined);
      return [status, body.ended];
    };
    const [signedOut, reissued, idle, inUse, hanako] = [await cameIn('taro'), await cameIn('ken'), await cameIn('mika'), await cameIn('aoi'), await cameIn('hanako')];
    const secret = signedOut.cookie;
    expect((await signedOut.ask(signOut, {})).headers['clear-site-data']).toBe('"cache"');
    expect(await told(signedOut)).toEqual([200, false]);
    signedOut.cookie = secret;
    expect(await told(signedOut)).toEqual([200, true]);
    expect((await hanako.ask(reissue, { person: box.cast.ken.person, endSessions: true })).status).toBe(200);
    // Asked again, should the device have been turned off meanwhile: the secret stays with it.
    for (let i = 0; i < 2; i++) expect(await told(reissued)).toEqual([200, true]);
    expect(await told(inUse)).toEqual([200, false]);
    // An account that is closed, even before its sessions are.
    await box.does('hanako', disablePerson, { id: box.cast.aoi.person });
    expect(await told(inUse)).toEqual([200, true]);
    await until(async () => (await box.stair.pool.query('select from account_session where person = $1 and revoked is null', [box.cast.aoi.person])).rowCount === 0, 'all sessions to end');
    await box.does('hanako', enablePerson, { id: box.cast.aoi.person });
    expect(await told(inUse)).toEqual([200, true]);
    // Nobody ended these: one ran out, one the server never heard of, one is none.
    box.clock.pass(401 * day);
    expect((await idle.ask(me, {})).status).toBe(401);
    expect(await told(idle)).toEqual([200, false]);
    for (const cookie of [secret!.replace(/=.*/, `=${'x'.repeat(43)}`), secret!.replace(/=.*/, '=%00')]) {
      const visitor = door.visitor();
      visitor.cookie = cookie;
      expect(await told(visitor)).toEqual([200, false]);
    }
    expect(await told(door.visitor())).toEqual([200, false]);
  });

  it('C23 changes its owner’s password only with the old one, and may sign the others out', async () => {
    const [phone, desk] = [await cameIn('aoi', password), await cameIn('aoi')];
    const next = 'みかん箱と古いラジオ';
    expect((await phone.ask(changePassword, { password: next, endOthers: true })).body.code).toBe('account.wrongPassword');
    expect((await phone.ask(changePassword, { current: password, password: '1234567890', endOthers: true })).body.code).toBe('account.passwordGuessable');
    expect((await phone.ask(changePassword, { current: password, password: next, endOthers: true })).status).toBe(200);
    expect((await desk.ask(me, {})).status).toBe(401);
    const { login } = (await phone.ask(me, {})).body;
    expect((await door.visitor('192.0.2.90').ask(signIn, { login, password: next })).status).toBe(200);
    expect((await phone.ask(chooseLanguage, { language: 'en' })).body).toMatchObject({ language: 'en' });
  });

  it('C24 is not heard from a page of another house', async () => {
    const phone = await cameIn('taro');
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'http://evil.example', host: 'evil.example' }] as Record<string, string>[]) {
      expect(await phone.ask(me, {}, headers), JSON.stringify(headers)).toMatchObject({ status: 403, body: { code: 'line.otherOrigin' } });
    }
    expect((await phone.ask(me, {}, { origin: 'http://localhost:8080', 'sec-fetch-site': 'same-origin', host: 'localhost:8080' })).status).toBe(200);
    expect(await phone.ask('account.me', '{}', { 'content-type': 'text/plain' })).toMatchObject({ status: 415, body: { code: 'command.notJson' } });
    expect(await phone.ask('account.me', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject({ status: 415 });
    await door.onTheLine(phone);
    const { port } = door.app.server.address() as { port: number };
    const strange = new WebSocket(`ws://127.0.0.1:${port}/line`, subprotocol, { headers: { cookie: phone.cookie!, origin: 'https://evil.example' } });
    expect(await new Promise((resolve) => strange.on('error', (error) => resolve(error.message)))).toContain('403');
  });
});

describe('what is long past', () => {
  it('C25 is kept for 400 days and then forgotten by the house’s clock: attempts, guesses, links and devices that have ended', async () => {
    const { pool, clock } = box.stair;
    const counted = async (): Promise<Record<string, number>> => (await pool.query(`select (select count(*) from account_attempt) as attempts, (select count(*) from account_guessing) as guesses,
      (select count(*) from account_invitation) as links, (select count(*) from account_session where revoked is not null) as ended, (select count(*) from account) as accounts`)).rows[0];
    const phone = await cameIn('aoi', password);
    await (await cameIn('ken')).ask(signOut, {});
    await door.accounts.linkFor(box.cast.mika.person);
    await door.visitor('203.0.113.40').ask(signIn, { login: 'nobody', password: '違う合い言葉です' });
    const before = await counted();
    box.clock.pass(390 * day);
    expect((await phone.ask(me, {})).status).toBe(200);
    await clock.tidy();
    // Only the guesses, which are forgotten after a day, and what earlier tests had left behind for years.
    const later = await counted();
    expect(later).toMatchObject({ guesses: 0, accounts: before.accounts });
    for (const kept of ['attempts', 'links', 'ended']) expect(later[kept], kept).toBeGreaterThan(0);
    box.clock.pass(30 * day);
    await clock.tidy();
    // The phone that was heard of goes on.
    expect(await counted()).toEqual({ attempts: 0, guesses: 0, links: 0, ended: 0, accounts: before.accounts });
    expect((await phone.ask(me, {})).status).toBe(200);
  });
});
