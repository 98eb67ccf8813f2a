import { closeIncident, incident, openIncident, plan, renameIncident, revisePlan, roleOf, widenIncident, type Incident, type Plan } from '@noroshi/features/incident';
import { request, send, type DispatchRequest } from '@noroshi/features/request';
import { message, openRoom, room, say, type Message, type Room } from '@noroshi/features/talk';
import { addOrganization } from '@noroshi/features/directory';
import { newId, type Actor, type Id } from '@noroshi/foundations/kernel';
import { roomStream, workspaceStream, type Answer, type Deed } from '@noroshi/foundations/sync';
import { until } from '@noroshi/foundations/testing';
import { hotline, type CastName, type Hotline } from '@noroshi/e2e/box';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let box: Hotline;
beforeEach(async () => { box = await hotline(); });
afterEach(() => box?.close());

const fresh = (): Id => newId(Date.now(), randomBytes(10));
const asks = <I>(who: CastName | Actor, deed: Deed<I, any> & { deed: string }, input: I): Promise<Answer> =>
  box.stair.submit(typeof who === 'string' ? box.cast[who] : who, { id: fresh(), name: deed.deed, input });
const now = (id: Id): Incident => box.stair.memory.get(incident.noun, id)!.value as Incident;
const here = (id: Id): Room => box.stair.memory.get(room.noun, id)!.value as Room;
type On = ReturnType<Hotline['device']>;
const talk = async (d: On, place: Id): Promise<Message[]> => (await d.end.replica.all<Message>(message.noun, roomStream(place))).map((m) => m.value);
const lines = async (d: On, place: Id): Promise<string[]> => (await talk(d, place)).map((m) => m.note?.line ?? m.text ?? '');
const open = async (...who: CastName[]): Promise<On[]> => {
  const all = who.map((name) => box.device(name));
  await until(() => all.every((d) => d.state() === 'open'), 'all to be on the line');
  return all;
};

describe('opening a disaster', () => {
  it('I1 tells the room of the hit town, its supporters and the prefecture at the same moment, and gives each its part', async () => {
    await box.plans();
    const [taro, aoi, ken, hanako, mika] = await open('taro', 'aoi', 'ken', 'hanako', 'mika');
    const id = await box.flood();
    for (const d of [taro!, aoi!, ken!, hanako!]) {
      await until(async () => (await talk(d, box.groupC)).length === 1, 'the line to stand in the talk');
      expect((await talk(d, box.groupC))[0]).toMatchObject({
        note: { line: 'incident.opened', params: { name: '平成30年7月豪雨', towns: '西予市' }, ref: { noun: 'incident', id } }, urgency: 'urgent', incident: id, by: box.cast.hanako.person,
      });
    }
    expect(now(id)).toMatchObject({
      affected: [box.orgs.seiyo], headquarters: box.orgs.ehime, planVersion: '2018年度', revision: 1,
      roles: [{ affected: box.orgs.seiyo, primary: box.orgs.saijo, secondaries: [box.orgs.iyo], assumed: false, room: box.groupC }],
    });
    expect(['taro', 'aoi', 'ken', 'hanako', 'mika'].map((who) => roleOf(now(id), box.cast[who as CastName].org))).toEqual(['affected', 'primary', 'secondary', 'headquarters', 'none']);
    expect(here(box.groupC).incidents).toEqual([{ incident: id, name: '平成30年7月豪雨', drill: false, affected: [box.orgs.seiyo] }]);
    // What is said from now on bears the incident by itself.
    await box.does('taro', say, { room: box.groupC, text: '野村町で浸水' });
    await until(async () => (await talk(aoi!, box.groupC)).length === 2, 'Aoi to have it');
    expect((await talk(aoi!, box.groupC))[1]).toMatchObject({ incident: id });
    // A guest from outside learns nothing of it.
    expect(await mika!.end.replica.db.stream.count()).toBe(0);
    await box.everyoneAgrees();
  });

  it('I2 does not wait for the prefecture: a town’s own people open for their own town, and only for it', async () => {
    await box.plans();
    const words = { name: '西予市 豪雨', kind: 'flood' as const, drill: false };
    expect(await asks('taro', openIncident, { id: fresh(), ...words, affected: [box.orgs.iyo] })).toMatchObject({ ok: false, code: 'incident.ownTownOnly' });
    expect(await asks('taro', openIncident, { id: fresh(), ...words, affected: [box.orgs.seiyo, box.orgs.iyo] })).toMatchObject({ ok: false, code: 'incident.ownTownOnly' });
    expect(await asks('taro', openIncident, { id: fresh(), ...words, drill: true, affected: [box.orgs.seiyo] })).toMatchObject({ ok: false, code: 'incident.drillByPrefecture' });
    expect(await asks('mika', openIncident, { id: fresh(), ...words, affected: [box.orgs.seiyo] })).toMatchObject({ ok: false, code: 'incident.notAllowed' });
    const id = fresh();
    expect(await asks('taro', openIncident, { id, ...words, affected: [box.orgs.seiyo] })).toMatchObject({ ok: true });
    // The deputy mayor's colleague, or the prefecture, a minute later: the same flood is not opened twice.
    expect(await asks('hanako', openIncident, { id: fresh(), ...words, name: '7月豪雨', affected: [box.orgs.seiyo] })).toMatchObject({ ok: false, code: 'incident.alreadyOpen', params: { name: '西予市 豪雨' } });
    // An earthquake in the same night is another disaster.
    expect(await asks('hanako', openIncident, { id: fresh(), name: '地震', kind: 'earthquake', drill: false, affected: [box.orgs.seiyo] })).toMatchObject({ ok: true });
    expect(here(box.groupC).incidents).toHaveLength(2);
  });

  it('I3 refuses what makes no sense, with a word', async () => {
    const words = { name: '豪雨', kind: 'flood' as const, drill: false };
    const { seiyo, ehime, hiroshima } = box.orgs;
    const code = async (input: object): Promise<string | undefined> => {
      const answer = await asks('hanako', openIncident as Deed<any, any> & { deed: string }, { id: fresh(), ...words, affected: [seiyo], ...input });
      return answer.ok ? undefined : answer.code;
    };
    expect(await code({ affected: [ehime] })).toBe('incident.notAMunicipality');
    expect(await code({ affected: [hiroshima] })).toBe('incident.notAMunicipality');
    expect(await code({ affected: [fresh()] })).toBe('incident.notAMunicipality');
    expect(await code({ affected: [seiyo, seiyo] })).toBe('incident.townTwice');
    expect(await code({ affected: [] })).toMatch(/^input\./);
    expect(await code({ name: '   ' })).toMatch(/^input\./);
    const id = await box.flood();
    expect(await code({ id, kind: 'typhoon' })).toBe('command.idTaken');
  });

  it('I4 works without any plan: the prefecture takes over, and the talk says so', async () => {
    const [taro] = await open('taro');
    const id = await box.flood();
    expect(now(id).roles).toEqual([{ affected: box.orgs.seiyo, primary: box.orgs.ehime, secondaries: [], assumed: false, room: box.groupC }]);
    await until(async () => (await talk(taro!, box.groupC)).length === 2, 'both lines');
    expect(await lines(taro!, box.groupC)).toEqual(['incident.opened', 'incident.notPlanned']);
    // One of a room's lines rings, not each.
    expect((await talk(taro!, box.groupC)).map((m) => m.urgency)).toEqual(['urgent', undefined]);
  });
});

describe('each town opens its own', () => {
  const flood = (who: CastName, town: Id): Promise<Id> => {
    const id = fresh();
    return box.does(who, openIncident, { id, name: `${who}の豪雨`, kind: 'flood', drill: false, affected: [town] }).then(() => id);
  };

  it('I5a nobody counts on a town that another disaster has hit, whichever was opened first; the talk says so and requests follow', async () => {
    await box.plans();
    const { seiyo, saijo, iyo } = box.orgs;
    const [ken] = await open('ken');
    const of = await flood('taro', seiyo);
    expect(now(of).roles).toMatchObject([{ primary: saijo, secondaries: [iyo] }]);
    const sent = await box.does('taro', send, { room: box.groupC, incident: of, lines: [{ duty: 'shelter', count: 6 }] });
    const its = (): DispatchRequest => box.stair.memory.get(request.noun, sent)!.value as DispatchRequest;
    expect(its().supporters).toMatchObject({ primary: saijo });
    // An hour later Saijo is hit as well, and its people press the same button for themselves.
    box.clock.pass(3_600_000);
    const other = await flood('aoi', saijo);
    expect(now(of).roles).toMatchObject([{ primary: iyo, secondaries: [], succeeded: [{ from: saijo, because: 'hit' }] }]);
    expect(now(other).roles).toMatchObject([{ primary: iyo, secondaries: [] }]);
    await until(async () => (await lines(ken!, box.groupC)).filter((line) => line === 'incident.succeeded').length === 1, 'Ken to hear that he takes over');
    await box.stair.clock.look();
    expect(its().supporters.primary).toBe(iyo);
    await box.everyoneAgrees();
    // Whoever was passed over does not come back in the middle.
    await box.does('hanako', closeIncident, { incident: other, seen: now(other).revision });
    await box.does('hanako', widenIncident, { incident: of, affected: [iyo] });
    expect(now(of).roles[0]).toMatchObject({ primary: box.orgs.ehime, secondaries: [] });
    expect(now(of).roles[0]!.succeeded!.map((s) => s.from)).toEqual([saijo, iyo]);
  });

  it('I5a counts on it again when that disaster is over or a week old, and what a drill hits is hit in the drill alone', async () => {
    await box.plans();
    const { seiyo, saijo, iyo } = box.orgs;
    const drill = fresh();
    await box.does('hanako', openIncident, { id: drill, name: '訓練', kind: 'flood', drill: true, affected: [saijo] });
    const other = await flood('aoi', saijo);
    expect(now(drill).roles).toMatchObject([{ affected: saijo, primary: iyo, secondaries: [seiyo] }]);
    const first = await flood('taro', seiyo);
    expect(now(first).roles).toMatchObject([{ primary: iyo, succeeded: [{ from: saijo }] }]);
    expect(now(drill).roles).toMatchObject([{ affected: saijo, primary: iyo, secondaries: [seiyo] }]);
    box.clock.pass(8 * 86_400_000);
    const second = await flood('taro', seiyo);
    expect(now(second).roles).toMatchObject([{ primary: saijo, secondaries: [iyo] }]);
    await box.does('hanako', closeIncident, { incident: other, seen: now(other).revision });
    box.clock.pass(86_400_000);
    expect(now(await flood('taro', seiyo)).roles).toMatchObject([{ primary: saijo, secondaries: [iyo] }]);
  });
});

describe('more towns are hit', () => {
  it('I5 lets the next in order take over from a primary that is hit, and the talk says so', async () => {
    await box.plans();
    const [ken] = await open('ken');
    const id = await box.flood();
    // The town itself adds itself.
    expect(await asks('ken', widenIncident, { incident: id, affected: [box.orgs.saijo] })).toMatchObject({ ok: false, code: 'incident.ownTownOnly' });
    expect(await asks('aoi', widenIncident, { incident: id, affected: [box.orgs.saijo] })).toMatchObject({ ok: true });
    const [seiyo, saijo] = now(id).roles;
    expect(seiyo).toMatchObject({ primary: box.orgs.iyo, secondaries: [], succeeded: [{ from: box.orgs.saijo, because: 'hit' }] });
    expect(saijo).toMatchObject({ primary: box.orgs.iyo, secondaries: [] });
    await until(async () => (await talk(ken!, box.groupC)).length === 3, 'Ken to hear it');
    const heard = await talk(ken!, box.groupC);
    expect(heard.map((m) => m.note?.line)).toEqual(['incident.opened', 'incident.widened', 'incident.succeeded']);
    expect(heard[2]!.note!.params).toEqual({ from: '西条市', town: '西予市', to: '伊予市' });
    expect(here(box.groupC).incidents[0]!.affected).toEqual([box.orgs.seiyo, box.orgs.saijo]);

    // And when the last one is hit, the prefecture takes over for all three.
    await box.does('hanako', widenIncident, { incident: id, affected: [box.orgs.iyo, box.orgs.saijo] });
    expect(now(id).roles.map((r) => r.primary)).toEqual([box.orgs.ehime, box.orgs.ehime, box.orgs.ehime]);
    expect(roleOf(now(id), box.orgs.ehime)).toBe('primary');
    await until(async () => (await talk(ken!, box.groupC)).length === 7, 'Ken to hear it');
    expect((await lines(ken!, box.groupC)).slice(3)).toEqual(['incident.widened', 'incident.tookOver', 'incident.tookOver', 'incident.tookOver']);
    expect(await asks('hanako', widenIncident, { incident: id, affected: [box.orgs.iyo] })).toMatchObject({ ok: false, code: 'incident.alreadyAffected' });
    await box.everyoneAgrees();
  });

  it('I6 keeps both when two towns are added at the same moment', async () => {
    await box.plans();
    const id = await box.flood();
    const both = await Promise.all([
      asks('aoi', widenIncident, { incident: id, affected: [box.orgs.saijo] }),
      asks('ken', widenIncident, { incident: id, affected: [box.orgs.iyo] }),
    ]);
    expect(both.every((a) => a.ok)).toBe(true);
    expect(now(id).affected.toSorted()).toEqual([box.orgs.seiyo, box.orgs.saijo, box.orgs.iyo].toSorted());
    expect(now(id).roles.every((r) => r.primary === box.orgs.ehime)).toBe(true);
  });

  it('I7 keeps the plan version with which the incident began', async () => {
    await box.plans();
    const id = await box.flood();
    const { seiyo, saijo, iyo } = box.orgs;
    const row = (affected: Id, supporters: Id[]) => ({ affected, supporters: supporters.map((org) => ({ org, assumed: false })) });
    await box.does('hanako', revisePlan, { seen: 1, name: '2018年度 改', from: '2018-07-01', rows: [row(seiyo, [iyo]), row(saijo, [seiyo]), row(iyo, [seiyo])] });
    await box.does('hanako', widenIncident, { incident: id, affected: [iyo] });
    expect(now(id)).toMatchObject({ planVersion: '2018年度', roles: [{ affected: seiyo, primary: saijo }, { affected: iyo, primary: saijo }] });
  });
});

describe('several groups', () => {
  /** Group B: Ozu, and Saijo which only supports there. */
  const groupB = async (): Promise<{ ozu: Id; room: Id }> => {
    const ozu = fresh();
    const room = fresh();
    await box.does('system', addOrganization, { id: ozu, code: '382078', name: '大洲市', kana: 'おおずし', romaji: 'Ozu', short: '大洲', kind: 'city' });
    await box.does('system', openRoom, { id: room, kind: 'group', name: 'グループB', short: 'B', orgs: [box.orgs.ehime, ozu, box.orgs.saijo], supportOnly: [box.orgs.saijo], people: [] });
    const row = (affected: Id, ...supporters: Id[]) => ({ affected, supporters: supporters.map((org) => ({ org, assumed: true })) });
    const { seiyo, saijo, iyo } = box.orgs;
    await box.does('hanako', revisePlan, { seen: 0, name: '2018年度', from: '2018-04-01', rows: [row(seiyo, saijo, iyo), row(saijo, iyo), row(iyo, seiyo), row(ozu, saijo)] });
    return { ozu, room };
  };
  const last = (place: Id): number => box.stair.memory.streams.get(roomStream(place))!.messages;

  it('I10 tells each group of its own towns, and a group where a supporter falls out', async () => {
    const { ozu, room: b } = await groupB();
    const [aoi] = await open('aoi');
    const id = await box.flood();
    expect([last(box.groupC), last(b)]).toEqual([1, 0]);
    await box.does('hanako', widenIncident, { incident: id, affected: [ozu] });
    expect(now(id).roles[1]).toMatchObject({ affected: ozu, primary: box.orgs.saijo, room: b });
    // Group C has nothing new to hear; group B hears of the disaster for the first time.
    expect([last(box.groupC), last(b)]).toEqual([1, 1]);
    expect(here(box.groupC).incidents[0]!.affected).toEqual([box.orgs.seiyo]);
    expect(here(b).incidents[0]!.affected).toEqual([ozu]);
    // Saijo asks in group C, where it is not only a supporter; both groups lose it as primary.
    await box.does('aoi', widenIncident, { incident: id, affected: [box.orgs.saijo] });
    expect(now(id).roles.map((r) => [r.primary, r.room])).toEqual([[box.orgs.iyo, box.groupC], [box.orgs.ehime, b], [box.orgs.iyo, box.groupC]]);
    await until(async () => (await lines(aoi!, b)).length === 2 && (await lines(aoi!, box.groupC)).length === 3, 'Aoi to hear all');
    expect(await lines(aoi!, b)).toEqual(['incident.opened', 'incident.tookOver']);
    expect(here(b).incidents[0]!.affected).toEqual([ozu, box.orgs.saijo]);
    await box.does('hanako', closeIncident, { incident: id, seen: 3 });
    expect([here(b).incidents, here(box.groupC).incidents]).toEqual([[], []]);
    await box.everyoneAgrees();
  });

  it('I11 gives a drill that widens into another group a second twin', async () => {
    const { ozu, room: b } = await groupB();
    const id = await box.flood([box.orgs.seiyo], { drill: true, name: '豪雨訓練' });
    await box.does('hanako', widenIncident, { incident: id, affected: [ozu] });
    const [c2, b2] = now(id).roles.map((r) => r.room);
    expect([here(c2!).twinOf, here(b2!).twinOf]).toEqual([box.groupC, b]);
    expect([last(box.groupC), last(b)]).toEqual([0, 0]);
    await box.does('hanako', closeIncident, { incident: id, seen: 2 });
    expect([here(c2!).closedAt, here(b2!).closedAt].every((at) => at !== undefined)).toBe(true);
  });
});

describe('a drill', () => {
  it('I8 opens a twin room with the same members, and nothing of it stands in the real talk', async () => {
    await box.plans();
    const [taro, aoi, mika] = await open('taro', 'aoi', 'mika');
    const before = box.stair.memory.streams.get(roomStream(box.groupC))!.head;
    const id = await box.flood([box.orgs.seiyo], { drill: true, name: '豪雨訓練' });
    const twin = now(id).roles[0]!.room;
    expect(twin).not.toBe(box.groupC);
    expect(here(twin)).toMatchObject({ name: 'グループC', drill: id, twinOf: box.groupC, incidents: [{ incident: id, drill: true }] });
    const sitting = (place: Id): Id[] => [...box.stair.memory.streams.get(roomStream(place))!.byNo.values()].map((m) => m.person).toSorted();
    expect(sitting(twin)).toEqual(sitting(box.groupC));
    await until(async () => (await talk(aoi!, twin)).length === 1, 'Aoi to hear of the drill');
    expect((await talk(aoi!, twin))[0]).toMatchObject({ note: { line: 'incident.drillOpened' }, drill: true, incident: id });
    await taro!.end.send(say, { room: twin, text: '訓練 訓練 浸水' });
    await until(async () => (await talk(aoi!, twin)).length === 2, 'Aoi to have it');
    expect((await talk(aoi!, twin))[1]).toMatchObject({ drill: true, incident: id });
    expect(box.stair.memory.streams.get(roomStream(box.groupC))!.head).toBe(before);
    expect(here(box.groupC).incidents).toEqual([]);
    expect(await mika!.end.replica.db.stream.count()).toBe(0);

    // Widening stays in the twin; a real flood beside it stays out of it.
    await box.does('hanako', widenIncident, { incident: id, affected: [box.orgs.saijo] });
    expect(now(id).roles.map((r) => r.room)).toEqual([twin, twin]);
    const real = await box.flood([box.orgs.seiyo]);
    expect(here(twin).incidents.map((i) => i.incident)).toEqual([id]);
    expect(here(box.groupC).incidents.map((i) => i.incident)).toEqual([real]);

    await box.does('hanako', closeIncident, { incident: id, seen: 2 });
    expect(here(twin).closedAt).toBeDefined();
    expect(await asks('taro', say, { room: twin, text: 'まだ話せますか' })).toMatchObject({ ok: false, code: 'talk.roomClosed' });
    // What was said stays readable.
    await until(async () => (await lines(aoi!, twin)).at(-1) === 'incident.drillClosed', 'Aoi to hear the end');
    await box.everyoneAgrees();
  });
});

describe('its name and its end', () => {
  it('I9 names what it saw: who ends it knows of the town that was added a moment ago', async () => {
    await box.plans();
    const [aoi] = await open('aoi');
    const id = await box.flood();
    await box.does('hanako', widenIncident, { incident: id, affected: [box.orgs.iyo] });
    expect(await asks('hanako', closeIncident, { incident: id, seen: 1 })).toMatchObject({ ok: false, code: 'incident.changedSince' });
    expect(await asks('hanako', renameIncident, { incident: id, seen: 1, name: '西日本豪雨', kind: 'flood' })).toMatchObject({ ok: false, code: 'incident.changedSince' });
    expect(await asks('taro', closeIncident, { incident: id, seen: 2 })).toMatchObject({ ok: false, code: 'incident.prefectureOnly' });
    await box.does('hanako', renameIncident, { incident: id, seen: 2, name: '西日本豪雨', kind: 'flood' });
    expect(here(box.groupC).incidents[0]).toMatchObject({ name: '西日本豪雨', affected: [box.orgs.seiyo, box.orgs.iyo] });
    await box.does('hanako', closeIncident, { incident: id, seen: 3 });
    expect(here(box.groupC)).toMatchObject({ incidents: [] });
    expect(here(box.groupC).closedAt).toBeUndefined();
    await until(async () => (await lines(aoi!, box.groupC)).length === 4, 'Aoi to hear all');
    expect(await lines(aoi!, box.groupC)).toEqual(['incident.opened', 'incident.widened', 'incident.renamed', 'incident.closed']);
    // The talk goes on, without the incident.
    await box.does('taro', say, { room: box.groupC, text: 'ありがとうございました' });
    await until(async () => (await talk(aoi!, box.groupC)).at(-1)?.text !== undefined, 'Aoi to have it');
    expect((await talk(aoi!, box.groupC)).at(-1)).not.toHaveProperty('incident');
    for (const [deed, input] of [[closeIncident, { incident: id, seen: 4 }], [widenIncident, { incident: id, affected: [box.orgs.saijo] }], [renameIncident, { incident: id, seen: 4, name: 'x', kind: 'flood' }]] as const) {
      expect(await asks('hanako', deed as Deed<any, any> & { deed: string }, input)).toMatchObject({ ok: false, code: 'incident.alreadyClosed' });
      expect(await asks('hanako', deed as Deed<any, any> & { deed: string }, { ...input, incident: fresh() })).toMatchObject({ ok: false, code: 'incident.notFound' });
    }
    await box.everyoneAgrees();
  });
});

describe('the support plan', () => {
  it('P4 is written by the prefecture, checked, kept in versions, and not overwritten by who saw an older one', async () => {
    await box.plans();
    const { seiyo, saijo, iyo, hiroshima } = box.orgs;
    const row = (affected: Id, ...supporters: Id[]) => ({ affected, supporters: supporters.map((org) => ({ org, assumed: false })) });
    const words = { seen: 1, name: '2019年度', from: '2019-04-01', rows: [row(seiyo, iyo), row(saijo, iyo), row(iyo, saijo)] };
    expect(await asks('taro', revisePlan, words)).toMatchObject({ ok: false, code: 'plan.notAllowed' });
    expect(await asks({ ...box.cast.taro, role: 'administrator' }, revisePlan, words)).toMatchObject({ ok: false, code: 'plan.notAllowed' });
    expect(await asks({ ...box.cast.hanako, role: 'member' }, revisePlan, words)).toMatchObject({ ok: false, code: 'plan.notAllowed' });
    expect(await asks('hanako', revisePlan, { ...words, rows: [row(seiyo, seiyo), row(saijo, iyo), row(iyo, saijo)] })).toMatchObject({ ok: false, code: 'plan.supportsItself', params: { town: '西予市' } });
    expect(await asks('hanako', revisePlan, { ...words, rows: [row(seiyo, iyo), row(saijo, iyo)] })).toMatchObject({ ok: false, code: 'plan.noSupporter', params: { town: '伊予市' } });
    expect(await asks('hanako', revisePlan, { ...words, rows: [row(seiyo, hiroshima), row(saijo, iyo), row(iyo, saijo)] })).toMatchObject({ ok: false, code: 'plan.outsideRoom' });
    expect(await asks('hanako', revisePlan, { ...words, from: '2019-02-30' })).toMatchObject({ ok: false });
    const two = await Promise.all([asks('hanako', revisePlan, words), asks({ ...box.cast.hanako, role: 'manager' }, revisePlan, { ...words, name: '別の案' })]);
    expect(two.filter((a) => a.ok)).toHaveLength(1);
    expect(two.find((a) => !a.ok)).toMatchObject({ code: 'plan.changedSince' });
    const versions = box.stair.memory.of(workspaceStream, plan.noun).map((d) => d.value as Plan);
    expect(versions.map((v) => [v.revision, v.from])).toEqual([[1, '2018-04-01'], [2, '2019-04-01']]);
  });
});
