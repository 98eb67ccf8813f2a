import { hotline, type CastName, type Hotline } from '@noroshi/e2e/box';
import { report } from '@noroshi/features/damage';
import { beginDrill, drillRun, giveNow, pace, realNow, score, type DrillRun, type Inject, type Score } from '@noroshi/features/drill';
import { closeIncident, incident, type Incident } from '@noroshi/features/incident';
import { commit, send } from '@noroshi/features/request';
import { answerSurvey, placeOf, placeStream, quick, sheet, type Sheet } from '@noroshi/features/survey';
import { answer, message, say, type Message } from '@noroshi/features/talk';
import type { Id } from '@noroshi/foundations/kernel';
import { roomStream } from '@noroshi/foundations/sync';
import { freshId, until } from '@noroshi/foundations/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';

let box: Hotline;
beforeEach(async () => {
  box = await hotline();
  await box.plans();
});
afterEach(() => box?.close());

const minute = 60_000;
const inject = (no: string, at: number, more: Partial<Inject> = {}): Inject => ({ no, minute: at, where: { as: 'hit', n: 1 }, from: '気象台', text: `付与${no}`, ...more });
const run = (drill: Id): DrillRun => box.stair.memory.get(drillRun.noun, drill)!.value as DrillRun;
const twinOf = (drill: Id): Id => (box.stair.memory.get(incident.noun, drill)!.value as Incident).roles[0]!.room;
async function begun(injects: readonly Inject[], speed = 1): Promise<Id> {
  const drill = await box.flood(undefined, { drill: true, name: '秋の訓練' });
  await box.does('hanako', beginDrill, { incident: drill, name: '秋の訓練', kind: 'flood', injects: [...injects], controllers: [] });
  await box.does('hanako', pace, { incident: drill, rev: 1, running: true, speed });
  return drill;
}
const came = (drill: Id, no: string) => until(async () => (await box.stair.clock.look(), run(drill).given[no] !== undefined), `${no} to be played in`);
const asks = async (who: CastName, drill: Id): Promise<Score | string> => {
  const told = await box.stair.ask(box.cast[who], score.question, { incident: drill });
  return told.ok ? (told.value as Score) : told.code;
};
/** Someone was shown all that stands in a talk. */
const reads = async (who: CastName, room: Id): Promise<void> => {
  const { no, head } = box.stair.memory.streams.get(roomStream(room))!;
  box.stair.marks.read(no, box.cast[who].person, [[1, head]]);
  await box.stair.marks.flush();
};

it('G5 the house’s clock plays it in, once, also after a kill; who plays has on their device what was given and nothing of what is to come', async () => {
  const [taro, hanako] = [box.device('taro'), box.device('hanako')];
  await until(() => [taro, hanako].every((one) => one.state() === 'open'), 'both to be on the line');
  const drill = await begun([inject('1', 0, { urgent: 1 }), inject('2', 10), inject('3', 5, { after: '2' })]);
  await came(drill, '1');
  const texts = async (): Promise<unknown[]> => (await taro.end.replica.all<Message>(message.noun)).filter(({ value }) => value.note?.line === 'drill.given').map(({ value }) => [value.note!.params['text'], value.drill]);
  await until(async () => (await texts()).length === 1, 'Taro to have the first');
  expect(await texts()).toEqual([['付与1', true]]);
  await until(async () => (await hanako.end.replica.all(drillRun.noun)).length === 1, 'the controller to have all of it');
  expect(await taro.end.replica.all(drillRun.noun)).toEqual([]);
  expect(JSON.stringify(await taro.end.replica.all(message.noun))).not.toContain('付与2');
  await box.restart();
  box.clock.pass(10 * minute);
  await came(drill, '2');
  box.clock.pass(5 * minute);
  await came(drill, '3');
  // The clock of the box goes on by itself for a few milliseconds.
  expect(Math.round((run(drill).given['3']!.at - run(drill).given['1']!.at) / minute)).toBe(15);
  expect((box.stair.memory.of(roomStream(twinOf(drill)), message.noun)).filter(({ value }) => (value as Message).note?.line === 'drill.given').length).toBeLessThanOrEqual(3);
  expect((await box.stair.pool.query("select count(*)::int as n from event e join event_body b using (workspace, stream, seq) where b.json->>'line' = 'drill.given'")).rows[0]).toEqual({ n: 3 });
  expect(box.reports).toEqual([]);
});

it('G15 with what is played in the people of the town are asked whether they are safe, as a drill', async () => {
  const taro = box.device('taro');
  const drill = await begun([inject('1', 0, { asks: 1 }), inject('2', 0, { where: { as: 'everyone' }, asks: 1 })]);
  await came(drill, '2');
  const sheets = (org: Id): Sheet[] => box.stair.memory.of(placeStream(org), sheet.noun).map(({ value }) => value as Sheet);
  await until(async () => (await box.stair.clock.look(), sheets(box.orgs.ehime).length === 1 && sheets(box.orgs.seiyo).length === 2), 'them to be asked');
  expect([...sheets(box.orgs.seiyo), ...sheets(box.orgs.ehime)].map(({ incident: of, drill: marked, kind }) => [of, marked, kind])).toEqual([1, 2, 3].map(() => [drill, true, 'safety']));
  expect(sheets(box.orgs.saijo)).toEqual([]);
  await until(async () => (await taro.end.replica.all(sheet.noun)).length === 2, 'Taro to be asked');
  const [one] = sheets(box.orgs.seiyo);
  await box.does('taro', answerSurvey, { place: placeOf(one!.org), sheet: one!.id, values: quick.can });
  expect(sheets(box.orgs.seiyo)[0]!.answered).toHaveProperty(box.cast.taro.person);
  expect(box.reports).toEqual([]);
});

it('G6 of two controllers who press at once one looks again', async () => {
  const drill = await begun([inject('1', 30), inject('2', 40)]);
  const { rev } = run(drill);
  const both = await Promise.all(['1', '2'].map((no) => box.stair.submit(box.cast.hanako, { id: freshId(), name: giveNow.deed, input: { incident: drill, rev, no } })));
  expect(both.map((one) => (one.ok ? 'ok' : one.code)).toSorted()).toEqual(['drill.changedSince', 'ok']);
});

it('G8 nothing is played in after it became real, and the real talk knows nothing of the drill', async () => {
  const drill = await begun([inject('1', 0), inject('2', 10)]);
  await came(drill, '1');
  await box.does('hanako', realNow, { incident: drill, seen: 1 });
  box.clock.pass(20 * minute);
  await box.stair.clock.look();
  expect(Object.keys(run(drill).given)).toEqual(['1']);
  const { rows } = await box.stair.pool.query("select count(*)::int as n from event e join stream s on s.workspace = 1 and s.no = e.stream where s.key = $1 and (e.drill or e.incident = $2)", [roomStream(box.groupC), drill]);
  expect(rows[0]).toEqual({ n: 0 });
});

it('G9–G12 is scored from the record: who read when, who answered, what was short for how long, what was done in time', async () => {
  const injects = [
    inject('1', 0, { urgent: 1, act: 'answer', by: { as: 'hit', n: 1 }, within: 10, weight: 2 }),
    inject('2', 0, { act: 'report', by: { as: 'hit', n: 1 }, within: 30 }),
    inject('3', 0, { act: 'request', by: { as: 'hit', n: 1 }, within: 20 }),
    inject('4', 0, { act: 'decide', by: { as: 'primary', n: 1 }, within: 30 }),
    inject('5', 1, { act: 'say', by: { as: 'secondary', n: 1 }, within: 5 }),
  ];
  const drill = await begun(injects);
  for (const no of ['1', '2', '3', '4']) await came(drill, no);
  const room = twinOf(drill);
  const started = box.clock.now();
  const after = (minutes: number): void => box.clock.pass(started + minutes * minute - box.clock.now());
  after(1);
  await came(drill, '5');
  after(4);
  await reads('taro', room);
  await box.does('taro', answer, { room, message: run(drill).given['1']!.messages[0]!.message, answer: 'agreed' });
  after(10);
  const asked = await box.does('taro', send, { room, incident: drill, details: {}, lines: [{ duty: 'shelter', count: 6 }] });
  after(12);
  await box.does('taro', report, { incident: drill, town: box.orgs.seiyo, kind: 'short', form: 1, sees: 0, asOf: box.clock.now(), told: [{ key: 'dead', n: null, confirmed: false, asOf: box.clock.now() }], words: [] });
  await reads('aoi', room);
  after(40);
  await box.does('aoi', commit, { room, request: asked, parts: [{ line: 1, wave: 1, count: 4, sees: 0 }] });
  after(70);
  await box.does('aoi', commit, { room, request: asked, parts: [{ line: 1, wave: 1, count: 6, sees: 1 }] });
  expect([await asks('taro', drill), await asks('mika', drill)]).toEqual(['drill.notFound', 'drill.notFound']);
  expect(await asks('hanako', drill)).toMatchObject({ over: false });
  after(90);
  await box.does('hanako', closeIncident, { incident: drill, seen: 1 });
  // Once it is over everyone inside may look at it, and nobody else.
  const told = await asks('taro', drill) as Score;
  expect(await asks('mika', drill)).toBe('drill.notFound');
  expect(told.tasks.map(({ no, rating, orgs }) => [no, rating, orgs.length])).toEqual([['1', 'P', 1], ['2', 'P', 1], ['3', 'P', 1], ['4', 'S', 1], ['5', 'U', 1]]);
  expect(told).toMatchObject({ over: true, counts: { P: 3, S: 1, M: 0, U: 1 }, points: Math.round((2 + 1 + 1 + 0.7) / 6 * 1_000) / 10, injects: { given: 5, skipped: 0, of: 5 } });
  const [course] = told.requests;
  expect([course!.org, course!.short, ...[course!.decided, course!.pledged, course!.filled].map((ms) => Math.round(ms! / minute))]).toEqual([box.orgs.seiyo, 0, 30, 30, 60]);
  // Six people for half an hour, two for another.
  expect(course!.shortHours).toBeCloseTo(6 * 0.5 + 2 * 0.5, 1);
  const town = (org: Id) => told.towns.find((one) => one.org === org)!;
  expect(town(box.orgs.seiyo)).toMatchObject({ answered: 1 });
  expect(town(box.orgs.seiyo).coverage.after[0]!.read).toBeGreaterThan(0);
  // Aoi read what was played in after eleven minutes or more: not within five or ten, but within a quarter of an hour.
  expect(town(box.orgs.saijo).coverage.after.map(({ read, of }) => [read > 0, of > 0])).toEqual([[false, true], [true, true], [true, true], [true, true]]);
  expect(town(box.orgs.iyo)).toMatchObject({ answered: 0, coverage: { never: town(box.orgs.iyo).coverage.asked } });
  // A real disaster of the same day has no part in it, and no score.
  const real = await box.flood();
  await box.does('aoi', say, { room: box.groupC, text: '本物です', urgency: 'urgent' });
  expect(await asks('hanako', real)).toBe('drill.notFound');
  expect(await asks('taro', drill)).toEqual(told);
});
