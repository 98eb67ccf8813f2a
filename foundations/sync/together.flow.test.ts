import { freshId, note, open, smallBox, systemActor, until, write, type Device, type SmallBox } from '@noroshi/foundations/testing';
// The devices' own disk comes before what looks for one.
import { each } from '@noroshi/foundations/sync/web';
import { roomStream, type StreamKey } from '@noroshi/foundations/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let box: SmallBox;
beforeEach(async () => { box = await smallBox(); });
afterEach(() => box.close());

const on = async (): Promise<Device> => {
  const one = await box.open(box.device(box.taro));
  await until(() => one.end.replica.isWhole(), 'all to be here');
  return one;
};

describe('what several places of a screen want to know', () => {
  it('S114 is read once for all of them, and told to who comes later without being read again', async () => {
    const { end } = await on();
    let read = 0;
    const texts = () => end.together('texts', async () => {
      read++;
      return (await end.replica.newest<{ text: string }>(note.noun, box.stream, 9)).map(({ value }) => value.text);
    });
    const told: string[][] = [[], [], []];
    const watchings = [0, 1].map((i) => texts().subscribe({ next: (all) => { told[i] = all; } }));
    await until(() => read > 0, 'the first reading');
    await box.does(box.aoi, write, { place: box.place, text: '堤防が切れました' });
    await until(() => told[0]!.length === 1 && told[1]!.length === 1, 'both to be told');
    const before = read;
    watchings.push(texts().subscribe({ next: (all) => { told[2] = all; } }));
    expect([told[2], read]).toEqual([['堤防が切れました'], before]);
    // As long as one is there it is watched; then it is not, and who asks after that gets what is true then.
    for (const one of watchings) one.unsubscribe();
    await box.does(box.aoi, write, { place: box.place, text: '次の報告です' });
    await until(async () => (await end.replica.newest(note.noun, box.stream, 9)).length === 2, 'the second');
    expect(read).toBe(before);
    let last: string[] = [];
    const watching = texts().subscribe({ next: (all) => { last = all; } });
    await until(() => last.length === 2, 'what is true now');
    watching.unsubscribe();
  });

  it('S114 is read anew for the room alone in which something happened', async () => {
    const { end } = await on();
    const quiet = freshId();
    await box.does(systemActor, open, { id: quiet, name: '静かな部屋', needed: 10, people: [box.taro.person] });
    const streams = [box.stream, roomStream(quiet)];
    await until(async () => (await end.replica.db.stream.bulkGet(streams)).every((one) => one !== undefined), 'the second room');
    const reads = new Map<StreamKey, number>();
    let counts: readonly number[] = [];
    const list = end.together('streams', async () => streams);
    const watching = each(list, (stream) => stream, (stream) => end.together(`count ${stream}`, async () => {
      reads.set(stream, (reads.get(stream) ?? 0) + 1);
      return end.replica.unread(stream);
    })).subscribe({ next: (now) => { counts = now; } });
    await until(() => counts.length === 2, 'both rooms');
    const before = new Map(reads);
    await box.says(box.aoi, 3);
    await until(() => counts[0] === 3, 'the three to be counted');
    expect(counts).toEqual([3, 0]);
    expect(reads.get(streams[0]!)).toBeGreaterThan(before.get(streams[0]!)!);
    expect(reads.get(streams[1]!)).toBe(before.get(streams[1]!));
    watching.unsubscribe();
  });

  it('is counted also where it is more than is counted one by one', async () => {
    const { end } = await on();
    await box.says(box.aoi, 520);
    let count = 0;
    const watching = end.unread(box.stream).subscribe({ next: (now) => { count = now; } });
    await until(() => count === 520, 'all of them');
    await box.does(box.taro, write, { place: box.place, text: '読みました' });
    await box.says(box.aoi, 1);
    await until(() => count === 521, 'the one more, without one’s own');
    watching.unsubscribe();
  });

  it('is answered otherwise as the server has it', async () => {
    const { end } = await on();
    const both = [end, end.asHeard()].map((one) => one.together('who', async () => one === end ? 'here' : 'there'));
    const told: string[] = [];
    const watchings = both.map((one, i) => one.subscribe({ next: (word) => { told[i] = word; } }));
    await until(() => told.filter(Boolean).length === 2, 'both');
    expect(told).toEqual(['here', 'there']);
    for (const one of watchings) one.unsubscribe();
  });
});
