import { mountLine, type Beside } from '@noroshi/foundations/sync/server';
import { freshId, smallBox, until, type SmallBox } from '@noroshi/foundations/testing';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket as Ws } from 'ws';

type Carrier = Parameters<Beside['open']>[1];

const origin = 'https://noroshi.example';
let box: SmallBox;
let app: FastifyInstance;
/** The line that was opened last, until it has gone. */
let carrier: Carrier | undefined;
let heard: string[];
/** What hears; a test may let it wait. */
let hear: (text: string) => Promise<void>;

beforeEach(async () => {
  box = await smallBox();
  [carrier, heard] = [undefined, []];
  hear = async (text) => void heard.push(text);
  app = fastify({ forceCloseConnections: true });
  mountLine(app, box.stair, async ({ headers }) => {
    const who = /as=(taro|aoi)/.exec(headers.cookie ?? '')?.[1] as 'taro' | 'aoi' | undefined;
    return who && { session: freshId(), actor: () => box[who] };
  }, ({ headers }) => headers.origin === undefined || headers.origin === origin, {
    path: '/line/beside', subprotocol: 'beside.1', largest: 1_000, together: 4,
    open: (_who, to) => {
      carrier = to;
      return { hear: (text) => hear(text), gone: () => { carrier = undefined; } };
    },
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(async () => {
  await app.close();
  await box.close();
});

const post = (who: string | undefined, path = '', payload = '', headers = {}) =>
  app.inject({ method: 'POST', url: `/line/beside/poll${path}`, headers: { 'content-type': 'application/x-noroshi', ...(who ? { cookie: `as=${who}` } : {}), ...headers }, payload });
const begun = async (): Promise<string> => `/${(await post('taro')).json<{ id: string }>().id}`;
async function socket(): Promise<Ws> {
  const ws = new Ws(`ws://127.0.0.1:${(app.server.address() as { port: number }).port}/line/beside`, 'beside.1', { headers: { cookie: 'as=taro' } });
  await new Promise((open) => ws.on('open', open));
  return ws;
}

/** Hears the first thing that is said only when it is let. */
function waits(): { readonly go: () => void; readonly asked: () => boolean } {
  const { promise, resolve } = Promise.withResolvers<void>();
  let asked = false;
  hear = async (text) => {
    asked = true;
    await promise;
    heard.push(text);
  };
  return { go: resolve, asked: () => asked };
}

describe('a line beside', () => {
  it('S135 lets go of whoever takes in nothing: what others say to them does not gather in the server', async () => {
    const deaf = await socket();
    deaf.pause();
    // What the system takes for it on the way is not counted, so it is said until it is let go.
    let said = 0;
    for (; said < 5_000 && carrier; said++) {
      carrier.send('x'.repeat(16_000));
      if (said % 20 === 0) await new Promise((done) => setTimeout(done, 5));
    }
    expect([carrier, said < 5_000]).toEqual([undefined, true]);
    deaf.terminate();
  });

  it('S136 goes by requests that wait where sockets are blocked: in its order, to whoever opened it alone, with the same bounds', async () => {
    expect([(await post(undefined)).statusCode, (await post('taro', '', '', { origin: 'https://elsewhere.example' })).statusCode, (await post('taro', '/nobodys')).statusCode]).toEqual([401, 403, 410]);
    const place = await begun();
    expect([(await post('aoi', place)).statusCode, (await post('aoi', `${place}/say`, 'mine')).statusCode]).toEqual([410, 410]);
    await post('taro', `${place}/say`, 'one\ntwo');
    await post('taro', `${place}/say`, 'three');
    // What is more than one message may be is garbage, as on a socket, and so are more of them than go together.
    await post('taro', `${place}/say`, 'x'.repeat(1_001));
    await post('taro', `${place}/say`, 'a\nb\nc\nd');
    await post('taro', `${place}/say`, 'a\nb\nc\nd\n');
    expect(heard).toEqual(['one', 'two', 'three', '', 'a', 'b', 'c', 'd', '']);
    for (const text of ['a', 'b']) carrier!.send(text);
    expect((await post('taro', place)).body).toBe('a\nb\n');
    const waiting = post('taro', place);
    setTimeout(() => carrier!.send('c'), 20);
    expect((await waiting).body).toBe('c\n');
    // Of whoever fetches nothing it is no different from a socket that is not read.
    for (let said = 0; said < 100 && carrier; said++) carrier.send('x'.repeat(16_000));
    expect(carrier).toBeUndefined();
    const again = await begun();
    carrier!.send('last');
    carrier!.close(4_000, 'over');
    expect([(await post('taro', again)).body, (await post('taro', again)).statusCode, carrier]).toEqual(['last\n', 410, undefined]);
  });

  it('S137 that has ended hears nothing more: neither the rest of a request, nor what waits behind it, nor what comes', async () => {
    const place = await begun();
    const first = waits();
    const said = [post('taro', `${place}/say`, 'one\ntwo\nthree'), post('taro', `${place}/say`, 'four')];
    await until(first.asked, 'the first to be heard');
    carrier!.close(4_000, 'over');
    // Before what waits has been heard: it is not taken at all.
    expect((await post('taro', `${place}/say`, 'five')).statusCode).toBe(410);
    first.go();
    await Promise.all(said);
    expect(heard).toEqual(['one']);
  });

  it('S137 by a socket: whoever has gone is not heard on', async () => {
    const ws = await socket();
    const first = waits();
    for (const text of ['one', 'two', 'three']) ws.send(text);
    await until(first.asked, 'the first to be heard');
    ws.close();
    await until(() => carrier === undefined, 'it to have gone');
    first.go();
    await new Promise(setImmediate);
    expect(heard).toEqual(['one']);
  });
});
