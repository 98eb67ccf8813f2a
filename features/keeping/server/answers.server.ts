/** How what is asked of keeping is answered; read with the first question. */
import { incident, type Incident } from '@noroshi/features/incident';
import { person, type Person } from '@noroshi/features/directory';
import { message, room, type Room } from '@noroshi/features/talk';
import { refused, systemPerson, type Id, type Moment, type Refusal } from '@noroshi/foundations/kernel';
import { member, roomStream, workspaceStream, type Member } from '@noroshi/foundations/sync';
import { asRefusal, ComeBackLater, docsByRef, type Asking, type StreamMemory } from '@noroshi/foundations/sync/server';
import type * as z from 'zod/mini';
import type { AuditFilter } from '../audit.ts';
import { keptStream } from '../book.ts';
import { disposal, type Disposal } from '../disposal.ts';
import { hold, isHeld, type Hold } from '../hold.ts';
import { administratorsIn } from '../redact.ts';
import { isWhole, meant, parts, redaction, standing, type Redaction, type Target } from '../redaction.ts';
import type { saidThere } from '../questions.ts';
import { dueFrom, least, term, usualLeast, yearsFor, type Term } from '../term.ts';
import { AuditLog, inTime } from './audit-log.server.ts';
import { auditPage, type Place } from './audit.store.ts';
import { standingIn, type DueApart } from './due-things.ts';
import { saidByYear, type Said } from './due.store.ts';

type Unseen = { readonly at: Moment; readonly by?: Id; readonly direct: boolean };
/** Answers `keeping.redactions`. What lies in a room that the asker does not see is not told of, but for what waits where fewer than two administrators could decide. */
export async function answerRedactions({ actor, sight, stair }: Asking): Promise<{ redactions: (Redaction & { unseen?: Unseen })[] } | Refusal> {
  if (actor.role !== 'administrator') return refused('keeping.notAllowed');
  const { memory, pool } = stair;
  const told: (Redaction & { unseen?: Unseen })[] = [];
  let people: Person[] | undefined;
  for (const one of memory.of(keptStream, redaction.noun).map(({ value }) => value as Redaction).toSorted((a, b) => b.at - a.at)) {
    if (one.room === undefined || sight.has(roomStream(one.room))) {
      told.push(one);
      continue;
    }
    const of = one.state === 'proposed' ? meant(one) : undefined;
    if (!of) continue;
    people ??= memory.of(workspaceStream, person.noun).map(({ value }) => value as Person);
    if (administratorsIn(memory.of(of.stream, member.noun).map(({ value }) => value as Member), people) >= 2) continue;
    const [doc] = await docsByRef(pool, [{ noun: of.what.noun.noun, id: of.id }]);
    if (!doc) continue;
    const { by } = doc.value as { by?: Id };
    told.push({ ...one, unseen: { at: of.what.bearing(doc.value, of.said).at, ...(by === undefined ? {} : { by }), direct: (memory.of(of.stream, room.noun)[0]?.value as Room | undefined)?.kind === 'direct' } });
  }
  return { redactions: told };
}

/** Answers `keeping.said`. What a whole that one does not see has in it is answered as what is not there. Of what lies on devices nothing is told here: it is looked at there. */
export async function answerSaid({ actor, stair }: Asking, target: Target): Promise<z.output<typeof saidThere.output> | Refusal> {
  if (actor.role !== 'administrator') return refused('keeping.notAllowed');
  const of = isWhole(target) ? undefined : meant(target);
  if (!of?.what.noun.apart) return refused('keeping.notFound');
  const { what, id, said, stream } = of;
  const doc = await stair.find(actor, what.noun.noun, id);
  if (doc?.stream !== stream || (said !== undefined && !what.bits?.(doc.value).includes(said))) return refused('keeping.notFound');
  const whole = what.partOf?.whole(doc.value);
  const its = whole && await stair.find(actor, whole.noun, whole.id);
  if (whole && its?.stream !== stream) return refused('keeping.notFound');
  const isBack = its !== undefined && what.partOf!.isBack(its.value);
  const has = standing(what, doc.value, said);
  return {
    gone: what.bearing(doc.value, said).gone ?? false, has: [...has], href: what.href(doc.value, id, target.room),
    says: parts.flatMap((part) => (has.includes(part) && !isBack ? [{ part, lines: [...what.says(doc.value, part, said)] }] : [])),
  };
}

interface Due { room?: Id; incident?: Id; count: number; first: Moment; last: Moment; held: boolean; kinds: Record<string, number> }

/** Answers `keeping.kept`. @param apart what no node has at hand */
export const answerKeptBy = (apart: readonly DueApart[]) => async ({ actor, sight, stair }: Asking): Promise<unknown> => {
  if (actor.role !== 'administrator') return refused('keeping.notAllowed');
  const { memory, pool } = stair;
  const all = <T>(noun: string): T[] => memory.of(keptStream, noun).map(({ value }) => value as T);
  const sees = ({ room }: { room?: Id | undefined }): boolean => room === undefined || sight.has(roomStream(room));
  const holds = all<Hold>(hold.noun).filter(sees);
  const terms = new Map(all<Term>(term.noun).map((one) => [one.room ?? one.incident, one]));
  const rooms = [...sight.keys()].filter((key) => key.startsWith('r:')).map((key) => memory.streams.get(key)!);
  return {
    holds, terms: [...terms.values()].filter(sees).map(({ room, incident: of, set }) => ({ room, incident: of, years: yearsFor({ set }, stair.now()) })),
    least: (memory.get(least.noun, systemPerson)?.value as { years: number } | undefined)?.years ?? usualLeast,
    due: terms.size === 0 ? [] : dueOf(await saidByYear(pool, rooms.map(({ no }) => no)), await saidApart()),
    disposals: all<Disposal>(disposal.noun).filter(sees).toSorted((a, b) => b.at - a.at),
  };

  /** What is asked for in the tables of a room is asked only of places that have a term. */
  async function saidApart(): Promise<readonly (Omit<Said, 'incident'> & { readonly noun: string })[]> {
    const streams = rooms.filter(({ key }) => terms.has(key.slice(2))).map(({ no }) => no);
    if (streams.length === 0) return [];
    return (await Promise.all(apart.map(async ({ noun, said }) => (await said(pool, streams)).map((one) => ({ ...one, noun }))))).flat();
  }

  /** Counts what is over by room and disaster. */
  function dueOf(said: readonly Said[], saidThere: Awaited<ReturnType<typeof saidApart>>): Due[] {
    const due = new Map<string, Due>();
    const add = (noun: string, room: Id | undefined, id: Id | undefined, count: number, first: Moment, last: Moment): void => {
      const of = id === undefined ? undefined : (memory.get(incident.noun, id)?.value as Incident | undefined);
      if ((id === undefined ? room === undefined : !of) || dueFrom(last, terms.get(id ?? room), of) > stair.now()) return;
      const before = due.get(`${room}/${id}`);
      due.set(`${room}/${id}`, {
        ...(room === undefined ? {} : { room }), ...(id === undefined ? {} : { incident: id }), count: count + (before?.count ?? 0), first: Math.min(first, before?.first ?? first), last: Math.max(last, before?.last ?? last),
        held: isHeld(holds, { room, incident: id }), kinds: { ...before?.kinds, [noun]: count + (before?.kinds[noun] ?? 0) },
      });
    };
    for (const { stream, incident: id, count, first, last } of said) add(message.noun, (memory.byNo.get(stream) as StreamMemory).key.slice(2), id ?? undefined, count, first, last);
    for (const { noun, stream, count, first, last } of saidThere) add(noun, (memory.byNo.get(stream) as StreamMemory).key.slice(2), undefined, count, first, last);
    for (const key of [workspaceStream, ...rooms.map((room) => room.key)]) {
      for (const one of standingIn(memory, key)) add(one.noun, key === workspaceStream ? undefined : key.slice(2), one.incident, 1, one.at, one.at);
    }
    return [...due.values()];
  }
};

/** So many lines of the audit at once. */
const auditLines = 50;

/** Answers `audit.find`. Whoever looks is noted, with what they looked for; the further pages of the same look are not told again. */
export async function answerAudit({ actor, sight, stair }: Asking, { before, ...filter }: AuditFilter & { before?: Place }): Promise<unknown> {
  if (actor.role !== 'administrator') return refused('keeping.notAllowed');
  const page = await auditPage(stair, new Set(sight.keys()), filter, before, auditLines);
  if (!before && !(await inTime(AuditLog.of(stair).note({ what: 'auditRead', by: actor.person, of: filter.person, note: [filter.group, filter.words].filter(Boolean).join(' ') || undefined })))) return asRefusal(new ComeBackLater('away', 2_000));
  return page;
}
