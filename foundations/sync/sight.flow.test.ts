import { currentStay, down, hasRead, memberId, pack, passed, unpack, up, wireVersion, workspaceStream, type Frame, type Member } from '@noroshi/foundations/sync';
import { caughtUp, freshId, letIn, letOut, note, pledge, rawly, rewrite, shutOut, smallBox, systemActor, blackOut, smallHouse, takeBack, until, write, like, open, type SmallBox } from '@noroshi/foundations/testing';
import { Stair } from '@noroshi/foundations/sync/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let box: SmallBox;
beforeEach(async () => { box = await smallBox(); });
afterEach(() => box.close());

describe('who may see', () => {
  it('S70 hears nothing of a place one is not in, neither live nor in counts', async () => {
    const ken = await box.on(box.ken);
    await box.says(box.taro, 3);
    await until(async () => (await ken.end.replica.db.stream.count()) > 0, 'Ken to hold what is his');
    await ken.end.line.settled();
    expect((await ken.end.replica.db.stream.toArray()).map((s) => s.key)).toEqual([workspaceStream]);
    const no = box.stair.memory.streams.get(box.stream)!.no;
    const frames = await rawly(box.stair, box.ken, [[up.fetch, no, 0], [up.fetch, no, 1], [up.old, no, 9, 50], [up.open, no], [up.read, no, [[1, 3]]], [up.fetch, 99_999, 0]]);
    // Ken's own mark in the workspace, told by the other device, may come between.
    expect(frames.filter((f) => f[0] !== down.marks || f[1] !== 1)).toEqual([
      [down.heads, [], [no]], [down.heads, [], [no]], [down.heads, [], [no]], [down.heads, [], [99_999]],
    ]);
  });

  it('S71 a place opens on the devices of who is let in, at once, with or without what was said before', async () => {
    await box.says(box.taro, 5);
    const [ken] = [await box.on(box.ken)];
    await letIn(box, box.ken, false);
    await until(async () => (await box.held(ken)) !== undefined, 'the place to open');
    expect(await box.texts(ken)).toEqual([]);
    await box.says(box.taro, 2);
    await box.agree();
    expect(await box.texts(ken)).toEqual(['1', '2']);
    expect(await ken.end.replica.unread(box.stream)).toBe(2);
    // What is older does not exist: not as a page, not as a batch, not in a count.
    await ken.end.line.older(box.stream);
    const no = box.stair.memory.streams.get(box.stream)!.no;
    for (const frame of await rawly(box.stair, box.ken, [[up.old, no, 9, 50], [up.fetch, no, 2], [up.fetch, no, 0]])) {
      const [inner] = unpack(frame[frame.length - 2] === 1 ? new Uint8Array() : (frame.at(-1) as Uint8Array)) ?? [];
      const rows = (inner?.[1] ?? []) as [string, string, number][];
      expect(rows.filter(([noun, , born]) => noun === note.noun && born < 9)).toEqual([]);
    }
    // Let in anew with what was said before, the device learns it although its numbers had not moved on.
    await letOut(box, box.ken);
    await letIn(box, box.ken, true);
    await box.agree();
    expect(await box.texts(ken)).toHaveLength(7);
  });

  it('S72 a door that closes takes everything off the device, whether it is on the line or comes later', async () => {
    await box.says(box.aoi, 3);
    const taro = await box.on();
    const phone = await box.on();
    await taro.end.shown(box.stream, [[1, 3]]);
    await box.agree();
    phone.wire.cut({ stay: true });
    await letOut(box, box.taro);
    await until(async () => (await box.held(taro)) === undefined, 'the door to close');
    await box.says(box.aoi, 2);
    expect(await taro.end.replica.all(note.noun, box.stream)).toEqual([]);
    phone.wire.mend();
    await box.agree();
    expect(await phone.end.replica.db.doc.where('stream').equals(box.stream).count()).toBe(0);
  });

  it('S73 a door that closes while a page is read behind it lets nothing out', async () => {
    await box.says(box.aoi, 80);
    const no = box.stair.memory.streams.get(box.stream)!.no;
    const frames: Frame[] = [];
    const line = box.stair.open({ session: freshId(), actor: () => box.taro, carrier: { send: (bytes) => frames.push(...unpack(bytes)!), close: () => undefined, unsent: 0 } });
    await line.hear(pack([up.hello, wireVersion, new Uint8Array(16)]));
    frames.length = 0;
    const asked = [line.hear(pack([up.fetch, no, 0])), line.hear(pack([up.old, no, 60, 50])), line.hear(pack([up.open, no]))];
    const left = letOut(box, box.taro);
    await Promise.all([...asked, left]);
    await new Promise((turn) => setImmediate(turn));
    const closedAt = frames.findIndex((f) => f[0] === down.heads && (f[2] as number[]).includes(no));
    expect(closedAt).toBeGreaterThanOrEqual(0);
    expect(frames.slice(closedAt).filter((f) => f[0] === down.snapshot || f[0] === down.old || f[0] === down.event)).toEqual([]);
  });

  it('S76 words that were taken back go out no more: not from memory, not from the tables', async () => {
    const taro = await box.on();
    await box.agree();
    taro.wire.cut({ stay: true });
    const { no, head } = box.stair.memory.streams.get(box.stream)!;
    const [gone, stays] = [freshId(), freshId()];
    await box.does(box.aoi, write, { place: box.place, text: '言わなければよかった' }, gone);
    await box.does(box.aoi, rewrite, { place: box.place, note: gone, text: 'やはり言わなければよかった' });
    await box.does(box.aoi, write, { place: box.place, text: '残る言葉' }, stays);
    expect(JSON.stringify(await caughtUp(box.stair, box.taro, no, head))).toContain('言わなければ');
    await box.does(box.aoi, takeBack, { place: box.place, note: gone });
    for (const from of ['memory', 'tables']) {
      if (from === 'tables') await box.restart();
      // The second time it is the batch that was kept for all who come back.
      for (let i = 0; i < 2; i++) {
        const told = await caughtUp(box.stair, box.taro, no, head);
        expect(told.map((frame) => frame[2]), from).toEqual([head + 1, head + 2, head + 3, head + 4]);
        expect(JSON.stringify(told), from).toContain('残る言葉');
        expect(JSON.stringify(told), from).not.toContain('言わなければ');
      }
    }
    taro.wire.mend();
    await box.agree();
    expect(await box.texts(taro)).toEqual(['', '残る言葉']);
    // The record keeps them.
    expect((await box.stair.pool.query(`select json->>'text' as text from event_body where stream = $1 and json->>'text' like '%なければ%'`, [no])).rowCount).toBe(2);
  });

  it('S78 words that were taken out of the record for good go out no more, from this node or another, and are in no table; what stays is proven', async () => {
    const other = await Stair.open({ pool: box.stair.pool, house: smallHouse, now: box.clock.now, answers: new Map() });
    try {
      const { no, head } = box.stair.memory.streams.get(box.stream)!;
      const [gone, stays, elsewhere] = [freshId(), freshId(), freshId()];
      await box.does(box.aoi, write, { place: box.place, text: '090-1234-5678' }, gone);
      await box.does(box.aoi, rewrite, { place: box.place, note: gone, text: '番号は090-1234-5678' });
      await box.does(box.aoi, write, { place: box.place, text: '残る言葉' }, stays);
      const hidden = freshId();
      await box.does(systemActor, open, { id: hidden, name: '別', needed: 0, people: [box.ken.person] });
      await box.does(box.ken, write, { place: hidden, text: '別の部屋' }, elsewhere);
      await other.sweep();
      const from = { here: () => caughtUp(box.stair, box.taro, no, head), there: () => caughtUp(other, box.taro, no, head) };
      // Both have it at hand, and as a batch that is kept for all who come back.
      for (const told of Object.values(from)) expect(JSON.stringify(await told())).toContain('1234');
      const before = (await box.stair.pool.query<{ commitments: Buffer }>('select commitments from event where stream = $1 order by seq', [no])).rows;
      // Not by who does not see it, nor by way of a place that they do see.
      expect(await box.does(box.ken, blackOut, { place: box.place, note: gone })).toMatchObject({ ok: false, code: 'small.notFound' });
      expect(await box.does(box.aoi, blackOut, { place: box.place, note: elsewhere })).toMatchObject({ ok: false, code: 'small.notFound' });
      expect(await box.does(box.aoi, blackOut, { place: box.place, note: gone })).toMatchObject({ ok: true });
      await other.sweep();
      for (const [where, told] of Object.entries(from)) {
        const frames = await told();
        expect(frames.map((frame) => frame[2]), where).toEqual([head + 1, head + 2, head + 3, head + 4]);
        expect(JSON.stringify(frames), where).toContain('残る言葉');
        expect(JSON.stringify(frames), where).not.toContain('1234');
      }
      const after = (await box.stair.pool.query<{ commitments: Buffer }>('select commitments from event where stream = $1 order by seq', [no])).rows;
      expect(after.slice(0, before.length)).toEqual(before);
      const { rows } = await box.stair.pool.query<{ json: object; emptied: string[] | null; salt: string }>(`select json, emptied, encode(salt, 'hex') as salt from event_body where stream = $1 and seq > $2 order by seq`, [no, head]);
      expect(rows.slice(0, 2)).toEqual([{ json: {}, emptied: ['text'], salt: '0'.repeat(32) }, { json: { note: gone }, emptied: ['text'], salt: expect.stringMatching(/^(?!0{32})[0-9a-f]{32}0{32}$/) }]);
      expect(rows[2]).toMatchObject({ json: { text: '残る言葉' }, emptied: null });
      await box.agree();
    } finally {
      other.halt();
    }
  });

  it('S77 who came in without what was said before hears nothing of what becomes of it: live, from memory, from the tables', async () => {
    const old = freshId();
    await box.does(box.aoi, write, { place: box.place, text: '昔の話' }, old);
    await box.does(box.aoi, pledge, { place: box.place, n: 1 });
    await letIn(box, box.ken, false);
    const { no, head } = box.stair.memory.streams.get(box.stream)!;
    const live: Frame[] = [];
    const line = box.stair.open({ session: freshId(), actor: () => box.ken, carrier: { send: (bytes) => live.push(...unpack(bytes)!), close: () => undefined, unsent: 0 } });
    await line.hear(pack([up.hello, wireVersion, new Uint8Array(16)]));
    const ken = await box.on(box.ken);
    const taro = await box.on();
    await box.does(box.aoi, rewrite, { place: box.place, note: old, text: '昔の話を直した' });
    await box.does(box.aoi, like, { place: box.place, note: old });
    await box.does(box.aoi, pledge, { place: box.place, n: 2 });
    await box.does(box.aoi, write, { place: box.place, text: '今の話' });
    await box.agree();
    line.gone();
    const events = (frames: readonly Frame[]): Frame[] => frames.filter((frame) => frame[0] === down.event && frame[1] === no && (frame[2] as number) > head);
    const passing = [[head + 1, passed.no, []], [head + 2, passed.no, []], [head + 3, passed.no, []]];
    const toldKen = async (): Promise<Frame[]> => caughtUp(box.stair, box.ken, no, head);
    const told: Record<string, Frame[]> = { live: events(live), memory: await toldKen() };
    expect(JSON.stringify(await caughtUp(box.stair, box.taro, no, head))).toContain('昔の話');
    await box.restart();
    told['tables'] = await toldKen();
    for (const [how, frames] of Object.entries(told)) {
      expect(frames.map((frame) => [frame[2], frame[5], frame[8]]), how).toEqual([...passing, [head + 4, 40, ['今の話']]]);
      expect(new Set(frames.slice(0, 3).map((frame) => JSON.stringify(frame[7]))).size, how).toBe(1);
    }
    await box.agree();
    expect(await box.texts(ken)).toEqual(['今の話']);
    expect(await box.texts(taro)).toEqual(['昔の話を直した', '今の話']);
  });

  it('S74 a closed account is off all its lines within a second, and its outbox waits on the device', async () => {
    const [one, two] = [await box.on(), await box.on()];
    await box.does(box.admin, shutOut, { id: box.taro.person, shut: true });
    await until(() => one.state() === 'refused' && two.state() === 'refused', 'both to be refused', 1_000);
    const told = await one.end.send(write, { place: box.place, text: '送れない' });
    expect(told.ok).toBe(true);
    await box.says(box.aoi, 1);
    expect(await box.texts(one)).toEqual([]);
    await box.does(box.admin, shutOut, { id: box.taro.person, shut: false });
    await box.agree();
    expect(await box.texts(two)).toEqual(['1', '送れない']);
  });

  it('S75 who leaves and comes back is asked only about their stays, and has read nothing by having been away', async () => {
    const taro = await box.on();
    await box.says(box.aoi, 2);
    await box.agree();
    await letOut(box, box.taro);
    await box.says(box.aoi, 2);
    await letIn(box, box.taro, false);
    await box.says(box.aoi, 1);
    await box.agree();
    expect(await taro.end.replica.unread(box.stream)).toBe(1);
    const last = (await box.bornOf(taro)).at(-1)!;
    await taro.end.shown(box.stream, [[last, last]]);
    await box.agree();
    const no = box.stair.memory.streams.get(box.stream)!.no;
    const me = box.stair.memory.get('member', memberId(box.stream, box.taro.person))!.value as Member;
    const mark = (await box.stair.marks.of(no)).get(me.no)!;
    expect(currentStay(me)!.visibleFrom).toBeGreaterThan(4);
    // The first two were asked of them and never shown: they stay unread for ever.
    expect([4, 5].map((seq) => hasRead(mark, seq))).toEqual([false, false]);
    expect(hasRead(mark, last)).toBe(true);
  });
});
