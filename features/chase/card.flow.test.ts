import { cardIdOf, cardState, giveBackCard, phoneCard, ring, takeCard, type PhoneCard } from '@noroshi/features/chase';
import { addPerson, disablePerson, setAway } from '@noroshi/features/directory';
import { monthOf, setRoster } from '@noroshi/features/rota';
import { addPeople, answer, message as messageNoun, openRoom, removePerson, say, type Message } from '@noroshi/features/talk';
import type { Actor, Id } from '@noroshi/foundations/kernel';
import { freshId, until } from '@noroshi/foundations/testing';
import { asked } from '../../apps/asked.ts';
import { cardsToRing, toTellToo } from './web/owes.ts';
import { otherWhoRingsHere, readMissing } from './web/known.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { box, chase, closesAfterEach, open } from '@noroshi/e2e/chased';

const minute = 60_000;

closesAfterEach();

describe('the card', () => {
  let jun: Actor;
  beforeEach(async () => {
    await open();
    const id = freshId();
    await box.does('system', addPerson, { id, org: box.orgs.seiyo, role: 'member', name: '三好 順', kana: '', phones: [{ kind: 'office', number: '0894-00-0001', priority: true }], post: { id: freshId(), title: '総務課', duty: 'personnel', rank: 60 } });
    jun = { person: id, org: box.orgs.seiyo, role: 'member' };
    // The seat that comes with the desk.
    await chase.happens();
  });
  const take = (who: Actor, thing: Id, whom: Actor, id = freshId()) => box.stair.submit(who, { id, name: takeCard.deed, input: { room: box.groupC, noun: 'message', thing, whom: whom.person } });
  const card = (thing: Id, whom: Actor): PhoneCard | undefined => box.stair.memory.get(phoneCard.noun, cardIdOf(thing, whom.person))?.value as PhoneCard | undefined;

  it('D1 goes to a colleague in the same town who has read it, with a priority line', async () => {
    const asks = await chase.urgent();
    await chase.happens();
    await chase.reads(jun);
    await chase.reads(box.cast.hanako);
    for (const minutes of [3, 2, 5, 5]) await chase.passes(minutes);
    expect(card(asks, box.cast.taro)?.caller).toBe(jun.person);
    expect(chase.notices.filter(({ person, path }) => person === jun.person && path.startsWith('/chase/'))).toHaveLength(1);
  });

  it('DR4 goes to whoever holds the line tonight, before a priority line', async () => {
    const aya = { person: freshId(), org: box.orgs.seiyo, role: 'member' } as Actor;
    await box.does('system', addPerson, { id: aya.person, org: aya.org, role: 'member', name: '上甲 彩', kana: '', phones: [], post: { id: freshId(), title: '財政課', duty: 'other', rank: 50 } });
    await chase.happens();
    const now = box.clock.now();
    const turn = { id: 1, from: now, until: now + 60 * minute, person: aya.person };
    expect(await box.stair.submit(jun, { id: freshId(), name: setRoster.deed, input: { org: jun.org, month: monthOf(now), sees: 0, shifts: [turn] } })).toMatchObject({ ok: true });
    for (const after of [0, 120]) {
      box.clock.pass(after * minute);
      const asks = await chase.urgent();
      await chase.happens();
      for (const one of [jun, aya]) await chase.reads(one);
      for (const minutes of [3, 2, 5, 5]) await chase.passes(minutes);
      // Her turn is over by the clock, and nobody had to say so.
      expect(card(asks, box.cast.taro)?.caller).toBe(after === 0 ? aya.person : jun.person);
      await box.does('taro', answer, { room: box.groupC, message: asks, answer: 'agreed' });
    }
  });

  it('D2 two take it at once: one has it, and both see who', async () => {
    const asks = await chase.urgent();
    const answers = await Promise.all([take(jun, asks, box.cast.taro), take(box.cast.aoi, asks, box.cast.taro)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ code: 'chase.takenByOther' });
    expect(chase.cards()).toHaveLength(1);
    expect([jun.person, box.cast.aoi.person]).toContain(card(asks, box.cast.taro)!.taken!.by);
  });

  it('D1 D2 is dealt anew when who needed time is silent: with their number, to whoever is asked now, on all three screens', async () => {
    const asks = await chase.urgent();
    await chase.happens();
    await chase.reads(jun);
    for (const minutes of [3, 2, 5, 5]) await chase.passes(minutes);
    const { id } = card(asks, box.cast.taro)!;
    const [mine, head] = [box.deviceOf(jun), box.device('hanako')];
    const screens = async () => ({ toRing: (await cardsToRing(mine.end, asked)).map((one) => one.card.id), missing: (await readMissing(head.end, asked)).flatMap(({ people }) => people.map(({ who }) => who.person)) });
    await box.everyoneAgrees();
    expect((await screens()).toRing).toEqual([id]);
    await take(jun, asks, box.cast.taro);
    expect(await box.stair.submit(jun, { id: freshId(), name: ring.deed, input: { room: box.groupC, card: id, result: 'answered' } })).toMatchObject({ ok: true });
    await box.does('taro', answer, { room: box.groupC, message: asks, answer: 'considering' });
    await chase.happens();
    await box.everyoneAgrees();
    expect(cardState(card(asks, box.cast.taro)!)).toBe('told');
    expect((await screens()).missing).not.toContain(box.cast.taro.person);
    const told = (who: Actor): number => chase.notices.filter(({ person, path }) => person === who.person && path === `/chase/${id}`).length;
    expect(told(jun)).toBe(1);
    for (const minutes of [60, 3, 2, 5, 5]) await chase.passes(minutes);
    expect(card(asks, box.cast.taro)).toMatchObject({ caller: jun.person, calls: [{ result: 'answered' }] });
    expect(cardState(card(asks, box.cast.taro)!)).toBe('open');
    expect(told(jun)).toBe(2);
    await box.everyoneAgrees();
    expect((await screens()).toRing).toEqual([id]);
    expect((await screens()).missing).toContain(box.cast.taro.person);
  });

  it('D2 is not dealt to another while someone rings, or where someone told them since the climb began', async () => {
    const asks = await chase.urgent();
    await chase.happens();
    await chase.reads(jun);
    for (const minutes of [3, 2, 2]) await chase.passes(minutes);
    await take(jun, asks, box.cast.taro);
    await box.stair.submit(jun, { id: freshId(), name: ring.deed, input: { room: box.groupC, card: cardIdOf(asks, box.cast.taro.person), result: 'answered' } });
    for (const minutes of [3, 4]) await chase.passes(minutes);
    await take(box.cast.aoi, asks, box.cast.ken);
    await chase.passes(1);
    expect(chase.runs()[0]!.tries.at(-1)!.told).toEqual(expect.arrayContaining([
      { result: 'chase.toldAlready', people: [chase.numberOf(box.cast.taro)] }, { result: 'chase.takenByOther', people: [chase.numberOf(box.cast.ken)] },
    ]));
    expect(chase.notices.filter(({ path }) => path === `/chase/${cardIdOf(asks, box.cast.taro.person)}` || path === `/chase/${cardIdOf(asks, box.cast.ken.person)}`)).toEqual([]);
  });

  it('D7 for who is away another is rung: neither the one who stands in nor one who is away is asked to ring', async () => {
    const aya = { person: freshId(), org: box.orgs.seiyo, role: 'member' } as Actor;
    await box.does('system', addPerson, { id: aya.person, org: aya.org, role: 'member', name: '上甲 彩', kana: '', phones: [], post: { id: freshId(), title: '財政課', duty: 'other', rank: 50 } });
    const until = box.clock.now() + 60 * minute;
    await box.does('taro', setAway, { person: box.cast.taro.person, until, standIn: jun.person });
    const asks = await chase.urgent();
    await chase.happens();
    for (const one of [jun, aya, box.cast.hanako]) await chase.reads(one);
    for (const minutes of [3, 2, 5, 5]) await chase.passes(minutes);
    // 順 has the priority line, and would be asked first.
    const { id, caller } = card(asks, box.cast.taro)!;
    expect(caller).toBe(aya.person);
    expect(chase.notices.filter(({ path }) => path === `/chase/${id}`).map(({ person, body }) => [person, body])).toEqual([[aya.person, expect.stringContaining('兵頭 太郎さん（不在）の代わりの三好 順')]]);
    await box.does('hanako', setAway, { person: aya.person, until });
    const second = await chase.urgent();
    await chase.happens();
    for (const one of [jun, aya, box.cast.hanako]) await chase.reads(one);
    for (const minutes of [3, 2, 5, 5]) await chase.passes(minutes);
    expect(card(second, box.cast.taro)!.caller).toBe(box.cast.hanako.person);
    for (const one of [asks, second]) await box.does('taro', answer, { room: box.groupC, message: one, answer: 'agreed' });
    // It is over by the clock, and nobody had to say so.
    box.clock.pass(60 * minute);
    const third = await chase.urgent();
    await chase.happens();
    for (const one of [jun, aya, box.cast.hanako]) await chase.reads(one);
    for (const minutes of [3, 2, 5, 5]) await chase.passes(minutes);
    expect(card(third, box.cast.taro)!.caller).toBe(jun.person);
  });

  const give = (who: Actor, thing: Id, whom: Actor) => box.stair.submit(who, { id: freshId(), name: giveBackCard.deed, input: { room: box.groupC, card: cardIdOf(thing, whom.person) } });
  const says = (who: Actor, thing: Id, whom: Actor, result = 'noAnswer') => box.stair.submit(who, { id: freshId(), name: ring.deed, input: { room: box.groupC, card: cardIdOf(thing, whom.person), result } });

  it('D2 a person is rung by one at a time, whatever about: whoever rings them takes their other cards too, and nobody else does', async () => {
    const [first, second] = [await chase.urgent(), await chase.urgent('ken')];
    expect(await take(jun, first, box.cast.taro)).toMatchObject({ ok: true });
    expect(await take(box.cast.aoi, second, box.cast.taro)).toMatchObject({ code: 'chase.takenByOther' });
    expect(await take(jun, second, box.cast.taro)).toMatchObject({ ok: true });
    expect(await take(box.cast.aoi, first, box.cast.ken)).toMatchObject({ ok: true });
    // Free with the last of what they hold: given back, with a result, or by itself.
    expect(await give(jun, first, box.cast.taro)).toMatchObject({ ok: true });
    expect(await take(box.cast.aoi, first, box.cast.taro)).toMatchObject({ code: 'chase.takenByOther' });
    expect(await says(jun, second, box.cast.taro)).toMatchObject({ ok: true });
    expect(await take(box.cast.aoi, second, box.cast.taro)).toMatchObject({ ok: true });
    expect(await take(jun, first, box.cast.taro)).toMatchObject({ code: 'chase.takenByOther' });
    await chase.passes(10.1);
    expect(await take(jun, first, box.cast.taro)).toMatchObject({ ok: true });
  });

  it('D2 two who press at once about two things: one of them rings', async () => {
    const [first, second] = [await chase.urgent(), await chase.urgent('ken')];
    const answers = await Promise.all([take(jun, first, box.cast.taro), take(box.cast.aoi, second, box.cast.taro)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ code: 'chase.takenByOther' });
  });

  it('D2 who rings a person is seen on each of their cards, and whoever rings is offered what else they are to be told', async () => {
    const [first, second] = [await chase.urgent(), await chase.urgent()];
    await chase.happens();
    await chase.reads(jun);
    for (const minutes of [3, 2, 5, 5]) await chase.passes(minutes);
    const [mine, head] = [box.deviceOf(jun), box.device('hanako')];
    await box.everyoneAgrees();
    const toRing = async () => (await cardsToRing(mine.end, asked)).map((one) => one.card.thing);
    expect(await toRing()).toEqual([first, second]);
    expect(await toTellToo(mine.end, asked, card(first, box.cast.taro)!)).toMatchObject([{ card: { thing: second } }]);
    await take(box.cast.aoi, first, box.cast.taro);
    await box.everyoneAgrees();
    expect(await toRing()).toEqual([]);
    const rows = (await readMissing(head.end, asked)).map(({ thing, people }) => [thing, people.find(({ who }) => who.person === box.cast.taro.person)?.rings]);
    expect(rows).toEqual([[first, box.cast.aoi.person], [second, box.cast.aoi.person]]);
    await says(box.cast.aoi, first, box.cast.taro);
    await box.does('taro', answer, { room: box.groupC, message: second, answer: 'agreed' });
    await box.everyoneAgrees();
    expect(await toRing()).toEqual([first]);
    expect(await toTellToo(mine.end, asked, card(first, box.cast.taro)!)).toEqual([]);
  });

  it('D2 a drill holds up nothing real: who rings in it does not keep a colleague from ringing in earnest', async () => {
    await box.plans();
    const flood = await box.flood([box.orgs.seiyo], { drill: true, name: '訓練' });
    const twin = [...box.stair.memory.streams.keys()].find((key) => (box.stair.memory.get('room', key.slice(2))?.value as { drill?: Id } | undefined)?.drill === flood)!.slice(2);
    const [practised, real] = [await box.does('hanako', say, { room: twin, text: '訓練です', urgency: 'urgent' }), await chase.urgent()];
    expect(await box.stair.submit(box.cast.aoi, { id: freshId(), name: takeCard.deed, input: { room: twin, noun: 'message', thing: practised, whom: box.cast.taro.person } })).toMatchObject({ ok: true });
    expect(await take(jun, real, box.cast.taro)).toMatchObject({ ok: true });
  });

  it('D2 whoever was let in without history is kept from ringing as well, and hears who rings', async () => {
    const { taro, ken, aoi } = box.cast;
    const room = freshId();
    await box.does('hanako', openRoom, { id: room, kind: 'purpose', name: '人事', short: '人', orgs: [], people: [taro.person, ken.person, aoi.person] });
    const takes = (who: Actor, thing: Id) => box.stair.submit(who, { id: freshId(), name: takeCard.deed, input: { room, noun: 'message', thing, whom: taro.person } });
    expect(await takes(ken, await box.does('hanako', say, { room, text: '至急', urgency: 'urgent' }))).toMatchObject({ ok: true });
    await box.does('hanako', removePerson, { room, person: aoi.person });
    await box.does('hanako', addPeople, { room, people: [aoi.person], history: false });
    const second = await box.does('hanako', say, { room, text: '返事をください', urgency: 'urgent' });
    expect(await takes(aoi, second)).toMatchObject({ code: 'chase.takenByOther' });
    const far = box.device('aoi');
    await box.everyoneAgrees();
    expect(await otherWhoRingsHere(far.end, taro.person, false)).toBe(ken.person);
    await chase.passes(10.1);
    await box.everyoneAgrees();
    expect(await otherWhoRingsHere(far.end, taro.person, false)).toBeUndefined();
    expect(await takes(aoi, second)).toMatchObject({ ok: true });
  });

  it('D2 the card of a further thing goes to whoever is to ring them already', async () => {
    const rie = freshId();
    await box.does('system', addPerson, { id: rie, org: box.orgs.seiyo, role: 'member', name: '清家 理恵', kana: '', phones: [{ kind: 'office', number: '0894-00-0002', priority: true }], post: { id: freshId(), title: '総務課', duty: 'personnel', rank: 70 } });
    await chase.happens();
    const first = await chase.urgent();
    await chase.happens();
    await chase.reads(jun);
    for (const minutes of [3, 2, 5, 5]) await chase.passes(minutes);
    expect(card(first, box.cast.taro)?.caller).toBe(jun.person);
    const second = await chase.urgent();
    await chase.happens();
    await chase.reads(jun);
    await chase.reads({ person: rie, org: box.orgs.seiyo, role: 'member' });
    for (const minutes of [3, 2, 5, 5]) await chase.passes(minutes);
    // She has fewer cards and the lower rank; but one call can tell of both.
    expect(card(second, box.cast.taro)?.caller).toBe(jun.person);
    // What he has answered asks nobody to ring him any more.
    for (const thing of [first, second]) await box.does('taro', answer, { room: box.groupC, message: thing, answer: 'agreed' });
    const third = await chase.urgent();
    await chase.happens();
    await chase.reads(jun);
    await chase.reads({ person: rie, org: box.orgs.seiyo, role: 'member' });
    for (const minutes of [3, 2, 5, 5]) await chase.passes(minutes);
    expect(card(third, box.cast.taro)?.caller).toBe(rie);
  });

  it('D2 a result written down without a line is kept, though the taking was refused because another rang them about something else', async () => {
    const [first, second] = [await chase.urgent(), await chase.urgent('ken')];
    const far = box.deviceOf(jun);
    await until(() => far.state() === 'open', 'the device to be on the line');
    far.wire.cut({ stay: true });
    const id = cardIdOf(second, box.cast.taro.person);
    await far.end.send(takeCard, { room: box.groupC, noun: 'message', thing: second, whom: box.cast.taro.person });
    await far.end.send(ring, { room: box.groupC, card: id, result: 'answered', about: { noun: 'message', thing: second, whom: box.cast.taro.person } });
    await take(box.cast.aoi, first, box.cast.taro);
    far.wire.mend();
    await until(() => card(second, box.cast.taro)?.calls.length === 1, 'the result to come');
    expect(card(second, box.cast.taro)).toMatchObject({ whom: box.cast.taro.person, calls: [{ by: jun.person, result: 'answered' }] });
    expect(card(second, box.cast.taro)!.taken).toBeUndefined();
    // Of a thing that is not here no card is made.
    expect(await box.stair.submit(jun, { id: freshId(), name: ring.deed, input: { room: box.groupC, card: id, result: 'answered', about: { noun: 'message', thing: first, whom: box.cast.ken.person } } })).toMatchObject({ ok: true });
    expect(await box.stair.submit(jun, { id: freshId(), name: ring.deed, input: { room: box.groupC, card: cardIdOf(first, box.cast.ken.person), result: 'answered', about: { noun: 'message', thing: second, whom: box.cast.ken.person } } })).toMatchObject({ code: 'chase.cardNotFound' });
  });

  it('D2 is given back by hand, and by itself after ten minutes without a result', async () => {
    const asks = await chase.urgent();
    await take(jun, asks, box.cast.taro);
    const { id } = card(asks, box.cast.taro)!;
    expect(await box.stair.submit(box.cast.aoi, { id: freshId(), name: giveBackCard.deed, input: { room: box.groupC, card: id } })).toMatchObject({ code: 'chase.notTaken' });
    expect(await box.stair.submit(jun, { id: freshId(), name: giveBackCard.deed, input: { room: box.groupC, card: id } })).toMatchObject({ ok: true });
    expect(card(asks, box.cast.taro)!.taken).toBeUndefined();
    await chase.passes(5);
    await take(box.cast.aoi, asks, box.cast.taro);
    // The clock that was wound for the first time does not end the second.
    await chase.passes(5.1);
    expect(card(asks, box.cast.taro)!.taken?.by).toBe(box.cast.aoi.person);
    await chase.passes(5);
    expect(card(asks, box.cast.taro)!.taken).toBeUndefined();
  });

  it('D2 代理が了解 is its own state: the ladder ends for that person, who has neither read nor answered', async () => {
    const asks = await chase.urgent();
    await chase.happens();
    await take(jun, asks, box.cast.taro);
    const { id } = card(asks, box.cast.taro)!;
    expect(await box.stair.submit(jun, { id: freshId(), name: ring.deed, input: { room: box.groupC, card: id, result: 'proxy', word: '秘書課長が副市長に伝える' } })).toMatchObject({ ok: true });
    const told = box.stair.memory.get(messageNoun.noun, asks)!.value as Message;
    expect(told.proxies).toMatchObject({ [box.cast.taro.person]: [jun.person, expect.any(Number)] });
    expect(told.answers).toBeUndefined();
    expect(cardState(card(asks, box.cast.taro)!)).toBe('proxy');
    await chase.passes(3);
    expect(chase.toldBy('taro')).toEqual(['push']);
    expect(chase.toldBy('aoi')).toEqual(['push', 'push']);
  });

  it('D2 what was written down without a line counts, whoever holds the card by then', async () => {
    const asks = await chase.urgent();
    const far = box.deviceOf(jun);
    await until(() => far.state() === 'open', 'the device to be on the line');
    far.wire.cut({ stay: true });
    const told = await far.end.send(takeCard, { room: box.groupC, noun: 'message', thing: asks, whom: box.cast.taro.person });
    const rung = await far.end.send(ring, { room: box.groupC, card: cardIdOf(asks, box.cast.taro.person), result: 'message', word: '奥さまに伝言' });
    expect([told.ok, rung.ok]).toEqual([true, true]);
    await take(box.cast.aoi, asks, box.cast.taro);
    far.wire.mend();
    await until(() => card(asks, box.cast.taro)?.calls.length === 1, 'the result to come');
    expect(card(asks, box.cast.taro)).toMatchObject({ taken: { by: box.cast.aoi.person }, calls: [{ by: jun.person, result: 'message', word: '奥さまに伝言' }] });
  });

  it('D2 nobody rings themselves, whoever has answered, or who is not there; a guest rings nobody', async () => {
    const asks = await chase.urgent();
    await box.does('ken', answer, { room: box.groupC, message: asks, answer: 'agreed' });
    expect(await take(box.cast.taro, asks, box.cast.taro)).toMatchObject({ code: 'chase.nobodyToRing' });
    expect(await take(box.cast.taro, asks, box.cast.mika)).toMatchObject({ code: 'chase.nobodyToRing' });
    expect(await take(box.cast.taro, asks, box.cast.ken)).toMatchObject({ code: 'chase.nothingOwed' });
    expect(await take(box.cast.mika, asks, box.cast.taro)).toMatchObject({ code: 'stream.notFound' });
    const room = freshId();
    await box.does('hanako', openRoom, { id: room, kind: 'purpose', name: '広島', short: '広', orgs: [], people: [box.cast.mika.person, box.cast.taro.person] });
    const there = await box.does('hanako', say, { room, text: '至急', urgency: 'urgent' });
    expect(await box.stair.submit(box.cast.mika, { id: freshId(), name: takeCard.deed, input: { room, noun: 'message', thing: there, whom: box.cast.taro.person } })).toMatchObject({ code: 'chase.notForGuests' });
  });

  it('D3 nobody is missing whose account was closed, and nobody rings them', async () => {
    const asks = await chase.urgent();
    await chase.happens();
    await chase.reads(box.cast.hanako);
    for (const minutes of [3, 2, 5, 5]) await chase.passes(minutes);
    const head = box.device('hanako');
    await box.everyoneAgrees();
    const screens = async () => ({
      missing: (await readMissing(head.end, asked)).flatMap(({ people }) => people.map(({ who }) => who.person)), toRing: (await cardsToRing(head.end, asked)).map(({ card: { whom } }) => whom),
    });
    const { person } = box.cast.taro;
    expect(await screens()).toEqual({ missing: expect.arrayContaining([person]), toRing: expect.arrayContaining([person]) });
    expect(card(asks, box.cast.taro)).toBeDefined();
    await box.does('hanako', disablePerson, { id: person });
    await box.everyoneAgrees();
    const { missing, toRing } = await screens();
    expect([missing, toRing].map((all) => [all.length > 0, all.includes(person)])).toEqual([[true, false], [true, false]]);
    const rung = await box.stair.submit(box.cast.hanako, { id: freshId(), name: takeCard.deed, input: { room: box.groupC, noun: messageNoun.noun, thing: asks, whom: person } });
    expect(rung).toMatchObject({ ok: false, code: 'chase.nobodyToRing' });
  });

  it('D1 nobody is told whose account was closed meanwhile, and the record says so', async () => {
    await chase.urgent();
    await chase.happens();
    await box.does('hanako', disablePerson, { id: jun.person });
    await chase.passes(3);
    expect(chase.notices.filter(({ person }) => person === jun.person)).toHaveLength(1);
    expect(chase.runs()[0]!.tries[1]!.told).toContainEqual({ result: 'gone', people: [chase.numberOf(jun)] });
  });
});
