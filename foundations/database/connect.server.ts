import pg from 'pg';

/** An open door to a database. */
export type Connection = {
  pool: pg.Pool;
  close(): Promise<void>;
};

const INT8 = pg.types.builtins.INT8;

/**
 * Opens a pool. Numbers of eight bytes come back as numbers: we store moments as milliseconds and
 * positions in streams, and neither will pass 2^53; one that did would be refused, not rounded.
 */
export function connect(url: string, { max = 16 }: { max?: number } = {}): Connection {
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
  // A connection that breaks is replaced by the pool, and what was asked on it is told so. Without a listener it would end the process: this one for those at rest,
  pool.on('error', () => undefined);
  // and this for those in use.
  pool.on('connect', (client) => void client.on('error', () => undefined));
  let closed: Promise<void> | undefined;
  return { pool, close: () => (closed ??= pool.ended ? Promise.resolve() : pool.end()) };
}

function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`The database holds ${text}, which is no exact number here.`);
  return value;
}
