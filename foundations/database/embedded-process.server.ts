import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { logFile, logSize } from './embedded-log.server.ts';
import type { Place } from './embedded-place.server.ts';
import type { Programs } from './embedded-programs.server.ts';
import { isAlive } from './is-alive.server.ts';

const LOG_LIMIT = 10 * 1024 * 1024;

/** Starts the postmaster on a cluster. @param more settings beside ours */
export function spawnPostgres(place: Place, programs: Programs, port: number, more: Record<string, string>): ChildProcess {
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

/** As whom, where and with which few variables each of PostgreSQL's programs runs. */
export function surroundings(place: Place) {
  return {
    ...place.runAs,
    // Our own folder may be one that this user cannot enter.
    cwd: place.runAs ? '/' : place.home,
    ...(process.platform === 'win32' ? {} : { env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' } }),
  };
}

/** What PostgreSQL says of itself in its postmaster.pid. To knock instead would cost it a process each time, while it has other things to do. */
export function isUp(place: Place, child: ChildProcess): boolean {
  try {
    const lines = readFileSync(join(place.cluster, 'postmaster.pid'), 'utf8').split('\n');
    return Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

/** Reads postmaster.pid, and believes it only when that process is PostgreSQL on this very cluster. */
export function runningPostmaster(place: Place): { pid: number; port: number } | undefined {
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
export async function halt(pid: number, place: Place, programs: Programs): Promise<void> {
  askToStop(pid, place, programs);
  if (await diesWithin(pid, 20_000)) return;
  signal(pid, 'SIGQUIT');
  if (await diesWithin(pid, 5_000)) return;
  signal(pid, 'SIGKILL');
  await diesWithin(pid, 5_000);
}

/** Asks for a fast stop and does not wait for it. */
export function askToStop(pid: number, place: Place, programs: Programs): void {
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

/** Whether a process of ours has ended, or never began. */
export function hasExited(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

/** How a process of ours ends; where it could not begin, why. */
export function exitOf(child: ChildProcess): Promise<{ code: number | null; error?: Error }> {
  return new Promise((done) => {
    child.once('exit', (code) => done({ code }));
    child.once('error', (error) => done({ code: null, error }));
  });
}
