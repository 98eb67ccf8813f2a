import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshDatabase } from '@noroshi/foundations/database/testing';
import { createServer, openHouse } from '@noroshi/server';

/** The whole application on a port of its own, on a database of its own. */
export async function openServer(): Promise<{ address: string; close(): Promise<void> }> {
  const database = await freshDatabase();
  const house = await openHouse({ pool: database.pool, now: Date.now, failed: (error, where) => console.error(where, error) });
  const dataFolder = await mkdtemp(join(tmpdir(), 'noroshi-data-'));
  const app = await createServer({ house, dataFolder, webFolder: join(import.meta.dirname, '../apps/web/dist'), logLevel: 'warn' });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    address,
    async close() {
      await app.close();
      await house.close();
      await database.close();
      await rm(dataFolder, { recursive: true });
    },
  };
}
