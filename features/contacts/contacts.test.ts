import type { Organization, Person, Post } from '@noroshi/features/directory';
import { words } from '@noroshi/foundations/i18n';
import { japanese } from '@noroshi/foundations/i18n/ja';
import type { Actor, Id, Verdict } from '@noroshi/foundations/kernel';
import { fold, type Doc, type Event } from '@noroshi/foundations/sync';
import { describe, expect, it } from 'vitest';
import { contactBy, findIn, organizationBy, personBy, type Indexed } from './book-index.ts';
import { contact, contactAmended, contactCount, contactPut, contactRedacts, contactRemoved, contentShape, type Contact, type Content } from './contact.ts';
import { contactsFacts } from './facts.ts';
import { mostFavourites, setFavourite } from './favourites.ts';
import { mayKeep } from './may-keep.ts';
import { checkContent } from './keep-contact.ts';
import { departmentOf } from './says.ts';
import { dueOf, goodFor } from './still-right.ts';
import { wallOf, type WallChoice } from './wall.ts';

const id = (n: number): Id => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [ehime, seiyo, hanako] = [id(1), id(2), id(3)];
const hospital: Content = { kind: 'hospital', name: '県立南宇和病院', kana: 'けんりつみなみうわびょういん', desk: '事務局', person: '高橋 誠', personKana: 'たかはし まこと', phones: [{ kind: 'office', number: '0895-00-0900' }], email: 'jimu@byoin.example.jp', note: '夜間は守衛室' };

let seq = 0;
const told = (kind: { kind: string }, body: object, at = 1_000): Event => ({ stream: 'w', seq: ++seq, id: id(100 + seq), n: 0, kind: kind.kind, at, by: hanako, org: ehime, body });
/** What stands when all of these have happened. */
function after(...events: readonly Event[]): Map<string, Doc> {
  const docs = new Map<string, Doc>();
  for (const event of events) for (const doc of fold(contactsFacts.nouns, event, (noun, which) => docs.get(`${noun}/${which}`))) docs.set(`${doc.noun}/${doc.id}`, doc);
  return docs;
}
const contactIn = (docs: Map<string, Doc>): Contact => docs.get(`${contact.noun}/${id(9)}`)!.value as Contact;

describe('AB1 who keeps a list', () => {
  const actor = (role: Actor['role'], org: Id): Actor => ({ person: hanako, org, role });
  const [of, town] = [{ id: ehime, kind: 'prefecture' }, { id: seiyo, kind: 'city' }] as const;
  const code = (verdict: Verdict): string => (verdict.ok ? 'may' : verdict.code);

  it.each([
    ['someone of headquarters, the prefecture’s', actor('member', ehime), of, 'may'],
    ['someone of headquarters, a town’s', actor('member', ehime), town, 'contacts.notYours'],
    ['an administrator, any', actor('administrator', ehime), town, 'may'],
    ['who tends a town, its own', actor('manager', seiyo), town, 'may'],
    ['who tends a town, the prefecture’s', actor('manager', seiyo), of, 'contacts.notYours'],
    ['someone of a town, its own', actor('member', seiyo), town, 'contacts.notYours'],
    ['a guest, none', actor('guest', ehime), of, 'contacts.notFound'],
    ['anyone, one that is not there', actor('administrator', ehime), undefined, 'contacts.notFound'],
  ] as const)('%s', (_who, who, org, says) => {
    expect(code(mayKeep(who, org))).toBe(says);
  });
});

describe('AB2 a contact', () => {
  it('has a way by which it is reached, and no more letters than a card has room for', () => {
    expect(checkContent({ phones: [] })).toMatchObject({ ok: false, code: 'contacts.noWay' });
    expect(checkContent({ phones: [], email: 'a@b.jp' })).toMatchObject({ ok: true });
    expect(contentShape.safeParse(hospital).success).toBe(true);
    for (const wrong of [{ name: '' }, { name: '病'.repeat(81) }, { note: 'あ'.repeat(501) }, { phones: [{ kind: 'office', number: '病院' }] }, { email: 'byoin' }, { phones: Array.from({ length: 9 }, () => hospital.phones[0]) }, { more: 1 }]) {
      expect(contentShape.safeParse({ ...hospital, ...wrong }).success, JSON.stringify(wrong).slice(0, 40)).toBe(false);
    }
  });

  it('AB4 that is taken out leaves no word, whatever was said of it before; and what goes out without its words folds to the same', () => {
    const events = [told(contactPut, { id: id(9), org: ehime, ...hospital }), told(contactAmended, { contact: id(9), ...hospital, note: '夜間は当直' }), told(contactRemoved, { contact: id(9), org: ehime }, 2_000)];
    const docs = after(...events);
    expect(contactIn(docs)).toEqual({ id: id(9), org: ehime, kind: 'other', name: '', kana: '', phones: [], rev: 3, checked: { by: hanako, at: 1_000 }, removed: { by: hanako, at: 2_000 } });
    expect(docs.get(`${contactCount.noun}/${ehime}`)!.value).toEqual({ n: 0 });
    const [put, amended, removed] = events as [Event<any>, Event<any>, Event<any>];
    const wordless = after({ ...put, body: contactPut.unsaid!(put.body) }, { ...amended, body: contactAmended.unsaid!(amended.body) }, removed);
    expect(JSON.stringify([contactPut.unsaid!(put.body), contactAmended.unsaid!(amended.body)])).not.toMatch(/病院|守衛|当直|高橋|0900|byoin/);
    expect(contactIn(wordless)).toEqual(contactIn(docs));
  });

  it.each([['people', /高橋|たかはし|0900|byoin/, /病院.*守衛/], ['text', /病院|守衛|事務局/, /0900.*高橋/]] as const)('AB4 of which two people took out %s is what its emptied events fold to', (part, gone, stays) => {
    const put = told(contactPut, { id: id(9), org: ehime, ...hospital });
    const whole = contactIn(after(put));
    const fields: readonly string[] = contactRedacts.fields[part]!;
    const emptied = contactIn(after({ ...put, body: Object.fromEntries(Object.entries(put.body as object).filter(([field]) => !fields.includes(field))) }));
    expect(contactRedacts.without(whole, new Set([part]), undefined)).toEqual(emptied);
    expect(JSON.stringify(emptied)).not.toMatch(gone);
    expect(JSON.stringify(emptied)).toMatch(stays);
    expect(contactRedacts.says(emptied, part, undefined)).toEqual([]);
  });

  it('AB6 is asked about a year after someone last looked at it, the longest first, and not when it is gone', () => {
    const of = (at: number, more: Partial<Contact> = {}): Contact => ({ ...hospital, id: id(at), org: ehime, rev: 1, checked: { by: hanako, at }, ...more });
    const all = [of(3), of(1), of(2, { removed: { by: hanako, at: 5 } })];
    expect(dueOf(all, goodFor).map(({ checked }) => checked.at)).toEqual([]);
    expect(dueOf(all, goodFor + 1).map(({ checked }) => checked.at)).toEqual([1]);
    expect(dueOf(all, goodFor + 9).map(({ checked }) => checked.at)).toEqual([1, 3]);
  });
});

it('AB7 favourites are a hundred at most; one of them can always be taken out', () => {
  const who: Person = { id: hanako, org: ehime, role: 'member', name: '渡部 花子', kana: '', phones: [] };
  const known = (n: number) => ({ who, what: undefined, mine: { of: Array.from({ length: n }, (_, i) => id(i)) }, me: who, from: { id: ehime, name: '愛媛県', kana: '', romaji: '', short: '県', kind: 'prefecture' as const }, place: undefined });
  const may = (n: number, on: boolean): Verdict => setFavourite.may({ person: hanako, org: ehime, role: 'member' }, known(n), { of: hanako, on }, { now: 0, id: id(1), newId: () => id(2) });
  expect([may(mostFavourites - 1, true).ok, may(mostFavourites, true), may(mostFavourites, false).ok]).toMatchObject([true, { code: 'contacts.favouritesFull' }, true]);
});

describe('AB5 finding', () => {
  const people = Array.from({ length: 1_000 }, (_, i): Person => ({ id: id(1_000 + i), org: seiyo, role: 'member', name: `髙橋 太郎${i}`, kana: 'たかはし たろう', phones: [{ kind: 'mobile', number: `090-0000-${i}` }] }));
  const org: Organization = { id: seiyo, name: '西予市', kana: 'せいよし', romaji: 'Seiyo', short: '西予', kind: 'city' };
  const contacts = Array.from({ length: 500 }, (_, i): Contact => ({ ...hospital, name: `${i}番 南宇和病院`, id: id(5_000 + i), org: ehime, rev: 1, checked: { by: hanako, at: 1 } }));
  const made = (of = organizationBy(org)): Indexed<Id>[] => [...people.map((who) => ({ it: who.id, by: personBy(who, ['危機管理課 係長', '防災'], of) })), ...contacts.map((one) => ({ it: one.id, by: contactBy(one, '病院・医療') }))];

  it.each([['びょういん', 500], ['byouin', 500], ['南宇和', 500], ['minamiuwa', 500], ['0895-00', 500], ['医療', 500], ['takahashi', 1_500], ['高橋 西予', 1_000], ['7番 病院', 50]])('%s finds people and contacts together: %i', (typed, n) => {
    expect(findIn(made(), typed)).toHaveLength(n);
  });

  it('takes less than a quarter of 100 ms for each key, and to be made ready less than 125, of 1,000 people and 500 contacts', () => {
    made();
    /** Milliseconds of this thread's processor: whoever else works on the machine is not counted. */
    const spent = (): number => { const { user, system } = process.threadCpuUsage(); return (user + system) / 1_000; };
    const began = spent();
    const index = made();
    const ready = spent() - began;
    const keys = ['b', 'by', 'byo', 'byou', 'byoui', 'byouin', 'び', 'びょ', 'びょういん'];
    const from = spent();
    for (const key of keys) expect(findIn(index, key).length).toBeGreaterThanOrEqual(500);
    const each = (spent() - from) / keys.length;
    // A telephone is at a quarter of this speed: 100 ms for a key, and for the page to open half a second beside all else.
    expect([ready < 125, each < 25]).toEqual([true, true]);
  });
});

it.each([['防災局 課長', '防災局'], ['防災局 危機管理課 係長', '防災局'], ['総務部　主幹', '総務部'], ['副知事', ''], ['防災局長', ''], ['公営企業管理者 参与', ''], [undefined, '']])('AB8 %s is of the department %s', (title, department) => {
  expect(departmentOf(title)).toBe(department);
});

describe('AB11 the list for the wall', () => {
  const ja = words('ja', japanese);
  const [town, county]: [Organization, Organization] = [{ id: seiyo, name: '西予市', kana: '', romaji: '', short: '西予', kind: 'city' }, { id: ehime, name: '愛媛県', kana: '', romaji: '', short: '県', kind: 'prefecture' }];
  const taro: Person = { id: id(20), org: seiyo, role: 'member', name: '兵頭 太郎', kana: '', phones: [{ kind: 'mobile', number: '090-0000-0001' }, { kind: 'direct', number: '0894-00-0101', priority: true }, { kind: 'office', number: '0894-00-0100' }, { kind: 'home', number: '0894-00-0199' }] };
  const guest: Person = { ...taro, id: id(21), name: '佐々木 美香', role: 'guest' };
  const desk: Post = { id: id(22), org: seiyo, title: '副市長', duty: 'deputyHead', rank: 10, holder: taro.id };
  const book = { organizations: [county, town], peopleOf: (org: Id) => (org === seiyo ? [taro, guest] : []), postsOf: () => [desk] };
  const one: Contact = { ...hospital, id: id(9), org: ehime, rev: 1, checked: { by: hanako, at: 1 } };
  const list = (choice: WallChoice) => wallOf(book, [one], choice, seiyo, ja).map(({ title, rows }) => [title, ...rows.map(({ name, below, numbers }) => [name, below, ...numbers.map(({ kind, number }) => `${kind} ${number}`)].join(' '))]);

  it('has the people of one’s own with the numbers of their office, then who is outside by kind; a priority line stands on none', () => {
    expect(list({ people: 'own', outside: true, privately: false })).toEqual([['西予市', '兵頭 太郎 副市長 代表 0894-00-0100'], ['病院・医療', '県立南宇和病院 事務局 高橋 誠 代表 0895-00-0900']]);
    expect(list({ people: 'all', outside: false, privately: true })).toEqual([['西予市', '兵頭 太郎 副市長 携帯 090-0000-0001 代表 0894-00-0100 自宅 0894-00-0199']]);
    expect(list({ people: 'none', outside: false, privately: false })).toEqual([]);
  });
});
