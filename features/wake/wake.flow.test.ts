import { acceptInvitation, signOut } from '@noroshi/features/account';
import { disablePerson, giveUrgent } from '@noroshi/features/directory';
import { realNow } from '@noroshi/features/drill';
import { incident, openIncident, type Incident } from '@noroshi/features/incident';
import { openRoom, say, withdraw } from '@noroshi/features/talk';
import { freshDatabase } from '@noroshi/foundations/database/testing';
import type { Id } from '@noroshi/foundations/kernel';
import type { Notice, Teller, Told } from '@noroshi/foundations/notify';
import { roomStream } from '@noroshi/foundations/sync';
import { PushService, until, type Subscribed } from '@noroshi/foundations/testing';
import { hotline, type CastName, type Hotline } from '@noroshi/e2e/box';
import { openDoor, type OpenDoor, type Visitor } from '@noroshi/e2e/door';
import { migrate } from '@noroshi/foundations/database';
import { migrations } from '@noroshi/server/migrations';
import { WakeFollower } from '@noroshi/features/wake/server';
import { newId } from '@noroshi/foundations/kernel';
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { confirm, mine, muteRoom, reach, setHours, sync, tryOut, wakeStandings } from './wake.ts';

let box: Hotline;
let service: PushService;
let door: OpenDoor;
beforeAll(async () => {
  service = await PushService.open();
});
afterAll(() => service?.close());
beforeEach(async () => {
  box = await hotline();
  door = await openDoor(box.stair, { push: { ca: service.ca, inside: ['localhost'] } });
});
afterEach(async () => {
  await door?.wake.stop();
  await door?.close();
  await box?.close();
});

const fresh = (): Id => newId(Date.now(), randomBytes(10));
const tell = ({ endpoint, p256dh, auth }: Subscribed) => ({ state: 'on' as const, language: 'ja' as const, subscription: { endpoint, p256dh, auth } });

/** Someone on a device that can be woken. */
async function onDevice(who: CastName, language: 'ja' | 'en' = 'ja'): Promise<Visitor & { got: Subscribed['got']; at: Subscribed }> {
  const visitor = door.visitor();
  await visitor.ask(acceptInvitation, { token: await door.accounts.linkFor(box.cast[who].person) });
  const at = service.subscribe();
  expect(await visitor.ask(sync, { ...tell(at), language })).toMatchObject({ status: 200, body: { on: true } });
  return Object.assign(visitor, { at, got: at.got });
}

/** Lets the time pass in which whoever looks has read, and wakes the others. */
async function wakes(follower = door.wake.follower): Promise<void> {
  box.clock.pass(3_000);
  await follower.catchUp();
  await follower.settled();
}
const titles = (one: { got: Subscribed['got'] }): string[] => one.got.map(({ json }) => json.notification.title);
const bodies = (one: { got: Subscribed['got'] }): string[] => one.got.map(({ json }) => json.notification.body);

describe('what is said', () => {
  it('W1 W2 W3 wakes whoever may see it and has not read it, once, on each of their devices and in its language, and not its author', async () => {
    const [aoi, aoi2, ken, taro, mika] = [await onDevice('aoi'), await onDevice('aoi'), await onDevice('ken', 'en'), await onDevice('taro'), await onDevice('mika')];
    const id = await box.does('taro', say, { room: box.groupC, text: '水が来ています', urgency: 'urgent' });
    await door.wake.follower.catchUp();
    expect(aoi.got).toEqual([]);
    await wakes();
    await wakes();
    for (const one of [aoi, aoi2]) expect(one.got.map(({ json }) => json.notification)).toEqual([{ title: '【緊急】グループC', body: '兵頭 太郎（西予市）：水が来ています', navigate: `/talk/${box.groupC}`, tag: `/talk/${box.groupC}/${id}`, lang: 'ja', silent: false, data: { urgent: true } }]);
    expect(titles(ken)).toEqual(['[URGENT] グループC']);
    expect([taro.got, mika.got]).toEqual([[], []]);
    await door.wake.follower.settled();
    expect((await box.stair.pool.query<{ person: Id; reached: number }>('select person, reached from notice order by reached')).rows.map(({ reached }) => reached)).toEqual([1, 2]);
  });

  it('W2 wakes nobody who has it on the screen and has read it, nor for what was withdrawn in time', async () => {
    const [aoi, ken] = [await onDevice('aoi'), await onDevice('ken')];
    await box.does('taro', say, { room: box.groupC, text: '一つ目' });
    const { no, head } = box.stair.memory.streams.get(roomStream(box.groupC))!;
    box.stair.marks.read(no, box.cast.aoi.person, [[1, head]]);
    await box.stair.marks.flush();
    const taken = await box.does('taro', say, { room: box.groupC, text: '間違い', urgency: 'urgent' });
    await box.does('taro', withdraw, { room: box.groupC, message: taken });
    await wakes();
    expect(aoi.got).toEqual([]);
    expect(bodies(ken)).toEqual(['兵頭 太郎（西予市）：一つ目']);
  });

  it('W5 comes in one notice a round for what is not urgent, and each urgent one by itself', async () => {
    const aoi = await onDevice('aoi');
    for (const text of ['一', '二', '三']) await box.does('taro', say, { room: box.groupC, text });
    await box.does('ken', say, { room: box.groupC, text: '急ぎ', urgency: 'urgent' });
    await wakes();
    expect(bodies(aoi).toSorted()).toEqual(['兵頭 太郎（西予市）：三（ほか2件）', '向井 健（伊予市）：急ぎ']);
  });

  it('W6 wakes nobody for what was there when it began, nor for what is older than an hour', async () => {
    const database = await freshDatabase({ empty: true });
    await migrate(database.pool, migrations.filter(({ name }) => name < '0080'));
    await database.pool.query(`insert into stream (no, key, head) values (2, 'r:${fresh()}', 900)`);
    await migrate(database.pool, migrations);
    expect((await database.pool.query('select stream, seen from wake_cursor order by stream')).rows).toEqual([{ stream: 1, seen: 0 }, { stream: 2, seen: 900 }]);
    await database.close();
    const aoi = await onDevice('aoi');
    await box.does('taro', say, { room: box.groupC, text: '古い話', urgency: 'urgent' });
    box.clock.pass(61 * 60_000);
    await box.does('taro', say, { room: box.groupC, text: '新しい話' });
    await wakes();
    expect(bodies(aoi)).toEqual(['兵頭 太郎（西予市）：新しい話']);
  });

  it('W7 goes on after a kill: what was not handed over is, and nothing wakes twice', async () => {
    const [aoi, ken] = [await onDevice('aoi'), await onDevice('ken')];
    const killed = Promise.withResolvers<never>();
    killed.promise.catch(() => undefined);
    const first: Notice[] = [];
    // Killed after Aoi's notice went out and before Ken's did.
    const half: Teller = { reach: async () => [], languageOf: async () => 'ja', tell: async (notice): Promise<Told> => {
      first.push(notice);
      return notice.person === box.cast.aoi.person ? door.wake.teller.tell(notice) : killed.promise;
    } };
    await box.does('taro', say, { room: box.groupC, text: '聞こえますか' });
    const before = new WakeFollower(box.stair, half, () => undefined);
    box.clock.pass(3_000);
    await before.catchUp();
    await until(() => aoi.got.length === 1 && first.length === 2, 'both to be handed over');
    await before.stop();
    await wakes();
    expect([bodies(aoi), bodies(ken)]).toEqual([['兵頭 太郎（西予市）：聞こえますか'], ['兵頭 太郎（西予市）：聞こえますか']]);
    expect((await box.stair.pool.query('select 1 from wake_cursor c join stream s on s.no = c.stream where s.key = $1 and c.seen = s.head', [roomStream(box.groupC)])).rowCount).toBe(1);
  });

  it('W7 a database that fails in between loses nobody’s waking', async () => {
    const aoi = await onDevice('aoi');
    let fails = true;
    const reports: unknown[] = [];
    const shaky: Teller = { reach: async () => [], languageOf: async () => 'ja', tell: (notice) => (fails ? Promise.reject(new Error('the database is away')) : door.wake.teller.tell(notice)) };
    const follower = new WakeFollower(box.stair, shaky, (error) => reports.push(error));
    await box.does('taro', say, { room: box.groupC, text: '一' });
    await wakes(follower);
    await until(() => reports.length === 1, 'it to be reported');
    fails = false;
    await box.does('taro', say, { room: box.groupC, text: '二' });
    await wakes(follower);
    expect(bodies(aoi)).toEqual(['兵頭 太郎（西予市）：二（ほか1件）']);
    await follower.stop();
  });

  it('W3 tells how much waits, for the icon of the application', async () => {
    const aoi = await onDevice('aoi');
    const badges = (): unknown[] => aoi.got.map(({ json }) => json.app_badge);
    await box.does('taro', say, { room: box.groupC, text: '一' });
    await box.does('taro', say, { room: box.groupC, text: '二' });
    await wakes();
    const { no, head } = box.stair.memory.streams.get(roomStream(box.groupC))!;
    box.stair.marks.read(no, box.cast.aoi.person, [[1, head]]);
    await box.stair.marks.flush();
    const room = fresh();
    await box.does('taro', openRoom, { id: room, kind: 'direct', name: '二人', short: '二', orgs: [], people: [box.cast.aoi.person] });
    await box.does('taro', say, { room, text: '三' });
    await wakes();
    await box.does('taro', say, { room: box.groupC, text: '四' });
    await wakes();
    expect(badges()).toEqual([2, 1, 2]);
  });

  it('W4 bears 【訓練】 in a drill', async () => {
    await box.plans();
    await box.flood([box.orgs.seiyo], { drill: true });
    const twin = [...box.stair.memory.streams.keys()].find((key) => (box.stair.memory.get('room', key.slice(2))?.value as { drill?: string } | undefined)?.drill)!.slice(2);
    await wakes();
    const aoi = await onDevice('aoi');
    await box.does('taro', say, { room: twin, text: '訓練です', urgency: 'urgent' });
    await wakes();
    expect(titles(aoi).at(-1)).toMatch(/^【訓練】【緊急】/);
    expect((await box.stair.pool.query('select bool_and(drill) as drill from notice where urgent')).rows).toEqual([{ drill: true }]);
  });
});

describe('a device', () => {
  it('W1 is woken while its session lasts: not after it was signed out, nor when the account is closed', async () => {
    const [aoi, ken] = [await onDevice('aoi'), await onDevice('ken')];
    await aoi.ask(signOut, {});
    await box.does('hanako', disablePerson, { id: box.cast.ken.person });
    await box.does('taro', say, { room: box.groupC, text: '急ぎ', urgency: 'urgent' });
    await wakes();
    expect([aoi.got, ken.got]).toEqual([[], []]);
  });

  it('W1 belongs to whoever is signed in on it now', async () => {
    const aoi = await onDevice('aoi');
    const ken = await onDevice('ken');
    expect((await ken.ask(sync, tell(aoi.at))).body).toMatchObject({ on: true });
    expect((await aoi.ask(mine, {})).body).toMatchObject({ on: false });
    await box.does('aoi', say, { room: box.groupC, text: '葵です' });
    await wakes();
    expect(bodies(aoi)).toEqual(['越智 葵（西条市）：葵です']);
    expect(ken.got).toEqual([]);
  });

  it('W1 may get another subscription while nobody has it open, and is written to in its language as before', async () => {
    const ken = await onDevice('ken', 'en');
    const anew = service.subscribe();
    const { state, subscription } = tell(anew);
    expect((await ken.ask(sync, { state, subscription })).body).toMatchObject({ on: true });
    await box.does('taro', say, { room: box.groupC, text: '急ぎ', urgency: 'urgent' });
    await wakes();
    expect([ken.got, titles(anew)]).toEqual([[], ['[URGENT] グループC']]);
  });

  it('W8 is tried by its owner: the push comes to it alone and it says so, with the time it took', async () => {
    const [aoi, other] = [await onDevice('aoi'), await onDevice('aoi')];
    expect((await aoi.ask(tryOut, {})).body).toEqual({});
    expect(other.got).toEqual([]);
    expect(aoi.got[0]!.json).toMatchObject({ web_push: 8030, mutable: true, notification: { title: '通知が届きました' } });
    const { confirm: token } = aoi.got[0]!.json.notification.data;
    expect((await other.ask(confirm, { token })).body.code).toBe('wake.trialNotFound');
    box.clock.pass(1_200);
    const told = await aoi.ask(confirm, { token });
    expect(told.body.took).toBeGreaterThanOrEqual(1_200);
    box.clock.pass(60_000);
    // Heard again, it is still the first time that counts.
    expect((await aoi.ask(confirm, { token })).body).toEqual(told.body);
    expect((await aoi.ask(mine, {})).body).toMatchObject({ on: true, took: told.body.took, worked: expect.any(Number) });
    expect((await aoi.ask(confirm, { token: randomUUID() })).body.code).toBe('wake.trialNotFound');
  });

  it('W8 that is gone is known to be gone by the next push, and says why', async () => {
    const aoi = await onDevice('aoi');
    aoi.at.answer = { status: 410 };
    expect((await aoi.ask(tryOut, {})).body).toEqual({ ok: false, code: 'notify.gone' });
    expect((await aoi.ask(mine, {})).body).toMatchObject({ on: false, failed: 'notify.gone' });
    expect((await aoi.ask(tryOut, {})).body.code).toBe('wake.notOn');
    // A browser that goes on naming it is told so, and makes another.
    expect((await aoi.ask(sync, tell(aoi.at))).body.code).toBe('wake.strangeSubscription');
    expect((await aoi.ask(sync, tell(service.subscribe()))).body).toMatchObject({ on: true });
    expect((await aoi.ask(sync, tell(aoi.at))).body.code).toBe('wake.strangeSubscription');
  });

  it('N6 is no address inside the network, and has keys that a browser makes', async () => {
    const aoi = await onDevice('aoi');
    const good = tell(service.subscribe());
    for (const subscription of [
      { ...good.subscription, endpoint: 'https://169.254.169.254/latest' }, { ...good.subscription, endpoint: 'http://fcm.googleapis.com/x' }, { ...good.subscription, endpoint: 'https://10.0.0.1/x' },
      { ...good.subscription, p256dh: Buffer.concat([Buffer.from([4]), randomBytes(64)]).toString('base64url') },
    ]) expect((await aoi.ask(sync, { ...good, subscription })).body.code).toBe('wake.strangeSubscription');
    expect((await aoi.ask(sync, { state: 'on', language: 'ja' })).body.code).toBe('wake.strangeSubscription');
    expect((await aoi.ask(sync, { ...good, state: 'denied' })).body.code).toBe('wake.strangeSubscription');
    expect((await aoi.ask(mine, {})).body.on).toBe(true);
  });
});

describe('wishes', () => {
  it('W14 are respected by a drill that was announced, and not by one opened to be heard at any hour; that it became real wakes everyone, and says so first', async () => {
    await box.plans();
    const aoi = await onDevice('aoi');
    const minute = Math.floor((box.clock.now() + 9 * 3_600_000) / 60_000) % 1_440;
    await aoi.ask(setHours, { hours: { begins: (minute + 1_430) % 1_440, ends: (minute + 60) % 1_440 } });
    const opened = async (outside: boolean): Promise<{ drill: Id; twin: Id }> => {
      const drill = fresh();
      await box.does('hanako', openIncident, { id: drill, name: '訓練', kind: 'flood', drill: true, affected: [box.orgs.seiyo], ...(outside ? { outside: true } : {}) });
      return { drill, twin: (box.stair.memory.get(incident.noun, drill)!.value as Incident).roles[0]!.room };
    };
    const [usual, night] = [await opened(false), await opened(true)];
    await wakes();
    aoi.got.length = 0;
    for (const { drill, twin } of [usual, night]) {
      await box.does('taro', say, { room: twin, text: '水が来ています', urgency: 'urgent', incident: drill });
      await wakes();
    }
    await box.does('hanako', realNow, { incident: usual.drill, seen: 1 });
    await wakes();
    expect(aoi.got.map(({ json }) => [json.notification.title.replace(/】(?!.*】).*/, '】'), json.notification.silent]).filter(([title]) => title !== '【訓練】')).toEqual([['【訓練】【緊急】', true], ['【訓練】【緊急】', false], ['【訓練中止・実災害】【緊急】', false]]);
  });

  it('W9 W10 W11 are respected for what can wait, and never for the urgent', async () => {
    const aoi = await onDevice('aoi');
    expect((await aoi.ask(muteRoom, { room: box.groupC, on: true })).body.mutes).toEqual([box.groupC]);
    await box.does('taro', say, { room: box.groupC, text: 'ふつう' });
    await wakes();
    expect(aoi.got).toEqual([]);
    await box.does('taro', say, { room: box.groupC, text: '葵さん', mentions: [box.cast.aoi.person] });
    await wakes();
    expect(bodies(aoi)).toEqual(['兵頭 太郎（西予市）：葵さん']);
    const minute = Math.floor((box.clock.now() + 9 * 3_600_000) / 60_000) % 1_440;
    const hours = { begins: (minute + 1_430) % 1_440, ends: (minute + 30) % 1_440 };
    expect((await aoi.ask(setHours, { hours })).body.hours).toEqual(hours);
    await box.does('taro', say, { room: box.groupC, text: '夜の話', mentions: [box.cast.aoi.person] });
    await wakes();
    await box.does('taro', say, { room: box.groupC, text: '大事な話', urgency: 'important' });
    await wakes();
    await box.does('taro', say, { room: box.groupC, text: '急ぎの話', urgency: 'urgent' });
    await wakes();
    expect(aoi.got.slice(1).map(({ json, headers }) => [json.notification.body, json.notification.silent, headers.urgency])).toEqual([['兵頭 太郎（西予市）：大事な話', true, 'normal'], ['兵頭 太郎（西予市）：急ぎの話', false, 'high']]);
    expect((await aoi.ask(setHours, {})).body.hours).toBeUndefined();
    expect((await aoi.ask(muteRoom, { room: box.groupC, on: false })).body.mutes).toEqual([]);
    expect((await aoi.ask(setHours, { hours: { begins: 5, ends: 5 } })).body.code).toBe('wake.hoursEmpty');
    expect((await aoi.ask(muteRoom, { room: fresh(), on: true })).body.code).toBe('talk.roomNotFound');
  });
});

describe('who can be woken', () => {
  it('W12 is told before something urgent goes out, of the room’s own people, and to nobody who is not in it', async () => {
    const [hanako, aoi] = [await onDevice('hanako'), await onDevice('aoi')];
    const { ken, taro } = box.cast;
    expect((await hanako.ask(reach, { room: box.groupC })).body).toEqual({ push: 1, later: 0, none: expect.arrayContaining([ken.person, taro.person]) });
    const mika = await onDevice('mika');
    expect((await mika.ask(reach, { room: box.groupC })).body.code).toBe('talk.roomNotFound');
    const room = fresh();
    await box.does('aoi', openRoom, { id: room, kind: 'purpose', name: '外', short: '外', orgs: [], people: [box.cast.mika.person] });
    expect((await mika.ask(reach, { room })).body.code).toBe('talk.guestNotUrgent');
    expect((await hanako.ask(reach, { room })).body.code).toBe('talk.roomNotFound');
    await box.does('hanako', giveUrgent, { id: box.cast.aoi.person, given: false });
    expect((await aoi.ask(reach, { room })).body.code).toBe('talk.urgentNotYours');
    await box.does('hanako', giveUrgent, { id: box.cast.aoi.person, given: true });
    expect((await aoi.ask(reach, { room })).status).toBe(200);
  });

  it('W13 the administrator sees of all people, with the reason; a member of nobody', async () => {
    const hanako = await onDevice('hanako');
    const aoi = await onDevice('aoi');
    await aoi.ask(tryOut, {});
    const taro = door.visitor();
    await taro.ask(acceptInvitation, { token: await door.accounts.linkFor(box.cast.taro.person) });
    await taro.ask(sync, { state: 'denied', language: 'ja' });
    const { standings } = (await hanako.ask(wakeStandings, {})).body as { standings: { person: Id }[] };
    const of = (who: CastName) => standings.find(({ person }) => person === box.cast[who].person);
    expect(of('aoi')).toMatchObject({ devices: 1, state: 'on', worked: expect.any(Number), mail: false, sms: false });
    expect(of('taro')).toMatchObject({ devices: 0, state: 'denied' });
    expect(of('ken')).toEqual({ person: box.cast.ken.person, devices: 0, mail: false, sms: false });
    expect((await aoi.ask(wakeStandings, {})).body.code).toBe('account.notAllowed');
  });
});
