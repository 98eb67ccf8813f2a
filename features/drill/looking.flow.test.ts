import { hotline, type CastName, type Hotline } from '@noroshi/e2e/box';
import { beginDrill, drillRun, pace, rate, score, type DrillRun, type Score } from '@noroshi/features/drill';
import { closeIncident, incident, type Incident } from '@noroshi/features/incident';
import { answer, say } from '@noroshi/features/talk';
import type { Id } from '@noroshi/foundations/kernel';
import { roomStream } from '@noroshi/foundations/sync';
import { afterEach, beforeEach, expect, it } from 'vitest';

let box: Hotline;
let drill: Id;
let twin: Id;
beforeEach(async () => {
  box = await hotline();
  await box.plans();
  drill = await box.flood(undefined, { drill: true, name: '秋の訓練' });
  await box.does('hanako', beginDrill, { incident: drill, name: '秋の訓練', kind: 'flood', injects: [{ no: '1', minute: 30, where: { as: 'hit', n: 1 }, from: '気象台', text: '大雨です', act: 'answer', by: { as: 'hit', n: 1 }, within: 10 }], controllers: [] });
  await box.does('hanako', pace, { incident: drill, rev: 1, running: true, speed: 1 });
  twin = (box.stair.memory.get(incident.noun, drill)!.value as Incident).roles[0]!.room;
});
afterEach(() => box?.close());

const looks = async (who: CastName = 'hanako'): Promise<Score> => {
  const told = await box.stair.ask(box.cast[who], score.question, { incident: drill });
  if (!told.ok) throw new Error(told.code);
  return told.value as Score;
};
/** How many journeys to the tables something makes. */
async function journeys(what: () => Promise<unknown>): Promise<number> {
  const { pool } = box.stair;
  const query = pool.query.bind(pool);
  let n = 0;
  Object.assign(pool, { query: (...args: Parameters<typeof query>) => (n += 1, query(...args)) });
  await what();
  Object.assign(pool, { query });
  return n;
}

it('G9 five desks that look while nothing happens ask the tables for nothing; what happens is read once, and only what is new', async () => {
  for (let n = 0; n < 40; n++) await box.does('taro', say, { room: twin, incident: drill, text: `${n}`, urgency: 'urgent' });
  const all = (): Promise<unknown> => Promise.all([1, 2, 3, 4, 5].map(() => looks()));
  const first = await journeys(all);
  const quiet = await journeys(all);
  box.clock.pass(5_000);
  const later = await journeys(all);
  await box.does('aoi', say, { room: twin, incident: drill, text: '一つ', urgency: 'urgent' });
  const after = await journeys(all);
  expect([quiet, later]).toEqual([0, 0]);
  // However many were to be read: the streams, and who read when.
  expect(first).toBeLessThanOrEqual(5);
  expect(after).toBeLessThanOrEqual(3);
});

it('G9 what is done, read and rated is in the very next look, also after the end', async () => {
  const before = await looks();
  expect([before.messages, before.coverage.never, before.tasks]).toEqual([1, 3, []]);
  const { no, head } = box.stair.memory.streams.get(roomStream(twin))!;
  box.stair.marks.read(no, box.cast.taro.person, [[1, head]]);
  await box.stair.marks.flush();
  expect((await looks()).coverage.never).toBe(2);
  box.clock.pass(30 * 60_000);
  await box.stair.clock.look();
  const run = (): DrillRun => box.stair.memory.get(drillRun.noun, drill)!.value as DrillRun;
  expect((await looks()).tasks.map(({ rating }) => rating)).toEqual([undefined]);
  await box.does('taro', answer, { room: twin, message: run().given['1']!.messages[0]!.message, answer: 'agreed' });
  expect((await looks()).tasks.map(({ rating }) => rating)).toEqual(['P']);
  await box.does('hanako', closeIncident, { incident: drill, seen: 1 });
  expect((await looks('aoi')).over).toBe(true);
  await box.does('hanako', rate, { incident: drill, no: '1', rating: 'S', why: '電話で促した' });
  expect((await looks('aoi')).tasks.map(({ rating }) => rating)).toEqual(['S']);
  // Time alone changes nothing of it any more, nor does what is read now.
  const ended = await looks();
  box.clock.pass(60 * 60_000);
  box.stair.marks.read(no, box.cast.ken.person, [[1, head]]);
  await box.stair.marks.flush();
  expect(await looks()).toEqual(ended);
});
