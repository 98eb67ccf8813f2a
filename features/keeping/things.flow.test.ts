import { disagreements, until } from '@noroshi/foundations/testing';
import { hotline, type CastName, type Hotline } from '@noroshi/e2e/box';
import { inTables } from '@noroshi/e2e/in-tables';
import { amendPost, answerPost, comment, commentOn, openBoard, planPost, plannedPost, post, postNow, readBody, withdrawPost, type Comment, type Post } from '@noroshi/features/board';
import { amendAppointment, amendOne, answerAppointment, appointment, deskOf, importAppointments, openCalendar, privateWords, putAppointment, type Appointment } from '@noroshi/features/calendar';
import { cardIdOf, phoneCard, ring, takeCard, type PhoneCard } from '@noroshi/features/chase';
import { enter, entry, instruction, move, type Entry, type Instruction } from '@noroshi/features/chronology';
import { damageSheet, figuresOf, report, sheetId, type DamageSheet } from '@noroshi/features/damage';
import { addPerson, giveRole } from '@noroshi/features/directory';
import { closeIncident } from '@noroshi/features/incident';
import { approveRedaction, askDisposal, decideDisposal, declineRedaction, disposal, liftHold, proposeRedaction, putHold, setTerm } from '@noroshi/features/keeping';
import { answerKeptBy, answerRedactions } from '@noroshi/features/keeping/answers';
import { followKeeping } from '@noroshi/features/keeping/server';
import { exportRecord, recordExport, type RecordExport } from '@noroshi/features/record';
import { verify } from '@noroshi/features/record/proof';
import { openSigner, RecordLog } from '@noroshi/features/record/server';
import { checkSignature, exportZip, sourceOf } from '@noroshi/features/record/taken-out';
import { cancel, commit, decline, request, revise, send, sumsOf, type DispatchRequest } from '@noroshi/features/request';
import { SearchIndex } from '@noroshi/features/search/server';
import { answer, message, openRoom, say, seatPost, type Message } from '@noroshi/features/talk';
import { words } from '@noroshi/foundations/i18n';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { newId, type Actor, type Id } from '@noroshi/foundations/kernel';
import type { Part } from '@noroshi/foundations/redacts';
import { roomStream, type Deed } from '@noroshi/foundations/sync';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dueApart } from '../../apps/server/features.ts';
import { found } from '../../apps/found.ts';

const fresh = (): Id => newId(Date.now(), randomBytes(10));
const secret = '090-1234-5678';
const says = `山本さんは${secret}`;

let box: Hotline;
let flood: Id;
let jiro: Actor;
let search: SearchIndex;
let log: RecordLog | undefined;
let folder: string | undefined;
beforeEach(async () => {
  box = await hotline();
  const [id, place] = [fresh(), fresh()];
  await box.does('system', addPerson, { id, name: '二宮 次郎', kana: 'にのみや じろう', org: box.orgs.ehime, role: 'administrator', phones: [], post: { id: place, title: '防災局 主幹', duty: 'headquarters', rank: 31 } });
  await box.does('system', seatPost, { post: place });
  jiro = { person: id, org: box.orgs.ehime, role: 'administrator' };
  await box.plans();
  flood = await box.flood();
  search = new SearchIndex({ stair: box.stair, found: async () => found, report: (error) => { throw error; } });
});
afterEach(async () => {
  log?.halt();
  await search?.stop();
  await box?.close();
  if (folder) await rm(folder, { recursive: true });
  [log, folder] = [undefined, undefined];
});

interface At { readonly room?: Id; readonly thing: { readonly noun: string; readonly id: string; readonly said?: Id; readonly under?: Id } }
const asks = async <I>(who: CastName | Actor, deed: Deed<I, any> & { deed: string }, input: I, id = fresh()): Promise<string> => {
  const told = await box.stair.submit(typeof who === 'string' ? box.cast[who] : who, { id, name: deed.deed, input });
  return told.ok ? 'ok' : told.code;
};
const both = async (at: At, ...parts: Part[]): Promise<void> => {
  const asked = fresh();
  expect(await asks('hanako', proposeRedaction, { ...at, parts, reason: '個人の電話番号のため' }, asked)).toBe('ok');
  expect(await asks('hanako', approveRedaction, { redaction: asked, ...at })).toBe('keeping.ownProposal');
  expect(await asks(jiro, approveRedaction, { redaction: asked, ...at })).toBe('ok');
};
const now = <T>(noun: string, id: string): T => box.stair.memory.get(noun, id)!.value as T;
const mark = (...parts: Part[]) => ({ parts, reason: '個人の電話番号のため', by: [box.cast.hanako.person, jiro.person], at: expect.any(Number) });

/** The words are in no table, nor with any of these; and a node that starts anew folds the same from what is left. */
async function gone(devices: readonly ReturnType<Hotline['device']>[]): Promise<void> {
  await search.catchUp();
  expect(await inTables(box.stair.pool, secret)).toEqual([]);
  await box.everyoneAgrees();
  for (const d of devices) expect(JSON.stringify([await d.end.replica.db.doc.toArray(), await d.end.replica.outbox.item.toArray()])).not.toContain(secret);
  await box.restart();
  expect(await disagreements(box.stair.house, box.stair.pool, [box.stair], [])).toEqual([]);
}

it('K15 K16 a line of the chronology, the steps of an instruction and the words of one report of damage go; kind, times, numbers and figures stay', async () => {
  const place = folder = await mkdtemp(join(tmpdir(), 'noroshi-things-'));
  const signed = log = new RecordLog({ stair: box.stair, signer: await openSigner(), elsewhere: join(place, 'kept.txt'), report: (error) => { throw error; } });
  await signed.start();
  const checked = async (): Promise<Awaited<ReturnType<typeof verify>>> => {
    const id = await box.does('hanako', exportRecord, {});
    const pieces: Uint8Array[] = [];
    for await (const piece of await exportZip({ stair: box.stair, log: signed }, box.cast.hanako, box.stair.see<RecordExport>(box.cast.hanako, recordExport.noun, id)!.value, words('ja', japanese))) pieces.push(piece);
    const file = join(place, `${id}.zip`);
    await writeFile(file, Buffer.concat(pieces));
    const source = await sourceOf(file);
    try {
      return await verify({ source, checkSignature, kept: undefined });
    } finally {
      await source.close();
    }
  };
  const [taro, ken] = [box.device('taro'), box.device('ken')];
  const on = box.clock.now();
  const line = await box.does('taro', enter, { incident: flood, kind: 'order', on, content: says, from: says, to: '警察', place: '山本宅', unit: '救助班', channel: 'phone', order: { owner: box.orgs.seiyo } });
  await box.does('taro', move, { incident: flood, entry: line, state: 'begun', sees: 0, word: `${secret}へ連絡` });
  const town = box.orgs.seiyo;
  const tells = (n: number, sees: number, text: string) => ({ incident: flood, town, kind: 'short' as const, form: 1, sees, asOf: on, told: [{ key: 'dead', n, confirmed: true, asOf: on }], words: [{ key: 'overview', text }] });
  const first = await box.does('taro', report, tells(1, 0, '一報の文'));
  const second = await box.does('taro', report, tells(2, 1, says));
  const sheet = sheetId(flood, town);
  await until(async () => (await ken.end.replica.get<DamageSheet>(damageSheet.noun, sheet))?.reports.length === 2, 'Ken to have both reports');
  await search.catchUp();
  expect(await inTables(box.stair.pool, secret)).toEqual(expect.arrayContaining(['event_body.json', 'search_text.words']));
  const before = await checked();
  // Ken is away while it goes.
  ken.wire.cut({ stay: true });

  await both({ thing: { noun: entry.noun, id: line } }, 'text', 'people');
  await both({ thing: { noun: instruction.noun, id: line } }, 'text');
  await both({ thing: { noun: damageSheet.noun, id: sheet, said: second } }, 'text');
  const left = now<Entry>(entry.noun, line);
  expect(left).toMatchObject({ no: 1, kind: 'order', on, content: '', place: '山本宅', channel: 'phone', redacted: [mark('text', 'people')] });
  expect([left.from, left.to, left.unit]).toEqual([undefined, undefined, undefined]);
  expect(now<Instruction>(instruction.noun, line)).toMatchObject({ state: 'begun', owner: town, steps: [{ state: 'begun', by: box.cast.taro.person }], redacted: [mark('text')] });
  const reports = now<DamageSheet>(damageSheet.noun, sheet);
  expect(reports.reports.map(({ id, words: said }) => [id, said])).toEqual([[first, [{ key: 'overview', text: '一報の文' }]], [second, []]]);
  expect(figuresOf(reports.reports).get('dead')).toMatchObject({ n: 2, rev: 2 });
  expect(reports.redacted).toEqual([{ ...mark('text'), said: second }]);
  // What has no such words any more is not asked for again, and what is no thing of this kind is not there.
  expect(await asks('hanako', proposeRedaction, { thing: { noun: entry.noun, id: line }, parts: ['text'], reason: 'もう一度' })).toBe('keeping.goneAlready');
  expect(await asks('hanako', proposeRedaction, { thing: { noun: damageSheet.noun, id: sheet }, parts: ['text'], reason: 'どの報か' })).toBe('keeping.notFound');
  expect(await asks('hanako', proposeRedaction, { thing: { noun: 'person', id: box.cast.taro.person }, parts: ['text'], reason: '人' })).toBe('keeping.notFound');
  expect(await asks('taro', proposeRedaction, { thing: { noun: entry.noun, id: line }, parts: ['place'], reason: '場所' })).toBe('keeping.notAllowed');

  ken.wire.mend();
  await until(async () => (await ken.end.replica.get<DamageSheet>(damageSheet.noun, sheet))?.redacted !== undefined, 'Ken to be told');
  const after = await checked();
  expect([before.found, after.found]).toEqual([[], []]);
  // The line, the step and the report: what is left of each is proven field by field.
  expect([before.proven!.hidden, after.proven!.hidden]).toEqual([0, 3]);
  await gone([taro, ken]);
  // While the disaster is held nothing of it goes, wherever it was said.
  await box.does('hanako', putHold, { incident: flood, reason: '検証のため' });
  expect(await asks('hanako', proposeRedaction, { thing: { noun: entry.noun, id: line }, parts: ['place'], reason: '場所' })).toBe('keeping.held');
});

it('K16 a notice goes with its earlier versions and with what was planned, the words of answers and a comment by themselves', async () => {
  const [taro, hanako] = [box.device('taro'), box.device('hanako')];
  const board = fresh();
  await box.does('hanako', openBoard, { id: board, name: '県からのお知らせ', short: '掲示', categories: [{ id: 'c1', name: 'お知らせ' }], readers: { orgs: [box.orgs.seiyo], people: [] }, writers: { orgs: [box.orgs.ehime], people: [] } });
  const content = { board, title: says, category: 'c1', body: readBody(says), comments: true, incident: flood };
  const planned = await box.does('hanako', planPost, { ...content, due: box.clock.now() + 60_000 });
  box.clock.pass(61_000);
  await box.stair.clock.look();
  expect(box.stair.memory.get(post.noun, planned)).toBeDefined();
  const { incident: _incident, ...again } = content;
  const must = { due: box.clock.now() + 3_600_000, answers: ['参加', '不参加'] };
  await box.does('hanako', amendPost, { ...again, post: planned, sees: 1, title: `${says}（訂正）`, must });
  await box.does('taro', answerPost, { board, post: planned, answer: 0, word: `${secret}に` });
  const below = await box.does('taro', commentOn, { board, post: planned, text: says });
  const at: At = { room: board, thing: { noun: post.noun, id: planned } };
  await until(async () => (await hanako.end.replica.get<Comment>(comment.noun, below)) !== undefined, 'Hanako to have the comment');
  await search.catchUp();
  // A comment names its notice: of which disaster it is, that one says.
  expect(await asks('hanako', proposeRedaction, { room: board, thing: { noun: comment.noun, id: below }, parts: ['text'], reason: '番号' })).toBe('keeping.notFound');
  await both({ room: board, thing: { noun: comment.noun, id: below, under: planned } }, 'text');
  await both(at, 'text');
  await both(at, 'answers');
  expect(now<Post>(post.noun, planned)).toMatchObject({ title: '', body: [], category: 'c1', rev: 2, must, answers: { [box.cast.taro.person]: [0, expect.any(Number)] }, redacted: [mark('text'), mark('answers')] });
  expect(now(plannedPost.noun, planned)).toMatchObject({ title: '', body: [], over: 'posted', redacted: [mark('text')] });
  expect(now(comment.noun, below)).toMatchObject({ text: '', by: box.cast.taro.person, redacted: [mark('text')] });
  await gone([taro, hanako]);
  // What was taken back still lies in the record, and goes out of it as well.
  const back = await box.does('hanako', postNow, content);
  await box.does('hanako', withdrawPost, { board, post: back, reason: secret });
  expect(await inTables(box.stair.pool, secret)).toContain('event_body.json');
  await both({ room: board, thing: { noun: post.noun, id: back } }, 'text');
  await gone([]);
});

it('K16 of a request who comes goes with their telephones, apart from what was written and from reasons; lines, numbers and steps stay', async () => {
  const [taro, hanako] = [box.device('taro'), box.device('hanako')];
  const room = box.groupC;
  const asked = await box.does('taro', send, { room, incident: flood, lines: [{ duty: 'shelter', count: 12 }], details: { damage: says, receiver: { name: '山本', phone: secret } } });
  await box.does('taro', revise, { room, request: asked, sees: 1, lines: [{ id: 1, duty: 'shelter', count: 10 }], details: { damage: '野村で浸水' } });
  await box.does('aoi', commit, { room, request: asked, parts: [{ line: 1, wave: 1, count: 6, sees: 0 }], leader: '村上 剛', leaderPhone: secret, note: says, staff: [{ name: '青木', phone: secret }] });
  await box.does('ken', decline, { room, request: asked, parts: [{ line: 1, wave: 1, sees: 0 }], reason: 'other', text: says });
  const at: At = { room, thing: { noun: request.noun, id: asked } };
  const stood = sumsOf(now<DispatchRequest>(request.noun, asked)).total;
  await until(async () => Object.keys((await hanako.end.replica.get<DispatchRequest>(request.noun, asked))?.answers ?? {}).length === 2, 'Hanako to have both answers');
  await search.catchUp();
  await both(at, 'people');
  expect(now<DispatchRequest>(request.noun, asked)).toMatchObject({ details: { damage: '野村で浸水' } });
  expect(JSON.stringify(now<DispatchRequest>(request.noun, asked))).not.toContain('村上');
  await both(at, 'text');
  await both(at, 'reasons');
  const left = now<DispatchRequest>(request.noun, asked);
  expect(left).toMatchObject({ rev: 2, lines: [{ id: 1, count: 10 }], details: {}, redacted: [mark('people'), mark('text', 'files'), mark('reasons')] });
  expect(sumsOf(left).total).toEqual(stood);
  // Why it could not be is chosen from a list, and stays.
  expect(Object.values(left.answers).map(({ declined }) => declined)).toEqual([undefined, { reason: 'other' }]);
  expect(left.revisions[1]!.changes).toEqual([{ line: 1, field: 'count', from: 12, to: 10 }]);
  // It goes on as before.
  await box.does('taro', cancel, { room, request: asked, reason: '足りました' });
  await gone([taro, hanako]);
});

it('K16 what was noted of calls goes from the card, and words of one thing never with those of another', async () => {
  const [taro, ken] = [box.device('taro'), box.device('ken')];
  const room = box.groupC;
  const urgent = await box.does('hanako', say, { room, text: '状況を知らせてください', urgency: 'urgent' });
  await box.does('ken', answer, { room, message: urgent, answer: 'agreed', word: '了解です' });
  const card = cardIdOf(urgent, box.cast.taro.person);
  await box.does('aoi', takeCard, { room, noun: 'message', thing: urgent, whom: box.cast.taro.person });
  await box.does('aoi', ring, { room, card, result: 'message', word: `奥さまの${secret}へ` });
  await until(async () => (await ken.end.replica.get<PhoneCard>(phoneCard.noun, card))?.calls.length === 1, 'Ken to have the call');
  // The words of the message and of its answers go, and the call keeps its note.
  const asked = await box.does('hanako', proposeRedaction, { room, message: urgent, parts: ['text'], reason: '個人の電話番号のため' });
  expect(await asks(jiro, approveRedaction, { redaction: asked, room, message: urgent })).toBe('ok');
  expect(await inTables(box.stair.pool, '了解です')).toEqual([]);
  expect(now<PhoneCard>(phoneCard.noun, card).calls[0]).toMatchObject({ word: `奥さまの${secret}へ` });
  await box.restart();
  expect(await disagreements(box.stair.house, box.stair.pool, [box.stair], [])).toEqual([]);
  await both({ room, thing: { noun: phoneCard.noun, id: card } }, 'text');
  expect(now<PhoneCard>(phoneCard.noun, card)).toMatchObject({ calls: [{ by: box.cast.aoi.person, result: 'message' }], redacted: [mark('text')] });
  expect(await inTables(box.stair.pool, secret)).toEqual([]);
  await gone([taro, ken]);
  expect(box.stair.memory.streams.has(roomStream(room))).toBe(true);
});

it('K16 of an appointment the words go, earlier ones and those of single times too; when it is, who comes and what was answered stay', async () => {
  const [taro, hanako] = [box.device('taro'), box.device('hanako')];
  const calendar = fresh();
  await box.does('hanako', openCalendar, { id: calendar, name: '危機管理課', mark: 2, readers: { orgs: [box.orgs.seiyo], people: [] }, writers: { orgs: [box.orgs.ehime], people: [] } });
  const base = { calendar, start: '2026-12-04T09:30', end: '2026-12-04T10:30' };
  const one = await box.does('hanako', putAppointment, { ...base, title: says, place: secret, note: says, repeat: 'FREQ=WEEKLY;COUNT=5', orgs: [box.orgs.seiyo] });
  await box.does('hanako', amendAppointment, { ...base, appointment: one, sees: 1, title: '面談', note: `${secret}へ`, repeat: 'FREQ=WEEKLY;COUNT=5', orgs: [box.orgs.seiyo] });
  const odd = { on: '2026-12-11T09:30', start: '2026-12-11T11:00', end: '2026-12-11T12:00' };
  await box.does('hanako', amendOne, { calendar, appointment: one, sees: 2, ...odd, title: says });
  await box.does('taro', answerAppointment, { calendar, appointment: one, answer: 'yes' });
  const hidden = await box.does('hanako', putAppointment, { ...base, title: says, private: true });
  // From a file: what is otherwise in it is told with its words, and goes with them.
  await box.does('hanako', importAppointments, { calendar, appointments: [{ uid: 'x@y', start: base.start, end: base.end, title: '定例', repeat: 'FREQ=WEEKLY;COUNT=5', otherwise: [{ ...odd, title: says }] }] });
  const filed = box.stair.memory.of(roomStream(calendar), appointment.noun).find(({ value }) => (value as Appointment).uid === 'x@y')!.id;
  await until(async () => (await taro.end.replica.all(appointment.noun)).length === 3, 'Taro to have them');
  await search.catchUp();
  for (const id of [one, filed]) await both({ room: calendar, thing: { noun: appointment.noun, id } }, 'text');
  await both({ room: deskOf(calendar), thing: { noun: privateWords.noun, id: hidden } }, 'text');
  expect(now<Appointment>(appointment.noun, one)).toMatchObject({ title: '', start: base.start, orgs: [box.orgs.seiyo], otherwise: [{ ...odd, title: '' }], answers: { [box.cast.taro.person]: ['yes', expect.any(Number)] }, redacted: [mark('text')] });
  expect(now<Appointment>(appointment.noun, one).note).toBeUndefined();
  expect(now<Appointment>(appointment.noun, filed)).toMatchObject({ title: '', repeat: 'FREQ=WEEKLY;COUNT=5', redacted: [mark('text')] });
  expect(now(privateWords.noun, hidden)).toMatchObject({ title: '', redacted: [mark('text')] });
  // It goes on as before, under another name.
  await box.does('hanako', amendAppointment, { ...base, appointment: one, sees: 3, title: '打合せ', repeat: 'FREQ=WEEKLY;COUNT=5', orgs: [box.orgs.seiyo] });
  expect(now<Appointment>(appointment.noun, one)).toMatchObject({ title: '打合せ', redacted: [mark('text')] });
  await gone([taro, hanako]);
});

it('K17 what was said of a disaster is due with it in whatever room, is told by kind, and goes when two agreed; a hold keeps all of it', async () => {
  const year = 366 * 86_400_000;
  const board = fresh();
  await box.does('system', giveRole, { id: box.cast.ken.person, role: 'administrator' });
  const ken: Actor = { ...box.cast.ken, role: 'administrator' };
  await box.does('hanako', openBoard, { id: board, name: '県からのお知らせ', short: '掲示', categories: [{ id: 'c1', name: 'お知らせ' }], readers: { orgs: [box.orgs.seiyo, ken.org], people: [] }, writers: { orgs: [box.orgs.ehime], people: [] } });
  const content = { board, title: says, category: 'c1', body: readBody(says), comments: true };
  const planned = await box.does('hanako', planPost, { ...content, incident: flood, due: box.clock.now() + 60_000 });
  box.clock.pass(61_000);
  await box.stair.clock.look();
  const below = await box.does('taro', commentOn, { board, post: planned, text: says });
  const peace = await box.does('hanako', postNow, { ...content, title: '平時の掲示' });
  const on = box.clock.now();
  const lines: Id[] = [];
  for (let i = 0; i < 23; i++) lines.push(await box.does('taro', enter, { incident: flood, kind: 'report', on, content: `${says} ${i}`, channel: 'phone' }));
  const order = await box.does('hanako', enter, { incident: flood, kind: 'order', on, content: '名簿をつくる', channel: 'phone', order: { owner: box.orgs.seiyo } });
  await box.does('taro', move, { incident: flood, entry: order, state: 'begun', sees: 0, word: says });
  const town = box.orgs.seiyo;
  await box.does('taro', report, { incident: flood, town, kind: 'short', form: 1, sees: 0, asOf: on, told: [{ key: 'dead', n: 1, confirmed: true, asOf: on }], words: [{ key: 'overview', text: says }] });
  const asked = await box.does('taro', send, { room: box.groupC, incident: flood, lines: [{ duty: 'shelter', count: 12 }], details: { damage: says } });
  const due = async (): Promise<readonly { room?: Id; incident?: Id; count: number; held: boolean; kinds: Record<string, number> }[]> => ((await answerKeptBy(await dueApart())({ actor: box.cast.hanako, sight: box.stair.memory.sight(box.cast.hanako.person), stair: box.stair } as never)) as { due: never[] }).due;
  await box.does('hanako', setTerm, { incident: flood, years: 5 });
  await box.does('hanako', closeIncident, { incident: flood, seen: 1 });
  box.clock.pass(4 * year);
  expect(await due()).toEqual([]);
  expect(await asks('hanako', askDisposal, { incident: flood })).toBe('keeping.notDue');
  box.clock.pass(3 * year);
  const byRoom = new Map((await due()).map((one) => [one.room, one]));
  expect(byRoom.get(undefined)).toMatchObject({ incident: flood, count: 26, held: false, kinds: { chronicleEntry: 24, instruction: 1, damageSheet: 1 } });
  expect(byRoom.get(board)).toMatchObject({ incident: flood, count: 2, kinds: { boardPost: 1, boardComment: 1 } });
  expect(byRoom.get(box.groupC)).toMatchObject({ incident: flood, kinds: { request: 1 } });
  expect(await asks('hanako', askDisposal, {})).toBe('keeping.noTarget');

  const following = followKeeping(box.stair, undefined, (error) => { throw error; }, dueApart);
  const goes = async (room?: Id): Promise<Id> => {
    const id = await box.does('hanako', askDisposal, { ...(room === undefined ? {} : { room }), incident: flood });
    const at = { disposal: id, ...(room === undefined ? {} : { room }), incident: flood, agree: true };
    expect(await asks('hanako', decideDisposal, at)).toBe('keeping.ownProposal');
    expect(await asks(ken, decideDisposal, at)).toBe('ok');
    await until(() => now<{ state: string }>(disposal.noun, id).state === 'done', 'it to be done');
    return id;
  };
  // A hold on the disaster keeps what stands in no room too.
  const held = await box.does('hanako', putHold, { incident: flood, reason: '訴訟のため' });
  expect((await due()).map((one) => one.held)).toEqual([true, true, true]);
  expect(await asks('hanako', askDisposal, { incident: flood })).toBe('keeping.held');
  expect([await asks('hanako', liftHold, { hold: held }), await asks(ken, liftHold, { hold: held })]).toEqual(['ok', 'ok']);
  const gone1 = await goes();
  for (const id of lines) expect(now<Entry>(entry.noun, id)).toMatchObject({ content: '', redacted: [{ disposal: gone1, reason: '5', by: [box.cast.hanako.person, ken.person] }] });
  expect(now<Entry>(entry.noun, lines[22]!).no).toBe(23);
  expect(now<DamageSheet>(damageSheet.noun, sheetId(flood, town)).reports[0]).toMatchObject({ words: [], told: [{ n: 1 }] });
  await goes(board);
  expect(now(comment.noun, below)).toMatchObject({ text: '' });
  expect([now<Post>(post.noun, planned).title, now<Post>(post.noun, peace).title]).toEqual(['', '平時の掲示']);
  expect(now(plannedPost.noun, planned)).toMatchObject({ title: '' });
  await goes(box.groupC);
  expect(now<DispatchRequest>(request.noun, asked)).toMatchObject({ details: {}, lines: [{ count: 12 }] });
  await following.idle();
  expect(await due()).toEqual([]);
  // What was said in peace has no term, and stays.
  const { rows } = await box.stair.pool.query<{ stream: string }>(`select s.key as stream from event_body b join stream s on s.workspace = 1 and s.no = b.stream where b.json::text like '%' || $1 || '%'`, [secret]);
  expect(rows).toEqual([{ stream: roomStream(board) }]);
  await box.restart();
  expect(await disagreements(box.stair.house, box.stair.pool, [box.stair], [])).toEqual([]);
});

it('K18 in a direct talk one of the two asks, and an administrator agrees on the reason alone; of anything else they learn nothing', async () => {
  const [direct, room] = [fresh(), fresh()];
  await box.does('aoi', openRoom, { id: direct, kind: 'direct', name: '二人', short: '二', orgs: [], people: [box.cast.ken.person] });
  const inside = await box.does('aoi', say, { room: direct, text: says });
  const other = await box.does('ken', say, { room: direct, text: '内々の話' });
  const at = { room: direct, message: inside };
  const told = async (who: Actor) => ((await answerRedactions({ actor: who, sight: box.stair.memory.sight(who.person), stair: box.stair } as never)) as { redactions: { id: Id }[] }).redactions;
  const what = { ...at, parts: ['text' as const], reason: '個人の電話番号のため' };
  // Not by who is not in it, an administrator or not; nor in a room of more by who is no administrator.
  expect([await asks('taro', proposeRedaction, what), await asks('hanako', proposeRedaction, what)]).toEqual(['keeping.notAllowed', 'keeping.notFound']);
  const group = await box.does('taro', say, { room: box.groupC, text: '別の話' });
  expect(await asks('taro', proposeRedaction, { ...what, room: box.groupC, message: group })).toBe('keeping.notAllowed');
  const asked = await box.does('ken', proposeRedaction, what);
  // Hanako is told the day, by whom and why: no word.
  const [one] = await told(box.cast.hanako);
  expect(one).toMatchObject({ id: asked, reason: '個人の電話番号のため', unseen: { by: box.cast.aoi.person, direct: true } });
  expect(JSON.stringify(one)).not.toContain(secret);
  // With this asking nothing else is reached, there or not there; nor is it agreed to by one of the two.
  for (const message of [other, fresh()]) expect(await asks('hanako', approveRedaction, { redaction: asked, room: direct, message })).toBe('keeping.notFound');
  expect(await asks('hanako', approveRedaction, { redaction: asked, room: fresh(), message: inside })).toBe('keeping.notFound');
  expect(await asks('hanako', approveRedaction, { redaction: fresh(), ...at })).toBe('keeping.notFound');
  expect([await asks('aoi', approveRedaction, { redaction: asked, ...at }), await asks('ken', approveRedaction, { redaction: asked, ...at })]).toEqual(['keeping.notAllowed', 'keeping.notAllowed']);
  expect(await asks('aoi', declineRedaction, { redaction: asked, ...at })).toBe('keeping.notAllowed');
  expect(await asks('hanako', approveRedaction, { redaction: asked, ...at })).toBe('ok');
  expect(await inTables(box.stair.pool, secret)).toEqual([]);
  expect(now<Message>(message.noun, inside)).toMatchObject({ redacted: [{ parts: ['text'], by: [box.cast.ken.person, box.cast.hanako.person] }] });
  expect(now<Message>(message.noun, inside).text).toBeUndefined();
  expect(now<Message>(message.noun, other).text).toBe('内々の話');
  expect(await told(box.cast.hanako)).toEqual([]);
  // Whoever asked takes it back.
  const again = await box.does('ken', proposeRedaction, { ...what, message: other });
  expect(await asks('ken', declineRedaction, { redaction: again, room: direct, message: other })).toBe('ok');
  // Where two administrators sit, they decide: a third who does not see the room is told nothing.
  await box.does('hanako', openRoom, { id: room, kind: 'purpose', name: '県の会議', short: '会議', orgs: [], people: [jiro.person] });
  const theirs = await box.does('hanako', say, { room, text: says });
  const third = await box.does('hanako', proposeRedaction, { ...what, room, message: theirs });
  await box.does('system', giveRole, { id: box.cast.ken.person, role: 'administrator' });
  const ken: Actor = { ...box.cast.ken, role: 'administrator' };
  expect((await told(ken)).map(({ id }) => id)).not.toContain(third);
  expect(await asks(ken, approveRedaction, { redaction: third, room, message: theirs })).toBe('keeping.notFound');
  expect(await asks(jiro, approveRedaction, { redaction: third, room, message: theirs })).toBe('ok');
});
