import { hotline, type Hotline } from '@noroshi/e2e/box';
import { checks, covers, forged, found, lines, read, taken, type Texts } from '@noroshi/e2e/taken-out';
import { openRoom, say, withdraw } from '@noroshi/features/talk';
import { exportRecord, type Selection } from '@noroshi/features/record';
import { says, type Verdict } from '@noroshi/features/record/proof';
import { openSigner, RecordLog } from '@noroshi/features/record/server';
import { sourceOf, zip } from '@noroshi/features/record/taken-out';
import { words } from '@noroshi/foundations/i18n';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { canonical, newId } from '@noroshi/foundations/kernel';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unzip } from './proof/unzip.ts';
import { hashOfLeaf, leafFor } from './proof/leaf.ts';
import type { EventLine, Manifest } from './proof/form.ts';

const ja = words('ja', japanese);
let box: Hotline;
let log: RecordLog;
let folder: string;
let incident: string;
let elsewhere: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'noroshi-record-'));
  elsewhere = join(folder, 'kept.txt');
  box = await hotline();
  log = new RecordLog({ stair: box.stair, signer: await openSigner(), elsewhere, report: (error) => { throw error; } });
  await log.start();
  await box.plans();
  await box.does('taro', say, { room: box.groupC, text: '平時の話です' });
  await log.sign();
  incident = await box.flood();
  for (let i = 0; i < 5; i++) {
    box.clock.pass(60_000);
    await box.does(i % 2 ? 'aoi' : 'taro', say, { room: box.groupC, text: `避難所 ${i} 番の水が足りません`, incident });
    await log.sign();
  }
  // What others say among themselves has its place between, and is nobody else's to read.
  const room = newId(Date.now(), randomBytes(10));
  await box.does('aoi', openRoom, { id: room, kind: 'direct', name: '二人', short: '二', orgs: [], people: [box.cast.ken.person] });
  for (let i = 0; i < 9; i++) await box.does('aoi', say, { room, text: `内々の話 ${i}` });
  await box.does('taro', say, { room: box.groupC, text: 'まちがえた', incident });
  box.clock.pass(60_000);
  await box.does('aoi', say, { room: box.groupC, text: '給水車を出します', incident });
});
afterAll(async () => {
  log?.halt();
  await box?.close();
  await rm(folder, { recursive: true });
});

const takesOut = async (of: Selection = {}, who: 'hanako' = 'hanako'): Promise<string> => taken({ stair: box.stair, log }, box.cast[who], of, folder);

describe('R5 what is taken out', () => {
  it('is proven line by line, with nothing of what its asker may not read', async () => {
    const file = await takesOut({ incident });
    const verdict = await checks(file);
    expect(found(verdict)).toEqual([]);
    const texts = await read(file);
    const events = texts.get('events.jsonl')!.split('\n').slice(0, -1).map((line) => JSON.parse(line) as EventLine);
    expect(verdict.proven!.events).toBe(events.length);
    expect(events.every((event) => event.incident === incident)).toBe(true);
    expect(events.map(({ fields }) => fields['text']?.value).filter((text) => String(text).startsWith('避難所'))).toHaveLength(5);
    // Other rooms, and other things of this room, are not in it: neither their words nor their number.
    const whole = [...texts.values()].join('');
    for (const words of ['内々', '二人', '平時']) expect(whole.includes(words), words).toBe(false);
    expect(says(verdict, ja).title).toBe('書き換えは見つかりませんでした');
    expect(texts.get('events.csv')).toContain('避難所 3 番の水が足りません');
    expect(texts.get('events.csv')).toContain('兵頭 太郎');
  });

  it('shows the place and not the words of what was taken back, and is proven all the same', async () => {
    const id = await box.does('taro', say, { room: box.groupC, text: '消すべき言葉', incident });
    await box.does('taro', withdraw, { room: box.groupC, message: id });
    const file = await takesOut({ incident });
    const verdict = await checks(file);
    expect(found(verdict)).toEqual([]);
    expect(verdict.proven!.hidden).toBe(1);
    expect([...(await read(file)).values()].join('')).not.toContain('消すべき言葉');
    // So it is for what was emptied in the tables, with its salt.
    await box.stair.pool.query(`update event_body b set salt = '', json = '{}' from event e where e.stream = b.stream and e.seq = b.seq and e.id = $1 and e.n = 0`, [id]);
    const emptied = await checks(await takesOut({ incident }));
    expect([found(emptied), emptied.proven!.hidden]).toEqual([[], 1]);
  });

  it('goes by room and by time too, and says which', async () => {
    const all = (await checks(await takesOut())).proven!;
    const room = await takesOut({ room: box.groupC });
    expect(found(await checks(room))).toEqual([]);
    expect([...new Set((await read(room)).get('events.jsonl')!.match(/"stream":"[^"]+"/g))]).toEqual([`"stream":"r:${box.groupC}"`]);
    const half = await checks(await takesOut({ from: all.first! + 120_000, until: all.last! - 60_000 }));
    expect(found(half)).toEqual([]);
    expect(half.proven!.events).toBeGreaterThan(0);
    expect(half.proven!.events).toBeLessThan(all.events);
    expect(half.proven!.first).toBeGreaterThanOrEqual(all.first! + 120_000);
  });

  it('R6 is for administrators, for who asked, and never of a room that they do not see', async () => {
    const ask = async (who: 'hanako' | 'taro' | 'mika', of: Selection): Promise<string> => {
      const answer = await box.stair.submit(box.cast[who], { id: newId(Date.now(), randomBytes(10)), name: exportRecord.deed, input: of });
      return answer.ok ? 'ok' : answer.code;
    };
    const direct = [...box.stair.memory.streams.keys()].find((key) => key.startsWith('r:') && key !== `r:${box.groupC}` && box.stair.memory.member(key, box.cast.ken.person))!.slice(2);
    // The same word as of one that does not exist, and 404 on the line.
    expect(await ask('hanako', { room: direct })).toBe('stream.notFound');
    expect(await ask('hanako', { room: newId(Date.now(), randomBytes(10)) })).toBe('stream.notFound');
    expect(await ask('taro', { room: box.groupC })).toBe('record.notAllowed');
    expect(await ask('mika', {})).toBe('stream.notFound');
    expect(await ask('hanako', { incident: newId(Date.now(), randomBytes(10)) })).toBe('record.notFound');
    expect(await ask('hanako', { from: 10, until: 10 })).toBe('record.noTime');
  });
});

describe('R7 the reviewer who does not believe us', () => {
  let file: string;
  let at: number;
  let texts: Texts;
  beforeAll(async () => {
    file = await takesOut({ incident });
    texts = await read(file);
    at = texts.get('events.jsonl')!.split('\n').findIndex((line) => line.includes('避難所 2 番'));
  });
  const heard = (verdict: Verdict): string => says(verdict, ja).found.join('\n');

  it('finds one changed byte, and says in which line and which words', async () => {
    const change = (t: Texts): void => lines(t, (all) => all.with(at, all[at]!.replace('避難所 2 番', '避難所 3 番')));
    const plain = await checks(await forged(file, change));
    expect(found(plain)).toEqual([`lineWords ${at + 1}`]);
    expect(heard(plain)).toContain(`${at + 1}行目の「text」の言葉が、記録されたものと違います`);
    expect(plain.proven).toBeUndefined();
    expect(found(await checks(await forged(file, (t) => { change(t); covers(t); })))).toEqual(['manifestChanged', `lineWords ${at + 1}`]);
    const broken = await checks(await forged(file, (t) => lines(t, (all) => all.with(at, all[at]!.replace('{', '[')))));
    expect(found(broken)).toEqual([`lineUnreadable ${at + 1}`]);
  });

  it('finds each byte that is changed, wherever it is in a line', async () => {
    const line = texts.get('events.jsonl')!.split('\n')[at]!;
    for (let k = 0; k < line.length; k += 7) {
      const other = line[k] === '1' ? '2' : '1';
      const verdict = await checks(await forged(file, (t) => lines(t, (all) => all.with(at, line.slice(0, k) + other + line.slice(k + 1)))));
      expect(verdict.found.some((one) => one.line === at + 1 || one.params['after'] === at), `${k} of ${line}`).toBe(true);
    }
  });

  it('finds one removed line, and says which it was', async () => {
    const verdict = await checks(await forged(file, (t) => lines(t, (all) => all.toSpliced(at, 1))));
    expect(found(verdict)).toEqual(['lineMissing']);
    expect(heard(verdict)).toMatch(new RegExp(`^${at}行目の次の1行が抜けています（「グループC」の\\d+番、`));
    // Also where its leaf is taken out of the log, or said not to have been asked for, and the manifest fitted.
    const leaf = texts.get('log.jsonl')!.split('\n').findIndex((one) => one.includes(`"i":${(JSON.parse(texts.get('events.jsonl')!.split('\n')[at]!) as EventLine).i},`));
    const taken = await checks(await forged(file, (t) => { lines(t, (all) => all.toSpliced(at, 1)); lines(t, (all) => all.toSpliced(leaf, 1), 'log.jsonl'); covers(t); }));
    expect(found(taken)).toEqual(expect.arrayContaining(['manifestChanged', 'logUnreadable']));
    const hidden = await checks(await forged(file, (t) => {
      lines(t, (all) => all.toSpliced(at, 1));
      lines(t, (all) => all.with(leaf, all[leaf]!.replace('"shown":"line",', '')), 'log.jsonl');
      covers(t);
    }));
    expect(found(hidden)).toEqual(expect.arrayContaining(['manifestChanged', 'lineMissing']));
    const node = await checks(await forged(file, (t) => {
      const event = JSON.parse(t.get('events.jsonl')!.split('\n')[at]!) as EventLine;
      const { i, fields: _fields, ...envelope } = event;
      lines(t, (all) => all.toSpliced(at, 1));
      lines(t, (all) => all.with(leaf, canonical({ i, level: 0, hash: Buffer.from(hashOfLeaf(leafFor(envelope))).toString('hex') })), 'log.jsonl');
      covers(t);
    }));
    expect(found(node)).toEqual(expect.arrayContaining(['manifestChanged', 'hole']));
  });

  it('is proven also where somebody unpacked it and packed it anew, folders and all; what is put into a folder beside the rest is not', async () => {
    expect(found(await checks(await forged(file, (t) => t.set('attachments/', ''))))).toEqual([]);
    expect(found(await checks(await forged(file, (t) => t.set('attachments/', '狼煙'))))).not.toEqual([]);
  });

  it('finds a second part under the name of the first, which another program might show', async () => {
    const texts = await read(file);
    const pieces: Uint8Array[] = [];
    const both = [...texts, ['events.jsonl', texts.get('events.jsonl')!.replace('避難所 2 番', '避難所 3 番')] as const];
    for (const order of [both, both.toReversed()]) {
      pieces.length = 0;
      for await (const piece of zip((async function* () { for (const [name, text] of order) yield { name, data: [Buffer.from(text)] }; })(), new Date())) pieces.push(piece);
      const other = join(folder, 'both.zip');
      await writeFile(other, Buffer.concat(pieces));
      expect(found(await checks(other))).toContain('partStrange');
    }
  });

  it('finds a swapped order, and says which line belongs where', async () => {
    const verdict = await checks(await forged(file, (t) => lines(t, (all) => all.with(at, all[at + 1]!).with(at + 1, all[at]!))));
    expect(found(verdict)).toEqual([`lineOrder ${at + 2}`]);
    expect(heard(verdict)).toContain(`${at + 2}行目の順番が違います。${at + 1}行目にあるはずの出来事です`);
    // With the places written anew, it is seen by what they say.
    const places = await checks(await forged(file, (t) => lines(t, (all) => {
      const [a, b] = [JSON.parse(all[at]!) as EventLine, JSON.parse(all[at + 1]!) as EventLine];
      return all.with(at, canonical({ ...b, i: a.i })).with(at + 1, canonical({ ...a, i: b.i }));
    })));
    expect(places.found.map(({ line }) => line)).toEqual([at + 1, at + 2]);
  });

  it('finds a forged time, and says both', async () => {
    const event = JSON.parse(texts.get('events.jsonl')!.split('\n')[at]!) as EventLine;
    const verdict = await checks(await forged(file, (t) => lines(t, (all) => all.with(at, canonical({ ...event, at: event.at - 3_600_000 })))));
    expect(found(verdict)).toEqual([`lineTime ${at + 1}`]);
    const clock = (ms: number): string => new Date(ms + 9 * 3_600_000).toISOString().slice(0, 23).replace('T', ' ');
    expect(heard(verdict)).toBe(`${at + 1}行目の時刻が${clock(event.at - 3_600_000)}になっています。記録された時刻は${clock(event.at)}です。`);
    // A forger who changes the log along with it is found by what was signed around it.
    const clever = await checks(await forged(file, (t) => {
      const { i, fields: _fields, ...envelope } = { ...event, at: event.at - 3_600_000 };
      lines(t, (all) => all.with(at, canonical({ ...event, at: event.at - 3_600_000 })));
      lines(t, (all) => all.map((one) => (one.includes(`"i":${i},`) ? canonical({ i, ...leafFor(envelope), shown: 'line' }) : one)), 'log.jsonl');
      covers(t);
    }));
    expect(found(clever)).toEqual(['manifestChanged', 'timeBefore', 'rootDiffers']);
  });

  it('finds it where the database itself was changed', async () => {
    const { pool } = box.stair;
    const event = JSON.parse(texts.get('events.jsonl')!.split('\n')[at]!) as EventLine;
    await pool.query('update event set at = at - 60000 where id = $1', [event.id]);
    try {
      const verdict = await checks(await takesOut({ incident }));
      expect(found(verdict)).toEqual([`notAsRecorded ${at + 1}`]);
    } finally {
      await pool.query('update event set at = at + 60000 where id = $1', [event.id]);
    }
    await pool.query(`update event_body b set json = jsonb_set(json, '{text}', '"別の言葉"') from event e where e.stream = b.stream and e.seq = b.seq and e.id = $1 and e.n = 0`, [event.id]);
    try {
      expect(found(await checks(await takesOut({ incident })))).toEqual([`lineWords ${at + 1}`]);
    } finally {
      await pool.query(`update event_body b set json = jsonb_set(json, '{text}', $2) from event e where e.stream = b.stream and e.seq = b.seq and e.id = $1 and e.n = 0`, [event.id, JSON.stringify(event.fields['text']!.value)]);
    }
    expect(found(await checks(await takesOut({ incident })))).toEqual([]);
  });

  it('finds it where all was made anew and signed again, by the checkpoints that were kept in another place', async () => {
    const kept = await readFile(elsewhere, 'utf8');
    const good = await checks(await takesOut({ incident }), kept);
    expect(found(good)).toEqual([]);
    expect(good.proven!.kept).toBeGreaterThan(5);
    const { pool } = box.stair;
    const tables = ['record_leaf', 'record_cursor', 'record_checkpoint', 'record_log'];
    for (const table of tables) await pool.query(`create table kept_${table} as select * from ${table}`);
    const event = JSON.parse(texts.get('events.jsonl')!.split('\n')[at]!) as EventLine;
    await pool.query('update event set at = at - 60000 where id = $1', [event.id]);
    await pool.query(`delete from record_leaf; delete from record_cursor; delete from record_checkpoint; update record_log set size = 0, peaks = ''`);
    const anew = await takesOut({ incident });
    // By itself it says nothing false of itself; the other place does.
    expect(found(await checks(anew))).toEqual([]);
    expect(new Set(found(await checks(anew, kept)))).toEqual(new Set(['keptHidden', 'keptDiffers']));
    await pool.query('update event set at = at + 60000 where id = $1', [event.id]);
    for (const table of tables) await pool.query(`delete from ${table}; insert into ${table} select * from kept_${table}; drop table kept_${table}`);
  });

  it('R8 is told in clear words of a file that was cut off, of one that is none, and of another’s key', async () => {
    const bytes = await readFile(file);
    const half = join(folder, 'half.zip');
    await writeFile(half, bytes.subarray(0, bytes.length >> 1));
    expect(heard(await checks(half))).toBe('ファイルが途中で切れています（zipの終わりがありません）。何も証明できません。もう一度受け取るか、書き出し直してください。');
    await writeFile(half, '狼煙');
    expect(found(await checks(half))).toEqual(['noZip']);
    await writeFile(half, '');
    expect(found(await checks(half))).toEqual(['noZip']);
    expect(found(await checks(await forged(file, (t) => t.clear())))).toEqual(['noExport']);
    expect(found(await checks(await forged(file, (t) => t.delete('log.jsonl'))))).toEqual(['partMissing']);
    const stranger = (await openSigner()).key(log.origin);
    const other = await checks(await forged(file, (t) => {
      const manifest = JSON.parse(t.get('manifest.json')!) as Manifest;
      t.set('manifest.json', t.get('manifest.json')!.replace(manifest.keys[0]!, `${stranger.name}+${Buffer.from(stranger.id).toString('hex')}+${Buffer.concat([Buffer.of(1), stranger.bytes]).toString('base64')}`));
    }));
    expect(found(other)).toEqual(expect.arrayContaining(['manifestChanged', 'checkpointSignature']));
  });

  it('finds any byte that is changed in the file as it lies on the disk', async () => {
    const bytes = await readFile(file);
    const dir = await unzip(await sourceOf(file));
    expect(dir.size).toBeGreaterThan(5);
    const begins = bytes.indexOf('events.jsonl') + 'events.jsonl'.length;
    for (let k = 0; k < 60; k++) {
      const at = begins + k * 13;
      const other = Buffer.from(bytes);
      other[at]! ^= 1 << (k % 8);
      await writeFile(join(folder, 'flipped.zip'), other);
      expect((await checks(join(folder, 'flipped.zip'))).proven, `${at}`).toBeUndefined();
    }
  });
});
