import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart } from './cannot-start.server.ts';

/** A system user, by number. */
export type SystemUser = { uid: number; gid: number };

/** Where one embedded database lives, and as whom it runs. */
export type Place = {
  /** Ours: holds the cluster, and beside it the password, the port and the log. */
  home: string;
  /** PostgreSQL's own data directory. */
  cluster: string;
  /** Undefined: as whoever started us. */
  runAs: SystemUser | undefined;
};

/** Programs and clusters that must lie where an ordinary system user can reach them. */
export const REACHABLE = '/var/lib/noroshi';

const amRoot = process.getuid?.() === 0;

/**
 * Finds, or chooses, the place that belongs to a data folder.
 *
 * PostgreSQL refuses to run as root. When root starts us, another user runs it, and that user cannot
 * enter a folder beneath, say, root's own home (0700). Then the cluster lives elsewhere, and a file
 * named `place` in the data folder remembers where, so that the same data is found again.
 */
export function findPlace(folder: string): Place {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new CannotStart(`データのフォルダー ${folder} を作れません：${(error as Error).message}。NOROSHI_DATA で別の場所にしてください。`, `The data folder ${folder} cannot be made: ${(error as Error).message}. Choose another one with NOROSHI_DATA.`);
  }
  const pointer = join(folder, 'place');
  if (existsSync(pointer)) {
    const home = readPointer(pointer);
    if (!existsSync(home)) {
      throw new CannotStart(
        `${folder} のデータベースは ${home} にありましたが、そこがなくなっています。元に戻すか、デモなら --fresh ではじめからにしてください。`, 
        `The database of ${folder} was kept in ${home}, which is gone. Bring it back, or start the demo over with --fresh.`,
      );
    }
    return place(home, amRoot ? ownerOrStandIn(join(home, 'cluster')) : undefined);
  }
  if (!amRoot) return place(makeHome(folder, 0o700), undefined);

  const runAs = ownerOrStandIn(join(folder, 'cluster'));
  if (existsSync(join(folder, 'cluster'))) return place(folder, runAs);
  chmodSync(folder, 0o711);
  if (canReach(folder, runAs) && canOwn(folder, runAs)) return place(folder, runAs);

  const name = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 16);
  const home = makeHome(join(REACHABLE, name), 0o711);
  if (!canReach(home, runAs) || !canOwn(home, runAs)) {
    throw new CannotStart(`PostgreSQLを動かす利用者が、${folder} にも ${home} にも入れません。`, `Neither ${folder} nor ${home} can be entered by the user that is to run PostgreSQL.`);
  }
  writeFileSync(pointer, `${home}\n`);
  return place(home, runAs);
}

/** Removes the place of a data folder, wherever it is. The database must have been stopped. */
export function erasePlace(folder: string): void {
  const pointer = join(folder, 'place');
  // Only what we named ourselves is ever removed outside the data folder.
  if (existsSync(pointer)) {
    const home = readPointer(pointer);
    if (home.startsWith(`${REACHABLE}/`) && !home.includes('..')) rmSync(home, { recursive: true, force: true });
  }
  rmSync(folder, { recursive: true, force: true });
}

/** Whether a user can enter a folder (or run a file). Asked of the system itself, since modes do not tell of ACLs. */
export function canReach(path: string, runAs: SystemUser | undefined): boolean {
  if (!runAs) return true;
  const asked = spawnSync('/bin/sh', ['-c', 'test -x "$1" && test -r "$1" || { test -d "$1" && cd "$1"; }', 'sh', path], {
    ...runAs,
    cwd: '/',
    env: {},
    stdio: 'ignore',
  });
  return asked.status === 0;
}

function place(home: string, runAs: SystemUser | undefined): Place {
  return { home, cluster: join(home, 'cluster'), runAs };
}

function readPointer(pointer: string): string {
  return readFileSync(pointer, 'utf8').trim();
}

function makeHome(home: string, mode: number): string {
  try {
    mkdirSync(home, { recursive: true });
    chmodSync(home, mode);
    return home;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw code === 'EPERM' || code === 'EACCES'
      ? new CannotStart(`フォルダー ${home} は別の利用者のものです。作った利用者で狼煙を始めるか、NOROSHI_DATA で別の場所にしてください。`, `The folder ${home} belongs to another user. Start Noroshi as the user that made it, or choose another folder with NOROSHI_DATA.`)
      : new CannotStart(`データベースのフォルダー ${home} を作れません：${message}`, `The folder ${home} for the database cannot be made: ${message}.`);
  }
}

/** Some mounted folders do not let root give anything away. */
function canOwn(folder: string, runAs: SystemUser): boolean {
  const probe = join(folder, `probe-${process.pid}`);
  try {
    mkdirSync(probe, { mode: 0o700 });
    chownSync(probe, runAs.uid, runAs.gid);
    return statSync(probe).uid === runAs.uid;
  } catch {
    return false;
  } finally {
    rmSync(probe, { recursive: true, force: true });
  }
}

function ownerOrStandIn(cluster: string): SystemUser {
  if (existsSync(cluster)) {
    const { uid, gid } = statSync(cluster);
    if (uid !== 0) return { uid, gid };
  }
  // initdb looks its user up by number, so it must be one that the system knows.
  const users = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8').split('\n') : [];
  for (const name of ['postgres', 'nobody', 'daemon']) {
    const fields = users.find((line) => line.startsWith(`${name}:`))?.split(':');
    const uid = Number(fields?.[2]);
    if (fields && uid > 0) return { uid, gid: Number(fields[3]) };
  }
  throw new CannotStart(
    'PostgreSQLは root では動かず、この機械には postgres という利用者も nobody もいません。別の利用者で狼煙を始めるか、DATABASE_URL を入れてください。', 
    'PostgreSQL does not run as root, and this system has neither a user "postgres" nor "nobody". Start Noroshi as another user, or set DATABASE_URL.',
  );
}
