import { until } from '@noroshi/foundations/testing';
import { fork } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { TurnClient, type RelayTold } from './box/turn-client.ts';

/**
 * Janus hears on no loopback address: where a machine has no other, or Janus and coturn are not installed, only what goes directly can be
 * shown. `NOROSHI_CALLS_ADDRESS` names another than its first, such as that of a dummy interface (docs/operating.md).
 */
export const hasServers = ['/usr/bin/janus', '/usr/bin/turnserver'].every(existsSync) && (process.env['NOROSHI_CALLS_ADDRESS'] !== undefined || Object.values(networkInterfaces()).flat().some((one) => one?.family === 'IPv4' && !one.internal));
export interface CallServers { readonly settings: Readonly<Record<string, string>>; close(): Promise<void> }

/** What `npm run calls` starts. */
export async function startServers(): Promise<CallServers> {
  const folder = await mkdtemp(join(tmpdir(), 'noroshi-calls-'));
  const child = fork(join(import.meta.dirname, '../scripts/calls.mjs'), ['--folder', folder], { stdio: 'ignore', execArgv: [] });
  const settings = await new Promise<Record<string, string>>((done, failed) => {
    child.once('message', (told) => done(told as Record<string, string>));
    child.once('exit', (code) => failed(new Error(`npm run calls ended (${code})`)));
  });
  return {
    settings,
    async close() {
      child.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Whoever has what a page was told speaks through the relay with what is at its own address, and with no other: not of this machine, not its neighbours, not the world. */
export async function onlyAtTheRelay(told: RelayTold): Promise<void> {
  const [one, other, guesses] = [new TurnClient(told), new TurnClient(told), new TurnClient({ ...told, credential: 'guessed' })];
  const listening = createSocket('udp4');
  const caught: string[] = [];
  listening.on('message', (text) => caught.push(String(text)));
  await new Promise<void>((done) => listening.bind(0, done));
  const [here, there] = [await one.allocates(), await other.allocates()];
  if (typeof here === 'number' || typeof there === 'number') throw new Error(`the relay refuses what it was told: ${JSON.stringify([here, there])}`);
  const { port } = listening.address();
  const ofThisMachine = Object.values(networkInterfaces()).flatMap((all) => all ?? []).filter(({ family, address }) => family === 'IPv4' && address !== here.address).map(({ address }) => address);
  const elsewhere = [...new Set(['127.0.0.1', '127.0.0.53', '0.0.0.0', ...ofThisMachine, '10.0.0.1', '172.16.0.1', '192.168.0.1', '169.254.169.254', '203.0.113.9'])];
  for (const address of elsewhere) {
    expect([address, await one.permits({ address, port })]).toEqual([address, 403]);
    one.sends({ address, port }, address);
  }
  expect([await guesses.allocates(), await one.permits(there), await other.permits(here)]).toEqual([401, undefined, undefined]);
  // What is said last has come, and nothing of what was said before it.
  one.sends(there, 'here');
  await until(() => other.heard.length > 0, 'what goes from relay to relay');
  expect([other.heard, caught]).toEqual([['here'], []]);
  for (const each of [one, other, guesses, listening]) each.close();
}
