import { amendPost, answerPost, commentOn, comment, deskStream, letIn, letOut, openBoard, planPost, plannedPost, post, postNow, readBody, remindPost, withdrawComment, withdrawPost, type Content, type Post } from '@noroshi/features/board';
import { phoneCard, type PhoneCard } from '@noroshi/features/chase';
import { addPerson, handOver, post as desk } from '@noroshi/features/directory';
import { say } from '@noroshi/features/talk';
import { newId, type Actor, type Id } from '@noroshi/foundations/kernel';
import { hasRead, roomStream, workspaceStream, type Doc } from '@noroshi/foundations/sync';
import { until, type Device } from '@noroshi/foundations/testing';
import { hotline, type Hotline } from '@noroshi/e2e/box';
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

const board = fresh();
const opens = (more: { readers?: { orgs: Id[]; people: Id[] } } = {}): Promise<Id> => box.does('hanako', openBoard, {
  id: board, name: '県からのお知らせ', short: '掲示', categories: [{ id: 'c1', name: 'お知らせ' }],
  readers: { orgs: [box.orgs.seiyo, box.orgs.saijo], people: [] }, writers: { orgs: [box.orgs.ehime], people: [] }, ...more,
});
const content = (title: string, more: Partial<Content> = {}): { board: Id } & Content => ({ board, title, category: 'c1', body: readBody('■ お願い\n・様式を使う'), comments: true, ...more });
const held = <T>(d: Device, noun: string): Promise<T[]> => d.end.replica.all<T>(noun).then((docs) => docs.map(({ value }) => value));
const refused = async (who: Actor, name: string, input: object): Promise<string | undefined> => {
  const answer = await box.stair.submit(who, { id: fresh(), name, input });
  return answer.ok ? undefined : answer.code;
};
const told = (): Record<string, number> => Object.fromEntries((['hanako', 'taro', 'aoi', 'ken', 'mika'] as const).map((who) => [who, chase.notices.filter(({ person }) => person === box.cast[who].person).length]));

it('B1 B2 is read by those it is for, written by those who may; others hear nothing of it and learn nothing', async () => {
  const [hanako, taro, ken, mika] = [box.device('hanako'), box.device('taro'), box.device('ken'), box.device('mika')];
  await opens();
  await box.does('hanako', postNow, content('様式の統一'));
  await until(async () => (await held<Post>(taro, post.noun)).length === 1, 'Taro to have the notice');
  expect((await held<Post>(taro, post.noun))[0]).toMatchObject({ title: '様式の統一', body: readBody('■ お願い\n・様式を使う') });
  // A reader does not write, and who is no reader gets the answer of what does not exist.
  expect(await refused(box.cast.taro, postNow.deed, content('だめ'))).toBe('stream.notFound');
  for (const who of [box.cast.ken, box.cast.mika]) {
    expect(await refused(who, commentOn.deed, { board, post: (await held<Post>(taro, post.noun))[0]!.id, text: '見えない' })).toBe('stream.notFound');
    expect(await refused(who, commentOn.deed, { board: fresh(), post: fresh(), text: 'ない' })).toBe('stream.notFound');
  }
  // Nobody talks on a board.
  expect(await refused(box.cast.taro, say.deed, { room: board, text: 'こんにちは' })).toBe('talk.roomNotFound');
  await box.everyoneAgrees();
  expect([await held(ken, post.noun), await held(mika, post.noun), (await held<{ id: Id }>(ken, 'room')).map(({ id }) => id).includes(board)]).toEqual([[], [], false]);
  expect((await held<Post>(hanako, post.noun)).length).toBe(1);
});

it('B5 before its time a notice is nowhere but on the devices of those who may write; then everyone has it, under its author’s name', async () => {
  await opens();
  const [hanako, taro] = [box.device('hanako'), box.device('taro')];
  await until(() => [hanako, taro].every((d) => d.state() === 'open'), 'both to be on the line');
  const plan = await box.does('hanako', planPost, { ...content('あすの説明会'), due: box.clock.now() + 60 * minute });
  await until(async () => (await held(hanako, plannedPost.noun)).length === 1, 'Hanako to have the plan');
  await passes(59);
  await box.everyoneAgrees();
  expect([await held(taro, plannedPost.noun), await held(taro, post.noun), box.stair.memory.maySee(box.cast.taro.person, deskStream(board))]).toEqual([[], [], undefined]);
  await passes(1);
  await until(async () => (await held(taro, post.noun)).length === 1, 'Taro to have the notice');
  expect((await held<Post>(taro, post.noun))[0]).toMatchObject({ id: plan, title: 'あすの説明会', by: box.cast.hanako.person });
  await box.everyoneAgrees();
});

it('S55a what was shown of a board is marked exactly: the notice before it stays unread', async () => {
  await opens();
  const taro = box.device('taro');
  const [first, second] = [await box.does('hanako', postNow, content('一つ目')), await box.does('hanako', postNow, content('二つ目'))];
  await until(async () => (await held(taro, post.noun)).length === 2, 'Taro to have both');
  const born = (id: Id): number => box.stair.memory.get(post.noun, id)!.born;
  await taro.end.shown(roomStream(board), [[born(second), born(second)]], true);
  const stream = box.stair.memory.streams.get(roomStream(board))!;
  const no = box.stair.memory.member(roomStream(board), box.cast.taro.person)!.no;
  await until(async () => {
    await box.stair.marks.flush();
    return hasRead((await box.stair.marks.of(stream.no)).get(no), born(second));
  }, 'the second to be read');
  expect(hasRead((await box.stair.marks.of(stream.no)).get(no), born(first))).toBe(false);
});

it('B9 B10 what is written and pressed without a network goes out by itself', async () => {
  await opens();
  const [hanako, taro] = [box.device('hanako'), box.device('taro')];
  const id = await box.does('hanako', postNow, content('説明会', { must: { due: box.clock.now() + 60 * minute, answers: ['参加', '不参加'] } }));
  await until(async () => (await held(taro, post.noun)).length === 1, 'Taro to have it');
  taro.wire.cut({ stay: true });
  expect(await taro.end.send(answerPost, { board, post: id, answer: 0 })).toMatchObject({ ok: true });
  expect(await taro.end.send(commentOn, { board, post: id, text: '2名で行きます' })).toMatchObject({ ok: true });
  expect(await held(hanako, comment.noun)).toEqual([]);
  taro.wire.mend();
  await until(async () => (await held(hanako, comment.noun)).length === 1, 'Hanako to have the comment');
  expect((await held<Post>(hanako, post.noun))[0]!.answers![box.cast.taro.person]![0]).toBe(0);
  await box.does('hanako', withdrawPost, { board, post: id });
  await until(async () => (await held<Post>(taro, post.noun))[0]?.withdrawn !== undefined, 'it to be taken back');
  await box.everyoneAgrees();
});

it('B8 B10 who comes back finds a notice whole whose comment was taken back, and the comments of one that was taken back as they stand', async () => {
  await opens();
  const taro = box.device('taro');
  const [stands, goes] = [await box.does('hanako', postNow, content('説明会')), await box.does('hanako', postNow, content('様式の統一'))];
  await until(async () => (await held(taro, post.noun)).length === 2, 'Taro to have both');
  taro.wire.cut({ stay: true });
  const comments = [await box.does('aoi', commentOn, { board, post: stands, text: '間違えた' }), await box.does('aoi', commentOn, { board, post: goes, text: '了解です' })];
  await box.does('hanako', amendPost, { sees: 1, post: stands, ...content('説明会（時刻変更）') });
  await box.does('aoi', withdrawComment, { board, post: stands, comment: comments[0]! });
  await box.does('hanako', withdrawPost, { board, post: goes });
  // A server that was started since reads all of it from the tables.
  for (const from of ['memory', 'tables']) {
    if (from === 'tables') await box.restart(0);
    const back = from === 'memory' ? taro : box.device('taro');
    back.wire.mend();
    await until(async () => (await held(back, comment.noun)).length === 2 && (await held<Post>(back, post.noun)).some(({ withdrawn }) => withdrawn), 'Taro to have heard all');
    expect((await held<Post>(back, post.noun)).map(({ title }) => title).toSorted()).toEqual(['', '説明会（時刻変更）']);
    await box.everyoneAgrees();
  }
});

it('B11 what has to be read is told to each of its readers at once, and once more to those who have not read it; nobody else, and the author not', async () => {
  await opens();
  await happens();
  await box.does('hanako', postNow, content('ただのお知らせ'));
  await happens();
  expect(told()).toEqual({ hanako: 0, taro: 0, aoi: 0, ken: 0, mika: 0 });
  const id = await box.does('hanako', postNow, content('様式の統一', { must: { due: box.clock.now() + 600 * minute, answers: ['確認しました'] } }));
  await happens();
  expect(told()).toEqual({ hanako: 0, taro: 1, aoi: 1, ken: 0, mika: 0 });
  expect(chase.notices[0]).toMatchObject({ channel: 'push', path: `/board/${board}/${id}`, urgent: false, drill: false });
  expect(chase.notices[0]!.body).toContain('様式の統一');
  // Aoi reads, Taro does not.
  const stream = box.stair.memory.streams.get(roomStream(board))!;
  const { born } = box.stair.memory.get(post.noun, id)!;
  box.stair.marks.read(stream.no, box.cast.aoi.person, [[born, born]]);
  await box.stair.marks.flush();
  await box.does('hanako', remindPost, { board, post: id });
  await happens();
  expect(told()).toMatchObject({ taro: 2, aoi: 1, hanako: 0 });
  // What was told before the server was killed is not told again.
  await chase.chasers[0]!.stop();
  chase.chasers = [await chase.follow(box.stair)];
  await happens();
  expect(chase.notices).toHaveLength(3);
});

it('B11 two nodes tell each reader once, whichever of them comes first', async () => {
  await chase.close();
  box = await hotline({ nodes: 2 });
  chase = await Chased.beside(box);
  await opens();
  await box.nodes[1]!.sweep();
  await box.does('hanako', postNow, content('様式の統一', { must: { due: box.clock.now() + 600 * minute, answers: ['確認しました'] } }));
  for (let pass = 0; pass < 3; pass++) {
    for (const node of box.nodes) await node.sweep();
    for (const one of chase.chasers) await one.settled();
    // Beyond the time that one node has for it, the other looks too.
    box.clock.pass(2 * minute);
  }
  expect(told()).toEqual({ hanako: 0, taro: 1, aoi: 1, ken: 0, mika: 0 });
});

it('B12 the chase is the last step: it begins at the time, goes to who has not answered, and deals a colleague the card', async () => {
  const colleague = fresh();
  await box.does('system', addPerson, { id: colleague, name: '宇都宮 誠', kana: '', org: box.orgs.seiyo, role: 'member', phones: [], post: { id: fresh(), title: '防災課', duty: 'disaster', rank: 50 } });
  await happens();
  await opens();
  const id = await box.does('hanako', postNow, content('様式の統一', { must: { due: box.clock.now() + 60 * minute, answers: ['確認しました'] } }));
  await happens();
  await box.does('aoi', answerPost, { board, post: id, answer: 0 });
  // The colleague has read and answered; only Taro is silent.
  const mate: Actor = { person: colleague, org: box.orgs.seiyo, role: 'member' };
  const stream = box.stair.memory.streams.get(roomStream(board))!;
  box.stair.marks.read(stream.no, colleague, [[1, stream.head]]);
  await box.stair.marks.flush();
  expect(await refused(mate, answerPost.deed, { board, post: id, answer: 0 })).toBeUndefined();
  chase.notices = [];
  await passes(59);
  expect(chase.notices).toEqual([]);
  await passes(1);
  for (const minutes of [3, 2, 5]) await passes(minutes);
  expect(new Set(chase.notices.map(({ person }) => person))).toEqual(new Set([box.cast.taro.person]));
  expect(chase.notices.map(({ channel }) => channel)).toEqual(['push', 'push', 'mail', 'sms']);
  await passes(5);
  const cards = (box.stair.memory.of(roomStream(board), phoneCard.noun) as Doc<PhoneCard>[]).map(({ value }) => value);
  expect(cards).toMatchObject([{ whom: box.cast.taro.person, caller: colleague, noun: post.noun, thing: id }]);
});

it('B15 whoever takes over a post reads and writes from its place, and the predecessor loses both doors', async () => {
  await opens();
  await box.does('hanako', postNow, content('様式の統一'));
  const successor = fresh();
  await box.does('system', addPerson, { id: successor, name: '後任', kana: '', org: box.orgs.ehime, role: 'member', phones: [] });
  const held = (box.stair.memory.of(workspaceStream, desk.noun) as Doc<{ holder?: Id }>[]).find(({ value }) => value.holder === box.cast.hanako.person)!;
  await box.does('system', handOver, { post: held.id, from: box.cast.hanako.person, to: successor });
  await happens();
  const mate: Actor = { person: successor, org: box.orgs.ehime, role: 'member' };
  expect(await refused(mate, postNow.deed, content('引き継ぎました'))).toBeUndefined();
  expect(await refused(box.cast.hanako, postNow.deed, content('もう書けない'))).toBe('stream.notFound');
  const theirs = box.deviceOf(mate);
  await until(async () => (await theirs.end.replica.all<Post>(post.noun)).length === 2, 'the successor to have what was posted before');
});

it('B16 a guest who was let in reads what was posted before and after, and nothing any more once taken off', async () => {
  await opens();
  await box.does('hanako', postNow, content('前の掲示'));
  const mika = box.device('mika');
  await until(() => mika.state() === 'open', 'Mika to be on the line');
  expect(await refused(box.cast.taro, letIn.deed, { board, people: [box.cast.mika.person], writing: false })).toBe('board.administratorsOnly');
  await box.does('hanako', letIn, { board, people: [box.cast.mika.person], writing: false });
  await until(async () => (await held<Post>(mika, post.noun)).length === 1, 'Mika to have what was posted before');
  await box.does('hanako', postNow, content('後の掲示'));
  await until(async () => (await held<Post>(mika, post.noun)).length === 2, 'Mika to have the next');
  expect(await refused(box.cast.mika, postNow.deed, content('書けない'))).toBe('stream.notFound');
  await box.does('hanako', letOut, { board, person: box.cast.mika.person, writing: false });
  await until(async () => (await held<Post>(mika, post.noun)).length === 0, 'the board to be off her device');
  await box.everyoneAgrees();
});
