import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** How bad a line is. */
export interface Weather {
  /** One way, in milliseconds. */
  readonly delay: number;
  /** Bits a second, each way. */
  readonly rate: number;
  /** Of packets, each way, from 0 to 1. */
  readonly loss: number;
  /** Seconds for which the line is up and then down, again and again, once it is told to. */
  readonly flaps?: { readonly up: number; readonly down: number };
  readonly seed: number;
}

/** Two hosts on one machine with a line between them. */
export interface Hosts {
  /** Starts a program on one of them. Its first line on standard output is awaited when `ready`. */
  run(host: 'near' | 'far', command: string, args: readonly string[], how?: { readonly env?: Record<string, string>; readonly ready?: RegExp }): Promise<ChildProcess>;
  /** From now on the line goes down and comes up. */
  flap(): void;
  close(): Promise<void>;
}

/** Takes two network namespaces into use and lays a line between them. Needs root, Linux, `unshare`, `nsenter`, and Python 3. */
export async function layLine({ delay, rate, loss, flaps, seed }: Weather): Promise<Hosts> {
  const started: ChildProcess[] = [];
  const start = async (command: string, args: readonly string[], { env, ready }: { env?: Record<string, string>; ready?: RegExp } = {}): Promise<ChildProcess> => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env } });
    started.push(child);
    if (!ready) return child;
    const lines = createInterface({ input: child.stdout! });
    const gone = once(child, 'exit').then(() => { throw new Error(`${command} ${args.join(' ')} ended before it was ready`); });
    const came = (async () => {
      for await (const line of lines) if (ready.test(line)) return;
    })();
    await Promise.race([came, gone]);
    gone.catch(() => undefined);
    child.stdout!.resume();
    return child;
  };
  const ends = { near: await start('unshare', ['--net', 'sleep', 'infinity']), far: await start('unshare', ['--net', 'sleep', 'infinity']) };
  await new Promise((done) => setTimeout(done, 300));
  const shaper = await start('python3', [join(import.meta.dirname, 'shaper.py'), String(ends.near.pid), String(ends.far.pid), String(delay), String(rate), String(loss), String(flaps?.up ?? 0), String(flaps?.down ?? 0), String(seed)], { ready: /ready/ });
  return {
    run: (host, command, args, how) => start('nsenter', ['--target', String(ends[host].pid), '--net', command, ...args], how),
    flap: () => void shaper.kill('SIGUSR1'),
    async close() {
      for (const child of started.toReversed()) child.kill(child === ends.near || child === ends.far ? 'SIGKILL' : 'SIGTERM');
      await Promise.all(started.map((child) => (child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined)));
    },
  };
}

/** Starts the demo at the far end. @returns the address at which either host has it */
export async function serveOver(hosts: Hosts, dataFolder: string): Promise<string> {
  const relay = join(import.meta.dirname, 'relay.ts');
  await hosts.run('far', process.execPath, [join(import.meta.dirname, '../../apps/server/dist/main.js'), '--demo'], { env: { PORT: '8080', NOROSHI_DATA: dataFolder }, ready: /http:\/\// });
  await hosts.run('far', process.execPath, [relay, '10.99.0.2', '8081', '127.0.0.1', '8080'], { ready: /ready/ });
  await hosts.run('near', process.execPath, [relay, '127.0.0.1', '8080', '10.99.0.2', '8081'], { ready: /ready/ });
  return 'http://127.0.0.1:8080';
}
