import { contentLines, propertyOf, unescapeText, type Property } from '@noroshi/foundations/documents/content-lines';
import { checkTimes, longestDays, mostExcept, mostOtherwise, mostReminders } from '../content.ts';
import type { Imported } from '../import-appointments.ts';
import { addDays, addMinutes, dayNo, dayText, isDay, isLocal, localAt, minuteNo, type Local } from '../local-time.ts';
import { looksFor, readRule, ruleDays, writeRule } from '../recurrence.ts';
import { isFixed, momentIn } from './zones.ts';

/** A file is no larger than this, in bytes; a line of it no longer, in letters; and so many appointments are taken from it. */
export const mostBytes = 4_000_000;
export const longestLine = 40_000;
export const mostEvents = 3_000;
/** VCALENDAR, VEVENT, VALARM: deeper lies nothing that we read. */
const deepest = 8;

/** Why something of a file is not taken, or not all of it; each has a sentence: `calendar.ics.<why>`. */
export type IcsTrouble =
  | 'cancelled' | 'noStart' | 'noSuchTime' | 'endsBeforeStart' | 'tooLong' | 'zoneUnknown' | 'zoneShifts' | 'tooManyEvents' | 'lineTooLong' | 'tooManyOdd' | 'followingRange' | 'twice'
  | 'repeatTooOften' | 'repeatUnknown' | 'repeatTwoEnds' | 'repeatUnreadable' | 'repeatNever' | 'extraDates' | 'cut';
/** Of which line, by its number in the file, and of which appointment. */
export interface IcsNote { readonly line: number; readonly title: string; readonly why: IcsTrouble }

/** Why a file is none that can be read: `refusal.calendar.<why>`. */
export type IcsRefused = 'icsTooLarge' | 'icsNone' | 'icsOld' | 'icsTooDeep' | 'icsNotWhole';

export interface IcsRead {
  readonly name: string | undefined;
  readonly appointments: readonly Imported[];
  /** Not taken. */
  readonly left: readonly IcsNote[];
  /** Taken, but not all that it said. */
  readonly partly: readonly IcsNote[];
}

/** A property, and the line on which it stands. */
type Placed = Property & { readonly line: number };
interface Part { readonly name: string; readonly line: number; readonly properties: Placed[]; readonly parts: Part[] }

/**
 * Reads a file of appointments. It is judged here before anything of it is sent: nothing is taken that a rule would refuse, and of what is
 * left out it is said by line and why.
 * @param text the file; what is larger than `mostBytes` is not even read
 */
export function readIcs(text: string): IcsRead | IcsRefused {
  if (text.length > mostBytes) return 'icsTooLarge';
  const [left, partly]: [IcsNote[], IcsNote[]] = [[], []];
  const whole = partsOf(text, partly);
  if (typeof whole === 'string') return whole;
  const calendars = whole.filter(({ name }) => name === 'VCALENDAR');
  if (calendars.length === 0) return 'icsNone';
  if (calendars.some((one) => valueOf(one, 'VERSION') === '1.0')) return 'icsOld';
  const zones = new Map<string, number>();
  for (const one of calendars) for (const part of one.parts) if (part.name === 'VTIMEZONE') readZone(part, zones);
  const events = calendars.flatMap(({ parts }) => parts.filter(({ name }) => name === 'VEVENT'));
  if (events.length > mostEvents) left.push({ line: events[mostEvents]!.line, title: '', why: 'tooManyEvents' });
  const isOff = calendars.some((one) => valueOf(one, 'METHOD') === 'CANCEL');
  const series = new Map<string, { master?: Single; odd: Single[] }>();
  for (const part of events.slice(0, mostEvents)) {
    const note = (why: IcsTrouble): IcsNote => ({ line: part.line, title: valueOf(part, 'SUMMARY').slice(0, 80), why });
    const single = isOff || valueOf(part, 'STATUS') === 'CANCELLED' ? 'cancelled' : readEvent(part, zones, (why) => partly.push(note(why)));
    if (typeof single === 'string') {
      left.push(note(single));
      continue;
    }
    const all = series.get(single.uid) ?? { odd: [] };
    series.set(single.uid, all);
    if (single.on !== undefined) all.odd.push(single);
    // The later version of one UID counts.
    else if (all.master) {
      const older = all.master.sequence > single.sequence ? single : all.master;
      left.push({ line: older.part.line, title: older.content.title, why: 'twice' });
      if (older === all.master) all.master = single;
    } else all.master = single;
  }
  const appointments = [...series].flatMap(([uid, { master, odd }]) => joined(uid, master, odd, partly));
  return { name: calendars.map((one) => valueOf(one, 'X-WR-CALNAME')).find(Boolean), appointments, left, partly };
}

/** The parts of a file, by BEGIN and END. Lines that are folded are one (3.1). */
function partsOf(text: string, partly: IcsNote[]): Part[] | IcsRefused {
  const top: Part[] = [];
  const open: Part[] = [];
  for (const { no, text: line, cut } of contentLines(text, longestLine)) {
    if (line.trim() === '') continue;
    if (cut) {
      const within = open.find(({ name }) => name === 'VEVENT');
      partly.push({ line: no, title: within ? valueOf(within, 'SUMMARY').slice(0, 80) : '', why: 'lineTooLong' });
      continue;
    }
    const property = propertyOf(line);
    if (!property) continue;
    if (property.name === 'BEGIN') {
      if (open.length >= deepest) return 'icsTooDeep';
      const part: Part = { name: property.value.trim().toUpperCase(), line: no, properties: [], parts: [] };
      (open.at(-1)?.parts ?? top).push(part);
      open.push(part);
    } else if (property.name === 'END') {
      if (open.pop()?.name !== property.value.trim().toUpperCase()) return 'icsNotWhole';
    } else open.at(-1)?.properties.push({ ...property, line: no });
  }
  if (top.length === 0) return 'icsNone';
  return open.length > 0 ? 'icsNotWhole' : top;
}

const of = ({ properties }: Part, name: string): Placed | undefined => properties.find((one) => one.name === name);
/** A text value as it reads. */
const valueOf = (part: Part, name: string): string => unescapeText(of(part, name)?.value ?? '');

/** A zone that the file itself describes, where it has one offset all the year: in minutes. */
function readZone(part: Part, zones: Map<string, number>): void {
  const id = valueOf(part, 'TZID');
  const offsets = new Set(part.parts.flatMap((one) => of(one, 'TZOFFSETTO')?.value.trim() ?? []));
  const found = offsets.size === 1 ? /^([+-])(\d\d)(\d\d)/.exec([...offsets][0]!) : null;
  if (id && found) zones.set(id, (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])));
}

/** One VEVENT. */
interface Single { readonly part: Part; readonly uid: string; readonly sequence: number; readonly content: Omit<Imported, 'uid' | 'except' | 'otherwise'>; readonly except: readonly Local[]; /** Which time of its series it is. */ readonly on: Local | undefined }
/** How a time is told. `shifts`: its zone has summer time. */
interface Told { readonly local: Local; readonly moved: boolean; readonly shifts: boolean }

function timeOf(property: Property, zones: ReadonlyMap<string, number>): Told | IcsTrouble {
  const found = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?$/.exec(property.value.trim());
  if (!found) return 'noSuchTime';
  const [, year, month, day, hour, minute, , utc] = found;
  const local = `${year}-${month}-${day}${hour === undefined ? '' : `T${hour}:${minute}`}`;
  if (!isLocal(local)) return 'noSuchTime';
  if (hour === undefined) return { local, moved: false, shifts: false };
  const named = property.params.get('TZID');
  if (utc) {
    const here = localAt(minuteNo(local) * 60_000);
    return { local: here, moved: true, shifts: false };
  }
  // A time without a zone is one of wherever one is: here.
  if (!named) return { local, moved: false, shifts: false };
  const offset = zones.get(named);
  if (offset !== undefined) return { local: localAt((minuteNo(local) - offset) * 60_000), moved: offset !== 540, shifts: false };
  const moment = momentIn(named, local);
  if (moment === undefined) return 'zoneUnknown';
  const here = localAt(moment);
  return { local: here, moved: here !== local, shifts: !isFixed(named) };
}

function minutesOf(duration: string): number | undefined {
  const found = /^([+-])?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration.trim());
  if (!found) return undefined;
  const [, sign, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found;
  return (sign === '-' ? -1 : 1) * (Number(weeks) * 10_080 + Number(days) * 1440 + Number(hours) * 60 + Number(minutes) + Math.round(Number(seconds) / 60));
}

function readEvent(part: Part, zones: ReadonlyMap<string, number>, note: (why: IcsTrouble) => void): Single | IcsTrouble {
  const begins = of(part, 'DTSTART');
  if (!begins) return 'noStart';
  const told = timeOf(begins, zones);
  if (typeof told === 'string') return told;
  let start = told.local;
  const end = endOf(part, start, zones);
  if (end.length < 10 || !/^\d/.test(end)) return end as IcsTrouble;
  let until: Local = end;
  const times = checkTimes({ start, end: until });
  if (!times.ok) return times.code === 'calendar.tooLong' ? 'tooLong' : times.code === 'calendar.endsBeforeStart' ? 'endsBeforeStart' : 'noSuchTime';
  // Exchange writes spaces into a list of days, and others a rule that says nothing.
  const rrule = part.properties.filter(({ name, value }) => name === 'RRULE' && value.trim() !== '');
  let repeat: string | undefined;
  if (rrule.length > 1) return 'repeatUnknown';
  if (rrule[0]) {
    const rule = readRule(rrule[0].value.replaceAll(/\s/g, ''));
    if (typeof rule === 'string') return rule;
    // A weekday told of another zone may be another day here; a summer elsewhere moves the hour here.
    if (told.shifts || (told.moved && (rule.byDay || rule.byMonthDay) && begins.value.slice(0, 8) !== start.slice(0, 10).replaceAll('-', ''))) return 'zoneShifts';
    const first = ruleDays(rule, start, -Infinity, looksFor).next();
    if (first.done) return 'repeatNever';
    // Some programs begin a series on a day that is none of it: it begins with the first that is.
    const by = first.value - dayNo(start);
    [start, until] = [addDays(start, by), addDays(until, by)];
    repeat = writeRule(rule, start);
  }
  if (of(part, 'RDATE')) note('extraDates');
  const title = valueOf(part, 'SUMMARY').replaceAll('\n', ' ').trim();
  const [place, text] = [valueOf(part, 'LOCATION').replaceAll('\n', ' ').trim(), valueOf(part, 'DESCRIPTION')];
  if (title.length > 120 || place.length > 200 || text.length > 4_000) note('cut');
  const except = part.properties.filter(({ name }) => name === 'EXDATE').flatMap((one) => one.value.split(',').flatMap((value) => {
    const out = timeOf({ ...one, value }, zones);
    return typeof out === 'string' ? [] : [fitted(out.local, start)];
  }));
  if (except.length > mostExcept) return 'tooManyOdd';
  const id = of(part, 'RECURRENCE-ID');
  const on = id && timeOf(id, zones);
  if (typeof on === 'string') return on;
  if (id?.params.get('RANGE')) return 'followingRange';
  const alarms = part.parts.filter(({ name }) => name === 'VALARM').flatMap((one) => reminderOf(one, isDay(start)));
  const reminders = [...new Set(alarms)].slice(0, mostReminders);
  const level = valueOf(part, 'CLASS').toUpperCase();
  const content = {
    title: title.slice(0, 120) || '—', start, end: until, ...(place ? { place: place.slice(0, 200) } : {}), ...(text ? { note: text.slice(0, 4_000) } : {}), ...(repeat ? { repeat } : {}),
    ...(reminders.length > 0 ? { reminders } : {}), ...(level === 'PRIVATE' || level === 'CONFIDENTIAL' ? { private: true } : {}),
  };
  const uid = valueOf(part, 'UID').slice(0, 360) || `${start}/${title.slice(0, 80)}@no-uid`;
  return { part, uid, sequence: Number(valueOf(part, 'SEQUENCE')) || 0, content, except: [...new Set(except)].toSorted(), on: on && fitted(on.local, start) };
}

/** A time of a series named by its day alone begins at the hour of the others; of whole days the hour says nothing. */
const fitted = (on: Local, start: Local): Local => (isDay(start) ? on.slice(0, 10) : isDay(on) ? `${on}${start.slice(10)}` : on);

/** DTEND, or DURATION, or what RFC 5545 says where there is neither: the day, or no time at all. @returns a time, or a trouble */
function endOf(part: Part, start: Local, zones: ReadonlyMap<string, number>): Local {
  const ends = of(part, 'DTEND');
  if (ends) {
    const told = timeOf(ends, zones);
    if (typeof told === 'string') return told;
    // Some write an all-day appointment that ends on the day on which it begins.
    return isDay(start) && told.local.slice(0, 10) === start ? addDays(start, 1) : isDay(start) ? told.local.slice(0, 10) : isDay(told.local) ? `${told.local}T00:00` : told.local;
  }
  const lasts = of(part, 'DURATION');
  const minutes = lasts ? minutesOf(lasts.value) : isDay(start) ? 1440 : 0;
  if (minutes === undefined) return 'noSuchTime';
  if (minutes > longestDays * 1440) return 'tooLong';
  return isDay(start) ? dayText(dayNo(start) + Math.max(1, Math.round(minutes / 1440))) : addMinutes(start, minutes);
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

/** A series and what is otherwise in it; one time alone that the file has without its series stands by itself. */
function joined(uid: string, master: Single | undefined, odd: readonly Single[], partly: IcsNote[]): Imported[] {
  const alone = (one: Single): Imported => ({ uid: `${uid}/${one.on}`.slice(0, 400), ...one.content });
  if (!master) return odd.map(alone);
  const distinct = [...new Map(odd.map((one) => [one.on!, one])).values()].toSorted((a, b) => (a.on! < b.on! ? -1 : 1));
  // Of a private series each of them is left out as well.
  const taken = distinct.slice(0, master.content.private ? Math.min(mostOtherwise, Math.max(0, mostExcept - master.except.length)) : mostOtherwise);
  if (taken.length < distinct.length) partly.push({ line: master.part.line, title: master.content.title, why: 'tooManyOdd' });
  // The words of one time of a private series would lie open: it stands by itself, as private as the others.
  if (master.content.private) return [{ uid, ...master.content, ...some('except', [...new Set([...master.except, ...taken.map(({ on }) => on!)])].toSorted()) }, ...taken.map((one) => ({ ...alone(one), private: true }))];
  return [{ uid, ...master.content, ...some('except', master.except), ...some('otherwise', taken.map(({ on, content: { title, start, end, place, note } }) => ({ on: on!, title, start, end, ...(place ? { place } : {}), ...(note ? { note } : {}) }))) }];
}
const some = <K extends string, T>(name: K, list: readonly T[]): Partial<Record<K, T[]>> => (list.length > 0 ? { [name]: [...list] } as Record<K, T[]> : {});
