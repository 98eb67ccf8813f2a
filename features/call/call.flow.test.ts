import { addPeople, closeRoom, message, openRoom, removePerson, type Message } from '@noroshi/features/talk';
import type { Id } from '@noroshi/foundations/kernel';
import type { Notice, Teller } from '@noroshi/foundations/notify';
import { roomStream, type Doc } from '@noroshi/foundations/sync';
import { until, type Device } from '@noroshi/foundations/testing';
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openDoor } from '../../e2e/box/door.ts';
import { hotline, type CastName, type Hotline } from '../../e2e/box/hotline.ts';
import { fresh } from '../../e2e/talk-house.ts';
import { decline, end, join, leave } from './attend.ts';
import { call as callNoun, present, ringsFor, type Call } from './call-noun.ts';
import { openCalls } from './server/call.server.ts';
import { callPath, callSubprotocol, type DownSignal, type UpSignal } from './signal.ts';
import { weighPath } from './weigh.ts';
import { start } from './start.ts';

let box: Hotline;
let calls: ReturnType<typeof openCalls>;
let notices: Notice[];
const faults: unknown[] = [];
const teller: Teller = {
  tell: async (notice) => {
    if (!notices.some(({ id }) => id === notice.id)) notices.push(notice);
    return { ok: true, to: 1 };
  },
  reach: async () => ['push'],
  languageOf: async () => 'ja',
};
const openAgain = (): void => { calls = openCalls({ stair: box.stair, turn: { urls: ['turn:turn.example.jp:3478'], secret: 'hidden' }, janus: undefined, teller, report: (error) => void faults.push(error) }); };
beforeEach(async () => {
  [box, notices] = [await hotline(), []];
  openAgain();
});
afterEach(async () => {
  await calls.close();
  await box.close();
  if (faults.length > 0) throw faults[0];
});

const callOf = (id: Id): Call => box.stair.memory.get(callNoun.noun, id)!.value as Call;
const begin = (who: CastName, more: object = {}): Promise<Id> => box.does(who, start, { room: box.groupC, kind: 'meet', ...more });
const refused = async (who: CastName, name: string, input: object): Promise<string | undefined> => {
  const told = await box.stair.submit(box.cast[who], { id: fresh(), name, input });
  return told.ok ? undefined : told.code;
};
const passes = async (ms: number): Promise<void> => {
  box.clock.pass(ms);
  await calls.look();
};

/** A device on the line of a call, as a browser is one. */
class Caller {
  readonly heard: DownSignal[] = [];
  closed: string | undefined;
  readonly device: Id;
  readonly #line: ReturnType<ReturnType<typeof openCalls>['beside']['open']>;
  constructor(who: CastName, { device = fresh(), session = fresh() as Id } = {}) {
    this.device = device;
    const actor = box.cast[who];
    this.#line = calls.beside.open({ session, actor: () => actor }, { send: (text) => void this.heard.push(JSON.parse(text) as DownSignal), close: (_code, why) => { this.closed = why; } });
  }
  say = (said: UpSignal | object): Promise<void> => this.#line.hear(JSON.stringify(said));
  async enters(call: Id, room = box.groupC): Promise<this> {
    await this.say({ is: 'enter', device: this.device, room, call, state: { sound: true, picture: 'camera', sees: true } });
    return this;
  }
  cut = async (): Promise<void> => {
    this.#line.gone();
    await Promise.resolve();
  };
  last = (is: DownSignal['is']): DownSignal | undefined => this.heard.findLast((one) => one.is === is);
}

it('CA1 CA2 a call rings those it names on all their devices and by push; あとで ends it there, and who missed it is told', async () => {
  const [taro, aoi, taroToo] = [box.device('taro'), box.device('aoi'), box.device('taro')];
  const call = await begin('hanako', { rings: [box.cast.taro.person, box.cast.aoi.person] });
  const rings = async (device: Device, who: CastName): Promise<boolean> => (await device.end.replica.all<Call>(callNoun.noun)).some(({ value }) => ringsFor(value, box.cast[who].person));
  await until(async () => (await rings(taro, 'taro')) && (await rings(aoi, 'aoi')), 'both to be rung');
  await calls.rung();
  expect(notices.map(({ person, path, urgent, gentle }) => [person, path, urgent, gentle]).toSorted()).toEqual([box.cast.taro.person, box.cast.aoi.person].map((person) => [person, `/call/${box.groupC}`, true, true]).toSorted());
  const [act] = notices[0]!.acts!;
  expect([act!.label, act!.deed]).toEqual(['あとで', decline.deed]);
  expect(await refused('taro', act!.deed, act!.input as object)).toBeUndefined();
  await until(async () => !(await rings(taroToo, 'taro')), 'his other device to be silent');
  // Ken was not called, and Hanako calls herself.
  expect([await refused('ken', decline.deed, { room: box.groupC, call }), await refused('hanako', decline.deed, { room: box.groupC, call })]).toEqual(['call.notRung', 'call.notRung']);
  expect(await refused('ken', start.deed, { room: box.groupC, kind: 'meet' })).toBe('call.runs');
  expect(await refused('aoi', end.deed, { room: box.groupC, call })).toBe('call.notYours');
  await box.does('hanako', end, { room: box.groupC, call });
  await calls.rung();
  // Taro has said that he does not come; Aoi has missed it.
  expect(notices.filter(({ title }) => title.includes('出られなかった')).map(({ person, silent, tag }) => [person, silent, tag])).toEqual([[box.cast.aoi.person, true, `/call/${call}`]]);
  const note = (await aoi.end.replica.newest<Message>(message.noun, roomStream(box.groupC), 5)).at(-1)!.value;
  expect(note.note).toMatchObject({ line: 'call.meet', ref: { noun: 'call', id: call } });
  await box.everyoneAgrees();
});

it('CA3 CA4 who was in it from when until when is made by the server; a line that comes back within 20 s keeps its place, one that does not is lost, and with the last of them it is over', async () => {
  const call = await begin('hanako');
  const hanako = await new Caller('hanako').enters(call);
  const session = fresh();
  const taro = await new Caller('taro', { session }).enters(call);
  expect(present(callOf(call))).toEqual([box.cast.hanako.person, box.cast.taro.person]);
  expect(hanako.last('came')).toMatchObject({ seat: { device: taro.device, person: box.cast.taro.person } });
  expect(taro.last('here')).toMatchObject({ seats: [{ device: hanako.device }], via: 'direct', ice: [{ urls: ['turn:turn.example.jp:3478'] }] });
  // His line dies, and comes back after ten seconds.
  await taro.cut();
  await passes(10_000);
  await hanako.say({ is: 'alive' });
  const back = await new Caller('taro', { device: taro.device, session }).enters(call);
  expect([back.last('here'), hanako.last('went')]).toMatchObject([{ seat: (taro.last('here') as { seat: number }).seat }, undefined]);
  // The relay counts by who somebody is: the name of a device is its own choice.
  expect([back, hanako].map((one) => one.last('here'))).toMatchObject((['taro', 'hanako'] as const).map((who) => ({ ice: [{ username: expect.stringMatching(new RegExp(`^\\d+:${box.cast[who].person}$`)) }] })));
  // Nobody takes his place with its name alone.
  const thief = await new Caller('aoi', { device: taro.device }).enters(call);
  expect([thief.last('over'), thief.closed]).toMatchObject([{ code: 'call.notFound' }, 'call.notFound']);
  // It dies again, and does not come back.
  await back.cut();
  for (let i = 0; i < 8; i++) {
    await passes(3_000);
    await hanako.say({ is: 'alive' });
  }
  await passes(3_000);
  expect([hanako.last('went'), present(callOf(call)), callOf(call).visits[1]]).toMatchObject([{ device: taro.device }, [box.cast.hanako.person], { person: box.cast.taro.person, lost: 1 }]);
  await hanako.say({ is: 'leave' });
  expect([callOf(call).ended, hanako.last('over')]).toMatchObject([expect.any(Number), { code: 'call.left' }]);
});

it('CA4 a server that stood still itself takes nobody for lost: it waits for all anew', async () => {
  const call = await begin('hanako');
  await new Caller('hanako').enters(call);
  await passes(1_000);
  const turn = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 30_000);
  await passes(30_000);
  turn.mockRestore();
  expect([present(callOf(call)), callOf(call).ended]).toEqual([[box.cast.hanako.person], undefined]);
  // Who is not heard from then on is lost as ever.
  for (let i = 0; i < 8; i++) await passes(3_000);
  expect(callOf(call)).toMatchObject({ visits: [{ person: box.cast.hanako.person, lost: 1 }], ended: expect.any(Number) });
});

it('CA3 nobody can say that they were in it; who is left in it by a server that ended is taken out, whatever others do; a call to which nobody comes ends', async () => {
  const call = await begin('hanako');
  for (const [name, more] of [[join.deed, {}], [leave.deed, { lost: 1 }]] as const) expect(await refused('ken', name, { room: box.groupC, call, person: box.cast.ken.person, ...more })).toBe('command.unknown');
  await new Caller('ken').enters(call);
  openAgain();
  // Another comes and goes all the time: that keeps nobody else in it.
  for (let i = 0; i < 4; i++) {
    const taro = await new Caller('taro').enters(call);
    await passes(4_000);
    await taro.say({ is: 'leave' });
    await passes(4_000);
  }
  expect(callOf(call)).toMatchObject({ visits: [{ person: box.cast.ken.person, lost: 1 }, {}, {}, {}], ended: expect.any(Number) });
  const alone = await begin('aoi');
  await passes(60_000);
  expect(callOf(alone).ended).toBeUndefined();
  await passes(40_000);
  expect(callOf(alone).ended).toBeDefined();
});

it('CA3 who comes in again and again, or with ever more devices, waits: each coming stands in the record', async () => {
  const call = await begin('hanako');
  await new Caller('hanako').enters(call);
  const told: (string | undefined)[] = [];
  for (let i = 0; i < 22; i++) {
    const aoi = await new Caller('aoi').enters(call);
    told.push(aoi.closed);
    await aoi.say({ is: 'leave' });
  }
  expect([told.slice(0, 20).every((one) => one === undefined), told.at(-1)]).toEqual([true, 'call.comeLater']);
  for (let i = 0; i < 3; i++) await new Caller('taro').enters(call);
  expect((await new Caller('taro').enters(call)).closed).toBe('call.full');
});

it('CA5 signalling goes to whom it is said and to nobody else, stamped by the server; who has no seat in the room, or is put out of it, hears and says nothing', async () => {
  const room = fresh();
  await box.does('hanako', openRoom, { id: room, kind: 'purpose', name: '現地班', short: '現', orgs: [], people: [box.cast.taro.person, box.cast.aoi.person] });
  const call = await box.does('hanako', start, { room, kind: 'meet' });
  const [hanako, taro, aoi] = [await new Caller('hanako').enters(call, room), await new Caller('taro').enters(call, room), await new Caller('aoi').enters(call, room)];
  await taro.say({ is: 'to', device: hanako.device, say: { offer: 'v=0' } });
  expect(hanako.last('from')).toEqual({ is: 'from', device: taro.device, say: { offer: 'v=0' } });
  expect(aoi.last('from')).toBeUndefined();
  // The same for a call of a room that is not theirs and for none at all.
  for (const [who, at, id] of [['ken', room, call], ['ken', room, fresh()], ['ken', box.groupC, call]] as const) {
    const ken = await new Caller(who).enters(id, at);
    expect([ken.heard, ken.closed]).toEqual([[{ is: 'over', code: 'call.notFound' }], 'call.notFound']);
  }
  const mute = new Caller('ken');
  await mute.say({ is: 'to', device: hanako.device, say: { offer: 'v=0' } });
  expect(mute.closed).toBe('line.garbage');
  await box.does('hanako', removePerson, { room, person: box.cast.aoi.person });
  // She is silent; the next look puts her out, and nothing that is said meanwhile comes after that.
  await passes(3_000);
  const heard = aoi.heard.length;
  await hanako.say({ is: 'state', state: { sound: false, picture: 'none', sees: true } });
  expect([aoi.closed, aoi.heard.length, hanako.last('went'), callOf(call).visits.find(({ person }) => person === box.cast.aoi.person)?.until]).toEqual(['call.notFound', heard, { is: 'went', device: aoi.device }, expect.any(Number)]);
  await aoi.say({ is: 'to', device: hanako.device, say: { answer: 'v=0' } });
  expect(hanako.heard.filter(({ is }) => is === 'from').length).toBe(1);
  await taro.say({ is: 'to', device: hanako.device, say: { offer: 'x'.repeat(20_000) } });
  expect(taro.closed).toBe('line.garbage');
  await box.does('hanako', closeRoom, { room });
  expect(await refused('hanako', start.deed, { room, kind: 'meet' })).toBe('talk.roomClosed');
  expect(await refused('hanako', addPeople.deed, { room, people: [box.cast.ken.person], history: false })).toBeDefined();
});

it('CA5 who says too much, or too much at once, is heard slowly: it goes down the lines of the others', async () => {
  const call = await begin('hanako');
  const [hanako, taro] = [await new Caller('hanako').enters(call), await new Caller('taro').enters(call)];
  const arrived = (): number => hanako.heard.filter(({ is }) => is === 'from').length;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const flood = Array.from({ length: 40 }, () => taro.say({ is: 'to', device: hanako.device, say: { offer: 'x'.repeat(15_000) } }));
    await new Promise(setImmediate);
    // He has said one thing so far, so 299 are left, and each of these is paid for as eight: what was there has gone at once, and no more.
    expect(arrived()).toBe(37);
    // Others are heard meanwhile.
    await hanako.say({ is: 'to', device: taro.device, say: { again: 1 } });
    expect(taro.last('from')).toMatchObject({ say: { again: 1 } });
    // Nearly five are owed for the next, at ten a second.
    await vi.advanceTimersByTimeAsync(300);
    expect(arrived()).toBe(37);
    await vi.advanceTimersByTimeAsync(200);
    expect(arrived()).toBe(38);
    await vi.advanceTimersByTimeAsync(2_000);
    await Promise.all(flood);
    expect(arrived()).toBe(40);
  } finally {
    vi.useRealTimers();
  }
});

it('CA5 of a line that has gone, or whose call is over, nothing is heard any more that waited behind the pace', async () => {
  const call = await begin('hanako');
  const [hanako, taro, aoi] = [await new Caller('hanako').enters(call), await new Caller('taro').enters(call), await new Caller('aoi').enters(call)];
  const arrived = (): number => hanako.heard.filter(({ is }) => is === 'from').length;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const floods = [taro, aoi].map((one) => Array.from({ length: 40 }, () => one.say({ is: 'to', device: hanako.device, say: { offer: 'x'.repeat(15_000) } })));
    await new Promise(setImmediate);
    await taro.cut();
    expect(arrived()).toBe(74);
    await vi.advanceTimersByTimeAsync(500);
    // His is not heard on; hers is.
    expect(arrived()).toBe(75);
    await box.does('hanako', end, { room: box.groupC, call });
    await vi.advanceTimersByTimeAsync(10_000);
    await Promise.all(floods.flat());
    expect(arrived()).toBe(75);
  } finally {
    vi.useRealTimers();
  }
});

it('CA7 without Janus the fifth device is told so, and gets in when another leaves; a second device of someone is one of them', async () => {
  const call = await begin('hanako');
  const four = [];
  for (const who of ['hanako', 'taro', 'aoi', 'taro'] as const) four.push(await new Caller(who).enters(call));
  const fifth = await new Caller('ken').enters(call);
  expect([fifth.heard, present(callOf(call)).length]).toEqual([[{ is: 'over', code: 'call.full', params: { max: 4 } }], 3]);
  await four[3]!.say({ is: 'leave' });
  // With his other device Taro is in it still.
  expect(present(callOf(call))).toContain(box.cast.taro.person);
  expect((await new Caller('ken').enters(call)).last('here')).toMatchObject({ seats: [{}, {}, {}] });
});

it('CA11 where one shows, only they and whom they let may point', async () => {
  const call = await begin('taro', { kind: 'show' });
  const [taro, hanako, ken] = [await new Caller('taro').enters(call), await new Caller('hanako').enters(call), await new Caller('ken').enters(call)];
  const point = { is: 'point', device: taro.device, x: 0.25, y: 0.5 };
  await hanako.say(point);
  await ken.say({ is: 'lets', device: ken.device });
  expect([taro, hanako, ken].map((one) => one.last('point') ?? one.last('lets'))).toEqual([undefined, undefined, undefined]);
  await taro.say({ is: 'lets', device: hanako.device });
  await hanako.say(point);
  await ken.say({ ...point, x: 0.9 });
  expect([taro, hanako, ken].map((one) => one.heard.filter(({ is }) => is === 'point'))).toEqual([1, 2, 3].map(() => [{ ...point, by: hanako.device }]));
});

it('CA5 the line of a call is opened by who is signed in, on a page of ours, in our words, and by nobody else', async () => {
  const door = await openDoor(box.stair);
  const address = await door.app.listen({ host: '127.0.0.1', port: 0 });
  const asks = (headers: Record<string, string>): Promise<number | undefined> => new Promise((done, failed) => {
    request(`${address}${callPath}`, { headers: { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': randomBytes(16).toString('base64'), origin: address, 'sec-websocket-protocol': callSubprotocol, ...headers } })
      .on('response', ({ statusCode }) => done(statusCode)).on('upgrade', ({ statusCode }, socket) => { socket.destroy(); done(statusCode); }).on('error', failed).end();
  });
  expect([await asks({}), await asks({ origin: 'https://elsewhere.example' }), await asks({ 'sec-websocket-protocol': 'noroshi.1' })]).toEqual([401, 403, 400]);
  expect((await fetch(`${address}${weighPath}?n=1`)).status).toBe(401);
  await door.close();
});

it('CA3 the call of a drill is marked as all of a drill is', async () => {
  await box.plans();
  await box.flood([box.orgs.seiyo], { drill: true, name: '総合訓練' });
  const twin = [...box.stair.memory.streams.keys()].filter((key) => key.startsWith('r:')).map((key) => box.stair.memory.get('room', key.slice(2)) as Doc<{ id: Id; drill?: Id }> | undefined).find((doc) => doc?.value.drill)!.value.id;
  const call = await box.does('hanako', start, { room: twin, kind: 'meet' });
  await calls.rung();
  expect([callOf(call).drill, notices.length > 0, notices.every(({ drill, title }) => drill && title.startsWith('【訓練】'))]).toEqual([true, true, true]);
});
