import { roomStream } from '@noroshi/foundations/sync';
import type pg from 'pg';
import type { PlayNeeds } from './play.ts';
import { lastRoom } from './thing.ts';

/**
 * Fills an empty house with the demo: Ehime from its file, invented people, and the first hours of the flood of 2018,
 * half played. It only sends commands, as the people themselves would. Ids follow from labels: a seed that was cut off is
 * taken up by running it again, and a whole one is left as people have changed it.
 *
 * The stair it opens has a clock of its own, which runs through the last month up to now; then the real one takes over.
 * @returns whether anything was done
 */
export async function seedDemo(needs: PlayNeeds): Promise<boolean> {
  if (await isWhole(needs.pool)) return false;
  // Read where it is played: each later start has no use for it.
  await (await import('./play.ts')).play(needs);
  return true;
}

/** Asked of one row, before a stair is opened for it: each start of the demo but the first ends here. */
async function isWhole(pool: pg.Pool): Promise<boolean> {
  const { rowCount } = await pool.query('select from stream where workspace = 1 and key = $1', [roomStream(lastRoom)]);
  return rowCount === 1;
}
