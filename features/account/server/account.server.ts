/** The door of the house, from inside. */
import { personDisabled, person as personNoun, type Organization, type Person } from '@noroshi/features/directory';
import type { Actor, Id } from '@noroshi/foundations/kernel';
import { workspaceStream } from '@noroshi/foundations/sync';
import type { AtDoor, OnTheLine, Stair } from '@noroshi/foundations/sync/server';
import type { Language } from '../account.ts';
import { Accounts } from './accounts.server.ts';
import { Attempts } from './attempts.server.ts';
import { demoKeepers } from './demo.server.ts';
import { Guessing } from './guessing.server.ts';
import { Hashing, type Hasher } from './hashing.server.ts';
import { Invitations } from './invitations.server.ts';
import { keepers } from './keepers.server.ts';
import { Numbers } from './numbers.server.ts';
import { isSecret, sessionLasts, Sessions, type Session } from './sessions.server.ts';
import type { Rooms, Visit } from './visit.server.ts';

export { endAllDevices, lastSeen, mostDevices, sessionLasts, type Session } from './sessions.server.ts';
export type { Cast } from './demo.server.ts';
export type { Visit } from './visit.server.ts';
export { Hashing, type Hasher } from './hashing.server.ts';

export interface AccountNeeds {
  readonly stair: Stair;
  readonly actorOf: (person: Id) => Actor | undefined;
  /** In the demo: who plays which part. */
  readonly demo?: import('./demo.server.ts').Cast | undefined;
  readonly log: { error: (error: unknown, what: string) => void };
  /** Another way of hashing passwords, for a test that wants to stop it midway. */
  readonly hashing?: Hasher | undefined;
}

export interface AccountServer {
  /** Who is behind a session's secret. */
  readonly whoHas: (secret: string | undefined) => Promise<(OnTheLine & { readonly device: Session }) | undefined>;
  readonly keepers: ReadonlyMap<string, AtDoor<Visit>>;
  /**
   * Where there is no administrator: a one-time secret with which the first is made, to be printed by whoever starts
   * the house. Each start makes a new one.
   */
  readonly firstInvitation: () => Promise<string | undefined>;
  /** A one-time secret for someone of the directory, made by nobody: for tests and for `rescue`. */
  readonly linkFor: (person: Id) => Promise<string>;
  /** A one-time secret for each administrator, for whoever runs the house: when all have lost their devices, nobody else could let them in. */
  readonly rescue: () => Promise<{ name: string; secret: string }[]>;
  /** In which language someone is written to, where none of their devices says it. */
  readonly languageOf: (person: Id) => Promise<Language>;
  /** Tells of whoever tries to come in from now on, and how it ended. */
  readonly onAttempt: (heard: Attempts['heard']) => void;
  /** Ends what a stop left open, and follows the directory from now on. */
  readonly start: () => Promise<void>;
  /** Comes back when nobody is being shut out any more: what does that needs the database. */
  readonly stop: () => Promise<void>;
}

const anHour = 60 * 60_000;
/**
 * How long what is past is kept, in milliseconds: who tried to come in, links and devices that have ended. As long as a
 * device may be away, so that whoever comes back with an old link or a lost device can still be told what became of it.
 */
export const pastKept = sessionLasts;

/** Takes away what is long past and serves nobody. */
async function tidy({ stair: { pool, now }, guessing, attempts }: Rooms): Promise<void> {
  await guessing.forget();
  await attempts.forget(now() - pastKept);
  await pool.query('delete from account_invitation where workspace = 1 and least(expires, used, revoked) < $1', [now() - pastKept]);
  await pool.query('delete from account_session where workspace = 1 and least(expires, revoked) < $1', [now() - pastKept]);
}

/** Opens the door on a stair that is open. */
export function openAccounts({ stair, actorOf, demo, log, hashing = new Hashing() }: AccountNeeds): AccountServer {
  const { pool, now } = stair;
  const sessions = new Sessions({ pool, now, hangUp: (person, code, session) => stair.hub.lines.hangUp(person, code, session) });
  const rooms: Rooms = {
    stair, sessions, actorOf,
    accounts: new Accounts(pool, now),
    invitations: new Invitations({ pool, now, sessions }),
    numbers: new Numbers(now, (session) => sessions.lasts(session)),
    guessing: new Guessing(pool, now),
    hashing,
    attempts: new Attempts(pool, now),
    demo: demo !== undefined,
  };
  const lock = async (person: Id): Promise<void> => {
    stair.hub.lines.hangUp(person, 'account.disabled');
    await sessions.end(person, {}, 'account.disabled');
    await rooms.invitations.withdraw(person);
  };
  const locking = new Set<Promise<void>>();
  const people = (): Person[] => stair.memory.of(workspaceStream, personNoun.noun).map((doc) => doc.value as Person);
  const linkFor = async (person: Id): Promise<string> => {
    const who = people().find((one) => one.id === person)!;
    await rooms.accounts.giveLogin(person, undefined, (stair.memory.get('organization', who.org)?.value as Organization | undefined)?.romaji ?? '');
    return (await rooms.invitations.make(person, null)).secret;
  };

  return {
    async whoHas(secret) {
      if (secret === undefined || !isSecret(secret)) return undefined;
      const device = await sessions.find(secret);
      return device && { session: device.id, device, actor: () => (sessions.lasts(device) ? actorOf(device.person) : undefined) };
    },
    keepers: new Map([...keepers(rooms), ...(demo ? demoKeepers(rooms, demo) : [])]),
    async firstInvitation() {
      if (people().some((who) => who.role === 'administrator' && !who.disabled)) return undefined;
      return (await rooms.invitations.make(null, null)).secret;
    },
    linkFor,
    async rescue() {
      const links: { name: string; secret: string }[] = [];
      for (const who of people()) if (who.role === 'administrator' && !who.disabled) links.push({ name: who.name, secret: await linkFor(who.id) });
      return links;
    },
    languageOf: async (person) => (await rooms.accounts.of(person))?.language ?? 'ja',
    onAttempt(heard) { rooms.attempts.heard = heard; },
    async start() {
      stair.onCommitted((committed) => {
        for (const { events } of committed) {
          for (const event of events) {
            if (event.kind !== personDisabled.kind) continue;
            const done = lock((event.body as { id: Id }).id).catch((error: unknown) => log.error(error, 'account')).finally(() => locking.delete(done));
            locking.add(done);
          }
        }
      });
      stair.clock.every(anHour, () => tidy(rooms));
      // A server that was killed between the event and the end of the sessions ends them now.
      for (const who of people()) if (who.disabled) await lock(who.id);
    },
    async stop() { await Promise.all(locking); },
  };
}
