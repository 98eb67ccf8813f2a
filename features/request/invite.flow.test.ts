import { addOrganization, addPerson } from '@noroshi/features/directory';
import { closeIncident, incident as incidentNoun, type Incident } from '@noroshi/features/incident';
import { commit, invite, send, type DispatchRequest } from '@noroshi/features/request';
import { message, room, say, type Message, type Room } from '@noroshi/features/talk';
import { hotline, type CastName, type Hotline } from '@noroshi/e2e/box';
import { newId, type Actor, type Id } from '@noroshi/foundations/kernel';
import { currentStay, member, roomStream, type Member } from '@noroshi/foundations/sync';
import { until } from '@noroshi/foundations/testing';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { askedRequest } from './asked.ts';
import { dutyOfOrg } from './web/duties.ts';

const fresh = (): Id => newId(Date.now(), randomBytes(10));

let box: Hotline;
let tobe: Id;
let tomo: Actor;
beforeEach(async () => {
  box = await hotline();
  await box.plans();
  tobe = await box.does('system', addOrganization, { id: (tobe = fresh()), code: '384011', name: '砥部町', kana: 'とべちょう', romaji: 'Tobe', short: '砥部', kind: 'town' }).then(() => tobe);
  const person = fresh();
  await box.does('system', addPerson, { id: person, org: tobe, name: '友近 智', kana: 'ともちか さとし', role: 'member', phones: [], post: { id: fresh(), title: '総務課 課長', duty: 'personnel', rank: 30 } });
  tomo = { person, org: tobe, role: 'member' };
});
afterEach(() => box?.close());

const ask = async (who: CastName | Actor, asked: DispatchRequest, org: Id) =>
  box.stair.submit(typeof who === 'string' ? box.cast[who] : who, { id: fresh(), name: invite.deed, input: { room: asked.room, request: asked.id, incident: asked.incident, org } });
const now = (id: Id): DispatchRequest => box.stair.memory.get('request', id)!.value as DispatchRequest;
const asks = async (incident: Id, place: Id): Promise<DispatchRequest> => now(await box.does('taro', send, { room: place, incident, lines: [{ duty: 'shelter', count: 12 }] }));
const seated = (place: Id, who: Actor): boolean => currentStay(box.stair.memory.of(roomStream(place), member.noun).map(({ value }) => value as Member).find(({ person }) => person === who.person)) !== undefined;
const place = (id: Id): Room => box.stair.memory.get(room.noun, id)!.value as Room;

it('R46 a town beyond the plan is asked by headquarters: it comes into the talk, reads what was said, owes an answer, helps, and leaves when it is over', async () => {
  const flood = await box.flood();
  await box.does('taro', say, { room: box.groupC, text: '野村で床上浸水' });
  const asked = await asks(flood, box.groupC);
  const device = box.deviceOf(tomo);
  await until(() => device.state() === 'open', 'Tomo to be on the line');
  expect(await device.end.replica.all('request')).toEqual([]);
  expect(await ask('hanako', asked, tobe)).toMatchObject({ ok: true });
  const stream = roomStream(box.groupC);
  await until(async () => (await device.end.replica.all<DispatchRequest>('request')).length === 1, 'Tomo to have the request');
  await until(async () => (await device.end.replica.all<Message>(message.noun, stream)).some(({ value }) => value.text === '野村で床上浸水'), 'Tomo to read what was said');
  expect((await device.end.replica.all<Message>(message.noun, stream)).filter(({ value }) => value.note?.line === 'request.invited').map(({ value }) => [value.note!.params['org'], value.quiet])).toEqual([['砥部町', undefined]]);

  // It owes an answer, without a clock, and is chased for it; the primary and the secondaries owe what they owed.
  expect(dutyOfOrg(now(asked.id), tobe)).toMatchObject({ owes: 'answer', count: 12 });
  expect(dutyOfOrg(now(asked.id), tobe)).not.toHaveProperty('due');
  expect(dutyOfOrg(now(asked.id), box.orgs.saijo)).toMatchObject({ owes: 'answer' });
  expect(askedRequest.stands(now(asked.id), { person: tomo.person, org: tobe } as never)).toBe('owes');
  expect(await device.end.send(commit, { room: box.groupC, request: asked.id, parts: [{ line: 1, wave: 1, count: 5, sees: 0 }] })).toMatchObject({ ok: true });
  await until(() => Promise.resolve(Object.values(now(asked.id).answers).some(({ org, count }) => org === tobe && count === 5)), 'the answer to be heard');
  expect(dutyOfOrg(now(asked.id), tobe)).toBeUndefined();
  expect(askedRequest.stands(now(asked.id), { person: tomo.person, org: tobe } as never)).toBe('free');
  await box.everyoneAgrees();

  // It is over: they leave, and nothing that is said then comes to them. What belongs there is as it was.
  expect(place(box.groupC).orgs).toContain(tobe);
  await box.does('hanako', closeIncident, { incident: flood, seen: (box.stair.memory.get(incidentNoun.noun, flood)!.value as Incident).revision });
  expect([place(box.groupC).orgs.includes(tobe), place(box.groupC).supportOnly ?? [], seated(box.groupC, tomo), seated(box.groupC, box.cast.ken)]).toEqual([false, [], false, true]);
  await box.does('taro', say, { room: box.groupC, text: '平時の話' });
  await box.everyoneAgrees();
  expect((await device.end.replica.all<Message>(message.noun, stream)).some(({ value }) => value.text === '平時の話')).toBe(false);
});

it('R46 is refused in words: to whoever is not headquarters, for who is hit, asked already or not of a municipality, and where nothing is short', async () => {
  const flood = await box.flood([box.orgs.seiyo, box.orgs.iyo]);
  const asked = await asks(flood, box.groupC);
  const codes = async (...tries: [CastName | Actor, Id][]): Promise<string[]> => {
    const all: string[] = [];
    for (const [who, org] of tries) {
      const answer = await ask(who, asked, org);
      all.push(answer.ok ? 'ok' : answer.code);
    }
    return all;
  };
  expect(await codes(['taro', tobe], ['aoi', tobe], ['hanako', box.orgs.iyo], ['hanako', box.orgs.seiyo], ['hanako', box.orgs.saijo], ['hanako', box.orgs.hiroshima], ['hanako', fresh()], [tomo, tobe])).toEqual([
    'request.inviteByHeadquarters', 'request.inviteByHeadquarters', 'request.invitedIsHit', 'request.invitedIsHit', 'request.alreadyAsked', 'directory.organizationNotFound', 'directory.organizationNotFound', 'request.notFound',
  ]);
  expect(await codes(['hanako', tobe], ['hanako', tobe])).toEqual(['ok', 'request.alreadyAsked']);
  const small = now(await box.does('taro', send, { room: box.groupC, incident: flood, lines: [{ duty: 'water', count: 1 }] }));
  await box.does('aoi', commit, { room: box.groupC, request: small.id, parts: [{ line: 1, wave: 1, count: 1, sees: 0 }] });
  expect(await ask('hanako', small, tobe)).toMatchObject({ ok: false, code: 'request.nothingToAskFor' });
});

it('T54 who sits in a room for two incidents stays until both are over, and in a drill sits in its twin alone', async () => {
  const [one, other] = [await box.flood(), await box.flood([box.orgs.iyo], { name: '台風第24号' })];
  const first = await asks(one, box.groupC);
  const second = now(await box.does('ken', send, { room: box.groupC, incident: other, lines: [{ duty: 'shelter', count: 3 }] }));
  expect(await ask('hanako', first, tobe)).toMatchObject({ ok: true });
  expect(await ask('hanako', second, tobe)).toMatchObject({ ok: true });
  const close = (id: Id) => box.does('hanako', closeIncident, { incident: id, seen: (box.stair.memory.get(incidentNoun.noun, id)!.value as Incident).revision });
  await close(one);
  expect([seated(box.groupC, tomo), place(box.groupC).lent]).toEqual([true, [{ org: tobe, incident: other }]]);
  await close(other);
  expect([seated(box.groupC, tomo), place(box.groupC).orgs.includes(tobe)]).toEqual([false, false]);

  const drill = await box.flood(undefined, { drill: true, name: '防災訓練' });
  const twin = (box.stair.memory.get(incidentNoun.noun, drill)!.value as Incident).roles[0]!.room;
  const trial = await asks(drill, twin);
  expect(await ask('hanako', trial, tobe)).toMatchObject({ ok: true });
  expect([seated(twin, tomo), seated(box.groupC, tomo), place(box.groupC).orgs.includes(tobe)]).toEqual([true, false, false]);
  await box.everyoneAgrees();
});
