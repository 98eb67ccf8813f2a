import type { Moment } from '@noroshi/foundations/kernel';
import type { Appointment } from './appointment.ts';
import { endFrom, ringsAt } from './content.ts';
import { addDays, dayNo, dayText, lastDayOf, localAt, type Local } from './local-time.ts';
import { readRule, ruleDays } from './recurrence.ts';

/** One time of an appointment. `on`: when it would begin by its series, which names it. */
export interface Time { readonly on: Local; readonly start: Local; readonly end: Local; readonly title: string; readonly place?: string | undefined; readonly note?: string | undefined; readonly isOtherwise: boolean }

type Of = Pick<Appointment, 'start' | 'end' | 'title' | 'place' | 'note' | 'repeat' | 'except' | 'otherwise' | 'takenOut'>;

/** When a series begins each time, as its rule says: what was left out or moved is among them. */
function* beginnings(of: Of, from: number): Generator<Local> {
  const { start, repeat } = of;
  const rule = repeat === undefined ? undefined : readRule(repeat);
  // A rule that this build cannot read leaves the first time standing: an appointment is never lost for it.
  if (!rule || typeof rule === 'string') yield start;
  else for (const no of ruleDays(rule, start, from)) yield `${dayText(no)}${start.slice(10)}`;
}

/**
 * The times of an appointment that touch the days from `first` to `last`, in the order in which they begin.
 * @returns at most `most`: what is shown is bounded, however often it happens
 */
export function timesOf(of: Of, first: Local, last: Local, most = 1_000): Time[] {
  if (of.takenOut) return [];
  const [from, to] = [first.slice(0, 10), last.slice(0, 10)];
  const length = dayNo(lastDayOf(of)) - dayNo(of.start);
  const times: Time[] = [];
  const touches = (time: { start: Local; end: Local }): boolean => time.start.slice(0, 10) <= to && lastDayOf(time) >= from;
  for (const on of beginnings(of, dayNo(from) - length)) {
    if (on.slice(0, 10) > to || times.length >= most) break;
    if (of.except?.includes(on) || of.otherwise?.some((one) => one.on === on)) continue;
    const time = { on, start: on, end: endFrom(on, of), title: of.title, place: of.place, note: of.note, isOtherwise: false };
    if (touches(time)) times.push(time);
  }
  for (const one of of.otherwise ?? []) if (touches(one) && !of.except?.includes(one.on)) times.push({ ...one, isOtherwise: true });
  return times.toSorted((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
}

/** The time of a series that is named so; none where it does not happen. */
export const timeOn = (of: Of, on: Local): Time | undefined => {
  const other = of.otherwise?.find((one) => one.on === on);
  const day = other?.start ?? on;
  return timesOf(of, day, day).find((time) => time.on === on);
};

/** So many days ahead of a time people are reminded at most: further is not looked. */
const furthest = 29;
/** So far ahead the next time is looked for, in two steps (days): most come within a year; 29 February comes every four, and what pauses longer than eight reminds nobody. */
const [aYear, eightYears] = [400, 8 * 366];

/**
 * The next reminder after a moment.
 * @returns when it comes, and of which time
 */
export function nextRing(of: Of & Pick<Appointment, 'reminders'>, after: Moment): { readonly at: Moment; readonly on: Local } | undefined {
  const { reminders = [] } = of;
  if (reminders.length === 0 || of.takenOut) return undefined;
  const today = localAt(after).slice(0, 10);
  // A time may have been moved before the series begins.
  const begins = addDays([of.start, ...(of.otherwise ?? []).map(({ start }) => start)].toSorted()[0]!.slice(0, 10), -furthest);
  const from = begins > today ? begins : today;
  let next: { at: Moment; on: Local } | undefined;
  for (const span of [furthest * 2, aYear, eightYears]) {
    for (const time of timesOf(of, from, dayText(Math.min(dayNo(from) + span, dayNo('2099-12-31'))), 200)) {
      for (const minutes of reminders) {
        const at = ringsAt(time.start, minutes);
        if (at > after && (!next || at < next.at)) next = { at, on: time.on };
      }
    }
    if (next) return next;
  }
  return undefined;
}

