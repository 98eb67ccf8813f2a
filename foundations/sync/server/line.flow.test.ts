import { newId, type Actor } from '@noroshi/foundations/kernel';
import { down, pack, subprotocol, unpack, up, wireVersion, type Frame, type HeadRow } from '@noroshi/foundations/sync';
import { mountLine } from '@noroshi/foundations/sync/server';
import { loadPollWire, LowerEnd, socketWire, type LineState, type OpenWire } from '@noroshi/foundations/sync/web';
import { CuttableProxy, freshId, note, shutOut, smallBox, smallHouse, until, write, type Note, type SmallBox } from '@noroshi/foundations/testing';
import fastify, { type FastifyInstance } from 'fastify';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { inflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket as Ws } from 'ws';

const pollWire = await loadPollWire();

let box: SmallBox;
let app: FastifyInstance;
let proxy: CuttableProxy;
let ends: LowerEnd[];
/** Sessions that the server knows, by their cookie. */
const sessions = new Map<string, () => Actor | undefined>();
const origin = 'https://noroshi.example';

beforeEach(async () => {
  ends = [];
  box = await smallBox();
  sessions.clear();
  for (const who of ['taro', 'aoi', 'ken'] as const) sessions.set(who, () => ((box.stair.memory.get('someone', box[who].person)!.value as { shut?: boolean }).shut ? undefined : box[who]));
  app = fastify({ forceCloseConnections: true });
  mountLine(app, box.stair, async ({ headers }) => {
    const actor = sessions.get(/as=(\w+)/.exec(headers.cookie ?? '')?.[1] ?? '');
    return actor && { session: freshId(), actor };
  }, (request) => request.headers.origin === undefined || request.headers.origin === origin);
  await app.listen({ host: '127.0.0.1', port: 0 });
  proxy = await CuttableProxy.before((app.server.address() as { port: number }).port);
  // A browser sends its cookie by itself; here the address carries it.
  vi.stubGlobal('WebSocket', class extends Ws {
    constructor(url: string, protocols: string) {
      super(url, protocols, { headers: { cookie: new URL(url).search.slice(1) } });
      this.on('error', () => undefined);
    }
  });
});
afterEach(async () => {
  for (const end of ends) end.stop();
  await proxy.close();
  await app.close();
  await box.close();
  vi.unstubAllGlobals();
});

const fetchAs = (who: string): typeof fetch => (input, init) => fetch(input, { ...init, headers: { ...init?.headers, cookie: `as=${who}` } });
const wires: Record<'socket' | 'poll', (who: string) => OpenWire> = {
  socket: (who) => socketWire(`ws://127.0.0.1:${proxy.port}/line?as=${who}`, (input, init) => fetchAs(who)(input, init)),
  poll: (who) => pollWire(`http://127.0.0.1:${proxy.port}/line/poll`, fetchAs(who)),
};

interface Seat { readonly end: LowerEnd; readonly state: () => LineState; readonly code: () => string | undefined }

function seat(who: 'taro' | 'aoi' | 'ken', how: readonly OpenWire[], now = () => Date.now()): Seat {
  let state: LineState = 'connecting';
  let code: string | undefined;
  const end = new LowerEnd({
    house: smallHouse, actor: box[who], wires: how, now, storage: { indexedDB: new IDBFactory(), IDBKeyRange }, randomBytes: (n) => randomBytes(n),
    inFront: () => true, inflate: async (bytes) => inflateRawSync(bytes), state: (is, why) => { state = is; code = why; },
  });
  ends.push(end);
  end.start();
  return { end, state: () => state, code: () => code };
}
const texts = async (one: Seat): Promise<string[]> => (await one.end.replica.all<Note>(note.noun, box.stream)).map((d) => d.value.text);

describe.each(['socket', 'poll'] as const)('a line over a real %s', (kind) => {
  it('S95 carries the same either way: both directions, in order, once', async () => {
    const taro = seat('taro', [wires[kind]('taro')]);
    const aoi = seat('aoi', [wires[kind]('aoi')]);
    await until(() => taro.state() === 'open' && aoi.state() === 'open', 'both to be on the line');
    for (let i = 1; i <= 30; i++) await taro.end.send(write, { place: box.place, text: `${i}` });
    await until(async () => (await texts(aoi)).length === 30, 'all to arrive');
    expect(await texts(aoi)).toEqual(Array.from({ length: 30 }, (_, i) => `${i + 1}`));
    await until(async () => (await taro.end.replica.outbox.item.count()) === 0, 'all to be answered');
    expect(await texts(taro)).toEqual(await texts(aoi));
  });

  it('S96 comes back after a cut with everything said meanwhile, on both sides', async () => {
    const taro = seat('taro', [wires[kind]('taro')]);
    const aoi = seat('aoi', [wires[kind]('aoi')]);
    await until(() => taro.state() === 'open' && aoi.state() === 'open', 'both to be on the line');
    for (let round = 0; round < 3; round++) {
      proxy.cut({ stay: true });
      await until(() => taro.state() !== 'open', 'the cut to be noticed');
      await taro.end.send(write, { place: box.place, text: `線の外 ${round}` });
      await box.does(box.aoi, write, { place: box.place, text: `内 ${round}` });
      proxy.mend();
      taro.end.line.hurry();
      aoi.end.line.hurry();
      await until(async () => (await texts(aoi)).length === (round + 1) * 2, 'all to arrive');
    }
    await until(async () => (await texts(taro)).length === 6, 'all to arrive here too');
    expect(await texts(taro)).toEqual(await texts(aoi));
  });

  it('S97 is told to come back when it asks for garbage, and nobody else notices', async () => {
    const aoi = seat('aoi', [wires[kind]('aoi')]);
    await until(() => aoi.state() === 'open', 'Aoi to be on the line');
    const ended = Promise.withResolvers<Frame | undefined>();
    let last: Frame | undefined;
    const wire = wires[kind]('taro')({
      up: () => wire.send(new Uint8Array([0xc1, 1, 2, 3])),
      bytes: (bytes) => { last = unpack(bytes)?.at(-1) ?? last; },
      down: () => ended.resolve(last),
    });
    expect(await ended.promise).toEqual([down.bye, 'line.garbage']);
    await box.does(box.aoi, write, { place: box.place, text: '続いている' });
    await until(async () => (await texts(aoi)).length === 1, 'Aoi to hear on');
  });

  it('S98 of nobody, or of a closed account, is refused, and the device knows it although a browser does not say', async () => {
    sessions.delete('ken');
    const ken = seat('ken', [wires[kind]('ken')]);
    await until(() => ken.state() === 'refused', 'Ken to be refused');
    expect(ken.code()).toBe('account.signedOut');
    const taro = seat('taro', [wires[kind]('taro')]);
    await until(() => taro.state() === 'open', 'Taro to be on the line');
    await box.does(box.admin, shutOut, { id: box.taro.person, shut: true });
    await until(() => taro.state() === 'refused', 'Taro to be off the line', 1_000);
  });

  it('S99 ends when the server stops, and does not take that for a refusal', async () => {
    const taro = seat('taro', [wires[kind]('taro')]);
    await until(() => taro.state() === 'open', 'Taro to be on the line');
    await app.close();
    await until(() => taro.state() !== 'open', 'the end to be noticed');
    expect(taro.state()).not.toBe('refused');
  });
});

it('S91 a line that is dead without a word is noticed within 20 seconds', async () => {
  // Time runs faster than it does, and the pulse of the device with it: however busy the machine is, it beats once a second.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    let ahead = 0;
    const taro = seat('taro', [wires.socket('taro')], () => Date.now() + ahead);
    await until(() => taro.state() === 'open', 'Taro to be on the line');
    proxy.swallow();
    const since = ahead;
    await until(() => {
      ahead += 100;
      vi.advanceTimersByTime(100);
      return taro.state() !== 'open';
    }, 'the dead line to be noticed', 20_000);
    expect(ahead - since).toBeLessThan(20_000);
    proxy.mend();
  } finally {
    vi.useRealTimers();
  }
});

it('S92 where sockets are blocked, long polling is found by itself', async () => {
  const blocked: OpenWire = (events) => {
    setImmediate(() => events.down(false));
    return { send: () => undefined, close: () => undefined };
  };
  const taro = seat('taro', [blocked, wires.poll('taro')]);
  await until(() => {
    taro.end.line.hurry();
    return taro.state() === 'open';
  }, 'the other way to be found');
  expect(proxy.size).toBeGreaterThan(0);
});

it('S93 nothing is taken from a page of another origin, and no socket opened for it', async () => {
  const { port } = app.server.address() as { port: number };
  const upgraded = await new Promise<number>((done) => {
    const asked = httpRequest({ host: '127.0.0.1', port, path: '/line', headers: { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': randomBytes(16).toString('base64'), 'sec-websocket-protocol': subprotocol, cookie: 'as=taro', origin: 'https://elsewhere.example' } });
    asked.on('response', (answer) => done(answer.statusCode!));
    asked.on('upgrade', () => done(101));
    asked.end();
  });
  expect(upgraded).toBe(403);
  const posted = async (url: string, headers: Record<string, string>) => (await app.inject({ method: 'POST', url, headers: { cookie: 'as=taro', ...headers }, ...(url.startsWith('/api') ? { payload: { id: freshId(), input: { place: box.place, text: 'x' } } } : {}) })).statusCode;
  for (const url of ['/line/poll', '/api/small.write']) {
    expect(await posted(url, { origin: 'https://elsewhere.example' })).toBe(403);
    expect(await posted(url, { origin: 'null' })).toBe(403);
    expect(await posted(url, { 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await posted(url, { origin })).toBe(200);
  }
});

it('S94 a client of another version gets onto the line, to be told in a sentence', async () => {
  const { port } = app.server.address() as { port: number };
  const heard = await new Promise<Frame[]>((done) => {
    const socket = new Ws(`ws://127.0.0.1:${port}/line`, 'noroshi.0', { headers: { cookie: 'as=taro' } });
    const frames: Frame[] = [];
    socket.on('open', () => socket.send(pack([up.hello, 0, new Uint8Array(16)])));
    socket.on('message', (data) => frames.push(...unpack(data as Buffer)!));
    socket.on('close', () => done(frames));
  });
  expect(heard).toEqual([[down.bye, 'line.oldClient']]);
});

it('S97 a frame too large, and text where bytes belong, end that line and nothing else', async () => {
  const { port } = app.server.address() as { port: number };
  const codeOf = (frame: Uint8Array | string) => new Promise<number>((done) => {
    const socket = new Ws(`ws://127.0.0.1:${port}/line`, subprotocol, { headers: { cookie: 'as=taro' } });
    socket.on('open', () => socket.send(frame));
    socket.on('error', () => undefined);
    socket.on('close', (code) => done(code));
  });
  expect(await codeOf(new Uint8Array(300 * 1024))).toBe(1009);
  expect(await codeOf('hello')).toBe(4000);
  expect((await app.inject({ method: 'GET', url: '/line', headers: { cookie: 'as=taro' } })).statusCode).toBe(204);
  expect((await app.inject({ method: 'GET', url: '/line' })).statusCode).toBe(401);
});

it('S134 what was asked for first is there before the last of it has come down: long answers are messages of their own', async () => {
  for (let i = 0; i < 50; i++) await box.stair.submit(box.taro, { id: freshId(), name: write.deed, input: { place: box.place, text: randomBytes(100).toString('hex') } });
  const { port } = app.server.address() as { port: number };
  const messages: Frame[][] = [];
  const socket = new Ws(`ws://127.0.0.1:${port}/line`, subprotocol, { headers: { cookie: 'as=taro' } });
  socket.on('message', (data) => messages.push([...unpack(data as Buffer)!]));
  await new Promise((open) => socket.on('open', open));
  socket.send(pack([up.hello, wireVersion, new Uint8Array(16)]));
  await until(() => messages.some((frames) => frames.some(([kind]) => kind === down.heads)), 'the heads');
  const rows = messages.flat().find(([kind]) => kind === down.heads)![1] as HeadRow[];
  const room = rows.find(([, key]) => key === box.stream)![0];
  const others = rows.map(([no]) => no).filter((no) => no !== room);
  expect(others.length).toBeGreaterThan(0);
  // The second time the server has them as they were sent, and they are ready in the same turn.
  for (let time = 0; time < 2; time++) {
    messages.length = 0;
    socket.send(Buffer.concat([room, ...others].map((no) => pack([up.fetch, no, 0]))));
    await until(() => messages.flat().filter(([kind]) => kind === down.snapshot).length === rows.length, 'all of it');
  }
  expect(messages[0]!.map(([kind, no]) => [kind, no])).toEqual([[down.snapshot, room]]);
  // What is short still travels together.
  expect(messages).toHaveLength(2);
  socket.close();
});

it('S97 an outbox larger than one message goes up in several', async () => {
  const taro = seat('taro', [wires.socket('taro')]);
  await until(() => taro.state() === 'open', 'Taro to be on the line');
  proxy.cut({ stay: true });
  await until(() => taro.state() !== 'open', 'the cut to be noticed');
  for (let i = 0; i < 20; i++) await taro.end.send(write, { place: box.place, text: '水'.repeat(9_000) });
  proxy.mend();
  taro.end.line.hurry();
  await until(async () => (await taro.end.replica.outbox.item.count()) === 0, 'all to be heard', 20_000);
  expect(await texts(taro)).toHaveLength(20);
});

it('S10 the same command over HTTP and over the line has one answer', async () => {
  const id = newId(Date.now(), randomBytes(10));
  const post = (input: object) => app.inject({ method: 'POST', url: '/api/small.write', headers: { cookie: 'as=taro' }, payload: { id, input } });
  const first = await post({ place: box.place, text: '一度' });
  expect(first.json()).toMatchObject({ ok: true, seq: 4 });
  const taro = seat('taro', [wires.socket('taro')]);
  await taro.end.send(write, { place: box.place, text: '一度' }, id);
  await until(async () => (await taro.end.replica.outbox.item.count()) === 0, 'it to be answered');
  expect((await post({ place: box.place, text: '一度' })).json()).toEqual(first.json());
  const other = await post({ place: box.place, text: '別' });
  expect([other.statusCode, other.json()]).toMatchObject([409, { ok: false, code: 'command.idReused' }]);
  expect(box.stair.memory.streams.get(box.stream)!.messages).toBe(1);
});

it('S60 the wire’s version is on the subprotocol', () => {
  expect(subprotocol).toBe(`noroshi.${wireVersion}`);
});

describe('a hostile client', () => {
  const say = (id: string, payload: Uint8Array | string | undefined, type?: string) => app.inject({ method: 'POST', url: `/line/poll/${id}/say`, headers: { cookie: 'as=taro', ...(type ? { 'content-type': type } : {}) }, ...(payload === undefined ? {} : { payload: typeof payload === 'string' ? payload : Buffer.from(payload) }) });
  const begun = async (): Promise<string> => (await app.inject({ method: 'POST', url: '/line/poll', headers: { cookie: 'as=taro' } })).json<{ id: string }>().id;
  const frames = 'application/x-noroshi';

  it('S97 that polls with something else than frames is told so', async () => {
    const id = await begun();
    for (const [payload, type] of [['{}', 'application/json'], ['[1]', 'application/json'], [undefined, undefined]] as const) {
      expect([(await say(id, payload, type)).statusCode], String(payload)).toEqual([400]);
    }
    expect((await say(id, pack([up.hello, wireVersion, new Uint8Array(16)]), frames)).statusCode).toBe(204);
  });

  it('S35 that says more than may wait is asked to come back', async () => {
    // Nothing is heard until all have come, however fast this machine hears.
    const hearing = Promise.withResolvers<void>();
    const open = box.stair.open.bind(box.stair);
    vi.spyOn(box.stair, 'open').mockImplementation((who) => {
      const line = open(who);
      return { ...line, hear: (bytes) => hearing.promise.then(() => line.hear(bytes)) };
    });
    const slow = fetchAs('taro');
    const { id } = (await (await slow(`http://127.0.0.1:${proxy.port}/line/poll`, { method: 'POST' })).json()) as { id: string };
    const place = `http://127.0.0.1:${proxy.port}/line/poll/${id}/say`;
    const ping = pack([up.ping]);
    const many = Buffer.concat([pack([up.hello, wireVersion, new Uint8Array(16)]), ...Array.from({ length: 80_000 }, () => ping)]);
    const answers = await Promise.all(Array.from({ length: 12 }, async () => {
      const ending = AbortSignal.timeout(3_000);
      const answer = await slow(place, { method: 'POST', headers: { 'content-type': 'application/x-noroshi' }, body: many, signal: ending }).catch(() => undefined);
      return answer && [answer.status, answer.headers.get('retry-after')];
    }));
    hearing.resolve();
    // Six of them are a mebibyte and wait to be heard; the others need not be kept.
    expect(answers.filter((answer) => answer?.[0] === 429)).toEqual(Array.from({ length: 6 }, () => [429, '1']));
  });

  it('S95 that polls twice at once is answered on the second, and the first ends', async () => {
    const as = fetchAs('taro');
    const { id } = (await (await as(`http://127.0.0.1:${proxy.port}/line/poll`, { method: 'POST' })).json()) as { id: string };
    const place = `http://127.0.0.1:${proxy.port}/line/poll/${id}`;
    const headers = { 'content-type': 'application/x-noroshi' };
    const poll = (): Promise<ArrayBuffer> => as(place, { method: 'POST', headers, body: new Uint8Array(0) }).then((answer) => answer.arrayBuffer());
    await as(`${place}/say`, { method: 'POST', headers, body: pack([up.hello, wireVersion, new Uint8Array(16)]) });
    await poll();
    const first = poll();
    const second = poll();
    await first;
    const began = performance.now();
    await box.does(box.aoi, write, { place: box.place, text: '届く' });
    const frames = unpack(new Uint8Array(await second))!;
    expect(frames.map((f) => f[0])).toContain(down.event);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('S97 that was turned away does not hold its socket, whatever it does with its own half', async () => {
    const { port } = app.server.address() as { port: number };
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const open = (): Promise<number> => new Promise((done, failed) => app.server.getConnections((error, n) => (error ? failed(error) : done(n))));
    await new Promise((done) => socket.once('connect', done));
    socket.write('GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    socket.resume();
    await new Promise((done) => socket.once('end', done));
    // This half stays open.
    await until(async () => (await open()) === 0, 'the server to let go of it');
    socket.destroy();
  });

  it('S22 that opens rooms it may not see is neither answered, nor remembered, nor reported', async () => {
    const id = await begun();
    await say(id, pack([up.hello, wireVersion, new Uint8Array(16)]), frames);
    for (const stream of [2 ** 40, 4_000, 4_001]) expect((await say(id, pack([up.open, stream]), frames)).statusCode).toBe(204);
    expect(box.stair.marks.held(4_000)).toBeUndefined();
    expect(box.reports).toEqual([]);
  });

  it('S34 that opens one line after the other waits', async () => {
    const statuses = new Set<number>();
    for (let i = 0; i < 105; i++) statuses.add((await app.inject({ method: 'POST', url: '/line/poll', headers: { cookie: 'as=taro' } })).statusCode);
    expect([...statuses]).toEqual([200, 429]);
  });
});
