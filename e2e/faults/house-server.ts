import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until, type Dice } from '@noroshi/foundations/testing';
import usual from '../../apps/server/node-flags.json' with { type: 'json' };

const root = join(import.meta.dirname, '../..');
/** Where what was compiled once is read again by the next process. */
export const compiled = join(root, 'node_modules/.cache/noroshi/compiled');

export interface HouseServerNeeds {
  /** Its NOROSHI_DATA. */
  readonly data: string;
  readonly port: number;
  /** A PostgreSQL of somebody else; else it starts its own. */
  readonly databaseUrl?: string | undefined;
  /** Where its words go. */
  readonly log: string;
  /** Modules that are loaded before everything else. */
  readonly first?: readonly string[] | undefined;
  /** More of its environment. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

/** The real server as a process of its own, started again whenever it ends, as a service is. */
export class HouseServer {
  readonly #needs: HouseServerNeeds;
  #child: ChildProcess | undefined;
  #wanted = false;
  #again: NodeJS.Timeout | undefined;
  /** How often it ended without having been told to. */
  gaveUp = 0;
  /** By how much the clock of its machine is wrong, in milliseconds; only where `pair/clock.ts` is loaded first. */
  #wrongBy = 0;

  constructor(needs: HouseServerNeeds) {
    this.#needs = needs;
    writeFileSync(needs.log, '');
  }

  get address(): string {
    return `http://127.0.0.1:${this.#needs.port}`;
  }

  /** Everything it has said. */
  get words(): string {
    return readFileSync(this.#needs.log, 'utf8');
  }

  start(): void {
    this.#wanted = true;
    if (this.#child) return;
    const { data, port, databaseUrl, log, first = [], environment } = this.#needs;
    const out = openSync(log, 'a');
    const child = spawn(process.execPath, [...usual.flags, ...first.flatMap((module) => ['--import', module]), 'apps/server/main.ts'], {
      // It ends with us, however we end.
      cwd: root, stdio: ['ignore', out, out, 'ipc'],
      env: {
        PATH: process.env.PATH, HOME: process.env.HOME, PORT: String(port), NOROSHI_DATA: data, NOROSHI_LOG: 'warn',
        NODE_COMPILE_CACHE: compiled, ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}), ...environment,
        FAULTS_WRONG_BY: String(this.#wrongBy),
      },
    });
    closeSync(out);
    this.#child = child;
    child.once('exit', () => {
      this.#child = undefined;
      if (!this.#wanted) return;
      if (child.signalCode !== 'SIGKILL') this.gaveUp += 1;
      this.#again = setTimeout(() => this.start(), 300);
    });
  }

  /** Ends it as `kill -9` does. It is started again at once, unless it is to stay away. */
  async kill({ stay = false } = {}): Promise<void> {
    if (stay) this.#rest();
    await this.#end('SIGKILL');
  }

  /** Asks it to stop in order, and waits until it has. */
  async stop(): Promise<void> {
    this.#rest();
    await this.#end('SIGTERM');
  }

  /** The clock of its machine jumps to being wrong by so much, and is as wrong after a restart. */
  isWrongBy(ms: number): void {
    this.#wrongBy = ms;
    if (this.#child?.connected) this.#child.send({ wrongBy: this.#wrongBy }, () => undefined);
  }

  #rest(): void {
    this.#wanted = false;
    clearTimeout(this.#again);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((done) => child.once('exit', () => done()));
    child.kill(signal);
    await ended;
  }

  /** Whether it is up and its database answers. */
  async isWell(): Promise<boolean> {
    return fetch(`${this.address}/healthz`, { signal: AbortSignal.timeout(3_000) }).then(async (answer) => {
      await answer.arrayBuffer();
      return answer.ok;
    }, () => false);
  }

  /** Waits until it is up and its database answers. @throws with its last words when it does not come up */
  async up(ms = 240_000): Promise<void> {
    await until(() => this.isWell(), 'the server to be well', ms).catch((error: Error) => {
      throw new Error(`${error.message}\n${this.words.split('\n').slice(-30).join('\n')}`);
    });
  }
}

/** What of the servers of a house can be hurt, however many there are. */
export type Servers = Pick<HouseServer, 'start' | 'kill' | 'up' | 'stop'>;

/** Several servers of one house, on the same tables and the same folder: a kill hits one of them, or all. */
export class ServersBeside implements Servers {
  readonly #all: readonly HouseServer[];
  readonly #dice: Dice;

  constructor(all: readonly HouseServer[], dice: Dice) {
    this.#all = all;
    this.#dice = dice;
  }

  start(): void {
    for (const one of this.#all) one.start();
  }

  /** With `stay` all of them: whoever changes the tables stops the house. */
  async kill({ stay = false } = {}): Promise<void> {
    const hit = stay || this.#dice.chance(0.2) ? this.#all : [this.#dice.pick(this.#all)];
    await Promise.all(hit.map((one) => one.kill({ stay })));
  }

  async up(ms?: number): Promise<void> {
    await Promise.all(this.#all.map((one) => one.up(ms)));
  }

  async stop(): Promise<void> {
    await Promise.all(this.#all.map((one) => one.stop()));
  }
}
