import { addPerson, amendPerson, giveRole } from '@noroshi/features/directory';
import { freshDatabase } from '@noroshi/foundations/database/testing';
import { newId } from '@noroshi/foundations/kernel';
import { ManualClock } from '@noroshi/foundations/testing';
import { box, cameIn, door, opensTheDoor } from '@noroshi/e2e/at-the-door';
import type { CastName } from '@noroshi/e2e/box';
import { openDoor, type Visitor } from '@noroshi/e2e/door';
import { answers, house } from '@noroshi/server/features';
import { Hashing, type Hasher } from '@noroshi/features/account/server';
import { Stair } from '@noroshi/foundations/sync/server';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { acceptInvitation, attempts, beginHouse, changePassword, devices, endSessions, invite, me, openInvitation, reissue, signIn, signOut, signOutOthers, standings, withdrawInvitation } from './account.ts';

const day = 24 * 60 * 60_000;
const password = '緑の机に三本の傘がある';

opensTheDoor();

const tokenOf = (url: string): string => url.split('#')[1]!;

/** A link for someone, made by Hanako unless another makes it. */
const linkFor = async (who: CastName, by?: Visitor): Promise<string> => {
  const maker = by ?? (await cameIn('hanako'));
  const made = await maker.ask(invite, { person: box.cast[who].person });
  expect(made).toMatchObject({ status: 200, body: { person: box.cast[who].person } });
  return tokenOf(made.body.url);
};

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
