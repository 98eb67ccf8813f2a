import pg from 'pg';

/** Of the system, where a connection is refused or breaks. */
const broken = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Whether PostgreSQL says that it cannot now, whatever it is asked: its connection, its resources, its starting or stopping, or being read-only. */
export const saysAway = (error: pg.DatabaseError): boolean => /^(08|25|53|57|58)/.test(error.code ?? '');

/** Whether an error says of itself that the database is away, rather than that something is wrong with what was asked. */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return saysAway(error);
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(isDatabaseAway);
  if (!(error instanceof Error)) return false;
  // What the driver throws itself has no code.
  return broken.has((error as NodeJS.ErrnoException).code ?? '') || /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Cannot use a pool after calling end)/.test(error.message);
}
