import { newId, type Id } from '@noroshi/foundations/kernel';
import { busyWith } from '@noroshi/foundations/testing';
import { describe, expect, it } from 'vitest';
import { checkCards } from '../check-cards.ts';
import type { Contact, Content } from '../contact.ts';
import { Twins, twinsOf } from '../twins.ts';
import type { Decode } from './encoded.ts';
import { mostCards, readCards, type CardsRead } from './read-vcard.ts';
import { writeCards } from './write-vcard.ts';

const decode: Decode = (bytes, charset) => {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};
const read = (...lines: string[]): CardsRead => {
  const told = readCards(lines.join('\r\n'), decode);
  if ('why' in told) throw new Error(`${told.why} at ${told.line}`);
  return told;
};
const one = (...lines: string[]): Content => read('BEGIN:VCARD', ...lines, 'END:VCARD').cards[0]!.content;
const quoted = (bytes: readonly number[]): string => bytes.map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
const utf8 = (text: string): string => quoted([...new TextEncoder().encode(text)]);
const org = newId(1, new Uint8Array(10));
const of = (n: number): Id => newId(n, new Uint8Array(10).fill(n % 256));

// Written by hand as these programs and telephones write them.
describe('AB10 cards as others write them are read', () => {
  it('of an iPhone (3.0): a body, its department, a person with a reading, groups before names', () => {
    expect(one(
      'VERSION:3.0', 'PRODID:-//Apple Inc.//iPhone OS 18.0//EN', 'N:高橋;誠;;;', 'FN:高橋 誠', 'X-PHONETIC-FIRST-NAME:まこと', 'X-PHONETIC-LAST-NAME:たかはし', 'ORG:四国の電力会社;災害対策窓口;', 'TITLE:主任',
      'EMAIL;type=INTERNET;type=WORK;type=pref:taisaku@denryoku.example.jp', 'TEL;type=WORK;type=VOICE;type=pref:089-000-0800', 'TEL;type=CELL;type=VOICE:090-0000-0801', 'item1.TEL:0890000802', 'item1.X-ABLabel:_$!<Other>!$_',
      'item2.ADR;type=WORK;type=pref:;;湊町1-1;松山市;愛媛県;790-0000;日本', 'NOTE:夜は守衛\\n内線 1', 'UID:41A1-FF',
    )).toEqual({
      kind: 'utility', name: '四国の電力会社', kana: '', desk: '災害対策窓口 主任', person: '高橋 誠', personKana: 'たかはし まこと', email: 'taisaku@denryoku.example.jp',
      phones: [{ kind: 'office', number: '089-000-0800' }, { kind: 'mobile', number: '090-0000-0801' }, { kind: 'office', number: '0890000802' }], place: '〒790-0000 愛媛県松山市湊町1-1', note: '夜は守衛\n内線 1',
    });
  });

  it('of an Android telephone (2.1): quoted-printable in UTF-8, broken off with equals signs, types without a name', () => {
    const long = utf8('県立南宇和病院 事務局');
    expect(one(
      'VERSION:2.1', `N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:${utf8('県立南宇和病院')};;;;`, `FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:${long.slice(0, 60)}=`, long.slice(60), 'TEL;CELL;PREF:+81-90-0000-0900', 'TEL;WORK;FAX:0895000990', 'EMAIL;WORK:jimu@byoin.example.jp',
    )).toEqual({ kind: 'hospital', name: '県立南宇和病院 事務局', kana: '', phones: [{ kind: 'mobile', number: '090-0000-0900' }, { kind: 'fax', number: '0895000990' }], email: 'jimu@byoin.example.jp' });
  });

  it('of an old telephone: Shift_JIS, its reading in half-width kana, and of Outlook the same as bytes', () => {
    // ﾔﾏﾀﾞ;ﾀﾛｳ as one byte each, 山田 as two.
    expect(one('VERSION:2.1', 'N;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=8ER=93c;=91=BE=98Y', 'SOUND;X-IRMC-N;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=D4=CF=C0=DE;=C0=DB=B3;;;', 'TEL;HOME:0894000001'))
      .toEqual({ kind: 'other', name: '山田 太郎', kana: 'やまだ たろう', phones: [{ kind: 'office', number: '0894000001' }] });
  });

  it('of 4.0: numbers as addresses with their country, readings beside the name, lines that are folded within a word', () => {
    expect(one('VERSION:4.0', 'KIND:org', 'FN:宇和島海上保安部', 'N:宇和島海上保安部;;;;', 'ORG;SORT-AS="うわじまかいじょうほあんぶ":宇和島海上', ' 保安部', 'TEL;VALUE=uri;TYPE="voice,work";PREF=1:tel:+81-895-00-0700;ext=12'))
      .toEqual({ kind: 'rescue', name: '宇和島海上保安部', kana: 'うわじまかいじょうほあんぶ', phones: [{ kind: 'office', number: '0895-00-0700' }] });
  });

  it('of 3.0 by what it sorts', () => {
    expect(one('VERSION:3.0', 'FN:山田 太郎', 'N:山田;太郎;;;', 'SORT-STRING:ヤマダ タロウ', 'ORG:松山市', 'TEL:089-000-0001')).toMatchObject({ name: '松山市', person: '山田 太郎', personKana: 'やまだ たろう' });
  });
});

describe('AB10 what cannot be taken is told by its line', () => {
  it('a card without a name, without a way to reach it, with a number that is none, one that never ends; all others are taken', () => {
    const told = read(
      'BEGIN:VCARD', 'VERSION:3.0', 'TEL:089-000-0001', 'END:VCARD',
      'BEGIN:VCARD', 'VERSION:3.0', 'FN:名前だけ', 'END:VCARD',
      'BEGIN:VCARD', 'VERSION:3.0', 'FN:番号違い', 'TEL:内線12', 'END:VCARD',
      'BEGIN:VCARD', 'VERSION:3.0', 'FN:途中まで', 'TEL:089-000-0002',
      'BEGIN:VCARD', 'VERSION:3.0', 'FN:正しい', 'TEL:089-000-0003', 'TEL:内線3', 'EMAIL:x', 'END:VCARD',
    );
    expect(told.left).toEqual([{ line: 1, title: '', why: 'noName' }, { line: 5, title: '名前だけ', why: 'noWay' }, { line: 9, title: '番号違い', why: 'number' }, { line: 14, title: '途中まで', why: 'notEnded' }]);
    expect(told.cards.map(({ content }) => content.name)).toEqual(['正しい']);
    expect(told.partly).toEqual([{ line: 18, title: '正しい', why: 'number' }, { line: 18, title: '正しい', why: 'mail' }]);
  });

  it('a charset that nobody knows, bytes that are none of it, more than a card has room for', () => {
    const told = read('BEGIN:VCARD', 'FN;ENCODING=QUOTED-PRINTABLE;CHARSET=KLINGON:=41', 'ORG:松山市', 'TEL:089-000-0001', `NOTE:${'あ'.repeat(600)}`, ...Array.from({ length: 10 }, (_, i) => `TEL:089-000-010${i}`), 'END:VCARD',
      'BEGIN:VCARD', 'FN;ENCODING=QUOTED-PRINTABLE;CHARSET=SHIFT_JIS:=FF=FF', 'TEL:089-000-0001', 'END:VCARD');
    expect(told.partly.map(({ why }) => why).toSorted()).toEqual(['charset', 'shortened', 'tooManyNumbers']);
    expect(told.cards[0]!.content.phones).toHaveLength(8);
    expect(told.cards[0]!.content.note).toHaveLength(500);
    expect(told.left).toEqual([{ line: 17, title: '', why: 'noName' }]);
  });

  it('a photograph is passed over without a word, and nothing of it is taken for a line of the card', () => {
    const told = read('BEGIN:VCARD', 'FN:写真', 'PHOTO;ENCODING=b;TYPE=JPEG:', ...Array.from({ length: 2_000 }, () => ` ${'QUJD'.repeat(18)}`), 'TEL:089-000-0001', 'END:VCARD');
    expect([told.cards.length, told.left, told.partly]).toEqual([1, [], []]);
  });

  it('what would choke us costs little: cards within cards, without end, without number, one endless line', () => {
    const bombs: readonly (readonly [string, (told: ReturnType<typeof readCards>) => void])[] = [
      [Array.from({ length: 30_000 }, () => 'BEGIN:VCARD\nAGENT:').join('\n'), (told) => expect(told).toEqual({ why: 'cardsTooDeep', line: 9 })],
      [Array.from({ length: 30_000 }, () => 'BEGIN:VCARD').join('\n'), (told) => expect('left' in told && told.left.length).toBe(30_000)],
      [Array.from({ length: 5_000 }, (_, i) => `BEGIN:VCARD\nFN:${i}\nTEL:0890000001\nEND:VCARD`).join('\n'), (told) => expect('cards' in told && [told.cards.length, told.left]).toEqual([mostCards, [{ line: mostCards * 4 + 1, title: `${mostCards}`, why: 'tooManyCards' }]])],
      [`BEGIN:VCARD\nFN:長い\nTEL:0890000001\nNOTE:${'あ\n '.repeat(300_000)}\nEND:VCARD`, (told) => expect('partly' in told && told.partly.map(({ why }) => why)).toEqual(['lineTooLong'])],
      [`BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:${'=41=\n'.repeat(200_000)}\nEND:VCARD`, (told) => expect('left' in told && told.left.length).toBe(1)],
      [`BEGIN:VCARD\nTEL${';A'.repeat(1_000_000)}:1\nEND:VCARD`, (told) => expect('left' in told && told.left.length).toBe(1)],
      ['あ'.repeat(5_000_000), (told) => expect(told).toEqual({ why: 'cardsTooLarge', line: 1 })],
      ['名前,電話\n松山市,089', (told) => expect(told).toEqual({ why: 'cardsNone', line: 1 })],
    ];
    for (const [text, says] of bombs) expect(busyWith(() => says(readCards(text, decode)))).toBeLessThan(2_000);
  });
});

const hospital: Contact = {
  id: of(7), org, rev: 1, checked: { by: of(1), at: 1_530_910_800_000 }, kind: 'hospital', name: '県立南宇和病院; 本院, 別館\\', kana: 'けんりつみなみうわびょういん', desk: '事務局 防災担当', phones: [{ kind: 'office', number: '0895-00-0900' }, { kind: 'night', number: '0895-00-0909' }, { kind: 'direct', number: '0895-00-0901' }, { kind: 'mobile', number: '090-0000-0900' }, { kind: 'satellite', number: '00870-000-2001' }, { kind: 'fax', number: '0895-00-0990' }],
  email: 'jimu@byoin.example.jp', place: '南宇和郡愛南町城辺', note: '夜間は守衛室が受け、\n当直につなぐ。'.repeat(8),
};
const utility: Contact = { ...hospital, id: of(8), kind: 'utility', name: '四国の電力会社 愛媛支店', kana: 'しこくのでんりょくがいしゃ', person: '髙橋 誠', personKana: 'たかはし まこと' };

describe('AB10 cards that go out', () => {
  it.each(['3.0', '4.0'] as const)('come back as they were, in %s, no line longer than 75 octets', (version) => {
    const text = writeCards([hospital, utility], version, (kind) => kind);
    expect(text.split('\r\n').filter((line) => new TextEncoder().encode(line).length > 75)).toEqual([]);
    const told = read(text);
    expect([told.left, told.partly]).toEqual([[], []]);
    const bare = ({ id: _id, org: _org, rev: _rev, checked: _checked, ...content }: Contact): Content => content;
    expect(told.cards.map(({ content }) => content)).toEqual([bare(hospital), bare(utility)]);
    expect(checkCards(told.cards, org, new Map([[hospital.id, hospital], [utility.id, utility]]), new Twins()).map(({ id, does }) => [id, does])).toEqual([[hospital.id, 'same'], [utility.id, 'same']]);
  });

  it('bring no property of their own: what is in a name stays in it', () => {
    const [card] = read(writeCards([{ ...hospital, name: '病院\r\nTEL:119', note: 'あ\u2028TEL:110' }], '3.0', (kind) => kind)).cards;
    expect(card!.content.phones).toHaveLength(6);
  });
});

describe('AB9 a dry run', () => {
  const card = (name: string, number: string, uid?: string): string[] => ['BEGIN:VCARD', `FN:${name}`, `TEL:${number}`, ...(uid ? [`UID:${uid}`] : []), 'END:VCARD'];
  const { name: _name, ...house } = { name: '', id: of(30), org, role: 'member' as const, kana: '', phones: [{ kind: 'direct' as const, number: '089-000-0400' }, { kind: 'office' as const, number: '089-000-0401', priority: true }] };
  const known = twinsOf([hospital], [{ ...house, name: '渡部 花子' }], () => ({ id: org, name: '愛媛県', kana: '', romaji: '', short: '県', kind: 'prefecture' }));
  const dry = (all: readonly Contact[], ...lines: string[][]) => checkCards(read(...lines.flat()).cards, org, new Map(all.map((each) => [each.id, each])), known).map(({ does, twin }) => (twin ? [does, twin.by, twin.name] : [does]));

  it('says what is new, who is here already by number, mail or name, in any list, in the house and in the file itself', () => {
    expect(dry([hospital],
      card('松山市民病院', '089-000-0910'), card('南宇和病院', '+81 895 00 0900'), card('ﾏﾂﾔﾏ市民病院'.replace('ﾏﾂﾔﾏ', '松山'), '089-000-0911'), card('県庁', '０８９－０００－０４００'), card('優先電話', '089-000-0401'),
      ['BEGIN:VCARD', 'FN:事務', 'EMAIL:JIMU@byoin.example.jp', 'END:VCARD'],
    )).toEqual([['new'], ['twin', 'number', hospital.name], ['twin', 'name', '松山市民病院'], ['twin', 'number', '愛媛県 渡部 花子'], ['new'], ['twin', 'email', hospital.name]]);
  });

  it('knows a card that came before, by its UID or by all that it says, and leaves out what was taken out here', () => {
    const first = checkCards(read(...card('消防', '0894-00-0119', 'abc'), ...card('警察', '0894-00-0110')).cards, org, new Map(), new Twins());
    const held = first.map(({ id, content }, i): Contact => ({ ...content, id, org, rev: 1, checked: { by: of(1), at: 1 }, ...(i === 1 ? { removed: { by: of(1), at: 2 } } : {}) }));
    expect(dry(held, card('消防', '0894-00-0119', 'abc'), card('警察', '0894-00-0110'))).toEqual([['same'], ['gone']]);
    expect(dry(held, card('消防本部', '0894-00-0119', 'abc'), card('消防', '0894-00-0118', 'abc'))).toEqual([['changes'], ['twin', 'name', '消防']]);
  });
});
