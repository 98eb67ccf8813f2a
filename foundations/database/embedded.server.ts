import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { release } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { CannotStart } from './cannot-start.server.ts';
import { erasePlace, findPlace, type Place } from './embedded-place.server.ts';
import { findPrograms, type Programs } from './embedded-programs.server.ts';
import { isAlive } from './is-alive.server.ts';

const USER = 'noroshi';
const DATABASE = 'noroshi';
const SYSTEM_DATABASE = 'postgres';
/** Held by the living Noroshi on its own connection: when that process dies, however it dies, the lock is gone. */
const OWNER_LOCK = 0x6e6f726f;
const LOG_LIMIT = 10 * 1024 * 1024;

export type EmbeddedOptions = {
  /** Everything of this database is found again through this folder. */
  folder: string;
  /** PostgreSQL settings beside ours. */
  settings?: Record<string, string>;
  /** Called when PostgreSQL died and could not be brought back. */
  onLost?: (error: Error) => void;
};

export type Embedded = {
  /** Where to connect. Stays the same when PostgreSQL has to be restarted beneath us. */
  url: string;
  /** The number of the postmaster's process. */
  pid(): number;
  /** Stops PostgreSQL cleanly. May be called twice. */
  stop(): Promise<void>;
};

/**
 * Starts a PostgreSQL of our own, making its cluster the first time.
 *
 * After a `kill -9` of Node the old PostgreSQL is still running: it is found by its postmaster.pid and
 * stopped, unless another living Noroshi owns it. After a `kill -9` of PostgreSQL it is started again
 * and recovers what was committed.
 */
export async function openEmbedded({ folder, settings = {}, onLost }: EmbeddedOptions): Promise<Embedded> {
  const place = findPlace(folder);
  const programs = findPrograms(place);
  if (!existsSync(place.cluster)) await makeCluster(place, programs);
  checkVersion(place);
  const password = readPassword(place);
  await stopOrphan(place, programs, password);

  let port = await choosePort(place);
  let closing = false;
  let child!: ChildProcess;
  let lock: pg.Client | undefined;
  let recovering: Promise<void> | undefined;

  const start = async (mayMove: boolean): Promise<void> => {
    for (let attempt = 1; ; attempt++) {
      const logFrom = logSize(place);
      child = spawnPostgres(place, programs, port, settings);
      const ended = exitOf(child);
      try {
        lock = await takeOwnership(place, child, port, password, () => hasExited(child));
        break;
      } catch (error) {
        if (!hasExited(child)) {
          await halt(child.pid!, place, programs);
          throw error;
        }
        await ended;
        const log = logSince(place, logFrom);
        // Backends of a killed postmaster take a moment to notice; then the memory they share is free again.
        const passing = /shared memory block|lock file .* already exists|could not bind|Address already in use/i.test(log);
        if (!passing || attempt >= 100) {
          throw new CannotStart(`PostgreSQLが始まりませんでした。最後の言葉：${lastLines(log) || 'なし'}（記録：${logFile(place)}）`, `PostgreSQL did not start. Its last words: ${lastLines(log) || 'none'} (log: ${logFile(place)})`);
        }
        if (/could not bind|Address already in use/i.test(log) && mayMove) port = await choosePort(place);
        else await stopOrphan(place, programs, password);
        await pause(100);
      }
    }
    child.once('exit', () => {
      if (!closing) recovering = recover();
    });
    keepOwnership(lock, child);
  };

  /** A crash of one backend resets all connections, ours with the lock too. */
  const keepOwnership = (held: pg.Client, of: ChildProcess): void => {
    held.once('end', () => {
      if (closing || hasExited(of)) return;
      takeOwnership(place, of, port, password, () => closing || hasExited(of)).then(
        (again) => {
          lock = again;
          if (closing) void again.end();
          else keepOwnership(again, of);
        },
        () => undefined,
      );
    });
  };

  const recover = async (): Promise<void> => {
    try {
      await start(false);
    } catch (error) {
      if (!closing) onLost?.(error as Error);
    }
  };

  // Whoever leaves without saying goodbye (an uncaught error) still takes PostgreSQL along.
  const atExit = () => {
    if (child.pid && !hasExited(child)) askToStop(child.pid, place, programs);
  };

  await start(true);
  process.on('exit', atExit);

  return {
    url: `postgres://${USER}:${password}@127.0.0.1:${port}/${DATABASE}`,
    pid: () => child.pid!,
    async stop() {
      closing = true;
      process.off('exit', atExit);
      await recovering;
      await lock?.end().catch(() => undefined);
      lock = undefined;
      if (child.pid && !hasExited(child)) await halt(child.pid, place, programs);
    },
  };
}

/** Where the PostgreSQL of a folder can be reached while a Noroshi runs it; `undefined` when none does. For a second program, such as the backup. */
export async function reachEmbedded(folder: string): Promise<string | undefined> {
  if (!existsSync(folder)) return undefined;
  const place = findPlace(folder);
  const running = existsSync(place.cluster) ? runningPostmaster(place) : undefined;
  if (!running) return undefined;
  const password = readPassword(place);
  const client = systemClient(running.port, password);
  try {
    await client.connect();
    // Held by nobody: a killed server left it behind, and whoever opens it next will see to that.
    if (await tryLock(client)) return undefined;
    return `postgres://${USER}:${password}@127.0.0.1:${running.port}/${DATABASE}`;
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Whether there is a database in a folder, running or not. Makes nothing. */
export function holdsEmbedded(folder: string): boolean {
  return existsSync(join(folder, 'place')) || existsSync(join(folder, 'cluster'));
}

/** Deletes the database of a folder, wherever it lies. Refuses while a living Noroshi uses it. */
export async function eraseEmbedded(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  const pointer = join(folder, 'place');
  const gone = existsSync(pointer) && !existsSync(readFileSync(pointer, 'utf8').trim());
  if (!gone) {
    const place = findPlace(folder);
    if (existsSync(place.cluster)) await stopOrphan(place, findPrograms(place), readPassword(place));
  }
  erasePlace(folder);
}

/** Makes the cluster under another name first, so that an interrupted first start leaves nothing half-made. */
async function makeCluster(place: Place, programs: Programs): Promise<void> {
  const half = `${place.cluster}.new`;
  const passwordForInitdb = join(place.home, 'password.new');
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  const password = randomBytes(24).toString('base64url');
  writeFileSync(passwordForInitdb, password, { mode: 0o600 });
  writeFileSync(join(place.home, 'password'), password, { mode: 0o600 });
  if (place.runAs) {
    chownSync(half, place.runAs.uid, place.runAs.gid);
    chownSync(passwordForInitdb, place.runAs.uid, place.runAs.gid);
  }
  try {
    const made = spawn(
      programs.initdb,
      ['-D', half, '-U', USER, `--pwfile=${passwordForInitdb}`, '--encoding=UTF8', '--locale=C.UTF-8', '--auth=scram-sha-256', '--data-checksums'],
      { ...surroundings(place), stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let words = '';
    made.stderr?.setEncoding('utf8').on('data', (text: string) => (words += text));
    const { code, error } = await exitOf(made);
    if (code !== 0) throw new CannotStart(`PostgreSQLがデータのフォルダー ${place.cluster} を作れませんでした：${lastLines(words) || error?.message || '理由は分かりません'}`, `PostgreSQL could not make its data folder ${place.cluster}: ${lastLines(words) || error?.message || 'no reason given'}.`);
    renameSync(half, place.cluster);
  } finally {
    rmSync(passwordForInitdb, { force: true });
    rmSync(half, { recursive: true, force: true });
  }
}

function spawnPostgres(place: Place, programs: Programs, port: number, more: Record<string, string>): ChildProcess {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Our queries are short; compiling them costs more than it saves.
    jit: 'off',
    // After a crash it sees to it that all it holds is on the disk: the whole disk at once, not a thousand files one by one.
    ...(syncsAtOnce() ? { recovery_init_sync_method: 'syncfs' } : {}),
    ...more,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  if (logSize(place) > LOG_LIMIT) renameSync(logFile(place), `${logFile(place)}.1`);
  const log = openSync(logFile(place), 'a', 0o600);
  try {
    return spawn(programs.postgres, ['-D', place.cluster, '-p', String(port), ...flags], {
      ...surroundings(place),
      stdio: ['ignore', log, log],
      // Ctrl-C in a terminal goes to the whole group. The server must finish its answers first, and then stop us.
      detached: process.platform !== 'win32',
    });
  } finally {
    closeSync(log);
  }
}

/** Before Linux 5.8 the system could keep a failed write to itself. */
function syncsAtOnce(): boolean {
  const [major = 0, minor = 0] = release().split('.').map(Number);
  return process.platform === 'linux' && (major > 5 || (major === 5 && minor >= 8));
}

/** Connects and takes the owner's lock; waits as long as PostgreSQL is still getting up, which after a crash may be minutes. */
async function takeOwnership(place: Place, child: ChildProcess, port: number, password: string, givenUp: () => boolean): Promise<pg.Client> {
  let until = Infinity;
  let locked = 0;
  for (;;) {
    if (!isUp(place, child) && !givenUp()) {
      await pause(20);
      continue;
    }
    until = Math.min(until, Date.now() + 60_000);
    const client = systemClient(port, password);
    try {
      await client.connect();
      if (await tryLock(client)) {
        await ensureDatabase(client);
        return client;
      }
      if (++locked > 100) throw inUse();
      await client.end();
    } catch (error) {
      await client.end().catch(() => undefined);
      const wrongPassword = (error as { code?: string }).code === '28P01';
      if (error instanceof CannotStart || givenUp() || wrongPassword || Date.now() > until) throw error;
    }
    await pause(20);
  }
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
  if (!rowCount) await client.query(`create database ${DATABASE}`);
}

async function tryLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [OWNER_LOCK]);
  return rows[0]?.mine === true;
}

/** Stops the PostgreSQL that a killed Noroshi left behind in this place, if there is one. */
async function stopOrphan(place: Place, programs: Programs, password: string): Promise<void> {
  const left = runningPostmaster(place);
  if (!left) return;
  // The connection of a process that was just killed may live for a moment longer than the process.
  const patience = Date.now() + 2_000;
  while (isAlive(left.pid)) {
    const client = systemClient(left.port, password);
    try {
      await client.connect();
      if (await tryLock(client)) {
        await client.end();
        await halt(left.pid, place, programs);
        return;
      }
      await client.end();
      if (Date.now() > patience) {
        throw inUse();
      }
    } catch (error) {
      await client.end().catch(() => undefined);
      if (error instanceof CannotStart) throw error;
      // It does not answer: it is starting, stopping, or stuck. Nobody can be using it.
      if (Date.now() > patience) return halt(left.pid, place, programs);
    }
    await pause(50);
  }
}

/** Reads postmaster.pid, and believes it only when that process is PostgreSQL on this very cluster. */
function runningPostmaster(place: Place): { pid: number; port: number } | undefined {
  const file = join(place.cluster, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!(pid > 1) || !isAlive(pid)) return undefined;
  const command = commandOf(pid);
  // Without a way to look (Windows), the file's word is taken.
  if (command !== undefined && !(command.includes('postgres') && command.includes(place.cluster))) return undefined;
  return { pid, port };
}

function commandOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    if (process.platform === 'win32') return undefined;
    return spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
  }
}

/** Asks for a fast stop, and insists when that takes too long. */
async function halt(pid: number, place: Place, programs: Programs): Promise<void> {
  askToStop(pid, place, programs);
  if (await diesWithin(pid, 20_000)) return;
  signal(pid, 'SIGQUIT');
  if (await diesWithin(pid, 5_000)) return;
  signal(pid, 'SIGKILL');
  await diesWithin(pid, 5_000);
}

function askToStop(pid: number, place: Place, programs: Programs): void {
  // On Windows a signal would be a murder.
  if (process.platform === 'win32') spawnSync(programs.pgCtl, ['stop', '-D', place.cluster, '-m', 'fast', '-W']);
  else signal(pid, 'SIGINT');
}

async function diesWithin(pid: number, milliseconds: number): Promise<boolean> {
  const until = Date.now() + milliseconds;
  while (isAlive(pid)) {
    if (Date.now() > until) return false;
    await pause(10);
  }
  return true;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone already, which is what was wanted.
  }
}

function hasExited(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

function exitOf(child: ChildProcess): Promise<{ code: number | null; error?: Error }> {
  return new Promise((done) => {
    child.once('exit', (code) => done({ code }));
    child.once('error', (error) => done({ code: null, error }));
  });
}

function surroundings(place: Place) {
  return {
    ...place.runAs,
    // Our own folder may be one that this user cannot enter.
    cwd: place.runAs ? '/' : place.home,
    ...(process.platform === 'win32' ? {} : { env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' } }),
  };
}

/** What PostgreSQL says of itself in its postmaster.pid. To knock instead would cost it a process each time, while it has other things to do. */
function isUp(place: Place, child: ChildProcess): boolean {
  try {
    const lines = readFileSync(join(place.cluster, 'postmaster.pid'), 'utf8').split('\n');
    return Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

/** The same port as last time if it is still free, so that a tool pointed at it goes on working. */
async function choosePort(place: Place): Promise<number> {
  const file = join(place.home, 'port');
  const last = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  const port = (last && (await tryPort(last))) || (await tryPort(0));
  if (!port) throw new CannotStart('PostgreSQLのための空いたポートが 127.0.0.1 にありません。', 'No port on 127.0.0.1 is free for PostgreSQL.');
  writeFileSync(file, `${port}\n`);
  return port;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(undefined));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' ? address?.port : undefined));
    });
  });
}

function systemClient(port: number, password: string): pg.Client {
  const client = new pg.Client({ host: '127.0.0.1', port, user: USER, password, database: SYSTEM_DATABASE, keepAlive: true });
  // The end of the process tells us more than the end of this connection.
  client.on('error', () => undefined);
  return client;
}

function checkVersion(place: Place): void {
  const version = readOrRefuse(join(place.cluster, 'PG_VERSION')).trim();
  if (version !== '18') {
    throw new CannotStart(`${place.cluster} のデータベースはPostgreSQL ${version} のものです。ここで使うのは18です。控えから戻してください。`, `The database in ${place.cluster} was made by PostgreSQL ${version}; this is 18. Restore it from a backup.`);
  }
}

function readPassword(place: Place): string {
  return readOrRefuse(join(place.home, 'password')).trim();
}

function readOrRefuse(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw missing
      ? new CannotStart(`ファイル ${file} がないので、このデータベースを開けません。元に戻すか、デモなら --fresh ではじめからにしてください。`, `The file ${file} is missing, so this database cannot be opened. Bring it back, or start the demo over with --fresh.`)
      : new CannotStart(`ファイル ${file} を、この利用者は読めません。作った利用者で狼煙を始めるか、NOROSHI_DATA で別の場所にしてください。`, `The file ${file} cannot be read by this user. Start Noroshi as the user that made it, or choose another folder with NOROSHI_DATA.`);
  }
}

function logFile(place: Place): string {
  return join(place.home, 'postgres.log');
}

function logSize(place: Place): number {
  return existsSync(logFile(place)) ? statSync(logFile(place)).size : 0;
}

function logSince(place: Place, from: number): string {
  return readFileSync(logFile(place)).subarray(from).toString('utf8');
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-4).join(' / ');
}

const inUse = (): CannotStart => new CannotStart('別の狼煙がこのデータのフォルダーを使っています。先にそれを止めるか、NOROSHI_DATA で別の場所にしてください。', 'Another Noroshi is using this data folder. Stop it first, or choose another folder with NOROSHI_DATA.');
