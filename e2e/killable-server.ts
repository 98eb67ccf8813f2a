import { spawn, type ChildProcess } from 'node:child_process';
import { freePort } from '@noroshi/foundations/testing';
import { join } from 'node:path';
import { once } from 'node:events';
import usual from '../apps/server/node-flags.json' with { type: 'json' };

const root = join(import.meta.dirname, '..');

/** The server as it is shipped, in a process of its own on a database that stands elsewhere: it can be killed, and comes back at the same address. */
export async function killableServer({ databaseUrl, dataFolder }: { databaseUrl: string; dataFolder: string }) {
  const port = await freePort();
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    const { PATH, HOME, TMPDIR } = process.env;
    const one = spawn(process.execPath, [...usual.flags, 'apps/server/main.ts'], {
      cwd: root, stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...(PATH ? { PATH } : {}), ...(HOME ? { HOME } : {}), ...(TMPDIR ? { TMPDIR } : {}), PORT: String(port), DATABASE_URL: databaseUrl, NOROSHI_DATA: dataFolder },
    });
    child = one;
    await new Promise<void>((done, failed) => {
      one.stdout.on('data', (said: Buffer) => { if (said.includes(`:${port}`)) done(); });
      one.once('exit', (code) => failed(new Error(`the server ended with ${code}`)));
    });
  };
  const end = async (how: NodeJS.Signals): Promise<void> => {
    const one = child;
    child = undefined;
    if (!one || one.exitCode !== null || one.signalCode !== null) return;
    const gone = once(one, 'exit');
    one.kill(how);
    await gone;
  };
  await start();
  return {
    address: `http://127.0.0.1:${port}`,
    start,
    /** As a power cut does. */
    kill: () => end('SIGKILL'),
    close: () => end('SIGTERM'),
  };
}
