import { hotline, type Hotline } from '@noroshi/e2e/box';
import { addPerson } from '@noroshi/features/directory';
import { answer, message, say, withdraw } from '@noroshi/features/talk';
import { newId, type Id } from '@noroshi/foundations/kernel';
import { roomStream } from '@noroshi/foundations/sync';
import { device, until } from '@noroshi/foundations/testing';
import { house } from '@noroshi/server/features';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contact, type Contact } from './situation.ts';

const minute = 60_000;
let box: Hotline;
let flood: Id;
beforeEach(async () => {
  box = await hotline();
  await box.plans();
  flood = await box.flood();
});
afterEach(() => box?.close());

const asks = (who: keyof Hotline['cast'], input: { incident: Id; org?: Id }, node = 0) => box.nodes[node]!.ask(box.cast[who], contact.question, input);
const told = async (org?: Id, node = 0): Promise<Contact> => {
  const answered = await asks('hanako', { incident: flood, ...(org && { org }) }, node);
  expect(answered).toMatchObject({ ok: true });
  return (answered as unknown as { value: Contact }).value;
};
const town = async (org: Id, node = 0) => (await told(undefined, node)).towns.find((one) => one.org === org)!;

describe('A2 who is asked', () => {
  it('T36 only the town that urgent words name owes an answer; to the others they are to be read', async () => {
    const before = new Map((await told()).towns.map(({ org, unread, unanswered }) => [org, [unread, unanswered]]));
    const said = await box.does('hanako', say, { room: box.groupC, text: '@西条市 いまの状況を知らせてください', urgency: 'urgent', mentionOrgs: [box.orgs.saijo], incident: flood });
    const now = await told(box.orgs.iyo);
    // The alarm of the opening is owed by all of them.
    for (const { org, unread, unanswered } of now.towns) expect([org, unread, unanswered]).toEqual([org, ...before.get(org)!]);
    expect(now.people![0]!.unanswered).toBe(1);
    expect((await told(box.orgs.saijo)).people![0]!.unanswered).toBe(2);
    await box.does('aoi', answer, { room: box.groupC, message: said, answer: 'agreed' });
    expect((await told(box.orgs.saijo)).people![0]!.unanswered).toBe(1);
  });
});

describe('A1 when a town was last heard, and its line', () => {
  it('is the last word of any of its people, on a line or beside one; a device that goes is no longer counted', async () => {
    const { saijo, iyo } = box.orgs;
    expect(await town(saijo)).toMatchObject({ people: 1, devices: 0 });
    expect((await town(saijo)).heard).toBeUndefined();
    const [aoi, window, other] = [box.device('aoi'), box.device('aoi'), device({ house, stair: () => box.stair, actor: box.cast.aoi, now: box.clock.now, session: newId(Date.now(), randomBytes(10)) })];
    await until(() => [aoi, window, other].every((one) => one.state() === 'open'), 'Aoi to be on three lines from two devices');
    const began = box.clock.now();
    const now = await town(saijo);
    expect(now.devices).toBe(2);
    expect(Math.abs(now.heard! - began)).toBeLessThan(minute);
    other.stop();
    await until(async () => (await town(saijo)).devices === 1, 'one of them to be gone');
    aoi.stop();
    window.stop();
    await until(async () => (await town(saijo)).devices === 0, 'both to be gone');
    box.clock.pass(40 * minute);
    expect((await town(saijo)).heard).toBeLessThan(began + minute);
    // Whoever does something without a line was heard too.
    await box.does('ken', say, { room: box.groupC, text: '聞こえています' });
    const spoke = await town(iyo);
    expect(spoke.devices).toBe(0);
    expect(Math.abs(spoke.heard! - box.clock.now())).toBeLessThan(minute);
  });

  it('is known again after a restart by what its people read, and never said of a town from which nothing was heard', async () => {
    const aoi = box.device('aoi');
    await until(() => aoi.state() === 'open', 'Aoi to be on the line');
    const head = box.stair.memory.streams.get(roomStream(box.groupC))!.head;
    await until(async () => (await aoi.end.replica.all(message.noun, roomStream(box.groupC))).length > 0, 'what was said to arrive');
    await aoi.end.shown(roomStream(box.groupC), [[1, head]]);
    const read = box.clock.now();
    await until(async () => (await town(box.orgs.saijo)).unread === 0, 'it to be read');
    aoi.stop();
    await box.stair.marks.flush();
    await box.restart();
    box.clock.pass(20 * minute);
    const later = await town(box.orgs.saijo);
    expect(later.devices).toBe(0);
    expect(Math.abs(later.heard! - read)).toBeLessThan(minute);
    expect((await town(box.orgs.iyo)).heard).toBeUndefined();
  });

  it('says where there are several servers that it counts its own lines alone', async () => {
    expect((await told()).all).toBe(true);
    await box.close();
    box = await hotline({ nodes: 2 });
    await box.plans();
    flood = await box.flood();
    await box.nodes[1]!.sweep();
    const aoi = box.deviceOf(box.cast.aoi, undefined, 1);
    await until(() => aoi.state() === 'open', 'Aoi to be on the line of the other');
    expect((await told()).all).toBe(false);
    expect([(await town(box.orgs.saijo, 0)).devices, (await town(box.orgs.saijo, 1)).devices]).toEqual([0, 1]);
  });
});

describe('A1 what waits for a town', () => {
  it('is how many of its people have something of the incident unread or unanswered; each opens at the first of it', async () => {
    const { saijo } = box.orgs;
    const second = newId(Date.now(), randomBytes(10));
    await box.does('system', addPerson, { id: second, org: saijo, role: 'member', name: '真鍋 誠', kana: 'まなべ まこと', phones: [], post: { id: newId(Date.now(), randomBytes(10)), title: '係', duty: 'other', rank: 50 } });
    await box.stair.clock.look();
    // What was said before they came is not asked of them.
    expect(await town(saijo)).toMatchObject({ people: 2, unread: 1 });
    const urgent = await box.does('taro', say, { room: box.groupC, text: '堤防が越水しています', urgency: 'urgent' });
    const plain = await box.does('taro', say, { room: box.groupC, text: '続報です' });
    expect(await town(saijo)).toMatchObject({ unread: 2, unanswered: 2 });
    const ofSecond = async () => (await told(saijo)).people!.find(({ person }) => person === second)!;
    expect(await ofSecond()).toMatchObject({ unread: 2, unanswered: 1, first: { room: box.groupC, message: urgent } });
    // Who answered without having read it has the answer behind them, and the words still before them.
    const ofAoi = async () => (await told(saijo)).people!.find(({ person }) => person === box.cast.aoi.person)!;
    const before = await ofAoi();
    await box.does('aoi', answer, { message: urgent, room: box.groupC, answer: 'agreed' });
    expect(await ofAoi()).toMatchObject({ unread: before.unread, unanswered: before.unanswered - 1 });
    await box.does('taro', withdraw, { room: box.groupC, message: urgent });
    expect(await ofSecond()).toMatchObject({ unread: 1, unanswered: 0, first: { room: box.groupC, message: plain } });
    // The author is not asked to read it.
    expect((await told(box.orgs.seiyo)).people!.find(({ person }) => person === box.cast.taro.person)).toMatchObject({ unanswered: 1 });
  });

  it('is of this incident alone: nothing of a drill is counted in what is real, nor the other way', async () => {
    const drill = await box.flood([box.orgs.iyo], { drill: true, name: '訓練' });
    const before = await town(box.orgs.saijo);
    const twin = box.stair.memory.of('w', 'incident').map(({ value }) => value as { id: Id; roles: { room: Id }[] }).find(({ id }) => id === drill)!.roles[0]!.room;
    await box.does('ken', say, { room: twin, text: '訓練 応援を求めます', urgency: 'urgent' });
    expect(await town(box.orgs.saijo)).toMatchObject({ unread: before.unread, unanswered: before.unanswered });
    const asked = await asks('hanako', { incident: drill, org: box.orgs.saijo });
    expect((asked as unknown as { value: Contact }).value.people![0]!.first!.room).toBe(twin);
  });
});

it('A1 is told to the prefecture alone: for everyone else the incident does not exist, as for the prefecture one that does not', async () => {
  const none = { ok: false, code: 'incident.notFound' };
  for (const who of ['taro', 'aoi', 'ken', 'mika'] as const) expect(await asks(who, { incident: flood }), who).toEqual(none);
  expect(await asks('hanako', { incident: newId(Date.now(), randomBytes(10)) })).toEqual(none);
  expect(await asks('hanako', { incident: flood, org: box.orgs.ehime })).toEqual(none);
  expect(await asks('hanako', { incident: flood, org: box.orgs.hiroshima })).toEqual(none);
});

it('A1 costs two journeys to the tables, however many people there are', async () => {
  await told();
  const query = box.stair.pool.query.bind(box.stair.pool);
  let journeys = 0;
  box.stair.pool.query = ((...all: Parameters<typeof query>) => { journeys += 1; return query(...all); }) as typeof query;
  const before = journeys;
  await told();
  await told(box.orgs.saijo);
  expect(journeys - before).toBe(4);
});
