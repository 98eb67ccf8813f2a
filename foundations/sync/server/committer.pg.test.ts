import { freshDatabase, type FreshDatabase } from '@noroshi/foundations/database/testing';
import { derivedId, systemActor, type Actor, type Id } from '@noroshi/foundations/kernel';
import { roomStream, type Answer, type Deed } from '@noroshi/foundations/sync';
import { ComeBackLater, eventsAfter, Stair, type StairNeeds } from '@noroshi/foundations/sync/server';
import {
  come, disagreements, freshId, like, LossyBus, ManualClock, note, open, personOf, pledge, remind, rename, rewrite, ring, seat, seeded, shutOut, smallHouse, someone, stumble, sum, until, WobblyPool, write,
  type Someone, type Sum,
} from '@noroshi/foundations/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let database: FreshDatabase;
let wobbly: WobblyPool;
let clock: ManualClock;
let reports: string[];
let stairs: Stair[];
let stair: Stair;
const org = freshId();
const plenty = { burst: 1e9, perSecond: 1e9 };

const node = async (more: Partial<StairNeeds> = {}): Promise<Stair> => {
  const one = await Stair.open({ pool: wobbly.pool, house: smallHouse, now: clock.now, answers: new Map(), limits: { commands: plenty, fetches: plenty, frames: plenty, questions: plenty }, report: (error, what) => void reports.push(`${what}: ${String(error)}`), ...more });
  stairs.push(one);
  return one;
};
const ask = <I>(actor: Actor, deed: Deed<I, any> & { deed: string }, input: I, { id = freshId(), at = stair }: { id?: Id; at?: Stair } = {}): Promise<Answer> => at.submit(actor, { id, name: deed.deed, input });
const aPlace = async (people: readonly Actor[], needed = 0): Promise<Id> => {
  for (const { person } of people) if (!stair.memory.get(someone.noun, person)) expect(await ask(systemActor, come, { id: person, name: '太郎', org, inside: true })).toMatchObject({ ok: true });
  const id = freshId();
  expect(await ask(systemActor, open, { id, name: 'グループC', needed, people: people.map((p) => p.person) })).toMatchObject({ ok: true });
  return id;
};
const texts = async (place: Id): Promise<string[]> => (await eventsAfter(database.pool, smallHouse, stair.memory.streams.get(roomStream(place))!, 0, 1e6)).filter((e) => e.kind === 'small.wrote').map((e) => (e.body as { text: string }).text);
const taro = personOf('member', org);
const aoi = personOf('member', org);

beforeEach(async () => {
  database = await freshDatabase();
  wobbly = new WobblyPool(database.pool);
  clock = new ManualClock();
  reports = [];
  stairs = [];
  stair = await node();
});
afterEach(async () => {
  wobbly.mend();
  for (const one of stairs) await one.close();
  await database.close();
});

describe('commands and idempotency', () => {
  it('S10 a command sent twice takes effect once and gets its first answer, at once, later and after a restart', async () => {
    const place = await aPlace([taro]);
    const id = freshId();
    const both = await Promise.all([ask(taro, write, { place, text: '浸水' }, { id }), ask(taro, write, { place, text: '浸水' }, { id })]);
    expect(both[0]).toEqual(both[1]);
    expect(await ask(taro, write, { place, text: '浸水' }, { id })).toEqual(both[0]);
    stair.halt();
    stair = await node();
    expect(await ask(taro, write, { place, text: '浸水' }, { id })).toEqual(both[0]);
    expect(await texts(place)).toEqual(['浸水']);
  });

  it('S11 a refusal is an answer too: a repeat gets it even if the world has changed', async () => {
    const place = await aPlace([taro]);
    await ask(systemActor, come, { id: aoi.person, name: '葵', org, inside: true });
    const id = freshId();
    expect(await ask(aoi, write, { place, text: '聞こえますか' }, { id })).toEqual({ ok: false, code: 'stream.notFound' });
    await ask(systemActor, seat, { place, person: aoi.person, inside: true, history: true });
    expect(await ask(aoi, write, { place, text: '聞こえますか' }, { id })).toEqual({ ok: false, code: 'stream.notFound' });
    expect(await ask(aoi, write, { place, text: '聞こえますか' })).toMatchObject({ ok: true });
  });

  it('S12 other input under the same id is refused, in one batch and later', async () => {
    const place = await aPlace([taro]);
    const id = freshId();
    const [first, second] = await Promise.all([ask(taro, write, { place, text: '一' }, { id }), ask(taro, write, { place, text: '二' }, { id })]);
    expect([first.ok, second]).toEqual([true, { ok: false, code: 'command.idReused' }]);
    expect(await ask(taro, write, { place, text: '二' }, { id })).toEqual({ ok: false, code: 'command.idReused' });
    expect(await texts(place)).toEqual(['一']);
  });

  it('S13 nobody takes the id of another’s thing: not in the same batch, not later, not from another room, not when it is out of memory', async () => {
    const place = await aPlace([taro, aoi]);
    const mika = personOf('member', org);
    const other = await aPlace([mika]);
    const id = freshId();
    const [mine, theirs] = await Promise.all([ask(taro, write, { place, text: '本物' }, { id }), ask(aoi, write, { place, text: '偽物' }, { id })]);
    expect([mine.ok, theirs]).toEqual([true, { ok: false, code: 'command.idTaken' }]);
    expect(await ask(mika, write, { place: other, text: '偽物' }, { id })).toEqual({ ok: false, code: 'command.idTaken' });
    const ken = personOf('member', org);
    await ask(systemActor, come, { id: ken.person, name: '健', org, inside: true });
    await ask(systemActor, seat, { place, person: ken.person, inside: true, history: true });
    stair.halt();
    stair = await node();
    expect(await ask(ken, write, { place, text: '偽物' }, { id })).toEqual({ ok: false, code: 'command.idTaken' });
    expect(await texts(place)).toEqual(['本物']);
    expect(await disagreements(smallHouse, database.pool, [stair], [])).toEqual([]);
  });

  it('S14 two persons may use the same id for things of their own: it is theirs by person', async () => {
    const place = await aPlace([taro, aoi], 9);
    const id = freshId();
    expect(await ask(taro, pledge, { place, n: 2 }, { id })).toMatchObject({ ok: true });
    expect(await ask(aoi, pledge, { place, n: 3 }, { id })).toMatchObject({ ok: true });
    expect(stair.memory.get(sum.noun, `${place}/sum`)!.value).toMatchObject({ given: { [taro.person]: 2, [aoi.person]: 3 } });
  });

  it('S15 a device’s clock decides nothing, however wrong', async () => {
    const place = await aPlace([taro]);
    for (const at of [0, -5, 1e300, Number.NaN, 9e15]) {
      expect(await stair.submit(taro, { id: freshId(), name: write.deed, input: { place, text: 'あ' } }, at)).toMatchObject({ ok: true });
    }
  });

  it('S16 an answer is kept for longer than a device can be away and stay signed in; then its row goes, and what it did stays', async () => {
    const place = await aPlace([taro]);
    const id = freshId();
    const first = await ask(taro, write, { place, text: '浸水' }, { id });
    const given = async (): Promise<number> => (await database.pool.query('select from command where id = $1', [id])).rowCount!;
    const day = 24 * 60 * 60_000;
    clock.pass(499 * day);
    await stair.clock.tidy();
    expect(await ask(taro, write, { place, text: '浸水' }, { id })).toEqual(first);
    clock.pass(2 * day);
    await stair.clock.tidy();
    expect(await given()).toBe(0);
    expect(await texts(place)).toEqual(['浸水']);
    // What it made still stands under its id: even then nothing is said twice.
    expect(await ask(taro, write, { place, text: '浸水' }, { id })).toMatchObject({ ok: false, code: 'command.idTaken' });
  });
});

describe('judging and group commit', () => {
  it('S20 commands that arrive together are committed together', async () => {
    const place = await aPlace([taro, aoi]);
    const before = wobbly.statements;
    const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => ask(i % 2 ? taro : aoi, write, { place, text: `${i}` })));
    expect(answers.every((a) => a.ok)).toBe(true);
    expect(wobbly.statements - before).toBeLessThanOrEqual(6);
    expect(await texts(place)).toEqual(Array.from({ length: 200 }, (_, i) => `${i}`));
  });

  it('S21 each is judged by what those before it in the batch have made true: a sum is right under any interleaving', async () => {
    const place = await aPlace([taro, aoi], 10);
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => ask(i % 2 ? taro : aoi, pledge, { place, n: 3 })));
    expect(answers.filter((a) => a.ok)).toHaveLength(3);
    expect(answers.find((a) => !a.ok)).toMatchObject({ code: 'small.enough', params: { left: 1 } });
    const { given } = stair.memory.get(sum.noun, `${place}/sum`)!.value as Sum;
    expect(Object.values(given).reduce((a, b) => a + b)).toBe(9);
  });

  it('S21 sums are right between two nodes too', async () => {
    const place = await aPlace([taro, aoi], 20);
    const second = await node();
    const answers = await Promise.all(Array.from({ length: 30 }, (_, i) => ask(i % 2 ? taro : aoi, pledge, { place, n: 1 }, { at: i % 3 ? stair : second })));
    expect(answers.filter((a) => a.ok)).toHaveLength(20);
    await stair.sweep();
    await second.sweep();
    expect(await disagreements(smallHouse, database.pool, [stair, second], [])).toEqual([]);
  });

  it('S22 who has no place in a stream has no deed in it and learns nothing of it, whether it exists or not', async () => {
    const place = await aPlace([taro]);
    await ask(systemActor, come, { id: aoi.person, name: '葵', org, inside: true });
    expect(await ask(aoi, write, { place, text: 'x' })).toEqual(await ask(aoi, write, { place: freshId(), text: 'x' }));
  });

  it('S23 a rule that throws is reported and told as such, harms nobody in its batch, and is not stored', async () => {
    const place = await aPlace([taro, aoi]);
    const id = freshId();
    const [a, b, c] = await Promise.all([ask(taro, write, { place, text: '前' }), ask(taro, stumble, { place }, { id }), ask(aoi, write, { place, text: '後' })]);
    expect([a.ok, b, c.ok]).toEqual([true, { ok: false, code: 'command.failed' }, true]);
    expect(reports).toHaveLength(1);
    expect((await database.pool.query('select 1 from command where id = $1', [id])).rowCount).toBe(0);
    expect(await disagreements(smallHouse, database.pool, [stair], [])).toEqual([]);
  });

  it('S24 a change to a thing that is not at hand is made to it as it is in the tables, whether the rule asked for it or not', async () => {
    const place = await aPlace([taro, aoi]);
    const id = freshId();
    await ask(taro, write, { place, text: '古い' }, { id });
    stair.halt();
    stair = await node();
    expect(stair.memory.get(note.noun, id)).toBeUndefined();
    expect(await ask(taro, rewrite, { place, note: id, text: '新しい' })).toMatchObject({ ok: true });
    expect(await ask(aoi, like, { place, note: id })).toMatchObject({ ok: true });
    expect((await database.pool.query('select value from noun where id = $1', [id])).rows[0].value).toEqual({ id, by: taro.person, text: '新しい', times: 1, liked: [aoi.person] });
  });

  it('S25 memory is what the tables are after a batch that failed', async () => {
    const place = await aPlace([taro], 5);
    wobbly.fail(/with begun/, new Error('Connection terminated unexpectedly'));
    await expect(ask(taro, pledge, { place, n: 5 })).rejects.toThrow(ComeBackLater);
    wobbly.mend();
    expect(stair.memory.get(sum.noun, `${place}/sum`)).toBeUndefined();
    expect(await ask(taro, pledge, { place, n: 5 })).toMatchObject({ ok: true });
    expect(await disagreements(smallHouse, database.pool, [stair], [])).toEqual([]);
  });

  it('S26 a job happens once, in the command’s own transaction, even when it is asked for twice', async () => {
    const place = await aPlace([taro]);
    await ask(taro, remind, { place, after: 1000 });
    expect(await stair.clock.look()).toBe(0);
    clock.pass(2000);
    const second = await node();
    await Promise.all([stair.clock.look(), second.clock.look()]);
    await stair.clock.look();
    await stair.sweep();
    expect(stair.memory.streams.get(roomStream(place))!.messages).toBe(1);
    expect((await database.pool.query('select 1 from job')).rowCount).toBe(0);
  });

  it('S27 only the clock does what is the clock’s', async () => {
    const place = await aPlace([taro]);
    expect(await ask(taro, ring, { place })).toEqual({ ok: false, code: 'command.unknown' });
  });
});

describe('a database that goes away', () => {
  const gone = new Error('Connection terminated unexpectedly');

  it('S30 nothing is decided while it is away, and the same command is done when it is back', async () => {
    const place = await aPlace([taro]);
    const id = freshId();
    wobbly.fail(/./, gone);
    await expect(ask(taro, write, { place, text: '待つ' }, { id })).rejects.toThrow(ComeBackLater);
    wobbly.mend();
    expect(await ask(taro, write, { place, text: '待つ' }, { id })).toMatchObject({ ok: true });
    expect(await texts(place)).toEqual(['待つ']);
  });

  it('S31 a commit whose answer was lost is found as done, and told to the lines', async () => {
    const place = await aPlace([taro]);
    const id = freshId();
    wobbly.fail(/^commit$/, gone, { times: 1, after: true });
    await expect(ask(taro, write, { place, text: '一度だけ' }, { id })).rejects.toThrow(ComeBackLater);
    await stair.sweep();
    expect(stair.memory.streams.get(roomStream(place))!.messages).toBe(1);
    expect(await ask(taro, write, { place, text: '一度だけ' }, { id })).toMatchObject({ ok: true, seq: 3 });
    expect(await texts(place)).toEqual(['一度だけ']);
  });

  it('S32 what one sent behind something undecided is not decided before it', async () => {
    const place = await aPlace([taro, aoi]);
    // A batch that is spoilt by one command is done one by one; at the second of them the database is away for a moment.
    const ids = [freshId(), freshId()];
    wobbly.fail(/^begin$/, gone, { skip: 2, times: 1 });
    const settled = await Promise.allSettled([ask(taro, stumble, { place }), ask(taro, write, { place, text: '一' }, { id: ids[0]! }), ask(taro, write, { place, text: '二' }, { id: ids[1]! })]);
    expect(settled.map((s) => s.status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    for (const [i, text] of ['一', '二'].entries()) await ask(taro, write, { place, text }, { id: ids[i]! });
    expect(await texts(place)).toEqual(['一', '二']);
  });

  it('S33 an error of the data spoils only the command that brings it', async () => {
    const place = await aPlace([taro, aoi]);
    await database.pool.query(`alter table event_body add constraint no_curse check (json::text not like '%呪%')`);
    const answers = await Promise.all(['一', '呪', '三'].map((text) => ask(taro, write, { place, text })));
    expect(answers).toMatchObject([{ ok: true }, { ok: false, code: 'command.failed' }, { ok: true }]);
    expect(await texts(place)).toEqual(['一', '三']);
    expect(await disagreements(smallHouse, database.pool, [stair], [])).toEqual([]);
  });

  it('S34 too much from one person is no answer: it may come again', async () => {
    const limited = await node({ limits: { commands: { burst: 5, perSecond: 1 } } });
    const place = await aPlace([taro, aoi]);
    await limited.sweep();
    const sent = Array.from({ length: 7 }, () => freshId());
    const first = await Promise.allSettled(sent.map((id) => ask(taro, write, { place, text: id }, { id, at: limited })));
    expect(first.filter((s) => s.status === 'rejected' && s.reason instanceof ComeBackLater && s.reason.why === 'busy')).toHaveLength(2);
    expect(await ask(aoi, write, { place, text: '別の人' }, { at: limited })).toMatchObject({ ok: true });
    clock.pass(3000);
    expect(await ask(taro, write, { place, text: sent[6]! }, { id: sent[6]!, at: limited })).toMatchObject({ ok: true });
  });

  it('S34 while more wait than can be done soon, who comes now is told when to come back, one after the other; in the end all is done, once', async () => {
    const place = await aPlace([taro, aoi]);
    const say = (id: Id): Promise<Answer> => ask(taro, write, { place, text: '水' }, { id });
    // A disk that takes its time over one batch.
    const slow = await database.pool.connect();
    await slow.query('begin');
    await slow.query('lock table event in exclusive mode');
    const early = Array.from({ length: 300 }, () => freshId()).map(say);
    await slow.query('select pg_sleep(0.7)');
    await slow.query('commit');
    slow.release();
    await Promise.all(early);
    const sent = Array.from({ length: 1_200 }, () => freshId());
    const waits: number[] = [];
    let open = sent;
    while (open.length > 0) {
      const told = await Promise.allSettled(open.map(say));
      open = open.filter((_id, i) => told[i]!.status === 'rejected');
      waits.push(...told.flatMap((one) => (one.status === 'rejected' ? [(one.reason as ComeBackLater).after] : [])));
    }
    expect(waits.length).toBeGreaterThan(0);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(1_000);
    expect(new Set(waits).size).toBeGreaterThan(10);
    expect(await texts(place)).toHaveLength(1_500);
  });
});

describe('several nodes', () => {
  it('S40 the same command on two nodes at once takes effect once, and both give the same answer', async () => {
    const place = await aPlace([taro]);
    const second = await node();
    for (let i = 0; i < 15; i++) {
      const id = freshId();
      const [a, b] = await Promise.all([ask(taro, write, { place, text: `${i}` }, { id }), ask(taro, write, { place, text: `${i}` }, { id, at: second })]);
      expect(a).toEqual(b);
    }
    expect(await texts(place)).toEqual(Array.from({ length: 15 }, (_, i) => `${i}`));
    await stair.sweep();
    await second.sweep();
    expect(await disagreements(smallHouse, database.pool, [stair, second], [])).toEqual([]);
  });

  it('S41 a room that began on one node is there for a deed on the other, before anything was told', async () => {
    const second = await node();
    const place = await aPlace([taro]);
    expect(await ask(taro, write, { place, text: 'もう入れる' }, { at: second })).toMatchObject({ ok: true });
    expect(await ask(systemActor, rename, { id: place, name: '新' }, { at: await node() })).toMatchObject({ ok: true });
  });

  it('S42 deeds that hold the workspace’s lock on two nodes see each other, and number streams without a clash', async () => {
    const second = await node();
    await aPlace([taro, aoi]);
    await second.sweep();
    const places = Array.from({ length: 12 }, () => freshId());
    const opened = await Promise.all(places.map((id, i) => ask(systemActor, open, { id, name: `${i}`, needed: 0, people: [taro.person] }, { at: i % 2 ? stair : second })));
    expect(opened.every((a) => a.ok)).toBe(true);
    // Both nodes let the same person in: one of them does, and the other knows.
    const seats = await Promise.all([stair, second].map((at) => ask(systemActor, seat, { place: places[0]!, person: aoi.person, inside: true, history: true }, { at })));
    expect(seats.map((a) => a.ok).sort()).toEqual([false, true]);
    // A rename right behind an opening elsewhere is judged with that room under its lock (storm, seed 6).
    for (let i = 0; i < 10; i++) {
      const id = freshId();
      await Promise.all([ask(systemActor, open, { id, name: '始', needed: 0, people: [taro.person] }), ask(systemActor, rename, { id, name: '改' }, { at: second })]);
    }
    expect(reports).toEqual([]);
    await stair.sweep();
    await second.sweep();
    expect(await disagreements(smallHouse, database.pool, [stair, second], [])).toEqual([]);
  });

  it('S43 a rule that changed on one node holds on the other in its next batch', async () => {
    const place = await aPlace([taro, aoi]);
    const second = await node();
    await ask(systemActor, seat, { place, person: aoi.person, inside: false, history: true });
    expect(await ask(aoi, write, { place, text: 'まだいる？' }, { at: second })).toEqual({ ok: false, code: 'stream.notFound' });
  });

  it('S44 a closed account is known on the other node within a second, by the sweep alone', async () => {
    await aPlace([taro]);
    const second = await node();
    await ask(systemActor, shutOut, { id: taro.person, shut: true });
    const since = Date.now();
    await until(() => (second.memory.get(someone.noun, taro.person)!.value as Someone).shut, 'the other node to know');
    expect(Date.now() - since).toBeLessThan(1000);
  });

  it('S45 a hint makes it known at once, and one that is lost is made good', async () => {
    const bus = new LossyBus(seeded(4));
    const [a, b] = [await node({ bus: bus.end() }), await node({ bus: bus.end() })];
    const place = await aPlace([taro]);
    await a.sweep();
    await b.sweep();
    await ask(taro, write, { place, text: '一' }, { at: a });
    await until(() => b.memory.streams.get(roomStream(place))!.messages === 1, 'the hint', 200);
    bus.lose = 1;
    await ask(taro, write, { place, text: '二' }, { at: a });
    await until(() => b.memory.streams.get(roomStream(place))!.messages === 2, 'the sweep', 2000);
    const { no } = b.memory.streams.get(roomStream(place))!;
    await b.marks.of(no);
    a.marks.read(no, taro.person, [[3, 4]]);
    await a.marks.flush();
    await b.sweep();
    expect((await b.marks.of(no)).get(1)).toMatchObject({ ranges: [[3, 4]] });
  });
});

describe('the words that follow', () => {
  it('S26 a further id follows from the command’s, the same at every repeat', () => {
    const id = freshId();
    expect(derivedId(id, 'a')).toBe(derivedId(id, 'a'));
    expect(new Set(['a', 'b', 'ab', ''].map((label) => derivedId(id, label))).size).toBe(4);
  });
});
