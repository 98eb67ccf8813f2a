import { hotline, type Hotline } from '@noroshi/e2e/box';
import { openDoor, type OpenDoor, type Visitor } from '@noroshi/e2e/door';
import { killableServer } from '@noroshi/e2e/killable';
import { enterByNumber, invite, makeNumber, signIn } from '@noroshi/features/account';
import { exportPeople, openedCard, toldLate } from '@noroshi/features/directory';
import { auditStream, findAudit } from '@noroshi/features/keeping';
import { AuditLog } from '@noroshi/features/keeping/audit-log';
import { exportRecord } from '@noroshi/features/record';
import { freshId } from '@noroshi/foundations/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

let box: Hotline;
let door: OpenDoor;
beforeEach(async () => {
  box = await hotline();
  door = await openDoor(box.stair);
});
afterEach(async () => {
  await door?.close();
  await box?.close();
});

const password = 'みかん山のふもと 2018 のろし';
const comesIn = async (who: 'hanako' | 'taro', given?: string): Promise<Visitor> => {
  const visitor = door.visitor();
  expect((await visitor.ask('account.acceptInvitation', { token: await door.accounts.linkFor(box.cast[who].person), device: 'iPhone', ...(given ? { password: given } : {}) })).status).toBe(200);
  return visitor;
};
/** The notes that lie in the database, whatever is in memory. */
const written = async (what: string, by?: string): Promise<number> => (await box.stair.pool.query<{ n: number }>(
  `select count(*)::int as n from event e join stream s on s.workspace = e.workspace and s.no = e.stream join event_body b on b.workspace = e.workspace and b.stream = e.stream and b.seq = e.seq
   where s.key = $1 and b.json ->> 'what' = $2 and ($3::uuid is null or e.by = $3)`, [auditStream, what, by ?? null])).rows[0]!.n;
/** Holds each note just before it is written, as a slow disk does. */
function held(): { reached: Promise<void>; go: () => void } {
  const [reached, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const submit = box.stair.submit.bind(box.stair);
  box.stair.submit = async (actor, command) => {
    if (command.name === 'audit.note') {
      reached.resolve();
      await gate.promise;
    }
    return submit(actor, command);
  };
  return { reached: reached.promise, go: () => { gate.resolve(); box.stair.submit = submit; } };
}

it('K19 no answer goes out before its note is written: who comes in, tends, looks, or takes something out', async () => {
  const hanako = await comesIn('hanako', password);
  const { body: { login } } = await hanako.ask('account.me', {}) as { body: { login: string } };
  const record = await box.does('hanako', exportRecord, { room: box.groupC });
  const get = (url: string) => door.app.inject({ method: 'GET', url, headers: { cookie: hanako.cookie! } }).then(({ statusCode }) => ({ status: statusCode }));
  const late = { id: freshId(), what: 'tableMade' as const, note: 'a.csv', at: box.clock.now(), times: 1, off: true };
  const all: readonly (readonly [string, () => Promise<{ status: number }>])[] = [
    ['signedIn', () => door.visitor().ask(signIn, { login, password })],
    ['signInWrong', () => door.visitor('203.0.113.1').ask(signIn, { login, password: `${password}？` })],
    ['signedInByLink', () => comesIn('taro').then(() => ({ status: 200 }))],
    ['signedInByNumber', async () => door.visitor().ask(enterByNumber, { number: (await hanako.ask(makeNumber, {})).body.number })],
    ['invited', () => hanako.ask(invite, { person: box.cast.aoi.person })],
    ['peopleExported', () => hanako.ask(exportPeople.question, { kind: 'csv' })],
    ['documentFetched', () => get(`/documents/record/${record}.zip`)],
    ['auditRead', () => hanako.ask(findAudit.question, {})],
    ['auditExported', () => get('/documents/audit.csv')],
    ['cardOpened', () => hanako.ask(openedCard, { person: box.cast.taro.person })],
    ['tableMade', () => hanako.ask(toldLate, { by: box.cast.hanako.person, notes: [late] })],
  ];
  for (const [what, asks] of all) {
    const before = await written(what);
    const hold = held();
    let isOut = false;
    const answer = asks().finally(() => { isOut = true; });
    await hold.reached;
    // The house has a turn for all that waits for nothing but itself.
    for (let i = 0; i < 20; i++) await new Promise(setImmediate);
    expect([what, isOut, await written(what)]).toEqual([what, false, before]);
    hold.go();
    const { status } = await answer;
    expect([what, status === 200 || what === 'signInWrong']).toEqual([what, true]);
    expect([what, await written(what)]).toEqual([what, before + 1]);
  }
});

it('K19 notes that wait for each other are written one after the other, and none waits for the next', async () => {
  for (let i = 0; i < 50; i++) await AuditLog.of(box.stair).note({ what: 'documentFetched', by: box.cast.taro.person, note: `/documents/${i}` });
  expect(await written('documentFetched')).toBe(50);
});

it('K19 where it cannot be written in time nothing is handed out, and a device keeps what it has to tell; who comes in comes in', async () => {
  const hanako = await comesIn('hanako', password);
  const { body: { login } } = await hanako.ask('account.me', {}) as { body: { login: string } };
  const record = await box.does('hanako', exportRecord, { room: box.groupC });
  const hold = held();
  const [zip, table, people, card, late, enters] = await Promise.all([
    door.app.inject({ method: 'GET', url: `/documents/record/${record}.zip`, headers: { cookie: hanako.cookie! } }),
    door.app.inject({ method: 'GET', url: '/documents/audit.csv', headers: { cookie: hanako.cookie! } }),
    hanako.ask(exportPeople.question, { kind: 'csv' }),
    hanako.ask(openedCard, { person: box.cast.taro.person }),
    hanako.ask(toldLate, { by: box.cast.hanako.person, notes: [{ id: freshId(), what: 'tableMade' as const, note: 'a.csv', at: box.clock.now(), times: 1, off: true }] }),
    door.visitor().ask(signIn, { login, password }),
  ]);
  for (const one of [zip, table]) expect([one.statusCode, one.headers['content-disposition'], (one.json() as { code: string }).code]).toEqual([503, undefined, 'line.comeBackLater']);
  expect([people, card, late].map(({ status, body }) => [status, (body as { code: string }).code])).toEqual(Array.from({ length: 3 }, () => [503, 'line.comeBackLater']));
  expect(enters.status).toBe(200);
  hold.go();
});

it('K19 a server that is killed as soon as an answer is there has every sign-in and every export in its audit', { timeout: 120_000 }, async () => {
  // The other process has a clock of its own.
  await door.close();
  await box.close();
  box = await hotline({ now: Date.now });
  door = await openDoor(box.stair);
  const folder = await mkdtemp(join(tmpdir(), 'noroshi-killed-'));
  const databaseUrl = box.databaseUrl;
  const server = await killableServer({ databaseUrl, dataFolder: folder });
  try {
    for (let times = 1; times <= 4; times++) {
      const token = await door.accounts.linkFor(box.cast.hanako.person);
      const post = (name: string, input: object, cookie = ''): Promise<Response> => fetch(`${server.address}/api/${name}`, { method: 'POST', headers: { 'content-type': 'application/json', cookie }, body: JSON.stringify(input) });
      const entered = await post('account.acceptInvitation', { token });
      expect(entered.status).toBe(200);
      const cookie = entered.headers.getSetCookie().map((one) => one.split(';')[0]!).join('; ');
      // Killed behind the one, and behind the other.
      if (times % 2) await server.kill();
      else {
        expect((await post('directory.export', { kind: 'csv' }, cookie)).status).toBe(200);
        await server.kill();
      }
      expect([await written('signedInByLink', box.cast.hanako.person), await written('peopleExported', box.cast.hanako.person)]).toEqual([times, Math.floor(times / 2)]);
      await server.start();
    }
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
});
