import { addPerson, amendPerson, disablePerson, enablePerson, giveRole } from '@noroshi/features/directory';
import { freshDatabase } from '@noroshi/foundations/database/testing';
import { newId } from '@noroshi/foundations/kernel';
import { pack, subprotocol, unpack, up, wireVersion } from '@noroshi/foundations/sync';
import { ManualClock, until } from '@noroshi/foundations/testing';
import { hotline, type CastName, type Hotline } from '@noroshi/e2e/box';
import { openDemo, openDoor, type OpenDoor, type Visitor } from '@noroshi/e2e/door';
import { answers, house } from '@noroshi/server/features';
import { Hashing, mostDevices, type Hasher } from '@noroshi/features/account/server';
import { Stair } from '@noroshi/foundations/sync/server';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import {
  acceptInvitation, attempts, beginHouse, changePassword, chooseLanguage, demoPeople, demoSignIn, devices, ended, endSessions, invite, me, openInvitation, reissue,
  signIn, signOut, signOutDevice, signOutOthers, standings, withdrawInvitation,
} from './account.ts';

const day = 24 * 60 * 60_000;
const password = '緑の机に三本の傘がある';

let box: Hotline;
let door: OpenDoor;
beforeAll(async () => {
  box = await hotline();
  door = await openDoor(box.stair);
});
afterAll(async () => {
  await door?.close();
  await box?.close();
});

const tokenOf = (url: string): string => url.split('#')[1]!;

/** A link for someone, made by Hanako unless another makes it. */
const linkFor = async (who: CastName, by?: Visitor): Promise<string> => {
  const maker = by ?? (await cameIn('hanako'));
  const made = await maker.ask(invite, { person: box.cast[who].person });
  expect(made).toMatchObject({ status: 200, body: { person: box.cast[who].person } });
  return tokenOf(made.body.url);
};

/** Someone who has just come in by a link of their own. */
const cameIn = async (who: CastName, secret?: string, address?: string): Promise<Visitor> => {
  const visitor = door.visitor(address);
  const token = await door.accounts.linkFor(box.cast[who].person);
  expect(await visitor.ask(acceptInvitation, { token, ...(secret ? { password: secret } : {}) })).toMatchObject({ status: 200 });
  return visitor;
};

/** A real socket of a visitor. */
const onTheLine = async (visitor: Visitor): Promise<{ socket: WebSocket; ended: Promise<{ code: number; bye: unknown }> }> => {
  if (!door.app.server.listening) await door.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = door.app.server.address() as { port: number };
  const socket = new WebSocket(`ws://127.0.0.1:${port}/line`, subprotocol, { headers: { cookie: visitor.cookie } });
  let bye: unknown;
  const greeted = new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (data) => {
      for (const frame of unpack(data as Buffer) ?? []) if (frame[0] === 10) bye = frame[1];
      resolve();
    });
  });
  const ended = new Promise<{ code: number; bye: unknown }>((resolve) => socket.on('close', (code) => resolve({ code, bye })));
  socket.on('open', () => socket.send(pack([up.hello, wireVersion, new Uint8Array(16)])));
  await greeted;
  return { socket, ended };
};

const soon = <T>(what: Promise<T>): Promise<T> => Promise.race([what, new Promise<T>((_resolve, reject) => setTimeout(() => reject(new Error('not within a second')), 1_000))]);

describe('an invitation', () => {
  it('C1 puts a phone on the line: the link is opened, the name confirmed, and one is in', async () => {
    const made = await (await cameIn('hanako')).ask(invite, { person: box.cast.taro.person });
    expect(made.body).toMatchObject({ login: expect.stringMatching(/^seiyo-\d\d$/), qr: expect.stringContaining('<svg') });
    expect(made.body.expiresAt - box.clock.now()).toBeGreaterThan(13 * day);
    const phone = door.visitor();
    const token = tokenOf(made.body.url);
    expect(new URL(made.body.url).pathname).toBe('/invitation');
    expect((await phone.ask(openInvitation, { token })).body).toMatchObject({ kind: 'person', name: '兵頭 太郎', orgName: '西予市', hasPassword: false });
    const inside = await phone.ask(acceptInvitation, { token, device: '太郎の電話' });
    expect(inside).toMatchObject({ status: 200, body: { ...box.cast.taro, name: '兵頭 太郎', orgName: '西予市', demo: false, language: 'ja' } });
    expect((await phone.ask(me, {})).body).toEqual(inside.body);
    expect((await phone.ask(devices, {})).body.devices).toMatchObject([{ name: '太郎の電話', here: true }]);
  });

  it('C2 is used up by one device, however many ask at once', async () => {
    const token = await linkFor('aoi');
    const all = await Promise.all(Array.from({ length: 8 }, () => door.visitor().ask(acceptInvitation, { token })));
    expect(all.filter((one) => one.status === 200)).toHaveLength(1);
    expect(all.filter((one) => one.body.code === 'account.invitationUsed')).toHaveLength(7);
  });

  it('C3 may be asked for again by the device whose answer was lost, and by no other', async () => {
    const token = await linkFor('ken');
    const claim = '0197a000-0000-7000-8000-000000000001';
    const [first, again, other] = [door.visitor(), door.visitor(), door.visitor()];
    expect((await first.ask(acceptInvitation, { token, claim })).status).toBe(200);
    expect((await again.ask(acceptInvitation, { token, claim })).status).toBe(200);
    expect((await first.ask(me, {})).body).toEqual({ ok: false, code: 'account.signedOut' });
    expect((await again.ask(me, {})).status).toBe(200);
    expect((await other.ask(acceptInvitation, { token, claim: claim.replace('1', '2') })).body.code).toBe('account.invitationUsed');
    box.clock.pass(11 * 60_000);
    expect((await other.ask(acceptInvitation, { token, claim })).body.code).toBe('account.invitationUsed');
  });

  it('C3 does not come in again once what it let in was ended: by an administrator who ends all, by one who ends the devices, by the person', async () => {
    const { person } = box.cast.ken;
    const claim = '0197a000-0000-7000-8000-000000000003';
    const hanako = await cameIn('hanako');
    const ends: Record<string, (thief: Visitor) => Promise<unknown>> = {
      reissue: () => hanako.ask(reissue, { person, endSessions: true }),
      endSessions: () => hanako.ask(endSessions, { person }),
      signOut: (thief) => thief.ask(signOut, {}),
      signOutOthers: async () => (await cameIn('ken')).ask(signOutOthers, {}),
    };
    for (const [how, end] of Object.entries(ends)) {
      const token = await linkFor('ken', hanako);
      const thief = door.visitor();
      expect((await thief.ask(acceptInvitation, { token, claim, device: 'thief' })).status, how).toBe(200);
      expect(await end(thief), how).toMatchObject({ status: 200 });
      expect((await thief.ask(me, {})).status, how).toBe(401);
      for (const more of [{}, { password: '盗まれた端末の白い自転車' }]) {
        const again = door.visitor();
        expect((await again.ask(acceptInvitation, { token, claim, ...more })).body, how).toEqual({ ok: false, code: 'account.invitationUsed' });
        expect((await again.ask(me, {})).status, how).toBe(401);
      }
    }
    // The house's first link, too.
    const empty = await freshDatabase();
    const stair = await Stair.open({ pool: empty.pool, house, now: box.clock.now, answers });
    const bare = await openDoor(stair);
    const first = { token: (await bare.accounts.firstInvitation())!, claim, name: '渡部 花子', kana: 'わたなべ はなこ', login: 'hanako', password, organization: { name: '愛媛県', kana: 'えひめけん', romaji: 'Ehime', short: '県', code: '380008' } };
    const [one, two] = [bare.visitor(), bare.visitor()];
    expect((await one.ask(beginHouse, first)).status).toBe(200);
    expect((await two.ask(beginHouse, first)).status).toBe(200);
    expect((await two.ask(signOut, {})).status).toBe(200);
    expect((await bare.visitor().ask(beginHouse, first)).body.code).toBe('account.invitationUsed');
    await bare.close();
    await stair.close();
    await empty.close();
  });

  it('C4 ends after 14 days, when it is withdrawn, and when a newer one is made', async () => {
    const hanako = await cameIn('hanako');
    const late = await linkFor('ken', hanako);
    const newer = await linkFor('ken', hanako);
    expect((await door.visitor().ask(openInvitation, { token: late })).body.code).toBe('account.invitationWithdrawn');
    expect((await hanako.ask(withdrawInvitation, { person: box.cast.ken.person })).status).toBe(200);
    expect((await door.visitor().ask(acceptInvitation, { token: newer })).body.code).toBe('account.invitationWithdrawn');
    const old = await linkFor('ken', hanako);
    box.clock.pass(14 * day);
    expect((await door.visitor().ask(acceptInvitation, { token: old })).body.code).toBe('account.invitationExpired');
    expect((await door.visitor().ask(acceptInvitation, { token: 'x'.repeat(43) })).body.code).toBe('account.invitationNotFound');
  });

  it('C5 is not used up by a password that could be guessed', async () => {
    const token = await linkFor('ken');
    const phone = door.visitor();
    for (const [weak, code] of [['short', 'input.tooShort'], ['伊予市伊予市伊予市伊予市', 'account.passwordGuessable'], ['x'.repeat(201), 'input.tooLong']] as const) {
      expect((await phone.ask(acceptInvitation, { token, password: weak })).body.code).toBe(code);
    }
    expect((await phone.ask(acceptInvitation, { token, password })).body).toMatchObject({ hasPassword: true });
  });

  it('C6 with fresh is made for nobody who has one, a password or a device: no paper ends that somebody else has printed', async () => {
    const hanako = await cameIn('hanako');
    const person = newId(Date.now(), randomBytes(10));
    await box.does('system', addPerson, { id: person, org: box.orgs.iyo, role: 'member', name: '二宮 三郎', kana: '', phones: [] });
    const asks = async () => (await hanako.ask(invite, { person, fresh: true })).body;
    const first = await asks();
    expect(first).toMatchObject({ person });
    expect(await asks()).toEqual({ ok: false, code: 'account.invitedAlready' });
    // The first still lets him in; with a device, and signed out with a password, he is none who was never invited.
    const phone = door.visitor();
    expect((await phone.ask(acceptInvitation, { token: tokenOf(first.url), password })).status).toBe(200);
    expect(await asks()).toEqual({ ok: false, code: 'account.invitedAlready' });
    expect((await hanako.ask(endSessions, { person })).body).toMatchObject({ ended: expect.any(Number) });
    expect(await asks()).toEqual({ ok: false, code: 'account.invitedAlready' });
    // Whoever means it makes a new one all the same.
    expect((await hanako.ask(invite, { person })).body).toMatchObject({ person });
  });

  it('C6 is made by administrators, and by managers for their own organization but not for an administrator in it', async () => {
    const manager = await cameIn('aoi');
    await box.does('hanako', giveRole, { id: box.cast.aoi.person, role: 'manager' });
    await box.does('hanako', giveRole, { id: box.cast.ken.person, role: 'administrator' });
    expect((await manager.ask(invite, { person: box.cast.aoi.person })).status).toBe(200);
    for (const other of ['taro', 'ken', 'hanako', 'mika'] as const) {
      expect((await manager.ask(invite, { person: box.cast[other].person })).body, other).toEqual({ ok: false, code: 'account.notAllowed' });
    }
    expect((await manager.ask(invite, { person: '0197a000-0000-7000-8000-000000000009' })).body.code).toBe('account.notAllowed');
    expect((await manager.ask(standings, {})).body.standings.map((one: { person: string }) => one.person)).toEqual([box.cast.aoi.person]);
    for (const who of ['taro', 'mika'] as const) {
      const visitor = await cameIn(who);
      for (const deed of [invite, reissue, withdrawInvitation, endSessions]) {
        expect((await visitor.ask<any>(deed, { person: box.cast.taro.person, ...(deed === reissue ? { endSessions: true } : {}) })).body.code).toBe('account.notAllowed');
      }
      expect((await visitor.ask(standings, {})).body.code).toBe('account.notAllowed');
      expect((await visitor.ask(attempts, {})).body.code).toBe('account.notAllowed');
    }
    await box.does('hanako', giveRole, { id: box.cast.ken.person, role: 'member' });
    await box.does('hanako', giveRole, { id: box.cast.aoi.person, role: 'member' });
  });

  it('C7 issued anew for a lost phone ends, where asked, what was', async () => {
    const lost = await cameIn('ken', password);
    const hanako = await cameIn('hanako');
    const made = await hanako.ask(reissue, { person: box.cast.ken.person, login: 'Ken@iyo.example', endSessions: true });
    expect(made).toMatchObject({ status: 200, body: { login: 'ken@iyo.example' } });
    expect((await lost.ask(me, {})).status).toBe(401);
    expect((await door.visitor('192.0.2.70').ask(signIn, { login: 'ken@iyo.example', password })).body.code).toBe('account.wrong');
    const phone = door.visitor();
    expect((await phone.ask(acceptInvitation, { token: tokenOf(made.body.url), password: 'みかん箱と古いラジオ' })).status).toBe(200);
    expect((await door.visitor('192.0.2.71').ask(signIn, { login: 'ken@iyo.example', password: 'みかん箱と古いラジオ' })).status).toBe(200);
    expect((await hanako.ask(reissue, { person: box.cast.taro.person, login: 'KEN@IYO.example', endSessions: false })).body).toEqual({ ok: false, code: 'account.loginTaken', params: { login: 'ken@iyo.example' } });
  });

  it('C7 lets nothing through that a lost device had under way: no password that it was setting, no sign-in whose password was just found right', async () => {
    // Each step of hashing stops when it is done, until the test lets it go on.
    const stopped: PromiseWithResolvers<void>[] = [];
    let reached: PromiseWithResolvers<void> | undefined;
    const real = new Hashing();
    const stop = async <T>(what: Promise<T>): Promise<T> => {
      const done = await what;
      if (!reached) return done;
      const going = Promise.withResolvers<void>();
      stopped.push(going);
      reached.resolve();
      await going.promise;
      return done;
    };
    const hashing: Hasher = { hash: (...given) => stop(real.hash(...given)), verify: (...given) => stop(real.verify(...given)) };
    const stair = await Stair.open({ pool: box.stair.pool, house, now: box.clock.now, answers });
    const slow = await openDoor(stair, { hashing });
    const { person } = box.cast.ken;
    const hanako = slow.visitor();
    expect((await hanako.ask(acceptInvitation, { token: await slow.accounts.linkFor(box.cast.hanako.person) })).status).toBe(200);
    const thiefs = '盗まれた端末の白い自転車';
    const withPassword = { password, ask: (phone: Visitor) => phone.ask(changePassword, { current: password, password: thiefs, endOthers: false }), steps: 2 };
    const without = { password: undefined, ask: (phone: Visitor) => phone.ask(changePassword, { password: thiefs, endOthers: false }), steps: 1 };
    for (const way of [withPassword, without]) {
      for (let at = 1; at <= way.steps; at++) {
        const phone = slow.visitor();
        await slow.stair.pool.query('update account set password = null where person = $1', [person]);
        const accepted = await phone.ask(acceptInvitation, { token: await slow.accounts.linkFor(person), ...(way.password ? { password: way.password } : {}) });
        reached = Promise.withResolvers<void>();
        const changing = way.ask(phone);
        for (let step = 1; step < at; step++) {
          await reached.promise;
          reached = Promise.withResolvers<void>();
          stopped.pop()!.resolve();
        }
        await reached.promise;
        expect((await hanako.ask(reissue, { person, endSessions: true })).status).toBe(200);
        reached = undefined;
        stopped.pop()!.resolve();
        expect((await changing).body).toEqual({ ok: false, code: 'account.signedOut' });
        box.clock.pass(10 * 60_000);
        expect((await slow.visitor('192.0.2.72').ask(signIn, { login: accepted.body.login, password: thiefs })).body.code).toBe('account.wrong');
      }
    }
    const phone = slow.visitor();
    const { login } = (await phone.ask(acceptInvitation, { token: await slow.accounts.linkFor(person), password })).body;
    reached = Promise.withResolvers<void>();
    const entering = slow.visitor('192.0.2.73').ask(signIn, { login, password });
    await reached.promise;
    expect((await hanako.ask(reissue, { person, endSessions: true })).status).toBe(200);
    reached = undefined;
    stopped.pop()!.resolve();
    expect((await entering).body).toEqual({ ok: false, code: 'account.wrong' });
    expect((await slow.stair.pool.query('select from account_session where person = $1 and revoked is null', [person])).rowCount).toBe(0);
    // Of two devices that change the password at once, the second is told that it no longer knows it.
    const token = await slow.accounts.linkFor(person);
    expect((await phone.ask(acceptInvitation, { token, password })).status).toBe(200);
    const desk = slow.visitor();
    expect((await desk.ask(acceptInvitation, { token: await slow.accounts.linkFor(person) })).status).toBe(200);
    reached = Promise.withResolvers<void>();
    const late = phone.ask(changePassword, { current: password, password: thiefs, endOthers: false });
    await reached.promise;
    reached = undefined;
    expect((await desk.ask(changePassword, { current: password, password: '机の上の青い地球儀と三毛猫', endOthers: false })).status).toBe(200);
    stopped.pop()!.resolve();
    expect((await late).body).toEqual({ ok: false, code: 'account.wrongPassword' });
    await slow.close();
    await stair.close();
  });

  it('C8 makes the first administrator of a house that has none, and then no more', async () => {
    const empty = await freshDatabase();
    const clock = new ManualClock();
    const stair = await Stair.open({ pool: empty.pool, house, now: clock.now, answers });
    const bare = await openDoor(stair);
    const stale = (await bare.accounts.firstInvitation())!;
    const token = (await bare.accounts.firstInvitation())!;
    const one = bare.visitor();
    expect((await one.ask(openInvitation, { token })).body).toMatchObject({ kind: 'first' });
    const first = { name: '渡部 花子', kana: 'わたなべ はなこ', login: 'Hanako', password, language: 'en' } as const;
    const organization = { name: '愛媛県', kana: 'えひめけん', romaji: 'Ehime', short: '県', code: '380008' };
    expect((await one.ask(beginHouse, { token: stale, organization, ...first })).body.code).toBe('account.invitationWithdrawn');
    expect((await one.ask(acceptInvitation, { token })).body.code).toBe('account.invitationNotFound');
    expect((await one.ask(beginHouse, { token, ...first })).body).toEqual({ ok: false, code: 'input.missing', params: { at: 'organization' } });
    expect((await one.ask(beginHouse, { token, organization: { ...organization, code: '380009' }, ...first })).body.code).toBe('input.wrong');
    expect((await one.ask(beginHouse, { token, organization, ...first })).body).toMatchObject({ role: 'administrator', orgName: '愛媛県', login: 'hanako', language: 'en', hasPassword: true });
    expect((await bare.visitor().ask(beginHouse, { token, organization, ...first })).body.code).toBe('account.invitationUsed');
    expect((await bare.visitor().ask(signIn, { login: 'hanako', password })).status).toBe(200);
    expect(await bare.accounts.firstInvitation()).toBeUndefined();
    // A link that outlived the house's first hour, such as one out of a backup, makes no second administrator.
    await empty.pool.query('update account_invitation set revoked = null where revoked is not null');
    expect((await bare.visitor().ask(beginHouse, { token: stale, organization, ...first, login: 'thief' })).body.code).toBe('account.invitationWithdrawn');
    await bare.close();
    await stair.close();
    await empty.close();
  });
});

it('C6 nobody is given a login by which another signs in', async () => {
  const hanako = await cameIn('hanako');
  const email = 'hanako@pref.example';
  await box.does('hanako', amendPerson, { id: box.cast.hanako.person, name: '渡部 花子', kana: 'わたなべ はなこ', phones: [], email });
  expect((await hanako.ask(invite, { person: box.cast.ken.person, login: 'Hanako@pref.example' })).body).toMatchObject({ ok: false, code: 'account.loginTaken' });
  expect((await hanako.ask(invite, { person: box.cast.hanako.person, login: email })).status).toBe(200);
});

it('C20 a person has so many devices and no more: with one more, the one not heard of for longest is out', async () => {
  const oldest = await cameIn('ken');
  for (let i = 0; i < mostDevices; i++) {
    box.clock.pass(1_000);
    await cameIn('ken');
  }
  expect((await oldest.ask(me, {})).status).toBe(401);
  expect((await (await cameIn('ken')).ask(devices, {})).body.devices).toHaveLength(mostDevices);
});

describe('signing in', () => {
  it('C10 tells an unknown login and a wrong password alike, after the same time', async () => {
    const aoi = await cameIn('aoi', password);
    const { login } = (await aoi.ask(me, {})).body;
    const tries = { known: [] as number[], unknown: [] as number[] };
    for (let i = 0; i < 5; i++) {
      for (const [kind, name] of [['known', login], ['unknown', `nobody-${i}`]] as const) {
        // What the processor did, not what the clock says: others may be using the machine.
        const began = process.cpuUsage();
        const answer = await door.visitor(`198.51.100.${i}`).ask(signIn, { login: name, password: '違う合い言葉です' });
        const spent = process.cpuUsage(began);
        tries[kind].push(spent.user + spent.system);
        expect(answer).toMatchObject({ status: 409, body: { ok: false, code: 'account.wrong' } });
      }
    }
    const [known, unknown] = [Math.min(...tries.known), Math.min(...tries.unknown)];
    expect(unknown).toBeGreaterThan(known / 2);
    expect(unknown).toBeLessThan(known * 2);
    box.clock.pass(2_000);
    expect((await door.visitor('198.51.100.99').ask(signIn, { login: ` ${login.toUpperCase()} `, password, device: '庁舎のPC' })).body).toMatchObject({ name: '越智 葵' });
  });

  it('C11 slows a guesser down, by login and by address, also when many guesses come at once', async () => {
    const taro = await cameIn('taro', password);
    const { login } = (await taro.ask(me, {})).body;
    const guesses = await Promise.all(Array.from({ length: 20 }, (_, i) => door.visitor(`203.0.113.${i}`).ask(signIn, { login, password: `違う合い言葉です${i}` })));
    expect(guesses.filter((g) => g.body.code === 'account.wrong').length).toBeLessThanOrEqual(6);
    const slowed = guesses.filter((g) => g.status === 429);
    expect(slowed.length).toBeGreaterThanOrEqual(12);
    expect(slowed[0]).toMatchObject({ body: { code: 'account.slowDown', params: { seconds: expect.any(Number) } }, headers: { 'retry-after': expect.any(String) } });
    // Of guesses that came at once, some were turned away before they were tried; those do not count.
    for (let i = 0; i < 5; i++) {
      box.clock.pass(5 * 60_000 + 1_000);
      await door.visitor(`203.0.113.3${i}`).ask(signIn, { login, password: 'なお違う合い言葉です' });
    }
    let wait = 0;
    for (let i = 0; i < 6; i++) {
      box.clock.pass(5 * 60_000 + 1_000);
      await door.visitor(`203.0.113.1${i}`).ask(signIn, { login, password: 'まだ違う合い言葉です' });
      const { params } = (await door.visitor(`203.0.113.2${i}`).ask(signIn, { login, password: 'まだ違う合い言葉です' })).body;
      expect(params.seconds).toBeGreaterThanOrEqual(wait);
      wait = params.seconds;
    }
    expect(wait).toBeGreaterThan(30);
    // Who is in, is in; and the right password is heard again after the wait.
    expect((await taro.ask(me, {})).status).toBe(200);
    expect((await door.visitor('203.0.113.77').ask(signIn, { login, password })).status).toBe(429);
    box.clock.pass(wait * 1_000);
    expect((await door.visitor('203.0.113.77').ask(signIn, { login, password })).status).toBe(200);
    for (let i = 0; i < 31; i++) await door.visitor('203.0.113.200').ask(signIn, { login: `nobody-${i}`, password: '違う合い言葉です' });
    expect((await door.visitor('203.0.113.200').ask(signIn, { login, password })).status).toBe(429);
    expect((await door.visitor('203.0.113.201').ask(signIn, { login, password })).status).toBe(200);
  });

  it('C12 is recorded, without what was typed', async () => {
    const hanako = await cameIn('hanako');
    const list = (await hanako.ask(attempts, {})).body.attempts;
    expect(new Set(list.map((a: { outcome: string }) => a.outcome))).toEqual(new Set(['in', 'wrong', 'slowed', 'invitation']));
    expect(list).toContainEqual(expect.objectContaining({ outcome: 'wrong', person: box.cast.taro.person, address: expect.stringMatching(/^203\.0\.113\./) }));
    expect((await hanako.ask(attempts, { before: list.at(-1).no })).body.attempts.every((a: { no: number }) => a.no < list.at(-1).no)).toBe(true);
    expect(JSON.stringify(list)).not.toContain('合い言葉');
  });

  it('C13 keeps no secret as it is: passwords by argon2id with 19 MiB, sessions and links by their hash', async () => {
    const phone = await cameIn('aoi', password);
    const token = await linkFor('mika');
    const { rows } = await box.stair.pool.query('select password from account where password is not null');
    for (const row of rows) expect(row.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const dump = JSON.stringify(await Promise.all(['account', 'account_session', 'account_invitation', 'account_attempt', 'account_guessing'].map(async (table) => (await box.stair.pool.query(`select t::text from ${table} t`)).rows)));
    for (const secret of [password, token, phone.cookie!.split('=')[1]!]) {
      expect(dump).not.toContain(secret);
      expect(dump).not.toContain(Buffer.from(secret).toString('hex'));
    }
  });

  it('C14 by e-mail cannot be taken from anyone: a mailbox may be shared, and the password says who of them it is', async () => {
    const alone = newId(Date.now(), randomBytes(10));
    await box.does('system', addPerson, { id: alone, org: box.orgs.iyo, role: 'member', name: '岡田 詩織', kana: 'おかだ しおり', phones: [], email: 'Bousai@iyo.example' });
    const made = await (await cameIn('hanako')).ask(invite, { person: alone });
    await door.visitor().ask(acceptInvitation, { token: tokenOf(made.body.url), password });
    expect((await door.visitor('192.0.2.80').ask(signIn, { login: 'bousai@iyo.example', password })).status).toBe(200);
    // A member writes the address into their own card, with a password and without one, or closed.
    await box.does('ken', amendPerson, { id: box.cast.ken.person, name: '向井 健', kana: 'むかい けん', phones: [], email: 'bousai@iyo.example' });
    const ken = await cameIn('ken', 'みかん箱と古いラジオ');
    expect((await door.visitor('192.0.2.81').ask(signIn, { login: 'BOUSAI@iyo.example', password })).body).toMatchObject({ person: alone });
    expect((await door.visitor('192.0.2.82').ask(signIn, { login: 'bousai@iyo.example', password: 'みかん箱と古いラジオ' })).body).toMatchObject({ person: box.cast.ken.person });
    expect((await door.visitor('192.0.2.83').ask(signIn, { login: 'bousai@iyo.example', password: '違う合い言葉です' })).body).toEqual({ ok: false, code: 'account.wrong' });
    await box.does('system', addPerson, { id: newId(Date.now(), randomBytes(10)), org: box.orgs.iyo, role: 'member', name: '武田 憲司', kana: 'たけだ けんじ', phones: [], email: 'bousai@iyo.example' });
    expect((await door.visitor('192.0.2.84').ask(signIn, { login: 'bousai@iyo.example', password })).body).toMatchObject({ person: alone });
    // With the same password nobody can say who it is; each has a login of their own.
    expect((await ken.ask(changePassword, { current: 'みかん箱と古いラジオ', password, endOthers: false })).status).toBe(200);
    expect((await door.visitor('192.0.2.85').ask(signIn, { login: 'bousai@iyo.example', password })).body).toEqual({ ok: false, code: 'account.wrong' });
    expect((await door.visitor('192.0.2.86').ask(signIn, { login: made.body.login, password })).body).toMatchObject({ person: alone });
    await box.does('hanako', disablePerson, { id: box.cast.ken.person });
    expect((await door.visitor('192.0.2.87').ask(signIn, { login: 'bousai@iyo.example', password })).body).toMatchObject({ person: alone });
    await box.does('hanako', enablePerson, { id: box.cast.ken.person });
    await box.does('ken', amendPerson, { id: box.cast.ken.person, name: '向井 健', kana: 'むかい けん', phones: [] });
  });
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
    const line = await onTheLine(desk);
    const others = await onTheLine(phone);
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
    const line = await onTheLine(phone);
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
    await onTheLine(phone);
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
    await linkFor('mika');
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

describe('the demo', () => {
  it('G1 lets one choose who to be, and only there', async () => {
    for (const name of ['demo.people', 'demo.signIn']) {
      expect(await door.visitor().ask(name, { person: box.cast.taro.person })).toMatchObject({ status: 404, body: { ok: false, code: 'command.unknown' } });
      expect(await (await cameIn('hanako')).ask(name, {})).toMatchObject({ status: 404, body: { code: 'command.unknown' } });
    }
    const demo = await openDemo(box.stair.pool, box.clock.now, (part) => box.cast[part].person);
    const visitor = demo.visitor();
    const { cast, organizations } = (await visitor.ask(demoPeople, {})).body;
    expect(cast.map((who: { part: string; name: string }) => [who.part, who.name])).toContainEqual(['taro', '兵頭 太郎']);
    expect(organizations.map((org: { name: string }) => org.name)).toEqual(['愛媛県', '西条市', '伊予市', '西予市', '広島県']);
    expect((await visitor.ask(demoSignIn, { person: box.cast.mika.person })).body).toMatchObject({ name: '佐々木 美香', role: 'guest', demo: true, hasPassword: false });
    expect((await visitor.ask(demoSignIn, { person: box.cast.taro.person })).body).toMatchObject({ name: '兵頭 太郎' });
    expect((await visitor.ask(demoSignIn, { person: '0197a000-0000-7000-8000-000000000009' })).status).toBe(404);
    await demo.close();
    await demo.stair.close();
  });
});
