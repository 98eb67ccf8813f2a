import { hotline, type Hotline } from '@noroshi/e2e/box';
import { openDoor, type OpenDoor } from '@noroshi/e2e/door';
import { giveRole } from '@noroshi/features/directory';
import { exportRecord } from '@noroshi/features/record';
import { mountRecord, openSigner, RecordLog, type PapersOf } from '@noroshi/features/record/server';
import { say } from '@noroshi/features/talk';
import { until } from '@noroshi/foundations/testing';
import fastify from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';

let box: Hotline;
let door: OpenDoor;
const cookies = new Map<string, string>();
beforeAll(async () => {
  box = await hotline();
  door = await openDoor(box.stair);
  for (const who of ['hanako', 'taro', 'mika'] as const) {
    const visitor = door.visitor();
    await visitor.ask('account.acceptInvitation', { token: await door.accounts.linkFor(box.cast[who].person) });
    cookies.set(who, visitor.cookie!);
  }
  await box.does('taro', say, { room: box.groupC, text: '水が来た' });
});
afterAll(async () => {
  await door?.close();
  await box?.close();
});

const fetched = async (id: string, who?: string) => {
  const answer = await door.app.inject({ method: 'GET', url: `/documents/record/${id}.zip`, headers: who ? { cookie: cookies.get(who)! } : {} });
  return { status: answer.statusCode, headers: answer.headers, bytes: answer.rawPayload, code: answer.statusCode === 200 ? 'zip' : (answer.json() as { code: string }).code };
};

it('R6 is fetched by who asked for it, within a day, while they may; nobody else learns that it is there', async () => {
  const id = await box.does('hanako', exportRecord, { room: box.groupC });
  const good = await fetched(id, 'hanako');
  expect([good.status, good.headers['content-type'], good.headers['cache-control']]).toEqual([200, 'application/zip', 'private, no-store']);
  expect(good.bytes.subarray(0, 2).toString()).toBe('PK');
  expect((await fetched(id)).code).toBe('account.signedOut');
  // Taro is in that room and sees that it was done; Mika is nowhere.
  expect(await fetched(id, 'taro')).toMatchObject({ status: 409, code: 'record.notYours' });
  expect(await fetched(id, 'mika')).toMatchObject({ status: 404, code: 'record.notFound' });
  for (const other of ['0190a1b2-0000-7000-8000-000000000000', 'x', '..%2f..%2fpackage.json']) expect(await fetched(other, 'hanako')).toMatchObject({ status: 404 });
  await box.does('system', giveRole, { id: box.cast.hanako.person, role: 'member' });
  expect(await fetched(id, 'hanako')).toMatchObject({ status: 403, code: 'record.notAllowed' });
  await box.does('system', giveRole, { id: box.cast.hanako.person, role: 'administrator' });
  box.clock.pass(24 * 60 * 60_000);
  expect(await fetched(id, 'hanako')).toMatchObject({ status: 409, code: 'record.notYours' });
});

it('R10 says how far it is, can be called off, and knows where nobody took it to its end', async () => {
  const log = new RecordLog({ stair: box.stair, signer: await openSigner(), report: (error) => { throw error; } });
  await log.start();
  const app = fastify({ forceCloseConnections: true });
  let held = Promise.withResolvers<void>();
  // The chronology takes as long as this test wants.
  const papers: PapersOf = () => [{ name: 'chronology/slow.pdf', data: (async function* () { yield Buffer.from('%PDF'); await held.promise; yield Buffer.alloc(100_000); })() }];
  let who: 'hanako' | 'taro' = 'hanako';
  mountRecord(app, { stair: box.stair, log, papers: async () => papers }, async () => ({ session: box.cast[who].person, actor: () => box.cast[who] }));
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  try {
    const id = await box.does('hanako', exportRecord, {});
    const path = `${address}/documents/record/${id}`;
    const far = async (): Promise<{ state: string; part?: string; bytes?: number }> => (await fetch(`${path}.json`)).json() as never;
    expect(await far()).toEqual({ state: 'none' });
    const first = await fetch(`${path}.zip`);
    const whole = first.arrayBuffer().then(() => 'whole', () => 'cut off');
    await until(async () => (await far()).part === 'papers', 'the papers to be written');
    expect(await far()).toMatchObject({ state: 'making', bytes: expect.any(Number) });
    who = 'taro';
    // Nobody else learns of it, nor ends it.
    expect([(await fetch(`${path}.json`)).status, (await fetch(`${path}.zip`, { method: 'DELETE' })).status]).toEqual([409, 409]);
    who = 'hanako';
    expect((await far()).state).toBe('making');
    expect((await fetch(`${path}.zip`, { method: 'DELETE' })).status).toBe(204);
    expect([await whole, await far()]).toEqual(['cut off', { state: 'calledOff' }]);
    // Whoever goes away in the middle.
    held.resolve();
    held = Promise.withResolvers();
    const gone = new AbortController();
    const left = await fetch(`${path}.zip`, { signal: gone.signal });
    void left.arrayBuffer().catch(() => undefined);
    await until(async () => (await far()).part === 'papers', 'the papers to be written again');
    gone.abort();
    held.resolve();
    await until(async () => (await far()).state === 'brokeOff', 'it to be known as broken off');
    // And one that is taken to its end.
    const bytes = (await (await fetch(`${path}.zip`)).arrayBuffer()).byteLength;
    expect(await far()).toEqual({ state: 'made', bytes });
  } finally {
    await app.close();
    log.halt();
  }
});
