import type { Actor, Id } from '@noroshi/foundations/kernel';
import { seeded } from '@noroshi/foundations/testing';
import { describe, expect, it } from 'vitest';
import { asCards, asTable } from './address-book.ts';
import { kanaIn, numberIn } from './cells.ts';
import { checkTable, type Book, type Checked } from './check-import.ts';
import { readCsv, writeCsv } from './csv.ts';
import type { Person } from './person.ts';
import { textOf, toShiftJis } from './server/table-text.server.ts';

const id = (n: number): Id => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const seiyo = { id: id(1), code: '382141', name: '西予市', kana: 'せいよし', romaji: 'Seiyo', short: '西予', kind: 'city' } as const;
const iyo = { id: id(2), code: '382108', name: '伊予市', kana: 'いよし', romaji: 'Iyo', short: '伊予', kind: 'city' } as const;
const taro: Person = {
  id: id(10), org: seiyo.id, role: 'member', name: '兵頭 太郎', kana: 'ひょうどう たろう', email: 'taro@seiyo.example',
  phones: [{ kind: 'mobile', number: '090-0000-0001' }, { kind: 'direct', number: '0894-00-0119', priority: true }],
};
const book: Book = { people: [taro], posts: [{ id: id(20), org: seiyo.id, title: '副市長', duty: 'deputyHead', rank: 10, holder: taro.id }], organizations: [seiyo, iyo] };
const hanako: Actor = { person: id(11), org: id(3), role: 'administrator' };

const check = (text: string, actor = hanako, of = book): Checked => {
  const table = readCsv(text);
  if (!table.ok) throw new Error(`a quotation mark is open at ${table.line}`);
  let n = 100;
  const checked = checkTable(table.rows, of, actor, () => id(n++));
  if ('code' in checked) throw new Error(checked.code);
  return checked;
};
const refusedAs = (text: string): string => {
  const table = readCsv(text);
  const checked = table.ok ? checkTable(table.rows, book, hanako, () => id(1)) : { code: 'open' };
  return 'code' in checked ? checked.code : 'read';
};
const problems = (checked: Checked): string[] => checked.rows.flatMap((row) => row.problems.map((p) => `${row.line} ${p.column ?? '—'} ${p.code}`));

describe('a table, as offices save it,', () => {
  it.each([
    ['as the standard says', 'a,b\r\n1,2\r\n', [['a', 'b'], ['1', '2']]],
    ['from an old Mac', 'a,b\r1,2', [['a', 'b'], ['1', '2']]],
    ['with a BOM', '\uFEFFa,b\n1,2', [['a', 'b'], ['1', '2']]],
    ['by tabs', 'a\tb,c\n1\t2', [['a', 'b,c'], ['1', '2']]],
    ['by semicolons', 'a;b\n1;2,5', [['a', 'b'], ['1', '2,5']]],
    ['that tells its separator', 'sep=;\r\na;b\r\n', [['a', 'b']]],
    ['with commas and line ends in quotation marks', '"a,""x""","b\r\nc"\n', [['a,"x"', 'b\r\nc']]],
    ['with a sign of quotation inside a cell', 'a "x" b,c', [['a "x" b', 'c']]],
    ['with numbers kept from being eaten', '="090",="",x', [['090', '', 'x']]],
    ['with such numbers in quotation marks', '"=""090""",x', [['090', 'x']]],
    ['with empty rows and columns behind', 'a,b,,\n1,2,,\n,,,\n\n', [['a', 'b'], ['1', '2']]],
    ['of nothing', '', []],
    ['of nothing but ends', '\r\n,,\r\n', []],
  ])('%s is read', (_name, text, expected) => {
    const table = readCsv(text);
    expect(table.ok && table.rows.map((row) => row.cells)).toEqual(expected);
  });

  it('tells the line at which a quotation mark stays open', () => {
    expect(readCsv('a,b\n1,"2\n3,4\n')).toEqual({ ok: false, line: 2 });
  });

  it('counts lines as an editor does, also behind cells that hold several', () => {
    const table = readCsv('head\n"two\nlines"\nlast');
    expect(table.ok && table.rows.map((row) => row.line)).toEqual([1, 2, 4]);
  });

  it('comes back as it was written, whatever is in it', () => {
    const dice = seeded(7);
    const letters = ['a', '漢', '"', ',', '\n', '\r\n', ';', '\t', '0', '=', ' ', "'"];
    for (let round = 0; round < 300; round++) {
      const rows = Array.from({ length: 1 + dice.below(4) }, () => ['x', ...Array.from({ length: 3 }, () => Array.from({ length: dice.below(5) }, () => letters[dice.below(letters.length)]!).join('')), 'y']);
      const back = readCsv(writeCsv(rows));
      // An apostrophe that keeps a formula still is taken off where cells are read as words.
      const bare = (cell: string): string => cell.replace(/^'(?=[=+\-@\t\r\n])/, '');
      expect(back.ok && back.rows.map((row) => row.cells.map(bare))).toEqual(rows.map((row) => row.map(bare)));
    }
  });

  it('gives a spreadsheet no formula to work out', () => {
    expect(writeCsv([['=1+1', '+81', '-x', '@a', '\t=1', '090', 'plain']])).toBe(`'=1+1,'+81,'-x,'@a,'\t=1,"=""090""",plain\r\n`);
    // A Japanese spreadsheet folds full width before it looks.
    expect(writeCsv([['＝1+1', '＋81', '－x', '＠a', '\n=1']])).toBe(`'＝1+1,'＋81,'－x,'＠a,"'\n=1"\r\n`);
  });
});

describe('a number in a cell', () => {
  it.each([
    ['090-0000-0001', '090-0000-0001'],
    ['０９０－００００－０００１', '090-0000-0001'],
    ['090ー0000ー0001', '090-0000-0001'],
    ['090−0000‐0001', '090-0000-0001'],
    ['(0894)00-0101', '0894-00-0101'],
    ['0894(00)0101', '0894-00-0101'],
    ['９０００００００１１', '09000000011'],
    ['894000101', '0894000101'],
    ['894000101.0', '0894000101'],
    ['+81 90 0000 0001', '+819000000001'],
    ['TEL:0894-00-0101', '0894-00-0101'],
    ['00870-000-1001', '00870-000-1001'],
  ])('%s is %s', (cell, number) => {
    expect(numberIn(cell)).toMatchObject({ ok: true, number });
  });
  it.each(['9.01E+09', '9E+10'])('%s was rounded and is lost', (cell) => {
    expect(numberIn(cell)).toEqual({ ok: false, code: 'import.phoneRounded' });
  });
  it.each(['12', '内線 123', '0894-00-0101 内線12', '090-0000-00011', '０', 'なし?', '119', '12345678901234567890'])('%s is none', (cell) => {
    expect(numberIn(cell)).toEqual({ ok: false, code: 'import.phone' });
  });
  it('tells when it put a zero back', () => {
    expect(numberIn('9000000001')).toEqual({ ok: true, number: '09000000001', zeroAdded: true });
  });
});

describe('an import', () => {
  it('I1 takes columns in any order, by any usual head, with a title above and what it does not know passed over', () => {
    const checked = check('令和8年度 連絡先一覧\r\n\r\n携帯番号,ﾌﾘｶﾞﾅ,血液型,氏　名,役職,市町村名\r\n９０００００００１２,ｵｶﾀﾞ ｼｵﾘ,A,岡田　詩織,危機管理課 係長,伊予市\r\n');
    expect(problems(checked)).toEqual([]);
    expect(checked.columns.filter((c) => !c.known).map((c) => c.head)).toEqual(['血液型']);
    expect(checked.rows[0]).toMatchObject({ line: 4, does: 'add', name: '岡田 詩織', orgName: '伊予市', notes: [{ column: '携帯番号', code: 'import.zeroAdded' }] });
    expect(checked.input?.add[0]).toMatchObject({
      name: '岡田 詩織', kana: 'おかだ しおり', org: iyo.id, role: 'member', phones: [{ kind: 'mobile', number: '09000000012' }], post: { title: '危機管理課 係長', duty: 'disaster', rank: 40 },
    });
  });

  it('I2 knows people by name, changes only what the row tells, and keeps their priority line', () => {
    const checked = check('組織,氏名,携帯,メール\n西予市,兵頭太郎,090-0000-0099,');
    expect(checked.rows[0]).toMatchObject({ does: 'amend', changes: [{ column: 'mobile', before: '090-0000-0001 0894-00-0119', after: '0894-00-0119 090-0000-0099' }] });
    expect(checked.input?.amend[0]).toMatchObject({ id: taro.id, name: '兵頭 太郎', email: 'taro@seiyo.example', was: { email: 'taro@seiyo.example' } });
    expect(checked.input?.amend[0]!.phones).toContainEqual({ kind: 'direct', number: '0894-00-0119', priority: true });
  });

  it('I3 finds nothing to do in what it exported itself, and never hands out a priority line', () => {
    const entries = [{ who: taro, org: seiyo, posts: book.posts }];
    const table = asTable(entries);
    expect(table).not.toContain('0119');
    expect(check(`\uFEFF${table}`).rows.map((row) => row.does)).toEqual(['same']);
    expect(asCards(entries)).not.toContain('0119');
  });

  it.each([
    ['an organization that is not there', '組織,氏名\n東予市,誰か', ['2 組織 import.organizationUnknown']],
    ['no organization', '組織,氏名\n,誰か', ['2 組織 import.organizationMissing']],
    ['a code that is another one', '団体コード,組織,氏名\n382108,西予市,誰か', ['2 組織 import.organizationMismatch']],
    ['no name', '組織,氏名,かな\n西予市,,だれか', ['2 氏名 import.nameMissing']],
    ['a reading that is none', '組織,氏名,かな\n西予市,誰か,誰か', ['2 かな import.kana']],
    ['a broken number', '組織,氏名,携帯\n西予市,誰か,090-12', ['2 携帯 import.phone']],
    ['a rounded number', '組織,氏名,携帯\n西予市,誰か,9.00E+09', ['2 携帯 import.phoneRounded']],
    ['a broken address', '組織,氏名,メール\n西予市,誰か,a＠b', ['2 メール import.email']],
    ['the same person twice', '組織,氏名\n西予市,誰か\n西予市,誰 か', ['3 氏名 import.personTwice']],
    ['a cell too many', '組織,氏名\n西予市,誰か,x', ['2 — import.tooManyCells']],
    ['a role that is none', '組織,氏名,権限\n西予市,誰か,王様', ['2 権限 import.role']],
    ['a duty that is none', '組織,氏名,職名,担当\n西予市,誰か,主任,歌', ['2 担当 import.duty']],
    ['a rank that is none', '組織,氏名,職名,席次\n西予市,誰か,主任,百', ['2 席次 import.rank']],
    ['a post that someone else holds', '組織,氏名,職名\n西予市,誰か,副市長', ['2 職名 import.postHeld']],
    ['a change of post', '組織,氏名,職名\n西予市,兵頭 太郎,参与', ['2 職名 import.postChanges']],
    ['someone of an unknown ID', 'ID,組織,氏名\nx,西予市,誰か', ['2 ID import.idUnknown']],
    ['several at once, each by itself', '組織,氏名,携帯\n西予市,,12\n東予市,誰か,', ['2 携帯 import.phone', '2 氏名 import.nameMissing', '3 組織 import.organizationUnknown']],
  ])('I4 tells row and column of %s, and does nothing', (_name, text, expected) => {
    const checked = check(text);
    expect(problems(checked).toSorted()).toEqual(expected.toSorted());
    expect(checked.input).toBeUndefined();
  });

  it('I4 gives no post to whose account is closed, and keeps the one they hold', () => {
    const closed: Book = { ...book, people: [taro, { ...taro, id: id(12), name: '退職 六', phones: [], disabled: true }], posts: [...book.posts, { id: id(21), org: seiyo.id, title: '主任', duty: 'other', rank: 60 }] };
    expect(problems(check('組織,氏名,職名\n西予市,退職 六,主任', hanako, closed))).toEqual(['2 職名 import.accountClosed']);
    const holds: Book = { ...closed, posts: closed.posts.map((desk) => (desk.id === id(21) ? { ...desk, holder: id(12) } : desk)) };
    expect(problems(check('組織,氏名,職名\n西予市,退職 六,主任', hanako, holds))).toEqual([]);
  });

  it.each([
    ['a file without heads', '西予市,兵頭 太郎', 'import.noHead'],
    ['heads without a row', '組織,氏名\n,\n', 'import.noRows'],
    ['two columns of one meaning', '氏名,名前\na,b', 'import.columnTwice'],
    ['too many rows', `組織,氏名\n${Array.from({ length: 501 }, (_, n) => `西予市,人${n}`).join('\n')}`, 'import.tooManyRows'],
  ])('I5 refuses %s', (_name, text, code) => {
    expect(refusedAs(text)).toBe(code);
  });

  it('I6 lets a manager change their own organization and nobody else’s', () => {
    const manager: Actor = { person: id(12), org: iyo.id, role: 'manager' };
    expect(problems(check('氏名\n誰か', manager))).toEqual([]);
    expect(check('氏名\n誰か', manager).input?.add[0]?.org).toBe(iyo.id);
    expect(problems(check('組織,氏名\n西予市,誰か', manager))).toEqual(['2 組織 import.notAllowed']);
  });

  it('I7 reads a priority line where there is a column for it', () => {
    const [one] = check('組織,氏名,直通,災害時優先電話\n西予市,誰か,0894-00-0101,0894-00-0101').input!.add;
    expect(one!.phones).toEqual([{ kind: 'direct', number: '0894-00-0101', priority: true }]);
  });
});

describe('the letters of a table', () => {
  const text = '氏名,組織\r\n髙橋 ①,㈱西予～Ⅰ￢\r\n';
  it('are found out by looking', () => {
    const sjis = toShiftJis(text);
    expect(sjis.missing).toEqual([]);
    expect(textOf(sjis.bytes, 'auto')).toEqual({ encoding: 'shift_jis', text });
    expect(textOf(Buffer.from(`\uFEFF${text}`), 'auto')).toEqual({ encoding: 'utf-8', text });
    expect(textOf(Buffer.from(text), 'auto')?.encoding).toBe('utf-8');
    expect(textOf(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]), 'auto')).toEqual({ encoding: 'utf-16', text });
  });
  it('are not guessed at where there are none', () => {
    expect(textOf(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a), 'auto')).toBeUndefined();
    expect(textOf(Buffer.from('a\0b'), 'auto')).toBeUndefined();
  });
  it('say what Shift_JIS lacks', () => {
    expect(toShiftJis('𠮷野').missing).toEqual(['𠮷']);
  });
  it('are as Windows writes them', () => {
    expect(Buffer.from(toShiftJis('髙①Ⅰ￢∵ｱ').bytes).toString('hex')).toBe('fbfc8740875481ca81e6b1');
  });
  it('turn readings into hiragana', () => {
    expect(kanaIn(' ﾋｮｳﾄﾞｳ　ﾀﾛｳ ')).toBe('ひょうどう たろう');
  });
});

it('the cards of the address book are whole lines of at most 75 octets', () => {
  const long = { ...taro, name: '西園寺 '.repeat(9).trim(), phones: [{ kind: 'mobile', number: '090-0000-0001' }] } as Person;
  const cards = asCards([{ who: long, org: seiyo, posts: book.posts }]);
  expect(cards.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
  expect(cards).toContain('TEL;VALUE=uri;TYPE=cell;PREF=1:tel:+81-90-0000-0001');
  expect(cards.startsWith('BEGIN:VCARD\r\nVERSION:4.0\r\n')).toBe(true);
});

it('a name brings no line of its own into the cards', () => {
  for (const end of ['\r', '\n', '\r\n', '\v', '\f', '\u0085', '\u2028']) {
    const cards = asCards([{ who: { ...taro, name: `兵頭${end}TEL:110`, kana: `ひ${end}TEL:110` } as Person, org: { ...seiyo, name: `西予市${end}TEL:110` }, posts: [] }]);
    expect(cards.split(/\r\n|[\n-\r\u0085\u2028\u2029]/).filter((line) => line.startsWith('TEL:')), JSON.stringify(end)).toEqual([]);
  }
});
