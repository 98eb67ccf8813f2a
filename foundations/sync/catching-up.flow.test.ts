import { freshId, rewrite, smallBox, systemActor, until, write, like, open, type Device, type SmallBox } from '@noroshi/foundations/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let box: SmallBox;
beforeEach(async () => { box = await smallBox(); });
afterEach(() => box.close());

it('S01 numbers each stream without holes and apart from the others', async () => {
  const other = freshId();
  await box.does(systemActor, open, { id: other, name: '別', needed: 0, people: [box.taro.person] });
  await Promise.all([box.says(box.taro, 30), box.says(box.taro, 30, other), box.says(box.aoi, 30)]);
  await box.does(box.aoi, like, { place: box.place, note: freshId() });
  await box.agree();
  const { rows } = await box.stair.pool.query<{ holes: number }>('select (max(seq) - count(*))::int as holes from event group by stream');
  expect(rows.every((r) => r.holes === 0)).toBe(true);
});
describe('catching up', () => {
  it('S100 from a few events behind: only those come', async () => {
    const taro = await box.on();
    await box.agree();
    taro.wire.cut({ stay: true });
    await box.says(box.aoi, 3);
    const before = taro.wire.counted.down;
    taro.wire.mend();
    await box.agree();
    expect(await box.texts(taro)).toEqual(['1', '2', '3']);
    expect(taro.wire.counted.down - before).toBeLessThan(700);
  });

  it('S101 with nothing missed: one small frame each way', async () => {
    const taro = await box.on();
    await box.says(box.aoi, 5);
    await taro.end.shown(box.stream, [[1, 9]]);
    await box.agree();
    const before = { ...taro.wire.counted };
    taro.wire.cut();
    taro.end.line.hurry();
    await until(() => taro.state() === 'open' && taro.wire.counted.down > before.down, 'to be back');
    await taro.end.line.settled();
    expect(taro.wire.counted.down - before.down).toBeLessThan(60);
  });

  it('S102 from the tables, after the server was started anew', async () => {
    const taro = await box.on();
    taro.wire.cut({ stay: true });
    await box.says(box.aoi, 40);
    await box.restart();
    taro.wire.mend();
    await box.agree();
    expect(await box.texts(taro)).toHaveLength(40);
  });

  it('S103 from far behind: a snapshot of the newest, the rest page by page, each thing once', async () => {
    const taro = await box.on();
    taro.wire.cut({ stay: true });
    await box.says(box.aoi, 620);
    taro.wire.mend();
    await box.agree();
    expect(await box.texts(taro)).toHaveLength(50);
    expect(await taro.end.replica.unread(box.stream)).toBe(620);
    while ((await box.held(taro))!.floor > (await box.held(taro))!.from) await taro.end.line.older(box.stream, 200);
    expect(await box.texts(taro)).toEqual(Array.from({ length: 620 }, (_, i) => `${i + 1}`));
    expect(await taro.end.replica.unread(box.stream)).toBe(620);
    await box.agree();
  });

  it('S109 on a new device: it knows when everything has been here once, and not before', async () => {
    await box.says(box.aoi, 3);
    const taro = box.device(box.taro);
    const seen: { readonly isWhole: boolean; readonly texts: number }[] = [];
    const watching = taro.end.watch(async () => ({ isWhole: await taro.end.replica.isWhole(), texts: (await box.texts(taro)).length })).subscribe((now) => void seen.push(now));
    await until(() => seen.at(-1)?.isWhole, 'the device to be whole');
    watching.unsubscribe();
    expect(seen[0]).toEqual({ isWhole: false, texts: 0 });
    expect(seen.filter(({ isWhole, texts }) => isWhole && texts < 3)).toEqual([]);
    // In another history nothing has been here yet.
    taro.wire.cut({ stay: true });
    await taro.end.replica.belongsTo(freshId());
    expect(await taro.end.replica.isWhole()).toBe(false);
    taro.wire.mend();
    taro.end.line.hurry();
    await until(() => taro.end.replica.isWhole(), 'the device to be whole again');
    expect(await box.texts(taro)).toHaveLength(3);
  });

  it('S104 through a hole in the numbers: it is fetched, never guessed', async () => {
    const taro = await box.on();
    await box.agree();
    taro.wire.faults = { lose: 1, double: 0, hold: 0 };
    await box.says(box.aoi, 2);
    await until(() => box.stair.memory.streams.get(box.stream)!.messages === 2, 'both to be said');
    await new Promise((turn) => setImmediate(turn));
    taro.wire.faults = { lose: 0, double: 0, hold: 0 };
    await box.does(box.aoi, write, { place: box.place, text: '三' });
    await until(async () => (await box.texts(taro)).length === 3, 'all three');
    await box.agree();
    expect(await box.texts(taro)).toEqual(['1', '2', '三']);
  });

  it('S105 in another history: what is held is replaced, and what was only accepted there goes up again', async () => {
    const taro = await box.on();
    await box.says(box.aoi, 4);
    await box.agree();
    taro.wire.cut({ stay: true });
    const told = await taro.end.send(write, { place: box.place, text: '忘れられた' });
    if (!told.ok) throw new Error(told.code);
    // The server had accepted it and told so; then a backup from before was brought back.
    await taro.end.replica.outbox.item.where('id').equals(told.id).modify({ state: 'accepted', seq: 99 });
    await box.stair.pool.query('update history set id = gen_random_uuid()');
    await box.restart();
    taro.wire.mend();
    await box.agree();
    expect((await box.texts(taro)).at(-1)).toBe('忘れられた');
  });

  it('S106 when the server knows less than the device (a copy of the tables that lagged): the device starts over from it', async () => {
    const taro = await box.on();
    await box.says(box.aoi, 4);
    await box.agree();
    await taro.end.replica.db.stream.update(box.stream, { head: 999 });
    taro.wire.cut();
    await box.agree();
    expect(await box.texts(taro)).toHaveLength(4);
  });

  it('S107 with a newer build: it takes snapshots anew, and what is held stays readable until then', async () => {
    const taro = await box.on();
    await box.says(box.aoi, 4);
    await box.agree();
    await taro.end.replica.db.note.put({ name: 'knows', value: 'an older build' });
    const again = taro.restart();
    await box.open(again);
    await box.agree();
    expect(await box.texts(again)).toHaveLength(4);
  });

  it('S108 a snapshot is what folding all events makes, at any moment, also while people go on talking', async () => {
    const texts = Array.from({ length: 120 }, (_, i) => `${i + 1}`);
    const talking = (async () => {
      const ids: string[] = [];
      for (const text of texts) {
        const id = freshId();
        ids.push(id);
        await box.does(box.aoi, write, { place: box.place, text }, id);
        if (ids.length > 3) await box.does(box.aoi, rewrite, { place: box.place, note: ids.at(-3)!, text: `${text}を訂正` });
      }
    })();
    const devices: Device[] = [];
    for (let i = 0; i < 6; i++) devices.push(await box.on());
    await talking;
    for (const one of devices) while ((await box.held(one))!.floor > 1) await one.end.line.older(box.stream, 40);
    await box.agree();
    for (const one of devices) expect(await box.texts(one)).toHaveLength(120);
  });
});
