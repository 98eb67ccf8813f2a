import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import tar from 'tar-stream';

/** The version of the archive's form. */
export const archiveFormat = 1;
/** A table travels in pieces, so that memory stays small however large it is (bytes). */
const pieceSize = 4 * 1024 * 1024;

/** What stands at the head of an archive: enough to make the place it is restored to. */
export interface ArchiveHead {
  readonly format: number;
  readonly madeAt: number;
  readonly migrations: readonly string[];
  readonly tables: readonly TableForm[];
}

export interface TableForm { readonly name: string; readonly columns: readonly string[] }

/** What stands at its end: only an archive that has it is whole. */
export interface ArchiveEnd {
  readonly tables: Readonly<Record<string, { rows: number; sha256: string }>>;
  readonly files: Readonly<Record<string, { size: number; sha256: string }>>;
  readonly sequences: Readonly<Record<string, number>>;
}

/**
 * Writes everything (all rows of one moment, and all files) as one gzipped tar. May run beside a working server:
 * the rows are read in one repeatable-read transaction, and files never change once they are named by a row.
 * @param files the folder of files; need not exist
 * @throws when the database or the disk fails; the archive is then without its end, and restoring refuses it
 */
export async function backUp(pool: pg.Pool, files: string, out: Writable, now: number): Promise<ArchiveEnd> {
  const archive = tar.pack();
  const written = pipeline(archive, createGzip(), out);
  // Told by `written`; said a second time with nobody to hear it, it would end the process.
  archive.on('error', () => undefined);
  // A disk that is full is heard of here, while we are waiting to hand on more.
  const broken = new Promise<never>((_, fail) => void written.catch(fail));
  const client = await pool.connect();
  let failed: Error | undefined;
  try {
    return await Promise.race([writeAll(client, archive, written, files, now), broken]);
  } catch (error) {
    failed = error as Error;
    archive.destroy(failed);
    await written.catch(() => undefined);
    throw error;
  } finally {
    // What was cut off may still be reading: its connection goes with it.
    client.release(failed);
  }
}

async function writeAll(client: pg.PoolClient, archive: tar.Pack, written: Promise<void>, files: string, now: number): Promise<ArchiveEnd> {
  await client.query('begin isolation level repeatable read read only');
  const head: ArchiveHead = { format: archiveFormat, madeAt: now, migrations: await migrationsOf(client), tables: await tablesOf(client) };
  await put(archive, 'head.json', Buffer.from(JSON.stringify(head, null, 1)));
  const end: { tables: Record<string, { rows: number; sha256: string }>; files: Record<string, { size: number; sha256: string }>; sequences: Record<string, number> } = { tables: {}, files: {}, sequences: await sequencesOf(client) };
  for (const table of head.tables) end.tables[table.name] = await putTable(archive, client, table);
  await client.query('commit');
  for (const path of await filesIn(files)) {
    const told = await putFile(archive, files, path);
    if (told) end.files[path] = told;
  }
  await put(archive, 'end.json', Buffer.from(JSON.stringify(end, null, 1)));
  archive.finalize();
  await written;
  return end;
}

export async function migrationsOf(client: pg.PoolClient): Promise<string[]> {
  return (await client.query<{ name: string }>('select name from migration order by name collate "C"')).rows.map((r) => r.name);
}

/** Tables in an order in which each comes after those it refers to; partitions are reached through their parent. */
export async function tablesOf(client: pg.PoolClient): Promise<TableForm[]> {
  const { rows: tables } = await client.query<{ name: string; columns: string[] }>(`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      and c.relname <> 'migration'
    group by c.relname order by c.relname`);
  const { rows: ties } = await client.query<{ from: string; to: string }>(`
    select f.relname as "from", t.relname as "to" from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
    where k.contype = 'f' and k.conparentid = 0`);
  const ordered: TableForm[] = [];
  const waiting = new Map(tables.map((t) => [t.name, t]));
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter((t) => !ties.some((tie) => tie.from === t.name && tie.to !== t.name && waiting.has(tie.to)));
    if (ready.length === 0) throw new Error(`tables refer to each other in a circle: ${[...waiting.keys()].join(', ')}`);
    for (const table of ready) {
      ordered.push(table);
      waiting.delete(table.name);
    }
  }
  return ordered;
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The rows of a table in COPY's text form, in a fixed order, so that equal tables have equal hashes. */
export function copyOut(table: TableForm): string {
  const columns = table.columns.map(quoted).join(', ');
  return `copy (select ${columns} from ${quoted(table.name)} order by ${columns}) to stdout`;
}

async function putTable(archive: tar.Pack, client: pg.PoolClient, table: TableForm): Promise<{ rows: number; sha256: string }> {
  const hash = createHash('sha256');
  const copy = client.query(copyTo(copyOut(table)));
  let piece: Buffer[] = [];
  let size = 0;
  let n = 0;
  let rows = 0;
  const flush = async (): Promise<void> => {
    if (size === 0) return;
    await put(archive, `tables/${table.name}/${String(++n).padStart(6, '0')}`, Buffer.concat(piece));
    piece = [];
    size = 0;
  };
  for await (const chunk of copy as AsyncIterable<Buffer>) {
    hash.update(chunk);
    rows += rowsIn(chunk);
    piece.push(chunk);
    size += chunk.length;
    if (size >= pieceSize) await flush();
  }
  await flush();
  return { rows, sha256: hash.digest('hex') };
}

/** Rows that end in this piece of a copy: within a row a new line is written as \\n. The stream's own count may come after its end. */
export function rowsIn(chunk: Buffer): number {
  let rows = 0;
  for (const byte of chunk) if (byte === 0x0a) rows += 1;
  return rows;
}

async function sequencesOf(client: pg.PoolClient): Promise<Record<string, number>> {
  const { rows } = await client.query<{ name: string; last: number | null }>(`select sequencename as name, last_value as last from pg_sequences where schemaname = 'public'`);
  return Object.fromEntries(rows.filter((r) => r.last !== null).map((r) => [r.name, r.last!]));
}

/** Paths of all files below a folder, with forward slashes, in order. */
export async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries.filter((e) => e.isFile()).map((e) => relative(folder, join(e.parentPath, e.name)).split(sep).join('/')).sort();
}

async function putFile(archive: tar.Pack, folder: string, path: string): Promise<{ size: number; sha256: string } | undefined> {
  // What is taken away while we read was not named by any row of our moment that still needs it.
  const found = await stat(join(folder, path)).catch(() => undefined);
  if (!found) return undefined;
  const hash = createHash('sha256');
  const { size } = found;
  await new Promise<void>((done, fail) => {
    const entry = archive.entry({ name: `files/${path}`, size, mode: 0o600, mtime: found.mtime }, (error) => (error ? fail(error) : done()));
    // An upload under way may grow while it is read: what it was when we looked is what is kept.
    const source = createReadStream(join(folder, path), size > 0 ? { end: size - 1 } : { end: 0 });
    source.on('data', (chunk) => void hash.update(chunk));
    source.on('error', fail);
    entry.on('error', fail);
    if (size > 0) source.pipe(entry);
    else {
      source.destroy();
      entry.end(Buffer.alloc(0));
    }
  });
  return { size, sha256: hash.digest('hex') };
}

function put(archive: tar.Pack, name: string, content: Buffer): Promise<void> {
  return new Promise((done, fail) => {
    archive.entry({ name, size: content.length, mode: 0o600 }, content, (error) => (error ? fail(error) : done())).on('error', fail);
  });
}
