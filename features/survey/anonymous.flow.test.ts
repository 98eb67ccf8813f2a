import { addPerson } from '@noroshi/features/directory';
import { closeIncident, incident, type Incident } from '@noroshi/features/incident';
import { askDisposal, decideDisposal, kept, setTerm } from '@noroshi/features/keeping';
import { followKeeping } from '@noroshi/features/keeping/server';
import { answer, answerByLink, answerSurvey, ask, castBallot, close, hexOf, hide, makeLink, placeOf, placeStream, sheet, signBallot, takeBallot, unhide, wantBox, type Sheet, type Sha256, type Values } from '@noroshi/features/survey';
import { boxesGo, surveyKeepers } from '@noroshi/features/survey/server';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { newId, refused, type Actor, type Id, type Refusal } from '@noroshi/foundations/kernel';
import type { Doc } from '@noroshi/foundations/sync';
import { isRefusal } from '@noroshi/foundations/sync/server';
import { until } from '@noroshi/foundations/testing';
import type { ask as asks } from '@noroshi/foundations/web';
import { hotline, type Hotline } from '@noroshi/e2e/box';
import { createHash, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dueApart } from '../../apps/server/features.ts';
import type { Sums } from './ballot.ts';
import { putIn } from './server/box.store.ts';
import { castAnswer, readBallot } from './web/cast.ts';
import { surveyOwes } from './web/owes.ts';

const fresh = (): Id => newId(Date.now(), randomBytes(10));
const sha256: Sha256 = async (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest());
const questions = [{ id: 'how', kind: 'scale' as const, title: '役に立ったか', max: 5, required: 1 as const }, { id: 'word', kind: 'text' as const, title: 'ひとこと' }];

let box: Hotline;
let keepers: Map<string, (visit: never, input: never) => Promise<unknown>>;
beforeEach(async () => {
  box = await hotline();
  keepers = new Map(surveyKeepers(box.stair)) as typeof keepers;
});
afterEach(() => box.close());

/** What a door answers whoever stands there; `undefined` brings no session. */
const door = async <T>(name: string, actor: Actor | undefined, input: object, address = '10.0.0.1'): Promise<T | Refusal> => keepers.get(name)!({ actor, address } as never, input as never) as Promise<T | Refusal>;
const asksAs = (actor: Actor): typeof asks => (async (of: { door: string }, input: object, { nameless = false } = {}) => {
  const value = await door<never>(of.door, nameless ? undefined : actor, input);
  return isRefusal(value) ? value : { ok: true, value };
}) as typeof asks;
const sheetOf = (survey: Id, org: Id): Sheet => (box.stair.memory.of(placeStream(org), sheet.noun) as Doc<Sheet>[]).find(({ value }) => value.survey === survey)!.value;
const person = async (org: Id): Promise<Actor> => {
  const id = fresh();
  await box.does('system', addPerson, { id, org, role: 'member', name: '職員', kana: '', phones: [] });
  return { person: id, org, role: 'member' };
};
const people = (org: Id, n: number): Promise<Actor[]> => Promise.all(Array.from({ length: n }, () => person(org)));
const hour = 3_600_000;
const inAnHour = (): number => box.clock.now() + hour;
/** The deadline comes, and `more` after it. */
const deadline = async (more = 0): Promise<void> => {
  box.clock.pass(hour + more);
  await box.stair.clock.look();
};
const refusedTo = async (who: Actor, name: string, input: object): Promise<string | undefined> => {
  const told = await box.stair.submit(who, { id: fresh(), name, input });
  return told.ok ? undefined : told.code;
};
/** Answers as a device does, for people of whom there is none here. */
async function answers(who: Actor, of: Sheet, values: Values): Promise<string | undefined> {
  const on = { place: placeOf(of.org), sheet: of.id };
  await door(wantBox.door, who, on);
  const key = sheetOf(of.survey, of.org).key!;
  const token = hexOf(randomBytes(32));
  const { blinded, factor } = (await hide(key, of.id, token, hexOf(randomBytes(256)), sha256))!;
  const taken = await refusedTo(who, takeBallot.deed, { ...on, blinded });
  if (taken) return taken;
  const { signed } = (await door<{ signed: string }>(signBallot.door, who, on)) as { signed: string };
  const told = await door(castBallot.door, undefined, { sheet: of.id, token, signature: unhide(key, signed, factor), values });
  return isRefusal(told) ? told.code : undefined;
}
const sums = async (who: Actor, survey: Id): Promise<Sums | Refusal> => {
  const told = await box.stair.ask(who, 'survey.sums', { survey });
  return told.ok ? (told.value as Sums) : told;
};
/** In how many rows of the whole database some words stand, as words or as bytes. */
async function rowsWith(words: string): Promise<Record<string, number>> {
  const { rows: tables } = await box.stair.pool.query<{ name: string }>(`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`);
  const found: Record<string, number> = {};
  for (const { name } of tables) {
    const { rows: [row] } = await box.stair.pool.query<{ n: number }>(`select count(*)::int as n from "${name}" t where position($1 in t::text) > 0 or position($2 in t::text) > 0`, [words, Buffer.from(words).toString('hex')]);
    if (row!.n > 0) found[name] = row!.n;
  }
  return found;
}

it('V29 V30 what someone answers anonymously lies in one row of one table without a name or a time, and nowhere else; that they answered is an event', async () => {
  await people(box.orgs.seiyo, 9);
  const survey = await box.does('hanako', ask, { kind: 'form', orgs: [box.orgs.seiyo], title: 'ふりかえり', questions, anonymous: 1, due: inAnHour() });
  const taro = box.device('taro');
  await until(async () => (await taro.end.replica.all(sheet.noun)).length === 1, 'Taro to be asked');
  const of = sheetOf(survey, box.orgs.seiyo);
  const secret = 'だれにも言えないこと';
  expect(await castAnswer(taro.end, { sheet: of, place: placeOf(of.org) }, { how: 2, word: secret }, asksAs(box.cast.taro))).toBeUndefined();
  expect(sheetOf(survey, of.org).answered).toHaveProperty(box.cast.taro.person);
  const mine = (await readBallot(taro.end, of.id))!;
  const ballot = createHash('sha256').update(mine.token!).digest('hex');
  expect([await rowsWith(secret), await rowsWith(mine.token!), await rowsWith(mine.signature!), await rowsWith(ballot)]).toEqual([{ survey_box: 1 }, {}, {}, { survey_box: 1 }]);
  const { rows: [row] } = await box.stair.pool.query<{ ballots: object; columns: string }>('select ballots, row_to_json(b)::text as columns from survey_box b');
  expect(row!.ballots).toEqual({ [ballot]: { how: 2, word: secret } });
  expect(row!.columns).not.toContain(box.cast.taro.person);
  expect(Object.keys(JSON.parse(row!.columns) as object)).toEqual(['workspace', 'sheet', 'key', 'ballots']);
  // On no device lies what was answered: not on his own either.
  expect(await taro.end.replica.all(answer.noun)).toEqual([]);
  expect(JSON.stringify(await taro.end.replica.outbox.draft.toArray())).not.toContain(secret);
  // The next answer of the same ballot takes its place.
  expect(await castAnswer(taro.end, { sheet: of, place: placeOf(of.org) }, { how: 5 }, asksAs(box.cast.taro))).toBeUndefined();
  expect(await rowsWith(secret)).toEqual({});
  await box.everyoneAgrees();
  // As long as it is asked the device can change it; afterwards it knows that it answered, and nothing by which its answer is found.
  const { draft } = taro.end.replica.outbox;
  await draft.put({ place: `survey/${of.id}/${box.cast.taro.person}`, text: JSON.stringify({ values: { word: secret } }), at: 0 });
  await surveyOwes(taro.end);
  expect(await draft.count()).toBe(2);
  await deadline();
  await until(async () => (await taro.end.replica.get<Sheet>(sheet.noun, of.id))?.closed !== undefined, 'the end to be heard');
  await surveyOwes(taro.end);
  expect((await draft.toArray()).map(({ place, text }) => [place, text])).toEqual([[`survey/ballot/${of.id}`, '{"cast":true}']]);
});

it('V29 one ballot for each who is asked, none for anybody else; what was cut off goes on; another device cannot vote a second time', async () => {
  await people(box.orgs.seiyo, 8);
  const survey = await box.does('hanako', ask, { kind: 'form', orgs: [box.orgs.seiyo, box.orgs.saijo], title: 'ふりかえり', questions, anonymous: 1, due: inAnHour() });
  const of = sheetOf(survey, box.orgs.seiyo);
  const on = { place: placeOf(of.org), sheet: of.id };
  const { taro, aoi, hanako, mika } = box.cast;
  // Who may not see it is told that there is none, at each door.
  for (const who of [aoi, mika]) expect([await door(wantBox.door, who, on), await door(signBallot.door, who, on), await refusedTo(who, takeBallot.deed, { ...on, blinded: '0'.repeat(512) })]).toEqual([refused('survey.notFound'), refused('survey.notFound'), 'stream.notFound']);
  expect(await answers(hanako, of, { how: 1 })).toBe('survey.notAsked');
  // Nothing is answered under a name, for oneself or for another.
  expect([await refusedTo(taro, answerSurvey.deed, { ...on, values: { how: 1 } }), await refusedTo(hanako, answerSurvey.deed, { ...on, person: taro.person, values: { how: 1 } })]).toEqual(['survey.isAnonymous', 'survey.isAnonymous']);
  // The line is cut after the ballot was taken: the same device goes on, and it is the same ballot.
  const first = box.device('taro');
  await until(async () => (await first.end.replica.all(sheet.noun)).length === 1, 'Taro to be asked');
  const cut: typeof asks = (async (what: { door: string }, input: object, more: object) => (what.door === castBallot.door ? refused('line.away') : asksAs(taro)(what as never, input as never, more))) as typeof asks;
  expect(await castAnswer(first.end, { sheet: of, place: on.place }, { how: 3 }, cut)).toMatchObject({ code: 'line.away' });
  expect(await castAnswer(first.end, { sheet: of, place: on.place }, { how: 3 }, asksAs(taro))).toBeUndefined();
  const second = box.device('taro');
  await until(async () => (await second.end.replica.all(sheet.noun)).length === 1, 'the second device to have it');
  expect(await castAnswer(second.end, { sheet: of, place: on.place }, { how: 5 }, asksAs(taro))).toMatchObject({ code: 'survey.ballotElsewhere' });
  // A ballot of one box is none in another, an invented one none at all, and what does not fit the form is told by its place.
  const mine = (await readBallot(first.end, of.id))!;
  const casts = (more: object) => door(castBallot.door, undefined, { sheet: of.id, token: mine.token, signature: mine.signature, values: { how: 3 }, ...more });
  await door(wantBox.door, aoi, { place: placeOf(box.orgs.saijo), sheet: sheetOf(survey, box.orgs.saijo).id });
  expect([await casts({ sheet: sheetOf(survey, box.orgs.saijo).id }), await casts({ token: '0'.repeat(64) }), await casts({ sheet: fresh() }), await casts({ values: { how: 9 } })].map((told) => isRefusal(told) && told.code)).toEqual(['survey.ballotWrong', 'survey.ballotWrong', 'survey.ballotWrong', 'survey.answerUnfit']);
  await box.does('hanako', close, on);
  expect(await casts({})).toMatchObject({ code: 'survey.over' });
  expect((await box.stair.pool.query<{ n: number }>(`select count(*)::int as n from survey_box, jsonb_object_keys(ballots) where sheet = $1`, [of.id])).rows).toEqual([{ n: 1 }]);
});

it('V31 nothing is told before it is over everywhere; then each sees groups of at least five, and no two results can be taken from each other', async () => {
  const { hanako, taro, aoi, ken } = box.cast;
  const { seiyo, saijo, iyo } = box.orgs;
  const six = await people(seiyo, 5);
  const three = await people(saijo, 2);
  const survey = await box.does('hanako', ask, { kind: 'form', orgs: [seiyo, saijo, iyo], title: 'ふりかえり', questions, anonymous: 1, due: inAnHour() });
  const of = (org: Id): Sheet => sheetOf(survey, org);
  for (const [at, who] of [taro, ...six].entries()) expect(await answers(who, of(seiyo), { how: 1 + (at % 5), word: `西予 ${at}` })).toBeUndefined();
  for (const who of [aoi, ...three]) expect(await answers(who, of(saijo), { how: 5 })).toBeUndefined();
  expect(await answers(ken, of(iyo), { how: 4, word: '伊予' })).toBeUndefined();
  const open = { state: 'open', groups: [] };
  expect([await sums(hanako, survey), await sums(taro, survey)]).toEqual([open, open]);
  // A minute more: an answer that was on its way is in before anything is told.
  await deadline();
  expect(await sums(hanako, survey)).toEqual(open);
  expect(await putIn(box.stair.pool, of(seiyo).id, 'late', { how: 1 }, false)).toBe(true);
  await box.stair.pool.query(`update survey_box set ballots = ballots - 'late'`);
  box.clock.pass(60_000);
  // Three and one are four: Seiyo, the smallest of the others, joins them. There is nothing that Seiyo's own six could be taken from.
  const all = (await sums(hanako, survey)) as Sums;
  expect(all.groups.map(({ orgs, n }) => [orgs.toSorted(), n])).toEqual([[[seiyo, saijo, iyo].toSorted(), 10]]);
  expect(all.groups[0]!.questions[0]).toEqual({ id: 'how', answered: 10, options: { s1: 2, s2: 1, s3: 1, s4: 2, s5: 4 } });
  expect(all.groups[0]!.questions[1]!.words).toEqual(['伊予', '西予 0', '西予 1', '西予 2', '西予 3', '西予 4', '西予 5']);
  expect([await sums(taro, survey), await sums(aoi, survey), await sums(ken, survey)]).toEqual(Array.from({ length: 3 }, () => ({ state: 'few', groups: [] })));
  expect([await sums(box.cast.mika, survey), await sums(taro, fresh())].map((told) => isRefusal(told) && told.code)).toEqual(['survey.notFound', 'survey.notFound']);
  // What was told stays: nothing more goes into a box, and what signed for it is gone.
  expect(await putIn(box.stair.pool, of(seiyo).id, 'late', { how: 1 }, false)).toBe(false);
  expect((await box.stair.pool.query('select distinct length(key) as length from survey_box')).rows).toEqual([{ length: 0 }]);
  expect(await sums(hanako, survey)).toEqual(all);
});

it('V31 whoever asks chooses neither the few among whom one person answers, nor the moment at which just they have', async () => {
  const { hanako, taro } = box.cast;
  const { seiyo } = box.orgs;
  const nine = await people(seiyo, 8);
  const form = { kind: 'form' as const, orgs: [seiyo], title: 'ふりかえり', questions, anonymous: 1 as const };
  expect(await refusedTo(hanako, ask.deed, { ...form, due: inAnHour() })).toBe('survey.anonymousOfFew');
  await people(seiyo, 1);
  expect([await refusedTo(hanako, ask.deed, form), await refusedTo(hanako, ask.deed, { ...form, due: inAnHour(), room: box.groupC })]).toEqual(['survey.anonymousNeedsDue', 'survey.anonymousOfTalk']);
  const survey = await box.does('hanako', ask, { ...form, due: inAnHour() });
  const of = sheetOf(survey, seiyo);
  const on = { place: placeOf(seiyo), sheet: of.id };
  for (const who of [taro, ...nine.slice(0, 4)]) expect(await answers(who, of, { how: 1 })).toBeUndefined();
  // A manager does not end it for all; whoever asked does, and has nothing of it, now or later.
  expect(await refusedTo({ ...nine[5]!, role: 'manager' }, close.deed, on)).toBe('survey.notAllowed');
  await box.does('hanako', close, on);
  const stopped = { state: 'stopped', groups: [] };
  expect([await sums(hanako, survey), await sums(taro, survey)]).toEqual([stopped, stopped]);
  await deadline(120_000);
  expect(await sums(hanako, survey)).toEqual(stopped);
});

it('V29 one ballot is put in ten times in ten minutes, and no more: each time writes the whole box', async () => {
  const { taro } = box.cast;
  await people(box.orgs.seiyo, 9);
  const survey = await box.does('hanako', ask, { kind: 'form', orgs: [box.orgs.seiyo], title: 'ふりかえり', questions, anonymous: 1, due: inAnHour() });
  const of = sheetOf(survey, box.orgs.seiyo);
  const device = box.device('taro');
  await until(async () => (await device.end.replica.all(sheet.noun)).length === 1, 'Taro to be asked');
  const cast = async (how: number) => (await castAnswer(device.end, { sheet: of, place: placeOf(of.org) }, { how }, asksAs(taro)))?.code;
  for (let at = 0; at < 10; at += 1) expect(await cast(1 + (at % 5))).toBeUndefined();
  expect(await cast(4)).toBe('line.slowDown');
  box.clock.pass(60_000);
  expect(await cast(4)).toBeUndefined();
});

it('V30 a minute after it is over what signs its ballots is gone, whether anybody looks or not; also where the server stood meanwhile', async () => {
  const { seiyo, saijo } = box.orgs;
  await people(seiyo, 9);
  const survey = await box.does('hanako', ask, { kind: 'form', orgs: [seiyo, saijo], title: 'ふりかえり', questions, anonymous: 1, due: inAnHour() });
  const [of, other] = [sheetOf(survey, seiyo), sheetOf(survey, saijo)];
  const reports: unknown[] = [];
  const begins = () => followKeeping(box.stair, undefined, (error) => void reports.push(error), dueApart, [boxesGo(box.stair)]);
  const keys = async (): Promise<number[]> => (await box.stair.pool.query<{ length: number }>('select length(key) as length from survey_box where sheet = any($1) order by sheet = $2 desc', [[of.id, other.id], of.id])).rows.map(({ length }) => length);
  expect(await answers(box.cast.taro, of, { how: 4, word: '残る言葉' })).toBeUndefined();
  await begins().idle();
  expect((await keys())[0]).toBeGreaterThan(1_000);
  await deadline();
  expect(sheetOf(survey, seiyo)).toMatchObject({ closed: {} });
  expect((await keys())[0]).toBeGreaterThan(1_000);
  box.clock.pass(60_000);
  await box.stair.clock.look();
  await until(async () => (await keys()).every((length) => length === 0) && (await keys()).length === 2, 'both to be sealed');
  expect(sheetOf(survey, seiyo)).toMatchObject({ sealed: true });
  expect([await putIn(box.stair.pool, of.id, 'late', { how: 1 }, false), await rowsWith('残る言葉')]).toEqual([false, { survey_box: 1 }]);
  // As it was left by a server that stopped in between.
  await box.stair.pool.query(`update survey_box set key = 'x'`);
  await begins().idle();
  expect([await keys(), reports]).toEqual([[0, 0], []]);
});

it('V36 when its term is over and two agree, what lies in the box is no more, and nothing is told of it; the mark stands with the question', async () => {
  const { seiyo, saijo } = box.orgs;
  const jiro: Actor = { person: fresh(), org: box.orgs.ehime, role: 'administrator' };
  await box.does('system', addPerson, { id: jiro.person, org: jiro.org, role: 'administrator', name: '二宮 次郎', kana: '', phones: [], post: { id: fresh(), title: '防災局 主幹', duty: 'headquarters', rank: 31 } });
  const nine = await people(seiyo, 9);
  const flood = await box.flood();
  const survey = await box.does('hanako', ask, { kind: 'form', orgs: [seiyo, saijo], title: 'ふりかえり', questions, anonymous: 1, due: inAnHour(), incident: flood });
  const of = sheetOf(survey, seiyo);
  for (const who of nine.slice(0, 5)) expect(await answers(who, of, { how: 4, word: '残らない言葉' })).toBeUndefined();
  // By a link somebody outside says something under the name of the link; it has the same term.
  const form = { kind: 'form' as const, orgs: [seiyo], title: '備蓄', questions, incident: flood };
  const named = sheetOf(await box.does('hanako', ask, form), seiyo);
  const on = { place: placeOf(seiyo), sheet: named.id, link: 'a'.repeat(64) };
  await box.does('hanako', makeLink, { ...on, label: '消防団' });
  await box.does('system', answerByLink, { ...on, values: { how: 3, word: '残らない言葉' } });
  await box.does('taro', answerSurvey, { place: placeOf(seiyo), sheet: named.id, values: { how: 2, word: '残らない言葉' } });
  await deadline(120_000);
  expect((await sums(box.cast.hanako, survey)) as Sums).toMatchObject({ state: 'shown', groups: [{ n: 5 }] });

  const reports: unknown[] = [];
  const following = followKeeping(box.stair, undefined, (error) => void reports.push(error), dueApart, [boxesGo(box.stair)]);
  await box.does('hanako', setTerm, { incident: flood, years: 5 });
  await box.does('hanako', closeIncident, { incident: flood, seen: (box.stair.memory.get(incident.noun, flood)!.value as Incident).revision });
  box.clock.pass(7 * 366 * 86_400_000);
  const told = await box.stair.ask(box.cast.hanako, kept.question, {});
  const due = (told.ok ? (told.value as { due: { room?: Id; incident?: Id; kinds: Record<string, number> }[] }).due : []).find(({ room }) => room === placeOf(seiyo));
  expect(due).toMatchObject({ incident: flood, kinds: { survey: 1, surveyAnswer: 1, surveyOutside: 1 } });
  for (const noun of Object.keys(due!.kinds)) expect([japanese, english].map((words) => `keeping.thing.${noun}` in words)).toEqual([true, true]);
  const disposing = { room: placeOf(seiyo), incident: flood };
  const asked = await box.does('hanako', askDisposal, disposing);
  expect(await rowsWith('残らない言葉')).toMatchObject({ survey_box: 1, event_body: expect.any(Number) });
  expect((await box.stair.submit(jiro, { id: fresh(), name: decideDisposal.deed, input: { disposal: asked, ...disposing, agree: true } })).ok).toBe(true);
  await until(async () => Object.keys(await rowsWith('残らない言葉')).length === 0, 'the words to be nowhere');
  await following.idle();
  expect(sheetOf(survey, seiyo)).toMatchObject({ redacted: [{ disposal: asked, reason: '5', by: [box.cast.hanako.person, jiro.person] }] });
  // Nor is anything told of what is left of it in other towns: taken from what was told before, it would be what has gone.
  expect(await sums(box.cast.hanako, survey)).toEqual({ state: 'gone', groups: [] });
  expect(reports).toEqual([]);
  await box.everyoneAgrees();
  // What a stop has left goes at the next start.
  await putBack('残らない言葉', of.id);
  await followKeeping(box.stair, undefined, (error) => void reports.push(error), dueApart, [boxesGo(box.stair)]).idle();
  expect([await rowsWith('残らない言葉'), reports]).toEqual([{}, []]);
});
const putBack = (word: string, of: Id): Promise<unknown> => box.stair.pool.query('update survey_box set ballots = jsonb_build_object($1::text, $2::jsonb) where sheet = $3', ['ballot', JSON.stringify({ word }), of]);
