import { asSubject, standsIn, together, type Along, type Brought } from '@noroshi/features/talk';
import type { Id } from '@noroshi/foundations/kernel';
import type { Content } from '../content.ts';
import { addDays, addMinutes, civil, dayNo, daysInMonth, isDay, isLocal, lastDayOf, weekday, type Local } from '../local-time.ts';
import { readRule, writeRule, type Rule } from '../recurrence.ts';

/** How it repeats, as it can be chosen; `other` is what came from a file and stays as it is. */
export const ways = ['none', 'daily', 'weekly', 'monthlyDay', 'monthlyNth', 'monthlyLast', 'yearly', 'other'] as const;
export type Way = (typeof ways)[number];

/** An appointment as it is being written: as its fields hold it. It stays on this device. */
export interface Written {
  readonly calendar: Id | undefined;
  readonly title: string;
  readonly allDay: boolean;
  readonly startDay: string;
  readonly startTime: string;
  readonly endDay: string;
  readonly endTime: string;
  readonly place: string;
  readonly note: string;
  readonly way: Way;
  readonly interval: string;
  readonly weekdays: readonly number[];
  readonly ends: 'never' | 'until' | 'count';
  readonly until: string;
  readonly count: string;
  /** The rule of `other`. */
  readonly rule: string;
  readonly reminders: readonly number[];
  readonly people: readonly Id[];
  readonly orgs: readonly Id[];
  readonly private: boolean;
  /** What came along from a talk. */
  readonly along?: Along | undefined;
  /** The version it was written upon, where it is a change. */
  readonly sees?: number;
}

/** A new one: the next whole hour of a day, an hour long. */
export function emptyWritten(day: Local, now: Local): Written {
  const begins = day === now.slice(0, 10) ? addMinutes(`${now.slice(0, 13)}:00`, 60) : `${day}T09:00`;
  const ends = addMinutes(begins, 60);
  return {
    calendar: undefined, title: '', allDay: false, startDay: begins.slice(0, 10), startTime: begins.slice(11), endDay: ends.slice(0, 10), endTime: ends.slice(11), place: '', note: '',
    way: 'none', interval: '1', weekdays: [weekday(dayNo(begins))], ends: 'never', until: '', count: '10', rule: '', reminders: [], people: [], orgs: [], private: false,
  };
}

/** As much as an appointment has room for. */
export const longestTitle = 120;
export const longestNote = 4_000;

/**
 * What is being written, with what was brought along: its first line says what it is, the others stand in the note. Where it has a title
 * already, all of it goes there. What came along before and was said since makes room.
 */
export function withBrought(written: Written, brought: Brought): Written {
  const { words, gone } = brought;
  if (words === '' || standsIn(`${written.title}\n${written.note}`, words)) return written;
  const { subject, below } = asSubject(words, longestTitle);
  const past = gone.map((one) => asSubject(one, longestTitle)).find((one) => one.subject === written.title.trim());
  if (written.title.trim() !== '' && !past) return { ...written, note: together(written.note, brought, longestNote) };
  const note = together(written.note, { words: below, gone: past ? [past.below] : [] }, longestNote);
  return { ...written, title: subject, note };
}

/** Which Monday of its month it is, and whether it is the last. */
export function nthOf(day: Local): { readonly nth: number; readonly isLast: boolean } {
  const [year, month, date] = civil(dayNo(day));
  return { nth: Math.ceil(date / 7), isLast: date + 7 > daysInMonth(year, month) };
}

/** What stands in a calendar, to be changed. @param more where another time than the first is meant */
export function asWritten(content: Content, calendar: Id, isPrivate: boolean): Written {
  const { start, end } = content;
  const allDay = isDay(start);
  const read = content.repeat === undefined ? undefined : readRule(content.repeat);
  const rule = typeof read === 'string' ? undefined : read;
  const base = emptyWritten(start.slice(0, 10), '');
  return {
    ...base, calendar, title: content.title, allDay, startDay: start.slice(0, 10), startTime: allDay ? '09:00' : start.slice(11), endDay: allDay ? lastDayOf(content) : end.slice(0, 10), endTime: allDay ? '10:00' : end.slice(11),
    place: content.place ?? '', note: content.note ?? '', reminders: content.reminders ?? [], people: content.people ?? [], orgs: content.orgs ?? [], private: isPrivate,
    way: content.repeat === undefined ? 'none' : wayOf(rule, start), rule: content.repeat ?? '', interval: String(rule?.interval ?? 1),
    weekdays: rule?.freq === 'WEEKLY' ? rule.byDay?.map(({ day }) => day) ?? base.weekdays : base.weekdays,
    ends: rule?.count !== undefined ? 'count' : rule?.until !== undefined ? 'until' : 'never', until: rule?.until?.slice(0, 10) ?? '', count: String(rule?.count ?? 10),
  };
}

function wayOf(rule: Rule | undefined, start: Local): Way {
  if (!rule || rule.bySetPos || rule.weekStart !== 1) return 'other';
  const [, month, date] = civil(dayNo(start));
  const { freq, byDay, byMonth, byMonthDay } = rule;
  if (freq === 'DAILY') return byDay || byMonth || byMonthDay ? 'other' : 'daily';
  if (freq === 'WEEKLY') return byMonth || byMonthDay ? 'other' : 'weekly';
  if (freq === 'YEARLY') return !byDay && (!byMonth || (byMonth.length === 1 && byMonth[0] === month)) && (!byMonthDay || (byMonthDay.length === 1 && byMonthDay[0] === date)) ? 'yearly' : 'other';
  if (byMonth) return 'other';
  if (!byDay) return !byMonthDay || (byMonthDay.length === 1 && byMonthDay[0] === date) ? 'monthlyDay' : 'other';
  const [only] = byDay;
  if (byDay.length > 1 || byMonthDay || only!.day !== weekday(dayNo(start))) return 'other';
  return only!.nth === -1 ? 'monthlyLast' : only!.nth === nthOf(start).nth ? 'monthlyNth' : 'other';
}

/** What is missing or no time; its sentence is that of the refusal. */
export type Wrong = 'title' | 'start' | 'end' | 'interval' | 'until' | 'count';

const whole = (text: string, most: number): number | undefined => {
  const n = Number(text.normalize('NFKC').trim());
  return Number.isInteger(n) && n >= 1 && n <= most ? n : undefined;
};

/** What it says, and what is wrong with it. */
export function contentOf(written: Written): { readonly content: Content; readonly wrong: ReadonlySet<Wrong> } {
  const wrong = new Set<Wrong>();
  const { allDay } = written;
  const start = allDay ? written.startDay : `${written.startDay}T${written.startTime.slice(0, 5)}`;
  const said = allDay ? written.endDay : `${written.endDay}T${written.endTime.slice(0, 5)}`;
  if (written.title.trim() === '') wrong.add('title');
  if (!isLocal(start)) wrong.add('start');
  if (!isLocal(said) || said < start) wrong.add('end');
  // An all-day appointment ends behind its last day.
  const end = allDay && isLocal(said) ? addDays(said, 1) : said;
  const interval = whole(written.interval, 999);
  const count = whole(written.count, 3_660);
  const repeats = written.way !== 'none' && written.way !== 'other';
  if (repeats && interval === undefined) wrong.add('interval');
  if (repeats && written.ends === 'count' && count === undefined) wrong.add('count');
  if (repeats && written.ends === 'until' && (!isLocal(written.until) || !isDay(written.until) || written.until < written.startDay)) wrong.add('until');
  const repeat = wrong.size > 0 || written.way === 'none' ? undefined : written.way === 'other' ? written.rule : writeRule(ruleOf(written, start, interval!, count), start);
  return {
    wrong,
    content: {
      title: written.title.trim(), start, end, ...(written.place.trim() ? { place: written.place.trim() } : {}), ...(written.note.trim() ? { note: written.note.trim() } : {}),
      ...(repeat === undefined ? {} : { repeat }), ...(written.reminders.length > 0 ? { reminders: [...written.reminders] } : {}),
      ...(written.people.length > 0 ? { people: [...written.people] } : {}), ...(written.orgs.length > 0 ? { orgs: [...written.orgs] } : {}),
    },
  };
}

function ruleOf({ way, weekdays, ends, until }: Written, start: Local, interval: number, count: number | undefined): Rule {
  const at = weekday(dayNo(start));
  const more = { interval, weekStart: 1, ...(ends === 'count' ? { count: count! } : ends === 'until' ? { until } : {}) };
  switch (way) {
    // The day on which it begins is always one of them.
    case 'weekly': return { freq: 'WEEKLY', byDay: [1, 2, 3, 4, 5, 6, 0].filter((day) => day === at || weekdays.includes(day)).map((day) => ({ day })), ...more };
    case 'monthlyNth': return { freq: 'MONTHLY', byDay: [{ day: at, nth: nthOf(start).nth }], ...more };
    case 'monthlyLast': return { freq: 'MONTHLY', byDay: [{ day: at, nth: -1 }], ...more };
    case 'monthlyDay': return { freq: 'MONTHLY', ...more };
    case 'yearly': return { freq: 'YEARLY', ...more };
    default: return { freq: 'DAILY', ...more };
  }
}

/** When the beginning moves, the end moves with it. */
export function moved(now: Written, more: Partial<Written>): Written {
  const next = { ...now, ...more };
  if (more.startDay === undefined && more.startTime === undefined) return next;
  const [before, after] = [`${now.startDay}T${now.startTime}`, `${next.startDay}T${next.startTime}`].map((one) => one.slice(0, 16));
  if (!isLocal(before!) || !isLocal(after!) || !isLocal(`${now.endDay}T${now.endTime.slice(0, 5)}`)) return next;
  const by = (Date.parse(`${after}Z`) - Date.parse(`${before}Z`)) / 60_000;
  const end = addMinutes(`${now.endDay}T${now.endTime.slice(0, 5)}`, by);
  return { ...next, endDay: end.slice(0, 10), endTime: end.slice(11) };
}
