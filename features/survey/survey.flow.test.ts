import { phoneCard, type PhoneCard } from '@noroshi/features/chase';
import { addPerson, handOver, post as desk } from '@noroshi/features/directory';
import { letIn } from '@noroshi/features/board';
import { closeIncident, incident, type Incident } from '@noroshi/features/incident';
import { answer, answerSurvey, ask, close, held as heldNoun, look, placeOf, placeStream, quick, quickAt, sheet, type Answer, type Held, type Sheet, type Values } from '@noroshi/features/survey';
import { closeRoom, renameRoom, say } from '@noroshi/features/talk';
import { newId, type Actor, type Id } from '@noroshi/foundations/kernel';
import type { Notice } from '@noroshi/foundations/notify';
import { hasRead, workspaceStream, type Doc } from '@noroshi/foundations/sync';
import { until, type Device } from '@noroshi/foundations/testing';
import { hotline, type CastName, type Hotline } from '@noroshi/e2e/box';
import { Chased } from '@noroshi/e2e/chased';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';

const minute = 60_000;
const fresh = (): Id => newId(Date.now(), randomBytes(10));

let box: Hotline;
let chase: Chased;
const happens = (): Promise<void> => chase.happens();
const passes = (minutes: number): Promise<void> => chase.passes(minutes);
beforeEach(async () => {
  box = await hotline();
  chase = await Chased.beside(box);
});
afterEach(() => chase.close());

const asks = (who: CastName, orgs: Id[], more: object = {}): Promise<Id> => box.does(who, ask, { kind: 'safety', orgs, title: '', ...more });
const held = <T>(d: Device, noun: string): Promise<T[]> => d.end.replica.all<T>(noun).then((docs) => docs.map(({ value }) => value));
const sheetOf = (survey: Id, org: Id): Sheet => (box.stair.memory.of(placeStream(org), sheet.noun) as Doc<Sheet>[]).find(({ value }) => value.survey === survey)!.value;
const refused = async (who: Actor, name: string, input: object): Promise<string | undefined> => {
  const told = await box.stair.submit(who, { id: fresh(), name, input });
  return told.ok ? undefined : told.code;
};
const says = (of: Sheet, values: Values = quick.can) => ({ place: placeOf(of.org), sheet: of.id, values });
const pushes = (who: CastName): Notice[] => chase.notices.filter(({ person }) => person === box.cast[who].person);

it('V2 V3 what someone answered is on the devices of their own organization and of headquarters, and on no other; who may not see it is answered as if there were none', async () => {
  const [hanako, taro, aoi, mika] = [box.device('hanako'), box.device('taro'), box.device('aoi'), box.device('mika')];
  const survey = await asks('hanako', [box.orgs.seiyo, box.orgs.saijo]);
  await until(async () => (await held<Sheet>(taro, sheet.noun)).length === 1 && (await held<Sheet>(hanako, sheet.noun)).length === 2, 'everyone to be asked');
  const of = sheetOf(survey, box.orgs.seiyo);
  await taro.end.send(answerSurvey, says(of, { state: 'light', come: 'h1', family: 'unknown' }));
  await until(async () => (await held<Answer>(hanako, answer.noun)).length === 1, 'Hanako to have the answer');
  expect((await held<Answer>(hanako, answer.noun))[0]).toMatchObject({ person: box.cast.taro.person, said: [{ values: { state: 'light', come: 'h1', family: 'unknown' } }] });
  await box.everyoneAgrees();
  // Aoi was asked the same in her own place, and holds nothing of Taro's; Mika holds nothing at all.
  expect([(await held<Sheet>(aoi, sheet.noun)).map(({ org }) => org), await held(aoi, answer.noun), await held(mika, sheet.noun)]).toEqual([[box.orgs.saijo], [], []]);
  // Who administers the house lets nobody in here either: it is a place of that kind, and no board.
  expect(await refused(box.cast.hanako, letIn.deed, { board: placeOf(box.orgs.seiyo), people: [box.cast.ken.person], writing: false })).toBe('board.notFound');
  expect(['aoi', 'ken', 'mika'].map((who) => box.stair.memory.maySee(box.cast[who as CastName].person, placeStream(box.orgs.seiyo)))).toEqual([undefined, undefined, undefined]);
  for (const who of [box.cast.aoi, box.cast.ken, box.cast.mika]) {
    expect([await refused(who, answerSurvey.deed, says(of)), await refused(who, answerSurvey.deed, { place: placeOf(fresh()), sheet: fresh(), values: {} }), await refused(who, close.deed, { place: placeOf(of.org), sheet: of.id })]).toEqual(['stream.notFound', 'stream.notFound', 'stream.notFound']);
  }
  // Nor does a sheet of elsewhere exist for who sits in another place.
  expect(await refused(box.cast.aoi, answerSurvey.deed, { ...says(of), place: placeOf(box.orgs.saijo) })).toBe('survey.notFound');
  // Nor does anybody close or rename it as a room.
  expect([await refused(box.cast.hanako, closeRoom.deed, { room: placeOf(box.orgs.seiyo) }), await refused(box.cast.hanako, renameRoom.deed, { room: placeOf(box.orgs.seiyo), name: '別名', short: '別' })]).toEqual(['talk.roomFixed', 'talk.roomFixed']);
  // Nobody talks there.
  expect(await refused(box.cast.taro, say.deed, { room: placeOf(box.orgs.seiyo), text: 'こんにちは' })).toBe('talk.roomNotFound');
});

it('V39 a device of headquarters has nothing of what others answer before its person looks; then all of it, live; and with the post the places go to who takes it over', async () => {
  const [colleague, next, post] = [fresh(), fresh(), fresh()];
  await box.does('system', addPerson, { id: colleague, org: box.orgs.ehime, role: 'member', name: '清家 誠', kana: '', phones: [], post: { id: post, title: '主任', duty: 'disaster', rank: 60 } });
  await box.does('system', addPerson, { id: next, org: box.orgs.ehime, role: 'member', name: '山下 学', kana: '', phones: [] });
  const makoto = box.deviceOf({ person: colleague, org: box.orgs.ehime, role: 'member' });
  const taro = box.device('taro');
  const survey = await asks('hanako', [box.orgs.seiyo, box.orgs.saijo]);
  await happens();
  const [places, of] = [[box.orgs.seiyo, box.orgs.saijo].map(placeStream), sheetOf(survey, box.orgs.seiyo)];
  // He is told what was asked and of whom, and has neither question nor answer.
  await until(async () => (await held<Held>(makoto, heldNoun.noun)).length === 1, 'headquarters to be told');
  expect(await held<Held>(makoto, heldNoun.noun)).toMatchObject([{ id: survey, kind: 'safety', orgs: [box.orgs.seiyo, box.orgs.saijo], by: box.cast.hanako.person }]);
  await until(async () => (await held<Sheet>(taro, sheet.noun)).length === 1, 'Taro to be asked');
  await taro.end.send(answerSurvey, says(of));
  await until(() => sheetOf(survey, box.orgs.seiyo).answered[box.cast.taro.person] !== undefined, 'the answer to be heard');
  expect([(await held(makoto, sheet.noun)).length, (await held(makoto, answer.noun)).length, await held(taro, heldNoun.noun)]).toEqual([0, 0, []]);
  expect(places.map((place) => box.stair.memory.maySee(colleague, place))).toEqual([undefined, undefined]);
  // He looks: what was answered is here, and what comes stands there at once.
  const looks = (orgs = [box.orgs.seiyo, box.orgs.saijo]) => makoto.end.send(look, { orgs });
  expect(await looks()).toMatchObject({ ok: true });
  await until(async () => (await held(makoto, sheet.noun)).length === 2 && (await held(makoto, answer.noun)).length === 1, 'what was answered to come');
  await box.does('aoi', answerSurvey, says(sheetOf(survey, box.orgs.saijo), quick.cannot));
  await until(async () => (await held(makoto, answer.noun)).length === 2, 'what is answered to come by itself');
  // Twice is once.
  const joined = () => box.stair.memory.member(placeStream(box.orgs.seiyo), colleague)!.stays.length;
  await looks();
  await until(async () => (await makoto.end.replica.outbox.item.count()) === 0, 'the second look to be decided');
  expect(joined()).toBe(1);
  // Nobody but the clock tells headquarters what was asked.
  expect(await refused(box.cast.hanako, 'survey.hold', {})).toBe('command.unknown');
  await box.does('system', handOver, { post, from: colleague, to: next });
  await happens();
  expect([colleague, next].map((who) => places.map((place) => box.stair.memory.maySee(who, place) !== undefined))).toEqual([[false, false], [true, true]]);
  await until(async () => (await held(makoto, answer.noun)).length === 0, 'his device to hold nothing of it any more');
  await box.everyoneAgrees();
});

it('V5 V7 everyone who is asked is told at once, with two answers by one press; the silent are reminded by the ladder up to the telephone, and who has answered is not', async () => {
  const survey = await asks('hanako', [box.orgs.seiyo, box.orgs.saijo]);
  await happens();
  expect([pushes('taro').length, pushes('aoi').length, pushes('hanako').length, pushes('ken').length]).toEqual([1, 1, 0, 0]);
  const [push] = pushes('taro');
  expect(push).toMatchObject({ channel: 'push', urgent: true, drill: false, path: `/survey/${survey}` });
  // One press on the notification is the whole answer.
  const act = push!.acts![0]!;
  expect(act.label).toBe('無事・参集できる');
  expect(await refused(box.cast.taro, act.deed, act.input as object)).toBeUndefined();
  await passes(3);
  await passes(2);
  await passes(5);
  expect([pushes('taro').length, pushes('aoi').map(({ channel }) => channel)]).toEqual([1, ['push', 'push', 'mail', 'sms']]);
  // Nobody of Saijo has read it: whoever of headquarters has is asked to ring.
  const stream = box.stair.memory.streams.get(placeStream(box.orgs.saijo))!;
  const { born } = box.stair.memory.get(sheet.noun, sheetOf(survey, box.orgs.saijo).id)!;
  const hanako = box.device('hanako');
  await until(async () => (await held<Sheet>(hanako, sheet.noun)).length === 2, 'Hanako to have it');
  await hanako.end.shown(placeStream(box.orgs.saijo), [[born, born]], true);
  await until(async () => {
    await box.stair.marks.flush();
    return hasRead((await box.stair.marks.of(stream.no)).get(box.stair.memory.member(placeStream(box.orgs.saijo), box.cast.hanako.person)!.no), born);
  }, 'Hanako to have read it');
  await passes(5);
  const cards = (): PhoneCard[] => (box.stair.memory.of(placeStream(box.orgs.saijo), phoneCard.noun) as Doc<PhoneCard>[]).map(({ value }) => value);
  expect(cards()).toMatchObject([{ whom: box.cast.aoi.person, caller: box.cast.hanako.person, noun: 'survey' }]);
  // Hanako rings, and enters what she heard.
  await box.does('hanako', answerSurvey, { ...says(sheetOf(survey, box.orgs.saijo), quick.cannot), person: box.cast.aoi.person });
  expect(box.stair.memory.get(answer.noun, `${sheetOf(survey, box.orgs.saijo).id}/${box.cast.aoi.person}`)!.value).toMatchObject({ said: [{ by: box.cast.hanako.person, values: quick.cannot }] });
  const before = chase.notices.length;
  await passes(60);
  expect(chase.notices.length).toBe(before);
});

it('V8 a drill is marked and gentle, and sends nothing outside; once it is over nobody is asked any more', async () => {
  await box.plans();
  const drill = await box.flood([box.orgs.seiyo], { drill: true, name: '総合訓練' });
  await asks('hanako', [box.orgs.seiyo], { incident: drill });
  await happens();
  const told = pushes('taro').filter(({ path }) => path.startsWith('/survey/'));
  expect(told.map(({ drill: marked, gentle, title }) => [marked, gentle, title.startsWith('【訓練】')])).toEqual([[true, true, true]]);
  await passes(5);
  expect(pushes('taro').filter(({ path, channel }) => path.startsWith('/survey/') && channel !== 'push')).toEqual([]);
  const before = chase.notices.length;
  expect(before).toBeGreaterThan(1);
  await box.does('hanako', closeIncident, { incident: drill, seen: (box.stair.memory.get(incident.noun, drill)!.value as Incident).revision });
  await passes(30);
  expect(chase.notices.slice(before).filter(({ path }) => path.startsWith('/survey/'))).toEqual([]);
});

it('V4 V9 an answer that was given without a line goes out by itself; one that comes after the deadline is refused with words, and is kept', async () => {
  const taro = box.device('taro');
  const survey = await asks('hanako', [box.orgs.seiyo], { due: box.clock.now() + 10 * minute });
  await until(async () => (await held<Sheet>(taro, sheet.noun)).length === 1, 'Taro to be asked');
  const of = sheetOf(survey, box.orgs.seiyo);
  taro.wire.cut({ stay: true });
  expect(await taro.end.send(answerSurvey, says(of, quickAt('2026-07-07T19:00')))).toMatchObject({ ok: true });
  taro.wire.mend();
  await until(() => sheetOf(survey, box.orgs.seiyo).answered[box.cast.taro.person] !== undefined, 'the answer to be heard');
  // The time that was named is the one that counts, whenever it is heard.
  expect((box.stair.memory.get(answer.noun, `${of.id}/${box.cast.taro.person}`)!.value as Answer).said.map(({ values }) => values)).toEqual([{ state: 'fine', come: 'at', hour: '2026-07-07T19:00' }]);
  taro.wire.cut({ stay: true });
  expect(await taro.end.send(answerSurvey, says(of, { state: 'fine', come: 'no', word: '道がふさがっています' }))).toMatchObject({ ok: true });
  box.clock.pass(15 * minute);
  taro.wire.mend();
  await until(async () => (await taro.end.replica.outbox.item.toArray()).some(({ state }) => state === 'refused'), 'the late answer to be refused');
  const [item] = await taro.end.replica.outbox.item.toArray();
  expect(item).toMatchObject({ code: 'survey.tooLate', params: { n: 5 }, input: { values: { word: '道がふさがっています' } } });
  await happens();
  expect(sheetOf(survey, box.orgs.seiyo).closed).toBeDefined();
  await taro.end.drop(item!.id);
  await box.everyoneAgrees();
});

it('V14 who holds no post is asked too, who comes later is not, and a post that changes hands takes the place along', async () => {
  const [clerk, later] = [fresh(), fresh()];
  await box.does('system', addPerson, { id: clerk, org: box.orgs.seiyo, role: 'member', name: '三好 理恵', kana: '', phones: [] });
  const survey = await asks('taro', [box.orgs.seiyo]);
  const stream = placeStream(box.orgs.seiyo);
  expect([clerk, box.cast.taro.person, box.cast.hanako.person].map((who) => box.stair.memory.maySee(who, stream) !== undefined)).toEqual([true, true, true]);
  await box.does('system', addPerson, { id: later, org: box.orgs.seiyo, role: 'member', name: '後から', kana: '', phones: [], post: { id: fresh(), title: '主事', duty: 'other', rank: 60 } });
  await happens();
  const mine = (person: Id) => ({ place: placeOf(box.orgs.seiyo), sheet: sheetOf(survey, box.orgs.seiyo).id, person, values: quick.can });
  await box.does('taro', answerSurvey, mine(clerk));
  // Taro's post is taken over by Rie: she has the place by it, he no more.
  const seat = (box.stair.memory.of(workspaceStream, desk.noun) as Doc<{ id: Id; holder?: Id }>[]).find(({ value }) => value.holder === box.cast.taro.person)!.value;
  await box.does('system', handOver, { post: seat.id, from: box.cast.taro.person, to: clerk });
  await happens();
  expect(box.stair.memory.maySee(box.cast.taro.person, stream)).toBeUndefined();
  expect(await refused(box.cast.taro, answerSurvey.deed, says(sheetOf(survey, box.orgs.seiyo)))).toBe('stream.notFound');
  // Asked anew, he has a place again: he is of the house still.
  await asks('hanako', [box.orgs.seiyo]);
  expect(box.stair.memory.maySee(box.cast.taro.person, stream)).toBeDefined();
});
