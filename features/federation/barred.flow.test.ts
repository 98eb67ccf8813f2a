import { message } from '@noroshi/features/talk';
import { systemActor } from '@noroshi/foundations/kernel';
import { docsByRef } from '@noroshi/foundations/sync/server';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { cut, hour, meetAnew, mend, two } from '@noroshi/e2e/met';
import { brings, Neighbours } from '@noroshi/e2e/neighbours';
import { confirm, heldPartners, hold, revoke } from './federation.ts';
import { readLetter, receiptLetter } from './server/letter.server.ts';
import { sha256 } from './server/seal.server.ts';

meetAnew();

describe('a partner to whom nothing goes', () => {
  it('FD64 held: the room says so at once, what is said then shows 相手に未着, and all of it goes when somebody has spoken with them', async () => {
    const share = await two.share();
    const partner = await two.partnerOf(two.ehime);
    expect(await two.ehime.door.stair.submit(systemActor, { id: randomUUID(), name: hold.deed, input: { partner, share, no: 1 } })).toMatchObject({ ok: true });
    expect((await two.reads(two.ehime)).at(-1)).toBe('[federation.held]');
    // Administrators are told on their first screen, whether they sit in the room or not, and nobody else is.
    const asks = (who: 'hanako' | 'taro') => two.ehime.door.stair.ask(two.ehime.box.cast[who], heldPartners.question, {});
    expect([await asks('hanako'), await asks('taro')]).toEqual([{ ok: true, value: { names: ['広島県'] } }, { ok: false, code: 'federation.notAllowed' }]);
    await two.passes(hour);
    // Nothing waits yet, and so nothing is late.
    expect(two.sharing(two.ehime)).not.toHaveProperty('delayed');
    await two.says(two.ehime, '届かない');
    await two.settles();
    await two.passes(30_000);
    expect(two.sharing(two.ehime)!.delayed!.since).toBeGreaterThan(two.ehime.box.clock.now() - 60_000);
    await two.does(two.ehime, confirm, { partner, spokeTo: '危機管理監 田中' });
    expect(await asks('hanako')).toEqual({ ok: true, value: { names: [] } });
    await two.passes(11 * 60_000);
    expect(await two.reads(two.ehime)).toEqual(['[federation.shared]', '[federation.held]', '届かない', '[federation.heldOver]']);
    expect(await two.hears(two.hiroshima)).toEqual(['届かない']);
    expect(two.sharing(two.ehime)).not.toHaveProperty('delayed');
  });

  it('FD65 revoked: what was shared has ended and the room says so, what had not arrived goes on to say that it has not, and no last word is sent', async () => {
    await two.share();
    cut();
    await two.says(two.ehime, '途中で止まった');
    await two.settles();
    await two.passes(60_000);
    await two.does(two.ehime, revoke, { partner: await two.partnerOf(two.ehime) });
    mend();
    const sent = two.ehime.sent.length;
    await two.passes(hour);
    expect(two.sharing(two.ehime)).toMatchObject({ ended: { by: 'us' }, delayed: {} });
    expect((await two.reads(two.ehime)).at(-1)).toBe('[federation.ended]');
    expect([two.ehime.sent.length, await two.hears(two.hiroshima)]).toEqual([sent, []]);
    expect((await two.sees(two.ehime)).shares).toMatchObject([{ state: 'ended', waits: 1 }]);
  });

  it('FD66 after a restart nothing that had arrived is told as not arrived, and what had not is, also where they cannot be asked', async () => {
    await two.share();
    await two.says(two.ehime, '届いた');
    await two.settles();
    cut();
    await two.reopen(two.ehime);
    await two.passes(hour);
    expect(two.sharing(two.ehime)).not.toHaveProperty('delayed');
    expect((await two.sees(two.ehime)).shares).toMatchObject([{ waits: 0 }]);
    const said = two.ehime.box.clock.now();
    await two.says(two.ehime, '届いていない');
    await two.reopen(two.ehime);
    await two.passes(hour);
    expect(two.sharing(two.ehime)!.delayed!.since).toBeGreaterThanOrEqual(said);
  });

  it('FD73 which messages are not there follows from one number: what came through before the line broke again is told of no more', async () => {
    await two.share();
    cut();
    const said = [];
    for (const text of ['一', '二', '三']) said.push(await two.says(two.ehime, text));
    await two.settles();
    await two.passes(60_000);
    const { pool } = two.ehime.door.stair;
    const bornOf = async (id: string): Promise<number> => (await docsByRef(pool, [{ noun: message.noun, id }]))[0]!.born;
    expect(two.sharing(two.ehime)!.delayed!.from).toBe(await bornOf(said[0]!));
    let through = 0;
    two.onWire = async (letter, bring) => {
      if (readLetter(letter)?.what === 'parcel' && ++through > 2) throw new Error('cut');
      return bring(letter);
    };
    await two.passes(11 * 60_000);
    expect(await two.hears(two.hiroshima)).toEqual(['一', '二']);
    expect(two.sharing(two.ehime)!.delayed!.from).toBe(await bornOf(said[2]!));
    // No event for each: the line breaks on, and nothing more is told.
    const told = async (): Promise<number> => (await pool.query<{ n: number }>('select count(*)::int as n from event where kind = 416')).rows[0]!.n;
    const before = await told();
    await two.passes(hour);
    await two.passes(hour);
    expect(await told()).toBe(before);
    mend();
    await two.passes(hour);
    expect(two.sharing(two.ehime)).not.toHaveProperty('delayed');
  });

  it('FD67 brought back from a backup and without a line: what is said shows 相手に未着 although it has no number yet', async () => {
    await two.share();
    const bringBack = await two.backUp(two.ehime);
    cut();
    await bringBack();
    await two.says(two.ehime, 'まだ番号がない');
    await two.passes(hour);
    expect(two.sharing(two.ehime)).toHaveProperty('delayed');
  });
});

it('FD69 brought back from a backup older than a revocation: every partner is held, nothing of theirs is applied and nothing goes to them, until each is confirmed anew', async () => {
  await two.share();
  const bringBack = await two.backUp(two.ehime);
  await two.does(two.ehime, revoke, { partner: await two.partnerOf(two.ehime) });
  await two.says(two.hiroshima, '乗っ取られた後の言葉');
  await two.settles();
  await bringBack();
  await two.settles();
  const sent = two.ehime.sent.length;
  await two.says(two.ehime, '聞かせない言葉');
  await two.passes(hour);
  expect((await two.sees(two.ehime)).partners).toMatchObject([{ name: '広島県', held: { why: 'restored' } }]);
  expect([await two.hears(two.ehime), await two.hears(two.hiroshima), two.ehime.sent.length]).toEqual([[], [], sent]);
  expect(await two.reads(two.ehime)).toEqual(['[federation.shared]', '[federation.held]', '聞かせない言葉']);
  // A start in the same history holds nobody.
  await two.does(two.ehime, confirm, { partner: await two.partnerOf(two.ehime), spokeTo: '危機管理監 田中' });
  await two.reopen(two.ehime);
  await two.passes(hour);
  expect((await two.sees(two.ehime)).partners[0]).not.toHaveProperty('held');
  expect([await two.hears(two.ehime), await two.hears(two.hiroshima)]).toEqual([['乗っ取られた後の言葉'], ['聞かせない言葉']]);
});

it('FD68 a receipt for far more than was ever said is not believed: the partner is held, no number is gone past, and it goes on when somebody has spoken with them', async () => {
  const share = await two.share();
  const [ours, theirs] = [(await two.ehime.door.federation.open()).seal, (await two.hiroshima.door.federation.open()).seal];
  two.onWire = async (letter) => ({ status: 200, words: receiptLetter(theirs, { to: ours.fingerprint, share, no: 2 ** 31 - 1, hash: 'a'.repeat(64), held: false, of: sha256(letter) }) });
  await two.says(two.ehime, '一');
  await two.settles();
  mend();
  const [partner] = (await two.sees(two.ehime)).partners;
  expect(partner).toHaveProperty('held');
  await two.does(two.ehime, confirm, { partner: partner!.id, spokeTo: '危機管理監 田中' });
  await two.passes(hour);
  await two.says(two.ehime, '二');
  await two.settles();
  expect(await two.hears(two.hiroshima)).toEqual(['一', '二']);
});

it('FD63 of a house that has no partner nobody wakes what speaks with them: the door is an address that does not exist, and no key is made', async () => {
  const alone = await Neighbours.open();
  try {
    expect((await brings(alone.ehime, Buffer.alloc(200))).status).toBe(404);
    await expect(readFile(alone.ehime.key)).rejects.toThrow('ENOENT');
  } finally {
    await alone.close();
  }
});
