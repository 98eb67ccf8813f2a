import { execFileSync } from 'node:child_process';
import { chmodSync, closeSync, existsSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Postgres, signal } from './database.ts';

/** How large the disk of a round is: what a house begins with, and room for a round's work. In megabytes. */
const diskSize = 320;

const prefix = 'noroshi-faults-';

/** Where one round's data lie: a disk of their own where the system lets us make one, so that it can be full. */
export interface Ground {
  readonly folder: string;
  /** Why this disk cannot be filled; absent where it can. */
  readonly cannotFill: string | undefined;
  /** Leaves not a byte on the disk. */
  fill(): void;
  /** Gives the room back. */
  clear(): void;
  remove(): void;
}

/**
 * Makes the ground of a round and puts a copy of a house on it.
 * @param size of the disk in megabytes; on the usual one there is no room for photographs and files
 */
export function makeGround(house: string, size = diskSize): Ground {
  sweep();
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  // PostgreSQL runs as another user where root starts it.
  chmodSync(folder, 0o711);
  const cannotFill = ownDisk(folder, size);
  // A plain copy does not keep whose it is.
  execFileSync('cp', ['-a', `${house}/.`, folder]);
  chmodSync(folder, 0o711);
  const ballast = join(folder, 'ballast');
  return {
    folder, cannotFill,
    fill() {
      if (cannotFill !== undefined) return;
      const file = openSync(ballast, 'w');
      try {
        for (const size of [1 << 20, 4096]) fillWith(file, Buffer.alloc(size));
      } finally {
        closeSync(file);
      }
    },
    clear: () => rmSync(ballast, { force: true }),
    remove: () => remove(folder, cannotFill === undefined),
  };
}

function remove(folder: string, isMounted: boolean): void {
  if (isMounted) execFileSync('umount', ['-l', folder], { stdio: 'pipe' });
  rmSync(folder, { recursive: true, force: true });
}

/** Removes what rounds that were killed have left behind. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || existsSync(`/proc/${pid}`)) continue;
    const folder = join(tmpdir(), name);
    // Of one house, or of two.
    for (const house of ['', 'ehime', 'hiroshima']) signal(new Postgres(join(folder, house, 'postgres')).pid, 'SIGKILL');
    try {
      remove(folder, true);
    } catch {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** @returns why there is none */
function ownDisk(folder: string, size: number): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root can mount a small disk';
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}m,mode=0711`, 'noroshi-faults', folder], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return `this system lets nobody mount a small disk (${(error as Error).message.split('\n')[0]})`;
  }
}

function fillWith(file: number, bytes: Buffer): void {
  for (;;) {
    try {
      writeSync(file, bytes);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return;
      throw error;
    }
  }
}
