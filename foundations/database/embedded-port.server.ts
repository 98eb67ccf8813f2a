import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { CannotStart } from './cannot-start.server.ts';
import type { Place } from './embedded-place.server.ts';

/** The same port as last time if it is still free, so that a tool pointed at it goes on working. */
export async function choosePort(place: Place): Promise<number> {
  const file = join(place.home, 'port');
  const last = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  const port = (last && (await tryPort(last))) || (await tryPort(0));
  if (!port) throw new CannotStart('PostgreSQLのための空いたポートが 127.0.0.1 にありません。', 'No port on 127.0.0.1 is free for PostgreSQL.');
  writeFileSync(file, `${port}\n`);
  return port;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(undefined));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
