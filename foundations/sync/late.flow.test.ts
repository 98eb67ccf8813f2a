import { device, pledge, smallBox, smallHouse, sum, until, write, type Device, type SmallBox } from '@noroshi/foundations/testing';
import { assembleForDevice, facts, feature, type House } from '@noroshi/foundations/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let box: SmallBox;
let loads: number;
let reaches: boolean;
beforeEach(async () => {
  box = await smallBox();
  loads = 0;
  reaches = true;
});
afterEach(() => box.close());

const pledged = smallHouse.kinds.get('small.pledged')!;

/** The small house as a device holds it that fetches the part with the sum. */
const held = (): House => assembleForDevice(
  [feature('small', { events: [...smallHouse.kinds.values()].filter((k) => k !== pledged && k.kind.startsWith('small.')), nouns: smallHouse.nouns.filter((n) => n !== sum && n.noun !== 'member') })],
  [{
    name: 'small', kinds: [pledged.no, pledged.no], edition: 'one',
    load: async () => {
      loads++;
      if (!reaches) throw new Error('out of reach');
      return facts('small', { events: [pledged], nouns: [sum] });
    },
  }],
);
const made: Device[] = [];
afterEach(() => { for (const one of made.splice(0)) if (one.isOn()) one.stop(); });
const on = async (): Promise<Device> => {
  const one = device({ house: held(), stair: () => box.stair, actor: box.taro, now: box.clock.now, made: (it) => void made.push(it) });
  await box.open(one);
  await until(() => one.end.replica.isWhole(), 'all to be here');
  return one;
};
const given = async (one: Device): Promise<number> => Object.values((await one.end.replica.get<{ given: Record<string, number> }>(sum.noun, `${box.place}/sum`))?.given ?? {}).reduce((a, b) => a + b, 0);

describe('a room that comes late', () => {
  it('S123 is fetched when something of it first comes down, once, and what came is folded in its turn', async () => {
    const taro = await on();
    await box.does(box.aoi, write, { place: box.place, text: '堤防が切れました' });
    await until(async () => (await box.texts(taro)).length === 1, 'the words');
    expect(loads).toBe(0);
    await Promise.all([box.does(box.aoi, pledge, { place: box.place, n: 3 }), box.does(box.aoi, write, { place: box.place, text: '3人出せます' })]);
    await until(async () => (await given(taro)) === 3 && (await box.texts(taro)).length === 2, 'the pledge and the words');
    await box.does(box.taro, pledge, { place: box.place, n: 2 });
    await until(async () => (await given(taro)) === 5, 'the second');
    expect(loads).toBe(1);
  });

  it('S123 that cannot be fetched holds nothing else up, and is made up for at the next start', async () => {
    const taro = await on();
    reaches = false;
    await box.does(box.aoi, pledge, { place: box.place, n: 3 });
    await box.does(box.aoi, write, { place: box.place, text: '3人出せます' });
    await until(async () => (await box.texts(taro)).length === 1, 'the words');
    expect(await given(taro)).toBe(0);
    // Nor does what follows wait for it again.
    await box.does(box.aoi, pledge, { place: box.place, n: 1 });
    await box.does(box.aoi, write, { place: box.place, text: '4人です' });
    await until(async () => (await box.texts(taro)).length === 2, 'the words after it');
    expect(loads).toBe(1);
    reaches = true;
    // Had later, for its page, it folds nothing from the middle.
    await taro.end.replica.house.late!.meet('small');
    await box.does(box.aoi, pledge, { place: box.place, n: 1 });
    await box.does(box.aoi, write, { place: box.place, text: '5人です' });
    await until(async () => (await box.texts(taro)).length === 3, 'the words after that');
    expect(await given(taro)).toBe(0);
    const again = taro.restart();
    await box.open(again);
    await until(async () => (await given(again)) === 5, 'what had been passed over');
    expect(await box.texts(again)).toEqual(['3人出せます', '4人です', '5人です']);
  });

  it('S123 shows here what one does in it before the server has answered', async () => {
    const taro = await on();
    taro.wire.cut();
    await taro.end.send(pledge, { place: box.place, n: 4 });
    const seen = await taro.end.overlay([], await taro.end.replica.outbox.item.toArray());
    expect(seen.map((doc) => doc.noun)).toEqual([sum.noun]);
    expect(loads).toBe(1);
  });
});
