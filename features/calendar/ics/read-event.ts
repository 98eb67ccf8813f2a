import type { Property } from '@noroshi/foundations/documents/content-lines';
import { checkTimes, endFrom, longestDays, mostExcept, mostReminders } from '../content.ts';
import { bytesOf, mostBytesAtOnce, type Imported } from '../import-appointments.ts';
import { addDays, addMinutes, dayNo, dayText, isDay, minuteNo, type Local } from '../local-time.ts';
import { readRule, type RuleTrouble } from '../recurrence.ts';
import { allOf, of, valueOf, type Part } from './parts.ts';
import { hereOf, seriesHere, type Budget, type SeriesHere, type Told } from './series.ts';
import { hereZone, untilThere, utcZone, type Zone, type Zones } from './zones.ts';

/** Why something of a file is not taken, or not all of it; each has a sentence: `calendar.ics.<why>`. */
export type IcsTrouble =
  | 'cancelled' | 'noStart' | 'noSuchTime' | 'endsBeforeStart' | 'tooLong' | 'zoneUnknown' | 'zoneShifts' | 'tooManyEvents' | 'lineTooLong' | 'tooManyOdd' | 'followingRange' | 'twice' | 'broken' | 'early'
  | RuleTrouble | 'repeatNever' | 'repeatEnded' | 'extraDates' | 'cut';
/** Of which line, by its number in the file, and of which appointment; from when to when it is taken, where that is less than it said. */
export interface IcsNote { readonly line: number; readonly title: string; readonly why: IcsTrouble; readonly from?: Local; readonly until?: Local }

/** What a file is read with: its zones, the days that may still be gone through for it, and the day on which it is read. */
export interface Reading { readonly zones: Zones; readonly budget: Budget; readonly today: Local }
type Note = (why: IcsTrouble, when?: Pick<IcsNote, 'from' | 'until'>) => void;
interface Span { readonly start: Local; readonly end: Local }

/** One VEVENT. */
export interface Single {
  readonly part: Part;
  readonly uid: string;
  readonly sequence: number;
  readonly content: Omit<Imported, 'uid' | 'except' | 'otherwise'>;
  readonly except: readonly Local[];
  /** Which time of its series it is, as the file tells it. */
  readonly on: Told | undefined;
  /** A time of its series, by the name that it has here. */
  readonly onOf: (told: Told) => Local;
  /** Times of its series that stand otherwise here than its rule says. */
  readonly moved: readonly (Span & { readonly on: Local })[];
  /** Times beside its rule. */
  readonly extra: readonly Span[];
}

/** So many additional days (RDATE) of one appointment are taken; and so many of its times are otherwise for a summer elsewhere, so that there is room for those that people changed. */
const [mostExtra, mostMoved] = [50, 150];

/**
 * A moment of a file, on the wall of its zone. The seconds are not asked for: some leave them out.
 * @param otherwise the zone of what names none: a time without one is one of wherever one is, and that is here
 */
export function timeOf(property: Property, zones: Zones, otherwise = hereZone): Told | IcsTrouble {
  const found = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(?:\d\d)?(Z)?)?$/.exec(property.value.trim());
  if (!found) return 'noSuchTime';
  const [, year, month, day, hour, minute, utc] = found;
  const on = `${year}-${month}-${day}`;
  if (dayText(dayNo(on)) !== on || Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59) return 'noSuchTime';
  if (hour === undefined) return { there: on, zone: hereZone };
  const named = property.params.get('TZID');
  const zone = utc ? utcZone : named ? zones.named(named) : otherwise;
  return zone ? { there: `${on}T${hour}:${minute}`, zone } : 'zoneUnknown';
}

/** Reads one appointment, or why it is not taken. @param note what of it is taken in part */
export function readEvent(part: Part, { zones, budget, today }: Reading, note: Note): Single | IcsTrouble {
  const starts = of(part, 'DTSTART');
  if (!starts) return 'noStart';
  const told = timeOf(starts, zones);
  if (typeof told === 'string') return told;
  const begins = isWholeDay(part, told) ? { ...told, there: told.there.slice(0, 10) } : told;
  const end = endOf(part, begins, zones);
  if (typeof end === 'string') return end;
  let span: Span = { start: hereOf(begins), end: end.at };
  const words = wordsOf(part, note);
  const series = ruleOf(part, begins, { today, budget, mostMoved: Math.min(mostMoved, Math.floor((mostBytesAtOnce - 2_000 - bytesOf(words)) / (bytesOf(words) + 120))) }, note);
  if (typeof series === 'string') return series;
  if (series) span = later(span, series.start);
  const times = checkTimes(span);
  if (!times.ok) return times.code === 'calendar.tooLong' ? 'tooLong' : times.code === 'calendar.endsBeforeStart' ? 'endsBeforeStart' : 'noSuchTime';
  const onOf = series?.onOf ?? ((one: Told): Local => fitted(hereOf(one), span.start));
  const except = allOf(part, 'EXDATE').flatMap((one) => one.value.split(',').flatMap((value) => {
    const out = namedAs({ ...one, value }, zones, begins.zone);
    return typeof out === 'string' ? [] : [onOf(out)];
  }));
  if (except.length > mostExcept) return 'tooManyOdd';
  const id = of(part, 'RECURRENCE-ID');
  const on = id && namedAs(id, zones, begins.zone);
  if (typeof on === 'string') return on;
  if (id?.params.get('RANGE')) return 'followingRange';
  const reminders = [...new Set(part.parts.filter(({ name }) => name === 'VALARM').flatMap((one) => reminderOf(one, isDay(span.start))))].slice(0, mostReminders);
  const level = valueOf(part, 'CLASS').toUpperCase();
  const content = {
    ...words, ...span, ...(series ? { repeat: series.repeat } : {}), ...(reminders.length > 0 ? { reminders } : {}), ...(level === 'PRIVATE' || level === 'CONFIDENTIAL' ? { private: true } : {}),
  };
  return {
    part, content, on, onOf, uid: valueOf(part, 'UID').slice(0, 360) || `${span.start}/${words.title.slice(0, 80)}@no-uid`, sequence: Number(valueOf(part, 'SEQUENCE')) || 0, except: [...new Set(except)].toSorted(),
    moved: (series?.moved ?? []).map((one) => ({ on: one.on, ...later(span, one.start) })), extra: extraOf(part, span, begins, zones, note),
  };
}

/** Title, place and note, as far as there is room for them. */
function wordsOf(part: Part, note: Note): Pick<Imported, 'title' | 'place' | 'note'> {
  const [title, place, text] = [valueOf(part, 'SUMMARY').replaceAll('\n', ' ').trim(), valueOf(part, 'LOCATION').replaceAll('\n', ' ').trim(), valueOf(part, 'DESCRIPTION')];
  if (title.length > 120 || place.length > 200 || text.length > 4_000) note('cut');
  return { title: title.slice(0, 120) || '—', ...(place ? { place: place.slice(0, 200) } : {}), ...(text ? { note: text.slice(0, 4_000) } : {}) };
}

/** The series, where it is one. */
function ruleOf(part: Part, begins: Told, room: { readonly today: Local; readonly budget: Budget; readonly mostMoved: number }, note: Note): SeriesHere | undefined | IcsTrouble {
  // Exchange writes spaces into a list of days, and others a rule that says nothing, or the same one twice.
  const [text, ...more] = new Set(allOf(part, 'RRULE').map(({ value }) => withoutHour(value.replaceAll(/\s/g, ''), begins.there)).filter(Boolean));
  if (text === undefined) return undefined;
  if (more.length > 0) return 'repeatUnknown';
  const rule = readRule(text);
  if (typeof rule === 'string') return rule;
  const series = seriesHere(untilThere(rule, text, begins.zone), begins, room.mostMoved, room.today, room.budget);
  // A series that ends before it begins has its first time all the same (RFC 5545, 3.8.5.3).
  if (series === 'repeatNever' && rule.until !== undefined) {
    note('repeatEnded');
    return undefined;
  }
  if (typeof series !== 'string' && series.part) note(series.part.why, { from: series.part.from, ...(series.part.until ? { until: series.part.until } : {}) });
  return series;
}

/** A rule that says again at which hour its first time begins says nothing by that. */
const withoutHour = (rule: string, there: Local): string => {
  const hour: Readonly<Record<string, number>> = { HOUR: Number(there.slice(11, 13)), MINUTE: Number(there.slice(14, 16)), SECOND: 0 };
  return rule.replaceAll(/;BY(HOUR|MINUTE|SECOND)=(\d+)(?=;|$)/gi, (all, what: string, n: string) => (hour[what.toUpperCase()] === Number(n) ? '' : all));
};

/** Which time of a series is meant. One whose zone nobody knows was written for that of its series. */
function namedAs(property: Property, zones: Zones, zone: Zone): Told | IcsTrouble {
  const told = timeOf(property, zones, zone);
  return told === 'zoneUnknown' ? timeOf({ ...property, params: new Map() }, zones, zone) : told;
}

/** Exchange writes whole days as hours, from midnight to midnight. */
const isWholeDay = (part: Part, { there }: Told): boolean =>
  there.endsWith('T00:00') && ['X-MICROSOFT-CDO-ALLDAYEVENT', 'X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT'].some((name) => valueOf(part, name).toUpperCase() === 'TRUE');

/** The same length, from another beginning. */
const later = (span: Span, start: Local): Span => ({ start, end: isDay(start) ? addDays(span.end, dayNo(start) - dayNo(span.start)) : addMinutes(start, minuteNo(span.end) - minuteNo(span.start)) });

/** A time of a series named by its day alone begins at the hour of the others; of whole days the hour says nothing. */
const fitted = (on: Local, start: Local): Local => (isDay(start) ? on.slice(0, 10) : isDay(on) ? `${on}${start.slice(10)}` : on);

/** Minutes of a DURATION or TRIGGER. */
function minutesOf(duration: string): number | undefined {
  const found = /^([+-])?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration.trim());
  if (!found) return undefined;
  const [, sign, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found;
  return (sign === '-' ? -1 : 1) * (Number(weeks) * 10_080 + Number(days) * 1440 + Number(hours) * 60 + Number(minutes) + Math.round(Number(seconds) / 60));
}

/** DTEND, or DURATION, or what RFC 5545 says where there is neither: the day, or no time at all. */
function endOf(part: Part, begins: Told, zones: Zones): { readonly at: Local } | IcsTrouble {
  const start = hereOf(begins);
  const ends = of(part, 'DTEND');
  if (ends) {
    const told = timeOf(ends, zones, begins.zone);
    if (typeof told === 'string') return told;
    if (!isDay(start)) return { at: isDay(told.there) ? `${told.there}T00:00` : hereOf(told) };
    // Some write an all-day appointment that ends on the day on which it begins.
    const last = told.there.slice(0, 10);
    return { at: last === start ? addDays(start, 1) : last };
  }
  const lasts = of(part, 'DURATION');
  const minutes = lasts ? minutesOf(lasts.value) : isDay(start) ? 1440 : 0;
  if (minutes === undefined) return 'noSuchTime';
  if (minutes > longestDays * 1440) return 'tooLong';
  return { at: isDay(start) ? addDays(start, Math.max(1, Math.round(minutes / 1440))) : addMinutes(start, minutes) };
}

/** Times beside the rule: RDATE, as times or as periods. */
function extraOf(part: Part, span: Span, begins: Told, zones: Zones, note: Note): Span[] {
  const values = allOf(part, 'RDATE').flatMap((one) => one.value.split(',').filter((value) => value.trim() !== '').map((value) => ({ ...one, value })));
  if (values.length === 0) return [];
  note(values.length > mostExtra ? 'tooManyOdd' : 'extraDates');
  return values.slice(0, mostExtra).flatMap((one) => {
    const [from, to] = one.value.split('/');
    const told = timeOf({ ...one, value: from! }, zones, begins.zone);
    if (typeof told === 'string') return [];
    const start = fitted(hereOf(told), span.start);
    const until = to === undefined ? undefined : minutesOf(to) ?? timeOf({ ...one, value: to }, zones, begins.zone);
    const extra = typeof until === 'number' ? { start, end: addMinutes(start, until) } : typeof until === 'object' ? { start, end: hereOf(until) } : { start, end: endFrom(start, span) };
    return start !== span.start && checkTimes(extra).ok ? [extra] : [];
  });
}

/** A reminder, in minutes before; what is told by a moment, or from the end, is left to the program it came from. */
function reminderOf(part: Part, allDay: boolean): number[] {
  const trigger = of(part, 'TRIGGER');
  if (!trigger || trigger.params.get('RELATED')?.toUpperCase() === 'END' || valueOf(part, 'ACTION').toUpperCase() === 'NONE') return [];
  const minutes = minutesOf(trigger.value);
  if (minutes === undefined) return [];
  if (minutes > 0) return allDay && minutes < 1440 ? [-1] : [];
  return -minutes <= 28 * 1440 ? [-minutes || 0] : [];
}
