import { allowed, idShape, refused, type Actor, type Id, type Refusal } from '@noroshi/foundations/kernel';
import { command, happens, type Effect } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { amended, asksAnyone, changedOne, droppedOne, put, takenOut, theAppointment, wordsTakenOut, type Appointment } from './appointment.ts';
import { atDesk, deskStream, noPlace, writing } from './calendar-place.ts';
import { checkContent, checkTimes, contentShape, localShape, mostExcept, mostOtherwise, otherwiseShape, type Content } from './content.ts';
import { addDays, dayNo, dayText, type Local } from './local-time.ts';
import { parted, ringLater } from './put-appointment.ts';
import { readRule, ruleDays, writeRule } from './recurrence.ts';
import { timeOn } from './times.ts';

const onOne = { calendar: idShape, appointment: idShape };
/** The version it was written upon: nobody overwrites a colleague unseen. */
const sees = z.int().check(z.minimum(1));
const needs = (input: { calendar: Id; appointment: Id }, actor: Actor) => ({ ...atDesk(input, actor), appointment: theAppointment(input.appointment) });

type Here = Parameters<typeof noPlace>[0] & { readonly appointment: Appointment | undefined };

/** Why nothing can be done to this appointment, if so. */
function noAppointment(facts: Here, seen: number): Refusal | undefined {
  const gone = noPlace(facts);
  if (gone) return gone;
  if (!facts.appointment) return refused('calendar.appointmentNotFound');
  if (facts.appointment.takenOut) return refused('calendar.takenOut');
  return facts.appointment.rev === seen ? undefined : refused('calendar.changedMeanwhile', { rev: facts.appointment.rev });
}

/** What a series keeps of its odd times when it is changed as a whole: all, unless its hours or its rule are others now. */
const oddTimes = (before: Appointment, now: Content): Pick<Appointment, 'except' | 'otherwise'> => (before.start === now.start && before.repeat === now.repeat
  ? { ...(before.except ? { except: before.except } : {}), ...(before.otherwise ? { otherwise: before.otherwise } : {}) } : {});

/** すべて直す: its next version. */
export const amendAppointment = command('calendar.amendAppointment', {
  about: 'Changes an appointment, of a series all of its times. Times that were changed one by one go with a change of its hours or its rule.',
  input: z.strictObject({ ...onOne, sees, ...contentShape.def.shape }),
  streams: writing,
  needs,
  may(_actor, facts, { calendar: _calendar, appointment: _id, sees: seen, ...content }) {
    return noAppointment(facts, seen) ?? checkContent(content, facts.appointment!.private ?? false, asksAnyone(content));
  },
  then({ calendar, appointment: id, sees: _sees, ...content }, { appointment: before }, _actor, { now }): Effect[] {
    const odd = oddTimes(before!, content);
    const { open, desk } = parted(calendar, id, content, before!.private ?? false);
    return [happens(amended, { appointment: id, ...open, ...odd } as never), ...desk, ...ringLater(calendar, { ...content, ...odd }, id, before!.rev + 1, now)];
  },
});
export type AmendSaid = z.output<typeof amendAppointment.input>;

/** この回だけ直す. */
export const amendOne = command('calendar.amendOne', {
  about: 'Changes one time of a series.',
  input: z.strictObject({ ...onOne, sees, ...otherwiseShape.def.shape }),
  streams: writing,
  needs,
  may(_actor, facts, { sees: seen, on, title, start, end }) {
    const gone = noAppointment(facts, seen);
    if (gone) return gone;
    const { repeat, private: isPrivate } = facts.appointment!;
    if (repeat === undefined || !timeOn(facts.appointment!, on)) return refused('calendar.noSuchOccurrence');
    if ((facts.appointment!.otherwise?.length ?? 0) >= mostOtherwise) return refused('calendar.tooManyOdd', { most: mostOtherwise });
    // The words of one time of a private series would lie open.
    if (isPrivate ? title !== '' : title.trim() === '') return refused(isPrivate ? 'calendar.privateKeepsWords' : 'calendar.titleMissing');
    return checkTimes({ start, end });
  },
  then({ calendar, appointment: id, sees: _sees, ...one }, { appointment: before }, _actor, { now }): Effect[] {
    const otherwise = [...(before!.otherwise ?? []).filter(({ on }) => on !== one.on), one];
    return [happens(changedOne, { appointment: id, ...one }), ...ringLater(calendar, { ...before!, otherwise }, id, before!.rev + 1, now)];
  },
});

/**
 * A series ends before this time. What was counted is counted until there; what was left out or moved behind it goes.
 * @param from a time of it, not its first
 */
export function endedBefore(of: Appointment, from: Local): Pick<Appointment, 'repeat' | 'except' | 'otherwise'> {
  const rule = readRule(of.repeat!);
  if (typeof rule === 'string') return {};
  const { count: _count, ...endless } = rule;
  const until = from.length === 10 ? addDays(from, -1) : `${addDays(from.slice(0, 10), -1)}T23:59`;
  const keep = (on: Local): boolean => on < from;
  const [except, otherwise] = [of.except?.filter(keep), of.otherwise?.filter(({ on }) => keep(on))];
  return { repeat: writeRule({ ...endless, until }, of.start), ...(except?.length ? { except } : {}), ...(otherwise?.length ? { otherwise } : {}) };
}

/** How many of its times lie before one of them, for a rule that counts. */
export function timesBefore(of: Pick<Appointment, 'start' | 'repeat'>, from: Local): number {
  const rule = readRule(of.repeat!);
  if (typeof rule === 'string') return 0;
  let n = 0;
  for (const no of ruleDays(rule, of.start)) {
    if (`${dayText(no)}${of.start.slice(10)}` >= from) break;
    n += 1;
  }
  return n;
}

/** この回から後をすべて直す: the series ends before it, and a new one begins. Its id is derived from the command's. */
export const amendFollowing = command('calendar.amendFollowing', {
  about: 'Changes one time of a series and all behind it: the series ends before it, and another begins with it.',
  input: z.strictObject({ ...onOne, sees, on: localShape, ...contentShape.def.shape }),
  streams: writing,
  needs,
  may(_actor, facts, { calendar: _calendar, appointment: _id, sees: seen, on, ...content }) {
    const gone = noAppointment(facts, seen);
    if (gone) return gone;
    const { start, repeat, private: isPrivate } = facts.appointment!;
    if (repeat === undefined || on <= start || !timeOn(facts.appointment!, on)) return refused('calendar.noSuchOccurrence');
    // A time that begins before the series that it leaves would stand in both.
    if (dayNo(content.start) <= dayNo(on) - 1 && content.start < start) return refused('calendar.beforeItsSeries');
    return checkContent(content, isPrivate ?? false, asksAnyone(content));
  },
  then({ calendar, appointment: id, sees: _sees, on, ...content }, { appointment: before }, _actor, { now, newId }): Effect[] {
    const next = newId('following');
    const isPrivate = before!.private ?? false;
    const { id: _id, by: _by, org: _org, at: _at, rev, answers: _answers, rang: _rang, amended: _amended, private: _private, uid: _uid, except: _except, otherwise: _otherwise, changed: _changed, redacted: _redacted, ...old } = before!;
    const ended = { ...old, ...endedBefore(before!, on) };
    const { open, desk } = parted(calendar, next, content, isPrivate);
    return [
      happens(amended, { appointment: id, ...ended } as never), happens(put, { id: next, ...open, ...(isPrivate ? { private: true } : {}) } as never), ...desk,
      ...ringLater(calendar, ended, id, rev + 1, now), ...ringLater(calendar, content, next, 1, now),
    ];
  },
});

/** 取り消す: this time, this and all behind it, or all. A mark stays, and the record keeps the words. */
export const takeOut = command('calendar.takeOut', {
  about: 'Takes an appointment out: all of it, one time of a series, or that one and all behind it.',
  input: z.strictObject({ ...onOne, sees, on: z.optional(localShape), following: z.optional(z.literal(true)) }),
  streams: writing,
  needs,
  may(_actor, facts, { sees: seen, on, following }) {
    const gone = noAppointment(facts, seen);
    if (gone) return gone;
    if (on === undefined) return allowed;
    if (facts.appointment!.repeat === undefined || !timeOn(facts.appointment!, on)) return refused('calendar.noSuchOccurrence');
    return !following && (facts.appointment!.except?.length ?? 0) >= mostExcept ? refused('calendar.tooManyOdd', { most: mostExcept }) : allowed;
  },
  then({ calendar, appointment: id, on, following }, { appointment: before }, _actor, { now }): Effect[] {
    const again = (of: Appointment): Effect[] => ringLater(calendar, of, id, before!.rev + 1, now);
    if (on === undefined || (following && on <= before!.start)) {
      return [happens(takenOut, { appointment: id }), ...(before!.private ? [happens(wordsTakenOut, { appointment: id }, { on: deskStream(calendar) })] : [])];
    }
    if (!following) return [happens(droppedOne, { appointment: id, on }), ...again({ ...before!, except: [...before!.except ?? [], on] })];
    const { id: _id, by: _by, org: _org, at: _at, rev: _rev, answers: _answers, rang: _rang, amended: _amended, private: _private, uid: _uid, except: _except, otherwise: _otherwise, changed: _changed, redacted: _redacted, ...old } = before!;
    const ended = { ...old, ...endedBefore(before!, on) };
    return [happens(amended, { appointment: id, ...ended } as never), ...again({ ...before!, ...ended })];
  },
});
