import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { CannotStart } from './cannot-start.server.ts';
import { checkVersion, makeCluster, readPassword } from './embedded-cluster.server.ts';
import { lastLines, logFile, logSince, logSize } from './embedded-log.server.ts';
import { stopOrphan, systemClient, takeOwnership, tryLock, urlOf } from './embedded-owner.server.ts';
import { erasePlace, findPlace } from './embedded-place.server.ts';
import { choosePort } from './embedded-port.server.ts';
import { askToStop, exitOf, halt, hasExited, runningPostmaster, spawnPostgres } from './embedded-process.server.ts';
import { findPrograms } from './embedded-programs.server.ts';

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
    url: urlOf(port, password),
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
    return urlOf(running.port, password);
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
