import { freshDatabase } from '@noroshi/foundations/database/testing';
import { house } from '@noroshi/server/features';
import { contact, type Contact } from '@noroshi/features/contacts';
import { incident, type Incident } from '@noroshi/features/incident';
import { request, sumsOf, type DispatchRequest } from '@noroshi/features/request';
import { person } from '@noroshi/features/directory';
import { storedFile, type StoredFile } from '@noroshi/foundations/files';
import { takenIn } from '@noroshi/foundations/files/pictures';
import { currentStay, roomStream, workspaceStream, type Member } from '@noroshi/foundations/sync';
import { Stair } from '@noroshi/foundations/sync/server';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedDemo } from './seed.ts';
import { demoPart } from './thing.ts';

const database = await freshDatabase();
const dataFolder = await mkdtemp(join(tmpdir(), 'noroshi-demo-'));
const now = (): number => Date.UTC(2026, 5, 1, 3);
let stair: Stair;
let took = 0;
let made = false;

beforeAll(async () => {
  const began = performance.now();
  made = await seedDemo({ pool: database.pool, house, now, dataFolder });
  took = performance.now() - began;
  stair = await Stair.open({ pool: database.pool, house, now, answers: new Map() });
});
afterAll(async () => {
  await stair?.close();
  await database.close();
  await rm(dataFolder, { recursive: true });
});

const roomsOf = (part: Parameters<typeof demoPart>[0]): string[] =>
  [...stair.memory.sight(demoPart(part)).keys()].filter((key) => key.startsWith('r:')).flatMap((key) => (stair.memory.of(key, 'room')[0]?.value as { name: string } | undefined)?.name ?? []).sort();

describe('the demo', () => {
  it('is made in a few seconds, of 20 towns with three people each, headquarters of ten, and a guest', () => {
    expect(made).toBe(true);
    expect(took).toBeLessThan(20_000);
    const people = stair.memory.of(workspaceStream, person.noun);
    expect(people).toHaveLength(20 * 3 + 10 + 1);
    expect(stair.memory.of(workspaceStream, 'organization')).toHaveLength(22);
    const numbers = people.flatMap((p) => (p.value as { phones: { number: string }[] }).phones.map((phone) => phone.number));
    // No number of it may belong to anybody.
    expect(numbers.filter((n) => !/^(0\d{1,3}-0{2,3}-0\d{3}|090-0000-0\d{3}|00870-000-\d{4})$/.test(n))).toEqual([]);
    expect(new Set(numbers).size).toBeGreaterThan(150);
    const outside = stair.memory.of(workspaceStream, contact.noun).flatMap(({ value }) => (value as Contact).phones.map(({ number }) => number));
    expect([outside.length > 12, outside.filter((n) => !/^(0\d{1,3}-0{2,4}-0\d{3}|00870-000-\d{4})$/.test(n))]).toEqual([true, []]);
  });

  it('seats everyone where their organization belongs, and the guest only where she was asked in', () => {
    // A calendar of one's own is no room. The second of the group is the twin of a drill that is over.
    expect(roomsOf('taro')).toEqual(['グループC', 'グループC', '全市町', '県からのお知らせ', '県と市町の予定', '西予市']);
    // What the people of a town answered lies in its own place, where headquarters looks on. She writes on the board: its desk bears the same name. The drill's desk bears the drill's.
    expect(roomsOf('hanako')).toEqual(['6月 情報伝達訓練', 'グループA', 'グループB', 'グループC', 'グループC', '全市町', '広島県との連絡', '県からのお知らせ', '県からのお知らせ', '県と市町の予定', '県と市町の予定', '西予市', '大洲市', '宇和島市'].sort());
    expect(roomsOf('mika')).toEqual(['広島県との連絡']);
  });

  it('stands in the middle of the flood: three towns hit, one request just received, another partly answered and on its way', () => {
    const flood = stair.memory.of(workspaceStream, incident.noun).map((doc) => doc.value as Incident).find(({ drill }) => !drill);
    expect(flood!.affected).toHaveLength(3);
    const asked = [...stair.memory.streams.keys()].flatMap((key) => stair.memory.of(key, request.noun)).map((doc) => doc.value as DispatchRequest).filter(({ drill }) => !drill);
    const of = (no: string): DispatchRequest => asked.find((one) => one.no === no)!;
    expect(asked).toHaveLength(2);
    expect(of('C-西予-001').lines.map((line) => line.count)).toEqual([12, 4]);
    expect(sumsOf(of('C-西予-001')).total.short).toBe(16);
    expect(Object.keys(of('C-西予-001').receipts)).toHaveLength(1);
    expect(sumsOf(of('B-大洲-001')).total).toEqual({ needed: 14, committed: 11, arrived: 0, home: 0, short: 3, surplus: 0 });
  });

  it('has its photographs, each with its small picture and without the notes of a camera', async () => {
    const files = [...stair.memory.streams.keys()].flatMap((key) => stair.memory.of(key, storedFile.noun)).map((doc) => doc.value as StoredFile);
    expect(files.map((file) => file.state)).toEqual(['arrived', 'arrived', 'arrived', 'arrived']);
    expect(files.every((file) => file.thumb && file.width === 1280)).toBe(true);
    const onDisk = (await readdir(join(dataFolder, 'files'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    expect(onDisk.map((entry) => entry.name).sort()).toEqual(files.flatMap((file) => [file.sha256!, file.thumb!.sha256]).sort());
    for (const entry of onDisk) expect(takenIn(await readFile(join(entry.parentPath, entry.name)), 0)).toEqual({});
    expect(await readdir(join(dataFolder, 'uploads'))).toEqual([]);
  });

  it('has someone who has not read, and someone who was not reached', async () => {
    const groupC = [...stair.memory.streams.values()].find((s) => s.key.startsWith('r:') && (stair.memory.of(s.key, 'room')[0]?.value as { name?: string } | undefined)?.name === 'グループC')!;
    const marks = await stair.marks.of(groupC.no);
    const members = stair.memory.of(groupC.key, 'member').map((doc) => doc.value as Member).filter((m) => currentStay(m));
    const unread = members.filter((m) => (marks.get(m.no)?.read ?? 0) < groupC.head);
    expect(unread.length).toBeGreaterThan(3);
    expect(unread.length).toBeLessThan(members.length - 3);
    expect(members.some((m) => (marks.get(m.no)?.delivered ?? 0) < groupC.head)).toBe(true);
    expect(groupC.key).toBe(roomStream(groupC.key.slice(2)));
  });

  it('is made once, and each later start finds that out by one question, without opening a house for it', async () => {
    const asked: string[] = [];
    const pool = { query: (text: string, values: unknown[]) => { asked.push(text); return database.pool.query(text, values); }, connect: () => { throw new Error('it opened a stair'); } };
    expect(await seedDemo({ pool: pool as never, house, now })).toBe(false);
    expect(asked).toHaveLength(1);
  });
});
