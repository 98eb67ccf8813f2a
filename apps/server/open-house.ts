import { openAccounts, type AccountServer, type Cast } from '@noroshi/features/account/server';
import { SearchIndex } from '@noroshi/features/search/server';
import type { Moment } from '@noroshi/foundations/kernel';
import { Stair } from '@noroshi/foundations/sync/server';
import type pg from 'pg';
import { actorOf } from './actor-of.ts';
import { answers, demoHouse, house } from './features.ts';

export interface HouseNeeds {
  readonly pool: pg.Pool;
  readonly now: () => Moment;
  /** Only in the demo: who plays which part. */
  readonly demo?: Cast | undefined;
  /** What went wrong where nobody waits for an answer. */
  readonly failed: (error: unknown, where: string) => void;
}

/** The house at work: the stair and the door, on migrated tables. */
export interface OpenHouse {
  readonly stair: Stair;
  readonly accounts: AccountServer;
  /** Ends all lines and waits for what is under way. */
  close(): Promise<void>;
}

/** Opens the house and starts its clock. It is reached by nobody before a server listens. */
export async function openHouse({ pool, now, demo, failed }: HouseNeeds): Promise<OpenHouse> {
  const stair = await Stair.open({ pool, house: demo ? demoHouse : house, now, answers, report: failed });
  const accounts = openAccounts({ stair, actorOf: (person) => actorOf(stair, person), demo, log: { error: failed } });
  await accounts.start();
  const index = new SearchIndex(stair);
  index.start();
  stair.clock.start();
  return {
    stair, accounts,
    async close() {
      await stair.close();
      await index.stop();
    },
  };
}
