import { connect } from '@noroshi/foundations/database';
import { Stair } from '@noroshi/foundations/sync/server';
import { house } from '@noroshi/server/features';
import type { Postgres } from './database.ts';

/** Reads the tables as a node does that has just started, past everything that may stand before PostgreSQL. */
export async function look<T>(postgres: Postgres, how: (stair: Stair) => Promise<T>): Promise<T> {
  await (await postgres.enter()).close();
  const { pool, close } = connect(postgres.url(), { max: 4 });
  try {
    const stair = await Stair.open({ pool, house, now: Date.now, answers: new Map() });
    try {
      return await how(stair);
    } finally {
      stair.halt();
    }
  } finally {
    await close();
  }
}
