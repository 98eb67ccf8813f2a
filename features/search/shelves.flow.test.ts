import { hotline, type CastName, type Hotline } from '@noroshi/e2e/box';
import { commentOn, openBoard, postNow, readBody, withdrawComment } from '@noroshi/features/board';
import { openCalendar, putAppointment } from '@noroshi/features/calendar';
import { enter } from '@noroshi/features/chronology';
import { report } from '@noroshi/features/damage';
import { send } from '@noroshi/features/request';
import { SearchIndex } from '@noroshi/features/search/server';
import { say, withdraw } from '@noroshi/features/talk';
import { words } from '@noroshi/foundations/i18n';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { newId, type Id } from '@noroshi/foundations/kernel';
import { roomStream } from '@noroshi/foundations/sync';
import { until } from '@noroshi/foundations/testing';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { found } from '../../apps/found.ts';
import { searchHere } from './web/search-here.ts';

const fresh = (): Id => newId(Date.now(), randomBytes(10));
const board = fresh();
let box: Hotline;
let index: SearchIndex;
let flood: Id;
const made: Record<string, Id> = {};

beforeAll(async () => {
  box = await hotline();
  index = new SearchIndex({ stair: box.stair, found: async () => found, report: (error) => { throw error; } });
  await box.plans();
  flood = await box.flood();
  const at = box.clock.now();
  const file = fresh();
  made['message'] = await box.does('taro', say, { room: box.groupC, text: '野村の浄水場が止まりました', incident: flood, attachments: [{ file, kind: 'file', name: '浄水場の図面.pdf', size: 5, type: 'application/pdf' }] });
  made['file'] = file;
  made['request'] = await box.does('taro', send, { room: box.groupC, incident: flood, details: { reason: '浄水場が止まったため' }, lines: [{ duty: 'shelter', count: 12 }] });
  made['damage'] = await box.does('taro', report, { incident: flood, town: box.orgs.seiyo, kind: 'short', form: 1, sees: 0, asOf: at, told: [{ key: 'dead', n: null, confirmed: false, asOf: at }], words: [] });
  made['chronology'] = await box.does('hanako', enter, { incident: flood, kind: 'report', on: at, content: '浄水場の復旧は未定', channel: 'phone' });
  await box.does('hanako', openBoard, { id: board, name: '県からのお知らせ', short: '掲示', categories: [{ id: 'c1', name: 'お知らせ' }], readers: { orgs: [box.orgs.seiyo], people: [] }, writers: { orgs: [box.orgs.ehime], people: [] } });
  const notice = await box.does('hanako', postNow, { board, title: '浄水場の見学は中止', category: 'c1', body: readBody('■ 中止\n当面のあいだ'), comments: true });
  made['board'] = notice;
  const calendar = fresh();
  await box.does('hanako', openCalendar, { id: calendar, name: '県と市町の予定', mark: 1, readers: { orgs: [box.orgs.seiyo], people: [] }, writers: { orgs: [box.orgs.ehime], people: [] } });
  made['calendar'] = await box.does('hanako', putAppointment, { calendar, title: '浄水場の復旧会議', start: '2018-07-10T10:00', end: '2018-07-10T11:00' });
  await box.does('hanako', putAppointment, { calendar, title: '浄水場の人事', start: '2018-07-10T10:00', end: '2018-07-10T11:00', private: true });
  made['comment'] = await box.does('taro', commentOn, { board, post: notice, text: '浄水場の件、承知しました' });
});
afterAll(async () => {
  await index?.stop();
  await box?.close();
});

interface Shelved { shelf: string; count: number; more: boolean; hits: { noun: string; id: Id; room?: Id; by?: Id; excerpt: { text: string } }[] }
const find = async (who: CastName, input: object): Promise<Shelved[]> => {
  await index.catchUp();
  const answer = await box.stair.ask(box.cast[who], 'search.find', input);
  expect(answer).toMatchObject({ ok: true });
  return (answer as unknown as { value: { shelves: Shelved[] } }).value.shelves;
};
const ids = (all: readonly Shelved[]): Record<string, Id[]> => Object.fromEntries(all.map(({ shelf, hits }) => [shelf, hits.map(({ id }) => id)]));

it('F8 finds in one box what each room has, on its own shelf, with how many there are', async () => {
  const all = await find('taro', { text: '浄水場' });
  expect(ids(all)).toEqual({ message: [made['message']], request: [made['request']], chronology: [made['chronology']], board: [made['comment'], made['board']], file: [made['file']], calendar: [made['calendar']] });
  expect(all.map(({ count, more }) => [count, more])).toEqual([[1, false], [1, false], [1, false], [2, false], [1, false], [1, false]]);
  // In the words that stand on the screen, also where a thing knows them as a code alone.
  expect(ids(await find('hanako', { text: '避難所運営 12人' }))).toEqual({});
  expect(ids(await find('hanako', { text: '避難所運営' }))['request']).toEqual([made['request']]);
  expect(ids(await find('hanako', { text: '死者 未確認' }))).toEqual({ damage: [made['damage']] });
  expect(ids(await find('hanako', { text: 'ひょうどう' }))['person']).toEqual([box.cast.taro.person]);
  expect(ids(await find('hanako', { text: '西予市' }))['organization']).toEqual([box.orgs.seiyo]);
  expect(ids(await find('hanako', { text: 'グループC' }))['room']).toEqual([box.groupC]);
});

it('F3 tells nobody of what they may not see, nor how much there is', async () => {
  // From outside, in no talk of it and not in the directory.
  expect(await find('mika', { text: '浄水場' })).toEqual([]);
  expect(await find('mika', { text: '西予' })).toEqual([]);
  // Inside, and a reader of neither the talk nor the board.
  const shut = await find('ken', { text: '浄水場' });
  const sees = (who: CastName, key: string): boolean => box.stair.memory.maySee(box.cast[who].person, key) !== undefined;
  expect([sees('ken', roomStream(board)), shut.some(({ shelf }) => shelf === 'board'), shut.some(({ shelf }) => shelf === 'chronology')]).toEqual([false, false, true]);
  expect(await find('ken', { text: '浄水場', shelf: 'board' })).toEqual([{ shelf: 'board', count: 0, more: false, hits: [] }]);
  expect(await find('ken', { text: '浄水場', room: board })).toEqual([]);
});

it('F4 F5 loses what was taken back, its files too, and is narrowed down by person, room and time', async () => {
  expect(ids(await find('taro', { text: '浄水場', by: box.cast.hanako.person }))).toEqual({ chronology: [made['chronology']], board: [made['board']], calendar: [made['calendar']] });
  expect(ids(await find('taro', { text: '浄水場', room: board }))).toEqual({ board: [made['comment'], made['board']] });
  expect(await find('taro', { text: '浄水場', until: box.clock.now() - 86_400_000 })).toEqual([]);
  // Who has no time stands nowhere in a time.
  expect(await find('taro', { text: '兵頭', from: 0, until: box.clock.now() })).toEqual([]);
  await box.does('taro', withdraw, { room: box.groupC, message: made['message']! });
  await box.does('taro', withdrawComment, { board, post: made['board']!, comment: made['comment']! });
  expect(ids(await find('taro', { text: '浄水場' }))).toEqual({ request: [made['request']], chronology: [made['chronology']], board: [made['board']], calendar: [made['calendar']] });
});

it('F6 finds the same on a device without a line', async () => {
  const device = box.device('taro');
  await until(async () => device.state() === 'open' && (await device.end.replica.all('boardPost')).length === 1 && (await device.end.replica.all('chronicleEntry')).length === 1 && (await device.end.replica.all('appointment')).length === 2, 'the device to have all');
  const names = { org: (id: Id): string => (id === box.orgs.seiyo ? '西予市' : ''), person: (): string => '' };
  for (const text of ['浄水場', '避難所運営', '死者', '西予市']) {
    const here = await searchHere(device.end, found, { text }, words('ja', japanese), names);
    const there = await find('taro', { text });
    expect(here.map(({ shelf, count }) => [shelf, count]), text).toEqual(there.map(({ shelf, count }) => [shelf, count]));
  }
});
