import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { CannotStart } from './cannot-start.server.ts';
import { USER } from './embedded-cluster.server.ts';
import type { Place } from './embedded-place.server.ts';
import { halt, isUp, runningPostmaster } from './embedded-process.server.ts';
import type { Programs } from './embedded-programs.server.ts';
import { isAlive } from './is-alive.server.ts';

const DATABASE = 'noroshi';
const SYSTEM_DATABASE = 'postgres';
/** Held by the living Noroshi on its own connection: when that process dies, however it dies, the lock is gone. */
const OWNER_LOCK = 0x6e6f726f;

/** Where our database is reached. */
export const urlOf = (port: number, password: string): string => `postgres://${USER}:${password}@127.0.0.1:${port}/${DATABASE}`;

/** Connects and takes the owner's lock; waits as long as PostgreSQL is still getting up, which after a crash may be minutes. */
export async function takeOwnership(place: Place, child: ChildProcess, port: number, password: string, givenUp: () => boolean): Promise<pg.Client> {
  let until = Infinity;
  let locked = 0;
  for (;;) {
    if (!isUp(place, child) && !givenUp()) {
      await pause(20);
      continue;
    }
    until = Math.min(until, Date.now() + 60_000);
    const client = systemClient(port, password);
    try {
      await client.connect();
      if (await tryLock(client)) {
        await ensureDatabase(client);
        return client;
      }
      if (++locked > 100) throw inUse();
      await client.end();
    } catch (error) {
      await client.end().catch(() => undefined);
      const wrongPassword = (error as { code?: string }).code === '28P01';
      if (error instanceof CannotStart || givenUp() || wrongPassword || Date.now() > until) throw error;
    }
    await pause(20);
  }
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
  if (!rowCount) await client.query(`create database ${DATABASE}`);
}

/** Takes the owner's lock unless another holds it. */
export async function tryLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [OWNER_LOCK]);
  return rows[0]?.mine === true;
}

/** Stops the PostgreSQL that a killed Noroshi left behind in this place, if there is one. */
export async function stopOrphan(place: Place, programs: Programs, password: string): Promise<void> {
  const left = runningPostmaster(place);
  if (!left) return;
  // The connection of a process that was just killed may live for a moment longer than the process.
  const patience = Date.now() + 2_000;
  while (isAlive(left.pid)) {
    const client = systemClient(left.port, password);
    try {
      await client.connect();
      if (await tryLock(client)) {
        await client.end();
        await halt(left.pid, place, programs);
        return;
      }
      await client.end();
      if (Date.now() > patience) {
        throw inUse();
      }
    } catch (error) {
      await client.end().catch(() => undefined);
      if (error instanceof CannotStart) throw error;
      // It does not answer: it is starting, stopping, or stuck. Nobody can be using it.
      if (Date.now() > patience) return halt(left.pid, place, programs);
    }
    await pause(50);
  }
}

/** A connection beside the pool, to the database that is there from the first. */
export function systemClient(port: number, password: string): pg.Client {
  const client = new pg.Client({ host: '127.0.0.1', port, user: USER, password, database: SYSTEM_DATABASE, keepAlive: true });
  // The end of the process tells us more than the end of this connection.
  client.on('error', () => undefined);
  return client;
}

const inUse = (): CannotStart => new CannotStart('別の狼煙がこのデータのフォルダーを使っています。先にそれを止めるか、NOROSHI_DATA で別の場所にしてください。', 'Another Noroshi is using this data folder. Stop it first, or choose another folder with NOROSHI_DATA.');
