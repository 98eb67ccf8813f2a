import { hotline } from '@noroshi/e2e/box';
import { say } from '@noroshi/features/talk';
import { backUp, filesIn, restore } from '@noroshi/foundations/backup';
import { freshDatabase } from '@noroshi/foundations/database/testing';
import { migrations } from '@noroshi/server/migrations';
import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'noroshi 控え '));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const tables = async (pool: Awaited<ReturnType<typeof freshDatabase>>['pool']): Promise<Record<string, string[]>> => {
  const { rows } = await pool.query<{ name: string }>(`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition`);
  const all: Record<string, string[]> = {};
  for (const { name } of rows) if (name !== 'migration') all[name] = (await pool.query<{ row: string }>(`select t::text as row from "${name}" t order by 1`)).rows.map((r) => r.row);
  return all;
};

describe('a backup', () => {
  it('brings back every row and every file, taken while people go on talking', async () => {
    const box = await hotline();
    const files = join(folder, 'files');
    mkdirSync(join(files, 'ab'), { recursive: true });
    writeFileSync(join(files, 'ab', '写真.jpg'), Buffer.alloc(300_000, 7));
    writeFileSync(join(files, 'empty'), '');
    for (let i = 0; i < 50; i++) await box.does('taro', say, { room: box.groupC, text: `浸水 ${i} \t\\ "引用"\n二行目` });
    const file = join(folder, 'one.tar.gz');
    // They do not stop for it.
    let stop = false;
    const talking = (async () => { for (let i = 0; !stop; i++) await box.does('aoi', say, { room: box.groupC, text: `その間に ${i}` }); })();
    const end = await backUp(box.stair.pool, files, createWriteStream(file), Date.now());
    stop = true;
    await talking;

    const place = await freshDatabase({ empty: true });
    const back = join(folder, 'back', 'files');
    await restore(place.pool, back, createReadStream(file), migrations);
    const restored = await tables(place.pool);
    expect(restored.event!.length).toBe(end.tables.event!.rows);
    expect(restored.event!.length).toBeGreaterThan(50);
    // Everything of that moment, and nothing of later: as the original would have been.
    const heads = await place.pool.query<{ no: number; head: number; n: number }>('select s.no, s.head, (select count(*)::int from event e where e.stream = s.no) as n from stream s');
    expect(heads.rows.every((s) => s.head === s.n)).toBe(true);
    const original = await tables(box.stair.pool);
    for (const [name, rows] of Object.entries(restored)) if (name !== 'stream' && name !== 'history') expect(original[name], name).toEqual(expect.arrayContaining(rows));
    expect(await filesIn(back)).toEqual(['ab/写真.jpg', 'empty']);
    expect(readFileSync(join(back, 'ab', '写真.jpg')).equals(readFileSync(join(files, 'ab', '写真.jpg')))).toBe(true);

    // At rest, what is restored is equal to the letter.
    const second = join(folder, 'two.tar.gz');
    await backUp(place.pool, back, createWriteStream(second), 0);
    const again = await freshDatabase({ empty: true });
    await restore(again.pool, join(folder, 'again', 'files'), createReadStream(second), migrations);
    // But for the history: devices that held more than the archive know by it that they start over.
    const { history, ...rest } = await tables(again.pool);
    const { history: before, ...same } = restored;
    expect(rest).toEqual(same);
    expect(history).not.toEqual(before);
    await again.close();
    await place.close();
    await box.close();
  });

  it('that finds the disk full says so, and neither hangs nor takes the process along', async () => {
    const box = await hotline();
    const many = join(folder, 'many');
    mkdirSync(many);
    for (let i = 0; i < 20; i++) writeFileSync(join(many, String(i)), randomBytes(100_000));
    for (const room of [0, 300_000]) {
      let left = room;
      const disk = new Writable({ write(chunk: Buffer, _encoding, done) { left -= chunk.length; done(left < 0 ? Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' }) : null); } });
      await expect(backUp(box.stair.pool, many, disk, 0)).rejects.toThrow('ENOSPC');
    }
    // The pool has lost none of its room.
    await Promise.all(Array.from({ length: 20 }, () => box.stair.pool.query('select 1')));
    await box.close();
  });

  it('that is cut off or changed is refused in words and leaves the place empty', async () => {
    const box = await hotline();
    for (let i = 0; i < 20; i++) await box.does('taro', say, { room: box.groupC, text: `浸水 ${i}` });
    const file = join(folder, 'three.tar.gz');
    await backUp(box.stair.pool, join(folder, 'none'), createWriteStream(file), 0);
    const whole = readFileSync(file);
    const place = await freshDatabase({ empty: true });
    for (const bytes of [whole.subarray(0, whole.length / 2), whole.subarray(0, whole.length - 30), Buffer.from('これは控えではない'), Buffer.alloc(0)]) {
      await expect(restore(place.pool, join(folder, 'never'), Readable.from([bytes]), migrations)).rejects.toThrow('Nothing was restored');
      expect(await tables(place.pool)).toEqual({});
    }
    await restore(place.pool, join(folder, 'never'), Readable.from([whole]), migrations);
    await expect(restore(place.pool, join(folder, 'never'), Readable.from([whole]), migrations)).rejects.toThrow('not empty');
    await place.close();
    await box.close();
  });
});
