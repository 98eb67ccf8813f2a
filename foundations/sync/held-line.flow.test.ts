import { down, pack, unpack, up, wireVersion, type Frame } from '@noroshi/foundations/sync';
import { freshId, rawly, smallBox, until, write, type SmallBox } from '@noroshi/foundations/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let box: SmallBox;
beforeEach(async () => { box = await smallBox(); });
afterEach(() => box.close());

describe('a line', () => {
  it('S67 hears nothing before it is greeted, no other version, and no garbage, and each is told why', async () => {
    expect(await rawly(box.stair, box.taro, [[up.ping]], false)).toEqual([[down.bye, 'line.garbage']]);
    expect(await rawly(box.stair, box.taro, [[up.hello, 0, new Uint8Array(16)]], false)).toEqual([[down.bye, 'line.oldClient']]);
    expect(await rawly(box.stair, box.taro, [[up.hello, 99, new Uint8Array(16)]], false)).toEqual([[down.bye, 'line.oldServer']]);
    for (const garbage of [[99], [up.fetch, 'x', 0], [up.read, 1, [[1]]], [up.old, 1.5, 0, 0], [up.arrived, 5], [up.command, new Uint8Array(3), 'x', {}, 0, 1]] satisfies Frame[]) {
      expect((await rawly(box.stair, box.taro, [garbage])).at(-1)).toEqual([down.bye, 'line.garbage']);
    }
  });

  it('S68 takes commands in their order only: one that overtakes is put off with those behind it', async () => {
    const [a, b] = [freshId(), freshId()];
    const bytesOf = (id: string): Uint8Array => Buffer.from(id.replaceAll('-', ''), 'hex');
    const say = (id: string, text: string, k: number): Frame => [up.command, bytesOf(id), write.deed, { place: box.place, text }, 0, k];
    const frames = await rawly(box.stair, box.taro, [say(b, '二', 2), say(a, '一', 1), [up.again, 3], say(a, '一', 3), say(b, '二', 4), say(b, '二', 4)], true, 300);
    expect(frames.map((f) => f[0])).toEqual([down.later, down.event, down.event, down.answer, down.answer]);
    expect(frames.slice(1, 3).map((f) => (f[8] as string[])[0])).toEqual(['一', '二']);
  });

  it('S69 that does not drain is not fed, and is told where things stand when it does', async () => {
    const frames: Frame[] = [];
    let unsent = 0;
    const line = box.stair.open({ session: freshId(), actor: () => box.taro, carrier: { send: (bytes) => frames.push(...unpack(bytes)!), close: () => undefined, get unsent() { return unsent; } } });
    await line.hear(pack([up.hello, wireVersion, new Uint8Array(16)]));
    await new Promise((turn) => setImmediate(turn));
    frames.length = 0;
    unsent = 5_000_000;
    await box.says(box.aoi, 20);
    expect(frames).toEqual([]);
    unsent = 0;
    await until(() => frames.some((f) => f[0] === down.heads && f[3] === 1), 'the heads');
    expect(frames.some((f) => f[0] === down.event)).toBe(false);
    expect(frames[0]![0]).toBe(down.later);
    // It is sent no pages either, and no marks: it asks for them when it has been told where things stand.
    const { no } = box.stair.memory.streams.get(box.stream)!;
    frames.length = 0;
    unsent = 5_000_000;
    for (const asked of [[up.fetch, no, 0], [up.old, no, 10, 10], [up.open, no]] as Frame[]) await line.hear(pack(asked));
    expect(frames).toEqual([]);
    unsent = 0;
    await until(() => frames.some((f) => f[0] === down.heads && f[3] === 1), 'the heads once more');
    expect(frames.map((f) => f[0])).not.toContain(down.snapshot);
    line.gone();
    expect(box.stair.hub.lines.size).toBe(0);
  });

  it('S35 of one person keep one pace, however many they are', async () => {
    const limited = await smallBox({ limits: { frames: { burst: 10, perSecond: 200 } } });
    const began = performance.now();
    // Two frames of greeting and thirty of asking on each of five lines: 160 in all, of which ten are free.
    await Promise.all(Array.from({ length: 5 }, () => rawly(limited.stair, limited.taro, Array.from({ length: 31 }, () => [up.ping] as Frame), true, 0)));
    expect(performance.now() - began).toBeGreaterThan((150 / 200) * 1_000);
    await limited.close();
  });

  it('S35 pay for what their pages cost to make, and a snapshot is made once for all who come together', async () => {
    const limited = await smallBox({ limits: { fetched: { burst: 100_000, perSecond: 1_000 } } });
    for (let i = 0; i < 40; i++) await limited.does(limited.aoi, write, { place: limited.place, text: `${'あ'.repeat(2_000)}${i}` });
    const { no } = limited.stair.memory.streams.get(limited.stream)!;
    const before = limited.wobbly.statements;
    const fetched = async (who = limited.taro): Promise<number[]> => (await rawly(limited.stair, limited.taro === who ? limited.taro : who, [[up.fetch, no, 0], [up.fetch, no, 0]], true, 50)).map((f) => f[0]).filter((f) => f === down.snapshot || f === down.later);
    // Who has it made pays for the making; the next asks for less than there is left, and so has theirs.
    expect(await fetched()).toEqual([down.snapshot, down.later]);
    const made = limited.wobbly.statements - before;
    expect(await fetched(limited.aoi)).toEqual([down.snapshot, down.snapshot]);
    // The messages were read for the first of the three alone; what is asked for each is who has read what.
    expect(limited.wobbly.statements - before - made).toBeLessThanOrEqual(made + 2);
    await limited.close();
  });

  it('S35 asks to come back when one line asks for too much, and serves it then', async () => {
    const limited = await smallBox({ limits: { fetches: { burst: 2, perSecond: 1 } } });
    await limited.says(limited.aoi, 70);
    const one = await limited.open(limited.device(limited.taro));
    await until(async () => (await one.end.replica.db.stream.count()) === 2, 'both to be held');
    const no = limited.stair.memory.streams.get(limited.stream)!.no;
    const frames = await rawly(limited.stair, limited.aoi, [[up.fetch, no, 1], [up.fetch, no, 2], [up.fetch, no, 3], [up.fetch, no, 4]], true, 100);
    expect(frames.filter((f) => f[0] !== down.marks).map((f) => f[0])).toEqual([down.batch, down.batch, down.later]);
    // Two fetches have used this person's burst up as well; each page waits for its turn, and comes.
    let done = false;
    void (async () => {
      for (let page = 0; page < 2; page++) await one.end.line.older(limited.stream, 10);
      done = true;
    })();
    await until(() => {
      limited.clock.pass(25);
      return done;
    }, 'both pages to come');
    expect(await limited.texts(one)).toHaveLength(70);
    await limited.close();
  });

  it('S36 of one person are not endless: with one more than enough the oldest ends', async () => {
    const ended: string[] = [];
    for (let i = 0; i < 34; i++) box.stair.open({ session: freshId(), actor: () => box.taro, carrier: { send: () => undefined, close: (_code, reason) => ended.push(reason), unsent: 0 } });
    expect(ended).toEqual(['line.tooMany', 'line.tooMany']);
  });
});
