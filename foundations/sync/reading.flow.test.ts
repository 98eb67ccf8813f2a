import { down, hasRead, memberId, pack, unpack, up, wireVersion, type Frame, type Member } from '@noroshi/foundations/sync';
import { freshId, letIn, rawly, smallBox, until, type SmallBox } from '@noroshi/foundations/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let box: SmallBox;
beforeEach(async () => { box = await smallBox(); });
afterEach(() => box.close());

describe('reading marks', () => {
  it('S54 from several devices are one mark, and each device counts the same unread', async () => {
    const [one, two] = [await box.on(), await box.on()];
    await box.says(box.aoi, 9);
    await box.agree();
    const born = await box.bornOf(one);
    await one.end.shown(box.stream, [[born[0]!, born[2]!]]);
    await two.end.shown(box.stream, [[born[6]!, born[8]!]]);
    await box.agree();
    expect([await one.end.replica.unread(box.stream), await two.end.replica.unread(box.stream)]).toEqual([3, 3]);
    await one.end.shown(box.stream, [[born[3]!, born[5]!]]);
    await box.agree();
    expect((await box.held(two))!.ranges).toEqual([]);
  });

  it('S55 tell of a jump to the newest only what was shown, and of reading on one range without gaps', async () => {
    const taro = await box.on();
    await box.says(box.aoi, 6);
    await letIn(box, box.ken, true);
    await box.says(box.aoi, 2);
    await box.agree();
    const born = await box.bornOf(taro);
    await taro.end.shown(box.stream, [[born[7]!, born[7]!]]);
    await box.agree();
    expect(await taro.end.replica.unread(box.stream)).toBe(7);
    for (const seq of born) await taro.end.shown(box.stream, [[seq, seq]]);
    await box.agree();
    // Someone came in between: nobody need read that.
    expect(await box.held(taro)).toMatchObject({ read: born[7], ranges: [] });
  });

  it('S56 are durable before they are told, are kept on the device until then, and survive a restart of both', async () => {
    const taro = await box.on();
    const aoi = await box.on(box.aoi);
    await box.says(box.aoi, 3);
    await box.agree();
    aoi.end.openRoom(box.stream);
    box.wobbly.fail(/write-marks|into watermark/, new Error('Connection terminated unexpectedly'));
    const born = await box.bornOf(taro);
    await taro.end.shown(box.stream, [[born[0]!, born[2]!]]);
    await box.stair.marks.flush();
    const me = box.stair.memory.get('member', memberId(box.stream, box.taro.person))!.value as Member;
    const seenByAoi = async () => hasRead((await aoi.end.replica.db.mark.get([box.stream, me.no])), born[2]!);
    expect(await seenByAoi()).toBe(false);
    expect(await taro.end.replica.db.shown.count()).toBe(1);
    await box.restart();
    box.wobbly.mend();
    const again = taro.restart();
    await box.open(again);
    await box.agree();
    await until(seenByAoi, 'Aoi to see that Taro has read');
    expect(await again.end.replica.unread(box.stream)).toBe(0);
    const { no } = box.stair.memory.streams.get(box.stream)!;
    expect([...(await box.stair.marks.readTimes(no, born[1]!)).keys()]).toEqual([me.no]);
  });

  it('S57 take nothing that cannot be: beyond the head, before what one may see, of a place one is not in', async () => {
    await box.says(box.taro, 3);
    await letIn(box, box.ken, false);
    const { no, head } = box.stair.memory.streams.get(box.stream)!;
    await rawly(box.stair, box.ken, [[up.read, no, [[0, 1_000], [5, 2]]], [up.arrived, [[no, 1_000]]]]);
    await rawly(box.stair, box.admin, [[up.read, no, [[1, 3]]]]);
    await box.stair.marks.flush();
    const who = box.stair.memory.member(box.stream, box.ken.person)!;
    const marks = await box.stair.marks.of(no);
    expect(marks.get(who.no)).toMatchObject({ read: 0, ranges: [[head, head]], delivered: head });
    expect(marks.size).toBe(1);
  });

  it('S58 of what lies below what a device holds are counted anew when they move', async () => {
    await box.says(box.aoi, 90);
    const phone = await box.on();
    const desk = await box.on();
    expect(await phone.end.replica.unread(box.stream)).toBe(90);
    while ((await box.held(desk))!.floor > 1) await desk.end.line.older(box.stream, 200);
    const born = await box.bornOf(desk);
    await desk.end.shown(box.stream, [[born[0]!, born[9]!]]);
    await box.agree();
    expect(await phone.end.replica.unread(box.stream)).toBe(80);
    await desk.end.shown(box.stream, [[born[0]!, born[89]!]]);
    await box.agree();
    expect(await phone.end.replica.unread(box.stream)).toBe(0);
  });

  it('S59 delivered is not read: it follows what has come, live too', async () => {
    const taro = await box.on();
    await box.says(box.aoi, 2);
    const { no } = box.stair.memory.streams.get(box.stream)!;
    const mine = box.stair.memory.member(box.stream, box.taro.person)!.no;
    await until(async () => {
      await box.stair.marks.flush();
      return (await box.stair.marks.of(no)).get(mine)?.delivered === box.stair.memory.streams.get(box.stream)!.head;
    }, 'arrival to be told');
    expect((await box.stair.marks.of(no)).get(mine)).toMatchObject({ read: 0, ranges: [] });
    expect(await taro.end.replica.unread(box.stream)).toBe(2);
  });
});

it('S56a marks that are alike are told together to a device that says it takes them so, and one by one to another', async () => {
  const no = box.stair.memory.streams.get(box.stream)!.no;
  await box.says(box.aoi, 1);
  const { head } = box.stair.memory.streams.get(box.stream)!;
  const told = async (joint: boolean): Promise<unknown> => {
    const frames: Frame[] = [];
    const line = box.stair.open({ session: freshId(), actor: () => box.taro, carrier: { send: (bytes) => frames.push(...unpack(Uint8Array.from(bytes))!), close: () => undefined, unsent: 0 } });
    await line.hear(pack([up.hello, wireVersion, new Uint8Array(16), ...(joint ? [1] : [])] as Frame));
    await line.hear(pack([up.open, no]));
    await new Promise((turn) => setImmediate(turn));
    line.gone();
    return frames.filter((f) => f[0] === down.marks && f[1] === no && f[2] === 1).at(-1)![3];
  };
  for (const who of [box.taro, box.aoi]) box.stair.marks.read(no, who.person, [[1, head]]);
  await box.stair.marks.flush();
  const [at] = [...(await box.stair.marks.of(no)).values()].map((mark) => mark.at);
  expect(await told(true)).toEqual([[Uint8Array.of(0b110), head, head, [], at]]);
  expect(await told(false)).toEqual([[1, head, head, [], at], [2, head, head, [], at]]);
});
