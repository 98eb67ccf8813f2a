import { mostExcept, mostOtherwise } from '../content.ts';
import { bytesOf, mostBytesAtOnce, type Imported } from '../import-appointments.ts';
import { localAt, type Local } from '../local-time.ts';
import { of, partsOf, valueOf, type Part } from './parts.ts';
import { readEvent, timeOf, type IcsNote, type IcsTrouble, type Reading, type Single } from './read-event.ts';
import { mostDays, mostLooked, type Told } from './series.ts';
import { Zones } from './zones.ts';

export type { IcsNote, IcsTrouble } from './read-event.ts';

/** A file is no larger than this, in bytes; and so many appointments are taken from it. */
export const mostBytes = 4_000_000;
export const mostEvents = 3_000;

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

/** What a file says under one UID: a series, times of it that are otherwise, and times that were cancelled. */
interface Of { master?: Single; readonly odd: Single[]; readonly off: { readonly part: Part; readonly on: Told }[] }

const titleOf = (part: Part | undefined): string => (part ? valueOf(part, 'SUMMARY').slice(0, 80) : '');
const noteOf = (part: Part, why: IcsTrouble): IcsNote => ({ line: part.line, title: titleOf(part), why });

/**
 * Reads a file of appointments. It is judged here before anything of it is sent: nothing is taken that a rule would refuse, and of what is
 * left out it is said by line and why.
 * @param text the file; what is larger than `mostBytes` is not even read
 * @param today what a series cannot be told whole of, is told from a year before this day
 */
export function readIcs(text: string, today: Local = localAt(Date.now())): IcsRead | IcsRefused {
  if (text.length > mostBytes) return 'icsTooLarge';
  const whole = partsOf(text);
  if (typeof whole === 'string') return whole;
  const calendars = whole.top.filter(({ name }) => name === 'VCALENDAR');
  if (calendars.length === 0) return 'icsNone';
  if (calendars.some((one) => valueOf(one, 'VERSION') === '1.0')) return 'icsOld';
  const all = (kind: string): Part[] => calendars.flatMap(({ parts }) => parts.filter(({ name }) => name === kind));
  const events = all('VEVENT');
  if (whole.broken && events.length === 0) return 'icsNotWhole';
  const left: IcsNote[] = whole.broken ? [{ line: whole.broken.line, title: titleOf(whole.broken.within), why: 'broken' }] : [];
  const partly: IcsNote[] = whole.long.map(({ line, within }) => ({ line, title: titleOf(within), why: 'lineTooLong' }));
  if (events.length > mostEvents) left.push({ line: events[mostEvents]!.line, title: '', why: 'tooManyEvents' });
  const isOff = calendars.some((one) => valueOf(one, 'METHOD') === 'CANCEL');
  const series = byUid(events.slice(0, mostEvents), isOff, { zones: new Zones(all('VTIMEZONE')), budget: { days: mostDays, looked: mostLooked }, today }, left, partly);
  const appointments = [...series].flatMap(([uid, told]) => joined(uid, told, left, partly));
  return { name: calendars.map((one) => valueOf(one, 'X-WR-CALNAME')).find(Boolean), appointments, left, partly };
}

/** The appointments of a file, by their UID. @param isOff the file says that they are cancelled */
function byUid(events: readonly Part[], isOff: boolean, reading: Reading, left: IcsNote[], partly: IcsNote[]): Map<string, Of> {
  const series = new Map<string, Of>();
  const told = (uid: string): Of => {
    const here = series.get(uid) ?? { odd: [], off: [] };
    series.set(uid, here);
    return here;
  };
  for (const part of events) {
    const notes: IcsNote[] = [];
    const off = isOff || valueOf(part, 'STATUS') === 'CANCELLED';
    const id = of(part, 'RECURRENCE-ID');
    const on = off && id && timeOf(id, reading.zones);
    // A time of a series that was cancelled is one that it leaves out.
    if (on && typeof on !== 'string') {
      told(valueOf(part, 'UID').slice(0, 360)).off.push({ part, on });
      continue;
    }
    const single = off ? 'cancelled' : readEvent(part, reading, (why, when) => notes.push({ ...noteOf(part, why), ...when }));
    if (typeof single === 'string') {
      left.push(noteOf(part, single));
      continue;
    }
    partly.push(...notes);
    const here = told(single.uid);
    if (single.on !== undefined) here.odd.push(single);
    // The later version of one UID counts.
    else if (here.master) {
      const older = here.master.sequence > single.sequence ? single : here.master;
      left.push({ line: older.part.line, title: older.content.title, why: 'twice' });
      if (older === here.master) here.master = single;
    } else here.master = single;
  }
  return series;
}

type Odd = NonNullable<Imported['otherwise']>[number];

/** A series and what is otherwise in it; one time alone that the file has without its series stands by itself. */
function joined(uid: string, { master, odd, off }: Of, left: IcsNote[], partly: IcsNote[]): Imported[] {
  const alone = (one: Single, on: Local): Imported => ({ uid: `${uid}/${on}`.slice(0, 400), ...one.content });
  if (!master) {
    left.push(...off.map(({ part }) => noteOf(part, 'cancelled')));
    return odd.map((one) => alone(one, one.onOf(one.on!)));
  }
  const { content, onOf, extra } = master;
  const { title, place, note } = content;
  const said = (one: Pick<Odd, 'on' | 'start' | 'end'>, words: Pick<Imported, 'title' | 'place' | 'note'>): Odd => ({ on: one.on, title: words.title, start: one.start, end: one.end, ...(words.place ? { place: words.place } : {}), ...(words.note ? { note: words.note } : {}) });
  const except = [...new Set([...master.except, ...off.map(({ on }) => onOf(on))])].toSorted().slice(0, mostExcept);
  // What people changed counts before what a summer elsewhere moves; a time that the series has beside its rule stands by itself.
  const beside = new Map(extra.map(({ start, end }): [Local, Imported] => [start, { uid: `${uid}/${start}`.slice(0, 400), ...content, repeat: undefined, start, end }]));
  const times = new Map(master.moved.filter(({ on }) => !except.includes(on)).map((one) => [one.on, said(one, { title, place, note })]));
  for (const one of odd) {
    const on = onOf(one.on!);
    if (beside.has(on)) beside.set(on, alone(one, on));
    else times.set(on, said({ on, start: one.content.start, end: one.content.end }, one.content));
  }
  const distinct = [...times.values()].toSorted((a, b) => (a.on < b.on ? -1 : 1));
  // Of a private series each of them is left out as well.
  const taken = within(distinct.slice(0, content.private ? Math.min(mostOtherwise, Math.max(0, mostExcept - except.length)) : mostOtherwise), mostBytesAtOnce - bytesOf(content) - 20 * except.length);
  if (taken.length < distinct.length || except.length < master.except.length) partly.push(noteOf(master.part, 'tooManyOdd'));
  const more = [...beside.values()].filter((one) => !except.includes(one.start)).map(({ repeat: _repeat, ...one }) => ({ ...one, ...(content.private ? { private: true } : {}) }));
  // The words of one time of a private series would lie open: it stands by itself, as private as the others.
  if (content.private) {
    const own = taken.map(({ on, ...one }): Imported => ({ uid: `${uid}/${on}`.slice(0, 400), ...one, private: true, ...(content.reminders ? { reminders: content.reminders } : {}) }));
    return [{ uid, ...content, ...some('except', [...new Set([...except, ...taken.map(({ on }) => on)])].toSorted()) }, ...own, ...more];
  }
  return [{ uid, ...content, ...some('except', except), ...some('otherwise', taken) }, ...more];
}

/** As many from the first on as a message has room for. */
function within<T extends object>(all: readonly T[], bytes: number): T[] {
  let room = bytes;
  return all.slice(0, all.findIndex((one) => (room -= bytesOf(one)) < 0) >>> 0);
}
const some = <K extends string, T>(name: K, list: readonly T[]): Partial<Record<K, T[]>> => (list.length > 0 ? { [name]: [...list] } as Record<K, T[]> : {});
