import { hotline, type Hotline } from '../../e2e/box/hotline.ts';
import { newId } from '@noroshi/foundations/kernel';
import { workspaceStream } from '@noroshi/foundations/sync';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkImport, exportPeople, importPeople, type Import } from './directory.ts';

let box: Hotline;
beforeAll(async () => { box = await hotline(); });
afterAll(() => box.close());

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const id = (): string => newId(Date.now(), randomBytes(10));
const head = (): number => box.stair.memory.streams.get(workspaceStream)!.head;

const table = [
  '組織,氏名,かな,職名,携帯,メール',
  '伊予市,岡田 詩織,おかだ しおり,危機管理課 係長,090-0000-0021,bousai@iyo.example',
  '西条市,一色 克己,いっしき かつみ,副市長,9000000022,',
  '西予市,兵頭 太郎,,,090-0000-0023,',
].join('\r\n');

describe('an import of people', () => {
  it('does nothing while it is checked, everything when it is done, and nothing the second time', async () => {
    const before = head();
    const checked = await box.stair.ask(box.cast.hanako, checkImport.question, { file: base64(table) });
    expect(checked).toMatchObject({ ok: true, value: { encoding: 'utf-8', rows: [{ does: 'add' }, { does: 'add' }, { does: 'amend' }] } });
    expect(head()).toBe(before);
    const { input } = (checked as { value: { input: Import } }).value;
    const one = id();
    expect(await box.stair.submit(box.cast.hanako, { id: one, name: importPeople.deed, input })).toMatchObject({ ok: true });
    const after = head();
    expect(after).toBeGreaterThan(before);
    expect(await box.stair.submit(box.cast.hanako, { id: one, name: importPeople.deed, input })).toMatchObject({ ok: true });
    expect(head()).toBe(after);
    const again = await box.stair.ask(box.cast.hanako, checkImport.question, { file: base64(table) });
    expect(again).toMatchObject({ ok: true, value: { rows: [{ does: 'same' }, { does: 'same' }, { does: 'same' }] } });
    expect((again as { value: object }).value).not.toHaveProperty('input');
  });

  it('seats those who came in with a post in the rooms of their organization', async () => {
    while (await box.stair.clock.look() > 0);
    const shiori = box.stair.memory.of(workspaceStream, 'person').find((doc) => (doc.value as { name: string }).name === '岡田 詩織')!;
    expect([...box.stair.memory.sight(shiori.id).keys()]).toContain(`r:${box.groupC}`);
    await box.everyoneAgrees();
  });

  it('is all or nothing: one row that cannot be, and none is done', async () => {
    const before = head();
    const add = ['誰か 一', '誰か 二'].map((name, i) => ({ id: id(), org: i ? id() : box.orgs.iyo, role: 'member' as const, name, kana: '', phones: [] }));
    expect(await box.stair.submit(box.cast.hanako, { id: id(), name: importPeople.deed, input: { add, amend: [] } })).toMatchObject({ ok: false, code: 'directory.organizationNotFound' });
    expect(head()).toBe(before);
  });

  it('takes the others in where it is said that a wrong row is left, and takes nobody away who is not in the table', async () => {
    const file = base64('姓,名,ID,組織,携帯番号\n武田,憲司,takeda,愛媛県>伊予市>危機管理課,090-0000-0041\n誰,か,dareka,伊予市,12');
    const before = box.stair.memory.of(workspaceStream, 'person').length;
    expect(await box.stair.ask(box.cast.hanako, checkImport.question, { file })).toMatchObject({ ok: true, value: { rows: [{ does: 'add' }, { does: 'wrong' }] } });
    const checked = await box.stair.ask(box.cast.hanako, checkImport.question, { file, leaves: true });
    expect(checked).toMatchObject({ ok: true, value: { rows: [{ does: 'add' }, { does: 'left' }] } });
    const { input, missing } = (checked as { value: { input: Import; missing: { name: string }[] } }).value;
    expect(missing.length).toBeGreaterThan(0);
    expect(await box.stair.submit(box.cast.hanako, { id: id(), name: importPeople.deed, input })).toMatchObject({ ok: true });
    expect(box.stair.memory.of(workspaceStream, 'person')).toHaveLength(before + 1);
    expect(await box.stair.ask(box.cast.hanako, checkImport.question, { file, leaves: true })).toMatchObject({ ok: true, value: { rows: [{ does: 'same' }, { does: 'left' }] } });
  });

  it('does not write over what someone has changed since the check', async () => {
    const checked = await box.stair.ask(box.cast.hanako, checkImport.question, { file: base64('組織,氏名,携帯\n西予市,兵頭 太郎,090-0000-0031') });
    const { input } = (checked as { value: { input: Import } }).value;
    const { was: _was, post: _post, ...now } = input.amend[0]!;
    await box.does('taro', (await import('./directory.ts')).amendPerson, { ...now, phones: [{ kind: 'mobile', number: '090-0000-0032' }] });
    expect(await box.stair.submit(box.cast.hanako, { id: id(), name: importPeople.deed, input })).toMatchObject({ ok: false, code: 'import.changedSince' });
  });

  it('is for those who tend the directory', async () => {
    expect(await box.stair.ask(box.cast.taro, checkImport.question, { file: base64(table) })).toMatchObject({ ok: false, code: 'directory.notAllowed' });
    expect(await box.stair.ask(box.cast.mika, exportPeople.question, { kind: 'csv' })).toMatchObject({ ok: false, code: 'directory.notAllowed' });
  });

  it('takes an export back without a change', async () => {
    for (const encoding of ['utf-8', 'shift_jis'] as const) {
      const exported = await box.stair.ask(box.cast.hanako, exportPeople.question, { kind: 'csv', encoding });
      const { file, count, missing } = (exported as { value: { file: string; count: number; missing: string[] } }).value;
      expect(count).toBeGreaterThanOrEqual(7);
      expect(missing).toEqual([]);
      const checked = await box.stair.ask(box.cast.hanako, checkImport.question, { file });
      expect(checked).toMatchObject({ ok: true, value: { encoding } });
      expect(new Set((checked as { value: { rows: { does: string }[] } }).value.rows.map((row) => row.does))).toEqual(new Set(['same']));
    }
  });

  it.each([
    ['a workbook', Buffer.from('PK\x03\x04rest').toString('base64'), 'import.workbook'],
    ['a picture', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]).toString('base64'), 'import.noText'],
    ['a quotation mark that stays open', base64('組織,氏名\n"西予市,兵頭'), 'import.quoteOpen'],
    ['nothing', '=', 'import.empty'],
    ['a table of something else', base64('a,b\n1,2'), 'import.noHead'],
  ])('refuses %s with a word', async (_name, file, code) => {
    expect(await box.stair.ask(box.cast.hanako, checkImport.question, { file })).toMatchObject({ ok: false, code });
  });
});
