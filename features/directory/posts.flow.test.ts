import { hotline, type Hotline } from '../../e2e/box/hotline.ts';
import { newId, type Id } from '@noroshi/foundations/kernel';
import { currentStay, roomStream, workspaceStream, type Member } from '@noroshi/foundations/sync';
import { addPeople, closeRoom, message, openRoom, removePerson, say, type Message } from '@noroshi/features/talk';
import { until } from '@noroshi/foundations/testing';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPerson, addPost, amendPost, disablePerson, enablePerson, handOver, importPeople, post, type Post } from './directory.ts';

let box: Hotline;
beforeAll(async () => { box = await hotline(); });
afterAll(() => box.close());

const id = (): Id => newId(Date.now(), randomBytes(10));
const desks = (): Post[] => box.stair.memory.of(workspaceStream, post.noun).map((doc) => doc.value as Post);
const deskOf = (person: Id): Post => desks().find((desk) => desk.holder === person)!;
const sits = (person: Id): boolean => box.stair.memory.sight(person).has(roomStream(box.groupC));
const seats = async (): Promise<void> => { while (await box.stair.clock.look() > 0); };
const newcomer = async (org: Id): Promise<Id> => {
  const person = id();
  await box.does('hanako', addPerson, { id: person, org, role: 'member', name: '青野 圭', kana: 'あおの けい', phones: [] });
  return person;
};

describe('a post', () => {
  it('C1b hands its rooms on, with what was said in them, and closes the door of who leaves', async () => {
    await box.does('aoi', say, { room: box.groupC, text: '引き継ぎます' });
    const desk = deskOf(box.cast.aoi.person);
    const kei = await newcomer(box.orgs.saijo);
    expect(sits(kei)).toBe(false);
    await box.does('hanako', handOver, { post: desk.id, from: box.cast.aoi.person, to: kei });
    await seats();
    expect(sits(kei)).toBe(true);
    expect(box.stair.memory.sight(kei).get(roomStream(box.groupC))!.visibleFrom).toBe(1);
    expect(sits(box.cast.aoi.person)).toBe(false);
    // Two offices that do it at once do not undo each other.
    const again = await box.stair.submit(box.cast.hanako, { id: id(), name: handOver.deed, input: { post: desk.id, from: box.cast.aoi.person, to: kei } });
    expect(again).toMatchObject({ ok: false, code: 'directory.postHeldByAnother' });
  });

  it('C1b hands on as much as could be read from it, however often it changes hands', async () => {
    const room = id();
    await box.does('hanako', openRoom, { id: room, kind: 'purpose', name: '人事の相談', short: '人', orgs: [], people: [box.cast.hanako.person] });
    const { stream, sight } = { stream: roomStream(room), sight: (who: Id) => box.stair.memory.sight(who).get(roomStream(room))?.visibleFrom };
    await box.does('hanako', say, { room, text: '健さんには見せない話' });
    await box.does('hanako', addPeople, { room, people: [box.cast.ken.person], history: false });
    const from = sight(box.cast.ken.person)!;
    expect(from).toBeGreaterThan(1);
    await box.does('hanako', say, { room, text: '健さんが引き継ぐ話' });
    const desk = deskOf(box.cast.ken.person);
    const successor = await newcomer(box.orgs.iyo);
    await box.does('hanako', handOver, { post: desk.id, from: box.cast.ken.person, to: successor });
    expect([sight(successor), sight(box.cast.ken.person)]).toEqual([from, undefined]);
    await box.does('hanako', handOver, { post: desk.id, from: successor, to: box.cast.ken.person });
    expect([sight(successor), sight(box.cast.ken.person)]).toEqual([undefined, from]);
    // What this person may read is on the device, and no more.
    const ken = box.device('ken');
    await until(async () => (await ken.end.replica.all(message.noun, stream)).length > 0, 'the room to open on the device');
    expect((await ken.end.replica.all<Message>(message.noun, stream)).map(({ value }) => value.text)).toEqual(['健さんが引き継ぐ話']);
    ken.stop();
  });

  it('C1b takes nothing from a successor who saw more of a room than the desk does', async () => {
    const room = id();
    const kei = await newcomer(box.orgs.iyo);
    await box.does('hanako', openRoom, { id: room, kind: 'purpose', name: '人事の相談', short: '人', orgs: [], people: [kei] });
    const sight = (): number | undefined => box.stair.memory.sight(kei).get(roomStream(room))?.visibleFrom;
    await box.does('hanako', say, { room, text: '圭さんは始めからいます' });
    await box.does('hanako', addPeople, { room, people: [box.cast.ken.person], history: false });
    await box.does('hanako', handOver, { post: deskOf(box.cast.ken.person).id, from: box.cast.ken.person, to: kei });
    expect(sight()).toBe(1);
    await box.does('hanako', handOver, { post: deskOf(kei).id, from: kei, to: box.cast.ken.person });
  });

  it('C1b may stand empty, and seats whoever takes it', async () => {
    const desk = id();
    await box.does('hanako', addPost, { id: desk, org: box.orgs.iyo, title: '危機管理課 係長', duty: 'disaster', rank: 40 });
    const who = await newcomer(box.orgs.iyo);
    await box.does('hanako', handOver, { post: desk, to: who });
    await seats();
    expect(sits(who)).toBe(true);
    await box.does('hanako', handOver, { post: desk, from: who });
    expect(sits(who)).toBe(false);
    expect(desks().find((one) => one.id === desk)).not.toHaveProperty('holder');
  });

  describe('that is left empty', () => {
    /** A room for a purpose in which Ken sits by his desk, and who may read it from where. */
    const place = async (history: boolean) => {
      const room = id();
      await box.does('hanako', openRoom, { id: room, kind: 'purpose', name: '避難所の相談', short: '避', orgs: [], people: [box.cast.hanako.person] });
      await box.does('hanako', say, { room, text: '健さんには見せない話' });
      await box.does('hanako', addPeople, { room, people: [box.cast.ken.person], history });
      return { room, sight: (who: Id) => box.stair.memory.sight(who).get(roomStream(room))?.visibleFrom };
    };

    it('C1b keeps its rooms for a purpose for whoever fills it, by hand or from a file, with what could be read from it', async () => {
      const [whole, later] = [await place(true), await place(false)];
      const from = later.sight(box.cast.ken.person)!;
      expect([whole.sight(box.cast.ken.person), from > 1]).toEqual([1, true]);
      const desk = deskOf(box.cast.ken.person);
      await box.does('hanako', handOver, { post: desk.id, from: box.cast.ken.person });
      expect([whole, later].map(({ sight }) => sight(box.cast.ken.person))).toEqual([undefined, undefined]);
      const kei = await newcomer(box.orgs.iyo);
      await box.does('hanako', handOver, { post: desk.id, to: kei });
      await seats();
      expect([whole, later].map(({ sight }) => sight(kei))).toEqual([1, from]);
      // The file of the year leaves the desk out, and that of the next fills it.
      await box.does('hanako', handOver, { post: desk.id, from: kei });
      const { org: _org, holder: _holder, ...words } = desk;
      const mei = id();
      await box.does('hanako', importPeople, { add: [{ id: mei, org: box.orgs.iyo, role: 'member', name: '青野 芽衣', kana: 'あおの めい', phones: [], post: words }], amend: [] });
      await seats();
      expect([whole, later].map(({ sight }) => [sight(kei), sight(mei)])).toEqual([[undefined, 1], [undefined, from]]);
      await box.does('hanako', handOver, { post: desk.id, from: mei, to: box.cast.ken.person });
      await box.everyoneAgrees();
    });

    it('C1b does not bring back what its holder was taken out of before, nor what an earlier holder had', async () => {
      const { room, sight } = await place(true);
      const desk = deskOf(box.cast.ken.person);
      const kei = await newcomer(box.orgs.iyo);
      await box.does('hanako', handOver, { post: desk.id, from: box.cast.ken.person });
      await box.does('hanako', handOver, { post: desk.id, to: kei });
      await seats();
      expect(sight(kei)).toBe(1);
      await box.does('hanako', removePerson, { room, person: kei });
      await box.does('hanako', handOver, { post: desk.id, from: kei });
      await box.does('hanako', handOver, { post: desk.id, to: box.cast.ken.person });
      await seats();
      expect(sight(box.cast.ken.person)).toBeUndefined();
      expect(sits(box.cast.ken.person)).toBe(true);
    });

    it('C1b keeps them also where who left it sits at another desk of the town, and takes nothing from who fills it', async () => {
      const { sight } = await place(false);
      const from = sight(box.cast.ken.person)!;
      const desk = deskOf(box.cast.ken.person);
      const second = id();
      await box.does('hanako', addPost, { id: second, org: box.orgs.iyo, title: '総務課 課長補佐', duty: 'other', rank: 60 });
      await box.does('hanako', handOver, { post: second, to: box.cast.ken.person });
      await box.does('hanako', handOver, { post: desk.id, from: box.cast.ken.person });
      expect(sight(box.cast.ken.person)).toBe(from);
      const kei = await newcomer(box.orgs.iyo);
      await box.does('hanako', handOver, { post: desk.id, to: kei });
      await seats();
      expect([sight(kei), sight(box.cast.ken.person)]).toEqual([from, from]);
      await box.does('hanako', handOver, { post: desk.id, from: kei, to: box.cast.ken.person });
      await box.everyoneAgrees();
    });

    it('C1b holds them by whoever fills it, also where they sat there already, and hands them on', async () => {
      const { room, sight } = await place(true);
      const desk = deskOf(box.cast.ken.person);
      const kei = await newcomer(box.orgs.iyo);
      await box.does('hanako', addPeople, { room, people: [kei], history: true });
      await box.does('hanako', handOver, { post: desk.id, from: box.cast.ken.person });
      await box.does('hanako', handOver, { post: desk.id, to: kei });
      await seats();
      expect(sight(kei)).toBe(1);
      await box.does('hanako', handOver, { post: desk.id, from: kei, to: box.cast.ken.person });
      expect([sight(kei), sight(box.cast.ken.person)]).toEqual([undefined, 1]);
      // Who comes back to the desk and sits at another meanwhile.
      const second = id();
      await box.does('hanako', addPost, { id: second, org: box.orgs.iyo, title: '総務課 主幹', duty: 'other', rank: 60 });
      await box.does('hanako', handOver, { post: second, to: box.cast.ken.person });
      await box.does('hanako', handOver, { post: desk.id, from: box.cast.ken.person });
      await box.does('hanako', handOver, { post: desk.id, to: box.cast.ken.person });
      await seats();
      await box.does('hanako', handOver, { post: desk.id, from: box.cast.ken.person, to: kei });
      expect([sight(kei), sight(box.cast.ken.person)]).toEqual([1, 1]);
      await box.does('hanako', handOver, { post: desk.id, from: kei, to: box.cast.ken.person });
      await box.everyoneAgrees();
    });

    it('C1b does not bring back a room that was closed meanwhile', async () => {
      const [open, closed] = [await place(true), await place(true)];
      const desk = deskOf(box.cast.ken.person);
      await box.does('hanako', handOver, { post: desk.id, from: box.cast.ken.person });
      await box.does('hanako', closeRoom, { room: closed.room });
      const kei = await newcomer(box.orgs.iyo);
      await box.does('hanako', handOver, { post: desk.id, to: kei });
      await seats();
      expect([open, closed].map(({ sight }) => sight(kei))).toEqual([1, undefined]);
      await box.does('hanako', handOver, { post: desk.id, from: kei, to: box.cast.ken.person });
    });

    it('C1b keeps them also where it is handed on or left empty again in the moment before its holder was seated', async () => {
      const [first, second] = [await place(true), await place(false)];
      const from = second.sight(box.cast.ken.person);
      const desk = deskOf(box.cast.ken.person);
      const [kei, mei] = [await newcomer(box.orgs.iyo), await newcomer(box.orgs.iyo)];
      await box.does('hanako', handOver, { post: desk.id, from: box.cast.ken.person });
      await box.does('hanako', handOver, { post: desk.id, to: kei });
      await box.does('hanako', handOver, { post: desk.id, from: kei });
      await box.does('hanako', handOver, { post: desk.id, to: kei });
      await box.does('hanako', handOver, { post: desk.id, from: kei, to: mei });
      await seats();
      expect([first, second].map(({ sight }) => [sight(kei), sight(mei)])).toEqual([[undefined, 1], [undefined, from]]);
      expect(deskOf(mei)).not.toHaveProperty('vacancies');
      await box.does('hanako', handOver, { post: desk.id, from: mei, to: box.cast.ken.person });
      await box.everyoneAgrees();
    });

    it('C1b seats whose account was closed in the moment before, and the room knows of it', async () => {
      const { room } = await place(true);
      const desk = deskOf(box.cast.ken.person);
      const kei = await newcomer(box.orgs.iyo);
      await box.does('hanako', handOver, { post: desk.id, from: box.cast.ken.person });
      await box.does('hanako', handOver, { post: desk.id, to: kei });
      await box.does('hanako', disablePerson, { id: kei });
      await seats();
      const there = (): Member => box.stair.memory.get('member', `${roomStream(room)}/${kei}`)!.value as Member;
      expect([currentStay(there()) !== undefined, there().shut]).toEqual([true, true]);
      await box.does('hanako', enablePerson, { id: kei });
      expect(there()).not.toHaveProperty('shut');
      await box.does('hanako', handOver, { post: desk.id, from: kei, to: box.cast.ken.person });
      await box.everyoneAgrees();
    });

    it('C1b opens nothing to whoever sat there when their account was closed, nor when it is opened again', async () => {
      const { sight } = await place(true);
      const desk = deskOf(box.cast.ken.person);
      const [kei, mei] = [await newcomer(box.orgs.iyo), await newcomer(box.orgs.iyo)];
      await box.does('hanako', handOver, { post: desk.id, from: box.cast.ken.person, to: kei });
      await box.does('hanako', disablePerson, { id: kei });
      await box.does('hanako', handOver, { post: desk.id, from: kei });
      expect([sight(kei), sits(kei)]).toEqual([undefined, false]);
      await box.does('hanako', handOver, { post: desk.id, to: mei });
      await seats();
      await box.does('hanako', enablePerson, { id: kei });
      await seats();
      expect([sight(kei), sits(kei), sight(mei)]).toEqual([undefined, false, 1]);
      await box.does('hanako', handOver, { post: desk.id, from: mei, to: box.cast.ken.person });
      await box.everyoneAgrees();
    });
  });

  it('C1 has a deputy of its own organization, which can be changed and taken away', async () => {
    const desk = deskOf(box.cast.taro.person);
    const { org: _org, holder: _holder, ...words } = desk;
    const deputy = id();
    await box.does('hanako', addPost, { id: deputy, org: box.orgs.seiyo, title: '危機管理課 課長補佐', duty: 'disaster', rank: 40 });
    await box.does('hanako', amendPost, { ...words, deputy });
    expect(deskOf(box.cast.taro.person)).toMatchObject({ deputy, holder: box.cast.taro.person });
    await box.does('hanako', amendPost, { ...words, title: '副市長（総務担当）' });
    expect(deskOf(box.cast.taro.person)).toMatchObject({ title: '副市長（総務担当）' });
    expect(deskOf(box.cast.taro.person)).not.toHaveProperty('deputy');
    const elsewhere = deskOf(box.cast.ken.person).id;
    for (const [wrong, code] of [[desk.id, 'directory.deputyIsItself'], [elsewhere, 'directory.deputyElsewhere']] as const) {
      expect(await box.stair.submit(box.cast.hanako, { id: id(), name: amendPost.deed, input: { ...words, deputy: wrong } })).toMatchObject({ ok: false, code });
    }
    expect(await box.stair.submit(box.cast.taro, { id: id(), name: amendPost.deed, input: words })).toMatchObject({ ok: false, code: 'directory.notAllowed' });
  });
});
