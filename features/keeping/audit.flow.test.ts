import { hotline, type Hotline } from '@noroshi/e2e/box';
import { openDoor, type OpenDoor, type Visitor } from '@noroshi/e2e/door';
import { changePassword, endSessions, signIn, signOut } from '@noroshi/features/account';
import { addPerson, exportPeople, giveRole, openedCard, toldLate, type LateNote } from '@noroshi/features/directory';
import { auditStream, findAudit, putHold, type AuditLine } from '@noroshi/features/keeping';
import { AuditLog } from '@noroshi/features/keeping/audit-log';
import { auditWritten } from '@noroshi/features/keeping/server';
import { exportRecord } from '@noroshi/features/record';
import { openSigner, RecordLog } from '@noroshi/features/record/server';
import { openRoom, say } from '@noroshi/features/talk';
import { newId, type Id } from '@noroshi/foundations/kernel';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';

let box: Hotline;
let door: OpenDoor;
const password = 'みかん山のふもと 2018 のろし';
beforeEach(async () => {
  box = await hotline();
  door = await openDoor(box.stair);
});
afterEach(async () => {
  await door?.close();
  await box?.close();
});

const fresh = (): Id => newId(Date.now(), randomBytes(10));
const comesIn = async (who: 'hanako' | 'taro' | 'aoi', given?: string): Promise<Visitor> => {
  const visitor = door.visitor();
  expect((await visitor.ask('account.acceptInvitation', { token: await door.accounts.linkFor(box.cast[who].person), device: 'iPhone', ...(given ? { password: given } : {}) })).status).toBe(200);
  return visitor;
};
/** What the audit has, the oldest first; the look itself left out. */
const audit = async (filter: object = {}): Promise<AuditLine[]> => {
  await auditWritten(box.stair);
  await AuditLog.of(box.stair).idle();
  const told = await box.stair.ask(box.cast.hanako, findAudit.question, filter);
  if (!told.ok) throw new Error(told.code);
  return (told.value as { lines: AuditLine[] }).lines.toReversed();
};
const kinds = (lines: readonly AuditLine[]): string[] => lines.map(({ kind }) => kind);

it('K10 who comes in, fails, is made to wait, goes out or is put out stands in the audit, with nothing of what they typed', async () => {
  const taro = await comesIn('taro', password);
  const { body: me } = await taro.ask('account.me', {});
  const { login } = me as { login: string };
  const guesser = door.visitor('203.0.113.9');
  for (let i = 0; i < 12; i++) await guesser.ask(signIn, { login, password: `ひみつの合言葉${i}` });
  await guesser.ask(signIn, { login: 'ひみつの名前', password: 'ひみつの合言葉' });
  box.clock.pass(3_600_000);
  const phone = door.visitor();
  expect((await phone.ask(signIn, { login, password, device: 'Android' })).status).toBe(200);
  expect((await phone.ask(changePassword, { current: password, password: `${password} その2`, endOthers: false })).status).toBe(200);
  await phone.ask(signOut, {});
  const hanako = await comesIn('hanako');
  expect((await hanako.ask(endSessions, { person: box.cast.taro.person })).status).toBe(200);
  const lines = await audit({ group: 'signIn' });
  const seen = kinds(lines);
  expect(seen.slice(0, 2)).toEqual(['audit.signedInByLink', 'audit.signInWrong']);
  expect(new Set(seen)).toEqual(new Set(['audit.signedInByLink', 'audit.signInWrong', 'audit.signInSlowed', 'audit.signedIn', 'audit.passwordChanged', 'audit.signedOut']));
  expect(lines.find(({ kind }) => kind === 'audit.signInWrong')).toMatchObject({ of: [box.cast.taro.person], address: '203.0.113.9' });
  expect(lines.find(({ kind }) => kind === 'audit.signedIn')).toMatchObject({ by: box.cast.taro.person, org: box.orgs.seiyo, device: 'Android' });
  expect(await audit({ group: 'people', person: box.cast.taro.person })).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'audit.personDevicesEnded', by: box.cast.hanako.person, of: [box.cast.taro.person] })]));
  const { rows } = await box.stair.pool.query<{ all: string }>(`select string_agg(b.json::text, ' ') as all from event_body b join stream s on s.no = b.stream where s.key = $1`, [auditStream]);
  for (const word of ['ひみつ', 'みかん', login]) expect(rows[0]!.all.includes(word), word).toBe(false);
  // Each has its place in the signed log.
  const record = new RecordLog({ stair: box.stair, signer: await openSigner(), report: (error) => { throw error; } });
  await record.start();
  await record.sign();
  const { rows: [logged] } = await box.stair.pool.query<{ leaves: number; head: number }>('select (select count(*)::int from record_leaf l where l.stream = s.no) as leaves, head::int from stream s where key = $1', [auditStream]);
  record.halt();
  expect(logged!.leaves).toBe(logged!.head);
  expect(logged!.head).toBeGreaterThan(lines.length);
  // Nobody is in the stream: it comes down to no device, and nobody has it unread.
  expect([...box.stair.memory.sight(box.cast.hanako.person).keys()]).not.toContain(auditStream);
});

it('K11 looking at someone’s numbers is noted once a day, taking something out each time, and reading the audit as well', async () => {
  const hanako = await comesIn('hanako');
  const open = (person: Id): Promise<unknown> => hanako.ask(openedCard, { person });
  for (let i = 0; i < 3; i++) await open(box.cast.taro.person);
  await open(box.cast.hanako.person);
  await open(fresh());
  await open(box.cast.aoi.person);
  expect((await audit({ group: 'view' })).map(({ kind, of }) => [kind, of[0]])).toEqual([['audit.cardOpened', box.cast.taro.person], ['audit.cardOpened', box.cast.aoi.person]]);
  box.clock.pass(24 * 3_600_000);
  await open(box.cast.taro.person);
  await AuditLog.of(box.stair).idle();
  expect(kinds(await audit({ group: 'view', person: box.cast.taro.person }))).toEqual(['audit.cardOpened', 'audit.cardOpened']);

  expect((await hanako.ask(exportPeople.question, { kind: 'csv' })).status).toBe(200);
  const record = await box.does('hanako', exportRecord, { room: box.groupC });
  const fetched = (url: string, cookie?: string) => door.app.inject({ method: 'GET', url, headers: cookie ? { cookie } : {} });
  expect((await fetched(`/documents/record/${record}.zip`, hanako.cookie)).statusCode).toBe(200);
  expect((await fetched(`/documents/record/${fresh()}.zip`, hanako.cookie)).statusCode).toBe(404);
  // How far it is, asked every second, would drown all else.
  expect((await fetched(`/documents/record/${record}.json`, hanako.cookie)).statusCode).toBe(200);
  expect((await audit({ group: 'export' })).map(({ kind, says }) => `${kind} ${says['note'] ?? ''}`).toSorted()).toEqual([`audit.documentFetched /documents/record/${record}.zip`, 'audit.peopleExported ', 'record.exported ']);

  // As a table; that it was taken out is in it the next time.
  const table = await fetched('/documents/audit.csv?group=export', hanako.cookie);
  expect([table.statusCode, table.headers['content-type'], table.headers['cache-control']]).toEqual([200, 'text/csv; charset=utf-8', 'private, no-store']);
  expect(table.body).toMatch(/^\uFEFF"?日時/);
  expect(table.body).toContain('住所録を持ち出し');
  expect(table.body).toContain(`記録の持ち出し（ZIP）…${record.slice(-6)}`);
  expect(table.body).toContain('渡部 花子');
  await AuditLog.of(box.stair).idle();
  expect(kinds(await audit({ group: 'export' })).at(-1)).toBe('audit.auditExported');
  // Each look is one more, in its own group, with what was looked for.
  const reads = (await audit({ words: 'auditRead' })).length;
  expect(reads).toBeGreaterThan(3);
  expect((await audit({ words: 'auditRead' })).length).toBe(reads + 1);
});

it('K12 it is found by person, kind, time and words, page by page; for administrators alone, and of rooms that they see', async () => {
  await box.does('system', giveRole, { id: box.cast.ken.person, role: 'manager' });
  await box.does('hanako', addPerson, { id: fresh(), name: '三好 はな', kana: 'みよし はな', org: box.orgs.ehime, role: 'member', phones: [{ kind: 'mobile', number: '090-9999-8888' }] });
  box.clock.pass(3_600_000);
  const noon = box.clock.now();
  await box.does('hanako', putHold, { room: box.groupC, reason: '開示請求のため' });
  const secret = fresh();
  await box.does('aoi', openRoom, { id: secret, kind: 'direct', name: 'ふたりの内緒', short: '二', orgs: [], people: [box.cast.ken.person] });
  await box.does('taro', say, { room: box.groupC, text: '話は監査に入りません' });
  expect(kinds(await audit({ from: noon, group: 'keeping' }))).toEqual(['keeping.held']);
  expect(kinds(await audit({ until: noon, group: 'keeping' }))).toEqual([]);
  expect(kinds(await audit({ words: '開示請求', group: 'keeping' }))).toEqual(['keeping.held']);
  expect(kinds(await audit({ group: 'people', words: '向井' }))).toContain('directory.roleGiven');
  expect(JSON.stringify(await audit())).not.toContain('ふたりの内緒');
  expect(JSON.stringify(await audit())).not.toContain('9999-8888');
  for (const who of ['taro', 'ken', 'mika'] as const) expect(await box.stair.ask(box.cast[who], findAudit.question, {})).toEqual({ ok: false, code: 'keeping.notAllowed' });
  const taro = await comesIn('taro');
  expect((await door.app.inject({ method: 'GET', url: '/documents/audit.csv', headers: { cookie: taro.cookie! } })).json()).toMatchObject({ code: 'keeping.notAllowed' });
  expect((await door.app.inject({ method: 'GET', url: '/documents/audit.csv' })).json()).toMatchObject({ code: 'account.signedOut' });

  for (let i = 0; i < 120; i++) AuditLog.of(box.stair).note({ what: 'documentFetched', by: box.cast.taro.person, note: `/documents/${i}` });
  await AuditLog.of(box.stair).idle();
  const all: AuditLine[] = [];
  for (let before: object | undefined, first = true; first || before; first = false) {
    const told = await box.stair.ask(box.cast.hanako, findAudit.question, { group: 'export', ...(before ? { before } : {}) });
    if (!told.ok) throw new Error(told.code);
    const value = told.value as { lines: AuditLine[]; more?: object };
    expect(value.lines.length).toBeLessThanOrEqual(50);
    all.push(...value.lines);
    before = value.more;
  }
  expect(all.map(({ says }) => says['note']).toSorted()).toEqual(Array.from({ length: 120 }, (_, i) => `/documents/${i}`).toSorted());
  expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).toSorted((a, b) => b - a));
});

it('K13 what a device has seen without a line is told later, once, with both times; what cannot be is passed over without a word', async () => {
  const flood = await box.flood();
  const hanako = await comesIn('hanako');
  const { person: me } = box.cast.hanako;
  const minute = 60_000;
  const seen = box.clock.now();
  box.clock.pass(2 * 60 * minute);
  const note = (more: Partial<LateNote>): LateNote => ({ id: fresh(), what: 'cardOpened', of: box.cast.taro.person, at: seen, times: 1, off: true, ...more });
  const table = note({ what: 'tableMade', of: flood, note: '被害報告.csv', times: 3 });
  const cards = async (filter: object = {}): Promise<AuditLine[]> => (await audit({ group: 'view', ...filter })).filter(({ kind }) => kind === 'audit.cardOpened');
  const tells = (notes: LateNote[], by: Id = me) => hanako.ask(toldLate, { by, notes });
  const all = [
    note({}), table,
    // A time ahead, nobody, a disaster that is none, oneself, a time long ago: no note, and no word of it.
    note({ of: box.cast.aoi.person, at: box.clock.now() + 60 * minute }), note({ of: fresh() }), note({ what: 'tableMade', of: fresh(), note: 'x' }), note({ of: me }), note({ of: box.cast.ken.person, at: seen - 500 * 24 * 60 * minute }),
  ];
  for (let i = 0; i < 2; i++) expect([(await tells(all)).status, (await tells(all)).body]).toEqual([200, {}]);
  const views = await cards();
  expect(views.map(({ by, of, at, told, off }) => [by, of, at, told, off])).toEqual([[me, [box.cast.taro.person], seen, expect.any(Number), true]]);
  expect(views[0]!.told! - seen).toBeGreaterThanOrEqual(2 * 60 * minute);
  expect((await audit({ group: 'export' })).map(({ kind, of, says, off }) => [kind, of, says['note'], says['times'], off])).toEqual([['audit.tableMade', [flood], '被害報告.csv', '3', true]]);
  // The day in which it happened finds it, the hour in which it was told does not.
  expect(await cards({ until: seen + minute })).toHaveLength(1);
  expect(await cards({ from: seen + minute })).toEqual([]);
  // Opened with a line on the same day: once a day.
  await hanako.ask(openedCard, { person: box.cast.taro.person });
  expect(await cards()).toHaveLength(1);
  const csv = (await door.app.inject({ method: 'GET', url: `/documents/audit.csv?group=view&person=${box.cast.taro.person}`, headers: { cookie: hanako.cookie! } })).body;
  expect(csv.split('\r\n').find((row) => row.includes('連絡先'))).toMatch(/兵頭 太郎.*,回線がない間,\d{4}-/);

  // Nobody tells in the name of another, not even an administrator; nor without having signed in.
  expect((await tells([note({ of: box.cast.aoi.person })], box.cast.taro.person)).body).toMatchObject({ code: 'directory.othersNotes' });
  expect((await door.visitor().ask(toldLate, { by: me, notes: [note({})] })).body).toMatchObject({ code: 'account.signedOut' });
  expect((await tells([note({ what: 'signedIn' as never })])).body).toMatchObject({ code: 'input.wrong' });
  // A guest sees nobody's card: nothing is noted of it.
  const guest = door.visitor();
  await guest.ask('account.acceptInvitation', { token: await door.accounts.linkFor(box.cast.mika.person), device: 'x' });
  const before = (await audit()).length;
  expect((await guest.ask(toldLate, { by: box.cast.mika.person, notes: [note({ what: 'tableMade', of: flood, note: 'y' })] })).status).toBe(200);
  expect((await audit({ person: box.cast.mika.person, group: 'export' }))).toEqual([]);
  expect((await audit()).length).toBeGreaterThanOrEqual(before);
});

it('K13 too many notes at once are turned away with a time to come back', async () => {
  await door.close();
  await box.close();
  const plenty = { burst: 1e9, perSecond: 1e9 };
  box = await hotline({ limits: { commands: plenty, fetches: plenty, frames: plenty, questions: { burst: 10, perSecond: 1 } } });
  door = await openDoor(box.stair);
  const hanako = await comesIn('hanako');
  const tells = () => hanako.ask(toldLate, { by: box.cast.hanako.person, notes: Array.from({ length: 50 }, (_, i) => ({ id: fresh(), what: 'tableMade' as const, note: `t${i}`, at: box.clock.now(), times: 1, off: true })) });
  expect([(await tells()).status, (await tells()).body]).toEqual([200, expect.objectContaining({ code: 'line.slowDown' })]);
  box.clock.pass(10_000);
  expect((await tells()).status).toBe(200);
});
