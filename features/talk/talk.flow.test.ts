import { disablePerson, enablePerson, giveUrgent, type Person } from '@noroshi/features/directory';
import { addPeople, amend, answer, earlierWords, message, openRoom, pin, removePerson, say, stillAsked, withdraw, type Message, type Room } from '@noroshi/features/talk';
import { readCount } from './web/audience.ts';
import { reachBack } from './web/reach-back.ts';
import { newId, type Actor, type Id } from '@noroshi/foundations/kernel';
import { down, pack, roomStream, unpack, up, wireVersion, type Doc, type Frame, type Member } from '@noroshi/foundations/sync';
import { until } from '@noroshi/foundations/testing';
import { randomBytes } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hotline, type CastName, type Hotline } from '@noroshi/e2e/box';

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

describe('who sends as urgent', () => {
  const urgent = { room: '', text: '堤防が切れました。すぐ来てください', urgency: 'urgent' as const };
  const submit = (by: Actor, name: string, input: unknown) => box.stair.submit(by, { id: newId(Date.now(), randomBytes(10)), name, input });

  it('T34 is nobody from whom that was taken, until it is given back; what they wrote out of reach stays with them', async () => {
    const { groupC: room, cast: { taro: { person, org }, ken } } = box;
    const taro = box.device('taro');
    await until(() => taro.end.replica.isWhole(), 'Taro to have all that is his');
    // A manager of another town may not.
    expect(await submit({ ...ken, role: 'manager' }, giveUrgent.deed, { id: person, given: false })).toEqual({ ok: false, code: 'directory.notAllowed' });
    // Out of reach he writes as ever. It is taken meanwhile, and the server is who says so.
    taro.wire.cut({ stay: true });
    const told = await taro.end.send(say, { ...urgent, room });
    expect(told.ok).toBe(true);
    await box.does('hanako', giveUrgent, { id: person, given: false });
    taro.wire.mend();
    taro.end.line.hurry();
    const refusal = { ok: false, code: 'talk.urgentNotYours' };
    expect(told.ok && (await told.answer)).toMatchObject(refusal);
    const kept = await taro.end.replica.outbox.item.get({ id: told.ok ? told.id : '' });
    expect(kept).toMatchObject({ state: 'refused', code: 'talk.urgentNotYours', input: { text: urgent.text } });
    // His device knows it now, and what is less than urgent goes out.
    await until(async () => (await taro.end.replica.get<Person>('person', person))?.noUrgent !== undefined, 'his device to know');
    expect(await taro.end.send(say, { ...urgent, room })).toMatchObject(refusal);
    expect(await submit(box.cast.taro, say.deed, { ...urgent, room })).toMatchObject(refusal);
    await box.does('taro', say, { ...urgent, room, urgency: 'important' });
    // The manager of his own town gives it back.
    expect(await submit({ ...ken, org, role: 'manager' }, giveUrgent.deed, { id: person, given: true })).toMatchObject({ ok: true });
    await box.does('taro', say, { ...urgent, room });
    await taro.end.drop(told.ok ? told.id : '');
    await box.everyoneAgrees();
  });
});

describe('what was said before someone came', () => {
  const fresh = (): Id => newId(Date.now(), randomBytes(10));
  const reads = async (who: CastName, message: Id): Promise<boolean> => (await box.stair.find(box.cast[who], 'message', message)) !== undefined;
  const lets = (who: CastName, room: Id, whom: CastName, history: boolean) =>
    box.stair.submit(box.cast[who], { id: fresh(), name: addPeople.deed, input: { room, people: [box.cast[whom].person], history } });
  const refusal = { ok: false, code: 'talk.historyNotYours' };

  it('T53 is opened to nobody by who cannot read it, nor to themselves by way of a friend', async () => {
    const room = fresh();
    await box.does('ken', openRoom, { id: room, kind: 'purpose', name: '人事の相談', short: '人', orgs: [], people: [] });
    const before = await box.does('ken', say, { room, text: 'まだ内々の話です' });
    expect(await lets('ken', room, 'taro', false)).toMatchObject({ ok: true });
    expect(await lets('taro', room, 'aoi', true)).toEqual(refusal);
    expect(await lets('taro', room, 'aoi', false)).toMatchObject({ ok: true });
    await box.does('taro', removePerson, { room, person: box.cast.taro.person });
    expect(await lets('aoi', room, 'taro', true)).toEqual(refusal);
    expect(await lets('aoi', room, 'taro', false)).toMatchObject({ ok: true });
    for (const who of ['taro', 'aoi'] as const) expect(await reads(who, before), who).toBe(false);
    // An administrator who sits there likewise.
    expect(await lets('taro', room, 'hanako', false)).toMatchObject({ ok: true });
    await box.does('hanako', removePerson, { room, person: box.cast.aoi.person });
    expect(await lets('hanako', room, 'aoi', true)).toEqual(refusal);
    expect(await lets('ken', room, 'aoi', true)).toMatchObject({ ok: true });
    expect(await reads('aoi', before)).toBe(true);
  });

  it('T53 is lost to who leaves and comes back without it, and then no longer theirs to open', async () => {
    const room = fresh();
    await box.does('ken', openRoom, { id: room, kind: 'purpose', name: '水', short: '水', orgs: [], people: [box.cast.taro.person] });
    const before = await box.does('ken', say, { room, text: '前の話' });
    expect(await reads('taro', before)).toBe(true);
    await box.does('taro', removePerson, { room, person: box.cast.taro.person });
    expect(await lets('ken', room, 'taro', false)).toMatchObject({ ok: true });
    expect(await reads('taro', before)).toBe(false);
    expect(await lets('taro', room, 'aoi', true)).toEqual(refusal);
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

  it('T71 who has not read is told by person, exactly: not its author, not who has, not who came later; and to nobody outside', async () => {
    const aoi = box.device('aoi');
    await until(() => aoi.state() === 'open', 'Aoi to be on the line');
    const room = newId(Date.now(), randomBytes(10));
    await box.does('taro', openRoom, { id: room, kind: 'purpose', name: '水', short: '水', orgs: [], people: [box.cast.aoi.person, box.cast.ken.person] });
    const id = await box.does('taro', say, { room, text: '給水車は来ましたか' });
    await box.does('taro', addPeople, { room, people: [box.cast.hanako.person], history: true });
    const ask = async (who: 'taro' | 'hanako'): Promise<unknown> => {
      const told = await box.stair.ask(box.cast[who], 'talk.unread', { room, message: id });
      return told.ok && [(told.value as { of: number }).of, (told.value as { people: string[] }).people.toSorted()];
    };
    expect(await ask('taro')).toEqual([2, [box.cast.aoi.person, box.cast.ken.person].toSorted()]);
    const stream = roomStream(room);
    const doc = await until(async () => (await aoi.end.replica.newest('message', stream, 1))[0], 'Aoi to have it');
    await aoi.end.shown(stream, [[doc.born, doc.born]]);
    await until(async () => JSON.stringify(await ask('hanako')) === JSON.stringify([2, [box.cast.ken.person]]), 'Aoi’s reading to be told');
    expect(await box.stair.ask(box.cast.mika, 'talk.unread', { room, message: id })).toMatchObject({ ok: false, code: 'talk.roomNotFound' });
    expect(await box.stair.ask(box.cast.taro, 'talk.unread', { room, message: room })).toMatchObject({ ok: false, code: 'talk.messageNotFound' });
  });

  it('T73 is not asked of whose account is closed, on the server and on the screens, but where they had read; opened again, they owe it as before', async () => {
    const [aoi, mika] = [box.device('aoi'), box.device('mika')];
    const room = newId(Date.now(), randomBytes(10));
    await box.does('hanako', openRoom, { id: room, kind: 'purpose', name: '道路', short: '道', orgs: [], people: [box.cast.aoi.person, box.cast.ken.person, box.cast.taro.person, box.cast.mika.person] });
    const id = await box.does('mika', say, { room, text: '国道は通れますか' });
    const stream = roomStream(room);
    const doc = await until(async () => (await aoi.end.replica.newest<Message>('message', stream, 1))[0], 'Aoi to have it');
    const head = (): number => box.stair.memory.streams.get(stream)!.head;
    /** As a screen counts it, which has heard all that happened in the room. */
    const screen = async ({ end }: typeof aoi): Promise<ReturnType<typeof readCount>> => {
      await until(async () => (await end.replica.db.stream.get(stream))?.head === head(), 'the device to have heard it all');
      const marks = new Map((await end.replica.db.mark.where('stream').equals(stream).toArray()).map((m) => [m.member, m]));
      return readCount(doc, { members: (await end.replica.all<Member>('member', stream)).map(({ value }) => value) }, marks);
    };
    /** By the server, on Aoi's screen, and on that of a guest, who has no directory. */
    const counts = async (screens = [aoi, mika]): Promise<{ of: number; people: string[]; screens: object[] }> => {
      const told = await box.stair.ask(box.cast.hanako, 'talk.unread', { room, message: id });
      if (!told.ok) throw new Error(told.code);
      const { of, people } = told.value as { of: number; people: string[] };
      return { of, people, screens: await Promise.all(screens.map(screen)) };
    };
    expect(await counts()).toMatchObject({ of: 4, screens: [{ read: 0, of: 4 }, { read: 0, of: 4 }] });
    await box.does('hanako', disablePerson, { id: box.cast.ken.person });
    expect(await counts()).toEqual({ of: 3, people: expect.not.arrayContaining([box.cast.ken.person]), screens: [{ read: 0, of: 3, proxy: 0 }, { read: 0, of: 3, proxy: 0 }] });
    for (const { end } of [aoi, mika]) end.openRoom(stream);
    await aoi.end.shown(stream, [[doc.born, doc.born]]);
    await until(async () => (await screen(mika)).read === 1, 'Aoi’s reading to be told');
    // Who has read stays among those who have.
    await box.does('hanako', disablePerson, { id: box.cast.aoi.person });
    const others = [box.cast.hanako.person, box.cast.taro.person];
    expect(await counts([mika])).toMatchObject({ of: 3, people: expect.arrayContaining(others), screens: [{ read: 1, of: 3 }] });
    // Nor is who answered without having read it: they stand among those who have, on both sides.
    const asks = await box.does('hanako', say, { room, text: '橋は渡れますか', urgency: 'important' });
    await box.does('taro', answer, { room, message: asks, answer: 'agreed' });
    await box.does('hanako', disablePerson, { id: box.cast.taro.person });
    expect(await box.stair.ask(box.cast.hanako, 'talk.unread', { room, message: asks })).toMatchObject({ ok: true, value: { of: 2, people: [box.cast.mika.person] } });
    const answeredUnread: Doc<Message> = { ...doc, value: { ...doc.value, answers: { [box.cast.taro.person]: ['agreed', 0] } } };
    expect(readCount(answeredUnread, { members: box.stair.memory.of(stream, 'member').map(({ value }) => value as Member) }, new Map())).toEqual({ read: 1, of: 2, proxy: 0 });
    await box.does('mika', answer, { room, message: asks, answer: 'agreed' });
    await box.does('hanako', enablePerson, { id: box.cast.taro.person });
    for (const who of ['aoi', 'ken'] as const) await box.does('hanako', enablePerson, { id: box.cast[who].person });
    expect(await counts([mika])).toMatchObject({ of: 4, people: expect.arrayContaining([...others, box.cast.ken.person]), screens: [{ read: 1, of: 4 }] });
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

  it('T14 withdrawn words are not sent to a device that comes back, their reason not to who came later, and their pin goes for all', async () => {
    const { taro, aoi, ken } = box.cast;
    const room = newId(Date.now(), randomBytes(10));
    await box.does('taro', openRoom, { id: room, kind: 'purpose', name: '名簿の件', short: '名', orgs: [], people: [aoi.person] });
    const { no, head } = box.stair.memory.streams.get(roomStream(room))!;
    const id = await box.does('aoi', say, { room, text: '個人の名前を書きました' });
    await box.does('aoi', amend, { room, message: id, text: '個人の住所も書きました' });
    await box.does('taro', pin, { room, message: id, until: box.clock.now() + 3_600_000 });
    await box.does('taro', addPeople, { room, people: [ken.person], history: false });
    const later = box.device('ken');
    await until(() => later.end.replica.get('room', room), 'Ken to be in the room');
    const before = box.stair.memory.streams.get(roomStream(room))!.head;
    await box.does('aoi', withdraw, { room, message: id, reason: '住所があります' });
    /** What a device is sent that held the stream up to there. */
    const sent = async (who: Actor, held: number): Promise<string> => {
      const came: Frame[] = [];
      const line = box.stair.open({ session: newId(Date.now(), randomBytes(10)), actor: () => who, carrier: { send: (bytes) => came.push(...unpack(bytes)!), close: () => undefined, unsent: 0 } });
      await line.hear(pack([up.hello, wireVersion, new Uint8Array(16)]));
      await line.hear(pack([up.fetch, no, held]));
      const batch = await until(() => came.find((frame) => frame[0] === down.batch && frame[1] === no), 'what was missed');
      line.gone();
      return JSON.stringify(unpack(batch[4] === 1 ? inflateRawSync(batch[5] as Uint8Array) : (batch[5] as Uint8Array)));
    };
    for (const from of ['memory', 'tables']) {
      if (from === 'tables') await box.restart();
      expect(await sent(taro, head), from).toContain('住所があります');
      expect(await sent(taro, head), from).not.toMatch(/個人の/);
      expect(await sent(ken, before), from).not.toMatch(/個人の|住所があります/);
    }
    await until(async () => ((await later.end.replica.get<Room>('room', room))?.pins.length ?? 1) === 0, 'the pin to go from Ken as well');
    await box.everyoneAgrees();
  });
});

describe('what still waits for an answer', () => {
  /** As a browser asks over HTTP. */
  const asks = (who: Actor) => (async (asked: { question: string }, input: unknown) => box.stair.ask(who, asked.question, input)) as never;
  const told = async (who: Actor): Promise<unknown> => {
    const answer = await box.stair.ask(who, stillAsked.question, {});
    return answer.ok && (answer.value as { rooms: { room: Id; born: number }[] }).rooms;
  };

  it('T35 comes onto a new device however long ago it was said, and is told of until everyone has answered', async () => {
    const { taro, aoi, ken, hanako, mika } = box.cast;
    const room = newId(Date.now(), randomBytes(10));
    await box.does('taro', openRoom, { id: room, kind: 'purpose', name: '昨夜からの話', short: '夜', orgs: [], people: [aoi.person, ken.person, hanako.person] });
    const stream = roomStream(room);
    const id = await box.does('taro', say, { room, text: '避難所の人数を至急', urgency: 'urgent' });
    const { born } = (await box.stair.find<Message>(taro, 'message', id))!;
    box.clock.pass(60_000);
    for (let k = 0; k < 60; k++) await box.does('aoi', say, { room, text: `状況 ${k}` });
    const here = { room, born };
    expect(await told(ken)).toContainEqual(here);
    expect(await told(mika)).toEqual([]);
    // The author asks, and is not asked.
    expect(await told(taro)).not.toContainEqual(here);

    const device = box.device('ken');
    const asked = async (): Promise<string[]> => (await device.end.replica.asking<Message>(stream)).map(({ value }) => value.text!);
    await until(() => device.end.replica.isWhole(), 'all of the new device to be here');
    expect(await asked()).toEqual([]);
    await reachBack(device.end, asks(ken));
    expect(await asked()).toEqual(['避難所の人数を至急']);
    // Without a hole: what lies between has come as well.
    expect(await device.end.replica.all(message.noun, stream)).toHaveLength(61);

    await box.does('ken', answer, { room, message: id, answer: 'considering' });
    expect(await told(ken)).toContainEqual(here);
    await box.does('ken', answer, { room, message: id, answer: 'agreed' });
    expect(await told(ken)).not.toContainEqual(here);
    await box.does('aoi', answer, { room, message: id, answer: 'agreed' });
    // The prefecture sees to it that the last one answers, who here is one of its own.
    expect(await told(hanako)).toContainEqual(here);
    await box.does('hanako', answer, { room, message: id, answer: 'agreed' });
    expect(await told(hanako)).not.toContainEqual(here);
    const gone = await box.does('taro', say, { room, text: '間違えました', urgency: 'urgent' });
    await box.does('taro', withdraw, { room, message: gone });
    expect(await told(ken)).not.toContainEqual(expect.objectContaining({ room }));
    // What is important is its reader's own to answer, and is not chased: nobody else need hold it.
    const important = await box.does('taro', say, { room, text: '明日までに', urgency: 'important' });
    await box.does('ken', answer, { room, message: important, answer: 'agreed' });
    expect(await told(hanako)).toContainEqual(expect.objectContaining({ room }));
    await box.does('hanako', answer, { room, message: important, answer: 'agreed' });
    expect([await told(hanako), await told(ken)]).toEqual([expect.not.arrayContaining([expect.objectContaining({ room })]), expect.not.arrayContaining([expect.objectContaining({ room })])]);
    expect(await told(aoi)).toContainEqual(expect.objectContaining({ room }));
    await box.does('aoi', answer, { room, message: important, answer: 'agreed' });
    await box.everyoneAgrees();
    device.stop();
    // Nobody waits for an account that is closed.
    const last = await box.does('aoi', say, { room, text: '健さん、至急', urgency: 'urgent' });
    for (const who of ['taro', 'hanako'] as const) await box.does(who, answer, { room, message: last, answer: 'agreed' });
    expect(await told(hanako)).toContainEqual(expect.objectContaining({ room }));
    await box.does('hanako', disablePerson, { id: ken.person });
    expect(await told(hanako)).not.toContainEqual(expect.objectContaining({ room }));
    await box.does('hanako', enablePerson, { id: ken.person });
  });
});

describe('what a mended message said before', () => {
  const fresh = (): Id => newId(Date.now(), randomBytes(10));
  const ask = async (who: Actor, room: Id, message: Id): Promise<unknown> => {
    const told = await box.stair.ask(who, earlierWords.question, { room, message });
    return told.ok ? (told.value as { words: { text: string }[] }).words.map((version) => version.text) : told.code;
  };

  it('T15 is told from the first words on, with when each was said, and only what went before', async () => {
    const { ken } = box.cast;
    const room = box.groupC;
    const id = await box.does('aoi', say, { room, text: '国道56号は通れます' });
    const now = async (): Promise<Message> => (await box.stair.find<Message>(ken, 'message', id))!.value;
    const saidAt = (await now()).at;
    await box.does('taro', say, { room, text: 'わかりました' });
    expect(await ask(ken, room, id)).toEqual([]);
    box.clock.pass(60_000);
    await box.does('aoi', amend, { room, message: id, text: '国道56号は内子まで通れます' });
    const mendedAt = (await now()).amended!.at;
    expect(mendedAt).toBeGreaterThanOrEqual(saidAt + 60_000);
    box.clock.pass(60_000);
    await box.does('aoi', amend, { room, message: id, text: '国道56号は通れません' });
    // Another's mending in the same room is no version of this.
    const other = await box.does('ken', say, { room, text: '県道' });
    await box.does('ken', amend, { room, message: other, text: '県道29号' });
    expect(await box.stair.ask(ken, earlierWords.question, { room, message: id })).toMatchObject({ ok: true, value: { more: false, words: [
      { text: '国道56号は通れます', at: saidAt }, { text: '国道56号は内子まで通れます', at: mendedAt },
    ] } });
    expect(await ask(ken, room, other)).toEqual(['県道']);
  });

  it('T15 is told by the newest and the first where there are too many', async () => {
    const room = box.groupC;
    const id = await box.does('aoi', say, { room, text: '0' });
    for (let i = 1; i <= 52; i++) await box.does('aoi', amend, { room, message: id, text: `${i}` });
    const told = await box.stair.ask(box.cast.ken, earlierWords.question, { room, message: id });
    expect(told).toMatchObject({ ok: true, value: { more: true } });
    expect(await ask(box.cast.ken, room, id)).toEqual(['0', ...Array.from({ length: 49 }, (_, i) => `${i + 3}`)]);
  });

  it('T15 is told to nobody who does not see the message: from outside, not in the room, come later without history, gone', async () => {
    const { taro, aoi, ken, hanako, mika } = box.cast;
    const room = fresh();
    await box.does('taro', openRoom, { id: room, kind: 'purpose', name: '人事', short: '人', orgs: [], people: [aoi.person] });
    const id = await box.does('taro', say, { room, text: '内々の案' });
    await box.does('taro', amend, { room, message: id, text: '決まった案' });
    expect(await ask(aoi, room, id)).toEqual(['内々の案']);
    for (const who of [ken, hanako, mika]) expect(await ask(who, room, id)).toBe('talk.roomNotFound');
    // In a room of their own they do not find it either.
    expect(await ask(ken, box.groupC, id)).toBe('talk.messageNotFound');
    await box.does('taro', addPeople, { room, people: [ken.person, mika.person], history: false });
    await box.does('taro', addPeople, { room, people: [hanako.person], history: true });
    for (const who of [ken, mika]) expect(await ask(who, room, id)).toBe('talk.messageNotFound');
    // Mended again after they came: still born before their time.
    await box.does('taro', amend, { room, message: id, text: '決まった案です' });
    for (const who of [ken, mika]) expect(await ask(who, room, id)).toBe('talk.messageNotFound');
    expect(await ask(hanako, room, id)).toEqual(['内々の案', '決まった案']);
    const later = await box.does('aoi', say, { room, text: 'ようこそ' });
    await box.does('aoi', amend, { room, message: later, text: 'ようこそ、健さん' });
    expect(await ask(mika, room, later)).toEqual(['ようこそ']);
    await box.does('taro', removePerson, { room, person: mika.person });
    expect(await ask(mika, room, later)).toBe('talk.roomNotFound');
    expect(await ask(taro, room, fresh())).toBe('talk.messageNotFound');
  });

  it('T15 is told to nobody once it was withdrawn, not even to its author or an administrator', async () => {
    const room = box.groupC;
    const id = await box.does('aoi', say, { room, text: '誤った名前' });
    await box.does('aoi', amend, { room, message: id, text: '名前' });
    expect(await ask(box.cast.aoi, room, id)).toEqual(['誤った名前']);
    await box.does('aoi', withdraw, { room, message: id });
    for (const who of ['aoi', 'hanako', 'taro'] as const) expect(await ask(box.cast[who], room, id)).toBe('talk.messageNotFound');
  });
});
