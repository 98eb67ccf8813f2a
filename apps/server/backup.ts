import { endAllDevices } from '@noroshi/features/account/server';
import { endAllFeeds } from '@noroshi/features/calendar/server';
import { backUp, restore } from '@noroshi/foundations/backup';
import { CannotStart, connect, holdsEmbedded, openEmbedded, reachEmbedded } from '@noroshi/foundations/database';
import { createReadStream, existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { explain } from './cannot-start.ts';
import { readConfig } from './config.ts';
import { migrations } from './migrations/index.ts';

// `npm run backup -- FILE` and `npm run restore -- FILE`; with --demo, of the demo. `--end-devices` with a restore signs all devices out.

const [deed, ...args] = process.argv.slice(2);
const endsDevices = deed === 'restore' && args.includes('--end-devices');
const flags = args.filter((arg) => arg.startsWith('--') && !(endsDevices && arg === '--end-devices'));
const [name, ...more] = args.filter((arg) => !arg.startsWith('--'));

try {
  if (name === undefined || more.length > 0) throw new CannotStart(`ファイルを1つ指定してください：npm run ${deed} -- ファイル`, `Name one file: npm run ${deed} -- FILE`);
  const config = readConfig(process.env, flags);
  // A relative path starts where the person stands who asks for it, and not at the folder of Noroshi.
  const file = resolve(process.env.INIT_CWD ?? '.', name);
  const folder = join(config.dataFolder, 'postgres');
  const files = join(config.dataFolder, 'files');
  // What cannot be is said before anything is made for it.
  if (deed === 'backup') {
    if (existsSync(file)) throw new CannotStart(`${file} はもうあります。別の名前にしてください。控えは上書きしません。`, `${file} is there already. Choose another name; a backup is never written over.`);
    if (config.databaseUrl === null && !holdsEmbedded(folder)) throw new CannotStart(`${config.dataFolder} に控えるものがありません。データのフォルダーを NOROSHI_DATA で指定してください。`, `There is nothing to back up in ${config.dataFolder}. Name the data folder with NOROSHI_DATA.`);
  } else if (!existsSync(file)) throw new CannotStart(`${file} というファイルはありません。`, `There is no file ${file}.`);
  const running = config.databaseUrl ?? (await reachEmbedded(folder));
  if (deed === 'restore' && running && config.databaseUrl === null) throw new CannotStart('このデータのフォルダーで狼煙が動いています。空のフォルダーを NOROSHI_DATA で指定して、そこに戻してください。', 'Noroshi is running on this data folder. Restore into an empty one: choose it with NOROSHI_DATA.');
  const embedded = running ? undefined : await openEmbedded({ folder });
  const database = connect(running ?? embedded!.url, { max: 3 });
  try {
    if (deed === 'backup') await save(database.pool, files, file);
    else await bringBack(database.pool, files, file);
  } catch (error) {
    explain(error as Error);
  } finally {
    await database.close();
    await embedded?.stop();
  }
} catch (error) {
  console.error(error instanceof CannotStart ? error.message : error);
  process.exitCode = 1;
}

async function save(pool: Parameters<typeof backUp>[0], files: string, file: string): Promise<void> {
  // It gets its name only when it is whole and on the disk.
  const half = `${file}.part`;
  try {
    const handle = await open(half, 'w', 0o600);
    const end = await backUp(pool, files, handle.createWriteStream({ flush: true }), Date.now());
    await rename(half, file);
    const rows = Object.values(end.tables).reduce((sum, t) => sum + t.rows, 0);
    console.log(`${file}: ${Object.keys(end.tables).length} tables, ${rows} rows, ${Object.keys(end.files).length} files. Keep it as you keep the data: it holds everything.`);
  } catch (error) {
    await rm(half, { force: true });
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === 'open' && (code === 'ENOENT' || code === 'EACCES' || code === 'EROFS')) throw new CannotStart(`${file} に書けません：${(error as Error).message}`, `${file} cannot be written: ${(error as Error).message}.`);
    throw error;
  }
}

async function bringBack(pool: Parameters<typeof restore>[0], files: string, file: string): Promise<void> {
  const end = await restore(pool, files, createReadStream(file), migrations);
  const rows = Object.values(end.tables).reduce((sum, t) => sum + t.rows, 0);
  console.log(`Restored ${Object.keys(end.tables).length} tables, ${rows} rows, ${Object.keys(end.files).length} files; each was read back and is what it was.`);
  const feeds = endsDevices ? await endAllFeeds(pool) : 0;
  if (feeds > 0) console.log(`${feeds} addresses at which calendars were subscribed to have ended.`);
  if (endsDevices) console.log(`${await endAllDevices(pool, Date.now())} devices were signed out; what they have not sent waits on them. Everyone signs in anew.`);
}
