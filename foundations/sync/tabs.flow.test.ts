import { hasRead, memberId, roomStream, type Member, type StreamKey } from '@noroshi/foundations/sync';
import { freshId, open, note, smallBox, systemActor, until, write, type Device, type SmallBox } from '@noroshi/foundations/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let box: SmallBox;
beforeEach(async () => { box = await smallBox(); });
afterEach(() => box.close());

const on = async (who = box.taro): Promise<Device> => {
  const one = await box.open(box.device(who));
  await until(() => floorOf(one), 'the place to be held');
  return one;
};
const floorOf = async (one: Device): Promise<number | undefined> => (await one.end.replica.db.stream.get(box.stream))?.floor;
const newestOf = async (one: Device, stream: StreamKey): Promise<number> => (await one.end.replica.newest(note.noun, stream, 1))[0]?.born ?? 0;
/** Whether a tab sees that someone has read a place as far as it goes. */
const seesRead = async (one: Device, stream: StreamKey, who = box.aoi): Promise<boolean> => {
  const { no } = box.stair.memory.get('member', memberId(stream, who.person))!.value as Member;
  return hasRead(await one.end.replica.db.mark.get([stream, no]), await newestOf(one, stream));
};

describe('the tabs of one browser', () => {
  it('S110 show how the line is on which only one of them is, and the next takes its place', async () => {
    const first = await on();
    const second = first.tab();
    second.end.openRoom(box.stream);
    await until(() => second.state() === 'open', 'the second to be told that there is a line');
    const aoi = await on(box.aoi);
    await second.end.send(write, { place: box.place, text: '二つめから' });
    await until(async () => (await box.texts(aoi)).includes('二つめから'), 'what is said in the second to go up');
    first.wire.cut({ stay: true });
    await until(() => second.state() === 'off', 'the second to be told that the line is gone');
    // Where the browser itself says that there is no network, it is long until the next try: who looks again hurries it.
    first.end.line.offline();
    const { tried } = first.wire;
    second.end.hurry();
    await until(() => first.wire.tried > tried, 'the first to be hurried by the second', 3_000);
    first.stop();
    second.end.start();
    await until(() => second.state() === 'open', 'the second to be on the line');
    await box.agree();
  });

  it('S111 have older pages fetched by the one that is on the line', async () => {
    await box.says(box.aoi, 130);
    const first = await on();
    const second = first.tab();
    await until(() => second.state() === 'open', 'the second to be told of the line');
    const before = (await floorOf(second))!;
    expect(before).toBeGreaterThan(50);
    await second.end.older(box.stream, 40);
    expect(await floorOf(second)).toBe(before - 40);
    // Where there is no line, nobody waits for it.
    first.wire.cut({ stay: true });
    await until(() => second.state() === 'off', 'the second to be told that the line is gone');
    await second.end.older(box.stream, 40);
    expect(await floorOf(second)).toBe(before - 40);
  });

  it('S111 see who has read in the rooms on the screens of all of them, and only as long as they stand there', async () => {
    const other = freshId();
    await box.does(systemActor, open, { id: other, name: '物資', needed: 0, people: [box.taro.person, box.aoi.person] });
    const stream = roomStream(other);
    await box.says(box.taro, 2);
    await box.says(box.taro, 2, other);
    const first = await on();
    const aoi = await on(box.aoi);
    await until(async () => await newestOf(first, stream) > 0 && await newestOf(aoi, stream) > 0, 'both places to be held');
    const second = first.tab();
    first.end.openRoom(box.stream);
    second.end.openRoom(stream);
    await until(async () => (await first.end.replica.db.stream.toArray()).filter((held) => held.told !== undefined).length === 2, 'the marks of both to be told');
    const reads = async (where: StreamKey): Promise<void> => {
      await until(async () => await newestOf(aoi, where) === await newestOf(first, where), 'Aoi to have the newest');
      await aoi.end.shown(where, [[1, await newestOf(aoi, where)]]);
      await aoi.end.line.settled();
      await box.stair.marks.flush();
    };
    await reads(box.stream);
    await reads(stream);
    await until(async () => await seesRead(first, box.stream) && await seesRead(second, stream), 'both tabs to see that Aoi has read');
    // The second looks at something else. What is read there is told to nobody here, though what is read later elsewhere is.
    second.end.openRoom(undefined);
    await box.says(box.taro, 1, other);
    await box.says(box.taro, 1);
    await until(async () => (await box.texts(first, other)).length === 3 && (await box.texts(first)).length === 3, 'the new words');
    await reads(stream);
    await reads(box.stream);
    await until(() => seesRead(first, box.stream), 'what is read in the room that is open');
    expect(await seesRead(second, stream)).toBe(false);
    second.end.openRoom(stream);
    await until(() => seesRead(second, stream), 'the second to look again');
  });

  it('S111 ask the next what they had asked of one that goes, and show it their rooms', async () => {
    await box.says(box.aoi, 130);
    const first = await on();
    const second = first.tab();
    second.end.openRoom(box.stream);
    await until(() => second.state() === 'open', 'the second to be told of the line');
    const before = (await floorOf(second))!;
    // Nothing comes up or down any more, and nobody has noticed yet.
    first.wire.faults = { lose: 1, double: 0, hold: 0 };
    const asked = second.end.older(box.stream, 40);
    first.stop();
    expect(await floorOf(second)).toBe(before);
    second.end.start();
    await asked;
    // Asked before it was on the line itself, it is not left waiting; asked again, it comes.
    await box.open(second);
    await second.end.older(box.stream, 40);
    expect(await floorOf(second)).toBe(before - 40);
    await until(async () => (await second.end.replica.db.stream.get(box.stream))?.told !== undefined, 'the marks of its room');
  });
});

describe('what the browser says of its network', () => {
  it('S112 is shown at once, keeps what is said, and is over at once', async () => {
    const taro = await on();
    const aoi = await on(box.aoi);
    taro.wire.faults = { lose: 1, double: 0, hold: 0 };
    taro.end.line.offline();
    expect(taro.state()).toBe('off');
    await taro.end.send(write, { place: box.place, text: '圏外から' });
    taro.wire.faults = { lose: 0, double: 0, hold: 0 };
    taro.end.line.online();
    await until(async () => (await box.texts(aoi)).includes('圏外から'), 'what was said to arrive', 3_000);
    await box.open(taro);
    await box.agree();
  });

  it('S112 is not believed against the line itself', async () => {
    const taro = await on();
    taro.end.line.offline();
    expect(taro.state()).toBe('off');
    await until(() => taro.state() === 'open', 'the line to say that it lives', 3_000);
  });
});
