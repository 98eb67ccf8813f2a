import { canonical, type Actor, type Id, type Params } from '@noroshi/foundations/kernel';
import type { CheckedRow, Remark } from './checked-row.ts';
import { kanaIn, numberIn, sameNumber, wordsIn } from './cells.ts';
import type { CsvRow } from './csv.ts';
import { dutyIn, dutyOfTitle, fieldOf, roleIn, usualRank, type ImportField } from './import-columns.ts';
import { mostImported, type Import } from './import-people.ts';
import { mayRule, mayTend } from './may-administer.ts';
import type { Organization } from './organization.ts';
import { called, fieldsIn, isNotInUse, missingFrom, organizationIn } from './other-tools.ts';
import { detailsOf, personShape, phoneKinds, type Person, type Phone } from './person.ts';
import { postShape, type Post } from './post.ts';

/** A table that was checked: what it would do, row by row. */
export interface Checked {
  readonly columns: readonly { readonly head: string; readonly known: boolean }[];
  readonly rows: readonly CheckedRow[];
  /** What `directory.import` takes; absent where a row is wrong or nothing would change. */
  readonly input?: Import;
  /** Who is here in an organization of which the table tells, and not in it. They stay. */
  readonly missing: readonly { readonly name: string; readonly orgName: string }[];
}

/** What the directory holds. */
export interface Book { readonly people: readonly Person[]; readonly posts: readonly Post[]; readonly organizations: readonly Organization[] }

/** The head of a table may stand below a title or two. */
const headWithin = 6;

/**
 * Checks a table of people against the directory. Nothing happens by it. A person is known by their ID, else by organization
 * and name. A cell that is empty changes nothing; 「なし」 empties. Numbers marked as priority lines are never taken away by a
 * table without that column, since an exported table does not have them.
 * @param newId ids for those who come in; called once for each
 * @param leaves rows that are wrong are left, and the others taken
 * @returns the checked table, or a refusal's code for a table that cannot be read at all
 */
export function checkTable(table: readonly CsvRow[], book: Book, actor: Actor, newId: () => Id, leaves = false): Checked | { readonly code: string; readonly params?: Params } {
  const headAt = table.slice(0, headWithin).findIndex(({ cells }) => {
    const fields = cells.map(fieldOf);
    return fields.includes('name') || (fields.includes('family') && fields.includes('given'));
  });
  if (headAt < 0) return { code: 'import.noHead' };
  const heads = table[headAt]!.cells.map((head) => wordsIn(head));
  const body = table.slice(headAt + 1).filter(({ cells }) => cells.some((cell) => wordsIn(cell) !== ''));
  const fields = fieldsIn(heads, body);
  for (const [i, field] of fields.entries()) {
    const severally = phoneKinds.includes(field as never) || field === 'priority';
    if (field && !severally && fields.indexOf(field) !== i) return { code: 'import.columnTwice', params: { column: heads[i]! } };
  }
  if (body.length === 0) return { code: 'import.noRows' };
  if (body.length > mostImported) return { code: 'import.tooManyRows', params: { max: mostImported } };

  const reading = { book, actor, newId, heads, fields, named: new Map<Id | string, number>(), desks: new Map<string, number>(), orgs: new Set<Id>(), input: { add: [], amend: [] } as Import };
  const rows = body.map((row) => checkRow(row, reading)).map((row): CheckedRow => (leaves && row.does === 'wrong' ? { ...row, does: 'left' } : row));
  const orgName = (id: Id): string => book.organizations.find((one) => one.id === id)?.name ?? '';
  const changes = reading.input.add.length + reading.input.amend.length > 0;
  return {
    columns: heads.map((head, i) => ({ head, known: fields[i] !== undefined })).filter(({ head }) => head !== ''),
    rows,
    missing: missingFrom(book.people, reading.orgs, new Set(reading.named.keys())).map(({ name, org }) => ({ name, orgName: orgName(org) })),
    ...(changes && rows.every(({ does }) => does !== 'wrong') ? { input: reading.input } : {}),
  };
}

interface Reading {
  readonly book: Book;
  readonly actor: Actor;
  readonly newId: () => Id;
  readonly heads: readonly string[];
  readonly fields: readonly (ImportField | undefined)[];
  /** On which line each person was named. */
  readonly named: Map<Id | string, number>;
  /** Of which organizations the table tells. */
  readonly orgs: Set<Id>;
  /** On which line each desk was given away. */
  readonly desks: Map<string, number>;
  readonly input: Import;
}

/** A cell that says that there is nothing. */
const none = /^(なし|無し|無|-|ー|―|－)$/;

function checkRow({ line, cells }: CsvRow, reading: Reading): CheckedRow {
  const { book, actor, heads, fields, input } = reading;
  const problems: Remark[] = [];
  const notes: Remark[] = [];
  const column = (field: ImportField): string | undefined => heads[fields.indexOf(field)];
  const wrong = (field: ImportField | undefined, code: string, params?: Params): void => {
    const head = field && column(field);
    problems.push({ ...ofColumn(head), code: `import.${code}`, ...(params ? { params } : {}) });
  };
  const cell = (field: ImportField): string => wordsIn(cells[fields.indexOf(field)] ?? '');

  if (cells.length > heads.length) wrong(undefined, 'tooManyCells', { n: cells.length, of: heads.length });
  const name = fields.includes('name') ? cell('name') : [cell('family'), cell('given')].filter(Boolean).join(' ');
  const kana = kanaIn(fields.includes('kana') ? cell('kana') : [cell('familyKana'), cell('givenKana')].filter(Boolean).join(' '));
  const nameField: ImportField = fields.includes('name') ? 'name' : 'family';

  // Who is it?
  const id = cell('id').toLowerCase();
  const byId = id ? book.people.find((p) => p.id === id) : undefined;
  if (id && !byId) wrong('id', 'idUnknown');
  const org = organizationOf(reading, cells, cell, byId, wrong, notes);
  const namesakes = org && !byId ? book.people.filter((p) => p.org === org.id && withoutSpaces(p.name) === withoutSpaces(name)) : [];
  if (namesakes.length > 1) wrong(nameField, 'namesakes', { name });
  const before = byId ?? namesakes[0];
  if (byId && org && byId.org !== org.id) wrong('org', 'movedOrganization', { name: byId.name });

  if (!name && !before) wrong(nameField, 'nameMissing');
  else if (name.length > 60) wrong(nameField, 'tooLong', { max: 60 });
  if (kana && !/^[\u3041-\u3096\u30FC ・A-Za-z'-]+$/.test(kana)) wrong(fields.includes('kana') ? 'kana' : 'familyKana', 'kana');
  else if (kana.length > 80) wrong('kana', 'tooLong', { max: 80 });
  if (org) {
    const same = before?.id ?? `${org.id}/${withoutSpaces(name)}`;
    const first = reading.named.get(same);
    if (first !== undefined && name) wrong(nameField, 'personTwice', { line: first });
    reading.named.set(same, line);
    reading.orgs.add(org.id);
  }
  if (isNotInUse(cell('state'))) return { line, name: name || before?.name || '', orgName: org?.name ?? cell('org'), does: 'left', problems: [], notes: [{ ...ofColumn(column('state')), code: 'import.notInUse' }], changes: [] };

  // What may the actor do, and what is asked for?
  const roleWord = cell('role');
  const role = roleWord ? roleIn(roleWord) : before?.role ?? (org?.kind === 'outside' ? 'guest' : 'member');
  if (!role) wrong('role', 'role', { word: roleWord });
  else if (before && role !== before.role) wrong('role', 'roleHere');
  else if (role === 'administrator' && before?.id !== actor.person && !mayRule(actor).ok) wrong('role', 'notAllowed', { org: org?.name ?? '' });
  if (org && !mayTend(actor, org.id).ok) wrong(column('org') === undefined ? undefined : 'org', 'notAllowed', { org: org.name });

  const email = emailOf(cell('email'), before, wrong);
  const phones = phonesOf(cells, reading, before, problems, notes);
  const desk = org && role ? deskOf(reading, cell, org, before, role, line, name, wrong) : undefined;

  const orgName = org?.name ?? cell('org');
  const told = { line, name: name || before?.name || '', orgName, problems, notes };
  if (problems.length > 0 || !org || !role) return { ...told, does: 'wrong', changes: [] };
  const details = { id: before?.id ?? reading.newId(), name: before && withoutSpaces(before.name) === withoutSpaces(name || before.name) ? before.name : name, kana: kana || before?.kana || '', phones, ...(email ? { email } : {}) };
  if (!before) {
    // Whoever looks the table through sees who will rule.
    if (role === 'administrator' || role === 'manager') notes.push({ ...ofColumn(column('role')), code: `import.${role}` });
    input.add.push({ ...details, org: org.id, role, ...(desk ? { post: desk } : {}) });
    return { ...told, does: 'add', changes: [] };
  }
  const was = detailsOf(before);
  const changes = [
    ...([['name', was.name, details.name], ['kana', was.kana, details.kana], ['email', was.email ?? '', email ?? ''], ['mobile', numbersOf(was.phones), numbersOf(phones)]] as const)
      .filter(([, from, to]) => from !== to)
      .map(([field, from, to]) => ({ column: field, before: from, after: to })),
    ...(desk ? [{ column: 'title', before: '', after: desk.title }] : []),
  ];
  if (canonical(was) === canonical(details) && !desk) return { ...told, does: 'same', changes: [] };
  input.amend.push({ ...details, was, ...(desk ? { post: desk } : {}) });
  return { ...told, does: 'amend', changes };
}

const ofColumn = (column: string | undefined): { readonly column?: string } => (column === undefined ? {} : { column });

type Wrong = (field: ImportField | undefined, code: string, params?: Params) => void;
type Cell = (field: ImportField) => string;

const withoutSpaces = (text: string): string => text.replace(/\s/g, '');
const numbersOf = (phones: readonly Phone[]): string => phones.map((phone) => phone.number).join(' ');

function organizationOf({ book, actor, fields, heads }: Reading, cells: readonly string[], cell: Cell, byId: Person | undefined, wrong: Wrong, notes: Remark[]): Organization | undefined {
  const named = cell('org');
  const code = cell('orgCode').replace(/\.0$/, '');
  // A spreadsheet eats the zero of the first nine prefectures.
  const whole = /^\d{5}$/.test(code) ? `0${code}` : code;
  const exactly = named ? called(book.organizations, named) : [];
  const within = named && exactly.length === 0 ? organizationIn(book.organizations, cells[fields.indexOf('org')]!) : undefined;
  const byName = within ? [within] : exactly;
  const byCode = whole ? book.organizations.find((o) => o.code === whole) : undefined;
  const found = byCode ?? (byName.length === 1 ? byName[0] : undefined);
  if (whole && !byCode) wrong('orgCode', 'organizationUnknown', { name: code });
  else if (byCode && named && byName.length > 0 && !byName.includes(byCode)) wrong('org', 'organizationMismatch', { name: named, code: whole });
  else if (!found && named) wrong('org', 'organizationUnknown', { name: named });
  if (within && found === within) notes.push({ column: heads[fields.indexOf('org')]!, code: 'import.organizationWithin', params: { told: named.slice(0, 80), name: within.name } });
  if (found || named || whole) return found;
  const usual = byId?.org ?? (actor.role === 'manager' ? actor.org : undefined);
  if (usual === undefined) wrong(fields.includes('org') ? 'org' : undefined, 'organizationMissing');
  return book.organizations.find((o) => o.id === usual);
}

function emailOf(told: string, before: Person | undefined, wrong: Wrong): string | undefined {
  if (none.test(told)) return undefined;
  if (!told) return before?.email;
  const email = told.normalize('NFKC').replace(/^mailto:/i, '');
  const right = personShape.def.shape.email.safeParse(email).success;
  if (!right) wrong('email', 'email', { email: told });
  return right ? email : undefined;
}

/** Everyone's numbers: what the row tells takes the place of numbers of that kind, in the order of the columns. */
function phonesOf(cells: readonly string[], { heads, fields }: Reading, before: Person | undefined, problems: Remark[], notes: Remark[]): Phone[] {
  const told: Phone[] = [];
  const replaced = new Set<Phone['kind']>();
  const priority: string[] = [];
  let tellsPriority = false;
  for (const [i, field] of fields.entries()) {
    if (field !== 'priority' && !phoneKinds.includes(field as Phone['kind'])) continue;
    for (const one of (cells[i] ?? '').split(/[\n、,／;]|\s\/\s/)) {
      const word = wordsIn(one);
      if (word === '') continue;
      if (field === 'priority') tellsPriority = true;
      else replaced.add(field as Phone['kind']);
      if (none.test(word)) continue;
      const read = numberIn(word);
      if (!read.ok) {
        problems.push({ column: heads[i]!, code: read.code, params: { number: word.slice(0, 40) } });
        continue;
      }
      if (read.zeroAdded) notes.push({ column: heads[i]!, code: 'import.zeroAdded', params: { number: read.number } });
      if (field === 'priority') priority.push(read.number);
      else if (!told.some((phone) => sameNumber(phone, read))) told.push({ kind: field as Phone['kind'], number: read.number });
    }
  }
  const kept = (before?.phones ?? []).filter((phone) => (phone.priority ? !tellsPriority : !replaced.has(phone.kind)) && !told.some((one) => sameNumber(one, phone)));
  const wasPriority = (phone: Phone): boolean => !tellsPriority && !!before?.phones.some((one) => one.priority && sameNumber(one, phone));
  const all = [...told.map((phone): Phone => (wasPriority(phone) ? { ...phone, priority: true } : phone)), ...kept];
  for (const number of priority) {
    const at = all.findIndex((phone) => sameNumber(phone, { number }));
    if (at < 0) all.push({ kind: 'direct', number, priority: true });
    else all[at] = { ...all[at]!, priority: true };
  }
  // The order in which they are to be tried stays as it was where nothing else is told.
  const place = (phone: Phone): number => { const at = (before?.phones ?? []).findIndex((one) => sameNumber(one, phone)); return at < 0 ? 99 : at; };
  const phones = before ? all.toSorted((a, b) => place(a) - place(b)) : all;
  if (phones.length > 8) problems.push({ code: 'import.tooManyPhones', params: { max: 8 } });
  return phones;
}

/** The desk that a row gives someone in addition to those they have. */
function deskOf({ book, desks, newId }: Reading, cell: Cell, org: Organization, before: Person | undefined, role: string, line: number, name: string, wrong: Wrong): Import['add'][number]['post'] {
  const title = cell('title');
  const dutyWord = cell('duty');
  const duty = dutyWord ? dutyIn(dutyWord) : dutyOfTitle(title);
  if (!duty) wrong('duty', 'duty', { word: dutyWord });
  const rankWord = cell('rank');
  const rank = rankWord ? Number(rankWord) : usualRank[duty ?? 'other'];
  if (rankWord && !postShape.def.shape.rank.safeParse(rank).success) wrong('rank', 'rank');
  if (!title || none.test(title)) return undefined;
  if (role === 'guest') {
    wrong('title', 'guestHoldsNoPost');
    return undefined;
  }
  if (title.length > 60) wrong('title', 'tooLong', { max: 60 });
  if (!duty) return undefined;
  const held = before ? book.posts.filter((p) => p.holder === before.id) : [];
  if (held.some((p) => p.title === title)) return undefined;
  if (held.length > 0) {
    wrong('title', 'postChanges', { name, title: held[0]!.title });
    return undefined;
  }
  if (before?.disabled) {
    wrong('title', 'accountClosed', { name });
    return undefined;
  }
  const key = `${org.id}/${title}`;
  const there = book.posts.find((p) => p.org === org.id && p.title === title && p.holder === undefined);
  const others = book.posts.find((p) => p.org === org.id && p.title === title && p.holder !== undefined);
  if (others && !there && duty === 'deputyHead') wrong('title', 'postHeld', { name: book.people.find((p) => p.id === others.holder)?.name ?? '' });
  // Two may bear the same title (主任), but one empty desk is taken once.
  if (there && !desks.has(key)) {
    desks.set(key, line);
    return { id: there.id, title: there.title, duty: there.duty, rank: there.rank, ...(there.deputy ? { deputy: there.deputy } : {}) };
  }
  return { id: newId(), title, duty, rank };
}
