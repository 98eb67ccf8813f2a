import { hotline, type Hotline } from '@noroshi/e2e/box';
import { freshId, until } from '@noroshi/foundations/testing';
import type { LateNotes } from '@noroshi/features/directory';
import { say } from '@noroshi/features/talk';
import { dropNote, keepNote, tellNotes } from './web/untold.ts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

let box: Hotline;
/** What the door hears; how it answers next. */
let heard: LateNotes[];
let answers: ('ok' | 'lost' | 'busy' | 'strange')[];
beforeEach(async () => {
  box = await hotline();
  [heard, answers] = [[], []];
  vi.stubGlobal('fetch', async (_url: string, { body }: { body: string }) => {
    heard.push(JSON.parse(body) as LateNotes);
    const how = answers.shift() ?? 'ok';
    if (how === 'lost') throw new TypeError('no answer');
    return new Response(JSON.stringify(how === 'ok' ? {} : { ok: false, code: how === 'busy' ? 'line.busy' : 'input.wrong' }), { status: how === 'ok' ? 200 : how === 'busy' ? 429 : 400 });
  });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await box.close();
});

const kept = async (d: ReturnType<Hotline['device']>): Promise<number> => (await d.end.replica.outbox.draft.where('place').startsWith('audit/').count());

it('K13 a device keeps one note for the same of one day, tells them in their order, and again after a lost answer as the same ones', async () => {
  const d = box.device('hanako');
  await until(() => d.state() === 'open', 'the line');
  const [taro, aoi] = [box.cast.taro.person, box.cast.aoi.person];
  for (const of of [taro, taro, aoi, taro]) await keepNote(d.end, 'cardOpened', { of }, true);
  box.clock.pass(24 * 3_600_000);
  await keepNote(d.end, 'cardOpened', { of: taro }, true);
  expect(await kept(d)).toBe(3);
  answers = ['lost'];
  expect(await tellNotes(d.end)).toBe(false);
  // What comes while it is on its way is a note of its own.
  await keepNote(d.end, 'cardOpened', { of: aoi }, true);
  await keepNote(d.end, 'tableMade', { of: taro, note: 'a.csv' }, true);
  await keepNote(d.end, 'tableMade', { of: taro, note: 'a.csv' }, true);
  expect(await kept(d)).toBe(5);
  expect(await tellNotes(d.end)).toBe(true);
  expect(await kept(d)).toBe(0);
  expect(heard.map(({ by }) => by)).toEqual([d.end.actor.person, d.end.actor.person]);
  expect(heard[1]!.notes.slice(0, 3)).toEqual(heard[0]!.notes);
  expect(heard[1]!.notes.map(({ of, times }) => [of, times])).toEqual([[taro, 3], [aoi, 1], [taro, 1], [aoi, 1], [taro, 2]]);
  // What was told by another way is not told again.
  await dropNote(d.end, await keepNote(d.end, 'cardOpened', { of: taro }, false));
  expect([await tellNotes(d.end), heard.length]).toEqual([true, 2]);
  answers = ['busy'];
  await keepNote(d.end, 'cardOpened', { of: taro }, false);
  expect([await tellNotes(d.end), await kept(d)]).toEqual([false, 1]);
  // What the house can never read holds up nothing.
  answers = ['strange'];
  expect([await tellNotes(d.end), await kept(d)]).toEqual([true, 0]);
});

it('K13 however much is opened, the device keeps some hundreds and the number of the rest; what people write goes first', async () => {
  const d = box.device('hanako');
  await until(() => d.state() === 'open', 'the line');
  d.wire.cut({ stay: true });
  for (let i = 0; i < 320; i++) await keepNote(d.end, 'cardOpened', { of: freshId() }, true);
  expect(await kept(d)).toBe(301);
  expect(await d.end.send(say, { room: box.groupC, text: '道路が切れています' })).toMatchObject({ ok: true });
  // They are no part of the outbox: nothing of it waits for them, and nothing of them stands among what people said.
  expect((await d.end.replica.outbox.item.toArray()).map(({ name }) => name)).toEqual([say.deed]);
  d.wire.mend();
  await until(async () => (await d.end.replica.outbox.item.where('state').equals('waiting').count()) === 0, 'the words to be there');
  expect([heard.length, await kept(d)]).toEqual([0, 301]);
  expect(await tellNotes(d.end)).toBe(true);
  const notes = heard.flatMap((one) => one.notes);
  expect([notes.length, Math.max(...heard.map((one) => JSON.stringify(one).length)) < 16_000, notes.at(-1)]).toEqual([301, true, expect.objectContaining({ what: 'cardOpened', times: 20 })]);
  expect(notes.at(-1)).not.toHaveProperty('of');
});

it('K13 a device whose clock was wrong while it had no line tells by the clock of the house', async () => {
  const d = box.device('hanako');
  await until(() => d.state() === 'open', 'the line');
  d.wire.cut({ stay: true });
  // Opened anew without a line, it has nothing to compare its clock with.
  d.end.skew = 0;
  await keepNote(d.end, 'cardOpened', { of: box.cast.taro.person }, true);
  const [kept] = await d.end.replica.outbox.draft.where('place').startsWith('audit/').toArray();
  d.end.skew = 2 * 3_600_000;
  expect(await tellNotes(d.end)).toBe(true);
  expect(heard[0]!.notes[0]!.at).toBe(kept!.at + 2 * 3_600_000);
});
