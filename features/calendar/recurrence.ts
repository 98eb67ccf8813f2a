import { civil, dayNo, daysInMonth, dayText, isDay, localAt, weekday, type Local } from './local-time.ts';

/** くり返し, as RFC 5545 has it in RRULE: as far as days go. Each time keeps the hour of the first. */
export interface Rule {
  readonly freq: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  readonly interval: number;
  /** So many times, the first among them. */
  readonly count?: number;
  /** The last time it can begin, as a day or a minute of the prefecture. */
  readonly until?: Local;
  /** Weekdays, 0 Sunday; `nth` of the month or year, from its end where negative. */
  readonly byDay?: readonly { readonly day: number; readonly nth?: number }[];
  readonly byMonthDay?: readonly number[];
  readonly byMonth?: readonly number[];
  readonly bySetPos?: readonly number[];
  readonly weekStart: number;
}

/** Whether a rule that is to be taken ever comes true is looked for in so many periods. */
export const looksFor = 400;

/** Why a rule is not taken; each has a sentence: `refusal.calendar.<why>`. */
export type RuleTrouble = 'repeatTooOften' | 'repeatUnknown' | 'repeatTwoEnds' | 'repeatUnreadable';

const names = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
/** A rule is no longer than this, in letters: what people make in three programs is a tenth of it. */
export const longestRule = 300;
/** More times than once a day for ten years is counted by nobody. */
export const mostTimes = 3_660;
/** Nothing happens after the last day whose holidays are known. */
const lastDay = dayNo('2099-12-31');

/**
 * Reads an RRULE.
 * @param text without its name: `FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261231`
 * @returns the rule, or why it is not taken
 */
export function readRule(text: string): Rule | RuleTrouble {
  if (text.length > longestRule) return 'repeatUnreadable';
  const parts = new Map<string, string>();
  for (const part of text.toUpperCase().split(';').filter(Boolean)) {
    const [name, value, ...more] = part.split('=');
    if (!name || !value || more.length > 0 || parts.has(name)) return 'repeatUnreadable';
    parts.set(name, value);
  }
  const freq = parts.get('FREQ');
  if (freq === 'SECONDLY' || freq === 'MINUTELY' || freq === 'HOURLY') return 'repeatTooOften';
  if (freq !== 'DAILY' && freq !== 'WEEKLY' && freq !== 'MONTHLY' && freq !== 'YEARLY') return 'repeatUnreadable';
  // More than one hour, minute or second of a day is more often than once a day.
  for (const name of ['BYHOUR', 'BYMINUTE', 'BYSECOND']) if (parts.has(name)) return 'repeatTooOften';
  const known = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYSETPOS', 'WKST'];
  if ([...parts.keys()].some((name) => !known.includes(name))) return 'repeatUnknown';
  if (parts.has('COUNT') && parts.has('UNTIL')) return 'repeatTwoEnds';
  const numbers = (name: string, from: number, to: number): number[] | undefined | null => {
    const value = parts.get(name);
    if (value === undefined) return undefined;
    const all = value.split(',').map((one) => (/^[+-]?\d{1,4}$/.test(one) ? Number(one) : Number.NaN));
    return all.every((one) => one !== 0 && Math.abs(one) >= from && Math.abs(one) <= to) ? [...new Set(all)] : null;
  };
  const [interval, count, byMonthDay, byMonth, bySetPos] = [numbers('INTERVAL', 1, 999), numbers('COUNT', 1, mostTimes), numbers('BYMONTHDAY', 1, 31), numbers('BYMONTH', 1, 12), numbers('BYSETPOS', 1, 366)];
  if (interval === null || count === null || byMonthDay === null || byMonth === null || bySetPos === null) return 'repeatUnreadable';
  if ((interval ?? [1])[0]! < 1 || (count ?? [1])[0]! < 1 || byMonth?.some((month) => month < 1)) return 'repeatUnreadable';
  const byDay: { day: number; nth?: number }[] = [];
  for (const one of parts.get('BYDAY')?.split(',') ?? []) {
    const found = /^([+-]?\d{1,2})?(SU|MO|TU|WE|TH|FR|SA)$/.exec(one);
    const nth = found?.[1] === undefined ? undefined : Number(found[1]);
    if (!found || nth === 0 || (nth !== undefined && Math.abs(nth) > 53)) return 'repeatUnreadable';
    // Only months and years have a second Monday.
    if (nth !== undefined && (freq === 'DAILY' || freq === 'WEEKLY')) return 'repeatUnreadable';
    const day = names.indexOf(found[2]!);
    // What is said twice is gone through once.
    if (!byDay.some((one) => one.day === day && one.nth === nth)) byDay.push({ day, ...(nth === undefined ? {} : { nth }) });
  }
  const untilText = parts.get('UNTIL');
  const until = untilText === undefined ? undefined : readUntil(untilText);
  if (until === null) return 'repeatUnreadable';
  const weekStart = names.indexOf(parts.get('WKST') ?? 'MO');
  if (weekStart < 0) return 'repeatUnreadable';
  return {
    freq, interval: interval?.[0] ?? 1, weekStart,
    ...(count ? { count: count[0]! } : {}), ...(until ? { until } : {}), ...(byDay.length > 0 ? { byDay } : {}),
    ...(byMonthDay ? { byMonthDay } : {}), ...(byMonth ? { byMonth } : {}), ...(bySetPos ? { bySetPos } : {}),
  };
}

/** `20261231`, `20261231T145959Z` (UTC) or `20261231T235959` (the prefecture's). */
function readUntil(text: string): Local | null {
  const found = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z)?)?$/.exec(text);
  if (!found) return null;
  const [, year, month, day, hour, minute, utc] = found;
  if (hour === undefined) return `${year}-${month}-${day}`;
  if (!utc) return `${year}-${month}-${day}T${hour}:${minute}`;
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
  return Number.isNaN(at) ? null : localAt(at);
}

const two = (n: number): string => String(n).padStart(2, '0');

/** Writes a rule as RRULE has it. Of an appointment with an hour UNTIL is in UTC, as RFC 5545 asks (3.3.10). */
export function writeRule({ freq, interval, count, until, byDay, byMonthDay, byMonth, bySetPos, weekStart }: Rule, start: Local): string {
  const end = until === undefined ? undefined : isDay(start) ? until.slice(0, 10).replaceAll('-', '') : utc(isDay(until) ? `${until}T23:59` : until);
  return [
    `FREQ=${freq}`, interval > 1 && `INTERVAL=${interval}`, count !== undefined && `COUNT=${count}`, end !== undefined && `UNTIL=${end}`,
    byMonth && `BYMONTH=${byMonth.join(',')}`, byMonthDay && `BYMONTHDAY=${byMonthDay.join(',')}`,
    byDay && `BYDAY=${byDay.map(({ day, nth }) => `${nth ?? ''}${names[day]}`).join(',')}`, bySetPos && `BYSETPOS=${bySetPos.join(',')}`,
    weekStart !== 1 && `WKST=${names[weekStart]}`,
  ].filter(Boolean).join(';');
}

/** A minute of the prefecture as a time in UTC. */
export function utc(local: Local): string {
  const at = new Date(Date.parse(`${local.slice(0, 16)}:00+09:00`));
  return `${at.getUTCFullYear()}${two(at.getUTCMonth() + 1)}${two(at.getUTCDate())}T${two(at.getUTCHours())}${two(at.getUTCMinutes())}00Z`;
}

/**
 * The days on which it begins, in order. A rule without an end is asked for as far as is wanted and no further; whatever it says, it
 * ends with 2099, so that a rule that never comes true costs a few milliseconds and no more.
 * @param start the first time: each begins at its hour
 * @param from days before this number are left out; without COUNT they are not even gone through
 * @param periods so many days, weeks, months or years are looked through at most
 */
export function* ruleDays(rule: Rule, start: Local, from = -Infinity, periods = Infinity): Generator<number> {
  const first = dayNo(start);
  const hour = start.slice(10);
  const isOver = (no: number): boolean => {
    const { until } = rule;
    return until !== undefined && (isDay(until) || hour === '' ? dayText(no) > until.slice(0, 10) : dayText(no) + hour > until);
  };
  let n = 0;
  const begin = rule.count === undefined ? skipped(rule, first, from) : 0;
  for (let step = begin; step < begin + periods; step++) {
    const [begins, days] = period(rule, first, step * rule.interval);
    if (begins > lastDay) return;
    if (days.length === 0) {
      if (rule.until !== undefined && isOver(begins) && begins > first) return;
      continue;
    }
    const set = days.length === 1 ? days : [...new Set(days)].toSorted((a, b) => a - b);
    const chosen = rule.bySetPos ? [...new Set(rule.bySetPos.map((pos) => set.at(pos > 0 ? pos - 1 : pos)).filter((no) => no !== undefined))].toSorted((a, b) => a - b) : set;
    for (const no of chosen) {
      if (no < first) continue;
      if (no > lastDay || isOver(no)) return;
      n += 1;
      if (no >= from) yield no;
      if (n === rule.count) return;
    }
    // What lies in a later period lies later still.
    if (isOver(begins) && begins > first) return;
  }
}

/** How many periods lie before the wanted day for certain. */
function skipped({ freq, interval }: Rule, first: number, from: number): number {
  if (!Number.isFinite(from) || from <= first) return 0;
  const length = { DAILY: 1, WEEKLY: 7, MONTHLY: 31, YEARLY: 366 }[freq] * interval;
  return Math.max(0, Math.floor((from - first) / length) - 1);
}

const isInMonths = ({ byMonth }: Rule, no: number): boolean => !byMonth || byMonth.includes(civil(no)[1]);

/** The period that lies so many days, weeks, months or years after the first one: its first day, and the days that the rule names in it. */
function period(rule: Rule, first: number, ahead: number): [begins: number, days: number[]] {
  const [year, month, day] = civil(first);
  switch (rule.freq) {
    case 'DAILY': {
      const no = first + ahead;
      return [no, isInMonths(rule, no) && isOnDay(rule, no) && isOnMonthDay(rule, no) ? [no] : []];
    }
    case 'WEEKLY': {
      const begins = first - ((weekday(first) - rule.weekStart + 7) % 7) + ahead * 7;
      const days = Array.from({ length: 7 }, (_, i) => begins + i);
      return [begins, begins > lastDay ? [] : days.filter((one) => (rule.byDay ? isOnDay(rule, one) : weekday(one) === weekday(first)) && isInMonths(rule, one) && isOnMonthDay(rule, one))];
    }
    case 'MONTHLY': {
      const months = (month - 1) + ahead;
      const [y, m] = [year + Math.floor(months / 12), (months % 12) + 1];
      if (y > 2099) return [lastDay + 1, []];
      return [Date.UTC(y, m - 1, 1) / 86_400_000, !rule.byMonth || rule.byMonth.includes(m) ? inMonth(rule, y, m, day) : []];
    }
    case 'YEARLY': {
      const y = year + ahead;
      if (y > 2099) return [lastDay + 1, []];
      const begins = Date.UTC(y, 0, 1) / 86_400_000;
      // Without a month, a weekday is one of the year: its fifth Thursday.
      const ofYear = !rule.byMonth && rule.byDay ? new Set(onWeekdays(rule.byDay, begins, Date.UTC(y, 11, 31) / 86_400_000)) : undefined;
      if (ofYear && !rule.byMonthDay) return [begins, [...ofYear]];
      if (ofYear) return [begins, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].flatMap((m) => inMonth({ ...rule, byDay: undefined }, y, m, day)).filter((no) => ofYear.has(no))];
      const months = rule.byMonth ?? (rule.byMonthDay ? [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] : [month]);
      return [begins, months.flatMap((m) => inMonth(rule, y, m, day))];
    }
  }
}

/** The days that a rule names in a month: by their number, by their weekday, by both, or that of the first. */
function inMonth({ byMonthDay, byDay }: { readonly byMonthDay?: Rule['byMonthDay']; readonly byDay?: Rule['byDay'] | undefined }, year: number, month: number, day: number): number[] {
  const begins = Date.UTC(year, month - 1, 1) / 86_400_000;
  const length = daysInMonth(year, month);
  const byWeekday = byDay && onWeekdays(byDay, begins, begins + length - 1);
  if (!byMonthDay && byWeekday) return byWeekday;
  const numbers = (byMonthDay ?? [day]).map((n) => (n > 0 ? n : length + 1 + n)).filter((n) => n >= 1 && n <= length);
  const days = numbers.map((n) => begins + n - 1);
  return byWeekday ? days.filter((no) => byWeekday.includes(no)) : days;
}

function onWeekdays(byDay: NonNullable<Rule['byDay']>, from: number, to: number): number[] {
  return byDay.flatMap(({ day, nth }) => {
    const first = from + ((day - weekday(from) + 7) % 7);
    const all = Math.floor((to - first) / 7) + 1;
    if (nth === undefined) return Array.from({ length: all }, (_, week) => first + week * 7);
    const week = nth > 0 ? nth - 1 : all + nth;
    return week >= 0 && week < all ? [first + week * 7] : [];
  });
}

const isOnDay = ({ byDay }: Rule, no: number): boolean => !byDay || byDay.some(({ day }) => day === weekday(no));
const isOnMonthDay = ({ byMonthDay }: Rule, no: number): boolean => {
  if (!byMonthDay) return true;
  const [year, month, day] = civil(no);
  return byMonthDay.some((n) => (n > 0 ? n : daysInMonth(year, month) + 1 + n) === day);
};
