import { hasRead, memberId, type Member } from '@noroshi/foundations/sync';
import { device, note, smallBox, smallHouse, until, write, type Device, type SmallBox } from '@noroshi/foundations/testing';
import { afterEach, describe, expect, it } from 'vitest';

let box: SmallBox;
afterEach(() => box.close());

const on = async (one: Device): Promise<Device> => {
  await box.open(one);
  await until(() => one.end.replica.db.stream.get(box.stream), 'the place to be held');
  return one;
};
const newest = async (one: Device): Promise<number> => (await one.end.replica.newest(note.noun, box.stream, 1))[0]?.born ?? 0;
const numberOf = (who: { person: string }): number => (box.stair.memory.get('member', memberId(box.stream, who.person))!.value as Member).no;
/** Whether a device sees that Aoi has read as far as it goes. */
const seesAoi = async (one: Device): Promise<boolean> => hasRead(await one.end.replica.db.mark.get([box.stream, numberOf(box.aoi)]), await newest(one));
const aoiReads = async (aoi: Device, to: number): Promise<void> => {
  await until(async () => await newest(aoi) === to, 'Aoi to have the newest');
  await aoi.end.shown(box.stream, [[1, to]]);
  await until(async () => hasRead((await box.stair.marks.of(box.stair.memory.streams.get(box.stream)!.no)).get(numberOf(box.aoi)), to), 'her mark to be durable');
};

describe('a line that is to be spared', () => {
  it('S131 is told who has read now and then, all at once; one that is not, at once', async () => {
    box = await smallBox({ spareFor: 1_500 });
    await box.says(box.taro, 3);
    const taro = await on(box.device(box.taro));
    const other = await on(box.device(box.taro));
    const aoi = await on(box.device(box.aoi));
    for (const one of [taro, other]) {
      one.end.openRoom(box.stream);
      await until(async () => (await one.end.replica.db.stream.get(box.stream))!.told !== undefined, 'the marks of the room to be told');
    }
    taro.end.spare(true);
    await until(() => [...box.stair.hub.lines.ofPerson(box.taro.person)].some((line) => line.sparing), 'the server to know');
    await aoiReads(aoi, box.stair.memory.streams.get(box.stream)!.head);
    await until(() => seesAoi(other), 'the other to see it');
    expect(await seesAoi(taro)).toBe(false);
    await until(() => seesAoi(taro), 'it to be told', 5_000);
    // No longer spared, it hears at once, and what was gathered first.
    await box.says(box.taro, 1);
    await aoiReads(aoi, box.stair.memory.streams.get(box.stream)!.head);
    taro.end.spare(false);
    await until(() => seesAoi(taro), 'it to be told at once', 1_000);
    await box.agree();
  });

  it('S132 tells what was shown now and then, or along with words; nothing shown is lost', async () => {
    box = await smallBox();
    await box.says(box.aoi, 3);
    const taro = await on(device({ house: smallHouse, stair: () => box.stair, actor: box.taro, now: Date.now, gatherFor: 600_000 }));
    taro.end.spare(true);
    await until(async () => await newest(taro) > 0, 'the words to be here');
    const head = await newest(taro);
    await taro.end.shown(box.stream, [[1, head]]);
    await taro.end.line.settled();
    const mark = async () => (await box.stair.marks.of(box.stair.memory.streams.get(box.stream)!.no)).get(numberOf(box.taro));
    await box.stair.marks.flush();
    expect(hasRead(await mark(), head)).toBe(false);
    // Here it is read already.
    expect(await taro.end.replica.unread(box.stream)).toBe(0);
    await taro.end.send(write, { place: box.place, text: 'こちらから' });
    await until(async () => hasRead(await mark(), head), 'it to go along with the words');
    taro.stop();
  });
});
