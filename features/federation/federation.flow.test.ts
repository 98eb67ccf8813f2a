import { amend, closeRoom, say, withdraw } from '@noroshi/features/talk';
import { bodyBytes } from '@noroshi/foundations/parcel';
import { inTables } from '@noroshi/e2e/in-tables';
import { createHmac, createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { cut, hour, meetAnew, mend, two } from '@noroshi/e2e/met';
import type { House } from '@noroshi/e2e/neighbours';
import { confirm } from './federation.ts';
import { readHead } from './server/letter.server.ts';
import { sha256 } from './server/seal.server.ts';

meetAnew();

const both = (each: (house: House) => void): void => two.houses.forEach(each);

describe('the neighbour prefecture', () => {
  it('FD1 all arrives once and in order on both sides, over a line that is cut for an hour; nothing said before the sharing does', async () => {
    await two.says(two.ehime, '共有の前の話');
    await two.share();
    await two.says(two.ehime, 'こちら愛媛です');
    await two.settles();
    both((house) => expect(two.sharing(house)).not.toHaveProperty('delayed'));
    cut();
    for (const n of [1, 2, 3]) {
      await two.says(two.ehime, `愛媛${n}`);
      await two.says(two.hiroshima, `広島${n}`);
    }
    await two.settles();
    await two.passes(hour);
    // Who writes is told that it has not arrived, and since when; an administrator how much.
    both((house) => expect(two.sharing(house)!.delayed!.since).toBeLessThan(house.box.clock.now() - hour / 2));
    expect((await two.sees(two.ehime)).shares).toMatchObject([{ state: 'open', waits: 3 }]);
    expect(await two.hears(two.ehime)).toEqual([]);
    mend();
    await two.passes(11 * 60_000);
    expect(await two.hears(two.hiroshima)).toEqual(['こちら愛媛です', '愛媛1', '愛媛2', '愛媛3']);
    expect(await two.hears(two.ehime)).toEqual(['広島1', '広島2', '広島3']);
    // What came late says when it was said, and what came at once does not.
    expect((await two.reads(two.hiroshima)).filter((line) => line === '[federation.saidAt]')).toHaveLength(3);
    both((house) => expect(two.sharing(house)).not.toHaveProperty('delayed'));
    expect((await two.sees(two.ehime)).shares).toMatchObject([{ state: 'open', waits: 0 }]);
  });

  it('FD94 what could not go is tried again at once where a clock was set back since, and not when it comes again where it was', async () => {
    await two.share();
    cut();
    await two.says(two.ehime, '愛媛です');
    await two.settles();
    mend();
    two.ehime.box.clock.pass(-hour);
    await two.settles();
    expect(await two.hears(two.hiroshima)).toEqual(['愛媛です']);
  });

  it('FD2 on a wire that doubles, shuffles, repeats what is old and loses answers, each thing stands once and in order', async () => {
    await two.share();
    const seen: Buffer[] = [];
    let n = 0;
    two.onWire = async (letter, bring) => {
      n += 1;
      seen.push(letter);
      if (n % 5 === 0) throw new Error('lost on the way');
      const answer = await bring(letter);
      if (n % 2 === 0) await bring(letter);
      if (n % 3 === 0) await bring(seen[Math.floor(seen.length / 2)]!);
      if (n % 4 === 0) throw new Error('the answer was lost');
      return answer;
    };
    const said = Array.from({ length: 12 }, (_, i) => `第${i}報`);
    for (const text of said) {
      await two.says(two.ehime, text);
      await two.says(two.hiroshima, text);
      await two.settles();
    }
    for (let i = 0; i < 12; i++) await two.passes(10 * 60_000);
    expect(await two.hears(two.hiroshima)).toEqual(said);
    expect(await two.hears(two.ehime)).toEqual(said);
  });

  it('FD62 a partner that is asked to wait is left alone as long as it says, and who answers with anything but a receipt of theirs is not believed', async () => {
    await two.share();
    let tries = 0;
    const answers = (answer: { status: number; words: Uint8Array; retryAfter?: number }): void => { two.onWire = async () => { tries += 1; return answer; }; };
    answers({ status: 429, words: Buffer.alloc(0), retryAfter: 300 });
    await two.says(two.ehime, '待っている');
    await two.settles();
    await two.passes(2 * 60_000);
    expect(tries).toBe(1);
    await two.passes(4 * 60_000);
    expect(tries).toBe(2);
    for (const words of [Buffer.alloc(0), Buffer.from('<html>'), two.ehime.sent[0]!]) {
      answers({ status: 200, words });
      await two.passes(hour);
    }
    expect(tries).toBe(5);
    expect((await two.sees(two.ehime)).shares).toMatchObject([{ waits: 1 }]);
    mend();
    await two.passes(hour);
    expect(await two.hears(two.hiroshima)).toEqual(['待っている']);
  });

  it('FD3 what travels: stickers, places, words that were mended and taken back; 緊急 is 重要 with a line that says so', async () => {
    await two.share();
    const [mended, gone] = [await two.says(two.ehime, '浸水は30戸'), await two.says(two.ehime, '誤報です')];
    await two.says(two.ehime, 'すぐ応援を', { urgency: 'urgent' });
    await two.does(two.ehime, say, { room: two.ehime.room, place: { name: '野村小学校', lat: 33.4, lon: 132.6 } }, 'taro');
    await two.settles();
    await two.does(two.ehime, amend, { room: two.ehime.room, message: mended, text: '浸水は50戸' }, 'taro');
    await two.does(two.ehime, withdraw, { room: two.ehime.room, message: gone }, 'taro');
    await two.settles();
    expect((await two.reads(two.hiroshima)).slice(1)).toEqual(['外部 愛媛県 浸水は50戸', '外部 愛媛県 (取消)', '外部 愛媛県 すぐ応援を', '[federation.urgentThere]', '外部 愛媛県 野村小学校']);
    const { rows } = await two.hiroshima.door.stair.pool.query<{ n: number }>(`select count(*)::int as n from noun where noun = 'message' and value ->> 'urgency' = 'urgent'`);
    expect(rows[0]!.n).toBe(0);
  });

  it('FD4 their people stand with a card and without a seat: nobody waits for them, they see nothing and are nobody in our directory', async () => {
    await two.share();
    await two.says(two.ehime, '重要です', { urgency: 'important' });
    await two.settles();
    const { stair } = two.hiroshima.door;
    const strangers = [...stair.memory.streams.get(`r:${two.hiroshima.room}`)!.byNo.values()].filter(({ card }) => card.guest);
    expect(strangers).toMatchObject([{ card: { name: '兵頭 太郎', orgName: '愛媛県', mark: '愛媛', post: '西予市 副市長', guest: true } }]);
    expect(strangers[0]!.person).not.toBe(two.ehime.box.cast.taro.person);
    expect(stair.memory.sight(strangers[0]!.person).size).toBe(0);
    expect(stair.memory.get('person', strangers[0]!.person)).toBeUndefined();
    expect(JSON.stringify(strangers[0]!)).not.toContain(two.ehime.box.cast.taro.person);
    const device = two.hiroshima.box.device('taro');
    await device.end.line.settled();
    await two.hiroshima.box.everyoneAgrees();
  });
});

describe('what is taken back', () => {
  it('FD3 before it had a number, it does not go, and neither does that it was taken back', async () => {
    const { ehime, hiroshima } = two;
    await two.share();
    // Nobody gives numbers while the server is away, and people's devices have both.
    await ehime.door.federation.stop();
    const gone = await two.says(ehime, '誤りです');
    await two.does(ehime, amend, { room: ehime.room, message: gone, text: '誤りでした' }, 'taro');
    await two.does(ehime, withdraw, { room: ehime.room, message: gone }, 'taro');
    const stays = await two.says(ehime, '到着は10時です');
    await two.reopen(ehime);
    await two.settles();
    await two.does(ehime, withdraw, { room: ehime.room, message: stays }, 'taro');
    await two.settles();
    const { rows } = await hiroshima.door.stair.pool.query<{ kind: string }>(`select b.json ->> 'kind' as kind from event_body b join event e using (workspace, stream, seq) where e.kind = 410 order by (b.json ->> 'no')::int`);
    expect(rows.map(({ kind }) => kind)).toEqual(['accept', 'say', 'withdraw']);
    expect(await two.hears(hiroshima)).toEqual(['(取消)']);
  });

  it('FD8 words that two administrators take out are out of the parcels too, salt and all; the other house is asked, and decides; what was not sent yet goes without its words', async () => {
    const share = await two.share();
    const { ehime, hiroshima } = two;
    const redacts = (message: string): Promise<void> => two.blacksOut(ehime, message, ['text']);
    const sent = await two.says(ehime, '番号は090-1111-2222');
    await two.settles();
    expect(await two.hears(hiroshima)).toEqual(['番号は090-1111-2222']);
    const { pool } = ehime.door.stair;
    const salts = async (): Promise<number> => (await pool.query<{ n: number }>(`select count(*)::int as n from event_body b join event e using (workspace, stream, seq) where e.kind = 409 and b.json ? 'salt' and b.json ->> 'message' = $1`, [sent])).rows[0]!.n;
    expect(await salts()).toBe(1);
    const parcelOf = async (): Promise<{ head: string; rest: string }> => (await pool.query<{ json: { head: string; rest: string } }>(`select b.json from event_body b join event e using (workspace, stream, seq) where e.kind = 409 and b.json ->> 'message' = $1`, [sent])).rows[0]!.json;
    await redacts(sent);
    await two.settles();
    expect([await inTables(pool, '090-1111-2222'), await salts()]).toEqual([[], 0]);
    expect(await two.reads(hiroshima)).toEqual(['[federation.shared]', '外部 愛媛県 番号は090-1111-2222', '[federation.redactWish]']);
    // Whoever has the machine and guesses the words proves nothing by their hash: the salt follows from nothing that is left.
    const { head, rest } = await parcelOf();
    const { body, to } = readHead(Buffer.from(head, 'base64url'))!;
    const secret = createHmac('sha256', createPrivateKey(await readFile(ehime.key)).export({ type: 'pkcs8', format: 'der' })).update('noroshi partner secret 1\n').update(to).digest();
    const guessed = [0, 1, 2].map((n) => createHmac('sha256', secret).update(`salt\n${share}/${sent}/${n}`).digest().subarray(0, 16));
    for (const salt of guessed) expect(sha256(bodyBytes(salt, { ...JSON.parse(rest) as object, text: '番号は090-1111-2222' })).equals(body)).toBe(false);
    // Numbered and not yet there: it goes without its words, and its hash holds the chain together.
    cut();
    const waiting = await two.says(ehime, '番号は090-3333-4444');
    await two.settles();
    await redacts(waiting);
    mend();
    await two.passes(hour);
    await two.says(ehime, '以上です');
    await two.settles();
    expect((await two.reads(hiroshima)).slice(3)).toEqual(['[federation.takenOut]', '外部 愛媛県 以上です']);
    expect(await inTables(hiroshima.door.stair.pool, '090-3333-4444')).toEqual([]);
  });

  it('FD8 what still comes about a message that was blacked out here, by a house that has not heard of it, leaves nothing by which its words could be guessed', async () => {
    const { ehime, hiroshima } = two;
    await two.share();
    const message = await two.says(ehime, '番号は090-1111-2222');
    await two.settles();
    const { rows: [heard] } = await hiroshima.door.stair.pool.query<{ id: string }>(`select id from noun where noun = 'message' and value ->> 'text' like '%090-1111-2222'`);
    const taken = async (): Promise<{ kind: string; salt: boolean }[]> => (await hiroshima.door.stair.pool.query<{ kind: string; salt: boolean }>(
      `select b.json ->> 'kind' as kind, b.json ? 'salt' as salt from event_body b join event e using (workspace, stream, seq) where e.kind = 410 and b.json ->> 'message' = $1 order by e.seq`, [heard!.id])).rows;
    expect(await taken()).toEqual([{ kind: 'say', salt: true }]);
    await two.blacksOut(hiroshima, heard!.id, ['text']);
    await two.settles();
    await two.does(ehime, amend, { room: ehime.room, message, text: '番号は090-1111-2223' }, 'taro');
    await two.settles();
    expect(await taken()).toEqual([{ kind: 'say', salt: false }, { kind: 'amend', salt: false }]);
    expect(await inTables(hiroshima.door.stair.pool, '090-1111-222')).toEqual([]);
    // Of all else it is kept, and the chain goes on.
    await two.says(ehime, '以上です');
    await two.settles();
    expect((await two.hears(hiroshima)).at(-1)).toBe('以上です');
  });

  it('FD9 ended by either house, or because the room was closed, nothing more goes or comes, and both rooms say so', async () => {
    await two.share();
    await two.does(two.ehime, closeRoom, { room: two.ehime.room });
    await two.settles();
    await two.says(two.hiroshima, 'もう届かない');
    await two.settles();
    expect(await two.reads(two.ehime)).toEqual(['[federation.shared]', '[federation.ended]']);
    expect(await two.reads(two.hiroshima)).toEqual(['[federation.shared]', '[federation.endedThere]', 'もう届かない']);
    for (const house of two.houses) expect((await two.sees(house)).shares).toMatchObject([{ state: 'ended', waits: 0 }]);
  });
});

describe('a stop in between', () => {
  it('FD5 killed between what was said and what was sent, and between what was taken in and its receipt, nothing is lost and nothing doubled', async () => {
    await two.share();
    cut();
    await two.says(two.ehime, '送る前に止まる');
    await two.reopen(two.ehime);
    two.onWire = async (letter, bring) => {
      await bring(letter);
      throw new Error('killed before the receipt');
    };
    await two.settles();
    await two.reopen(two.hiroshima);
    await two.reopen(two.ehime);
    mend();
    await two.passes(hour);
    await two.says(two.ehime, '続き');
    await two.settles();
    expect(await two.hears(two.hiroshima)).toEqual(['送る前に止まる', '続き']);
  });

  it('FD6 the house that sends is brought back from a backup: no number is used twice, and what is said again is not heard twice', async () => {
    await two.share();
    await two.says(two.ehime, '一');
    await two.settles();
    const bringBack = await two.backUp(two.ehime);
    const id = await two.says(two.ehime, '二');
    await two.says(two.ehime, '三');
    await two.settles();
    await bringBack();
    await two.does(two.ehime, confirm, { partner: await two.partnerOf(two.ehime), spokeTo: '危機管理監 田中' });
    // A device gives again what it had as accepted.
    await two.does(two.ehime, say, { room: two.ehime.room, text: '二' }, 'taro', id);
    await two.says(two.ehime, '四');
    await two.passes(hour);
    expect(await two.hears(two.hiroshima)).toEqual(['一', '二', '三', '四']);
    expect((await two.sees(two.hiroshima)).partners[0]).not.toHaveProperty('held');
    const { rows } = await two.ehime.door.stair.pool.query(`select b.json from event_body b join event e using (workspace, stream, seq) where e.kind = 411 order by e.seq`);
    expect(rows).toMatchObject([{ json: { no: 0 } }, { json: { no: 5 } }]);
    expect(rows[0].json.history).not.toBe(rows[1].json.history);
  });

  it('FD7 the house that takes in is brought back from a backup: what it has lost comes again, once', async () => {
    await two.share();
    await two.says(two.ehime, '一');
    await two.settles();
    const bringBack = await two.backUp(two.hiroshima);
    await two.says(two.ehime, '二');
    await two.says(two.ehime, '三');
    await two.settles();
    await bringBack();
    expect(await two.hears(two.hiroshima)).toEqual(['一']);
    await two.does(two.hiroshima, confirm, { partner: await two.partnerOf(two.hiroshima), spokeTo: '危機管理監 田中' });
    // It says that it is back by asking; nobody need say anything in Ehime.
    await two.settles();
    expect(await two.hears(two.hiroshima)).toEqual(['一', '二', '三']);
    await two.says(two.ehime, '四');
    await two.settles();
    expect(await two.hears(two.hiroshima)).toEqual(['一', '二', '三', '四']);
  });
});
