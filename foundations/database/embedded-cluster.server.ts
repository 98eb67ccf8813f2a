import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart } from './cannot-start.server.ts';
import { lastLines } from './embedded-log.server.ts';
import type { Place } from './embedded-place.server.ts';
import { exitOf, surroundings } from './embedded-process.server.ts';
import type { Programs } from './embedded-programs.server.ts';

/** PostgreSQL's user, whose password lies beside the cluster. */
export const USER = 'noroshi';

/** Makes the cluster under another name first, so that an interrupted first start leaves nothing half-made. */
export async function makeCluster(place: Place, programs: Programs): Promise<void> {
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

/** Refuses a cluster of another version before PostgreSQL does, and says what to do. @throws CannotStart */
export function checkVersion(place: Place): void {
  const version = readOrRefuse(join(place.cluster, 'PG_VERSION')).trim();
  if (version !== '18') {
    throw new CannotStart(`${place.cluster} のデータベースはPostgreSQL ${version} のものです。ここで使うのは18です。控えから戻してください。`, `The database in ${place.cluster} was made by PostgreSQL ${version}; this is 18. Restore it from a backup.`);
  }
}

/** The password of a cluster that is there. @throws CannotStart */
export function readPassword(place: Place): string {
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
