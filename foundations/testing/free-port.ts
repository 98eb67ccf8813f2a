import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** A port of this machine that is free now, and that the system gives to nobody by itself: a server comes back to it again and again. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + randomInt(12_000);
    const probe = createServer();
    const isFree = await new Promise<boolean>((done) => probe.once('error', () => done(false)).listen(port, '127.0.0.1', () => done(true)));
    if (!isFree) continue;
    await new Promise<void>((done) => probe.close(() => done()));
    return port;
  }
}
