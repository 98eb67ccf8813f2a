import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connect, openEmbedded, type Connection, type Embedded } from '@noroshi/foundations/database';
import { until } from '@noroshi/foundations/testing';

/** The PostgreSQL of a round, seen from outside: its processes, and a way in for whoever checks. */
export class Postgres {
  readonly folder: string;

  /** @param folder the embedded database of a data folder */
  constructor(folder: string) {
    this.folder = folder;
  }

  /** The process that all others of it descend from; `undefined` while it is down. */
  get pid(): number | undefined {
    try {
      const pid = Number(this.#file('cluster/postmaster.pid').split('\n')[0]);
      return pid > 1 && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(this.folder) ? pid : undefined;
    } catch {
      return undefined;
    }
  }

  /** Where it can be reached, past all that stands before it. */
  url(database = 'noroshi'): string {
    return `postgres://noroshi:${this.#file('password').trim()}@127.0.0.1:${this.#file('port').trim()}/${database}`;
  }

  /** Its other processes, and what each is for. */
  children(): { pid: number; title: string }[] {
    const { pid } = this;
    const list = `/proc/${pid}/task/${pid}/children`;
    if (pid === undefined || !existsSync(list)) return [];
    return readFileSync(list, 'utf8').split(' ').filter(Boolean).flatMap((one) => {
      try {
        return [{ pid: Number(one), title: readFileSync(`/proc/${one}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() }];
      } catch {
        return [];
      }
    });
  }

  /** Those that serve the house. */
  serving(): number[] {
    return this.children().filter(({ title }) => /postgres: noroshi noroshi /.test(title)).map(({ pid }) => pid);
  }

  /** Opens a way in, waiting as long as PostgreSQL is away. */
  async enter(database = 'noroshi', ms = 180_000): Promise<Connection> {
    let found: Connection | undefined;
    await until(async () => {
      let tried: Connection | undefined;
      try {
        tried = connect(this.url(database), { max: 4 });
        await tried.pool.query('select 1');
        found = tried;
        return true;
      } catch {
        await tried?.close().catch(() => undefined);
        await pause(100);
        return false;
      }
    }, 'PostgreSQL to answer', ms);
    return found!;
  }

  #file(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }
}

/** Ends a process here and now; one that has gone is what was wanted. */
export function signal(pid: number | undefined, name: NodeJS.Signals): boolean {
  try {
    return pid !== undefined && process.kill(pid, name);
  } catch {
    return false;
  }
}

/** A PostgreSQL that is not the server's own child: kept up by the harness, as an operator's is by the system. */
export class Keeper {
  readonly #folder: string;
  #opened: Embedded | undefined;
  #closed = false;
  #opening: Promise<void> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Opens it, however often that takes: on a full disk it does not come up. */
  open(): Promise<void> {
    this.#opening ??= this.#open().finally(() => { this.#opening = undefined; });
    return this.#opening;
  }

  async #open(): Promise<void> {
    while (!this.#closed) {
      try {
        this.#opened = await openEmbedded({ folder: this.#folder, onLost: () => void this.open() });
        if (this.#closed) await this.#opened.stop();
        return;
      } catch {
        await pause(300);
      }
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#opening;
    await this.#opened?.stop();
  }
}
