import { openAccounts, type AccountServer, type Cast } from '@noroshi/features/account/server';
import { followCalendar } from '@noroshi/features/calendar/server';
import { openCalls, type CallsNeeds } from '@noroshi/features/call/server';
import { Chaser } from '@noroshi/features/chase/server';
import { Federation, type FederationNeeds } from '@noroshi/features/federation/server';
import { openSigner, RecordLog, type Stamper } from '@noroshi/features/record/server';
import { SearchIndex } from '@noroshi/features/search/server';
import { openWake, type WakeServer } from '@noroshi/features/wake/server';
import type { Moment } from '@noroshi/foundations/kernel';
import type { Teller } from '@noroshi/foundations/notify';
import { Stair } from '@noroshi/foundations/sync/server';
import type pg from 'pg';
import { asked } from '../asked.ts';
import { duties } from '../duty.ts';
import { actorOf } from './actor-of.ts';
import { answers, demoHouse, house } from './features.ts';
import { tellingBy, type Telling } from './telling.ts';

export interface HouseNeeds {
  readonly pool: pg.Pool;
  readonly now: () => Moment;
  /** Only in the demo: who plays which part. */
  readonly demo?: Cast | undefined;
  /** How people are told outside the application; push alone unless it is said. */
  readonly telling?: Telling | undefined;
  /** How long whoever looks at a room has for reading before they are woken, in milliseconds. */
  readonly grace?: number | undefined;
  /** Where the key lies that signs the record, and to which file its checkpoints go for another place, and which timestamping service is asked; a key of this process alone unless it is said. */
  readonly record?: { readonly key: string; readonly elsewhere?: string | undefined; readonly stamps?: URL | undefined } | undefined;
  /** Other deployments: where the key lies by which they know this house, at which address they find it, and where inside they may lie; a key of this process alone, and no address, unless it is said. */
  readonly partners?: Pick<FederationNeeds, 'key' | 'address' | 'inside'> | undefined;
  /** The ways of a call beyond this server: TURN, and Janus for more than four; none unless it is said. */
  readonly calls?: Pick<CallsNeeds, 'turn' | 'janus'> | undefined;
  /** Tells people in place of what `telling` says: for tests. */
  readonly teller?: Teller | undefined;
  /** What went wrong where nobody waits for an answer. */
  readonly failed: (error: unknown, where: string) => void;
}

/** The house at work: the stair and the door, on migrated tables. */
export interface OpenHouse {
  readonly stair: Stair;
  readonly accounts: AccountServer;
  readonly wake: WakeServer;
  readonly record: RecordLog;
  readonly federation: Federation;
  readonly calls: ReturnType<typeof openCalls>;
  /** Ends all lines and waits for what is under way. */
  close(): Promise<void>;
}

/** Opens the house and starts its clock. It is reached by nobody before a server listens. */
export async function openHouse({ pool, now, demo, telling = tellingBy(null), grace, record: keeps, partners, calls: ways, teller, failed }: HouseNeeds): Promise<OpenHouse> {
  const stair = await Stair.open({ pool, house: demo ? demoHouse : house, now, answers, report: failed });
  const accounts = openAccounts({ stair, actorOf: (person) => actorOf(stair, person), demo, log: { error: failed } });
  await accounts.start();
  const index = new SearchIndex({ stair, found: async () => (await import('../found.ts')).found, report: failed });
  index.start();
  const wake = await openWake({ stair, language: accounts.languageOf, report: failed, grace, ...telling });
  wake.start();
  const chaser = new Chaser({ stair, asked, duties, teller: teller ?? wake.teller, report: failed });
  await chaser.start();
  const reminders = followCalendar(stair, teller ?? wake.teller, failed);
  const calls = openCalls({ stair, turn: ways?.turn, janus: ways?.janus, teller: teller ?? wake.teller, report: failed });
  const record = new RecordLog({ stair, signer: await openSigner(keeps?.key), elsewhere: keeps?.elsewhere, stamper: keeps?.stamps && stamperOf(keeps.stamps), report: failed });
  await record.start();
  const federation = new Federation({ stair, ...partners, report: failed, refusals: (why, times) => failed(new Error(why), `turned away at the door of the partners, ${times} so far`) });
  federation.start();
  stair.clock.start();
  return {
    stair, accounts, wake, record, federation, calls,
    async close() {
      await Promise.all([chaser.stop(), reminders.stop(), federation.stop(), calls.close()]);
      await stair.close();
      await Promise.all([accounts.stop(), index.stop(), wake.stop(), record.stop()]);
    },
  };
}

/** A timestamping service; how one asks it is read when it is first asked. */
const stamperOf = (url: URL): Stamper => async (text) => (await import('@noroshi/features/record/taken-out')).stamperAt(url)(text);
