import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The peer, ready to be driven. */
export interface Peer {
  /** Its application and its database, as its driver takes them. */
  readonly pids: readonly number[];
  /** Runs one of its drivers. @returns the lines that it prints */
  drive(program: string, args: readonly string[]): Promise<Record<string, unknown>[]>;
  stop(): void;
}

/**
 * Brings ejabberd up, on a PostgreSQL of its own and beside nothing else.
 * @param from the folder that knows how: its script and its drivers. It is copied, since packages are installed beside them
 */
export function openPeer(from: string): Peer {
  if (!existsSync(join(from, 'ejabberd'))) throw new Error(`${from} does not hold the peer: name the folder behind --peer`);
  const place = mkdtempSync(join(tmpdir(), 'noroshi-peer-'));
  const folder = join(place, 'drivers');
  cpSync(from, folder, { recursive: true });
  for (const name of ['.', ...readdirSync(folder)]) chmodSync(join(folder, name), 0o755);
  chmodSync(place, 0o755);
  const run = (program: string, args: readonly string[]): string => {
    const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status ?? error}: ${stderr}${stdout}`);
    return stdout;
  };
  const script = join(folder, 'ejabberd');
  let stopped = false;
  const stop = (): void => {
    if (stopped) return;
    stopped = true;
    spawnSync(script, ['stop', join(place, 'data')], { cwd: folder });
    rmSync(place, { recursive: true, force: true });
  };
  // Whoever ends us ends the peer.
  process.once('exit', stop);
  try {
    run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error']);
    const said = run(script, ['start', join(place, 'data')]);
    const pids = /pids=(\d+),(\d+)/.exec(said)!.slice(1).map(Number);
    return {
      pids, stop,
      drive: (program, args) => new Promise((done, failed) => {
        const child = spawn(process.execPath, [join(folder, program), ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
        let said = '';
        child.stdout.on('data', (part: Buffer) => { said += String(part); });
        child.once('close', (code) => {
          if (code !== 0) return failed(new Error(`${program} ended with ${code} and said: ${said}`));
          done(said.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>));
        });
      }),
    };
  } catch (error) {
    stop();
    throw error;
  }
}
