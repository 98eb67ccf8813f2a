import { wallAhead, type Moment } from '@noroshi/foundations/kernel';

/** A day of the calendar, or a time of the wall. */
export interface Day { readonly year: number; readonly month: number; readonly day: number }
export interface Clock { readonly hour: number; readonly minute: number; readonly second: number }

const dayPattern = String.raw`(\d{4})\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})日?`;
const weekday = String.raw`[\s,]*(?:\(?(?:[日月火水木金土](?:曜日?)?|(?:sun|mon|tue|wed|thu|fri|sat)[a-z]*)\)?)?`;
const clockPattern = String.raw`(午前|午後|am|pm)?\s*(\d{1,2})(?::|時)(\d{1,2})(?:(?::|分)(\d{1,2})秒?)?分?(?:\.\d+)?\s*(am|pm)?`;
const wholeDay = new RegExp(`^\\s*${dayPattern}${weekday}\\s*$`, 'i');
const wholeClock = new RegExp(`^\\s*${clockPattern}\\s*$`, 'i');
const dayAndClock = new RegExp(`^\\s*${dayPattern}${weekday}[\\sT]*(.+)$`, 'i');
/** A time that says its zone is of the world, not of the wall. */
const zoned = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/i;

const narrow = (text: string): string => text.normalize('NFKC');

function dayFrom(found: RegExpExecArray | null): Day | undefined {
  if (!found) return undefined;
  const [year, month, day] = found.slice(1, 4).map(Number) as [number, number, number];
  const there = new Date(Date.UTC(year, month - 1, day));
  return year >= 1990 && there.getUTCMonth() === month - 1 && there.getUTCDate() === day ? { year, month, day } : undefined;
}

/** A line that is a day and nothing else: `2024/07/12(金)`, `2024年7月12日 金曜日`. */
export const dayIn = (text: string): Day | undefined => dayFrom(wholeDay.exec(narrow(text)));

/** Whether a line is meant to be a day, right or wrong: 2024/02/31 is none, and what follows is not of the day before. */
export const isDay = (text: string): boolean => text.length < 40 && wholeDay.test(narrow(text));

/** A time of the wall: `9:03`, `09:03:22`, `午後9:03`, `9:03 PM`. */
export function clockIn(text: string): Clock | undefined {
  const found = wholeClock.exec(narrow(text));
  if (!found) return undefined;
  const half = (found[1] ?? found[5] ?? '').toLowerCase();
  const told = Number(found[2]);
  if (half && told > 12) return undefined;
  const hour = half === '午後' || half === 'pm' ? (told % 12) + 12 : half ? told % 12 : told;
  const [minute, second] = [Number(found[3]), Number(found[4] ?? 0)];
  return hour < 24 && minute < 60 && second < 60 ? { hour, minute, second } : undefined;
}

/** The moment at which the wall shows it. */
export const momentOf = ({ year, month, day }: Day, { hour, minute, second }: Clock): Moment => Date.UTC(year, month - 1, day, hour, minute, second) - wallAhead;

/** A day with a time, in one cell; or nothing where it is none. */
export function momentIn(text: string): Moment | undefined {
  const told = narrow(text).trim();
  if (zoned.test(told)) return Number.isNaN(Date.parse(told)) ? undefined : Date.parse(told);
  const found = dayAndClock.exec(told);
  const day = dayFrom(found);
  const clock = found && clockIn(found[4]!);
  return day && clock ? momentOf(day, clock) : undefined;
}
