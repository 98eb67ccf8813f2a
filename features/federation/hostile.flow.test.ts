import { addPeople } from '@noroshi/features/talk';
import { bodyBytes } from '@noroshi/foundations/parcel';
import { roomStream, type Member } from '@noroshi/foundations/sync';
import { until } from '@noroshi/foundations/testing';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTables } from '@noroshi/e2e/in-tables';
import { checks, taken } from '@noroshi/e2e/taken-out';
import type { PartnerProof } from '@noroshi/features/record/proof';
import { openSigner, RecordLog } from '@noroshi/features/record/server';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brings, Neighbours } from '@noroshi/e2e/neighbours';
import { accept, confirm, decline, endShare, meet, offer, partners, readCard, revoke, writeCard } from './federation.ts';
import { start, type Chain } from './parcel.ts';
import type { Share } from './share.ts';
import { fetchLetter, headBytes, parcelLetter, pieceLetter, readLetter, readPiece, receiptLetter, type Head } from './server/letter.server.ts';
import { openPost } from './server/open.server.ts';
import { hashOf, Seal, sha256 } from './server/seal.server.ts';
import { signatures } from './server/signatures.server.ts';
import { mostAsks, mostAsksADay, mostStrangers } from './take.ts';

let two: Neighbours;
let share: string;
/** The key of Hiroshima, in the hands of whoever has taken it over. */
let theirs: Seal;
beforeAll(async () => {
  two = await Neighbours.open();
  await two.meet();
  share = await two.share();
  await two.says(two.hiroshima, '正しい便');
  await two.settles();
  theirs = (await two.hiroshima.door.federation.open()).seal;
  // From here on what comes from there is what the test makes.
  await two.hiroshima.door.federation.stop();
});
afterAll(() => two.close());

const ours = async (): Promise<Seal> => (await two.ehime.door.federation.open()).seal;
/** How far Ehime has what Hiroshima sent. */
const stands = (): Chain => (two.ehime.door.stair.memory.get('share', share)!.value as { in: Chain }).in;
const who = (name = '田中 一郎', id = 'a'.repeat(64)) => ({ id, name, org: '広島県', post: '危機管理課' });
const says = (text: string, more: object = {}) => ({ ref: randomBytes(32).toString('hex'), who: who(), text, ...more });

interface Forged extends Partial<Head> { readonly seal?: Seal; readonly says?: unknown; readonly body?: Uint8Array | undefined }
/** A parcel as a partner that was taken over can make it: by default the next one, and right in all. */
async function forged({ seal = theirs, says: what = says('偽'), ...more }: Forged = {}): Promise<{ letter: Buffer; bytes: Uint8Array; signature: Uint8Array; body: Uint8Array; no: number; hash: string }> {
  const body = more.body ?? bodyBytes(randomBytes(16), what as object);
  const { no, hash } = stands();
  const head: Head = { from: seal.fingerprint, to: (await ours()).fingerprint, share, no: no + 1, before: hash, at: two.ehime.box.clock.now(), kind: 'say', ...more, body: sha256(body) };
  const bytes = headBytes(head);
  const signature = seal.sign('parcel', bytes);
  return { letter: parcelLetter(bytes, signature, 'body' in more && more.body === undefined ? undefined : body), bytes, signature, body, no: head.no, hash: hashOf(bytes) };
}
const comes = async (forging: Forged = {}) => brings(two.ehime, (await forged(forging)).letter);
const receiptIn = (words: Uint8Array) => {
  const read = readLetter(words);
  if (read?.what !== 'receipt') throw new Error('no receipt');
  return read.receipt;
};
/** All that has ever become true in Ehime. */
const happened = async (): Promise<number> => (await two.ehime.door.stair.pool.query<{ n: number }>('select count(*)::int as n from event')).rows[0]!.n;
const members = (): Member[] => two.ehime.door.stair.memory.of(roomStream(two.ehime.room), 'member').map(({ value }) => value as Member);
const nothing = async (): Promise<unknown> => two.ehime.door.app.inject({ method: 'POST', url: '/federation/nothing', payload: randomBytes(40), headers: { 'content-type': 'application/octet-stream' } }).then(({ statusCode, body }) => [statusCode, body.replaceAll('nothing', 'parcels')]);

describe('what is not a partner’s', () => {
  it('FD50 one bit changed, another key, another house, another room, our own key, garbage: the same as an address that does not exist, and nothing has happened', async () => {
    const before = await happened();
    const good = await forged();
    const flipped = (bytes: Uint8Array, at: number): Uint8Array => Uint8Array.from(bytes, (byte, i) => (i === at ? byte ^ 1 : byte));
    const stranger = await Seal.open();
    const wrong = [
      ...[0, 10, 45, 80, 120, 160].map((at) => parcelLetter(flipped(good.bytes, at), good.signature, good.body)),
      parcelLetter(good.bytes, flipped(good.signature, 7), good.body), parcelLetter(good.bytes, good.signature, flipped(good.body, 30)),
      (await forged({ seal: stranger })).letter, (await forged({ seal: stranger, from: theirs.fingerprint })).letter, (await forged({ from: stranger.fingerprint })).letter,
      (await forged({ to: stranger.fingerprint })).letter, (await forged({ to: theirs.fingerprint })).letter, (await forged({ seal: await ours() })).letter,
      (await forged({ share: randomUUID(), no: 1, before: start.hash })).letter,
      receiptLetter(stranger, { to: (await ours()).fingerprint, share, ...start, held: false, of: randomBytes(32) }),
      Buffer.alloc(0), randomBytes(500), good.letter.subarray(0, 100),
    ];
    const none = await nothing();
    for (const [i, letter] of wrong.entries()) {
      const answer = await brings(two.ehime, letter);
      expect([answer.status, Buffer.from(answer.words).toString()], `letter ${i}`).toEqual(none);
    }
    expect(await happened()).toBe(before);
    expect(stands().no).toBe(good.no - 1);
    // Nothing of it is spoilt: the right one comes in.
    expect((await brings(two.ehime, good.letter)).status).toBe(200);
  });

  it('FD51 a session and its cookie open nothing here, and another origin is turned away as everywhere', async () => {
    const { letter } = await forged({ seal: await Seal.open() });
    expect([(await brings(two.ehime, letter, { cookie: 'noroshi=abc' })).status, (await brings(two.ehime, letter, { origin: 'https://evil.example' })).status]).toEqual([404, 403]);
  });

  it('FD52 a guest, a member, and who does not sit in the room find nothing: no partner, no share, no mark', async () => {
    const { stair } = two.ehime.door;
    const { cast } = two.ehime.box;
    const [partner] = (await two.sees(two.ehime)).partners;
    const inputs = {
      [meet.deed]: readCard(writeCard({ name: '高知県', address: 'https://a.example', key: 'A'.repeat(43) })), [confirm.deed]: { partner: partner!.id, spokeTo: '私' }, [revoke.deed]: { partner: partner!.id },
      [offer.deed]: { share: randomUUID(), partner: partner!.id, room: two.ehime.room }, [accept.deed]: { share, partner: partner!.id, room: two.ehime.room }, [decline.deed]: { share, partner: partner!.id },
    };
    for (const actor of [cast.mika, cast.taro, cast.aoi]) {
      expect(await stair.ask(actor, partners.question, {})).toEqual({ ok: false, code: 'federation.notAllowed' });
      for (const [name, input] of Object.entries(inputs)) expect(await stair.submit(actor, { id: randomUUID(), name, input }), name).toEqual({ ok: false, code: 'federation.notAllowed' });
      // What only the clock and the door may do.
      for (const name of ['federation.take', 'federation.pack', 'federation.resume', 'federation.hold', 'federation.takeAsk']) expect(await stair.submit(actor, { id: randomUUID(), name, input: {} })).toEqual({ ok: false, code: 'command.unknown' });
    }
    expect(await stair.submit(cast.aoi, { id: randomUUID(), name: endShare.deed, input: { share, partner: partner!.id, room: two.ehime.room } })).toEqual(
      await stair.submit(cast.aoi, { id: randomUUID(), name: endShare.deed, input: { share: randomUUID(), partner: randomUUID(), room: randomUUID() } }));
    const seen = [...stair.memory.sight(cast.aoi.person).keys(), ...stair.memory.sight(cast.mika.person).keys(), ...stair.memory.sight(cast.hanako.person).keys()];
    expect(seen.filter((key) => key.startsWith('f'))).toEqual([]);
    const device = two.ehime.box.device('aoi');
    await device.end.line.settled();
    expect(await device.end.replica.all('sharing')).toEqual([]);
    expect(await device.end.replica.all('partner')).toEqual([]);
    // Who sits in it sees with whom it is shared, and no more than that.
    const inside = two.ehime.box.device('taro');
    await inside.end.line.settled();
    await until(async () => (await inside.end.replica.all('sharing')).length === 1, 'whoever sits in the room to see with whom it is shared');
    expect(await inside.end.replica.all('share')).toEqual([]);
  });
});

describe('a partner that was taken over', () => {
  it('FD53 a parcel twice, one too early, and one from before: a receipt that says how far all is here, and nothing applied', async () => {
    const good = await forged({ says: says('一度だけ') });
    expect(receiptIn((await brings(two.ehime, good.letter)).words)).toMatchObject({ no: good.no, hash: good.hash });
    const before = await happened();
    expect(receiptIn((await brings(two.ehime, good.letter)).words)).toMatchObject({ no: good.no, held: false });
    expect(receiptIn((await comes({ no: good.no + 5 })).words)).toMatchObject({ no: good.no, hash: good.hash, held: false });
    // Of a room that we know nothing of, we have nothing: a house that was brought back is asked from the first on.
    expect(receiptIn((await comes({ share: randomUUID(), no: 7 })).words)).toMatchObject({ ...start, held: false });
    for (const letter of two.hiroshima.sent) expect(receiptIn((await brings(two.ehime, letter)).words)).toMatchObject({ no: good.no, held: false });
    expect(await happened()).toBe(before);
    expect((await two.hears(two.ehime)).filter((line) => line === '一度だけ')).toHaveLength(1);
  });

  it('FD54 markup and hidden characters in a name, and the name of our own deputy mayor: one line, shown as theirs, and nobody of ours', async () => {
    const own = two.ehime.box.cast.taro.person;
    await comes({ says: { ...says('私は副市長です'), who: { ...who('兵頭 太郎'), id: 'b'.repeat(64), org: '西予市', post: '副市長' } } });
    await comes({ says: { ...says('x'), who: { id: 'c'.repeat(64), name: '<img src=x onerror=alert(1)>\u202E\u0007\n管理者', org: '愛媛県\u200B', post: '\u2028局長' } } });
    const cards = members().filter(({ person }) => person !== own).map(({ card }) => card);
    expect(cards.find(({ name }) => name === '兵頭 太郎')).toMatchObject({ guest: true, orgName: '広島県', mark: '広島', post: '西予市 副市長' });
    expect(cards.find(({ name }) => name.startsWith('<img'))).toMatchObject({ guest: true, name: '<img src=x onerror=alert(1)>管理者', orgName: '広島県', post: '愛媛県 局長' });
    expect((await two.reads(two.ehime)).slice(-2)).toEqual(['外部 広島県 私は副市長です', '外部 広島県 x']);
    // It amends and takes back what is theirs, and nothing of ours: what it names is looked for among theirs.
    const mine = await two.says(two.ehime, '私の言葉');
    for (const kind of ['amend', 'withdraw']) await comes({ kind, says: { ref: sha256(mine).toString('hex'), who: who(), ...(kind === 'amend' ? { text: '改ざん' } : {}) } });
    expect((await two.reads(two.ehime)).at(-1)).toBe('私の言葉');
  });

  it('FD55 a zip for words, a body that is missing, one too large, of a kind that nobody knows: it has its place, and the talk says that there was one', async () => {
    const before = stands().no;
    const lines = (await two.reads(two.ehime)).length;
    for (const forging of [{ body: Buffer.from('504b0304', 'hex') }, { body: undefined }, { says: says('あ'.repeat(10_001)) }, { says: says('\0') }, { kind: 'call', says: {} }, { says: { ...says('x'), attachments: [{ file: 'http://10.0.0.1/' }] } }]) expect((await comes(forging)).status).toBe(200);
    expect(stands().no).toBe(before + 6);
    expect((await two.reads(two.ehime)).slice(lines)).toEqual(['unreadable', 'takenOut', 'unreadable', 'unreadable', 'unreadable', 'unreadable'].map((line) => `[federation.${line}]`));
    const large = await two.ehime.door.app.inject({ method: 'POST', url: '/federation/parcels', payload: Buffer.alloc(70_000), headers: { 'content-type': 'application/octet-stream' } });
    expect(large.statusCode).toBe(413);
  });

  it('FD56 ten thousand parcels are three hundred at once and thirty a minute; then 429 with a time, and the sender waits', async () => {
    two.ehime.box.clock.pass(60 * 60_000);
    const { letter } = await forged({ no: stands().no + 9 });
    const told = [];
    for (let i = 0; i < 340; i++) told.push(await brings(two.ehime, letter));
    const turned = told.filter(({ status }) => status === 429);
    expect(turned.length).toBeGreaterThan(30);
    expect(told.filter(({ status }) => status === 200)).toHaveLength(340 - turned.length);
    expect(turned[0]!.retryAfter).toBeGreaterThan(0);
    two.ehime.box.clock.pass(60 * 60_000);
    expect((await comes({ says: says('また届く') })).status).toBe(200);
  });

  it(`FD57 a thousand names are ${mostStrangers}, whoever comes after them speaks as their house; who is called otherwise each time is so ten times`, async () => {
    const theirCards = (): Member[] => members().filter(({ card }) => card.guest);
    for (let i = 0; i < 14; i++) await comes({ says: { ...says(`${i}`), who: { ...who(`名前${i}`), id: 'd'.repeat(64) } } });
    expect(Math.max(...theirCards().map(({ stays }) => stays.length))).toBeLessThanOrEqual(10);
    for (let i = theirCards().length; i < mostStrangers + 3; i++) {
      if (i % 100 === 0) two.ehime.box.clock.pass(60 * 60_000);
      await comes({ says: { ...says(`${i}`), who: { ...who(`人${i}`), id: sha256(`${i}`).toString('hex') } } });
    }
    // The house itself is one more.
    expect(theirCards()).toHaveLength(mostStrangers + 1);
    expect((await two.hears(two.ehime)).at(-1)).toBe(`${mostStrangers + 2}`);
  });

  it(`FD58 it asks to share as often as it likes, and ${mostAsks} wait, ${mostAsksADay} a day; none opens a room by itself`, async () => {
    two.ehime.box.clock.pass(60 * 60_000);
    const told = [];
    for (let i = 0; i < mostAsks + 5; i++) told.push((await comes({ share: randomUUID(), no: 1, before: start.hash, kind: 'offer', says: { name: `会議${i}\u202E` } })).status);
    expect(told).toEqual([...Array.from({ length: mostAsks }, () => 200), ...Array.from({ length: 5 }, () => 404)]);
    const { asks, shares } = await two.sees(two.ehime);
    expect([asks.length, asks[0]!.name, shares.length]).toEqual([mostAsks, '会議0', 1]);
    const declines = async (): Promise<void> => { for (const one of (await two.sees(two.ehime)).asks) await two.does(two.ehime, decline, { share: one.share, partner: one.partner }); };
    await declines();
    expect((await two.sees(two.ehime)).asks).toEqual([]);
    // Each has its place in the record for good: however fast they are declined, it is so many a day.
    let taken = mostAsks;
    const asksOnce = async (): Promise<number> => (await comes({ share: randomUUID(), no: 1, before: start.hash, kind: 'offer', says: { name: '会議' } })).status;
    for (; taken < mostAsksADay && (await asksOnce()) === 200; taken++) await declines();
    expect([taken, await asksOnce()]).toEqual([mostAsksADay, 404]);
    two.ehime.box.clock.pass(24 * 60 * 60_000);
    expect(await asksOnce()).toBe(200);
    await declines();
    // What was asked a season ago and is over has no words any more.
    const { pool } = two.ehime.door.stair;
    expect((await inTables(pool, '会議3')).length).toBeGreaterThan(0);
    two.ehime.box.clock.pass(91 * 24 * 60 * 60_000);
    expect(await asksOnce()).toBe(200);
    expect(await inTables(pool, '会議3')).toEqual([]);
    await declines();
  });

  it('FD70 what it asks to have blacked out is said once, in one line without hidden characters', async () => {
    two.ehime.box.clock.pass(60 * 60_000);
    const what = says('電話番号');
    await comes({ says: what });
    const asksFor = (reason: string) => comes({ kind: 'redact', says: { ref: what.ref, who: who(), reason } });
    for (const reason of ['個人\u202E情報\n【緊急】\u200B避難', '二度目', '三度目']) expect((await asksFor(reason)).status).toBe(200);
    expect((await two.reads(two.ehime)).slice(-2)).toEqual(['外部 広島県 電話番号', '[federation.redactWish]']);
    const { rows } = await two.ehime.door.stair.pool.query<{ reason: string }>(`select value -> 'note' -> 'params' ->> 'reason' as reason from noun where noun = 'message' and value -> 'note' ->> 'line' = 'federation.redactWish'`);
    expect(rows).toEqual([{ reason: '個人情報【緊急】避難' }]);
  });

  it('FD59 the same number with other words: held, with nothing more applied until somebody has spoken with them; our record keeps both signatures apart', async () => {
    two.ehime.box.clock.pass(60 * 60_000);
    const good = await forged({ says: says('一つ目') });
    await brings(two.ehime, good.letter);
    const lines = await two.reads(two.ehime);
    const other = await comes({ no: good.no, before: stands().hash, says: says('二つ目') });
    expect(receiptIn(other.words)).toMatchObject({ no: good.no, hash: good.hash, held: true });
    expect(receiptIn((await comes({ says: says('続き') })).words)).toMatchObject({ no: good.no, held: true });
    // Everyone in the room is told that nothing comes and goes.
    expect(await two.reads(two.ehime)).toEqual([...lines, '[federation.held]']);
    const [partner] = (await two.sees(two.ehime)).partners;
    expect(partner).toHaveProperty('held');
    await two.does(two.ehime, confirm, { partner: partner!.id, spokeTo: '危機管理監 田中' });
    expect(receiptIn((await comes({ says: says('話した後') })).words)).toMatchObject({ no: good.no + 1, held: false });
    expect((await two.hears(two.ehime)).at(-1)).toBe('話した後');
    expect((await two.reads(two.ehime)).slice(-2)).toEqual(['[federation.heldOver]', '外部 広島県 話した後']);
  });

  it('FD71 files of its own: of what is not its message, is not named, is too large or is said twice nothing is told; other bytes than it signed, no photograph, and markup do no harm', async () => {
    two.ehime.box.clock.pass(60 * 60_000);
    const names = ['写真.jpg', 'a.html', '長い.bin', '違う.bin'].map((name, i) => ({ ref: sha256(name).toString('hex'), kind: i === 0 ? 'photo' : 'file', name, size: 20, type: i === 0 ? 'image/jpeg' : 'text/html' }));
    const what = says('4件送ります', { attachments: names });
    await comes({ says: what });
    const bytes = new Map([Buffer.from('<svg onload=alert(1)>'), Buffer.from('<script>alert(1)</script>'), Buffer.alloc(10), Buffer.from('signed')].map((of, i) => [i, of]));
    let asked = 0;
    // Hiroshima answers as whoever has taken it over likes: another's bytes for the last.
    two.onWire = async (letter) => {
      const read = readLetter(letter);
      if (read?.what !== 'fetch') throw new Error('not heard');
      asked += 1;
      const i = read.fetch.no - told;
      return { status: 200, words: pieceLetter(theirs, { to: read.fetch.from, of: sha256(letter), piece: i === 3 ? Buffer.from('others') : bytes.get(i) }) };
    };
    const tells = (i: number, more: object = {}) => comes({ kind: 'file', says: { ref: what.ref, file: names[i]!.ref, sha256: sha256(bytes.get(i)!).toString('hex'), size: bytes.get(i)!.length, type: 'text/html', ...more } });
    const told = stands().no + 1;
    const lines = (await two.reads(two.ehime)).length;
    for (const i of [0, 1]) await tells(i);
    await tells(2, { size: 51 * 1024 * 1024 });
    await tells(3);
    await tells(1);
    await tells(1, { ref: sha256('nothing').toString('hex') });
    await tells(1, { file: sha256('nobody named it').toString('hex') });
    const mine = await two.announces(two.ehime, 5);
    await tells(1, { ref: mine.message, file: mine.file });
    await tells(1, { ref: sha256(mine.message).toString('hex'), file: sha256(mine.file).toString('hex') });
    const { fetcher } = await two.ehime.door.federation.open();
    for (let i = 0; i < 6; i++) {
      two.ehime.box.clock.pass(11 * 60_000);
      fetcher.look(true);
      await fetcher.settled();
    }
    const now = Object.fromEntries(two.files(two.ehime).map(({ name, state, reason, type }) => [name, [state, reason ?? type]]));
    expect(now).toEqual({ '写真.jpg': ['refused', 'files.notAPicture'], 'a.html': ['arrived', 'application/octet-stream'], '違う.bin': ['refused', 'federation.fileStays'], '避難所名簿.pdf': ['awaited', 'application/pdf'] });
    // One each, and three times what was wrong three times.
    expect(asked).toBe(5);
    expect((await two.reads(two.ehime)).slice(lines)).toEqual(['[federation.unreadable]', '送ります', '[federation.unreadable]']);
  });

  it('FD72 what it asks for: nothing that no parcel told of it, of no other room, in no other’s name, not twice by one asking, and nothing once it is held', async () => {
    const { seal } = await two.ehime.door.federation.open();
    const own = two.files(two.ehime).find(({ name }) => name.startsWith('避難所'))!;
    await two.arrives(two.ehime, own.id, Buffer.from('%PDF-'));
    const { courier } = await two.ehime.door.federation.open();
    two.onWire = async () => { throw new Error('not heard'); };
    courier.look();
    await courier.settled();
    const { rows: [last] } = await two.ehime.door.stair.pool.query<{ no: number }>(`select (b.json ->> 'no')::int as no from event_body b join event e using (workspace, stream, seq) where e.kind = 409 and b.json ->> 'kind' = 'file'`);
    let clock = two.ehime.box.clock.now();
    const asks = (more: object = {}, by = theirs): Buffer => fetchLetter(by, { to: seal.fingerprint, share, no: last!.no, begin: 0, at: ++clock, ...more });
    const good = asks();
    expect(Buffer.from(readPiece((await brings(two.ehime, good)).words)!.piece!).toString()).toBe('%PDF-');
    const stranger = await Seal.open();
    const wrong = [good, asks({ at: clock - 10 }), asks({ at: clock + 25 * 3_600_000 }), asks({ begin: 5 }), asks({ no: last!.no - 1 }), asks({ no: last!.no + 1 }), asks({ share: randomUUID() }), asks({ to: theirs.fingerprint }), asks({}, stranger)];
    const none = await nothing();
    for (const [i, letter] of wrong.entries()) {
      const answer = await brings(two.ehime, letter);
      expect([answer.status, Buffer.from(answer.words).toString()], `asking ${i}`).toEqual(none);
    }
    expect((await brings(two.ehime, asks({ at: (clock += 60_000) }))).status).toBe(200);
  });

  it('FD60 an address inside our network is not called, by number or by name, unless the configuration names it; nothing is called in the open outside', async () => {
    let called = 0;
    const inside = createServer((_request, answer) => { called += 1; answer.end(); });
    await new Promise<void>((up) => { inside.listen(0, '127.0.0.1', up); });
    const { port } = inside.address() as AddressInfo;
    const { stair } = two.hiroshima.door;
    const needs = { stair, report: () => undefined, refusals: () => undefined };
    const closed = (await openPost(needs)).carry;
    for (const address of [`http://127.0.0.1:${port}`, `http://localhost:${port}`, `https://127.0.0.1:${port}`, `https://[::1]:${port}`, 'http://169.254.169.254', 'http://192.0.2.1']) {
      await expect(closed(address, Buffer.alloc(1)), address).rejects.toThrow('this address is not called');
    }
    expect(called).toBe(0);
    expect((await (await openPost({ ...needs, inside: ['127.0.0.0/8'] })).carry(`http://127.0.0.1:${port}`, Buffer.alloc(1))).status).toBe(200);
    expect(called).toBe(1);
    inside.close();
  });

  it('FD91 a time that is to come, or long over, is no time of ours: it stands under when it came, and the talk says when it was said', async () => {
    const lines = (await two.reads(two.ehime)).length;
    for (const at of [two.ehime.box.clock.now() + 365 * 86_400_000, 0]) expect((await comes({ at, says: says('いつか') })).status).toBe(200);
    expect((await two.reads(two.ehime)).slice(lines)).toEqual(['外部 広島県 いつか', '外部 広島県 いつか', '[federation.saidAt]']);
  });

  it('FD93 as what a room is known is said once: what it says after that is not heard, an acceptance that nobody can read has its number, and neither is told or answered', async () => {
    two.ehime.box.clock.pass(60 * 60_000);
    const shared = (): Share => two.ehime.door.stair.memory.get('share', share)!.value as Share;
    const [was, lines] = [shared(), (await two.reads(two.ehime)).length];
    expect([was.theirs?.length, was.told]).toEqual([64, 'both']);
    for (const what of [{ room: 'a'.repeat(64) }, { room: 'b'.repeat(64), yours: 'c'.repeat(64) }, { more: 1 }, {}]) expect((await comes({ kind: 'accept', says: what })).status).toBe(200);
    const { courier } = await two.ehime.door.federation.open();
    courier.look();
    await courier.settled();
    expect([shared().theirs, shared().out, shared().in.no - was.in.no, (await two.reads(two.ehime)).length]).toEqual([was.theirs, was.out, 4, lines]);
  });

  it('FD61 revoked, nothing of theirs is applied whatever its signature says, nothing goes to them, and their old key stays out when they are met anew', async () => {
    const [partner] = (await two.sees(two.ehime)).partners;
    const good = await forged({ says: says('遅すぎた') });
    await two.does(two.ehime, revoke, { partner: partner!.id });
    const before = await happened();
    const sent = two.ehime.sent.length;
    const asking = fetchLetter(theirs, { to: (await ours()).fingerprint, share, no: 1, begin: 0, at: two.ehime.box.clock.now() + 3_600_000 });
    expect([(await brings(two.ehime, good.letter)).status, (await brings(two.ehime, two.hiroshima.sent[0]!)).status, (await brings(two.ehime, asking)).status]).toEqual([404, 404, 404]);
    await two.does(two.ehime, addPeople, { room: two.ehime.room, people: [two.ehime.box.cast.aoi.person], history: true });
    const { courier } = await two.ehime.door.federation.open();
    courier.look();
    await courier.settled();
    expect(two.ehime.sent).toHaveLength(sent);
    expect(await happened()).toBe(before + 1);
    const anew = await Seal.open();
    // A character that nobody sees makes no other house of one of ours.
    for (const [name, why] of [['愛媛県\u200B', 'input.'], ['愛媛 県', 'federation.nameTaken']] as const) await expect(two.does(two.ehime, meet, { name, address: 'https://hiroshima.example', key: anew.key }), name).rejects.toThrow(why);
    const id = await two.does(two.ehime, meet, { name: '広島県', address: 'https://hiroshima.example', key: anew.key });
    await two.does(two.ehime, confirm, { partner: id, spokeTo: '危機管理監 田中' });
    expect((await brings(two.ehime, good.letter)).status).toBe(404);
    // And a new key has no place in what was shared with the old one.
    expect((await comes({ seal: anew })).status).toBe(404);
    expect(await two.hears(two.ehime)).not.toContain('遅すぎた');
  });

  it('R11 FD92 whatever it sent, and at what time it says so, the record of this house proves true: nobody makes us look as if we had forged', async () => {
    const { stair } = two.ehime.door;
    const folder = await mkdtemp(join(tmpdir(), 'noroshi-hostile-'));
    const log = new RecordLog({ stair, signer: await openSigner(), report: (error) => { throw error; } });
    await log.start();
    const verdict = await checks(await taken({ stair, log, signatures: async () => signatures }, two.ehime.box.cast.hanako, { room: two.ehime.room }, folder));
    expect(verdict.found).toEqual([]);
    // All of it has its number: what was read as it was signed, what was no event here, and what was said at a time to come.
    const { no } = stands();
    const [{ n, open, absent, early, isWhole, elsewhere, roomless }] = verdict.proven!.partners as [PartnerProof];
    expect([n > 100, n + open + absent <= no, absent > 0, early, isWhole, elsewhere, roomless]).toEqual([true, true, true, 1, true, 0, 0]);
    log.halt();
    await rm(folder, { recursive: true });
  });
});
