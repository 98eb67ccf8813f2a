import { inTables } from '@noroshi/e2e/in-tables';
import { approveRedaction, proposeRedaction, saidThere } from '@noroshi/features/keeping';
import { addPeople, closeRoom, openRoom } from '@noroshi/features/talk';
import type { Actor } from '@noroshi/foundations/kernel';
import { roomStream, type Member } from '@noroshi/foundations/sync';
import { until } from '@noroshi/foundations/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { beginImport, bringPage, imported, keysHere, lineId, newReaders, pageId, pastPage, readPage, stopImport, takeBackImport, type Imported } from './past.ts';
import { fresh, PastHouse, secret, talkOf } from '@noroshi/e2e/past-house';
import { carry, comeSoFar } from './web/carry.ts';

let house: PastHouse;
let box: PastHouse['box'];
beforeEach(async () => {
  house = await PastHouse.open();
  ({ box } = house);
});
afterEach(() => house?.close());

it('P10 is brought page by page, read by who is in the room, found at its own time, and is nothing new to anyone', async () => {
  const [hanako, taro] = [box.device('hanako'), box.device('taro')];
  await until(async () => (await taro.end.replica.unread(roomStream(box.groupC))) === 1, 'Taro to have what was said here');
  const { past, pages } = await house.brings(hanako, talkOf(250));
  expect(pages.map((one) => one.length)).toEqual([100, 100, 50]);
  await until(async () => (await taro.end.replica.get<Imported>(imported.noun, past))?.state === 'whole', 'Taro to know of it');
  expect(house.now(past)).toMatchObject({ lines: 250, pages: 3, by: box.cast.hanako.person, name: 'talk.txt', from: Date.UTC(2018, 6, 4, 15, 0) });
  // Nothing of it counts, and no device holds a word of it.
  expect(await taro.end.replica.unread(roomStream(box.groupC))).toBe(1);
  for (const one of [hanako, taro]) expect(await one.end.replica.all(pastPage.noun)).toEqual([]);
  const fresh1 = box.device('ken');
  await until(async () => (await fresh1.end.replica.get<Imported>(imported.noun, past)) !== undefined, 'a new device to know of it');
  expect(await fresh1.end.replica.all(pastPage.noun)).toEqual([]);
  const second = (await house.reads('taro', past, 1))!;
  expect(second).toHaveLength(100);
  expect(second[1]).toMatchObject({ who: '兵頭 太郎', person: box.cast.taro.person, text: '報告 101', at: Date.UTC(2018, 6, 4, 16, 41) });
  expect(second[0]).not.toHaveProperty('person');
  const at = await house.asking(box.cast.taro)(readPage, { place: box.groupC, past, at: Date.UTC(2018, 6, 4, 18, 30) });
  expect(at).toMatchObject({ ok: true, value: { page: 2, pages: 3 } });
  expect(await house.finds('taro', '報告 249')).toMatchObject([{ id: lineId(pageId(past, 2), 49), at: Date.UTC(2018, 6, 4, 19, 9), excerpt: { text: '兵頭 太郎\n報告 249' } }]);
  await box.everyoneAgrees();
  await box.restart();
  expect(await house.reads('taro', past, 2)).toHaveLength(50);
});

it('P11 a file brought twice brings nothing twice, and one that begins within another brings the rest', async () => {
  const hanako = box.device('hanako');
  const { input } = await house.brings(hanako, talkOf(150));
  expect(await house.asks('hanako', beginImport, input)).toBe('past.hereAlready');
  // Its fingerprint stands with the file alone, and a file without one would not be known again.
  const { fileSha256 } = input;
  expect([JSON.stringify(house.now(input.id)).includes(fileSha256), await inTables(box.stair.pool, fileSha256)]).toEqual([false, ['event_body.json', 'noun.value', 'noun_other.value']]);
  const { fileSha256: _none, ...without } = (await house.plan(talkOf(5, 600))).input;
  expect(await house.asks('hanako', beginImport, without)).toBe('past.wrongSum');
  // Where none is kept, the lines tell: none of them is left to be brought.
  const again = await house.plan(talkOf(150));
  expect([again.pages, again.here]).toEqual([[], 150]);
  const more = await house.brings(hanako, talkOf(150, 100));
  expect([more.here, more.pages.flat().length, house.now(more.past).lines]).toEqual([50, 100, 100]);
  expect(await house.finds('hanako', '報告 120')).toHaveLength(1);
  // Another room has nothing of it.
  const other = fresh();
  await box.does('hanako', openRoom, { id: other, kind: 'purpose', name: '移行先', short: '移', orgs: [], people: [] });
  expect((await house.plan(talkOf(150), { place: other })).here).toBe(0);
});

it('P11 of two who planned before either began one brings it, whether or not the file is kept; a redaction since is no other', async () => {
  const hanako = box.device('hanako');
  const [mine, theirs] = [await house.plan(talkOf(30)), await house.plan(talkOf(30))];
  const bare = ({ input: { file: _file, fileSha256: _sum, ...input } }: typeof mine): typeof input => input;
  await box.does('hanako', beginImport, bare(mine));
  expect(await carry(hanako.end, { place: box.groupC, past: mine.past, pages: mine.pages, from: 0 }, () => undefined, () => false)).toBeUndefined();
  const { stand: _stand, ...untold } = bare(theirs);
  for (const input of [bare(theirs), theirs.input, untold]) expect(await house.asks('hanako', beginImport, input)).toBe('past.otherStand');
  expect((await house.plan(talkOf(30))).here).toBe(30);
  // Words that two took out after the trial run would come back with its pages.
  await house.brings(hanako, talkOf(30, 30));
  const before = await house.plan(talkOf(60).replace('報告 50', '報告 五十'));
  await house.takesOut(mine.past, 0, 9, await house.jiro());
  expect(await house.asks('hanako', beginImport, bare(before))).toBe('past.otherStand');
});

it('P12 what broke off goes on where it was, on another device too; what was stopped stays and can be brought again', async () => {
  const hanako = box.device('hanako');
  const text = talkOf(1_200);
  const one = await house.plan(text);
  await box.does('hanako', beginImport, one.input);
  const load = { place: box.groupC, past: one.past, pages: one.pages, from: 0 };
  let done = 0;
  expect(await carry(hanako.end, load, (n) => { done = n; }, () => done >= 1)).toBeUndefined();
  hanako.stop();
  expect(house.now(one.past).state).toBe('coming');
  expect(await house.asks('hanako', beginImport, { ...(await house.plan(talkOf(10, 1_300))).input })).toBe('past.underWay');
  // The same file gives the same pages: nothing of this import is in its own way.
  const again = await house.plan(text);
  expect([again.past, again.pages.length, again.here]).toEqual([one.past, one.pages.length, 0]);
  const come = await house.asking(box.cast.hanako)(readPage, { place: box.groupC, past: one.past });
  const from = come.ok ? come.value.pages : 0;
  // Another file of the same times and counts is no other half of it, wherever it differs in what has come.
  const so = (pages: typeof one.pages): ReturnType<typeof comeSoFar> => comeSoFar(house.asking(box.cast.hanako), { place: box.groupC, past: one.past }, pages);
  const other = (page: number): typeof one.pages => again.pages.with(page, again.pages[page]!.with(1, { ...again.pages[page]![1]!, text: '別の報告' }));
  expect([await so(again.pages), await so(other(0)), await so(other(from - 1))]).toMatchObject([{ ok: true, pages: from }, { code: 'past.otherNow' }, { code: 'past.otherNow' }]);
  expect(from).toBeGreaterThan(0);
  expect(from).toBeLessThan(12);
  // One that is here already is no trouble, nor is one that comes out of turn taken.
  expect(await house.asks('hanako', bringPage, { place: box.groupC, past: one.past, page: 0, lines: again.pages[0]! })).toBe('past.pageHere');
  expect(await house.asks('hanako', bringPage, { place: box.groupC, past: one.past, page: from + 1, lines: again.pages[from + 1]! })).toBe('past.pageOrder');
  await box.does('hanako', stopImport, { place: box.groupC, past: one.past });
  expect(await house.asks('hanako', bringPage, { place: box.groupC, past: one.past, page: from, lines: again.pages[from]! })).toBe('past.over');
  const rest = await house.brings(box.device('hanako'), text);
  expect([rest.here, house.now(rest.past).lines, house.now(rest.past).state]).toEqual([from * 100, 1_200 - from * 100, 'whole']);
  await box.everyoneAgrees();
});

it('P13 is for administrators who are in the room; who is not learns nothing, nor who came in without what was before', async () => {
  const hanako = box.device('hanako');
  const { input } = await house.plan(talkOf(20));
  expect([await house.asks('taro', beginImport, input), await house.asks('mika', beginImport, input)]).toEqual(['past.notAllowed', 'stream.notFound']);
  const one = await house.brings(hanako, talkOf(20));
  const its = { place: box.groupC, past: one.past };
  expect([await house.asks('taro', stopImport, its), await house.asks('taro', takeBackImport, { ...its, why: '違う' })]).toEqual(['past.notAllowed', 'past.notAllowed']);
  expect([await house.asks('mika', stopImport, its), await house.asks('mika', takeBackImport, { ...its, why: '違う' })]).toEqual(['stream.notFound', 'stream.notFound']);
  expect(await house.asks('taro', bringPage, { place: box.groupC, past: one.past, page: 0, lines: one.pages[0]! })).toBe('past.notAllowed');
  expect(await house.reads('mika', one.past, 0)).toBeUndefined();
  expect(await house.asking(box.cast.mika)(keysHere, { place: box.groupC, from: 0, to: 1 })).toMatchObject({ code: 'stream.notFound' });
  expect(await house.asking(box.cast.taro)(keysHere, { place: box.groupC, from: 0, to: 1 })).toMatchObject({ code: 'past.notAllowed' });
  // A room for a purpose, into which someone comes later.
  const room = fresh();
  await box.does('hanako', openRoom, { id: room, kind: 'purpose', name: '移行先', short: '移', orgs: [], people: [] });
  const there = await house.brings(hanako, talkOf(30), { place: room });
  await box.does('hanako', addPeople, { room, people: [box.cast.aoi.person], history: false });
  await box.does('hanako', addPeople, { room, people: [box.cast.ken.person], history: true });
  expect(await house.reads('aoi', there.past, 0, room)).toBeUndefined();
  expect(await house.finds('aoi', '報告 29')).toEqual([]);
  expect(await house.reads('ken', there.past, 0, room)).toHaveLength(30);
  expect(await house.finds('ken', '報告 29')).toHaveLength(1);
  // Who came later, or is a guest, is named and meant before more is brought.
  const then = await house.plan(talkOf(30, 60), { place: room });
  expect([await house.asks('hanako', beginImport, then.input), await house.asks('hanako', beginImport, { ...then.input, readers: [box.cast.ken.person] })]).toEqual(['past.newReaders', 'past.newReaders']);
  expect(await house.asks('hanako', beginImport, { ...then.input, readers: [box.cast.aoi.person] })).toBe('ok');
  await box.does('hanako', addPeople, { room, people: [box.cast.mika.person], history: true });
  expect(newReaders(box.stair.memory.of(roomStream(room), 'member').map(({ value }) => value as Member)).map(({ person }) => person)).toEqual([box.cast.aoi.person, box.cast.mika.person]);
  // An administrator who does not read what was before is not told what lies there, by no key.
  const late: Actor = { ...box.cast.aoi, role: 'administrator' };
  expect(await house.asking(late)(keysHere, { place: room, from: 0, to: 1 })).toMatchObject({ code: 'past.cameLater' });
  expect(await house.asks(late, stopImport, { place: room, past: then.past })).toBe('past.cameLater');
  // Not under another's name, not of a time to come, and not under the id of another import.
  const next = await house.plan(talkOf(5, 600));
  expect(await house.asks('hanako', beginImport, { ...next.input, id: one.past })).toBe('command.idTaken');
  await box.does('hanako', beginImport, next.input);
  const page = { place: box.groupC, past: next.past, page: 0 };
  expect(await house.asks('hanako', bringPage, { ...page, lines: [{ ...next.pages[0]![0]!, person: fresh() }] })).toBe('directory.personNotFound');
  expect(await house.asks('hanako', bringPage, { ...page, lines: [{ ...next.pages[0]![0]!, person: box.cast.taro.person }] })).toBe('past.notTheirName');
  expect(await house.asks('hanako', bringPage, { ...page, lines: [{ ...next.pages[0]![0]!, at: box.clock.now() + 60_000 }] })).toBe('past.future');
});

it('P14 what was brought to the wrong place is read and found no more, and the record keeps it', async () => {
  const hanako = box.device('hanako');
  const { past, input } = await house.brings(hanako, talkOf(250));
  expect(await house.finds('taro', '報告 240')).toHaveLength(1);
  await box.does('hanako', takeBackImport, { place: box.groupC, past, why: '別のトークの記録でした' });
  expect(await house.reads('taro', past, 0)).toBeUndefined();
  // Nobody fetches its file any more, and the first look of the clock takes all of these pages back.
  expect(house.stateOf(input.file)).toBe('withdrawn');
  await box.stair.clock.look();
  expect(await house.finds('taro', '報告 240')).toEqual([]);
  expect(await house.finds('taro', '報告 5')).toEqual([]);
  expect(await inTables(box.stair.pool, '報告 240')).toEqual(['event_body.json']);
  expect(house.now(past)).toMatchObject({ state: 'takenBack', back: { by: box.cast.hanako.person, why: '別のトークの記録でした' } });
  // It can be brought again, all of it.
  expect((await house.brings(hanako, talkOf(250))).here).toBe(0);
  expect(await house.finds('taro', '報告 240')).toHaveLength(1);
  await box.everyoneAgrees();
});

it('P15 two take the words of one line out of the record, and of the file; the lines around it stay, and it does not come back', async () => {
  const jiro = await house.jiro();
  const hanako = box.device('hanako');
  const text = talkOf(30);
  const { past, input } = await house.brings(hanako, text);
  // Another file that tells the same lines, and some more.
  const within = await house.brings(hanako, talkOf(40));
  await house.search.catchUp();
  await house.takesOut(past, 0, 9, jiro);
  const lines = (await house.reads('taro', past, 0))!;
  expect([lines[8]!.text, lines[9]!.text, lines[9]!.who, lines[10]!.text]).toEqual(['報告 8', undefined, '兵頭 太郎', '報告 10']);
  expect([house.stateOf(input.file), house.stateOf(within.input.file)]).toEqual(['withdrawn', 'withdrawn']);
  expect(await house.finds('taro', secret)).toEqual([]);
  expect(await inTables(box.stair.pool, secret)).toEqual([]);
  // The same file once more: its fingerprint is known to nobody, and it would say the words.
  expect(await house.asks('hanako', beginImport, { ...input, id: fresh() })).toBe('past.fileSaysMore');
  // Whoever brings the file once more, a little longer, does not bring the words back.
  const more = await house.plan(`${text}\n01:00\t兵頭 太郎\tあとから`);
  expect(more.pages.flat().map((line) => line.text)).toEqual(['あとから']);
  // The file of it says them: it is not taken along, whoever sends it.
  expect(await house.asks('hanako', beginImport, more.input)).toBe('past.fileSaysMore');
  // Nor does one administrator bring them back by taking the import back and bringing it again.
  for (const one of [past, within.past]) await box.does('hanako', takeBackImport, { place: box.groupC, past: one, why: '入れ直します' });
  await box.stair.clock.look();
  const again = await house.plan(text);
  expect([again.pages.flat().length, again.pages.flat().some((line) => line.text.includes(secret))]).toEqual([29, false]);
  const { file: _file, ...lines29 } = again.input;
  expect([await house.asks('hanako', beginImport, again.input), await house.asks('hanako', beginImport, lines29)]).toEqual(['past.fileSaysMore', 'ok']);
  await box.restart();
  await box.everyoneAgrees();
});

it('P16 nothing is brought into a direct talk, or into a room that is closed; of several rooms in one file the file stays away', async () => {
  const [direct, shut] = [fresh(), fresh()];
  await box.does('hanako', openRoom, { id: direct, kind: 'direct', name: '二人', short: '二', orgs: [], people: [box.cast.taro.person] });
  await box.does('hanako', openRoom, { id: shut, kind: 'purpose', name: '移行先', short: '移', orgs: [], people: [] });
  await box.does('hanako', closeRoom, { room: shut });
  for (const place of [direct, shut]) expect(await house.asks('hanako', beginImport, (await house.plan(talkOf(3), { place })).input)).toBe('past.notInto');
  expect(await house.asks('hanako', beginImport, { ...(await house.plan(talkOf(3))).input, room: 'グループC' })).toBe('past.fileSaysMore');
});

it('P15 K15 an administrator sees on the screen what a line says, asks for it, and the second sees it too; nobody else is told a word', async () => {
  const jiro = await house.jiro();
  const { past } = await house.brings(box.device('hanako'), talkOf(12));
  const page = pageId(past, 0);
  const at = { room: box.groupC, thing: { noun: pastPage.noun, id: page, said: lineId(page, 9) } };
  const says = async (who: Actor, target: object = at): Promise<unknown> => {
    const told = await house.asking(who)(saidThere, target);
    return told.ok ? told.value : told.code;
  };
  const whole = { gone: false, has: ['text'], says: [{ part: 'text', lines: [`野村の山本さんは${secret}`] }], href: `/past/${box.groupC}/${past}?page=0` };
  expect([await says(box.cast.hanako), await says(jiro)]).toEqual([whole, whole]);
  // Mika sits in no room; an administrator who does not sit here either; and things that are not there, or lie on devices.
  const outside: Actor = { ...box.cast.mika, role: 'administrator' };
  expect([await says(box.cast.taro), await says(outside)]).toEqual(['keeping.notAllowed', 'keeping.notFound']);
  for (const thing of [{ ...at.thing, said: fresh() }, { ...at.thing, id: fresh() }, { noun: pastPage.noun, id: page }, { noun: 'message', id: fresh() }, { noun: 'nothing', id: fresh() }]) expect(await says(box.cast.hanako, { room: box.groupC, thing })).toBe('keeping.notFound');
  // Aoi comes in while an import is under way, without what was before: of its later pages she is told no more than of the first.
  const room = fresh();
  await box.does('hanako', openRoom, { id: room, kind: 'purpose', name: '移行先', short: '移', orgs: [], people: [] });
  const going = await house.plan(talkOf(150, 600), { place: room });
  await box.does('hanako', beginImport, going.input);
  await box.does('hanako', addPeople, { room, people: [box.cast.aoi.person], history: false });
  await box.does('hanako', bringPage, { place: room, past: going.past, page: 0, lines: going.pages[0]! });
  const later = { room, thing: { noun: pastPage.noun, id: pageId(going.past, 0), said: lineId(pageId(going.past, 0), 0) } };
  const aoi: Actor = { ...box.cast.aoi, role: 'administrator' };
  expect([await house.reads('aoi', going.past, 0, room), await says(aoi, later), await says(box.cast.hanako, later)]).toEqual([undefined, 'keeping.notFound', expect.objectContaining({ says: [expect.anything()] })]);
  // What was taken back says nothing, also before the clock has gone through its pages.
  await box.does('hanako', takeBackImport, { place: room, past: going.past, why: '別のトークの記録でした' });
  expect(await says(box.cast.hanako, later)).toMatchObject({ says: [] });
  // From the screen, whose device has no such thing: the server judges.
  const screen = box.device('hanako');
  await screen.end.line.settled();
  const sent = await screen.end.send(proposeRedaction, { ...at, parts: ['text'], reason: '個人の電話番号のため' });
  expect(sent.ok ? await sent.answer : sent).toMatchObject({ ok: true });
  expect(await house.asks(jiro, approveRedaction, { redaction: sent.ok ? sent.id : fresh(), ...at })).toBe('ok');
  expect(await says(box.cast.hanako)).toMatchObject({ has: [], says: [] });
});
