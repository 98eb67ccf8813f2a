/** The calendar's half on the server. What tells people and what other programs fetch is read when it is first needed: a start has no use for it. */
import type { Visit } from '@noroshi/features/account/server';
import { reissue, type Language } from '@noroshi/features/account';
import type { Id } from '@noroshi/foundations/kernel';
import type { Teller } from '@noroshi/foundations/notify';
import { wordsIn } from '@noroshi/foundations/notify/server';
import { asRefusal, Buckets, ComeBackLater, isRefusal, refuse, type AtDoor, type Stair } from '@noroshi/foundations/sync/server';
import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { rang } from '../appointment.ts';
import { closeFeed, feedOf, openFeed } from '../feed.ts';
import type { Feeds } from './feed.server.ts';
import type { Ringer } from './ringer.server.ts';

const made = new WeakMap<Stair, Promise<Feeds>>();
const feedsOf = (stair: Stair): Promise<Feeds> => {
  let feeds = made.get(stair);
  if (!feeds) made.set(stair, (feeds = import('./feed.server.ts').then((all) => new all.Feeds(stair))));
  return feeds;
};

interface On { readonly calendar: Id }
/** Who answers at the doors of the calendar. */
export const calendarKeepers = (stair: Stair): [string, AtDoor<Visit>][] => [
  [feedOf.door, async ({ actor }, { calendar }: On) => (await feedsOf(stair)).now(actor!.person, calendar)],
  [openFeed.door, async ({ actor, base }, { calendar }: On) => (await feedsOf(stair)).make(actor!.person, calendar, base)],
  [closeFeed.door, async ({ actor }, { calendar }: On) => (await feedsOf(stair)).end(actor!.person, calendar)],
];

/**
 * Whoever was signed in as somebody may have made an address: where all devices of an account are signed out, its addresses end as well.
 * @param keepers those of the doors, among them the one at which an administrator does so
 */
export function endingFeeds(stair: Stair, keepers: ReadonlyMap<string, AtDoor<Visit>>): Map<string, AtDoor<Visit>> {
  const keeper = keepers.get(reissue.door)!;
  return new Map([...keepers, [reissue.door, async (visit: Visit, input: { person: Id; endSessions?: boolean }) => {
    const told: unknown = await keeper(visit, input);
    if (input.endSessions && !isRefusal(told)) await (await import('./feed.store.ts')).dropFeedsOf(stair.pool, input.person);
    return told;
  }]]);
}

/** Ends all addresses, of a house that is not open: a backup brings back those that were ended since. @returns how many they were */
export const endAllFeeds = async (pool: Stair['pool']): Promise<number> => (await import('./feed.store.ts')).dropAllFeeds(pool);

/** Whether the asker has it already (RFC 9110, 13.1.2). A proxy that compresses what it passes on marks our tag as weak; compared it is the same. */
const isKnown = (tags: string | undefined, tag: string): boolean => tags?.split(',').some((one) => one.trim().replace(/^W\//, '') === tag) ?? false;

/** `GET /ics/<secret>.ics`: a calendar as its person sees it now. The secret is the only key: no session, no cookie, and no line in the log that would tell it. @param base where people open the house, where somebody has said it */
export function mountFeeds(app: FastifyInstance, stair: Stair, language: (person: Id) => Promise<Language>, base: string | undefined): void {
  // A program asks every few minutes. Many of one town may come from one address, so what is right is counted by itself, and what is wrong by who asks.
  const asks = new Buckets<string>({ burst: 10, perSecond: 1 / 30 }, stair.now);
  const misses = new Buckets<string>({ burst: 20, perSecond: 0.2 }, stair.now);
  app.get<{ Params: { file: string } }>('/ics/:file', { logLevel: 'silent' }, async (request, reply) => {
    const secret = /^([\w-]{32})\.ics$/.exec(request.params.file)?.[1];
    const wait = misses.owes(request.ip) || (secret ? asks.take(secret) : 0);
    if (wait > 0) return refuse(reply, asRefusal(new ComeBackLater('busy', wait)));
    const text = secret && await (await feedsOf(stair)).tell(secret, async (person) => wordsIn(await language(person)), base ?? `${request.protocol}://${request.host}`);
    if (!text) {
      misses.spend(request.ip);
      return reply.code(404).send({ code: 'notFound' });
    }
    const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
    reply.header('cache-control', 'private, no-cache').header('etag', tag).header('x-robots-tag', 'noindex');
    if (isKnown(request.headers['if-none-match'], tag)) return reply.code(304).send();
    return reply.header('content-type', 'text/calendar; charset=utf-8').send(text);
  });
}

/** Tells people when a reminder has rung. @returns how it is stopped, and how one waits for it */
export function followCalendar(stair: Stair, teller: Teller, report: (error: unknown, what: string) => void): { settled(): Promise<void>; stop(): Promise<void> } {
  let ringer: Promise<Ringer> | undefined;
  const opened = (): Promise<Ringer> => (ringer ??= import('./ringer.server.ts').then((all) => {
    const one = new all.Ringer({ stair, teller, words: wordsIn, report });
    // It looks through what rang just before: that by which it was called is among it.
    one.start();
    return one;
  }));
  const failed = (error: unknown): void => {
    ringer = undefined;
    report(error, 'the reminders of the calendar');
  };
  stair.onCommitted((committed) => {
    if (!ringer && committed.some(({ events }) => events.some(({ kind }) => kind === rang.kind))) opened().catch(failed);
  });
  // What rang before the last end is told after a start, and not before the house stands.
  stair.clock.every(60_000, async () => { await opened(); });
  return {
    settled: async () => (await opened()).settled(),
    stop: async () => (await ringer)?.stop(),
  };
}
