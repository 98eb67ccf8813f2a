import { cardIdOf, giveBackCard, phoneCard, remind, reminder, ring, run as runNoun, takeCard, type PhoneCard, type Run } from '@noroshi/features/chase';
import { closeIncident } from '@noroshi/features/incident';
import { send } from '@noroshi/features/request';
import { addPeople, answer, openRoom, removePerson, say } from '@noroshi/features/talk';
import type { Actor, Id } from '@noroshi/foundations/kernel';
import { roomStream, type Doc } from '@noroshi/foundations/sync';
import { freshId } from '@noroshi/foundations/testing';
import { asked } from '../../apps/asked.ts';
import { cardsToRing } from './web/owes.ts';
import { readMissing } from './web/known.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { box, chase, closesAfterEach, open } from '@noroshi/e2e/chased';

closesAfterEach();

describe('whom the chase asks', () => {
  it('D1 nobody who may not see it: who was let in again without history hears none of its words', async () => {
    await open();
    const { taro, aoi } = box.cast;
    const room = freshId();
    await box.does('hanako', openRoom, { id: room, kind: 'purpose', name: '人事', short: '人', orgs: [], people: [taro.person, aoi.person] });
    const said = await box.does('hanako', say, { room, text: '内々の話です', urgency: 'urgent' });
    await chase.happens();
    await box.does('hanako', removePerson, { room, person: taro.person });
    await box.does('hanako', addPeople, { room, people: [taro.person], history: false });
    chase.notices = [];
    await chase.passes(30);
    await box.does('hanako', remind, { room, message: said });
    await chase.passes(1);
    expect(chase.toldBy('aoi').length).toBeGreaterThan(0);
    expect(chase.toldBy('taro')).toEqual([]);
    expect((box.stair.memory.of(roomStream(room), phoneCard.noun) as Doc<PhoneCard>[]).map(({ value }) => value.whom)).not.toContain(taro.person);
    expect(chase.faults).toEqual([]);
  });
});

describe('what is seen of the chase', () => {
  it('T36 only those whom urgent words name, or whose organization they name; whoever else hears them owes nothing and is rung by nobody', async () => {
    await open();
    const { taro, aoi } = box.cast;
    await box.does('hanako', say, { room: box.groupC, text: '@西予市 状況を知らせてください', urgency: 'urgent', mentionOrgs: [box.orgs.seiyo] });
    await chase.happens();
    expect(chase.runs().map(({ people }) => people)).toEqual([[chase.numberOf(taro)]]);
    await chase.passes(20);
    // By the ladder: the others are woken once by the words themselves, which is not the chase's to do.
    expect([chase.toldBy('taro').length > 1, chase.toldBy('aoi').filter((channel) => channel !== 'push'), chase.toldBy('ken').length]).toEqual([true, [], 0]);
    expect(chase.cards().map(({ whom }) => whom)).not.toContain(aoi.person);
    // An answer of one who was not asked is heard all the same.
    const said = (box.stair.memory.of(roomStream(box.groupC), runNoun.noun) as Doc<Run>[])[0]!.value.thing;
    await box.does('ken', answer, { room: box.groupC, message: said, answer: 'agreed' });
  });

  it('S77 who was let in without what was said before sees no climb, card or reminder of it, live, in a snapshot and after a restart; of what is said since they do', async () => {
    await open();
    const { taro, ken, aoi } = box.cast;
    const room = freshId();
    await box.does('hanako', openRoom, { id: room, kind: 'purpose', name: '人事', short: '人', orgs: [], people: [taro.person, ken.person, aoi.person] });
    const secret = await box.does('hanako', say, { room, text: '内々の話です', urgency: 'urgent' });
    const rings = (who: Actor, name: string, input: object) => box.stair.submit(who, { id: freshId(), name, input: { room, ...input } });
    const card = (thing: Id): Id => cardIdOf(thing, taro.person);
    await chase.happens();
    await rings(ken, takeCard.deed, { noun: 'message', thing: secret, whom: taro.person });
    await box.does('hanako', removePerson, { room, person: aoi.person });
    await box.does('hanako', addPeople, { room, people: [aoi.person], history: false });
    const live = box.device('aoi');
    await box.everyoneAgrees();
    await rings(ken, ring.deed, { card: card(secret), result: 'message', word: '奥さまに伝言' });
    await box.does('hanako', remind, { room, message: secret });
    await chase.passes(3);
    expect(await rings(aoi, giveBackCard.deed, { card: card(secret) })).toMatchObject({ code: 'chase.cardNotFound' });
    expect(await rings(aoi, takeCard.deed, { noun: 'message', thing: secret, whom: taro.person })).toMatchObject({ code: 'chase.nothingAsked' });
    const said = await box.does('hanako', say, { room, text: '今日のことです', urgency: 'urgent' });
    await chase.passes(1);
    await rings(ken, takeCard.deed, { noun: 'message', thing: said, whom: taro.person });
    const held = async (device: typeof live): Promise<unknown[]> => {
      await box.everyoneAgrees();
      const all = await Promise.all([runNoun, phoneCard, reminder].map(({ noun }) => device.end.replica.all<{ thing?: Id; message?: Id }>(noun, roomStream(room))));
      return all.flatMap((docs) => docs.map(({ value }) => value.thing ?? value.message));
    };
    expect(await held(live)).toEqual([said, said]);
    expect(await held(box.device('aoi'))).toEqual([said, said]);
    expect(await held(box.device('ken'))).toEqual(expect.arrayContaining([secret, said]));
    for (const chaser of chase.chasers) await chaser.stop();
    await box.restart();
    chase.chasers = [await chase.follow(box.stair)];
    expect(await held(box.device('aoi'))).toEqual([said, said]);
  });
});

describe('a false alarm', () => {
  it('D6 what told of an incident asks nobody once that is over: no step, no card, no row; a request of it goes on', async () => {
    await open();
    await box.plans();
    const flood = await box.flood();
    await chase.happens();
    expect(chase.toldBy('ken')).toEqual(['push']);
    const request = await box.does('taro', send, { room: box.groupC, incident: flood, lines: [{ duty: 'shelter', count: 6 }] });
    await chase.happens();
    await chase.passes(1);
    const opening = chase.runs()[0]!.thing;
    await box.stair.submit(box.cast.hanako, { id: freshId(), name: takeCard.deed, input: { room: box.groupC, noun: 'message', thing: opening, whom: box.cast.ken.person } });
    const head = box.device('hanako');
    await box.everyoneAgrees();
    expect((await cardsToRing(head.end, asked)).map(({ card }) => card.whom)).toEqual([box.cast.ken.person]);
    const rings = (id = freshId()) => box.stair.submit(box.cast.aoi, { id, name: takeCard.deed, input: { room: box.groupC, noun: 'message', thing: opening, whom: box.cast.taro.person } });
    expect(await rings()).toMatchObject({ ok: true });
    await box.stair.submit(box.cast.aoi, { id: freshId(), name: giveBackCard.deed, input: { room: box.groupC, card: cardIdOf(opening, box.cast.taro.person) } });
    await box.does('hanako', closeIncident, { incident: flood, seen: 1 });
    // Nobody begins to ring about it either, from the sheet of who has read.
    expect(await rings()).toMatchObject({ code: 'chase.nothingAsked' });
    for (const minutes of [2, 2, 5, 5]) await chase.passes(minutes);
    expect(chase.toldBy('ken')).toEqual(['push']);
    expect(chase.notices.filter(({ person, path }) => person === box.cast.aoi.person && path === `/request/${request}`).map(({ channel }) => channel)).toEqual(['push', 'push', 'mail', 'sms']);
    await box.everyoneAgrees();
    expect(await cardsToRing(head.end, asked)).toEqual([]);
    expect((await readMissing(head.end, asked)).map(({ thing }) => thing)).toEqual([request]);
  });

  it('D6 one that is over before it was seen begins nothing', async () => {
    await open();
    await box.plans();
    await chase.chasers[0]!.stop();
    await box.does('hanako', closeIncident, { incident: await box.flood(), seen: 1 });
    await box.restart();
    chase.chasers = [await chase.follow(box.stair)];
    await chase.happens();
    expect(chase.runs()).toEqual([]);
  });
});

describe('a drill', () => {
  beforeEach(async () => {
    await open();
    await box.plans();
  });
  const drilled = async (outside?: boolean): Promise<Id> => {
    const { openIncident } = await import('@noroshi/features/incident');
    const id = freshId();
    await box.does('hanako', openIncident, { id, name: '訓練', kind: 'flood', drill: true, affected: [box.orgs.seiyo], ...(outside === undefined ? {} : { outside }) });
    await chase.happens();
    const twin = [...box.stair.memory.streams.keys()].find((key) => (box.stair.memory.get('room', key.slice(2))?.value as { drill?: Id } | undefined)?.drill === id)!;
    for (const minutes of [3, 2, 5]) await chase.passes(minutes);
    return twin.slice(2);
  };

  it('D4 stays inside: push comes with its mark, mail and SMS do not go out, and the record says so', async () => {
    const room = await drilled();
    expect(chase.toldBy('taro')).toEqual(['push', 'push']);
    expect(chase.notices.every(({ drill, title }) => drill && title.startsWith('【訓練】'))).toBe(true);
    // W14: it was announced, so that it keeps quiet hours.
    expect(chase.notices.every(({ gentle }) => gentle)).toBe(true);
    expect(chase.runs(room)[0]!.tries.map(({ step, held, told }) => [step, held, told?.map(({ result }) => result)])).toEqual([[0, undefined, ['sent']], [1, undefined, ['sent']], [2, 1, ['held']], [3, 1, ['held']]]);
  });
  it('D4 goes out where it was opened to do so', async () => {
    await drilled(true);
    expect(chase.toldBy('taro')).toEqual(['push', 'push', 'mail', 'sms']);
    expect(chase.notices.some(({ gentle }) => gentle)).toBe(false);
  });
  it('D4 what is real always goes out, whatever was said when it was opened', async () => {
    const { openIncident, incident } = await import('@noroshi/features/incident');
    const id = freshId();
    await box.does('hanako', openIncident, { id, name: '豪雨', kind: 'flood', drill: false, affected: [box.orgs.seiyo], outside: false });
    await chase.happens();
    for (const minutes of [3, 2]) await chase.passes(minutes);
    expect(chase.toldBy('taro')).toEqual(['push', 'push', 'mail']);
    expect(chase.notices.some(({ gentle }) => gentle)).toBe(false);
    expect(box.stair.memory.get(incident.noun, id)!.value).not.toHaveProperty('outside');
  });
});
