import type pg from 'pg';
import { CannotStart } from './cannot-start.server.ts';

/** What a migration may do: speak SQL. */
export type MigrationClient = { query(text: string, values?: unknown[]): Promise<pg.QueryResult<any>> };

/** One step forward. There is no step back: a mistake is mended by the next step. */
export type Migration = {
  /** Such as `0010-stair`: numbered with gaps, and in this order for ever. */
  name: string;
} & (
  | { /** What to do, in SQL. */ sql: string }
  | { /** What to do where SQL alone cannot say it. */ up(client: MigrationClient): Promise<unknown> }
);

/** Any number will do, so long as every Noroshi takes the same. */
const MIGRATION_LOCK = 0x6d696772;

/**
 * Brings the database up to what the code knows, each step in a transaction of its own, and answers
 * which steps were taken. Servers that start together wait for one another.
 */
export async function migrate(pool: pg.Pool, migrations: readonly Migration[]): Promise<string[]> {
  checkOrder(migrations);
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    try {
      await client.query(
        `create table if not exists migration (name text primary key, applied_at bigint not null)`,
      );
      const { rows } = await client.query<{ name: string }>('select name from migration order by name collate "C"');
      const known = new Set(migrations.map(({ name }) => name));
      const applied = new Set(rows.map(({ name }) => name));
      refuseStrangers(rows.map(({ name }) => name), known);
      const taken: string[] = [];
      for (const migration of migrations) {
        if (applied.has(migration.name)) continue;
        refuseLatecomer(migration.name, applied);
        await take(client, migration);
        applied.add(migration.name);
        taken.push(migration.name);
      }
      return taken;
    } finally {
      await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    }
  } finally {
    client.release();
  }
}

async function take(client: pg.PoolClient, migration: Migration): Promise<void> {
  const { name } = migration;
  await client.query('begin');
  try {
    if ('sql' in migration) await client.query(migration.sql);
    else await migration.up(client);
    await client.query('insert into migration (name, applied_at) values ($1, $2)', [name, Date.now()]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw new Error(`The migration ${name} failed and was undone: ${(error as Error).message}`, { cause: error });
  }
}

function checkOrder(migrations: readonly Migration[]): void {
  migrations.forEach(({ name }, at) => {
    const before = migrations[at - 1]?.name;
    if (before !== undefined && before >= name) throw new Error(`The migration ${name} must come after ${before}.`);
  });
}

/** A database from the future: this code does not know what it would be writing into. */
function refuseStrangers(applied: string[], known: Set<string>): void {
  const stranger = applied.find((name) => !known.has(name));
  if (stranger !== undefined) {
    throw new CannotStart(`このデータベースは、より新しい狼煙で使われました（移行 ${stranger} を知っています）。その版を始めるか、控えを戻してください。`, `This database was used by a newer Noroshi (it knows the migration ${stranger}). Start that version, or restore a backup.`);
  }
}

/** A step that slipped in before steps already taken was never tried in this order by anyone. */
function refuseLatecomer(name: string, applied: Set<string>): void {
  for (const later of applied) {
    if (later > name) throw new CannotStart(`移行 ${name} は、このデータベースに済んでいる ${later} より前の番号です。後の番号にしてください。`, `The migration ${name} comes before ${later}, which this database already has. Give it a later number.`);
  }
}
