import { hotline, type CastName, type Hotline } from '@noroshi/e2e/box';
import { beginDrill, drillRun, giveNow, pace, realNow, score, type DrillRun, type Inject, type Score } from '@noroshi/features/drill';
import { closeIncident, incident, openIncident, renameIncident, widenIncident, type Incident } from '@noroshi/features/incident';
import { send } from '@noroshi/features/request';
import { answer, message, openRoom, say, type Message } from '@noroshi/features/talk';
import { addOrganization, addPerson, disablePerson } from '@noroshi/features/directory';
import { drillPaperBy } from '@noroshi/features/drill/server';
import { measured } from '../../apps/measured.ts';
import { words } from '@noroshi/foundations/i18n';
import { japanese } from '@noroshi/foundations/i18n/ja';
import type { Id } from '@noroshi/foundations/kernel';
import { roomStream, type Deed } from '@noroshi/foundations/sync';
import { freshId, until } from '@noroshi/foundations/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';

let box: Hotline;
beforeEach(async () => {
  box = await hotline();
  await box.plans();
});
afterEach(async () => {
  const { reports } = box;
  await box.close();
  if (reports.length > 0) throw new Error(reports.join('\n'));
});

const minute = 60_000;
const inject = (no: string, at: number, more: Partial<Inject> = {}): Inject => ({ no, minute: at, where: { as: 'hit', n: 1 }, from: '気象台', text: `付与${no}`, ...more });
const run = (drill: Id): DrillRun => box.stair.memory.get(drillRun.noun, drill)!.value as DrillRun;
const incidentOf = (drill: Id): Incident => box.stair.memory.get(incident.noun, drill)!.value as Incident;
const twinOf = (drill: Id): Id => incidentOf(drill).roles[0]!.room;
async function begun(injects: readonly Inject[], { speed = 1, controllers = [] as Id[] } = {}): Promise<Id> {
  const drill = await box.flood(undefined, { drill: true, name: '秋の訓練' });
  await box.does('hanako', beginDrill, { incident: drill, name: '秋の訓練', kind: 'flood', injects: [...injects], controllers });
  await box.does('hanako', pace, { incident: drill, rev: 1, running: true, speed });
  return drill;
}
const sets = (drill: Id, running: boolean, speed = 1): Promise<Id> => box.does('hanako', pace, { incident: drill, rev: run(drill).rev, running, speed });
const came = (drill: Id, no: string) => until(async () => (await box.stair.clock.look(), run(drill).given[no] !== undefined), `${no} to be played in`);
async function scored(drill: Id, who: CastName = 'hanako'): Promise<Score> {
  const told = await box.stair.ask(box.cast[who], score.question, { incident: drill });
  if (!told.ok) throw new Error(told.code);
  return told.value as Score;
}
const reads = async (who: CastName, room: Id): Promise<void> => {
  const { no, head } = box.stair.memory.streams.get(roomStream(room))!;
  box.stair.marks.read(no, box.cast[who].person, [[1, head]]);
  await box.stair.marks.flush();
};
const tries = async (who: CastName, deed: Deed & { deed: string }, input: unknown): Promise<string> => {
  const told = await box.stair.submit(box.cast[who], { id: freshId(), name: deed.deed, input });
  return told.ok ? 'ok' : told.code;
};
const answers = (who: CastName, drill: Id, no: string) => tries(who, answer, { room: twinOf(drill), message: run(drill).given[no]!.messages[0]!.message, answer: 'agreed' });

it('G5 what is to be answered can be answered, also where it is not urgent', async () => {
  const drill = await begun([inject('1', 0, { act: 'answer', by: { as: 'hit', n: 1 }, within: 10 }), inject('2', 0)]);
  await came(drill, '2');
  expect([await answers('taro', drill, '1'), await answers('taro', drill, '2')]).toEqual(['ok', 'talk.asksNoAnswer']);
  expect((await scored(drill)).tasks.map(({ rating }) => rating)).toEqual(['P']);
  const said = (no: string): Message => box.stair.memory.get(message.noun, run(drill).given[no]!.messages[0]!.message)!.value as Message;
  expect([said('1').urgency, said('2').urgency]).toEqual(['important', undefined]);
});

it('G5 over a night in which the clock stands nobody is late, nobody is short, and no reading grows old', async () => {
  const drill = await begun([inject('1', 0, { urgent: 1, act: 'answer', by: { as: 'hit', n: 1 }, within: 30 }), inject('2', 0, { act: 'say', by: { as: 'hit', n: 1 }, within: 12 })]);
  await came(drill, '2');
  await box.does('taro', send, { room: twinOf(drill), incident: drill, details: {}, lines: [{ duty: 'shelter', count: 6 }] });
  box.clock.pass(10 * minute);
  await sets(drill, false);
  box.clock.pass(14 * 60 * minute);
  expect((await scored(drill)).tasks.map(({ no, rating }) => [no, rating])).toEqual([['1', undefined], ['2', undefined]]);
  await sets(drill, true);
  box.clock.pass(4 * minute);
  await reads('taro', twinOf(drill));
  expect(await answers('taro', drill, '1')).toBe('ok');
  await box.does('hanako', closeIncident, { incident: drill, seen: 1 });
  const told = await scored(drill);
  expect(told.tasks.map(({ no, rating, within, took }) => [no, rating, within, took === undefined ? undefined : Math.round(took)])).toEqual([['1', 'P', 30, 14], ['2', 'U', 12, undefined]]);
  expect(told.shortHours).toBeCloseTo(6 * 14 / 60, 1);
  const seiyo = told.towns.find(({ org }) => org === box.orgs.seiyo)!;
  expect([seiyo.coverage.all, seiyo.answer].map((ms) => Math.round(ms! / minute))).toEqual([14, 14]);
  // After five minutes it had read none of the three, after fifteen nothing was old enough to be asked.
  expect(seiyo.coverage.after.slice(0, 2)).toEqual([{ read: 0, of: 3 }, { read: 0, of: 0 }]);
});

it('G5 a limit runs as fast as the clock does from now on', async () => {
  const drill = await begun([inject('1', 0, { act: 'say', by: { as: 'hit', n: 1 }, within: 40 })]);
  await came(drill, '1');
  box.clock.pass(10 * minute);
  await sets(drill, true, 10);
  const [task] = (await scored(drill)).tasks;
  // Thirty minutes are left, of a clock that runs ten times as fast.
  expect(Math.round((task!.due - task!.givenAt) / minute)).toBe(13);
  box.clock.pass(3.1 * minute);
  expect((await scored(drill)).tasks[0]!.rating).toBe('U');
});

it('G8 it is real, whatever was changed a moment before; the second who presses learns that it has ended', async () => {
  const drill = await begun([inject('1', 30)]);
  expect(await tries('hanako', renameIncident, { incident: drill, name: '秋の総合訓練', kind: 'flood', seen: 1 })).toBe('ok');
  expect(await tries('hanako', realNow, { incident: drill, seen: 1 })).toBe('ok');
  expect(await tries('hanako', realNow, { incident: drill, seen: 1 })).toBe('incident.alreadyClosed');
});

it('G9 what is read after the end was not read in the drill; that it ended is nothing that was to be read', async () => {
  const drill = await begun([inject('1', 0, { urgent: 1 })]);
  await came(drill, '1');
  await reads('taro', twinOf(drill));
  await box.does('hanako', realNow, { incident: drill, seen: 1 });
  const before = await scored(drill);
  // The alarm of the opening and what was played in, to three towns.
  expect([before.messages, before.coverage.asked, before.coverage.never, before.ways.never?.n]).toEqual([2, 6, 4, 4]);
  box.clock.pass(30 * minute);
  await reads('aoi', twinOf(drill));
  expect(await scored(drill)).toEqual(before);
});

it('G9 who sits at the desk is not measured, and a thing given by hand is measured as one that came by the clock', async () => {
  const second = freshId();
  await box.does('hanako', addPerson, { id: second, org: box.orgs.ehime, name: '山田 次郎', kana: '', role: 'member', phones: [], post: { id: freshId(), title: '主事', duty: 'headquarters', rank: 60 } });
  await until(async () => (await box.stair.clock.look(), box.stair.memory.member(roomStream(box.groupC), second) !== undefined), 'Jiro to be in his rooms');
  const drill = await begun([inject('1', 0, { urgent: 1 }), inject('2', 100, { urgent: 1 })]);
  await came(drill, '1');
  await box.does('hanako', giveNow, { incident: drill, rev: run(drill).rev, no: '2' });
  const { towns } = await scored(drill);
  const of = (org: Id) => towns.filter((one) => one.org === org).map(({ urgent, coverage }) => [urgent, coverage.asked]);
  // Jiro has the alarm and both; that Hanako opened the drill makes the alarm headquarters' own.
  expect([of(box.orgs.ehime), of(box.orgs.seiyo)]).toEqual([[[2, 3]], [[3, 3]]]);
});

it('G9 what is played into two talks is one thing to read and to answer, also for who sits in both', async () => {
  const ozu = freshId();
  await box.does('system', addOrganization, { id: ozu, code: '382078', name: '大洲市', kana: 'おおずし', romaji: 'Ozu', short: '大洲', kind: 'city' });
  await box.does('system', openRoom, { id: freshId(), kind: 'group', name: 'グループD', short: 'D', orgs: [box.orgs.ehime, box.orgs.saijo, ozu], people: [] });
  const drill = freshId();
  await box.does('hanako', openIncident, { id: drill, name: '秋の訓練', kind: 'flood', drill: true, affected: [box.orgs.seiyo, ozu] });
  const places = [...new Set(incidentOf(drill).roles.map(({ room }) => room))];
  await box.does('hanako', beginDrill, { incident: drill, name: '秋の訓練', kind: 'flood', injects: [inject('1', 0, { where: { as: 'everyone' }, urgent: 1, act: 'answer', by: { as: 'org', id: box.orgs.saijo }, within: 10 })], controllers: [] });
  await box.does('hanako', pace, { incident: drill, rev: 1, running: true, speed: 1 });
  await came(drill, '1');
  const copies = run(drill).given['1']!.messages;
  expect([places.length, copies.length]).toEqual([2, 2]);
  // Aoi sits in both. She reads and answers the second copy alone.
  const { room, message: copy } = copies[1]!;
  await reads('aoi', room);
  expect(await tries('aoi', answer, { room, message: copy, answer: 'agreed' })).toBe('ok');
  const told = await scored(drill);
  // An alarm in each talk, and what was played in.
  expect([told.messages, told.tasks[0]!.rating]).toEqual([3, 'P']);
  expect(told.towns.filter(({ org }) => org === box.orgs.saijo).map(({ urgent, answered, coverage }) => [urgent, answered, coverage.asked, coverage.never])).toEqual([[3, 1, 3, 1]]);
});

it('G11 who was asked stays asked when another town is hit meanwhile', async () => {
  const drill = await begun([inject('1', 0, { urgent: 1, act: 'answer', by: { as: 'primary', n: 1 }, within: 10 }), inject('2', 5, { urgent: 1, act: 'answer', by: { as: 'primary', n: 1 }, within: 10 })]);
  await came(drill, '1');
  expect(await answers('aoi', drill, '1')).toBe('ok');
  await box.does('hanako', widenIncident, { incident: drill, affected: [box.orgs.saijo] });
  box.clock.pass(5 * minute);
  await came(drill, '2');
  expect((await scored(drill)).tasks.map(({ orgs, rating }) => [orgs[0] === box.orgs.saijo, orgs[0] === box.orgs.iyo, rating])).toEqual([[true, false, 'P'], [false, true, undefined]]);
});

it('G9 T36 who was not named in urgent words owes them no answer, and is not measured by them', async () => {
  const drill = await begun([inject('1', 30)]);
  await box.does('hanako', say, { room: twinOf(drill), incident: drill, text: '@西条市 何人出せますか', urgency: 'urgent', mentionOrgs: [box.orgs.saijo] });
  const { towns } = await scored(drill);
  // The alarm of the opening asks all; to read are both.
  expect([box.orgs.seiyo, box.orgs.saijo].map((org) => towns.filter((one) => one.org === org).map(({ urgent, coverage }) => [urgent, coverage.asked]))).toEqual([[[1, 2]], [[2, 2]]]);
});

it('G9 whose account was closed is asked to read nothing from then on, and what was asked before stays', async () => {
  const second = freshId();
  await box.does('hanako', addPerson, { id: second, org: box.orgs.ehime, name: '山田 次郎', kana: '', role: 'administrator', phones: [] });
  const drill = await begun([inject('1', 0), inject('2', 10)]);
  await came(drill, '1');
  await box.does('hanako', disablePerson, { id: box.cast.ken.person });
  await until(async () => (await box.stair.clock.look(), box.stair.memory.member(roomStream(twinOf(drill)), box.cast.ken.person)!.shut === true), 'the talk to know it');
  box.clock.pass(10 * minute);
  await came(drill, '2');
  const { towns, coverage } = await scored(drill);
  // The alarm and the first of three towns, the second of two.
  expect([coverage.asked, towns.find(({ org }) => org === box.orgs.iyo)!.coverage.asked]).toEqual([8, 2]);
});

it('G10 the report on paper is told of to nobody who may not see the score, in the same words as one that is not there', async () => {
  const drill = await begun([inject('1', 30)]);
  const find = drillPaperBy(measured);
  const asks = async (who: CastName, id: Id, beside?: Id): Promise<boolean | unknown> => {
    const found = await find({ stair: box.stair, actor: box.cast[who], file: `${id}.pdf`, query: beside ? { with: beside } : {}, words: words('ja', japanese) } as Parameters<typeof find>[0]);
    return 'write' in found ? (await found.write()).length > 1_000 : found;
  };
  const absent = { ok: false, code: 'drill.notFound' };
  expect(await Promise.all([asks('hanako', drill), asks('taro', drill), asks('mika', drill), asks('taro', freshId()), asks('hanako', await box.flood())])).toEqual([true, absent, absent, absent, absent]);
  await box.does('hanako', closeIncident, { incident: drill, seen: 1 });
  expect(await Promise.all([asks('taro', drill), asks('taro', drill, freshId()), asks('mika', drill)])).toEqual([true, true, absent]);
});

it('G11 who has no line has answered when the house hears of it: late, however soon they pressed', async () => {
  const taro = box.device('taro');
  await until(() => taro.state() === 'open', 'Taro to be on the line');
  const drill = await begun([inject('1', 0, { urgent: 1, act: 'answer', by: { as: 'hit', n: 1 }, within: 10 })]);
  await came(drill, '1');
  const { room, message: id } = run(drill).given['1']!.messages[0]!;
  await until(async () => (await taro.end.replica.all<Message>(message.noun, roomStream(room))).some(({ value }) => value.id === id), 'it to arrive');
  taro.wire.cut({ stay: true });
  await until(() => taro.state() !== 'open', 'the line to be gone');
  expect((await taro.end.send(answer, { room, message: id, answer: 'agreed' })).ok).toBe(true);
  box.clock.pass(20 * minute);
  expect((await scored(drill)).tasks.map(({ rating }) => rating)).toEqual(['U']);
  taro.wire.mend();
  taro.end.line.hurry();
  await until(async () => (await scored(drill)).tasks[0]!.rating === 'S', 'the house to have it');
  expect(Math.round((await scored(drill)).tasks[0]!.took!)).toBe(20);
});
