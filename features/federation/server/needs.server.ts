import type { Stair } from '@noroshi/foundations/sync/server';
import type { Carry } from './courier.server.ts';

/** What speaking with partners needs of a house. */
export interface FederationNeeds {
  readonly stair: Stair;
  /** Where the key lies; one of this process alone unless it is said. */
  readonly key?: string | undefined;
  /** At which address of the world this house is open; without one it can neither give a card nor be answered. */
  readonly address?: string | undefined;
  /** Networks inside in which partners may lie. */
  readonly inside?: readonly string[] | undefined;
  /** Carries letters in place of the network: for tests. */
  readonly carry?: Carry | undefined;
  /** Bugs, and a database that is away. */
  readonly report: (error: unknown, what: string) => void;
  /** What was turned away, and how many since this was last told. Never what stood in it. */
  readonly refusals: (why: string, times: number) => void;
}
