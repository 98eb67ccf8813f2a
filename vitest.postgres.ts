import { startTestPostgres } from '@noroshi/foundations/database/testing';
import { migrations } from '@noroshi/server/migrations';

// Several projects ask for it; each loads this file anew, and all are to share one server.
const shared = globalThis as { noroshiTestPostgres?: { users: number; stop: Promise<() => Promise<void>> } };

/** One PostgreSQL for the whole run, with all tables made once. */
export default async function setup(): Promise<() => Promise<void>> {
  const server = (shared.noroshiTestPostgres ??= { users: 0, stop: startTestPostgres(migrations) });
  server.users += 1;
  await server.stop;
  return async () => {
    server.users -= 1;
    if (server.users > 0) return;
    delete shared.noroshiTestPostgres;
    await (await server.stop)();
  };
}
