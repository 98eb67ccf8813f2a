import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';

/** An open door to a database: `db` for queries that are built, `pool` for SQL as it is written. */
export type Connection<Tables> = {
  db: Kysely<Tables>;
  pool: pg.Pool;
  close(): Promise<void>;
};

const INT8 = pg.types.builtins.INT8;

/**
 * Opens a pool. Numbers of eight bytes come back as numbers: we store moments as milliseconds and
 * positions in streams, and neither will pass 2^53; one that did would be refused, not rounded.
 */
export function connect<Tables = any>(url: string, { max = 16 }: { max?: number } = {}): Connection<Tables> {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    keepAlive: true,
    // Who waits longer for a connection is better told to come back.
    connectionTimeoutMillis: 15_000,
    application_name: 'noroshi',
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        oid === INT8 && format !== 'binary' ? parseInt8 : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
    },
  });
  // An idle connection that breaks is replaced by the pool. Without a listener it would end the process.
  pool.on('error', () => undefined);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  let closed: Promise<void> | undefined;
  return { db, pool, close: () => (closed ??= db.destroy().then(() => (pool.ended ? undefined : pool.end()))) };
}

function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`The database holds ${text}, which is no exact number here.`);
  return value;
}
