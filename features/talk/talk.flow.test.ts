import { say, withdraw } from '@noroshi/features/talk';
import { roomStream } from '@noroshi/foundations/sync';
import { until } from '@noroshi/foundations/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hotline, type Hotline } from '@noroshi/e2e/box';

let box: Hotline;
beforeAll(async () => { box = await hotline(); });
afterAll(() => box?.close());

const texts = async (d: ReturnType<Hotline['device']>): Promise<string[]> =>
  (await d.end.replica.all<{ text: string }>('message', roomStream(box.groupC))).map((m) => m.value.text);

describe('what someone says in a room', () => {
  it('T1 reaches everyone in it, the speaker included, in one order', async () => {
    const taro = box.device('taro');
    const aoi = box.device('aoi');
    await until(() => taro.state() === 'open' && aoi.state() === 'open', 'both to be on the line');
    const told = await taro.end.send(say, { room: box.groupC, text: '野村町で浸水。職員の応援をお願いします。' });
    expect(told.ok && (await told.answer)).toMatchObject({ ok: true });
    await until(async () => (await texts(aoi)).length === 1, 'Aoi to have it');
    await box.everyoneAgrees();
  });

  it('T2 is kept while the line is down, and arrives once when it is back', async () => {
    const taro = box.device('taro');
    const ken = box.device('ken');
    await until(() => taro.state() === 'open' && ken.state() === 'open', 'both to be on the line');
    taro.wire.cut({ stay: true });
    for (const text of ['一', '二', '三']) expect((await taro.end.send(say, { room: box.groupC, text })).ok).toBe(true);
    expect(await taro.end.replica.outbox.item.count()).toBe(3);
    taro.wire.mend();
    taro.end.line.hurry();
    await until(async () => (await texts(ken)).slice(-3).join('') === '一二三', 'Ken to have all three in order');
    await box.everyoneAgrees();
  });

  it('T3 is not heard by someone from outside', async () => {
    const mika = box.device('mika');
    await until(() => mika.state() === 'open', 'Mika to be on the line');
    expect(await mika.end.replica.db.stream.count()).toBe(0);
    expect(await box.stair.submit(box.cast.mika, { id: mika.end.newId(), name: 'talk.say', input: { room: box.groupC, text: '聞こえますか' } })).toEqual({ ok: false, code: 'stream.notFound' });
  });
});

describe('what is unread', () => {
  it('T70 is counted without one’s own words, without what was shown, and by gaps', async () => {
    const ken = box.device('ken');
    await until(() => ken.state() === 'open', 'Ken to be on the line');
    const stream = roomStream(box.groupC);
    for (let i = 0; i < 6; i++) await box.does(i % 2 ? 'taro' : 'aoi', say, { room: box.groupC, text: `第${i}報` });
    const head = async (): Promise<number> => (await ken.end.replica.db.stream.get(stream))?.head ?? 0;
    await until(async () => (await texts(ken)).at(-1) === '第5報', 'Ken to have them');
    await ken.end.shown(stream, [[1, (await head()) - 6]]);
    expect(await ken.end.replica.unread(stream)).toBe(6);
    // The newest two were shown after a jump: what was skipped stays unread.
    await ken.end.shown(stream, [[(await head()) - 1, await head()]]);
    expect(await ken.end.replica.unread(stream)).toBe(4);
    await ken.end.send(say, { room: box.groupC, text: '了解しました' });
    await until(async () => (await texts(ken)).at(-1) === '了解しました', 'Ken to hear himself');
    expect(await ken.end.replica.unread(stream)).toBe(4);
    await box.everyoneAgrees();
  });
});

describe('who has read', () => {
  it('T71 is told with times to those in the room and to nobody else', async () => {
    const aoi = box.device('aoi');
    await until(() => aoi.state() === 'open', 'Aoi to be on the line');
    const id = await box.does('taro', say, { room: box.groupC, text: '避難所を開きました' });
    const stream = roomStream(box.groupC);
    await until(async () => (await texts(aoi)).at(-1) === '避難所を開きました', 'Aoi to have it');
    const { born } = (await aoi.end.replica.newest('message', stream, 1))[0]!;
    await aoi.end.shown(stream, [[born, born]]);
    const ask = { room: box.groupC, message: id };
    await until(async () => {
      const told = await box.stair.ask(box.cast.hanako, 'talk.readers', ask);
      return told.ok && (told.value as { times: { person: string }[] }).times.some((t) => t.person === box.cast.aoi.person);
    }, 'Hanako to be told that Aoi has read it');
    expect(await box.stair.ask(box.cast.mika, 'talk.readers', ask)).toMatchObject({ ok: false, code: 'talk.roomNotFound' });
    expect(await box.stair.ask(box.cast.hanako, 'talk.readers', { ...ask, message: box.groupC })).toMatchObject({ ok: false, code: 'talk.messageNotFound' });
  });

  it('T14 withdrawn words leave every device, and nobody else can take them back', async () => {
    const ken = box.device('ken');
    await until(() => ken.state() === 'open', 'Ken to be on the line');
    const id = await box.does('aoi', say, { room: box.groupC, text: '誤って書いた個人の名前' });
    await until(async () => (await texts(ken)).includes('誤って書いた個人の名前'), 'Ken to have it');
    expect(await box.stair.submit(box.cast.ken, { id: ken.end.newId(), name: withdraw.deed, input: { room: box.groupC, message: id } })).toMatchObject({ ok: false, code: 'talk.notYours' });
    await box.does('hanako', withdraw, { room: box.groupC, message: id, reason: '個人の名前' });
    await until(async () => !(await texts(ken)).includes('誤って書いた個人の名前'), 'the words to leave Ken');
    expect(await ken.end.replica.get('message', id)).toMatchObject({ withdrawn: { by: box.cast.hanako.person, reason: '個人の名前' } });
    await box.everyoneAgrees();
  });
});
