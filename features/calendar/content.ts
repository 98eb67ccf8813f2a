import { allowed, idShape, refused, type Verdict } from '@noroshi/foundations/kernel';
import * as z from 'zod/mini';
import { addMinutes, dayNo, isDay, isLocal, localPattern, minuteNo, momentOf, type Local } from './local-time.ts';
import { longestRule, looksFor, readRule, ruleDays } from './recurrence.ts';

export const localShape = z.string().check(z.regex(localPattern));
/** The morning of its day: at seven. Every other reminder is told by its minutes before the beginning. */
export const inTheMorning = -1;
/** When a morning's reminder comes, in minutes from midnight. */
export const morning = 7 * 60;
/** Longer than a year is no appointment. */
export const longestDays = 366;
export const mostReminders = 5;

/** What an appointment says. The wire's order of fields: only ever add at the end. */
export const contentShape = z.object({
  title: z.string().check(z.trim(), z.maxLength(120)),
  /** A day where it is for whole days, else a minute. */
  start: localShape,
  /** When it is over: the minute, or the day behind its last one, as RFC 5545 has DTEND. */
  end: localShape,
  place: z.optional(z.string().check(z.maxLength(200))),
  note: z.optional(z.string().check(z.maxLength(4_000))),
  /** RRULE of RFC 5545. */
  repeat: z.optional(z.string().check(z.maxLength(longestRule))),
  /** Minutes before it begins; `inTheMorning` on its day. */
  reminders: z.optional(z.array(z.int().check(z.minimum(-1), z.maximum(28 * 1440))).check(z.maxLength(mostReminders))),
  people: z.optional(z.array(idShape).check(z.maxLength(300))),
  orgs: z.optional(z.array(idShape).check(z.maxLength(100))),
});
export type Content = z.output<typeof contentShape>;

/** One time of a series that is otherwise than the others: RECURRENCE-ID of RFC 5545. `on`: when it would have begun. */
export const otherwiseShape = z.strictObject({
  on: localShape, title: contentShape.def.shape.title, start: localShape, end: localShape, place: contentShape.def.shape.place, note: contentShape.def.shape.note,
});
export type Otherwise = z.output<typeof otherwiseShape>;
/** So many times of one series are left out (EXDATE), and so many are otherwise. */
export const mostExcept = 400;
export const mostOtherwise = 200;
export const exceptShape = z.array(localShape).check(z.maxLength(mostExcept));
export const otherwiseListShape = z.array(otherwiseShape).check(z.maxLength(mostOtherwise));

/** Minutes from its beginning to its end. */
export const lengthOf = ({ start, end }: { readonly start: Local; readonly end: Local }): number => minuteNo(end) - minuteNo(start);
/** The same length, from another beginning. */
export const endFrom = (start: Local, of: { readonly start: Local; readonly end: Local }): Local => (isDay(start) ? addMinutes(start, Math.max(1440, lengthOf(of))).slice(0, 10) : addMinutes(start, lengthOf(of)));

/** Whether its times are times. */
export function checkTimes({ start, end }: { readonly start: Local; readonly end: Local }): Verdict {
  if (!isLocal(start) || !isLocal(end) || isDay(start) !== isDay(end)) return refused('calendar.noSuchTime');
  if (isDay(start) ? end <= start : end < start) return refused('calendar.endsBeforeStart');
  return lengthOf({ start, end }) > longestDays * 1440 ? refused('calendar.tooLong', { days: longestDays }) : allowed;
}

/** Whether this can stand in a calendar. */
export function checkContent({ title, start, end, repeat }: Content, isPrivate: boolean, asks: boolean): Verdict {
  if (title.trim() === '') return refused('calendar.titleMissing');
  const times = checkTimes({ start, end });
  if (!times.ok) return times;
  if (isPrivate && asks) return refused('calendar.privateHasNobody');
  if (repeat === undefined) return allowed;
  const rule = readRule(repeat);
  if (typeof rule === 'string') return refused(`calendar.${rule}`);
  const first = ruleDays(rule, start, -Infinity, looksFor).next();
  if (first.done) return refused('calendar.repeatNever');
  return first.value === dayNo(start) ? allowed : refused('calendar.repeatNotAtStart');
}

/** The moment of a reminder. @param minutes before the beginning, or `inTheMorning` */
export const ringsAt = (start: Local, minutes: number): number =>
  (minutes === inTheMorning ? momentOf(start.slice(0, 10)) + morning * 60_000 : momentOf(start) - minutes * 60_000);
