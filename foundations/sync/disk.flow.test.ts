import { smallBox, until, write, type Device, type SmallBox } from '@noroshi/foundations/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let box: SmallBox;
beforeEach(async () => { box = await smallBox(); });
afterEach(() => box.close());

/** Stores that fail when they are next asked, by their name, and with what. */
const failing = new Map<string, DOMException>();
const { transaction } = IDBDatabase.prototype;
IDBDatabase.prototype.transaction = function (...given) {
  const error = failing.get(this.name);
  failing.delete(this.name);
  if (error) throw error;
  return transaction.apply(this, given);
};

const on = async (): Promise<Device> => {
  const one = await box.open(box.device(box.taro));
  await until(() => one.end.replica.db.stream.get(box.stream), 'the place to be held');
  return one;
};
const says = (one: Device, text: string) => one.end.send(write, { place: box.place, text });
/** What a browser says when the process that keeps its databases has gone: iPhones, mostly after they slept. */
const serverLost = (): DOMException => new DOMException('Connection to Indexed Database server lost. Refresh the page to try again', 'UnknownError');
const remove = (one: Device, which: 'replica' | 'outbox'): Promise<void> => new Promise((done, failed) => {
  const asked = one.disk.deleteDatabase(`noroshi-${which}-${box.taro.person}`);
  asked.onsuccess = () => done();
  asked.onerror = () => failed(asked.error!);
});

describe('a connection to the disk that is lost', () => {
  it('S120 is opened again, and what was asked is asked once more: once, not twice', async () => {
    const taro = await on();
    const { db, outbox } = taro.end.replica;
    for (const store of [db, outbox]) {
      for (const error of [serverLost(), new DOMException('The database connection is closing.', 'InvalidStateError')]) {
        const lost = store.backendDB();
        failing.set(store.name, error);
        expect(await says(taro, `${store.name} ${error.name}`)).toMatchObject({ ok: true });
        // A single question, and a transaction of several.
        await store.tables[0]!.count();
        expect(store.backendDB(), `${store.name} ${error.name}`).not.toBe(lost);
      }
    }
    await until(async () => (await outbox.item.count()) === 0, 'all to be heard');
    const texts = await box.texts(taro);
    expect(texts).toHaveLength(4);
    expect(new Set(texts).size).toBe(4);
    expect(taro.lost()).toBe(0);
    await box.agree();
  });

  it('S120 in the middle of a transaction: all of it is done once more, or nothing was', async () => {
    const taro = await on();
    const { outbox } = taro.end.replica;
    const place = `talk:${box.place}`;
    let times = 0;
    await outbox.transaction('rw', outbox.draft, async () => {
      await outbox.draft.put({ place: `${place}/${++times}`, text: '書きかけ', at: 0 });
      if (times > 1) return;
      // The browser lets go of the store: what is under way is aborted.
      const { idbtrans } = (await import('dexie')).Dexie.currentTransaction as unknown as { idbtrans: IDBTransaction };
      outbox.close({ disableAutoOpen: false });
      idbtrans.abort();
      await outbox.draft.get(place);
    });
    expect((await outbox.draft.toArray()).map((draft) => draft.place)).toEqual([`${place}/2`]);
  });

  it('S120 before the first word: the device comes onto the line with its next try', async () => {
    const taro = box.device(box.taro);
    const { replica } = taro.end;
    const { prepare } = replica;
    const tries: string[] = [];
    replica.prepare = async () => {
      tries.push('asked');
      if (tries.length === 1) throw new DOMException('The transaction was aborted.', 'AbortError');
      return prepare.call(replica);
    };
    await box.open(taro);
    await until(() => replica.db.stream.get(box.stream), 'the place to be held');
    expect(tries).toEqual(['asked', 'asked']);
    expect(await says(taro, 'やっと')).toMatchObject({ ok: true });
    await box.agree();
  });

  it('S120 that we closed ourselves stays closed', async () => {
    const taro = await on();
    taro.stop();
    await expect(taro.end.replica.db.stream.toArray()).rejects.toThrow('Database has been closed');
    await expect(taro.end.replica.outbox.item.toArray()).rejects.toThrow('Database has been closed');
  });
});

describe('a store that is gone', () => {
  it('S121 of what is held is noticed while it is in use, and read anew; what waits to be sent is not touched', async () => {
    await box.says(box.aoi, 3);
    const taro = await on();
    taro.wire.cut({ stay: true });
    await says(taro, '橋が落ちました');
    await remove(taro, 'replica');
    await until(() => taro.lost() > 0, 'it to be noticed');
    const again = taro.restart();
    await until(async () => (await again.end.replica.isWhole()) && (await again.end.replica.outbox.item.count()) === 0, 'everything to be here again');
    expect(again.end.replica.mark.lost()).toEqual([]);
    expect(await box.texts(again)).toContain('橋が落ちました');
    await box.agree();
  });

  it('S121 is noticed too where the browser took it without asking, and another window has made it anew', async () => {
    const taro = await on();
    const { db } = taro.end.replica;
    db.close({ disableAutoOpen: false });
    await remove(taro, 'replica');
    await db.stream.toArray();
    await until(() => taro.lost() > 0, 'it to be noticed');
  });

  it('S122 of what waits to be sent is told with what was in it; nothing is said where nothing was', async () => {
    const taro = await on();
    await says(taro, '送られたもの');
    await until(async () => (await taro.end.replica.outbox.item.count()) === 0, 'it to be heard');
    taro.wire.cut({ stay: true });
    await says(taro, '避難所は12か所です');
    await says(taro, '水が足りません');
    await until(() => taro.end.replica.mark.lost().length === 0, 'nothing to be lost yet');
    await remove(taro, 'outbox');
    await until(() => taro.lost() > 0, 'it to be noticed');
    const again = taro.restart();
    await until(() => again.end.replica.mark.lost().length > 0, 'the loss to be known');
    expect(again.end.replica.mark.lost().map(({ name }) => name)).toEqual([write.deed, write.deed]);
    // Until the person has put it away, also after a restart.
    const third = again.restart();
    await until(() => third.state() === 'open', 'the line');
    expect(third.end.replica.mark.lost()).toHaveLength(2);
    third.end.replica.mark.known();
    expect(third.end.replica.mark.lost()).toEqual([]);
    await remove(third, 'outbox');
    await until(() => third.lost() > 0, 'it to be noticed');
    const fourth = third.restart();
    await until(() => fourth.state() === 'open', 'the line');
    expect(fourth.end.replica.mark.lost()).toEqual([]);
  });
});
