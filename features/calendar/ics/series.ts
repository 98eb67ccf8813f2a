import { addDays, dayNo, isDay, minuteNo, minuteText, type Local } from '../local-time.ts';
import { looksFor, ruleDays, writeRule, type Rule } from '../recurrence.ts';
import { localIn, minuteIn, shiftsAfter, wallHere, type Zone } from './zones.ts';

/** A time as a file tells it: what the wall of its zone shows, or a day. */
export interface Told { readonly there: Local; readonly zone: Zone }
/** What the wall here shows then. A day is the same everywhere. */
export const hereOf = ({ there, zone }: Told): Local => (isDay(there) ? there : minuteText(wallHere(zone, minuteNo(there))));

/** A series as it stands here. */
export interface SeriesHere {
  readonly start: Local;
  readonly repeat: string;
  /** Times that a summer elsewhere moves, so that they are otherwise than the rule says here. */
  readonly moved: readonly { readonly on: Local; readonly start: Local }[];
  /** A time of it, by the name that it has here. */
  readonly onOf: (told: Told) => Local;
  /** Whether times before the first or behind the last are left out: told are both. */
  readonly part?: { readonly why: 'zoneShifts' | 'early'; readonly from: Local; readonly until: Local | undefined };
}

/** Before this day there are no appointments. */
const earliest = dayNo('1980-01-01');
const latest = dayNo('2099-12-31');
/** About how many days a period of a rule has. */
const daysOf = { DAILY: 1, WEEKLY: 7, MONTHLY: 31, YEARLY: 366 };
/** So many days are gone through for the series of one file that are told one by one; and so many lie between where its rules are looked for and where they first come true. */
export const [mostDays, mostLooked] = [2_000_000, 2_000_000];
/** What may still be gone through for a file. */
export interface Budget { days: number; looked: number }

/**
 * A series that was written for another zone. Where its hour is steady here, or its weekdays can be told as ours, it is a rule; else the
 * rule has the hour that most of its times have, and the others are told one by one.
 * @param rule as the wall there shows it, its end as well
 * @param mostMoved so many times are told one by one; a series that has more of them ends before
 * @param today a series that must end before is told from a year ago
 * @param budget days that may still be gone through for this file; behind them no series is looked for
 */
export function seriesHere(rule: Rule, begins: Told, mostMoved: number, today: Local, budget: Budget): SeriesHere | 'repeatNever' | 'tooManyOdd' {
  const { there, zone } = begins;
  if (budget.looked < 0) return 'tooManyOdd';
  const first = ruleDays(rule, there, earliest, rule.count !== undefined && dayNo(there) < earliest ? 2 * looksFor : looksFor).next();
  const from = Math.max(dayNo(there), earliest);
  budget.looked -= first.done ? Math.min(latest - from, looksFor * daysOf[rule.freq]) : first.value - from;
  if (first.done) return 'repeatNever';
  const hour = minuteNo(there) % 1440;
  const timeOn = (no: number): number => (isDay(there) ? no * 1440 : wallHere(zone, no * 1440 + hour));
  const text = (minute: number): Local => (isDay(there) ? minuteText(minute).slice(0, 10) : minuteText(minute));
  const isSteady = isDay(there) || !shiftsAfter(zone, minuteIn(zone, first.value * 1440 + hour));
  const ahead = Math.floor(timeOn(first.value) / 1440) - first.value;
  const same = shifted(rule, ahead, there);
  const begun = { rule, there, zone, timeOn, text, budget };
  if (!isSteady || !same) return spelledOut(begun, first.value, mostMoved, today);
  const isEarly = first.value > dayNo(there) && dayNo(there) < earliest;
  if (isEarly && rule.count !== undefined) return spelledOut(begun, first.value, mostMoved, today);
  const until = rule.until === undefined || isDay(there) ? rule.until : hereOf({ there: isDay(rule.until) ? `${rule.until}T23:59` : rule.until, zone });
  const start = text(timeOn(first.value));
  return {
    start, repeat: writeRule({ ...same, ...(until === undefined ? {} : { until }) }, start), moved: [], onOf: namer(begun, ahead, start.slice(10)),
    ...(isEarly ? { part: { why: 'early', from: start, until: undefined } } : {}),
  };
}

/** A series as it is gone through. `timeOn`: when it begins here on a day there, in minutes since 1970 on the wall. */
interface Begun { readonly rule: Rule; readonly there: Local; readonly zone: Zone; readonly timeOn: (no: number) => number; readonly text: (minute: number) => Local; readonly budget: Budget }

/** Names a time by the day of its series there, and the days and the hour by which that is told here. */
const namer = ({ there, zone }: Begun, ahead: number, hour: string) => (told: Told): Local => {
  if (isDay(there)) return isDay(told.there) ? told.there : localIn(zone, minuteIn(told.zone, minuteNo(told.there))).slice(0, 10);
  const wall = isDay(told.there) ? `${told.there}${there.slice(10)}` : localIn(zone, minuteIn(told.zone, minuteNo(told.there)));
  return wall.slice(10) === there.slice(10) ? `${addDays(wall.slice(0, 10), ahead)}${hour}` : hereOf(told);
};

/** A rule whose days are told as those that lie so many days further; nothing where that is no rule any more. */
function shifted(rule: Rule, by: number, there: Local): Rule | undefined {
  if (by === 0) return rule;
  const { freq, byDay, byMonthDay, byMonth, bySetPos, weekStart } = rule;
  if (bySetPos) return undefined;
  if (freq === 'DAILY' || freq === 'WEEKLY') {
    if (byMonth || byMonthDay) return undefined;
    const on = (day: number): number => (day + by + 7) % 7;
    return byDay ? { ...rule, byDay: byDay.map(({ day }) => ({ day: on(day) })), weekStart: on(weekStart) } : rule;
  }
  // Of a month only days that have the same one behind or before them in every month.
  const days = byMonthDay ?? [Number(there.slice(8, 10))];
  if (byDay || days.some((n) => n < 1 || n + by < 1 || Math.max(n, n + by) > 28)) return undefined;
  return byMonthDay ? { ...rule, byMonthDay: days.map((n) => n + by) } : rule;
}

/** The rule with the hour that most times of a year have, and the others one by one. */
function spelledOut(begun: Begun, first: number, mostMoved: number, today: Local): SeriesHere | 'repeatNever' | 'tooManyOdd' {
  const lately = dayNo(today) - 366;
  let told = spell(begun, first, mostMoved);
  let from = first;
  if (typeof told === 'object' && told.isCut && first < lately) {
    const later = ruleDays(begun.rule, begun.there, lately).next();
    from = later.done ? first : later.value;
    told = spell(begun, from, mostMoved);
  }
  if (typeof told === 'string') return told;
  const { rule, there } = begun;
  const { start, last, moved, ahead, base, isCut } = told;
  // Counted is from the first: where that is left out, it ends with its last day.
  const begunLater = from > dayNo(there) && (rule.count !== undefined || first < from || dayNo(there) < earliest);
  const { count, until: _until, ...open } = base;
  const ends = isCut || rule.until !== undefined || (count !== undefined && begunLater) ? { until: last } : count === undefined ? {} : { count };
  return {
    start, repeat: writeRule({ ...open, ...ends }, start), moved, onOf: namer(begun, ahead, start.slice(10)),
    ...(isCut || begunLater ? { part: { why: isCut || from > first ? 'zoneShifts' : 'early', from: start, until: isCut || from > first ? last : undefined } } : {}),
  };
}

interface Spelled { readonly start: Local; readonly last: Local; readonly moved: readonly { readonly on: Local; readonly start: Local }[]; readonly ahead: number; readonly base: Rule; readonly isCut: boolean }

function spell({ rule, there, timeOn, text, budget }: Begun, from: number, mostMoved: number): Spelled | 'tooManyOdd' {
  if (budget.days < 0) return 'tooManyOdd';
  // How many minutes behind the midnight of its day there most of its times of a year begin here.
  const seen = new Map<number, number>();
  for (const no of ruleDays(rule, there, from)) {
    if (no > from + 366) break;
    const behind = timeOn(no) - no * 1440;
    seen.set(behind, (seen.get(behind) ?? 0) + 1);
  }
  const most = [...seen].toSorted(([, a], [, b]) => b - a)[0]![0];
  const base = shifted(rule, Math.floor(most / 1440), there);
  const ahead = base ? Math.floor(most / 1440) : 0;
  const behind = ahead * 1440 + ((most % 1440) + 1440) % 1440;
  const moved: { on: Local; start: Local }[] = [];
  let [last, isCut, walked] = [from, false, latest];
  for (const no of ruleDays(rule, there, from)) {
    const isMoved = timeOn(no) !== no * 1440 + behind;
    isCut = no - from > budget.days || (isMoved && moved.length === mostMoved);
    if (isCut) {
      walked = no;
      break;
    }
    if (isMoved) moved.push({ on: text(no * 1440 + behind), start: text(timeOn(no)) });
    last = no;
  }
  // One that was gone through to its end was asked for nothing beyond.
  budget.days -= (rule.count !== undefined || rule.until !== undefined ? Math.min(walked, last + 400) : walked) - from + 400;
  return { start: text(from * 1440 + behind), last: text(last * 1440 + behind), moved, ahead, base: base ?? rule, isCut };
}
