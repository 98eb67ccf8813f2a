import { attachmentShape } from '@noroshi/features/talk';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { asLine, bodyBytes, restOf, saysOf } from '@noroshi/foundations/parcel';
import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { cardName, readCard, sameName, writeCard } from './card.ts';
import { bodyShapes, judge, start } from './parcel.ts';
import { fetchLetter, headBytes, largestPiece, parcelLetter, pieceLetter, readBody, readLetter, readPiece, receiptLetter } from './server/letter.server.ts';
import { hashOf, isSigned, numbersOf, Seal, sha256 } from './server/seal.server.ts';

const hash = (text: string): string => sha256(text).toString('hex');

describe('taking it in', () => {
  const stands = { no: 4, hash: hash('four') };

  it('FD10 the next one, whose predecessor is the last that is here, is applied; the first follows on nothing', () => {
    expect(judge(stands, { no: 5, before: hash('four'), hash: hash('five') })).toBe('next');
    expect(judge(start, { no: 1, before: start.hash, hash: hash('one') })).toBe('next');
  });

  it('FD11 one that is here is known by its bytes, whether it is the last or an earlier one', () => {
    expect(judge(stands, { no: 4, before: hash('three'), hash: hash('four') })).toBe('again');
    expect(judge(stands, { no: 2, before: hash('one'), hash: hash('two') }, hash('two'))).toBe('again');
  });

  it('FD12 the same number with other bytes is a fork, also where what it follows on never was', () => {
    expect(judge(stands, { no: 4, before: hash('three'), hash: hash('another') })).toBe('forked');
    expect(judge(stands, { no: 2, before: hash('one'), hash: hash('another') }, hash('two'))).toBe('forked');
    expect(judge(stands, { no: 5, before: hash('another'), hash: hash('five') })).toBe('forked');
    // What cannot be compared is not believed.
    expect(judge(stands, { no: 2, before: hash('one'), hash: hash('two') })).toBe('forked');
  });

  it('FD13 a later one waits for those before it', () => {
    expect(judge(stands, { no: 6, before: hash('five'), hash: hash('six') })).toBe('early');
    expect(judge(start, { no: 2, before: hash('one'), hash: hash('two') })).toBe('early');
  });
});

it('FD24 what houses of the first edition say is read: how many photographs stayed there', () => {
  const who = { id: hash('who'), name: '田中 一郎', org: '広島県', post: '' };
  for (const more of [{ text: '送ります', files: 2 }, { text: '', files: 1 }]) expect(bodyShapes.say.safeParse({ ref: hash('ref'), who, ...more }).success).toBe(true);
  for (const all of [japanese, english]) expect(all['note.federation.filesThere']).toContain('{n}');
});

it('FD95 a photograph says when it was taken by a time that a calendar has: another would break each screen that shows it', () => {
  const who = { id: hash('who'), name: '田中 一郎', org: '広島県', post: '' };
  const taken = (takenAt: number) => ({ ref: hash('ref'), who, attachments: [{ ref: hash('file'), kind: 'photo', name: '橋.jpg', size: 9, type: 'image/jpeg', takenAt }] });
  const isRead = (takenAt: number): boolean => bodyShapes.say.safeParse(taken(takenAt)).success;
  expect([0, 1_530_000_000_000, 7_258_118_400_000, 8_640_000_000_000_001, Number.MAX_SAFE_INTEGER, -1].map(isRead)).toEqual([true, true, true, false, false, false]);
  const { ref: file, ...more } = taken(Number.MAX_SAFE_INTEGER).attachments[0]!;
  expect(attachmentShape.safeParse({ ...more, file: randomUUID() }).success).toBe(false);
  expect([file.length, attachmentShape.safeParse({ ...more, takenAt: 0, file: randomUUID() }).success]).toEqual([64, true]);
});

describe('a letter', () => {
  const head = (body: Uint8Array) => ({ from: randomBytes(32), to: randomBytes(32), share: randomUUID(), no: 7, before: hash('six'), at: 1_796_000_000_000, kind: 'say', body: sha256(body) });

  it('FD20 a parcel is read as it was written, and by nobody else’s key, with not one bit changed, and not as a receipt', async () => {
    const [seal, other] = [await Seal.open(), await Seal.open()];
    const body = bodyBytes(randomBytes(16), { text: 'あ' });
    const written = head(body);
    const bytes = headBytes(written);
    const read = readLetter(parcelLetter(bytes, seal.sign('parcel', bytes), body));
    if (read?.what !== 'parcel') throw new Error('no parcel');
    expect({ ...read.head, from: Buffer.from(read.head.from), to: Buffer.from(read.head.to), body: Buffer.from(read.head.body) }).toEqual(written);
    expect(readBody(read.body!)!.says).toEqual({ text: 'あ' });
    expect(isSigned(seal.key, 'parcel', read.bytes, read.signature)).toBe(true);
    expect(isSigned(other.key, 'parcel', read.bytes, read.signature)).toBe(false);
    expect(isSigned(seal.key, 'receipt', read.bytes, read.signature)).toBe(false);
    for (let i = 0; i < read.bytes.length; i++) {
      const changed = Uint8Array.from(read.bytes);
      changed[i]! ^= 1;
      expect(isSigned(seal.key, 'parcel', changed, read.signature)).toBe(false);
    }
    // Thirty-two bytes that are no key have signed nothing.
    expect(isSigned(Buffer.alloc(32, 0xff).toString('base64url'), 'parcel', read.bytes, read.signature)).toBe(false);
  });

  it('FD25 a head and a body are written in one way only: another order of keys, or longer than need be, and it cannot be read', async () => {
    const [salt, seal] = [randomBytes(16), await Seal.open()];
    expect(bodyBytes(salt, { text: 'あ', who: { post: '', name: 'い' } })).toEqual(bodyBytes(salt, { who: { name: 'い', post: '' }, text: 'あ' }));
    const written = headBytes(head(bodyBytes(salt, {})));
    // The list of nine said with two bytes of length.
    const longer = Buffer.concat([Buffer.of(0xdc, 0, 9), written.subarray(1)]);
    expect(readLetter(parcelLetter(longer, seal.sign('parcel', longer), undefined))).toBeUndefined();
  });

  it('FD26 what a parcel says is made again at either house from what is kept and from the words where they stand', () => {
    const there = { text: '送ります', urgency: 'urgent', attachments: [{ file: 'theirs', kind: 'photo', name: 'a.jpg', size: 9, type: 'image/jpeg', sha256: 'x' }] };
    const says = saysOf('say', { ref: 'r', urgency: 'urgent', attachments: [{ ref: 'f' }] }, there);
    expect(says).toEqual({ ref: 'r', urgency: 'urgent', text: '送ります', attachments: [{ ref: 'f', kind: 'photo', name: 'a.jpg', size: 9, type: 'image/jpeg' }] });
    const here = { text: '送ります', urgency: 'important', attachments: [{ kind: 'photo', name: 'a.jpg', size: 9, type: 'image/jpeg', file: 'ours' }] };
    expect(restOf(says)).toEqual({ ref: 'r', urgency: 'urgent', attachments: [{ ref: 'f' }] });
    expect(saysOf('say', restOf(says), here)).toEqual(says);
    // Words that are none stand in no event, and were signed all the same.
    expect(saysOf('say', restOf({ ref: 'r', text: '' }), {})).toEqual({ ref: 'r', text: '' });
    expect(saysOf('file', restOf({ ref: 'r', file: 'f', sha256: 'x', size: 1, type: 't' }), { file: 'ours', sha256: 'x', size: 1, type: 't', name: 'n' })).toEqual({ ref: 'r', file: 'f', sha256: 'x', size: 1, type: 't' });
  });

  it('FD27 an asking for a file and a piece of it are read as they were written; a piece with another hash, one too long and one of nothing are none', async () => {
    const seal = await Seal.open();
    const [to, of, share] = [randomBytes(32), randomBytes(32), randomUUID()];
    const asking = fetchLetter(seal, { to, share, no: 3, begin: 5, at: 1_796_000_000_000 });
    const read = readLetter(asking);
    if (read?.what !== 'fetch') throw new Error('no asking');
    expect(read.fetch).toMatchObject({ share, no: 3, begin: 5, at: 1_796_000_000_000 });
    expect([isSigned(seal.key, 'fetch', read.bytes, read.signature), isSigned(seal.key, 'piece', read.bytes, read.signature)]).toEqual([true, false]);
    const piece = pieceLetter(seal, { to, of, piece: Buffer.from('bytes') });
    expect(Buffer.from(readPiece(piece)!.piece!).toString()).toBe('bytes');
    expect(readPiece(pieceLetter(seal, { to, of, piece: undefined }))).toMatchObject({ piece: undefined });
    const other = Buffer.from(piece);
    other[other.length - 1]! ^= 1;
    for (const wrong of [other, asking, pieceLetter(seal, { to, of, piece: Buffer.alloc(largestPiece + 1) }), pieceLetter(seal, { to, of, piece: Buffer.alloc(0) }), piece.subarray(0, -1)]) expect(readPiece(wrong)).toBeUndefined();
  });

  it('FD21 a body that is not the one that was signed is no letter; one that is missing is, since words can be taken out of a record', async () => {
    const seal = await Seal.open();
    const body = bodyBytes(randomBytes(16), { text: 'はい' });
    const bytes = headBytes(head(body));
    const signature = seal.sign('parcel', bytes);
    expect(readLetter(parcelLetter(bytes, signature, bodyBytes(randomBytes(16), { text: 'いいえ' })))).toBeUndefined();
    expect(readLetter(parcelLetter(bytes, signature, undefined))).toMatchObject({ what: 'parcel', body: undefined });
  });

  it('FD22 garbage, a cut letter, one that is too long and more than one are no letter', async () => {
    const seal = await Seal.open();
    const letter = receiptLetter(seal, { to: randomBytes(32), share: randomUUID(), ...start, held: false, of: randomBytes(32) });
    expect(readLetter(letter)).toMatchObject({ what: 'receipt', receipt: { no: 0, held: false } });
    for (let length = 0; length < letter.length; length++) expect(readLetter(letter.subarray(0, length))).toBeUndefined();
    expect(readLetter(Buffer.concat([letter, letter]))).toBeUndefined();
    expect(readLetter(Buffer.concat([letter, Buffer.alloc(70_000)]))).toBeUndefined();
    for (let i = 0; i < 300; i++) expect(readLetter(randomBytes(i))).toBeUndefined();
  });

  it('FD23 the hash by which a parcel is known stands for all that was signed', () => {
    const one = head(randomBytes(3));
    expect(hashOf(headBytes(one))).not.toBe(hashOf(headBytes({ ...one, at: one.at + 1 })));
    expect(hashOf(headBytes(one))).toBe(hashOf(headBytes({ ...one })));
  });

  it('FD24 what is veiled is the same each time for one partner, another for each, and tells nothing without the key', async () => {
    const [seal, again] = [await Seal.open(), await Seal.open()];
    const [hiroshima, kochi] = [randomBytes(32), randomBytes(32)];
    expect(seal.veiled(hiroshima, 'person', 'a')).toBe(seal.veiled(hiroshima, 'person', 'a'));
    const all = [seal.veiled(hiroshima, 'person', 'a'), seal.veiled(kochi, 'person', 'a'), seal.veiled(hiroshima, 'person', 'b'), seal.veiled(hiroshima, 'message', 'a'), again.veiled(hiroshima, 'person', 'a')];
    expect(new Set(all).size).toBe(5);
  });
});

describe('a card', () => {
  const card = { name: '広島県', address: 'https://noroshi.pref.example.jp', key: 'A'.repeat(43) };

  it('FD30 is read as it was written, whatever a mail has put around it, and nothing else is one', () => {
    expect(readCard(writeCard(card))).toEqual(card);
    expect(readCard(`\r\n  ${writeCard(card)}\n\n`)).toEqual(card);
    for (const wrong of ['', '{}', 'null', '[]', writeCard({ ...card, key: 'A' }), writeCard({ ...card, address: 'https://a.jp/path' }), writeCard({ ...card, address: 'javascript:alert(1)' }), writeCard({ ...card, address: 'https://user:pw@a.jp' }), writeCard({ ...card, name: ' ' }), writeCard(card).slice(0, -3)]) {
      expect(readCard(wrong), wrong).toBeUndefined();
    }
  });

  it('FD31 its numbers are eight groups of five, and follow from all that stands on it: with the address or the name alone altered they are others', async () => {
    const ours = { ...card, key: (await Seal.open()).key };
    expect(numbersOf(ours)).toHaveLength(8);
    for (const group of numbersOf(ours)) expect(group).toMatch(/^\d{5}$/);
    expect(numbersOf(readCard(writeCard(ours))!)).toEqual(numbersOf(ours));
    const altered = [{ ...ours, address: 'https://noroshi.evil.example' }, { ...ours, name: '広島県庁' }, { ...ours, key: (await Seal.open()).key }];
    for (const one of altered) expect(numbersOf(one).filter((group, i) => group === numbersOf(ours)[i])).toEqual([]);
  });

  it('FD32 what a house calls itself is one line that says no more than it shows, and reads the same however it is written', () => {
    for (const name of ['広島県\u200B', '\u200B', '広島\n県', '広島\u202E県', 'あ'.repeat(41)]) expect(readCard(writeCard({ ...card, name })), name).toBeUndefined();
    expect(readCard(writeCard({ ...card, name: cardName(` 広島県\u200B\n危機\u202E管理${'課'.repeat(32)} x`) }))?.name).toMatch(/^広島県危機管理課+$/);
    for (const same of ['広島県\u200B', '広島 県', '広島\u3000県', '\u2060広島県']) expect(sameName(same, '広島県'), same).toBe(true);
    expect(sameName('Ｅｈｉｍｅ', 'ehime')).toBe(true);
    expect(sameName('広島県', '広島市')).toBe(false);
  });
});

it('FD40 what another house calls someone is one line that says no more than it shows', () => {
  expect(asLine('田中\n<b>太郎</b>\u202E\u0000\u200B 様', 60)).toBe('田中<b>太郎</b> 様');
  expect(asLine('𠮷'.repeat(200), 60)).toBe('𠮷'.repeat(60));
  expect(asLine('\u202E\u200B', 60)).toBe('');
});
