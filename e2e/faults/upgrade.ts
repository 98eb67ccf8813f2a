import { setTimeout as pause } from 'node:timers/promises';
import { migrate, type Connection } from '@noroshi/foundations/database';
import { until } from '@noroshi/foundations/testing';
import { migrations } from '@noroshi/server/migrations';
import { signal, type Postgres } from './database.ts';
import type { Scene } from './scene.ts';

/** Before this nobody could sign in, so that there was no house. */
const first = '0020-account';
/** How long each change of a table takes while a round looks on, in seconds: long enough to be killed in it. */
const stepTakes = 0.25;

/**
 * The house is stopped, its tables become those of an earlier version with all that they held, and the new server starts.
 * It is killed in the middle of its upgrade, and so perhaps is PostgreSQL, before it is let through.
 */
export async function upgradeBadly({ server, postgres, dice, wrong }: Scene): Promise<string> {
  await server.kill({ stay: true });
  const before = await abouts(postgres);
  const names = migrations.map(({ name }) => name).filter((name) => name >= first);
  const from = dice.pick(names.slice(0, -1));
  await goBack(postgres, from);
  const kills = 1 + dice.below(2);
  for (let n = 0; n < kills; n++) {
    server.start();
    const { pool, close } = await postgres.enter();
    const isChanging = async (): Promise<boolean> => ((await pool.query(`select from pg_stat_activity where wait_event = 'PgSleep'`).catch(() => undefined))?.rowCount ?? 0) > 0;
    await until(isChanging, 'the upgrade to be under way', 240_000);
    await pause(dice.below(500));
    await close();
    const hitsDatabase = dice.chance(0.3);
    if (hitsDatabase) signal(postgres.pid, 'SIGKILL');
    await server.kill({ stay: true });
    // What the dead server had begun may stand for a moment.
    if (!hitsDatabase) await allGone(postgres);
    else await pause(300);
  }
  server.start();
  await server.up();
  const { pool, close } = await postgres.enter();
  await pool.query('drop event trigger if exists slowly');
  await pool.query('drop function if exists slowly()');
  await close();
  const after = await abouts(postgres);
  // What was known of each event before is found again by the upgrade.
  for (const [event, about] of before) if (after.get(event) !== about) wrong(`event ${event} was about ${about}, and is about ${after.get(event)} after the upgrade from ${from}`);
  return `from ${from}, killed ${kills} times in it`;
}

/**
 * What each event is about, as the tables say. Only of kinds that were there when that became known (0050): of those that
 * came later no upgrade ever had to find it.
 */
async function abouts(postgres: Postgres): Promise<Map<string, number | null>> {
  const { pool, close } = await postgres.enter();
  try {
    const { rows } = await pool.query<{ event: string; about: number | null }>(`select stream || '/' || seq as event, about from event where kind < $1`, [firstLater]);
    return new Map(rows.map(({ event, about }) => [event, about]));
  } finally {
    await close();
  }
}

/** The first kind of event of the rooms that came after 0050. */
const firstLater = 180;

/** What the migrations after it throw away and make anew from the events: today's rows have not what the table of then asked for. */
const madeAnew: ReadonlySet<string> = new Set(['search_text']);

/** The connections of a killed server end. */
async function allGone(postgres: Postgres): Promise<void> {
  const { pool, close } = await postgres.enter('postgres');
  try {
    await until(async () => {
      const { rowCount } = await pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = 'noroshi'`);
      return rowCount === 0;
    }, 'the connections of the killed server to end', 20_000);
  } finally {
    await close();
  }
}

/** Makes the tables those of the migrations up to `last`, and gives them what today's hold, as far as they have a place for it. */
async function goBack(postgres: Postgres, last: string): Promise<void> {
  await allGone(postgres).catch(() => undefined);
  const system = await postgres.enter('postgres');
  try {
    await system.pool.query('create database earlier');
    const [now, earlier] = [await postgres.enter(), await postgres.enter('earlier')];
    await migrate(earlier.pool, migrations.filter(({ name }) => name <= last));
    for (const table of await tablesOf(earlier)) if (!madeAnew.has(table)) await copy(table, now, earlier);
    await earlier.pool.query(`
      create function slowly() returns event_trigger language plpgsql as 'begin perform pg_sleep(${stepTakes}); end';
      create event trigger slowly on ddl_command_start when tag in ('ALTER TABLE', 'CREATE TABLE', 'CREATE INDEX') execute function slowly()`);
    await Promise.all([now.close(), earlier.close()]);
    await allGone(postgres);
    await until(() => system.pool.query('alter database noroshi rename to later').then(() => true, () => false), 'the tables of today to be put away');
    await until(() => system.pool.query('alter database earlier rename to noroshi').then(() => true, () => false), 'the earlier tables to be in place');
    await system.pool.query('drop database later with (force)');
  } finally {
    await system.close();
  }
}

async function tablesOf({ pool }: Connection): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relname <> 'migration'`);
  return rows.map(({ name }) => name);
}

async function columnsOf({ pool }: Connection, table: string): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>('select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum', [table]);
  return rows.map(({ name }) => name);
}

async function copy(table: string, from: Connection, to: Connection): Promise<void> {
  const [there, here] = [await columnsOf(from, table).catch((): string[] => []), await columnsOf(to, table)];
  const columns = here.filter((name) => there.includes(name)).join(', ');
  await to.pool.query(`truncate ${table}`);
  // A table of then that has gone since holds nothing of today's.
  if (columns === '') return;
  const { rows } = await from.pool.query<{ all: string | null }>(`select json_agg(t)::text as all from ${table} t`);
  if (!rows[0]?.all) return;
  await to.pool.query(`insert into ${table} (${columns}) overriding system value select ${columns} from json_populate_recordset(null::${table}, $1::json)`, [rows[0].all]);
  const { rows: numbered } = await to.pool.query<{ name: string }>(`select attname as name from pg_attribute where attrelid = $1::regclass and attidentity <> ''`, [table]);
  for (const { name } of numbered) await to.pool.query(`select setval(pg_get_serial_sequence($1, $2), (select max(${name}) from ${table}))`, [table, name]);
}
