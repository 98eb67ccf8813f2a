import { hotline, type Hotline } from '@noroshi/e2e/box';
import { enter, entry, instruction, move, type Entry, type Instruction } from '@noroshi/features/chronology';
import { say } from '@noroshi/features/talk';
import { words } from '@noroshi/foundations/i18n';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { freshId, until } from '@noroshi/foundations/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { instructionsOwed } from './web/owes.ts';
import { chronologyRows } from './rows.ts';

let box: Hotline;
beforeEach(async () => { box = await hotline(); });
afterEach(() => box?.close());

type On = ReturnType<Hotline['device']>;
const entries = async (on: On): Promise<Entry[]> => (await on.end.replica.all<Entry>(entry.noun)).map(({ value }) => value).toSorted((a, b) => a.no - b.no);
const said = (incident: string, content: string) => ({ incident, kind: 'report' as const, on: box.clock.now(), content, channel: 'phone' as const });

it('K1 what is entered without a network gets its number when it is heard, in one order for all; a guest hears nothing', async () => {
  await box.plans();
  const flood = await box.flood();
  const [taro, hanako, mika] = [box.device('taro'), box.device('hanako'), box.device('mika')];
  await until(() => [taro, hanako, mika].every((one) => one.state() === 'open'), 'all to be on the line');
  await until(async () => (await taro.end.replica.all('incident')).length === 1, 'the flood to be known');
  taro.wire.cut({ stay: true });
  expect(await taro.end.send(enter, said(flood, '無線が入りました'))).toMatchObject({ ok: true });
  await box.does('hanako', enter, said(flood, '会議を開きました'));
  await until(async () => (await entries(hanako)).length === 1, 'Hanako to have her own');
  taro.wire.mend();
  await until(async () => (await entries(hanako)).length === 2 && (await entries(taro)).length === 2, 'both to have both');
  expect((await entries(taro)).map(({ no, content, org }) => [no, content, org])).toEqual([[1, '会議を開きました', box.orgs.ehime], [2, '無線が入りました', box.orgs.seiyo]]);
  expect(await mika.end.replica.all(entry.noun)).toEqual([]);
  await box.everyoneAgrees();
});

it('K1 nothing is taken from a talk that one may not read, and it is not told that there is one', async () => {
  await box.plans();
  const flood = await box.flood();
  const message = await box.does('taro', say, { room: box.groupC, text: '堤防が切れそうです' });
  const source = { room: box.groupC, message };
  await box.does('aoi', enter, { ...said(flood, '堤防が切れそう'), source });
  // Saijo has a part in it; Mika is a guest; a person of no room is told what anyone is told of a room that is not there.
  const code = async (who: 'mika' | 'hanako', from: typeof source): Promise<unknown> => {
    const answer = await box.stair.submit(box.cast[who], { id: freshId(), name: enter.deed, input: { ...said(flood, '写し'), source: from } });
    return answer.ok ? 'ok' : answer.code;
  };
  expect(await code('mika', source)).toBe(await code('mika', { room: freshId(), message }));
  expect(await code('hanako', { room: box.groupC, message: freshId() })).toBe('chronology.notFound');
});

it('K5 an instruction is owed by whom it names, until it is done, also while that is on their device alone; of two who move it at once one looks again', async () => {
  await box.plans();
  const flood = await box.flood();
  const [taro, hanako] = [box.device('taro'), box.device('hanako')];
  await until(() => [taro, hanako].every((one) => one.state() === 'open'), 'both to be on the line');
  const id = await box.does('hanako', enter, { ...said(flood, '名簿をつくる'), kind: 'order', order: { owner: box.orgs.seiyo, due: box.clock.now() + 60_000 } });
  await until(async () => (await instructionsOwed(taro.end)).length === 1, 'Taro to owe it');
  expect((await instructionsOwed(taro.end))[0]).toMatchObject({ title: '名簿をつくる', weight: 'plain', href: `/chronology/${flood}/${id}` });
  expect(await instructionsOwed(hanako.end)).toEqual([]);
  box.clock.pass(61_000);
  expect((await instructionsOwed(taro.end))[0]).toMatchObject({ weight: 'urgent', tag: { key: 'chronology.overdue' } });
  taro.wire.cut({ stay: true });
  const told = await taro.end.send(move, { incident: flood, entry: id, state: 'done', sees: 0 });
  expect(await instructionsOwed(taro.end)).toEqual([]);
  // Meanwhile headquarters calls it off; Taro's word is not lost, and he is told to look again.
  await box.does('hanako', move, { incident: flood, entry: id, state: 'cancelled', sees: 0 });
  taro.wire.mend();
  expect(told.ok && (await told.answer)).toMatchObject({ ok: false, code: 'chronology.changedMeanwhile' });
  await until(async () => (await hanako.end.replica.get<Instruction>(instruction.noun, id))?.state === 'cancelled', 'it to be called off');
  // It stays before him until he puts it away.
  expect(await taro.end.replica.outbox.item.toArray()).toMatchObject([{ state: 'refused', input: { state: 'done' } }]);
  if (told.ok) await taro.end.drop(told.id);
  await box.everyoneAgrees();
});

it('K6 server and device make the same rows', async () => {
  await box.plans();
  const flood = await box.flood();
  const hanako = box.device('hanako');
  const first = await box.does('hanako', enter, said(flood, '3人'));
  await box.does('hanako', enter, { ...said(flood, '5人'), corrects: first });
  await until(async () => (await entries(hanako)).length === 2, 'Hanako to have both');
  const rows = (of: readonly Entry[]) => chronologyRows({ incident: flood, entries: of, instructions: new Map(), deeds: [] }, words('ja', japanese), { org: (id) => id, person: (id) => id }, box.clock.now());
  const there = [...box.stair.memory.of('w', entry.noun)].map(({ value }) => value as Entry);
  expect(rows(await entries(hanako))).toEqual(rows(there));
  expect(rows(there).map(({ no, content, corrected, corrects }) => [no, content, corrected?.no, corrects?.no])).toEqual([[1, '3人', 2, undefined], [2, '5人', undefined, 1]]);
});
