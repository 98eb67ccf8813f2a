import { hotline, type CastName, type Hotline } from '@noroshi/e2e/box';
import { inTables } from '@noroshi/e2e/in-tables';
import { addPerson } from '@noroshi/features/directory';
import { approveRedaction, proposeRedaction } from '@noroshi/features/keeping';
import { SearchIndex } from '@noroshi/features/search/server';
import { addPeople, closeRoom, openRoom, say, seatPost } from '@noroshi/features/talk';
import { storedFile, type StoredFile } from '@noroshi/foundations/files';
import { newId, type Actor, type Id, type Refusal } from '@noroshi/foundations/kernel';
import { roomStream, type Deed, type Member, type Question } from '@noroshi/foundations/sync';
import { until, type Device } from '@noroshi/foundations/testing';
import { createHash, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { found } from '../../apps/found.ts';
import { beginImport, bringPage, imported, importId, keysHere, lineId, newReaders, pageId, pastPage, readPage, stopImport, takeBackImport, type Imported, type PastLine } from './past.ts';
import { readPast } from './reading/read-file.ts';
import { inPages, sortOut } from './reading/sort-out.ts';
import { allKeys, carry, type Ask } from './web/carry.ts';

const fresh = (): Id => newId(Date.now(), randomBytes(10));
const secret = '090-1234-5678';

let box: Hotline;
let search: SearchIndex;
beforeEach(async () => {
  box = await hotline();
  search = new SearchIndex({ stair: box.stair, found: async () => found, report: (error) => { throw error; } });
  await box.does('hanako', say, { room: box.groupC, text: 'ここで言われたこと' });
});
afterEach(async () => {
  await search?.stop();
  await box?.close();
});

/** A talk of so many lines, one a minute; the tenth tells a number. */
const talkOf = (lines: number, from = 0): string => ['2018/07/05(木)', ...Array.from({ length: lines }, (_, k) => {
  const i = from + k;
  return `${String(Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}\t${i % 2 ? '兵頭 太郎' : '山本（消防団）'}\t${i === 9 ? `野村の山本さんは${secret}` : `報告 ${i}`}`;
})].join('\n');

const asking = (who: Actor): Ask => async <I, O>(of: Question<I, O>, input: I) => (await box.stair.ask(who, of.question, input)) as { ok: true; value: O } | Refusal;
const people = (): { id: Id; name: string }[] => [{ id: box.cast.taro.person, name: '兵頭 太郎' }];

interface Brought { readonly past: Id; readonly pages: PastLine[][]; readonly input: Parameters<typeof beginImport.may>[2] & { readonly file: Id }; readonly here: number }
/** What a file comes to, as the screen works it out. */
async function plan(text: string, { place = box.groupC, times = 0 }: { place?: Id; times?: number } = {}): Promise<Brought> {
  const file = readPast(text, box.clock.now());
  if (!file.ok) throw new Error(file.code);
  const { read } = file;
  const sha256 = createHash('sha256').update(text).digest('hex');
  const past = importId(place, sha256, times);
  const [from, to] = [read.lines[0]!.at, read.lines.at(-1)!.at];
  const known = await allKeys(asking(box.cast.hanako), { place, from, to, but: past });
  if (!known.ok) throw new Error(known.code);
  const { lines, left } = sortOut(read, { here: known.keys, people: people() });
  const pages = inPages(lines);
  return {
    past, pages, here: left.filter(({ why }) => why === 'here').length,
    input: { place, id: past, source: 'talk', name: 'talk.txt', sha256, size: Buffer.byteLength(text), lines: lines.length, pages: pages.length, left: left.length, from, to, file: fresh() },
  };
}
const asks = async <I>(who: CastName | Actor, deed: Deed<I, any> & { deed: string }, input: I): Promise<string> => {
  const told = await box.stair.submit(typeof who === 'string' ? box.cast[who] : who, { id: fresh(), name: deed.deed, input });
  return told.ok ? 'ok' : told.code;
};
const brings = async (device: Device, text: string, more: { place?: Id; times?: number } = {}): Promise<Brought> => {
  const one = await plan(text, more);
  await box.does('hanako', beginImport, one.input);
  expect(await carry(device.end, { place: one.input.place, past: one.past, pages: one.pages, from: 0 }, () => undefined, () => false)).toBeUndefined();
  return one;
};
const reads = async (who: CastName, past: Id, page: number, place = box.groupC): Promise<{ text?: string | undefined; who: string; at: number; id: Id; person?: Id | undefined }[] | string> => {
  const told = await asking(box.cast[who])(readPage, { place, past, page });
  return told.ok ? told.value.lines : told.code;
};
const finds = async (who: CastName, text: string): Promise<{ id: Id; at?: number; excerpt: { text: string } }[]> => {
  await search.catchUp();
  const told = await box.stair.ask(box.cast[who], 'search.find', { text, shelf: 'past' });
  return (told as unknown as { value: { shelves: { hits: never[] }[] } }).value.shelves[0]?.hits ?? [];
};
const stateOf = (file: Id): string => (box.stair.memory.get(storedFile.noun, file)!.value as StoredFile).state;
const now = (id: Id): Imported => box.stair.memory.get(imported.noun, id)!.value as Imported;

it('P10 is brought page by page, read by who is in the room, found at its own time, and is nothing new to anyone', async () => {
  const [hanako, taro] = [box.device('hanako'), box.device('taro')];
  await until(async () => (await taro.end.replica.unread(roomStream(box.groupC))) === 1, 'Taro to have what was said here');
  const { past, pages } = await brings(hanako, talkOf(250));
  expect(pages.map((one) => one.length)).toEqual([100, 100, 50]);
  await until(async () => (await taro.end.replica.get<Imported>(imported.noun, past))?.state === 'whole', 'Taro to know of it');
  expect(now(past)).toMatchObject({ lines: 250, pages: 3, by: box.cast.hanako.person, name: 'talk.txt', from: Date.UTC(2018, 6, 4, 15, 0) });
  // Nothing of it counts, and no device holds a word of it.
  expect(await taro.end.replica.unread(roomStream(box.groupC))).toBe(1);
  for (const one of [hanako, taro]) expect(await one.end.replica.all(pastPage.noun)).toEqual([]);
  const fresh1 = box.device('ken');
  await until(async () => (await fresh1.end.replica.get<Imported>(imported.noun, past)) !== undefined, 'a new device to know of it');
  expect(await fresh1.end.replica.all(pastPage.noun)).toEqual([]);
  const second = await reads('taro', past, 1);
  expect(second).toHaveLength(100);
  expect((second as { who: string; person?: Id }[])[1]).toMatchObject({ who: '兵頭 太郎', person: box.cast.taro.person, text: '報告 101', at: Date.UTC(2018, 6, 4, 16, 41) });
  expect((second as object[])[0]).not.toHaveProperty('person');
  const at = await asking(box.cast.taro)(readPage, { place: box.groupC, past, at: Date.UTC(2018, 6, 4, 18, 30) });
  expect(at).toMatchObject({ ok: true, value: { page: 2, pages: 3 } });
  expect(await finds('taro', '報告 249')).toMatchObject([{ id: lineId(pageId(past, 2), 49), at: Date.UTC(2018, 6, 4, 19, 9), excerpt: { text: '兵頭 太郎\n報告 249' } }]);
  await box.everyoneAgrees();
  await box.restart();
  expect(await reads('taro', past, 2)).toHaveLength(50);
});

it('P11 a file brought twice brings nothing twice, and one that begins within another brings the rest', async () => {
  const hanako = box.device('hanako');
  const { input } = await brings(hanako, talkOf(150));
  expect(await asks('hanako', beginImport, input)).toBe('past.hereAlready');
  const more = await brings(hanako, talkOf(150, 100));
  expect([more.here, more.pages.flat().length, now(more.past).lines]).toEqual([50, 100, 100]);
  expect(await finds('hanako', '報告 120')).toHaveLength(1);
  // Another room has nothing of it.
  const other = fresh();
  await box.does('hanako', openRoom, { id: other, kind: 'purpose', name: '移行先', short: '移', orgs: [], people: [] });
  expect((await plan(talkOf(150), { place: other })).here).toBe(0);
});

it('P12 what broke off goes on where it was, on another device too; what was stopped stays and can be brought again', async () => {
  const hanako = box.device('hanako');
  const text = talkOf(1_200);
  const one = await plan(text);
  await box.does('hanako', beginImport, one.input);
  const load = { place: box.groupC, past: one.past, pages: one.pages, from: 0 };
  let done = 0;
  expect(await carry(hanako.end, load, (n) => { done = n; }, () => done >= 1)).toBeUndefined();
  hanako.stop();
  expect(now(one.past).state).toBe('coming');
  expect(await asks('hanako', beginImport, { ...(await plan(talkOf(10, 1_300))).input })).toBe('past.underWay');
  // The same file gives the same pages: nothing of this import is in its own way.
  const again = await plan(text);
  expect([again.past, again.pages.length, again.here]).toEqual([one.past, one.pages.length, 0]);
  const come = await asking(box.cast.hanako)(readPage, { place: box.groupC, past: one.past });
  const from = (come as { value: { pages: number } }).value.pages;
  expect(from).toBeGreaterThan(0);
  expect(from).toBeLessThan(12);
  // One that is here already is no trouble, nor is one that comes out of turn taken.
  expect(await asks('hanako', bringPage, { place: box.groupC, past: one.past, page: 0, lines: again.pages[0]! })).toBe('past.pageHere');
  expect(await asks('hanako', bringPage, { place: box.groupC, past: one.past, page: from + 1, lines: again.pages[from + 1]! })).toBe('past.pageOrder');
  await box.does('hanako', stopImport, { place: box.groupC, past: one.past });
  expect(await asks('hanako', bringPage, { place: box.groupC, past: one.past, page: from, lines: again.pages[from]! })).toBe('past.over');
  const rest = await brings(box.device('hanako'), text, { times: 1 });
  expect([rest.here, now(rest.past).lines, now(rest.past).state]).toEqual([from * 100, 1_200 - from * 100, 'whole']);
  await box.everyoneAgrees();
});

it('P13 is for administrators who are in the room; who is not learns nothing, nor who came in without what was before', async () => {
  const hanako = box.device('hanako');
  const one = await plan(talkOf(20));
  expect(await asks('taro', beginImport, one.input)).toBe('past.notAllowed');
  expect(await asks('mika', beginImport, one.input)).toBe('stream.notFound');
  await brings(hanako, talkOf(20));
  const its = { place: box.groupC, past: one.past };
  expect([await asks('taro', stopImport, its), await asks('taro', takeBackImport, { ...its, why: '違う' })]).toEqual(['past.notAllowed', 'past.notAllowed']);
  expect([await asks('mika', stopImport, its), await asks('mika', takeBackImport, { ...its, why: '違う' })]).toEqual(['stream.notFound', 'stream.notFound']);
  expect(await asks('taro', bringPage, { place: box.groupC, past: one.past, page: 0, lines: one.pages[0]! })).toBe('past.notAllowed');
  expect(await reads('mika', one.past, 0)).toBe('past.notFound');
  expect(await asking(box.cast.mika)(keysHere, { place: box.groupC, from: 0, to: 1 })).toMatchObject({ code: 'stream.notFound' });
  expect(await asking(box.cast.taro)(keysHere, { place: box.groupC, from: 0, to: 1 })).toMatchObject({ code: 'past.notAllowed' });
  // A room for a purpose, into which someone comes later.
  const room = fresh();
  await box.does('hanako', openRoom, { id: room, kind: 'purpose', name: '移行先', short: '移', orgs: [], people: [] });
  const there = await brings(hanako, talkOf(30), { place: room });
  await box.does('hanako', addPeople, { room, people: [box.cast.aoi.person], history: false });
  await box.does('hanako', addPeople, { room, people: [box.cast.ken.person], history: true });
  expect(await reads('aoi', there.past, 0, room)).toBe('past.notFound');
  expect(await finds('aoi', '報告 29')).toEqual([]);
  expect(await reads('ken', there.past, 0, room)).toHaveLength(30);
  expect(await finds('ken', '報告 29')).toHaveLength(1);
  // Who came later, or is a guest, is named and meant before more is brought.
  const then = await plan(talkOf(30, 60), { place: room });
  expect([await asks('hanako', beginImport, then.input), await asks('hanako', beginImport, { ...then.input, readers: [box.cast.ken.person] })]).toEqual(['past.newReaders', 'past.newReaders']);
  expect(await asks('hanako', beginImport, { ...then.input, readers: [box.cast.aoi.person] })).toBe('ok');
  await box.does('hanako', addPeople, { room, people: [box.cast.mika.person], history: true });
  expect(newReaders(box.stair.memory.of(roomStream(room), 'member').map(({ value }) => value as Member)).map(({ person }) => person)).toEqual([box.cast.aoi.person, box.cast.mika.person]);
  // An administrator who does not read what was before is not told what lies there, by no key.
  const late: Actor = { ...box.cast.aoi, role: 'administrator' };
  expect(await asking(late)(keysHere, { place: room, from: 0, to: 1 })).toMatchObject({ code: 'past.cameLater' });
  expect(await asks(late, stopImport, { place: room, past: then.past })).toBe('past.cameLater');
  // Not under another's name, not of a time to come, and not under an id of one's own choosing.
  const next = await plan(talkOf(5, 600));
  expect(await asks('hanako', beginImport, { ...next.input, id: fresh() })).toBe('past.wrongSum');
  await box.does('hanako', beginImport, next.input);
  const page = { place: box.groupC, past: next.past, page: 0 };
  expect(await asks('hanako', bringPage, { ...page, lines: [{ ...next.pages[0]![0]!, person: fresh() }] })).toBe('directory.personNotFound');
  expect(await asks('hanako', bringPage, { ...page, lines: [{ ...next.pages[0]![0]!, person: box.cast.taro.person }] })).toBe('past.notTheirName');
  expect(await asks('hanako', bringPage, { ...page, lines: [{ ...next.pages[0]![0]!, at: box.clock.now() + 60_000 }] })).toBe('past.future');
});

it('P14 what was brought to the wrong place is read and found no more, and the record keeps it', async () => {
  const hanako = box.device('hanako');
  const { past, input } = await brings(hanako, talkOf(250));
  expect(await finds('taro', '報告 240')).toHaveLength(1);
  await box.does('hanako', takeBackImport, { place: box.groupC, past, why: '別のトークの記録でした' });
  expect(await reads('taro', past, 0)).toBe('past.notFound');
  // Nobody fetches its file any more, and the first look of the clock takes all of these pages back.
  expect(stateOf(input.file)).toBe('withdrawn');
  await box.stair.clock.look();
  expect(await finds('taro', '報告 240')).toEqual([]);
  expect(await finds('taro', '報告 5')).toEqual([]);
  expect(await inTables(box.stair.pool, '報告 240')).toEqual(['event_body.json']);
  expect(now(past)).toMatchObject({ state: 'takenBack', back: { by: box.cast.hanako.person, why: '別のトークの記録でした' } });
  // It can be brought again, all of it.
  expect((await brings(hanako, talkOf(250), { times: 1 })).here).toBe(0);
  expect(await finds('taro', '報告 240')).toHaveLength(1);
  await box.everyoneAgrees();
});

it('P15 two take the words of one line out of the record, and of the file; the lines around it stay, and it does not come back', async () => {
  const [id, desk] = [fresh(), fresh()];
  await box.does('system', addPerson, { id, name: '二宮 次郎', kana: 'にのみや じろう', org: box.orgs.ehime, role: 'administrator', phones: [], post: { id: desk, title: '防災局 主幹', duty: 'headquarters', rank: 31 } });
  await box.does('system', seatPost, { post: desk });
  const hanako = box.device('hanako');
  const text = talkOf(30);
  const { past, input } = await brings(hanako, text);
  // Another file that tells the same lines, and some more.
  const within = await brings(hanako, talkOf(40));
  await search.catchUp();
  const page = pageId(past, 0);
  const at = { room: box.groupC, thing: { noun: pastPage.noun, id: page, said: lineId(page, 9) } };
  const asked = await box.does('hanako', proposeRedaction, { ...at, parts: ['text'], reason: '個人の電話番号のため' });
  expect(await asks({ person: id, org: box.orgs.ehime, role: 'administrator' }, approveRedaction, { redaction: asked, ...at })).toBe('ok');
  const lines = (await reads('taro', past, 0)) as { text?: string; who: string }[];
  expect([lines[8]!.text, lines[9]!.text, lines[9]!.who, lines[10]!.text]).toEqual(['報告 8', undefined, '兵頭 太郎', '報告 10']);
  expect([stateOf(input.file), stateOf(within.input.file)]).toEqual(['withdrawn', 'withdrawn']);
  expect(await finds('taro', secret)).toEqual([]);
  expect(await inTables(box.stair.pool, secret)).toEqual([]);
  // Whoever brings the file once more, a little longer, does not bring the words back.
  const more = await plan(`${text}\n01:00\t兵頭 太郎\tあとから`);
  expect(more.pages.flat().map((line) => line.text)).toEqual(['あとから']);
  // The file of it says them: it is not taken along, whoever sends it.
  expect(await asks('hanako', beginImport, more.input)).toBe('past.fileSaysMore');
  // Nor does one administrator bring them back by taking the import back and bringing it again.
  for (const one of [past, within.past]) await box.does('hanako', takeBackImport, { place: box.groupC, past: one, why: '入れ直します' });
  await box.stair.clock.look();
  const again = await plan(text, { times: 1 });
  expect([again.pages.flat().length, again.pages.flat().some((line) => line.text.includes(secret))]).toEqual([29, false]);
  const { file: _file, ...lines29 } = again.input;
  expect([await asks('hanako', beginImport, again.input), await asks('hanako', beginImport, lines29)]).toEqual(['past.fileSaysMore', 'ok']);
  await box.restart();
  await box.everyoneAgrees();
});

it('P16 nothing is brought into a direct talk, or into a room that is closed; of several rooms in one file the file stays away', async () => {
  const [direct, shut] = [fresh(), fresh()];
  await box.does('hanako', openRoom, { id: direct, kind: 'direct', name: '二人', short: '二', orgs: [], people: [box.cast.taro.person] });
  await box.does('hanako', openRoom, { id: shut, kind: 'purpose', name: '移行先', short: '移', orgs: [], people: [] });
  await box.does('hanako', closeRoom, { room: shut });
  for (const place of [direct, shut]) expect(await asks('hanako', beginImport, (await plan(talkOf(3), { place })).input)).toBe('past.notInto');
  expect(await asks('hanako', beginImport, { ...(await plan(talkOf(3))).input, room: 'グループC' })).toBe('past.fileSaysMore');
});
