import { come, device, freshId, note, open, smallBox, smallHouse, systemActor, until, write, type Device, type SmallBox } from '@noroshi/foundations/testing';
import { roomStream, unpack, up, workspaceStream, type Frame, type StreamKey } from '@noroshi/foundations/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let box: SmallBox;
beforeEach(async () => { box = await smallBox(); });
afterEach(() => box.close());

/** What a device says from now on, message by message. */
function overheard(one: Device): Frame[][] {
  const said: Frame[][] = [];
  one.wire.overhears = (bytes, way) => { if (way === 'up') said.push(unpack(bytes)!); };
  return said;
}

describe('after a silence', () => {
  it('S133 what is open is fetched first, then the workspace, then what presses most, then the rest', async () => {
    const places = [freshId(), freshId(), freshId()];
    for (const id of places) await box.does(systemActor, open, { id, name: '部屋', needed: 1, people: [box.taro.person, box.aoi.person] });
    // In the order in which the server names them, the one that presses comes last.
    const pressing = roomStream(places[2]!);
    const taro = await box.open(device({ house: smallHouse, stair: () => box.stair, actor: box.taro, now: box.clock.now, first: async () => [pressing] }));
    await until(() => taro.end.replica.isWhole(), 'all to be here');
    taro.end.openRoom(box.stream);
    const streams: StreamKey[] = [box.stream, workspaceStream, pressing, roomStream(places[0]!), roomStream(places[1]!)];
    const numbers = new Map((await taro.end.replica.db.stream.toArray()).map(({ no, key }) => [no, key]));
    await taro.end.line.settled();
    taro.wire.cut({ stay: true });
    for (const place of [places[0]!, places[1]!, places[2]!, box.place]) await box.does(box.aoi, write, { place, text: '堤防が切れました' });
    await box.does(systemActor, come, { id: freshId(), name: '健二', org: box.ken.org, inside: true });
    const said = overheard(taro);
    taro.wire.mend();
    taro.end.hurry();
    await until(async () => (await Promise.all(streams.filter((key) => key !== workspaceStream).map((key) => taro.end.replica.newest(note.noun, key, 1)))).every((docs) => docs.length === 1), 'all of it');
    const asked = said.flat().filter((frame) => frame[0] === up.fetch).map((frame) => numbers.get(frame[1] as number)!);
    expect(asked.slice(0, 3)).toEqual(streams.slice(0, 3));
    expect(asked.slice(3).toSorted()).toEqual(streams.slice(3).toSorted());
    taro.stop();
  });

  it('B2 what waits goes with the first message, before the server has said a word', async () => {
    const taro = await box.open(box.device(box.taro));
    await until(() => taro.end.replica.isWhole(), 'all to be here');
    await taro.end.line.settled();
    taro.wire.cut({ stay: true });
    await taro.end.send(write, { place: box.place, text: '堤防が切れました' });
    const said = overheard(taro);
    taro.wire.mend();
    taro.end.hurry();
    await until(() => said.length > 0, 'the first message');
    expect(said[0]!.map((frame) => frame[0])).toEqual([up.hello, up.command]);
    await until(async () => (await box.texts(taro)).length === 1, 'the words');
    // Said once, though the greeting was not answered yet.
    expect(said.flat().filter((frame) => frame[0] === up.command)).toHaveLength(1);
  });

  it('S133 the room on the screen is told as open once, when it is known what there is: its marks come down once', async () => {
    const taro = box.device(box.taro);
    const opened = (said: readonly Frame[][]): Frame[] => said.flat().filter((frame) => frame[0] === up.open);
    const first = overheard(taro);
    taro.end.openRoom(box.stream);
    await box.open(taro);
    const no = (await until(() => taro.end.replica.db.stream.get(box.stream), 'the room to be here')).no;
    await taro.end.line.settled();
    expect(opened(first)).toEqual([[up.open, no]]);
    // Behind a silence in which something was said, and one in which nothing was.
    for (const texts of [['堤防が切れました'], []]) {
      taro.wire.cut({ stay: true });
      for (const text of texts) await box.does(box.aoi, write, { place: box.place, text });
      const said = overheard(taro);
      taro.wire.mend();
      taro.end.hurry();
      await until(() => taro.state() === 'open' && opened(said).length > 0, 'the line to be up');
      await until(async () => (await box.texts(taro)).length === 1, 'the words');
      await taro.end.line.settled();
      expect(opened(said)).toEqual([[up.open, no]]);
    }
    // From one room to the next no screen shows none.
    const between = overheard(taro);
    taro.end.openRoom(undefined);
    taro.end.openRoom(box.stream);
    await taro.end.line.settled();
    expect(opened(between)).toEqual([[up.open, no]]);
    taro.end.openRoom(undefined);
    await taro.end.line.settled();
    expect(opened(between).at(-1)).toEqual([up.open, 0]);
    taro.stop();
  });
});
