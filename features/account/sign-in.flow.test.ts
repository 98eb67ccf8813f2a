import { addPerson, amendPerson, disablePerson, enablePerson } from '@noroshi/features/directory';
import { newId } from '@noroshi/foundations/kernel';
import { box, cameIn, door, opensTheDoor } from '@noroshi/e2e/at-the-door';
import { openDemo } from '@noroshi/e2e/door';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { acceptInvitation, attempts, changePassword, demoPeople, demoSignIn, invite, me, signIn } from './account.ts';

const password = '緑の机に三本の傘がある';

opensTheDoor();


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
    const token = await door.accounts.linkFor(box.cast.mika.person);
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
    await door.visitor().ask(acceptInvitation, { token: made.body.url.split('#')[1], password });
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
