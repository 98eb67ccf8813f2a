import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Connection } from './connect.server.ts';
import { eraseEmbedded, openEmbedded } from './embedded.server.ts';
import { isAlive } from './is-alive.server.ts';
import { migrate, type Migration } from './migrate.server.ts';

/** How tests find the one PostgreSQL of their run. Set by its setup, inherited by each test's process. */
const URL_VARIABLE = 'NOROSHI_TEST_DATABASE';
const TEMPLATE = 'noroshi_template';
const PREFIX = 'noroshi-test-';

/** A database that is this test's alone. */
export type FreshDatabase = Connection & { url: string };

/**
 * Starts one PostgreSQL for a whole run of tests and makes the template that `freshDatabase` copies.
 * Answers how to stop it. Durability is off: nothing of it is kept.
 */
export async function startTestPostgres(migrations: readonly Migration[]): Promise<() => Promise<void>> {
  await sweep();
  const folder = mkdtempSync(join(memoryFolder() ?? tmpdir(), `${PREFIX}${process.pid}-`));
  const embedded = await openEmbedded({
    folder,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' },
  });
  const system = connect(embedded.url);
  await system.pool.query(`create database ${TEMPLATE}`);
  const template = connect(withDatabase(embedded.url, TEMPLATE));
  await migrate(template.pool, migrations);
  await template.close();
  await system.close();
  process.env[URL_VARIABLE] = embedded.url;
  return async () => {
    delete process.env[URL_VARIABLE];
    await embedded.stop();
    await eraseEmbedded(folder);
  };
}

/** A new database with all tables and no rows, in about 70 ms; with `empty`, without tables. Close it when the test ends. */
export async function freshDatabase({ empty = false } = {}): Promise<FreshDatabase> {
  const system = process.env[URL_VARIABLE];
  if (!system) throw new Error('There is no PostgreSQL for this test: name it *.pg.test.ts, *.flow.test.ts or *.browser.test.ts.');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const { pool, close } = connect(system, { max: 1 });
  await pool.query(`create database ${name} template ${empty ? 'template0' : TEMPLATE}`);
  await close();
  const url = withDatabase(system, name);
  const connection = connect(url);
  return {
    ...connection,
    url,
    async close() {
      await connection.close();
      const again = connect(system, { max: 1 });
      await again.pool.query(`drop database if exists ${name} with (force)`);
      await again.close();
    },
  };
}

/** The same server, another database. */
function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

/** A database is three hundred files, and making files is what a disk is slowest at: six times faster in memory. */
function memoryFolder(): string | undefined {
  const folder = '/dev/shm';
  if (!existsSync(folder)) return undefined;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > 4 * 1024 ** 3 ? folder : undefined;
}

/** Removes what runs that were killed have left behind. */
async function sweep(): Promise<void> {
  for (const parent of new Set([tmpdir(), memoryFolder() ?? tmpdir()])) {
    for (const name of readdirSync(parent)) {
      const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]);
      if (!pid || isAlive(pid)) continue;
      const folder = join(parent, name);
      try {
        await eraseEmbedded(folder);
        rmSync(folder, { recursive: true, force: true });
      } catch {
        // It may be another user's; then that user will sweep it.
        continue;
      }
    }
  }
}
