import type { Client } from './client.ts';
import type { Postgres } from './database.ts';
import type { Ground } from './ground.ts';
import type { Servers } from './house-server.ts';
import type { Struck } from './misfortune.ts';
import type { SlowLine } from './slow-line.ts';

/** What can be hurt. */
export interface Scene extends Struck {
  readonly server: Servers;
  readonly postgres: Postgres;
  readonly ground: Ground;
  /** Before PostgreSQL, where it is not the server's own. */
  readonly before: SlowLine | undefined;
  readonly clients: readonly Client[];
  /** Told of what is wrong where only the mishap can see it. */
  readonly wrong: (word: string) => void;
}
