import { hotline, type Hotline } from '@noroshi/e2e/box';
import { say, withdraw } from '@noroshi/features/talk';
import { hashOfLeaf, leafFor, readCheckpoint, readNote, splitNotes } from '@noroshi/features/record';
import { openSigner, RecordLog } from '@noroshi/features/record/server';
import { canonical } from '@noroshi/foundations/kernel';
import { fieldsOf, saltLength } from '@noroshi/foundations/sync/server';
import { until } from '@noroshi/foundations/testing';
import { createHash, createHmac } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { envelopeOf, type EventRow } from './server/log.store.ts';

let box: Hotline | undefined;
const logs: RecordLog[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const log of logs.splice(0)) log.halt();
  await box?.close();
  box = undefined;
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

const wrong: string[] = [];
async function logOf(node = box!.stair, more: { elsewhere?: string; key?: string } = {}): Promise<RecordLog> {
  const log = new RecordLog({ stair: node, signer: await openSigner(more.key), elsewhere: more.elsewhere, report: (error, what) => void wrong.push(`${what}: ${String(error)}`) });
  logs.push(log);
  await log.start();
  return log;
}
async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'noroshi-record-'));
  folders.push(made);
  return made;
}

/** The root over these leaves by the definition of RFC 6962, and by another's SHA-256. */
function rootOf(leaves: readonly Uint8Array[]): string {
  const hash = (...parts: Uint8Array[]): Buffer => parts.reduce((h, part) => h.update(part), createHash('sha256')).digest();
  const over = (of: readonly Uint8Array[]): Uint8Array => {
    if (of.length === 1) return of[0]!;
    const k = 2 ** Math.floor(Math.log2(of.length - 1));
    return hash(Uint8Array.of(1), over(of.slice(0, k)), over(of.slice(k)));
  };
  return Buffer.from(over(leaves)).toString('base64');
}

type LeafRow = EventRow & { idx: number; stream: number; key: string; hash: Buffer };
const leaves = async (): Promise<LeafRow[]> => (await box!.stair.pool.query<LeafRow>(`
  select l.idx, l.stream, s.key, l.hash, e.* from record_leaf l join stream s on s.no = l.stream
  left join event e on e.stream = l.stream and e.seq = l.seq order by l.idx`)).rows;

/** Each event has one place, each stream's in their order, without holes; the leaves are of the rows, and the root of the leaves. */
async function isWhole(log: RecordLog): Promise<void> {
  const stood = (await log.sign())!;
  const rows = await leaves();
  expect(rows.map(({ idx }) => idx)).toEqual(rows.map((_, i) => i));
  const { rows: [all] } = await box!.stair.pool.query<{ n: number }>('select count(*) as n from event');
  expect([rows.length, stood.size]).toEqual([all!.n, all!.n]);
  for (const [, of] of Map.groupBy(rows, ({ stream }) => stream)) expect(of.map(({ seq }) => seq)).toEqual(of.map((_, i) => i + 1));
  for (const row of rows) expect(Buffer.from(hashOfLeaf(leafFor(envelopeOf(row.key, row)))).equals(row.hash)).toBe(true);
  expect(Buffer.from(stood.root).toString('base64')).toBe(rootOf(rows.map(({ hash }) => hash)));
}

describe('the log', () => {
  it('R4 gives each event one place, whichever of several nodes took it in, while people talk on all of them', async () => {
    box = await hotline({ nodes: 3 });
    const all = await Promise.all(box.nodes.map((node) => logOf(node)));
    const said = box.nodes.flatMap((node, n) => Array.from({ length: 40 }, (_, i) => node.submit(box!.cast[(['taro', 'aoi', 'ken'] as const)[n]!], { id: `0000000${n}-0000-7000-8000-${String(i).padStart(12, '0')}`, name: say.deed, input: { room: box!.groupC, text: `${n}/${i}` } })));
    // All at once, and again and again: they meet at the row that they take turns with.
    const taken = Promise.all(Array.from({ length: 5 }, () => Promise.all(all.map((log) => log.catchUp()))));
    expect((await Promise.all(said)).every(({ ok }) => ok)).toBe(true);
    await taken;
    await isWhole(all[1]!);
    expect(wrong).toEqual([]);
  });

  it('R4 goes on where it was after a restart, also of one that was killed, and takes in what happened meanwhile', async () => {
    box = await hotline();
    const first = await logOf();
    await first.catchUp();
    const before = (await leaves()).length;
    first.halt();
    await box.does('taro', say, { room: box.groupC, text: '誰も見ていない間に' });
    await box.restart();
    const second = await logOf();
    await isWhole(second);
    expect((await leaves()).length).toBe(before + 1);
  });

  it('R4 follows by itself, behind those who talk', async () => {
    box = await hotline();
    await logOf();
    await box.does('taro', say, { room: box.groupC, text: '水が来た' });
    const { n } = (await box.stair.pool.query<{ n: number }>('select count(*) as n from event')).rows[0]!;
    await until(async () => (await leaves()).length === n, 'all to have their place');
  });

  it('R3 signs what is new, nothing twice, and appends it to a file for another place', async () => {
    box = await hotline();
    const place = await folder();
    const [elsewhere, key] = [join(place, 'checkpoints.txt'), join(place, 'record-key.pem')];
    const log = await logOf(box.stair, { elsewhere, key });
    const first = (await log.sign())!;
    expect(await log.sign()).toEqual(first);
    box.clock.pass(60_000);
    expect(await log.sign()).toEqual(first);
    await box.does('taro', say, { room: box.groupC, text: '水が来た' });
    const second = (await log.sign())!;
    expect(second.size - first.size).toBe(1);
    expect(second.at - first.at).toBeGreaterThanOrEqual(60_000);
    const notes = splitNotes(await readFile(elsewhere, 'utf8')).map((note) => readCheckpoint(readNote(note)!.text));
    expect(notes).toEqual([first, second]);
    // Its key is for its owner's eyes, and the same after a restart.
    if (process.platform !== 'win32') expect((await stat(key)).mode & 0o777).toBe(0o600);
    expect((await openSigner(key)).key('x')).toEqual(log.signer.key('x'));
    expect((await openSigner()).key('x')).not.toEqual(log.signer.key('x'));
  });

  it('R3 a file for another place that cannot be written keeps nobody from working, and is told', async () => {
    box = await hotline();
    const log = await logOf(box.stair, { elsewhere: join(await folder(), 'no/such/folder') });
    expect((await log.sign())!.size).toBeGreaterThan(0);
    expect(wrong.splice(0)).toHaveLength(1);
  });

  it('R2 keeps a salted commitment to each field, each with a salt of its own; words that are emptied change no leaf', async () => {
    box = await hotline();
    const log = await logOf();
    const id = await box.does('taro', say, { room: box.groupC, text: '内々の話', urgency: 'urgent' });
    await isWhole(log);
    const { rows: [row] } = await box.stair.pool.query<{ commitments: Buffer; salt: Buffer; json: Record<string, unknown> }>('select e.commitments, b.salt, b.json from event e join event_body b on b.stream = e.stream and b.seq = e.seq where e.id = $1 and e.n = 0', [id]);
    const fields = fieldsOf(row!.json);
    expect(fields.length).toBeGreaterThan(1);
    expect(row!.salt.length).toBe(fields.length * saltLength);
    fields.forEach((field, i) => {
      const salt = row!.salt.subarray(i * saltLength, (i + 1) * saltLength);
      expect(row!.commitments.subarray(i * 32, (i + 1) * 32)).toEqual(createHmac('sha256', salt).update(field).update('\0').update(canonical(row!.json[field])).digest());
    });
    await box.does('taro', withdraw, { room: box.groupC, message: id });
    await box.stair.pool.query(`update event_body b set salt = '', json = '{}' from event e where e.stream = b.stream and e.seq = b.seq and e.id = $1`, [id]);
    await isWhole(log);
  });
});
