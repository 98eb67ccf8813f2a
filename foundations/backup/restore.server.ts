import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { CannotStart, migrate, type Migration } from '@noroshi/foundations/database';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import tar from 'tar-stream';
import { archiveFormat, copyOut, quoted, rowsIn, type ArchiveEnd, type ArchiveHead } from './back-up.server.ts';

/**
 * Restores an archive into an empty database and an empty folder, and proves it: each table is read back and must
 * have the hash that it had, each file too. Rows come in one transaction, and files under another name first, so that
 * a broken archive leaves nothing behind.
 * @throws CannotStart in words when the place is not empty, the archive is cut off or changed, or comes from a newer version
 */
export async function restore(pool: pg.Pool, files: string, archive: Readable, migrations: readonly Migration[]): Promise<ArchiveEnd> {
  await mustBeEmpty(pool, files);
  const half = `${files}.restoring`;
  await rm(half, { recursive: true, force: true });
  const extract = tar.extract();
  const arriving = pipeline(archive, createGunzip(), extract);
  arriving.catch(() => undefined);
  const client = await pool.connect();
  let head: ArchiveHead | undefined;
  let end: ArchiveEnd | undefined;
  try {
    const found = { files: {} as Record<string, { size: number; sha256: string }> };
    let table: { name: string; stream: NodeJS.WritableStream; done: Promise<void> } | undefined;
    const finishTable = async (): Promise<void> => {
      table?.stream.end();
      await table?.done;
      table = undefined;
    };
    for await (const entry of extract) {
      const { name } = entry.header;
      if (name === 'head.json') {
        head = JSON.parse((await all(entry)).toString()) as ArchiveHead;
        await prepare(pool, client, head, migrations);
      } else if (name.startsWith('tables/') && head) {
        const of = name.split('/')[1]!;
        const form = head.tables.find((t) => t.name === of);
        if (!form) throw damaged();
        if (table?.name !== of) {
          await finishTable();
          const stream = client.query(copyFrom(`copy ${quoted(of)} (${form.columns.map(quoted).join(', ')}) from stdin`));
          table = { name: of, stream, done: new Promise((done, fail) => stream.on('finish', done).on('error', fail)) };
          table.done.catch(() => undefined);
        }
        for await (const chunk of entry as AsyncIterable<Buffer>) {
          if (!table.stream.write(chunk)) await Promise.race([new Promise((drained) => table!.stream.once('drain', drained)), table.done]);
        }
      } else if (name.startsWith('files/')) {
        await finishTable();
        const path = name.slice('files/'.length);
        found.files[path] = await putFile(half, path, entry as unknown as Readable);
      } else if (name === 'end.json') {
        await finishTable();
        end = JSON.parse((await all(entry)).toString()) as ArchiveEnd;
      } else throw damaged();
    }
    await arriving;
    if (!head || !end) throw damaged();
    await prove(client, head, end, found.files);
    for (const [name, last] of Object.entries(end.sequences)) await client.query('select setval($1::regclass, $2)', [quoted(name), last]);
    // Devices may hold numbers that this archive had not reached: by a new history they know to start over.
    if (head.tables.some((t) => t.name === 'history')) await client.query('update history set id = gen_random_uuid()');
    await client.query('commit');
    if (Object.keys(found.files).length > 0) {
      await rm(files, { recursive: true, force: true });
      await mkdir(dirname(files), { recursive: true });
      await rename(half, files);
    }
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    await rm(half, { recursive: true, force: true });
    await emptyAgain(client, head);
    throw explain(error as Error & { code?: string });
  } finally {
    client.release();
  }
  // What this version knows beyond the archive's comes on top.
  await migrate(pool, migrations);
  return end;
}

async function mustBeEmpty(pool: pg.Pool, files: string): Promise<void> {
  const { rows } = await pool.query<{ n: number }>(`select count(*)::int as n from pg_class c join pg_namespace s on s.oid = c.relnamespace where s.nspname = 'public' and c.relkind in ('r', 'p')`);
  if (rows[0]!.n > 0) throw new CannotStart('データベースが空ではありません。NOROSHI_DATA で空のフォルダーを、または DATABASE_URL で空のデータベースを指定して、そこに戻してください。', 'The database is not empty. Restore into a new one: choose an empty folder with NOROSHI_DATA, or an empty database with DATABASE_URL.');
  const there = await readdir(files).catch(() => []);
  if (there.length > 0) throw new CannotStart(`フォルダー ${files} が空ではありません。NOROSHI_DATA で空の場所を指定して、そこに戻してください。`, `The folder ${files} is not empty. Restore into an empty one: choose it with NOROSHI_DATA.`);
}

/** Makes the tables as they were when the archive was made, without the rows that migrations put into them. */
async function prepare(pool: pg.Pool, client: pg.PoolClient, head: ArchiveHead, migrations: readonly Migration[]): Promise<void> {
  if (head.format !== archiveFormat) throw new CannotStart(`この控えは形式 ${head.format} で、この版が読むのは形式 ${archiveFormat} です。`, `This archive has form ${head.format}, and this version reads form ${archiveFormat}.`);
  const known = new Map(migrations.map((m) => [m.name, m]));
  const stranger = head.migrations.find((name) => !known.has(name));
  if (stranger !== undefined) throw new CannotStart(`この控えは、より新しい狼煙のものです（移行 ${stranger} を知っています）。その版で戻してください。`, `This archive comes from a newer Noroshi (it knows the migration ${stranger}). Restore it with that version.`);
  await migrate(pool, head.migrations.map((name) => known.get(name)!));
  await client.query('begin');
  if (head.tables.length > 0) await client.query(`truncate ${head.tables.map((t) => quoted(t.name)).join(', ')}`);
}

async function prove(client: pg.PoolClient, head: ArchiveHead, end: ArchiveEnd, files: ArchiveEnd['files']): Promise<void> {
  for (const table of head.tables) {
    const told = end.tables[table.name];
    const hash = createHash('sha256');
    const copy = client.query(copyTo(copyOut(table)));
    let rows = 0;
    for await (const chunk of copy as AsyncIterable<Buffer>) {
      hash.update(chunk);
      rows += rowsIn(chunk);
    }
    if (!told || told.rows !== rows || told.sha256 !== hash.digest('hex')) throw new CannotStart(`表 ${table.name} が、控えを作ったときと違います。何も戻していません。`, `The table ${table.name} is not what it was when the archive was made. Nothing was restored.`);
  }
  const names = new Set([...Object.keys(end.files), ...Object.keys(files)]);
  for (const name of names) {
    if (end.files[name]?.sha256 !== files[name]?.sha256) throw new CannotStart(`ファイル ${name} が、控えを作ったときと違います。何も戻していません。`, `The file ${name} is not what it was when the archive was made. Nothing was restored.`);
  }
}

/** Takes back the tables that were made for an archive which then failed, so that the place is empty as before. */
async function emptyAgain(client: pg.PoolClient, head: ArchiveHead | undefined): Promise<void> {
  if (!head) return;
  const names = [...head.tables.map((t) => t.name), 'migration'];
  await client.query(`drop table if exists ${names.map(quoted).join(', ')} cascade`).catch(() => undefined);
}

async function putFile(folder: string, path: string, content: Readable): Promise<{ size: number; sha256: string }> {
  const safe = normalize(path);
  // An archive may have been made by someone else: nothing leaves the folder.
  if (safe.startsWith('..') || safe.startsWith('/') || safe.includes('\0')) throw damaged();
  await mkdir(dirname(join(folder, safe)), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  let size = 0;
  const count = new PassThrough();
  count.on('data', (chunk: Buffer) => {
    hash.update(chunk);
    size += chunk.length;
  });
  await pipeline(content, count, createWriteStream(join(folder, safe), { mode: 0o600 }));
  return { size, sha256: hash.digest('hex') };
}

async function all(entry: AsyncIterable<unknown>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of entry) parts.push(part as Uint8Array);
  return Buffer.concat(parts);
}

const damaged = (): CannotStart => new CannotStart('このファイルは、狼煙の控えとして途中で切れているか、壊れています。何も戻していません。', 'This file is not a whole backup of Noroshi: it is cut off or damaged. Nothing was restored.');

function explain(error: Error & { code?: string }): Error {
  if (error instanceof CannotStart) return error;
  // gzip and tar name what is broken in their own words; PostgreSQL says so of rows (class 22 and 23).
  const broken = error.code?.startsWith('Z_') || /unexpected end|invalid tar|premature close/i.test(error.message) || /^2[23]/.test(error.code ?? '') || error instanceof SyntaxError;
  return broken ? damaged() : error;
}
