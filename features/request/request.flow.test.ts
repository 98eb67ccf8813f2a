import { arrive, commit, decline, predictedFor, request, requests, returnHome, send, stateOf, sumsOf, type DispatchRequest } from '@noroshi/features/request';
import { clockOf, revisePlan, widenIncident, type Incident } from '@noroshi/features/incident';
import { say, type Message } from '@noroshi/features/talk';
import type { Id } from '@noroshi/foundations/kernel';
import { roomStream, type Deed } from '@noroshi/foundations/sync';
import { until, type Device } from '@noroshi/foundations/testing';
import { hotline, type CastName, type Hotline } from '@noroshi/e2e/box';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const minute = 60_000;

let box: Hotline;
let flood: Id;
beforeEach(async () => {
  box = await hotline();
  await box.plans();
  flood = await box.flood();
});
afterEach(() => box?.close());

const asks = (counts: readonly number[] = [12, 4], more: { room?: Id; incident?: Id } = {}): Promise<Id> => box.does('taro', send, {
  room: box.groupC, incident: flood, lines: counts.map((count, i) => ({ duty: i === 0 ? 'shelter' as const : 'houseSurvey' as const, count })), ...more,
});
const known = (asked: Id): DispatchRequest => box.stair.memory.get(request.noun, asked)!.value as DispatchRequest;
const sums = (asked: Id) => sumsOf(known(asked)).total;
const held = (d: Device, asked: Id): Promise<DispatchRequest | undefined> => d.end.replica.get<DispatchRequest>(request.noun, asked);
/** A thing with what waits in the outbox folded in: what a screen shows. */
const shown = async (d: Device, asked: Id): Promise<DispatchRequest | undefined> => {
  const items = (await d.end.replica.outbox.item.toArray()).filter((item) => item.state !== 'refused');
  const doc = await d.end.replica.db.doc.get([request.noun, asked]);
  return (await d.end.overlay(doc ? [doc] : [], items)).find((one) => one.noun === request.noun && one.id === asked)?.value as DispatchRequest | undefined;
};
const lines = async (d: Device): Promise<string[]> =>
  (await d.end.replica.all<Message>('message', roomStream(box.groupC))).flatMap((m) => (m.value.note?.line.startsWith('request.') ? [m.value.note.line] : []));
const onLine = async (...names: CastName[]): Promise<Device[]> => {
  const devices = names.map((name) => box.device(name));
  await until(async () => {
    for (const d of devices) if (d.state() !== 'open' || !(await d.end.replica.get('room', box.groupC)) || !(await d.end.replica.get('incident', flood))) return false;
    return true;
  }, 'everyone to be on the line and to hold the room and the incident');
  return devices;
};
const done = async <I>(d: Device, deed: Deed<I, any> & { deed: string }, input: I): Promise<Id> => {
  const told = await d.end.send(deed, input);
  if (!told.ok) throw new Error(told.code);
  expect(await told.answer).toMatchObject({ ok: true });
  return told.id;
};

describe('asking for staff', () => {
  it('the story of four: 12 and 4 are asked for, ten come from the primary, six from a secondary who saw them coming', async () => {
    const [taro, aoi, ken, hanako] = await onLine('taro', 'aoi', 'ken', 'hanako') as [Device, Device, Device, Device];
    const mika = box.device('mika');
    const asked = await done(taro, send, { room: box.groupC, incident: flood, lines: [{ duty: 'shelter', count: 12 }, { duty: 'houseSurvey', count: 4 }] });
    await until(async () => (await held(aoi, asked)) && (await held(ken, asked)) && (await held(hanako, asked)), 'all three to have it');
    expect((await held(ken, asked))!.no).toBe('C-西予-001');
    expect(predictedFor((await held(ken, asked))!, box.orgs.iyo).coming).toBe(16);

    await done(aoi, commit, { room: box.groupC, request: asked, parts: [{ line: 1, wave: 1, count: 10, sees: 0 }], leader: '村上 剛' });
    await done(aoi, decline, { room: box.groupC, request: asked, parts: [{ line: 2, wave: 1, sees: 0 }], reason: 'noStaff', text: '班が出払い' });
    const seen = await until(async () => {
      const now = await held(ken, asked);
      return now && predictedFor(now, box.orgs.iyo).coming === 6 ? now : undefined;
    }, 'Ken to see six coming');
    expect(predictedFor(seen, box.orgs.iyo).lines.map((l) => l.coming)).toEqual([2, 4]);

    await done(ken, commit, { room: box.groupC, request: asked, parts: [{ line: 1, wave: 1, count: 2, sees: 0 }, { line: 2, wave: 1, count: 4, sees: 0 }] });
    const last = await until(async () => {
      const now = await held(hanako, asked);
      return now && sumsOf(now).total.short === 0 ? now : undefined;
    }, 'Hanako to see nobody missing');
    expect(sumsOf(last).total).toEqual({ needed: 16, committed: 16, arrived: 0, home: 0, short: 0, surplus: 0 });
    expect(stateOf(last)).toBe('filled');
    expect(await lines(hanako)).toEqual([
      'request.sent', 'request.committed', 'request.passedOn.primary.answered.secondaries', 'request.declined', 'request.passedOn.primary.answered.secondaries', 'request.committed.filled',
    ]);
    expect(await mika.end.replica.db.doc.where('noun').equals(request.noun).count()).toBe(0);
    await box.everyoneAgrees();
  });

  it('numbers are given without holes when many ask in the same instant', async () => {
    await Promise.all(Array.from({ length: 20 }, () => asks([1])));
    const numbers = box.stair.memory.of(roomStream(box.groupC), request.noun).map((doc) => (doc.value as DispatchRequest).no);
    expect(numbers.toSorted()).toEqual(Array.from({ length: 20 }, (_, i) => `C-西予-${String(i + 1).padStart(3, '0')}`));
  });

  it('is shown as waiting while the line is down, the first request of all too, and sent once when it is back', async () => {
    const [taro] = await onLine('taro') as [Device];
    taro.wire.cut({ stay: true });
    const told = await taro.end.send(send, { room: box.groupC, incident: flood, lines: [{ duty: 'water', count: 3 }] });
    expect(told.ok).toBe(true);
    const asked = (told as { id: Id }).id;
    expect(await held(taro, asked)).toBeUndefined();
    expect((await shown(taro, asked))?.lines).toEqual([{ id: 1, duty: 'water', count: 3 }]);
    taro.wire.mend();
    taro.end.line.hurry();
    await until(() => held(taro, asked), 'the server to have it');
    expect(box.stair.memory.of(roomStream(box.groupC), request.noun)).toHaveLength(1);
    await box.everyoneAgrees();
  });
});

describe('steps in the talk', () => {
  it('T72 inform: the request is to be read, what follows from it is in the talk and counts nowhere as unread', async () => {
    const [taro, aoi, ken] = await onLine('taro', 'aoi', 'ken') as [Device, Device, Device];
    const stream = roomStream(box.groupC);
    const before = await ken.end.replica.unread(stream);
    const counted = box.stair.memory.streams.get(stream)!.messages;
    const asked = await done(taro, send, { room: box.groupC, incident: flood, lines: [{ duty: 'shelter', count: 12 }] });
    await until(async () => (await held(ken, asked)) && (await held(aoi, asked)), 'both to have it');
    expect(await ken.end.replica.unread(stream)).toBe(before + 1);
    await done(aoi, commit, { room: box.groupC, request: asked, parts: [{ line: 1, wave: 1, count: 10, sees: 0 }] });
    await until(async () => (await lines(ken)).includes('request.committed'), 'Ken to be told');
    expect(await ken.end.replica.unread(stream)).toBe(before + 1);
    expect(box.stair.memory.streams.get(stream)!.messages).toBe(counted + 1);
    // Who speaks is heard as ever.
    await box.does('aoi', say, { room: box.groupC, text: '10人出ます' });
    await until(async () => (await ken.end.replica.unread(stream)) === before + 2, 'Ken to have two unread');
  });
});

describe('answers', () => {
  it('of two supporters in the same instant both count', async () => {
    const asked = await asks([12]);
    await Promise.all((['aoi', 'ken'] as const).map((who) => box.does(who, commit, { room: box.groupC, request: asked, parts: [{ line: 1, wave: 1, count: 8, sees: 0 }] })));
    expect(sums(asked)).toEqual({ needed: 12, committed: 16, arrived: 0, home: 0, short: 0, surplus: 4 });
    expect(known(asked).revisions).toHaveLength(1);
  });

  it('of two people of one town in the same instant one counts, and the other is told what stands', async () => {
    const asked = await asks([12]);
    const say = (count: number) => box.stair.submit(box.cast.aoi, { id: box.device('aoi').end.newId(), name: commit.deed, input: { room: box.groupC, request: asked, parts: [{ line: 1, wave: 1, count, sees: 0 }] } });
    const answers = await Promise.all([say(8), say(5)]);
    expect(answers.filter((a) => a.ok)).toHaveLength(1);
    expect(answers.find((a) => !a.ok)).toMatchObject({ code: 'request.changedMeanwhile', params: { rev: 1, count: sums(asked).committed } });
  });

  it('a pledge made out of reach is 仮 on that device, nothing to the others, and counts once the line is back', async () => {
    const asked = await asks([12]);
    const [ken, hanako] = await onLine('ken', 'hanako') as [Device, Device];
    await until(async () => (await held(ken, asked)) && (await held(hanako, asked)), 'both to have it');
    ken.wire.cut({ stay: true });
    const told = await ken.end.send(commit, { room: box.groupC, request: asked, parts: [{ line: 1, wave: 1, count: 6, sees: 0 }] });
    expect(told.ok).toBe(true);
    expect(sumsOf((await shown(ken, asked))!).total.committed).toBe(6);
    expect(sumsOf((await held(hanako, asked))!).total.committed).toBe(0);
    ken.wire.mend();
    ken.end.line.hurry();
    await until(async () => sumsOf((await held(hanako, asked))!).total.committed === 6, 'Hanako to see it');
    await box.everyoneAgrees();
    expect(sums(asked).committed).toBe(6);
  });

  it('a pledge that was overtaken while out of reach is refused with what stands, and its words stay', async () => {
    const asked = await asks([12]);
    const [aoi] = await onLine('aoi') as [Device];
    await until(() => held(aoi, asked), 'Aoi to have it');
    aoi.wire.cut({ stay: true });
    const told = await aoi.end.send(commit, { room: box.groupC, request: asked, parts: [{ line: 1, wave: 1, count: 6, sees: 0 }] });
    await box.does('aoi', commit, { room: box.groupC, request: asked, parts: [{ line: 1, wave: 1, count: 9, sees: 0 }] });
    aoi.wire.mend();
    aoi.end.line.hurry();
    expect(told.ok && (await told.answer)).toMatchObject({ ok: false, code: 'request.changedMeanwhile', params: { rev: 1, count: 9 } });
    expect((await aoi.end.replica.outbox.item.toArray())[0]).toMatchObject({ state: 'refused', input: { parts: [{ count: 6 }] } });
    expect(sums(asked).committed).toBe(9);
  });
});

describe('the clock', () => {
  it('passes a late request on by itself, once, and says so in the talk', async () => {
    const asked = await asks([12]);
    const [hanako] = await onLine('hanako') as [Device];
    box.clock.pass(29 * minute);
    await box.stair.clock.look();
    expect(known(asked).stages['1']!.tier).toBe('primary');
    box.clock.pass(minute);
    await box.stair.clock.look();
    await box.stair.clock.look();
    expect(known(asked).stages['1']!.tier).toBe('secondaries');
    await until(async () => (await lines(hanako)).length === 2, 'Hanako to hear of it');
    expect(await lines(hanako)).toEqual(['request.sent', 'request.passedOn.primary.late.secondaries']);
    await box.everyoneAgrees();
  });

  it('R4 runs as long as the plan says with which the incident began, unless the request says otherwise; a plan that says nothing means half an hour', async () => {
    expect(clockOf(box.stair.memory.get('incident', flood)!.value as Incident)).toBe(30);
    expect(known(await asks([12])).clockMinutes).toBe(30);
    const { seiyo, saijo, iyo } = box.orgs;
    const row = (affected: Id, supporters: Id[]) => ({ affected, supporters: supporters.map((org) => ({ org, assumed: false })) });
    const rows = [row(seiyo, [saijo, iyo]), row(saijo, [iyo, seiyo]), row(iyo, [saijo])];
    await box.does('hanako', revisePlan, { seen: 1, name: '2018年度 改', from: '2018-07-01', rows, clockMinutes: 45 });
    const quake = await box.flood([saijo], { name: '余震' });
    expect(box.stair.memory.get('incident', quake)!.value).toMatchObject({ planVersion: '2018年度 改', clockMinutes: 45 });
    const ask = (more: { clockMinutes?: number } = {}) => box.does('aoi', send, { room: box.groupC, incident: quake, lines: [{ duty: 'water', count: 3 }], ...more });
    expect(known(await ask({ clockMinutes: 10 })).clockMinutes).toBe(10);
    const asked = await ask();
    box.clock.pass(44 * minute);
    await box.stair.clock.look();
    expect(known(asked).stages['1']!.tier).toBe('primary');
    box.clock.pass(minute);
    await box.stair.clock.look();
    // Seiyo, second of the plan, is hit by the flood: nobody is left but headquarters.
    expect(known(asked).stages['1']!.tier).toBe('headquarters');
    await box.everyoneAgrees();
  });

  it('survives a restart: what came due meanwhile happens then, and happens once', async () => {
    const asked = await asks([12]);
    box.clock.pass(10 * minute);
    await box.restart();
    await box.stair.clock.look();
    expect(known(asked).stages['1']!.tier).toBe('primary');
    box.clock.pass(50 * minute);
    await box.restart();
    await Promise.all([box.stair.clock.look(), box.stair.clock.look()]);
    await box.restart();
    await box.stair.clock.look();
    expect(known(asked).stages['1']!.tier).toBe('secondaries');
    box.clock.pass(30 * minute);
    await box.stair.clock.look();
    await box.restart();
    await box.stair.clock.look();
    expect(known(asked).stages['1']!.tier).toBe('headquarters');
    const [hanako] = await onLine('hanako') as [Device];
    await until(async () => (await lines(hanako)).length === 3, 'Hanako to have all lines');
    expect(await lines(hanako)).toEqual(['request.sent', 'request.passedOn.primary.late.secondaries', 'request.passedOn.secondaries.late.headquarters']);
  });
});

describe('when the primary is hit too', () => {
  it('R55 the next in the plan is asked, with the whole clock, and the talk says so', async () => {
    const asked = await asks([12]);
    box.clock.pass(20 * minute);
    await box.does('hanako', widenIncident, { incident: flood, affected: [box.orgs.saijo] });
    await box.stair.clock.look();
    expect(known(asked)).toMatchObject({ supporters: { primary: box.orgs.iyo }, stages: { 1: { tier: 'primary' } } });
    expect(known(asked).stages['1']!.due! - box.stair.now()).toBeGreaterThan(29 * minute);
    await box.everyoneAgrees();
  });
});

describe('people on their way', () => {
  it('are counted where they are, until they are home', async () => {
    const asked = await asks([6]);
    await box.does('aoi', commit, { room: box.groupC, request: asked, parts: [{ line: 1, wave: 1, count: 6, sees: 0 }] });
    const move = (who: CastName, deed: Deed<any, any> & { deed: string }, count: number, sees: number) => box.does(who, deed, { room: box.groupC, request: asked, line: 1, wave: 1, org: box.orgs.saijo, count, sees });
    await move('taro', arrive, 6, 0);
    expect(sums(asked)).toMatchObject({ committed: 6, arrived: 6, short: 0 });
    await move('aoi', returnHome, 6, 1);
    expect(sums(asked)).toMatchObject({ committed: 6, arrived: 6, home: 6, short: 0 });
    expect(stateOf(known(asked))).toBe('done');
  });
});

describe('a drill', () => {
  it('stays in its twin room: nothing of it is in the real talk, and each event of it bears the mark', async () => {
    const drill = await box.flood([box.orgs.seiyo], { drill: true, name: '総合防災訓練' });
    const twin = (box.stair.memory.get('incident', drill)!.value as { roles: { affected: Id; room: Id }[] }).roles.find((r) => r.affected === box.orgs.seiyo)!.room;
    expect(twin).not.toBe(box.groupC);
    const refusal = await box.stair.submit(box.cast.taro, { id: box.device('taro').end.newId(), name: send.deed, input: { room: box.groupC, incident: drill, lines: [{ duty: 'shelter', count: 1 }] } });
    expect(refusal).toMatchObject({ ok: false, code: 'request.otherRoom' });
    const practised = await asks([12], { room: twin, incident: drill });
    const real = await asks([3]);
    box.clock.pass(31 * minute);
    await box.stair.clock.look();
    expect(known(practised)).toMatchObject({ drill: true, no: expect.stringMatching(/-001$/) });
    expect(known(real)).toMatchObject({ drill: false, no: 'C-西予-001' });
    const { rows } = await box.stair.pool.query<{ key: string; drill: boolean; n: number }>('select s.key, e.drill, count(*)::int as n from event e join stream s on s.no = e.stream where e.kind = any($1) group by 1, 2', [requests.events.map((k) => k.no)]);
    expect(rows.toSorted((a, b) => Number(a.drill) - Number(b.drill))).toEqual([
      { key: roomStream(box.groupC), drill: false, n: 2 }, { key: roomStream(twin), drill: true, n: 2 },
    ]);
  });
});
