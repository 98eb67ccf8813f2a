import { hotline, type Hotline } from '@noroshi/e2e/box';
import { openDoor, type OpenDoor, type Visitor } from '@noroshi/e2e/door';
import { giveRole, openedCard } from '@noroshi/features/directory';
import { auditStream, findAudit, type AuditLine } from '@noroshi/features/keeping';
import { auditWritten } from '@noroshi/features/keeping/server';
import { exportRecord, recordExport, type RecordExport, type Selection } from '@noroshi/features/record';
import { says, verify, type Verdict } from '@noroshi/features/record/proof';
import { openSigner, RecordLog } from '@noroshi/features/record/server';
import { checkSignature, exportZip, sourceOf, zip } from '@noroshi/features/record/taken-out';
import { say } from '@noroshi/features/talk';
import { words } from '@noroshi/foundations/i18n';
import { japanese } from '@noroshi/foundations/i18n/ja';
import type { Actor } from '@noroshi/foundations/kernel';
import { freshId } from '@noroshi/foundations/testing';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { papers } from '../../apps/server/papers.ts';
import { unzip } from '../record/proof/unzip.ts';

const ja = words('ja', japanese);
let box: Hotline;
let door: OpenDoor;
let folder: string;
let log: RecordLog;
let hanako: Visitor;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'noroshi-audit-'));
  box = await hotline();
  door = await openDoor(box.stair);
  log = new RecordLog({ stair: box.stair, signer: await openSigner(), report: (error) => { throw error; } });
  await log.start();
  hanako = await comesIn('hanako', '203.0.113.77');
  await hanako.ask(openedCard, { person: box.cast.taro.person });
  await box.does('taro', say, { room: box.groupC, text: '給水車を出します' });
  await auditWritten(box.stair);
});
afterAll(async () => {
  log?.halt();
  await door?.close();
  await box?.close();
  await rm(folder, { recursive: true });
});

const comesIn = async (who: 'hanako' | 'taro', address: string): Promise<Visitor> => {
  const visitor = door.visitor(address);
  expect((await visitor.ask('account.acceptInvitation', { token: await door.accounts.linkFor(box.cast[who].person), device: 'iPhone' })).status).toBe(200);
  return visitor;
};
const fetched = (id: string, who: Visitor) => door.app.inject({ method: 'GET', url: `/documents/record/${id}.zip`, headers: { cookie: who.cookie! } });
const written = async (actor: Actor, asked: RecordExport): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of await exportZip({ stair: box.stair, log, audit: auditStream, papers: async () => papers }, actor, asked, ja)) pieces.push(piece);
  return Buffer.concat(pieces);
};
const askedFor = (id: string): RecordExport => box.stair.see<RecordExport>(box.cast.hanako, recordExport.noun, id)!.value;
const takesOut = async (of: Selection): Promise<Buffer> => written(box.cast.hanako, askedFor(await box.does('hanako', exportRecord, of)));
let count = 0;
const kept = async (bytes: Uint8Array): Promise<string> => {
  const file = join(folder, `${++count}.zip`);
  await writeFile(file, bytes);
  return file;
};
async function reads<T>(bytes: Uint8Array, work: (source: Awaited<ReturnType<typeof sourceOf>>) => Promise<T>): Promise<T> {
  const source = await sourceOf(await kept(bytes));
  try {
    return await work(source);
  } finally {
    await source.close();
  }
}
const checks = (bytes: Uint8Array): Promise<Verdict> => reads(bytes, (source) => verify({ source, checkSignature }));
const partsOf = (bytes: Uint8Array): Promise<Map<string, Buffer>> => reads(bytes, async (source) => {
  const parts = new Map<string, Buffer>();
  for (const [name, entry] of await unzip(source)) {
    const pieces: Uint8Array[] = [];
    for await (const piece of entry.read()) pieces.push(piece);
    parts.set(name, Buffer.concat(pieces));
  }
  return parts;
});
async function packed(parts: ReadonlyMap<string, Buffer>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of zip((async function* () { for (const [name, data] of parts) yield { name, data: [data] }; })(), new Date())) pieces.push(piece);
  return Buffer.concat(pieces);
}

it('K14 an administrator takes the audit along: its lines are proven like all others, and a byte that was changed in one is found', async () => {
  const bytes = await takesOut({ audit: true });
  const verdict = await checks(bytes);
  expect(verdict.found).toEqual([]);
  const parts = await partsOf(bytes);
  const lines = parts.get('events.jsonl')!.toString().split('\n').slice(0, -1);
  const audit = lines.filter((line) => line.includes(`"stream":"${auditStream}"`));
  expect(audit.map((line) => (JSON.parse(line) as { fields: { what?: { value: string } } }).fields.what?.value).filter(Boolean)).toEqual(['signedInByLink', 'cardOpened']);
  expect(verdict.proven!.audit).toBe(audit.length);
  expect(says(verdict, ja).proven.join('\n')).toContain(`監査記録${audit.length}件も入っていて`);
  expect(parts.get('audit.csv')!.toString()).toMatch(/連絡先を開いた.*渡部 花子.*兵頭 太郎/);
  expect(parts.get('audit.csv')!.toString()).toContain('203.0.113.77');
  // Another address in a line, and the manifest fitted to it by who knows the form.
  const at = lines.findIndex((line) => line.includes('203.0.113.77'));
  const forged = new Map(parts);
  forged.set('events.jsonl', Buffer.from(`${lines.map((line, i) => (i === at ? line.replace('203.0.113.77', '203.0.113.78') : line)).join('\n')}\n`));
  const manifest = JSON.parse(parts.get('manifest.json')!.toString()) as { files: Record<string, { size: number; sha256: string }> };
  for (const name of Object.keys(manifest.files)) manifest.files[name] = { size: forged.get(name)!.length, sha256: createHash('sha256').update(forged.get(name)!).digest('hex') };
  forged.set('manifest.json', Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`));
  expect((await checks(await packed(forged))).found).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'lineWords', line: at + 1, params: expect.objectContaining({ field: 'address' }) as object })]));
  // A line that is left out as well.
  forged.set('events.jsonl', Buffer.from(`${lines.filter((_, i) => i !== at).join('\n')}\n`));
  expect((await checks(await packed(forged))).found.map(({ code }) => code)).toContain('lineMissing');

  // That it was chosen stands in the audit itself.
  await auditWritten(box.stair);
  const told = await box.stair.ask(box.cast.hanako, findAudit.question, { group: 'export' });
  const seen = (told as unknown as { value: { lines: AuditLine[] } }).value.lines;
  expect(seen.map(({ kind, says: what }) => [kind, what['audit']])).toEqual(expect.arrayContaining([['record.exported', 'true']]));
});

it('K14 goes by its time, and is in nothing that did not ask for it', async () => {
  const plain = await takesOut({});
  const parts = await partsOf(plain);
  expect([parts.has('audit.csv'), [...parts.values()].some((part) => part.includes('203.0.113.77'))]).toEqual([false, false]);
  expect((await checks(plain)).proven!.audit).toBeUndefined();
  // Of a time: what was before is shown as a place.
  box.clock.pass(3_600_000);
  const noon = box.clock.now();
  await hanako.ask(openedCard, { person: box.cast.aoi.person });
  await auditWritten(box.stair);
  const half = await takesOut({ from: noon, audit: true });
  expect((await checks(half)).found).toEqual([]);
  const whole = (await partsOf(half)).get('events.jsonl')!.toString();
  expect([whole.includes(box.cast.aoi.person), whole.includes('203.0.113.77')]).toEqual([true, false]);
});

it('K14 is for administrators, of no room and no disaster, whatever is sent', async () => {
  const incident = await box.flood();
  const ask = async (who: 'hanako' | 'taro', of: object): Promise<string> => {
    const answer = await box.stair.submit(box.cast[who], { id: freshId(), name: exportRecord.deed, input: of });
    return answer.ok ? 'ok' : answer.code;
  };
  expect([await ask('taro', { audit: true }), await ask('hanako', { room: box.groupC, audit: true }), await ask('hanako', { incident, audit: true }), await ask('hanako', { audit: 'yes' })])
    .toEqual(['record.notAllowed', 'record.auditOfAll', 'record.auditOfAll', 'input.wrong']);
  // It is the same at the door of the house, for whoever asked.
  const id = await box.does('hanako', exportRecord, { audit: true });
  const answer = await fetched(id, hanako);
  const taken = await partsOf(answer.rawPayload);
  expect([answer.statusCode, taken.get('events.jsonl')!.includes('203.0.113.77'), taken.has('audit.csv')]).toEqual([200, true, true]);
  // Whose role was taken since, and one who would fetch another's.
  const taro = await comesIn('taro', '192.0.2.9');
  expect((await fetched(id, taro)).json()).toMatchObject({ code: 'record.notYours' });
  await box.does('system', giveRole, { id: box.cast.hanako.person, role: 'manager' });
  expect((await fetched(id, hanako)).json()).toMatchObject({ code: 'record.notAllowed' });
  await box.does('system', giveRole, { id: box.cast.hanako.person, role: 'administrator' });
  // Even where the command says so: what is written follows who asks.
  const asked = askedFor(id);
  for (const [actor, selection] of [[box.cast.taro, asked], [{ ...box.cast.hanako, role: 'manager' as const }, asked], [box.cast.hanako, { ...asked, room: box.groupC }], [box.cast.hanako, { ...asked, incident }]] as const) {
    const parts = await partsOf(await written(actor, selection));
    expect(parts.has('audit.csv')).toBe(false);
    expect(parts.get('events.jsonl')!.toString()).not.toContain(`"stream":"${auditStream}"`);
    expect(JSON.parse(parts.get('manifest.json')!.toString())).not.toHaveProperty('audit');
  }
});
