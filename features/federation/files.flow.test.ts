import { message as messageNoun, withdraw, type Message } from '@noroshi/features/talk';
import { openFiles } from '@noroshi/foundations/files/server';
import type { StoredFile } from '@noroshi/foundations/files';
import { docsByRef, type Rate } from '@noroshi/foundations/sync/server';
import { until } from '@noroshi/foundations/testing';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cut, hour, meetAnew, mend, two } from '@noroshi/e2e/met';
import { brings, type House } from '@noroshi/e2e/neighbours';
import { endShare, revoke } from './federation.ts';
import type { Partner } from './partner.ts';
import { Fetcher } from './server/fetch.server.ts';
import { fileRate, HandOut } from './server/hand-out.server.ts';
import { fetchLetter, largestPiece, readLetter } from './server/letter.server.ts';
import { Reception } from './server/reception.server.ts';

meetAnew();

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const photo = readFileSync(new URL('../../apps/server/demo/photos/flood.jpg', import.meta.url));
const paper = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(largestPiece * 4)]);
const pathOf = (house: House, sha256: string): string => join(house.data, 'files', sha256.slice(0, 2), sha256);
const there = (): StoredFile | undefined => two.files(two.hiroshima)[0];
/** The line breaks when so many pieces were asked for. @returns how many were asked for since */
function breaksAfter(pieces: number): () => number {
  let asked = 0;
  two.onWire = (letter, bring) => {
    if (readLetter(letter)?.what !== 'fetch') return bring(letter);
    asked += 1;
    if (asked > pieces) throw new Error('cut');
    return bring(letter);
  };
  return () => asked;
}
const sharing = async (): Promise<string> => two.share();
/** A paper that is told of and whose first piece has come. */
async function onItsWay(): Promise<{ message: string; file: string }> {
  await sharing();
  breaksAfter(1);
  const told = await two.announces(two.ehime, paper.length);
  await two.arrives(two.ehime, told.file, paper);
  await two.settles();
  expect(statSync(join(two.hiroshima.data, 'uploads', there()!.id)).size).toBe(largestPiece);
  return told;
}
/** Who fetches in Hiroshima, beside the one of the house, over a wire of its own. @param heard what is answered, @param stands until when each asking stands on its way */
async function fetcherOf(rate: Rate, heard: (status: number) => void, report: (error: unknown) => void = (error) => { throw error; }, stands?: Promise<void>): Promise<Fetcher> {
  const { stair, federation } = two.hiroshima.door;
  const files = await openFiles({ stair, folder: two.hiroshima.data });
  return new Fetcher({
    stair, seal: (await federation.open()).seal, files: () => files, rate, report,
    async carry(_address, letter) {
      await stands;
      const answer = await brings(two.ehime, letter);
      heard(answer.status);
      return answer;
    },
  });
}

describe('a photograph crosses', () => {
  it('FD80 the words come first and say what is coming; the bytes follow when they have come to their own house, and are what they were', async () => {
    await sharing();
    const caption = '肱川 鹿野川大橋';
    const told = await two.announces(two.ehime, photo.length, { kind: 'photo', name: '肱川.jpg', type: 'image/jpeg', caption });
    await two.settles();
    expect(await two.hears(two.hiroshima)).toEqual(['送ります']);
    expect(there()).toBeUndefined();
    await two.arrives(two.ehime, told.file, photo);
    await two.settles();
    const [ours] = two.files(two.ehime);
    expect(there()).toMatchObject({ state: 'arrived', kind: 'photo', name: '肱川.jpg', type: 'image/jpeg', sha256: ours!.sha256, size: ours!.size, width: ours!.width });
    expect(sha(readFileSync(pathOf(two.hiroshima, ours!.sha256!)))).toBe(ours!.sha256);
    const [doc] = await docsByRef(two.hiroshima.door.stair.pool, [{ noun: messageNoun.noun, id: there()!.of }]);
    expect((doc!.value as Message).attachments).toEqual([expect.objectContaining({ file: there()!.id, kind: 'photo', caption })]);
    // Nothing of it is called as it is at home.
    expect(there()!.id).not.toBe(told.file);
    const { rows } = await two.hiroshima.door.stair.pool.query('select 1 from event_body where json::text like $1', [`%${told.file}%`]);
    expect(rows).toEqual([]);
  });

  it('FD94 nor does a file wait so long, or a turn that a process had which was killed in it', async () => {
    await onItsWay();
    breaksAfter(2);
    await two.passes(10_000);
    mend();
    const { pool } = two.hiroshima.door.stair;
    await pool.query('update federation_files set process = $1, until = $2', [randomUUID(), two.hiroshima.box.clock.now() + 60_000]);
    two.hiroshima.box.clock.pass(-hour);
    await two.settles();
    expect(there()).toMatchObject({ state: 'arrived', sha256: sha(paper) });
  });

  it('FD81 cut in the middle, doubled, and killed, it goes on from where it was; each byte is fetched once', async () => {
    await onItsWay();
    const rest = breaksAfter(2);
    await two.passes(10_000);
    expect(statSync(join(two.hiroshima.data, 'uploads', there()!.id)).size).toBe(largestPiece * 3);
    await two.reopen(two.hiroshima);
    await two.says(two.ehime, '言葉は待たない');
    await two.settles();
    expect(await two.hears(two.hiroshima)).toContain('言葉は待たない');
    mend();
    await two.passes(hour);
    expect(there()).toMatchObject({ state: 'arrived', sha256: sha(paper), type: 'application/pdf' });
    expect(rest()).toBeGreaterThanOrEqual(3);
    expect(readFileSync(pathOf(two.hiroshima, sha(paper))).equals(paper)).toBe(true);
    // What told of it, once more: nothing is told or fetched anew.
    const before = two.hiroshima.sent.length;
    two.ehime.sent.length = 0;
    const { courier } = await two.ehime.door.federation.open();
    courier.heard({ id: await two.partnerOf(two.ehime) } as never, { share: two.sharing(two.ehime)!.share, no: 0 } as never);
    await two.settles();
    expect(two.ehime.sent.length).toBeGreaterThan(2);
    expect([two.files(two.hiroshima).length, two.hiroshima.sent.length]).toEqual([1, before]);
  });

  it('FD82 what their own house refused does not come, and the talk says so', async () => {
    await sharing();
    const told = await two.announces(two.ehime, 4_000, { kind: 'photo', name: 'x.jpg', type: 'image/jpeg' });
    await expect(two.arrives(two.ehime, told.file, randomBytes(4_000))).rejects.toThrow('files.notAPicture');
    await two.settles();
    expect(there()).toMatchObject({ state: 'refused', reason: 'federation.fileStays', name: 'x.jpg' });
  });

  it('FD83 where the disk has no room it waits, words come on, and it comes when there is room', async () => {
    await sharing();
    let free = 0;
    two.hiroshima.door.federation.takesFiles(await openFiles({ stair: two.hiroshima.door.stair, folder: two.hiroshima.data, freeBytes: async () => free }));
    const told = await two.announces(two.ehime, paper.length);
    await two.arrives(two.ehime, told.file, paper);
    await two.passes(hour);
    expect([there()!.state, existsSync(join(two.hiroshima.data, 'uploads', there()!.id))]).toEqual(['awaited', false]);
    await two.says(two.ehime, '言葉は届く');
    await two.settles();
    expect(await two.hears(two.hiroshima)).toContain('言葉は届く');
    free = 1e12;
    await two.passes(hour);
    expect(there()!.state).toBe('arrived');
  });

  it('FD84 so many bytes at once, and so many a day: then both houses wait, who hands out and who fetches', async () => {
    await onItsWay();
    mend();
    const [{ seal }, theirs] = [await two.ehime.door.federation.open(), await two.hiroshima.door.federation.open()];
    const { stair } = two.ehime.door;
    const files = await openFiles({ stair, folder: two.ehime.data });
    const rate = { burst: largestPiece * 2, perSecond: 1 };
    const handOut = new HandOut({ stair, seal, files: () => files, rate });
    const { partners } = await two.sees(two.ehime);
    const fetch = { from: theirs.seal.fingerprint, to: seal.fingerprint, share: two.sharing(two.ehime)!.share, no: 4, begin: 0 };
    const who = stair.memory.get('partner', partners[0]!.id)!.value as never;
    const told = [];
    for (let i = 1; i <= 4; i++) told.push((await handOut.give(who, { ...fetch, at: stair.now() + i }, randomBytes(32)))?.status);
    expect(told).toEqual([200, 200, 429, 429]);

    // What nobody was told of, asked for without end, is not looked for without end.
    const few = new HandOut({ stair, seal, files: () => files, askingRate: { burst: 2, perSecond: 0.001 } });
    const guessed = [];
    // The first door's four are in the tables: these are behind them. What has to wait is written nowhere, and counts when it comes again.
    const heard = async (): Promise<unknown> => (await stair.pool.query('select heard from federation_files where partner = $1', [partners[0]!.id])).rows[0];
    const from = stair.now() + 4;
    for (let i = 1; i <= 3; i++) guessed.push((await few.give(who, { ...fetch, no: 1, at: from + i }, randomBytes(32)))?.status);
    expect([guessed, await heard()]).toEqual([[undefined, undefined, 429], { heard: from + 2 }]);
    for (let i = 4; i <= 40; i++) await few.give(who, { ...fetch, no: 1, at: from + i }, randomBytes(32));
    expect(await heard()).toEqual({ heard: from + 2 });
    two.ehime.box.clock.pass(1_000_000);
    expect([(await few.give(who, { ...fetch, at: from + 3 }, randomBytes(32)))?.status, await heard()]).toEqual([200, { heard: from + 3 }]);

    breaksAfter(0);
    await theirs.courier.settled();
    let asked = 0;
    const fetcher = await fetcherOf(rate, () => { asked += 1; });
    for (let i = 0; i < 4; i++) {
      two.hiroshima.box.clock.pass(11 * 60_000);
      fetcher.look();
      await fetcher.settled();
    }
    expect(asked).toBe(2);
  });

  it('FD88 what does not come, such as from a house that was restored without its files, holds up nothing newer, costs nothing of the day, and is told to whoever keeps the server', async () => {
    await onItsWay();
    breaksAfter(0);
    rmSync(pathOf(two.ehime, sha(paper)));
    const [told, reports]: [number[], unknown[]] = [[], []];
    const fetcher = await fetcherOf({ burst: largestPiece, perSecond: 1e-6 }, (status) => told.push(status), (error) => reports.push(error));
    for (let i = 0; i < 5; i++) {
      two.hiroshima.box.clock.pass(11 * 60_000);
      fetcher.look();
      await fetcher.settled();
    }
    expect([told, reports.length]).toEqual([[503, 503, 503, 503, 503], 1]);
    const small = randomBytes(1_000);
    const { file } = await two.announces(two.ehime, small.length);
    await two.arrives(two.ehime, file, small);
    await two.settles();
    fetcher.look(true);
    await fetcher.settled();
    expect([two.files(two.hiroshima).map(({ state }) => state), told.slice(5)]).toEqual([['awaited', 'arrived'], [200]]);
  });

  it('FD89 so many files wait at once; of one more the talk says that it does not come, and what has not begun to come lies nowhere', async () => {
    await sharing();
    const { stair } = two.hiroshima.door;
    const { seal } = await two.hiroshima.door.federation.open();
    const reception = new Reception({ stair, seal, heard: () => undefined, handOut: async () => undefined, refusedOne: () => undefined, mostWaiting: 1 });
    two.onWire = async (letter, bring, from) => {
      if (readLetter(letter)?.what === 'fetch') throw new Error('cut');
      if (from === 'hiroshima') return bring(letter);
      const reply = await reception.receive(letter, '192.0.2.9');
      return { status: reply.status, words: reply.status === 200 ? reply.letter : Buffer.alloc(0) };
    };
    for (const bytes of [randomBytes(1_000), randomBytes(1_000)]) {
      const { file } = await two.announces(two.ehime, bytes.length);
      await two.arrives(two.ehime, file, bytes);
    }
    await two.settles();
    expect(two.files(two.hiroshima).map(({ state, reason }) => [state, reason])).toEqual([['awaited', undefined], ['refused', 'federation.fileStays']]);
    expect(readdirSync(join(two.hiroshima.data, 'uploads'))).toEqual([]);
  });
});

it('FD90 of several processes one asks at a time, and another goes on where it was killed; an asking counts once, whichever of them it is brought to, after a restart too', async () => {
  await onItsWay();
  const { stair, federation } = two.ehime.door;
  const [files, { seal }, { seal: theirs, fetcher }] = [await openFiles({ stair, folder: two.ehime.data }), await federation.open(), await two.hiroshima.door.federation.open()];
  fetcher.halt();
  const [here, other] = [new HandOut({ stair, seal, files: () => files }), new HandOut({ stair, seal, files: () => files })];
  const ask = { from: theirs.fingerprint, to: seal.fingerprint, share: two.sharing(two.ehime)!.share, no: 4, begin: 0, at: stair.now() + 1 };
  const who = stair.memory.get('partner', await two.partnerOf(two.ehime))!.value as Partner;
  const given = [];
  for (const [door, at] of [[here, ask.at], [other, ask.at], [other, ask.at - 1], [other, ask.at + 1]] as const) given.push((await door.give(who, { ...ask, at }, randomBytes(32)))?.status);
  expect(given).toEqual([200, undefined, undefined, 200]);
  await two.reopen(two.ehime);
  expect((await brings(two.ehime, fetchLetter(theirs, ask))).status).toBe(404);

  let [asked, goOn] = [0, (): void => undefined];
  const stands = new Promise<void>((done) => { goOn = done; });
  const [first, second] = [await fetcherOf(fileRate, () => undefined, undefined, stands), await fetcherOf(fileRate, () => { asked += 1; })];
  const passes = (ms: number): void => { for (const { box } of two.houses) box.clock.pass(ms); };
  passes(hour);
  first.look();
  await until(async () => (await two.hiroshima.door.stair.pool.query('select from federation_files where until > 0')).rowCount === 1, 'the first to ask');
  second.look();
  await second.settled();
  expect(asked).toBe(0);
  first.halt();
  passes(61_000);
  second.look(true);
  await second.settled();
  goOn();
  await first.settled();
  expect([there()!.state, asked]).toEqual(['arrived', 4]);
});

describe('a file that is not to come', () => {
  it('FD85 revoked, or no longer shared, nothing more of it is handed out, and the talk says that it does not come', async () => {
    await onItsWay();
    mend();
    let answered: number[] = [];
    two.onWire = async (letter, bring) => {
      const answer = await bring(letter);
      if (readLetter(letter)?.what === 'fetch') answered.push(answer.status);
      return answer;
    };
    await two.does(two.ehime, revoke, { partner: await two.partnerOf(two.ehime) });
    await two.passes(hour);
    expect([answered.length > 0, new Set(answered)]).toEqual([true, new Set([404])]);
    expect(there()!.state).toBe('awaited');
    answered = [];
    await two.does(two.hiroshima, endShare, { share: two.sharing(two.hiroshima)!.share, partner: await two.partnerOf(two.hiroshima), room: two.hiroshima.room });
    await two.passes(hour);
    expect([answered, there()!.state, there()!.reason]).toEqual([[], 'refused', 'federation.fileStays']);
    expect(existsSync(join(two.hiroshima.data, 'uploads', there()!.id))).toBe(false);
  });

  it('FD86 blacked out at home while it is on its way: it is no more, what came of it goes, and the other house is asked about the words', async () => {
    const { ehime } = two;
    const { message } = await onItsWay();
    cut();
    await two.blacksOut(ehime, message, ['files']);
    mend();
    await two.passes(hour);
    expect(there()).toMatchObject({ state: 'refused', reason: 'federation.fileStays' });
    expect(existsSync(join(two.hiroshima.data, 'uploads', there()!.id))).toBe(false);
    expect((await two.reads(two.hiroshima)).at(-1)).toBe('[federation.redactWish]');
    // The hash of its bytes stands in no parcel of ours any more that could be proven.
    const { rows } = await ehime.door.stair.pool.query(`select b.json from event_body b join event e using (workspace, stream, seq) where e.kind = 409 and b.json ->> 'kind' in ('say', 'file') and b.json ? 'salt'`);
    expect(rows).toEqual([]);
  });

  it('FD87 taken back at home, or blacked out by the house that has it, it is nobody’s to fetch there, and its bytes leave the disk', async () => {
    const { hiroshima } = two;
    const { message } = await onItsWay();
    mend();
    await two.does(two.ehime, withdraw, { room: two.ehime.room, message }, 'taro');
    await two.passes(hour);
    expect(there()!.state).toBe('withdrawn');

    const other = randomBytes(1_000);
    const told = await two.announces(two.ehime, other.length);
    await two.arrives(two.ehime, told.file, other);
    await two.settles();
    const [, file] = two.files(hiroshima);
    expect([file!.state, existsSync(pathOf(hiroshima, sha(other)))]).toEqual(['arrived', true]);
    const seen = await openFiles({ stair: hiroshima.door.stair, folder: hiroshima.data });
    expect(seen.seenBy(hiroshima.box.cast.taro, file!.id)).toBeDefined();
    // Who does not sit in it, and a guest, have what nobody ever had.
    for (const who of [hiroshima.box.cast.aoi, hiroshima.box.cast.mika]) expect(seen.seenBy(who, file!.id)).toBeUndefined();
    await two.blacksOut(hiroshima, file!.of, ['files']);
    await expect.poll(() => existsSync(pathOf(hiroshima, sha(other))), { timeout: 10_000 }).toBe(false);
    await expect.poll(async () => (await hiroshima.door.stair.pool.query('select 1 from event_body where json::text like $1', [`%${sha(other)}%`])).rows).toEqual([]);
  });
});
