import { hotline, type Hotline } from '@noroshi/e2e/box';
import { openDoor, type OpenDoor } from '@noroshi/e2e/door';
import { giveRole } from '@noroshi/features/directory';
import { exportRecord } from '@noroshi/features/record';
import { say } from '@noroshi/features/talk';
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
