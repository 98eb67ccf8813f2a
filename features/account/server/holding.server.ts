import type { Id } from '@noroshi/foundations/kernel';
import type pg from 'pg';

/**
 * Changes how someone comes in, in one transaction, while nobody else does so for the same person: a sign-in, a link
 * that is used, a password that changes and their end by an administrator are one after the other, whichever came
 * first. What was found out before (a password was right) must be asked again inside.
 * @param work what is done; it must not wait for anything but the tables
 */
export async function holding<T>(pool: pg.Pool, person: Id, work: (db: pg.PoolClient) => Promise<T>): Promise<T> {
  const db = await pool.connect();
  try {
    await db.query('begin');
    await hold(db, person);
    const done = await work(db);
    await db.query('commit');
    return done;
  } catch (error) {
    await db.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    db.release();
  }
}

/** Takes a person's account for the rest of a transaction that has begun. It comes before any lock on what is theirs. */
export async function hold(db: pg.PoolClient, person: Id): Promise<void> {
  await db.query('select from account where workspace = 1 and person = $1 for update', [person]);
}
