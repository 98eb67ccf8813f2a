/** Keeping at work: what follows from what administrators decide, and the audit. */
import type { AccountServer, Visit } from '@noroshi/features/account/server';
import { openedCard, person as personNoun, toldLate, type LateNotes } from '@noroshi/features/directory';
import { refused, type Id } from '@noroshi/foundations/kernel';
import type { Behind } from '@noroshi/foundations/redacts';
import { asRefusal, ComeBackLater, refuse, type AtDoor, type Stair, type WhoAsks } from '@noroshi/foundations/sync/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import type { AuditFilter, What } from '../audit.ts';
import { keptStream } from '../book.ts';
import { redacted } from '../redaction.ts';
import type { DueApart } from './due-things.ts';
import type { AuditLog, ToNote } from './audit-log.server.ts';

/** What could not be done is tried again after so long, in milliseconds. */
const again = 60_000;

/**
 * Sees to it that what two have agreed to dispose of goes, and that the bytes of photographs and files go behind the words;
 * now, when something is decided, and at the next start.
 * @param folder of files; undefined where there is none
 * @param apart what no node has at hand, read when something is to go
 * @param behind what else goes behind the words, as rooms of the house say
 */
export function followKeeping(stair: Stair, folder: string | undefined, report: (error: unknown, what: string) => void, apart: () => Promise<readonly DueApart[]>, behind: readonly Behind[] = []): { idle(): Promise<void> } {
  let working: Promise<void> = Promise.resolve();
  const work = (): void => {
    working = working.then(async () => {
      await (await import('./follow-disposals.server.ts')).disposeAll(stair, await apart());
      if (folder !== undefined) await (await import('./drop-files.server.ts')).dropFiles(stair, folder);
      for (const one of behind) await one.go();
    }).catch((error: unknown) => {
      report(error, 'taking words and files out of the record');
      setTimeout(work, again).unref();
    });
  };
  stair.onCommitted((committed) => {
    if (committed.some(({ stream, events }) => stream.key === keptStream || events.some((event) => event.kind === redacted.kind || behind.some((one) => one.follows(event))))) work();
  });
  // Where nobody has ever decided anything there is nothing to look for.
  if (stair.memory.streams.has(keptStream) || behind.some((one) => one.waits())) work();
  return { idle: () => working };
}

/** Reads what writes the audit with the first that is noted, and hands it to `note`; in the order in which it was said. @returns whether it was written before an answer would have waited too long */
const noting = new WeakMap<Stair, Promise<unknown>>();
function audit(stair: Stair, note: (log: AuditLog) => Promise<void>, report?: (error: unknown, what: string) => void): Promise<boolean> {
  const handed = (noting.get(stair) ?? Promise.resolve()).then(async () => {
    const { AuditLog, inTime } = await import('./audit-log.server.ts');
    return { written: inTime(note(AuditLog.of(stair, report))) };
  });
  noting.set(stair, handed);
  return handed.then(({ written }) => written);
}
/** Waits until all that was noted until now is written. */
export async function auditWritten(stair: Stair): Promise<void> {
  await noting.get(stair);
  if (noting.has(stair)) await (await import('./audit-log.server.ts')).AuditLog.of(stair).idle();
}

/** How coming in ended, and what is noted of it. */
const attempts = { in: 'signedIn', invitation: 'signedInByLink', number: 'signedInByNumber', wrong: 'signInWrong', slowed: 'signInSlowed', disabled: 'signInDisabled' } as const satisfies Record<string, What>;
/** What was asked at the doors of the house, where it was done. Nothing that was typed there is kept but whom it was about. */
const asked: Readonly<Record<string, What>> = {
  '/api/demo.signIn': 'signedIn', '/api/account.signOut': 'signedOut', '/api/account.signOutDevice': 'deviceEnded', '/api/account.signOutOthers': 'devicesEnded', '/api/account.changePassword': 'passwordChanged',
  '/api/account.invite': 'invited', '/api/account.reissue': 'reissued', '/api/account.withdrawInvitation': 'invitationWithdrawn', '/api/account.endSessions': 'personDevicesEnded', '/api/directory.export': 'peopleExported',
};
const done = (status: number): boolean => status === 200 || status === 206;
/** What one audit as a table costs its asker, in questions. */
const costs = 10;

/** Notes who comes in, looks, and takes something out; and hands the audit out as a table (`GET /documents/audit.csv`). */
export function mountAudit(app: FastifyInstance, { stair, accounts, whoAsks }: { stair: Stair; accounts: AccountServer; whoAsks: WhoAsks }): void {
  const log = { note: (it: ToNote): Promise<boolean> => audit(stair, (to) => to.note(it), (error, what) => app.log.error(error, what)) };
  accounts.onAttempt((outcome, person, address, device) => {
    const what = attempts[outcome as keyof typeof attempts];
    // Who failed may be anyone: it is told whose door it was.
    return what && log.note({ what, ...(['in', 'invitation', 'number'].includes(outcome) ? { by: person } : { of: person }), address, device });
  });
  // Who asked is looked up before it is done: a session that ends by it is known no more afterwards.
  const before = new WeakMap<FastifyRequest, Id | undefined>();
  // How far an export is, asked every second, hands nothing out.
  const isPaper = (url: string): boolean => url.startsWith('/documents/') && !url.startsWith('/documents/audit.csv') && !/^\/documents\/record\/[^/?]*\.json/.test(url);
  app.addHook('preHandler', async (request) => {
    if (asked[request.url] || isPaper(request.url)) before.set(request, (await whoAsks(request))?.actor()?.person);
  });
  // Before the answer goes out: who has it in hand stands in the audit, whatever happens to the server then.
  app.addHook('onSend', async (request, reply, payload) => {
    if (!before.has(request) || !done(reply.statusCode)) return payload;
    const { person } = (request.body ?? {}) as { person?: Id };
    const what = asked[request.url];
    const by = before.get(request) ?? (what === 'signedIn' ? person : undefined);
    const of = typeof person === 'string' && person !== by ? person : undefined;
    const isNoted = await log.note({ what: what ?? 'documentFetched', by, of, address: request.ip, ...(what ? {} : { note: request.url.split('?')[0]!.slice(0, 200) }) });
    // What is done is done, and its note goes when the database is back; but nothing is handed out that would stand nowhere.
    if (isNoted || (what && what !== 'peopleExported')) return payload;
    if (payload instanceof Readable) payload.destroy();
    for (const head of ['content-disposition', 'content-length', 'content-range', 'etag']) reply.removeHeader(head);
    reply.code(503).header('content-type', 'application/json; charset=utf-8');
    return JSON.stringify(asRefusal(new ComeBackLater('away', 2_000)));
  });

  app.get<{ Querystring: Record<string, string | undefined> }>('/documents/audit.csv', async (request, reply) => {
    reply.header('cache-control', 'private, no-store');
    const actor = (await whoAsks(request))?.actor();
    if (!actor) return refuse(reply, { ok: false, code: 'account.signedOut' });
    if (actor.role !== 'administrator') return refuse(reply, refused('keeping.notAllowed'));
    const { auditTable, filterOf } = await import('./audit-table.server.ts');
    const filter: AuditFilter | undefined = filterOf(request.query);
    if (!filter) return refuse(reply, refused('command.malformed'));
    try {
      stair.takesQuestion(actor, costs);
    } catch (error) {
      if (!(error instanceof ComeBackLater)) throw error;
      return refuse(reply, asRefusal(error));
    }
    if (!(await log.note({ what: 'auditExported', by: actor.person, of: filter.person, address: request.ip, note: [filter.group, filter.words].filter(Boolean).join(' ') || undefined }))) return refuse(reply, asRefusal(new ComeBackLater('away', 2_000)));
    return reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="noroshi-audit-${new Date(stair.now()).toISOString().slice(0, 10)}.csv"`)
      .send(Readable.from(auditTable(stair, actor, filter, request.query['lang'] === 'en' ? 'en' : 'ja'), { objectMode: false }));
  });
  app.addHook('onClose', () => auditWritten(stair));
}

/**
 * Who answers at the doors `directory.openedCard`, of someone whom the visitor does not see nothing is noted; and
 * `directory.toldLate`.
 */
export const cardKeepers = (stair: Stair): [string, AtDoor<Visit>][] => [
  [openedCard.door, async ({ actor }, { person }: { person: Id }) => {
    if (actor && person !== actor.person && stair.see(actor, personNoun.noun, person) && !(await audit(stair, (log) => log.noteDaily({ what: 'cardOpened', by: actor.person, of: person })))) return asRefusal(new ComeBackLater('away', 2_000));
    return {};
  }],
  [toldLate.door, async ({ actor }, told: LateNotes) => (actor ? (await import('./told-late.server.ts')).toldLate(stair, actor, told) : {})],
];
