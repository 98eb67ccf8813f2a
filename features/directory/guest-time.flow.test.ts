import { hotline, type Hotline } from '../../e2e/box/hotline.ts';
import { openDoor, type OpenDoor } from '../../e2e/box/door.ts';
import { acceptInvitation, me } from '@noroshi/features/account';
import { newId, type Id } from '@noroshi/foundations/kernel';
import { membership, roomStream, type Deed, type Member } from '@noroshi/foundations/sync';
import { openRoom } from '@noroshi/features/talk';
import { until } from '@noroshi/foundations/testing';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson, enablePerson, person, setGuestTime, type Person } from './directory.ts';

const day = 24 * 3_600_000;
let box: Hotline;
let door: OpenDoor;
beforeAll(async () => {
  box = await hotline();
  door = await openDoor(box.stair);
});
afterAll(async () => {
  await door.close();
  await box.close();
});

const fresh = (): Id => newId(Date.now(), randomBytes(10));
const found = (id: Id): Person => box.stair.memory.get(person.noun, id)!.value as Person;
const passes = async (ms: number): Promise<void> => {
  box.clock.pass(ms);
  while (await box.stair.clock.look() > 0);
};
const refusedAs = async <I>(who: 'hanako' | 'taro' | 'mika', deed: Deed<I, any> & { deed: string }, input: I): Promise<string | undefined> => {
  const answer = await box.stair.submit(box.cast[who], { id: fresh(), name: deed.deed, input });
  return answer.ok ? undefined : answer.code;
};

it('C3c a guest is let in until a time, is out by itself then, and comes in again by a new one', async () => {
  const [rin, room] = [fresh(), fresh()];
  const now = box.clock.now();
  await box.does('hanako', addPerson, { id: rin, org: box.orgs.hiroshima, role: 'guest', name: '本田 凛', kana: 'ほんだ りん', phones: [], until: now + 10 * day });
  await box.does('hanako', openRoom, { id: room, kind: 'purpose', name: '広島県との連絡', short: '広島', orgs: [], people: [rin] });
  const phone = door.visitor();
  const comes = async (): Promise<void> => { expect(await phone.ask(acceptInvitation, { token: await door.accounts.linkFor(rin) })).toMatchObject({ status: 200 }); };
  await comes();
  expect((await phone.ask(me, {})).body).toMatchObject({ role: 'guest', until: now + 10 * day });
  const [sits, isShut] = [() => box.stair.memory.sight(rin).has(roomStream(room)), () => (box.stair.memory.get('member', membership(roomStream(room), rin).id)?.value as Member).shut ?? false];

  // Given longer: what was to end first ends nothing.
  await box.does('hanako', setGuestTime, { id: rin, until: now + 20 * day });
  await passes(11 * day);
  expect([found(rin).disabled ?? false, sits(), isShut()]).toEqual([false, true, false]);

  await passes(10 * day);
  expect([found(rin).disabled, isShut()]).toEqual([true, true]);
  await until(async () => (await phone.ask(me, {})).status === 401, 'the device of the guest to be out');
  // Opened without a new end, nothing would close it again.
  expect(await refusedAs('hanako', enablePerson, { id: rin })).toBe('directory.guestTimeOver');

  await box.does('hanako', setGuestTime, { id: rin, until: box.clock.now() + day });
  expect((await phone.ask(me, {})).status).toBe(401);
  await comes();
  expect((await phone.ask(me, {})).status).toBe(200);
  expect([found(rin).disabled, isShut(), sits()]).toEqual([false, false, true]);
  await passes(2 * day);
  expect([found(rin).disabled, isShut()]).toEqual([true, true]);
});

it('C3c only guests have an end, it lies ahead and within a year, and whoever tends their organization sets it', async () => {
  const now = box.clock.now();
  const [mika, ken] = [box.cast.mika.person, box.cast.ken.person];
  const guest = { id: fresh(), org: box.orgs.hiroshima, role: 'guest' as const, name: '客', kana: '', phones: [] };
  expect([
    await refusedAs('hanako', setGuestTime, { id: ken, until: now + day }),
    await refusedAs('hanako', addPerson, { ...guest, org: box.orgs.iyo, role: 'member', until: now + day }),
  ]).toEqual(['directory.onlyGuestsEnd', 'directory.onlyGuestsEnd']);
  for (const [end, code] of [[now, 'directory.guestTimePast'], [now + 367 * day, 'directory.guestTimeLong']] as const) {
    expect([await refusedAs('hanako', setGuestTime, { id: mika, until: end }), await refusedAs('hanako', addPerson, { ...guest, until: end })]).toEqual([code, code]);
  }
  expect([await refusedAs('taro', setGuestTime, { id: mika, until: now + day }), await refusedAs('hanako', setGuestTime, { id: fresh(), until: now + day })]).toEqual(['directory.notAllowed', 'directory.notFound']);
  expect(await refusedAs('mika', setGuestTime, { id: mika, until: now + day })).toBe('directory.notAllowed');
});
