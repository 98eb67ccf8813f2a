import type { Actor, Id } from '@noroshi/foundations/kernel';
import type { Stair } from '@noroshi/foundations/sync/server';
import type { Accounts } from './accounts.server.ts';
import type { Attempts } from './attempts.server.ts';
import type { Guessing } from './guessing.server.ts';
import type { Hasher } from './hashing.server.ts';
import type { Invitations } from './invitations.server.ts';
import type { Numbers } from './numbers.server.ts';
import type { Session, Sessions } from './sessions.server.ts';

/** Who stands at a door, and what they bring. */
export interface Visit {
  readonly actor: Actor | undefined;
  readonly session: Session | undefined;
  readonly address: string;
  /** What the browser says of itself. */
  readonly agent: string;
  /** The address under which this house is open, without a slash at its end. */
  readonly base: string;
  /** The secret that the device brought, whoever it belongs to. */
  readonly secret: string | undefined;
  /** Puts a session's secret into this device, or takes it away. */
  readonly keep: (secret: string | undefined) => void;
  /** Has the browser throw away the answers that it has kept: photographs, mostly. */
  readonly clear: () => void;
}

/** All that keeps the door. */
export interface Rooms {
  readonly stair: Stair;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly invitations: Invitations;
  readonly numbers: Numbers;
  readonly guessing: Guessing;
  readonly hashing: Hasher;
  readonly attempts: Attempts;
  readonly actorOf: (person: Id) => Actor | undefined;
  readonly demo: boolean;
}
