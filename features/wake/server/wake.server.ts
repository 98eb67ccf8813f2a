/** Waking people, from inside the house. */
import type { Visit } from '@noroshi/features/account/server';
import type { Language } from '@noroshi/features/account';
import type { Id } from '@noroshi/foundations/kernel';
import type { Teller } from '@noroshi/foundations/notify';
import { Notifier, pushDriver, pushKeys, type Driver } from '@noroshi/foundations/notify/server';
import type { Channel } from '@noroshi/foundations/notify';
import type { AtDoor, Stair } from '@noroshi/foundations/sync/server';
import { WakeFollower } from './follower.server.ts';
import { keepers } from './keepers.server.ts';
import { tidy } from './wake.store.ts';
import { Places } from './whereabouts.server.ts';

export { grace, stale, WakeFollower } from './follower.server.ts';

export interface WakeNeeds {
  readonly stair: Stair;
  /** In which language someone is told none of whose devices says it. */
  readonly language: (person: Id) => Promise<Language>;
  /** The address at which people open the house, without a slash at its end; empty where nobody has said it. */
  readonly base: string;
  readonly push: {
    /** Who answers for what is sent; see `PushNeeds`. */
    readonly subject: string;
    readonly inside: readonly string[];
    readonly ca?: string | undefined;
  };
  /** The other channels that this house has. */
  readonly drivers: Readonly<Partial<Record<Channel, Driver>>>;
  readonly report: (error: unknown, what: string) => void;
  /** How long whoever looks has for reading, in milliseconds. */
  readonly grace?: number | undefined;
}

export interface WakeServer {
  readonly keepers: ReadonlyMap<string, AtDoor<Visit>>;
  /** Tells people, by all channels of this house. */
  readonly teller: Teller;
  readonly follower: WakeFollower;
  start(): void;
  stop(): Promise<void>;
}

const anHour = 60 * 60_000;

/** Opens the waking of people, on a stair that is open. Nobody is woken before it is started. */
export async function openWake({ stair, language, base, push, drivers, report, grace }: WakeNeeds): Promise<WakeServer> {
  const { pool, now } = stair;
  const keys = await pushKeys(pool, now());
  const places = new Places(stair, language);
  const teller = new Notifier({ pool, now, where: places, base, report, drivers: { push: pushDriver({ ...push, keys }), ...drivers } });
  const follower = new WakeFollower(stair, teller, report, grace);
  return {
    keepers: new Map(keepers({ stair, teller, places, publicKey: keys.publicKey, inside: push.inside })),
    teller, follower,
    start() {
      stair.clock.every(anHour, async () => {
        await teller.tidy();
        await tidy(pool, now());
      });
      follower.start();
    },
    async stop() {
      await follower.stop();
      await teller.close();
    },
  };
}
