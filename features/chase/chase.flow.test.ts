import { begin, cardIdOf, giveBackCard, phoneCard, remind, reminder, ring, run as runNoun, setLadder, takeCard, type PhoneCard, type Reminder, type Run } from '@noroshi/features/chase';
import { closeIncident } from '@noroshi/features/incident';
import { acknowledge, commit, decline, escalate, revise, send, takeOver } from '@noroshi/features/request';
import { addPeople, answer, openRoom, removePerson, say, withdraw } from '@noroshi/features/talk';
import { newId, type Actor, type Id } from '@noroshi/foundations/kernel';
import { roomStream, type Doc } from '@noroshi/foundations/sync';
import { asked } from '../../apps/asked.ts';
import { cardsToRing } from './web/owes.ts';
import { readMissing } from './web/known.ts';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hotline, type Hotline } from '@noroshi/e2e/box';
import { Chased } from '@noroshi/e2e/chased';

const minute = 60_000;
const fresh = (): Id => newId(Date.now(), randomBytes(10));

let box: Hotline;
let chase: Chased;
const happens = (): Promise<void> => chase.happens();
const passes = (minutes: number): Promise<void> => chase.passes(minutes);
const runs = (room = box.groupC): Run[] => (box.stair.memory.of(roomStream(room), runNoun.noun) as Doc<Run>[]).map(({ value }) => value);
const cards = (): PhoneCard[] => (box.stair.memory.of(roomStream(box.groupC), phoneCard.noun) as Doc<PhoneCard>[]).map(({ value }) => value);
const numberOf = (actor: Actor, room = box.groupC): number => box.stair.memory.member(roomStream(room), actor.person)!.no;
/** What someone was told, in order: the channels. */
const toldBy = (who: keyof Hotline['cast']): string[] => chase.notices.filter(({ person }) => person === box.cast[who].person).map(({ channel }) => channel);
const reads = async (who: Actor): Promise<void> => {
  const stream = box.stair.memory.streams.get(roomStream(box.groupC))!;
  box.stair.marks.read(stream.no, who.person, [[1, stream.head]]);
  await box.stair.marks.flush();
};
const urgent = (who: keyof Hotline['cast'] = 'hanako'): Promise<Id> => box.does(who, say, { room: box.groupC, text: '状況を知らせてください', urgency: 'urgent' });

async function open(nodes = 1): Promise<void> {
  box = await hotline({ nodes });
  chase = await Chased.beside(box);
}
afterEach(() => chase.close());

describe('whom the chase asks', () => {
  it('D1 nobody who may not see it: who was let in again without history hears none of its words', async () => {
    await open();
    const { taro, aoi } = box.cast;
    const room = fresh();
    await box.does('hanako', openRoom, { id: room, kind: 'purpose', name: '人事', short: '人', orgs: [], people: [taro.person, aoi.person] });
    const said = await box.does('hanako', say, { room, text: '内々の話です', urgency: 'urgent' });
    await happens();
    await box.does('hanako', removePerson, { room, person: taro.person });
    await box.does('hanako', addPeople, { room, people: [taro.person], history: false });
    chase.notices = [];
    await passes(30);
    await box.does('hanako', remind, { room, message: said });
    await passes(1);
    expect(toldBy('aoi').length).toBeGreaterThan(0);
    expect(toldBy('taro')).toEqual([]);
    expect((box.stair.memory.of(roomStream(room), phoneCard.noun) as Doc<PhoneCard>[]).map(({ value }) => value.whom)).not.toContain(taro.person);
    expect(chase.faults).toEqual([]);
  });
});

describe('what is seen of the chase', () => {
  it('T36 only those whom urgent words name, or whose organization they name; whoever else hears them owes nothing and is rung by nobody', async () => {
    await open();
    const { taro, aoi } = box.cast;
    await box.does('hanako', say, { room: box.groupC, text: '@西予市 状況を知らせてください', urgency: 'urgent', mentionOrgs: [box.orgs.seiyo] });
    await happens();
    expect(runs().map(({ people }) => people)).toEqual([[numberOf(taro)]]);
    await passes(20);
    // By the ladder: the others are woken once by the words themselves, which is not the chase's to do.
    expect([toldBy('taro').length > 1, toldBy('aoi').filter((channel) => channel !== 'push'), toldBy('ken').length]).toEqual([true, [], 0]);
    expect(cards().map(({ whom }) => whom)).not.toContain(aoi.person);
    // An answer of one who was not asked is heard all the same.
    const said = (box.stair.memory.of(roomStream(box.groupC), runNoun.noun) as Doc<Run>[])[0]!.value.thing;
    await box.does('ken', answer, { room: box.groupC, message: said, answer: 'agreed' });
  });

  it('S77 who was let in without what was said before sees no climb, card or reminder of it, live, in a snapshot and after a restart; of what is said since they do', async () => {
    await open();
    const { taro, ken, aoi } = box.cast;
    const room = fresh();
    await box.does('hanako', openRoom, { id: room, kind: 'purpose', name: '人事', short: '人', orgs: [], people: [taro.person, ken.person, aoi.person] });
    const secret = await box.does('hanako', say, { room, text: '内々の話です', urgency: 'urgent' });
    const rings = (who: Actor, name: string, input: object) => box.stair.submit(who, { id: fresh(), name, input: { room, ...input } });
    const card = (thing: Id): Id => cardIdOf(thing, taro.person);
    await happens();
    await rings(ken, takeCard.deed, { noun: 'message', thing: secret, whom: taro.person });
    await box.does('hanako', removePerson, { room, person: aoi.person });
    await box.does('hanako', addPeople, { room, people: [aoi.person], history: false });
    const live = box.device('aoi');
    await box.everyoneAgrees();
    await rings(ken, ring.deed, { card: card(secret), result: 'message', word: '奥さまに伝言' });
    await box.does('hanako', remind, { room, message: secret });
    await passes(3);
    expect(await rings(aoi, giveBackCard.deed, { card: card(secret) })).toMatchObject({ code: 'chase.cardNotFound' });
    expect(await rings(aoi, takeCard.deed, { noun: 'message', thing: secret, whom: taro.person })).toMatchObject({ code: 'chase.nothingAsked' });
    const said = await box.does('hanako', say, { room, text: '今日のことです', urgency: 'urgent' });
    await passes(1);
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

describe('the ladder', () => {
  beforeEach(() => open());

  it('D1 at once, after 3, 5 and 10 minutes, and at 15 a card for a colleague who has read it; each a row in the record with its result', async () => {
    chase.becomes = ({ channel }) => (channel === 'mail' ? { ok: false, code: 'notify.noAddress' } : { ok: true, to: 1 });
    await urgent();
    await happens();
    expect(toldBy('taro')).toEqual(['push']);
    await passes(2.9);
    expect(toldBy('taro')).toEqual(['push']);
    await passes(0.1);
    expect(toldBy('taro')).toEqual(['push', 'push']);
    await passes(2);
    await passes(5);
    expect(toldBy('taro')).toEqual(['push', 'push', 'mail', 'sms']);
    expect(toldBy('hanako')).toEqual([]);
    expect(cards()).toEqual([]);
    await reads(box.cast.hanako);
    await passes(5);
    expect(cards().map(({ whom }) => whom).toSorted()).toEqual([box.cast.taro, box.cast.aoi, box.cast.ken].map(({ person }) => person).toSorted());
    // Nobody in those towns has read it; headquarters is asked, and told so.
    expect(cards().every(({ caller }) => caller === box.cast.hanako.person)).toBe(true);
    const everyone = [box.cast.taro, box.cast.aoi, box.cast.ken].map((who) => numberOf(who)).toSorted((a, b) => a - b);
    expect(runs()).toHaveLength(1);
    expect(runs()[0]!.tries.map(({ step, told }) => [step, told])).toEqual([
      [0, [{ result: 'sent', people: everyone }]], [1, [{ result: 'sent', people: everyone }]], [2, [{ result: 'notify.noAddress', people: everyone }]],
      [3, [{ result: 'sent', people: everyone }]], [4, [{ result: 'card', people: everyone }]],
    ]);
    await passes(120);
    expect(runs()[0]!.tries).toHaveLength(5);
    await box.everyoneAgrees();
  });

  it('D1 reading stops nothing; 了解 and 不可 stop it for who says so; words that are withdrawn ask nobody', async () => {
    const first = await urgent();
    await happens();
    await reads(box.cast.taro);
    await box.does('aoi', answer, { room: box.groupC, message: first, answer: 'agreed' });
    await box.does('ken', answer, { room: box.groupC, message: first, answer: 'cannot' });
    await passes(3);
    expect([toldBy('taro'), toldBy('aoi'), toldBy('ken')]).toEqual([['push', 'push'], ['push'], ['push']]);
    await box.does('hanako', withdraw, { room: box.groupC, message: first });
    await passes(2);
    await passes(30);
    expect(toldBy('taro')).toEqual(['push', 'push']);
    expect(cards()).toEqual([]);
  });

  it('D1 検討中 stops it, and begins it again for that person after 60 minutes', async () => {
    const asks = await urgent();
    await happens();
    await box.does('aoi', answer, { room: box.groupC, message: asks, answer: 'agreed' });
    await box.does('ken', answer, { room: box.groupC, message: asks, answer: 'agreed' });
    await passes(1);
    await box.does('taro', answer, { room: box.groupC, message: asks, answer: 'considering' });
    await happens();
    for (const minutes of [3, 5, 10, 20, 20]) await passes(minutes);
    expect(toldBy('taro')).toEqual(['push']);
    await passes(2);
    expect(toldBy('taro')).toEqual(['push', 'push']);
    await passes(3);
    expect(toldBy('taro')).toEqual(['push', 'push', 'push']);
    await box.does('taro', answer, { room: box.groupC, message: asks, answer: 'agreed' });
    await passes(2);
    expect(toldBy('taro')).toEqual(['push', 'push', 'push']);
    expect([toldBy('aoi'), toldBy('ken')]).toEqual([['push'], ['push']]);
  });

  it('D1 who says 検討中 twice is asked again once', async () => {
    const asks = await urgent();
    await box.does('taro', answer, { room: box.groupC, message: asks, answer: 'considering' });
    await happens();
    await passes(10);
    await box.does('taro', answer, { room: box.groupC, message: asks, answer: 'considering', word: '市長に確認中' });
    await happens();
    await passes(51);
    expect(toldBy('taro')).toEqual([]);
    await passes(10);
    expect(toldBy('taro')).toEqual(['push']);
  });

  it('D1 goes on where it was after the server was killed, and does nothing twice', async () => {
    await urgent();
    await happens();
    await passes(3);
    await chase.chasers[0]!.stop();
    await box.restart();
    chase.chasers = [await chase.follow(box.stair)];
    await happens();
    expect(toldBy('taro')).toEqual(['push', 'push']);
    await passes(2);
    expect(toldBy('taro')).toEqual(['push', 'push', 'mail']);
    expect(runs()).toHaveLength(1);
    expect(runs()[0]!.tries.map(({ step }) => step)).toEqual([0, 1, 2]);
    await box.everyoneAgrees();
  });

  it('D1 a step that was written down but not told of when the server was killed is told of by the next', async () => {
    await urgent();
    await happens();
    await chase.chasers[0]!.stop();
    // The clock writes the step down while nobody tells.
    box.clock.pass(3 * minute);
    await box.stair.clock.look();
    expect(runs()[0]!.tries[1]).toMatchObject({ step: 1 });
    expect(toldBy('taro')).toEqual(['push']);
    await box.restart();
    chase.chasers = [await chase.follow(box.stair)];
    await happens();
    expect(toldBy('taro')).toEqual(['push', 'push']);
    expect(runs()[0]!.tries[1]!.told).toBeDefined();
  });

  it('D1 what was said while nobody followed is begun by the next, and what is history is not', async () => {
    await chase.chasers[0]!.stop();
    await urgent();
    box.clock.pass(2 * 60 * minute);
    await urgent('taro');
    await box.restart();
    chase.chasers = [await chase.follow(box.stair)];
    await happens();
    expect(runs()).toHaveLength(1);
    expect(toldBy('hanako')).toEqual(['push']);
    expect(toldBy('taro')).toEqual([]);
  });

  it('D1 is set by administrators, for what asks from then on', async () => {
    await urgent();
    await happens();
    expect(await box.stair.submit(box.cast.taro, { id: fresh(), name: setLadder.deed, input: { steps: [{ after: 0, way: 'push' }], again: 30 } })).toMatchObject({ code: 'directory.notAllowed' });
    expect(await box.stair.submit(box.cast.hanako, { id: fresh(), name: setLadder.deed, input: { steps: [{ after: 5, way: 'push' }, { after: 1, way: 'mail' }], again: 30 } })).toMatchObject({ code: 'chase.stepTooEarly', params: { n: 2 } });
    await box.does('hanako', setLadder, { steps: [{ after: 1, way: 'sms' }], again: 30 });
    await urgent('aoi');
    await happens();
    await passes(1);
    expect(toldBy('hanako')).toEqual(['sms']);
    await passes(2);
    expect(toldBy('taro')).toEqual(['push', 'sms', 'push']);
    expect(runs().map(({ steps }) => steps.length)).toEqual([5, 1]);
  });

  it('D1 nothing that only the clock does is done by a person', async () => {
    expect(await box.stair.submit(box.cast.hanako, { id: fresh(), name: begin.deed, input: {} })).toMatchObject({ code: 'command.unknown' });
  });

  it('D1 a channel that throws is written down as failed, and holds nobody up', async () => {
    chase.becomes = ({ person }) => { if (person === box.cast.taro.person) throw new Error('out of order'); return { ok: true, to: 1 }; };
    await urgent();
    await happens();
    const results = runs()[0]!.tries[0]!.told!;
    expect(results.find(({ result }) => result === 'failed')?.people).toEqual([numberOf(box.cast.taro)]);
    expect(results.find(({ result }) => result === 'sent')?.people).toHaveLength(2);
    expect(chase.faults.map(String)).toEqual(['Error: out of order']);
    chase.faults = [];
  });
});

describe('requests', () => {
  beforeEach(async () => {
    await open();
    await box.plans();
  });
  const ask = async (): Promise<{ incident: Id; request: Id }> => {
    const incident = await box.flood();
    for (const who of ['taro', 'aoi', 'ken'] as const) {
      const opened = runs().at(-1);
      if (opened) await box.does(who, answer, { room: box.groupC, message: opened.thing, answer: 'agreed' });
      else {
        await happens();
        await box.does(who, answer, { room: box.groupC, message: runs().at(-1)!.thing, answer: 'agreed' });
      }
    }
    await happens();
    chase.notices = [];
    const request = await box.does('taro', send, { room: box.groupC, incident, lines: [{ duty: 'shelter', count: 6 }] });
    await happens();
    return { incident, request };
  };

  it('D1 the people of the primary are chased until one of them has answered for it', async () => {
    const { request } = await ask();
    expect([toldBy('aoi'), toldBy('ken'), toldBy('hanako'), toldBy('taro')]).toEqual([['push'], [], [], []]);
    await passes(3);
    expect(toldBy('aoi')).toEqual(['push', 'push']);
    await box.does('aoi', commit, { room: box.groupC, request, parts: [{ line: 1, wave: 1, count: 6, sees: 0 }] });
    await passes(2);
    await passes(60);
    expect(toldBy('aoi')).toEqual(['push', 'push']);
  });

  it('D1 受領 gives an hour; when the clock of the request passes it on, the secondaries are chased', async () => {
    const { request } = await ask();
    await box.does('aoi', acknowledge, { room: box.groupC, request });
    await happens();
    await passes(15);
    expect(toldBy('aoi')).toEqual(['push']);
    await passes(15.1);
    await happens();
    expect(toldBy('ken')).toEqual(['push']);
    expect(toldBy('aoi')).toEqual(['push']);
    await box.does('ken', decline, { room: box.groupC, request, parts: [{ line: 1, wave: 1, sees: 0 }], reason: 'ownDisaster' });
    await passes(3);
    expect(toldBy('ken')).toEqual(['push']);
  });
});

describe('a false alarm', () => {
  it('D6 what told of an incident asks nobody once that is over: no step, no card, no row; a request of it goes on', async () => {
    await open();
    await box.plans();
    const flood = await box.flood();
    await happens();
    expect(toldBy('ken')).toEqual(['push']);
    const request = await box.does('taro', send, { room: box.groupC, incident: flood, lines: [{ duty: 'shelter', count: 6 }] });
    await happens();
    await passes(1);
    const opening = runs()[0]!.thing;
    await box.stair.submit(box.cast.hanako, { id: fresh(), name: takeCard.deed, input: { room: box.groupC, noun: 'message', thing: opening, whom: box.cast.ken.person } });
    const head = box.device('hanako');
    await box.everyoneAgrees();
    expect((await cardsToRing(head.end, asked)).map(({ card }) => card.whom)).toEqual([box.cast.ken.person]);
    const rings = (id = fresh()) => box.stair.submit(box.cast.aoi, { id, name: takeCard.deed, input: { room: box.groupC, noun: 'message', thing: opening, whom: box.cast.taro.person } });
    expect(await rings()).toMatchObject({ ok: true });
    await box.stair.submit(box.cast.aoi, { id: fresh(), name: giveBackCard.deed, input: { room: box.groupC, card: cardIdOf(opening, box.cast.taro.person) } });
    await box.does('hanako', closeIncident, { incident: flood, seen: 1 });
    // Nobody begins to ring about it either, from the sheet of who has read.
    expect(await rings()).toMatchObject({ code: 'chase.nothingAsked' });
    for (const minutes of [2, 2, 5, 5]) await passes(minutes);
    expect(toldBy('ken')).toEqual(['push']);
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
    await happens();
    expect(runs()).toEqual([]);
  });
});

describe('a line that falls to somebody later', () => {
  beforeEach(async () => {
    await open();
    await box.plans();
  });
  /** A request of these lines; the words by which the flood was opened are answered by all. */
  const ask = async (...counts: number[]): Promise<Id> => {
    const incident = await box.flood();
    await happens();
    const opening = runs().at(-1)!.thing;
    for (const who of ['taro', 'aoi', 'ken'] as const) await box.does(who, answer, { room: box.groupC, message: opening, answer: 'agreed' });
    await happens();
    chase.notices = [];
    const request = await box.does('taro', send, { room: box.groupC, incident, lines: counts.map((count) => ({ duty: 'shelter' as const, count })) });
    await happens();
    return request;
  };
  const parts = (line: number, count: number, sees = 0) => [{ line, wave: 1, count, sees }];
  const revises = (request: Id, sees: number, count: number) => box.does('taro', revise, { room: box.groupC, request, sees, lines: [{ id: 1, duty: 'shelter', count }] });

  it('D1 D5 a secondary that had received it is woken when the line falls to it, and climbs the whole ladder; headquarters after it', async () => {
    const request = await ask(6);
    await passes(1);
    await box.does('ken', acknowledge, { room: box.groupC, request });
    for (const minutes of [28, 1.1]) await passes(minutes);
    await happens();
    expect(toldBy('ken')).toEqual(['push']);
    for (const minutes of [3, 2, 5]) await passes(minutes);
    expect(toldBy('ken')).toEqual(['push', 'push', 'mail', 'sms']);
    expect(toldBy('hanako')).toEqual([]);
    await passes(20.1);
    await happens();
    expect(toldBy('hanako')).toEqual(['push']);
    await box.does('hanako', takeOver, { room: box.groupC, request });
    await passes(3);
    expect(toldBy('hanako')).toEqual(['push']);
    // The hour that 受領 gave at the first minute is about a question that is no longer the one: nobody is asked twice.
    const before = toldBy('ken').length;
    await passes(30);
    expect(toldBy('ken')).toHaveLength(before);
  });

  it('D5 what the town takes up (上申) wakes headquarters as a line that falls to it does, and climbs the whole ladder; nobody else is asked by it', async () => {
    const request = await ask(6);
    await passes(1);
    await box.does('aoi', acknowledge, { room: box.groupC, request });
    await happens();
    chase.notices = [];
    await box.does('taro', escalate, { room: box.groupC, request, to: 'prefecture' });
    await happens();
    expect([toldBy('hanako'), toldBy('aoi'), toldBy('ken'), toldBy('taro')]).toEqual([['push'], [], [], []]);
    await passes(3);
    expect(toldBy('hanako')).toEqual(['push', 'push']);
    await box.does('hanako', takeOver, { room: box.groupC, request });
    await passes(2);
    expect(toldBy('hanako')).toEqual(['push', 'push']);
  });

  it('D5 whoever answered for one line is woken when another falls to them', async () => {
    const request = await ask(2, 4);
    await box.does('aoi', decline, { room: box.groupC, request, parts: [{ line: 1, wave: 1, sees: 0 }], reason: 'noStaff' });
    await happens();
    expect(toldBy('ken')).toEqual(['push']);
    await box.does('ken', commit, { room: box.groupC, request, parts: parts(1, 2) });
    for (const minutes of [15, 15.1]) await passes(minutes);
    await happens();
    expect(toldBy('ken')).toEqual(['push', 'push']);
    await passes(3);
    expect(toldBy('ken')).toEqual(['push', 'push', 'push']);
  });

  it('D5 a revision that asks for more wakes the primary that had answered; one that asks for less wakes nobody', async () => {
    const request = await ask(6);
    await passes(1);
    await box.does('aoi', commit, { room: box.groupC, request, parts: parts(1, 6) });
    await passes(60);
    chase.notices = [];
    await revises(request, 1, 5);
    await happens();
    expect(chase.notices).toEqual([]);
    await revises(request, 2, 30);
    await happens();
    expect(toldBy('aoi')).toEqual(['push']);
    await passes(3);
    expect(toldBy('aoi')).toEqual(['push', 'push']);
    await box.does('aoi', acknowledge, { room: box.groupC, request });
    await box.does('aoi', commit, { room: box.groupC, request, parts: parts(1, 30, 1) });
    await passes(2);
    expect(toldBy('aoi')).toEqual(['push', 'push']);
  });

  it('D5 a secondary that stays silent is not asked again by a revision in which its need did not rise; by one that begins the line anew it is, once that comes to it', async () => {
    const request = await ask(6, 2);
    for (const minutes of [15, 15.1]) await passes(minutes);
    await happens();
    for (const minutes of [3, 2, 5, 5]) await passes(minutes);
    expect(toldBy('ken')).toEqual(['push', 'push', 'mail', 'sms']);
    chase.notices = [];
    await passes(5);
    const again = (sees: number, lines: readonly { id: number; count: number }[]) => box.does('taro', revise, { room: box.groupC, request, sees, lines: lines.map((line) => ({ duty: 'shelter' as const, ...line })) });
    await again(1, [{ id: 1, count: 5 }]);
    await happens();
    expect(chase.notices).toEqual([]);
    // More of the other line is the primary's first; of the first one Ken still owes his word, and has been told.
    await again(2, [{ id: 2, count: 9 }]);
    await happens();
    expect([toldBy('aoi'), toldBy('ken')]).toEqual([['push'], []]);
    for (const minutes of [15, 15.1]) await passes(minutes);
    await happens();
    expect(toldBy('ken')).toEqual(['push']);
    await passes(3);
    expect(toldBy('ken')).toEqual(['push', 'push']);
  });

  it('D1 a number with more to come gives an hour, and then asks for the rest', async () => {
    const request = await ask(6);
    await passes(1);
    await box.does('aoi', commit, { room: box.groupC, request, parts: [{ line: 1, wave: 1, count: 2, considering: 4, sees: 0 }] });
    await happens();
    for (const minutes of [29, 30]) await passes(minutes);
    expect(toldBy('aoi')).toEqual(['push']);
    await passes(1);
    await happens();
    expect(toldBy('aoi')).toEqual(['push', 'push']);
  });
});

describe('a drill', () => {
  beforeEach(async () => {
    await open();
    await box.plans();
  });
  const drilled = async (outside?: boolean): Promise<Id> => {
    const { openIncident } = await import('@noroshi/features/incident');
    const id = fresh();
    await box.does('hanako', openIncident, { id, name: '訓練', kind: 'flood', drill: true, affected: [box.orgs.seiyo], ...(outside === undefined ? {} : { outside }) });
    await happens();
    const twin = [...box.stair.memory.streams.keys()].find((key) => (box.stair.memory.get('room', key.slice(2))?.value as { drill?: Id } | undefined)?.drill === id)!;
    for (const minutes of [3, 2, 5]) await passes(minutes);
    return twin.slice(2);
  };

  it('D4 stays inside: push comes with its mark, mail and SMS do not go out, and the record says so', async () => {
    const room = await drilled();
    expect(toldBy('taro')).toEqual(['push', 'push']);
    expect(chase.notices.every(({ drill, title }) => drill && title.startsWith('【訓練】'))).toBe(true);
    // W14: it was announced, so that it keeps quiet hours.
    expect(chase.notices.every(({ gentle }) => gentle)).toBe(true);
    expect(runs(room)[0]!.tries.map(({ step, held, told }) => [step, held, told?.map(({ result }) => result)])).toEqual([[0, undefined, ['sent']], [1, undefined, ['sent']], [2, 1, ['held']], [3, 1, ['held']]]);
  });
  it('D4 goes out where it was opened to do so', async () => {
    await drilled(true);
    expect(toldBy('taro')).toEqual(['push', 'push', 'mail', 'sms']);
    expect(chase.notices.some(({ gentle }) => gentle)).toBe(false);
  });
  it('D4 what is real always goes out, whatever was said when it was opened', async () => {
    const { openIncident, incident } = await import('@noroshi/features/incident');
    const id = fresh();
    await box.does('hanako', openIncident, { id, name: '豪雨', kind: 'flood', drill: false, affected: [box.orgs.seiyo], outside: false });
    await happens();
    for (const minutes of [3, 2]) await passes(minutes);
    expect(toldBy('taro')).toEqual(['push', 'push', 'mail']);
    expect(chase.notices.some(({ gentle }) => gentle)).toBe(false);
    expect(box.stair.memory.get(incident.noun, id)!.value).not.toHaveProperty('outside');
  });
});

describe('telling once more', () => {
  beforeEach(() => open());

  it('D3 tells those who have not read, once in three minutes, and writes down what became of it', async () => {
    const id = await box.does('hanako', say, { room: box.groupC, text: '明日の会議は10時からです' });
    await reads(box.cast.aoi);
    await box.does('hanako', remind, { room: box.groupC, message: id });
    await happens();
    expect([toldBy('taro'), toldBy('ken'), toldBy('aoi'), toldBy('hanako')]).toEqual([['push'], ['push'], [], []]);
    const now = box.stair.memory.get(reminder.noun, id)!.value as Reminder;
    expect(now.told).toEqual([{ result: 'sent', people: [numberOf(box.cast.taro), numberOf(box.cast.ken)].toSorted((a, b) => a - b) }]);
    const again = () => box.stair.submit(box.cast.hanako, { id: fresh(), name: remind.deed, input: { room: box.groupC, message: id } });
    expect(await again()).toMatchObject({ code: 'chase.remindedJustNow', params: { minutes: 3 } });
    expect(await box.stair.submit(box.cast.taro, { id: fresh(), name: remind.deed, input: { room: box.groupC, message: id } })).toMatchObject({ code: 'chase.notYoursToRemind' });
    await passes(3);
    expect(await again()).toMatchObject({ ok: true });
    await happens();
    expect(toldBy('taro')).toEqual(['push', 'push']);
  });
});

describe('two nodes', () => {
  it('D1 begin, climb and tell once, whichever of them is asked', async () => {
    await open(2);
    await urgent();
    for (const minutes of [0, 3, 2, 5, 5]) {
      box.clock.pass(minutes * minute);
      for (const node of box.nodes) await node.sweep();
      await Promise.all(box.nodes.map((node) => node.clock.look()));
      await happens();
    }
    expect(runs()).toHaveLength(1);
    expect(runs()[0]!.tries.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4]);
    expect(runs()[0]!.tries.every(({ told }) => told?.length === 1)).toBe(true);
    expect(toldBy('taro')).toEqual(['push', 'push', 'mail', 'sms']);
    expect(cards()).toHaveLength(3);
    await box.everyoneAgrees();
  });
});
