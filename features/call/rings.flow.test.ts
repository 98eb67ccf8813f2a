import { acceptInvitation } from '@noroshi/features/account';
import { disablePerson } from '@noroshi/features/directory';
import { openRoom } from '@noroshi/features/talk';
import { sync } from '@noroshi/features/wake';
import { PushService, until } from '@noroshi/foundations/testing';
import { hotline, type CastName, type Hotline } from '@noroshi/e2e/box';
import { openDoor, type OpenDoor, type Visitor } from '@noroshi/e2e/door';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fresh } from '../../e2e/talk-house.ts';
import { rings } from './rings.ts';

let box: Hotline;
let service: PushService;
let door: OpenDoor;
beforeAll(async () => {
  [service, box] = await Promise.all([PushService.open(), hotline()]);
  door = await openDoor(box.stair, { push: { ca: service.ca, inside: ['localhost'] } });
});
afterAll(async () => {
  await door?.wake.stop();
  await door?.close();
  await box?.close();
  await service?.close();
});

/** Someone on a device that takes notifications. */
async function onDevice(who: CastName): Promise<Visitor> {
  const visitor = door.visitor();
  await visitor.ask(acceptInvitation, { token: await door.accounts.linkFor(box.cast[who].person) });
  const { endpoint, p256dh, auth } = service.subscribe();
  expect(await visitor.ask(sync, { state: 'on', language: 'ja', subscription: { endpoint, p256dh, auth } })).toMatchObject({ status: 200, body: { on: true } });
  return visitor;
}

it('CA15 who calls is told whom no device rings: neither who takes notifications nor who has a screen open, and a guest nothing', async () => {
  const [hanako, _aoi] = [await onDevice('hanako'), await onDevice('aoi')];
  const { ken, taro, mika } = box.cast;
  const told = async (who: Visitor, room = box.groupC) => (await who.ask(rings, { room })).body;
  expect(new Set((await told(hanako)).none)).toEqual(new Set([ken.person, taro.person]));
  // Whose account is closed is rung by nobody.
  await box.does('hanako', disablePerson, { id: ken.person });
  expect((await told(hanako)).none).toEqual([taro.person]);
  // A screen that is open rings without a notification, until it is closed.
  const open = box.device('taro');
  await until(async () => (await told(hanako)).none.length === 0, 'his screen to be on the line');
  open.stop();
  await until(async () => (await told(hanako)).none.length === 1, 'his screen to be gone');
  // Mika, a guest, is seen by whoever has her in their talk, and sees nothing of theirs.
  const room = fresh();
  await box.does('aoi', openRoom, { id: room, kind: 'purpose', name: '外', short: '外', orgs: [], people: [mika.person] });
  const guest = await onDevice('mika');
  expect(await told(guest, room)).toMatchObject({ code: 'talk.roomNotFound' });
  expect(await told(hanako, room)).toMatchObject({ code: 'talk.roomNotFound' });
});
