import { wallAhead, type Moment } from '@noroshi/foundations/kernel';

/** A day of the calendar, or a time of the wall. */
export interface Day { readonly year: number; readonly month: number; readonly day: number }
export interface Clock { readonly hour: number; readonly minute: number; readonly second: number }

const dayPattern = String.raw`(\d{4})\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})日?`;
// As the telephones of this country, of its neighbours and of those who speak English or Thai write them.
const weekday = String.raw`[\s,]*(?:\(?(?:[日月火水木金土](?:曜日?)?|(?:周|週|星期)?[一二三四五六日]|[일월화수목금토](?:요일)?|(?:อา|พฤ|[จอพศส])\.|(?:sun|mon|tue|wed|thu|fri|sat)[a-z]*)\)?)?`;
const clockPattern = String.raw`(午前|午後|上午|下午|오전|오후|am|pm)?\s*(\d{1,2})(?::|時)(\d{1,2})(?:(?::|分)(\d{1,2})秒?)?分?(?:\.\d+)?\s*(am|pm)?`;
const wholeDay = new RegExp(`^\\s*${dayPattern}${weekday}\\s*$`, 'i');
const wholeClock = new RegExp(`^\\s*${clockPattern}\\s*$`, 'i');
const dayAndClock = new RegExp(`^\\s*${dayPattern}${weekday}[\\sT]*(.+)$`, 'i');
/** `Fri, 7/12/2024`: the month comes first, and the day of the week says whether that is meant. */
const american = /^\s*(sun|mon|tue|wed|thu|fri|sat)[a-z]*,?\s+(\d{1,2})\/(\d{1,2})\/(\d{4})\s*$/i;
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
/** A time that says its zone is of the world, not of the wall. */
const zoned = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/i;

const narrow = (text: string): string => text.normalize('NFKC');

function dayFrom(found: RegExpExecArray | null): Day | undefined {
  return found ? dayOf(Number(found[1]), Number(found[2]), Number(found[3])) : undefined;
}

function dayOf(year: number, month: number, day: number): Day | undefined {
  const there = new Date(Date.UTC(year, month - 1, day));
  return year >= 1990 && there.getUTCMonth() === month - 1 && there.getUTCDate() === day ? { year, month, day } : undefined;
}

/** A line that is a day and nothing else: `2024/07/12(金)`, `2024年7月12日 金曜日`. */
export function dayIn(text: string): Day | undefined {
  const told = narrow(text);
  const found = american.exec(told);
  if (!found) return dayFrom(wholeDay.exec(told));
  const day = dayOf(Number(found[4]), Number(found[2]), Number(found[3]));
  return day && weekdays[new Date(Date.UTC(day.year, day.month - 1, day.day)).getUTCDay()] === found[1]!.toLowerCase() ? day : undefined;
}

/** Whether a line is meant to be a day, right or wrong: 2024/02/31 is none, and what follows is not of the day before. */
export const isDay = (text: string): boolean => text.length < 40 && (wholeDay.test(narrow(text)) || american.test(narrow(text)));

const afternoon = new Set(['午後', '下午', '오후', 'pm']);

/** A time of the wall: `9:03`, `09:03:22`, `午後9:03`, `9:03 PM`. */
export function clockIn(text: string): Clock | undefined {
  const found = wholeClock.exec(narrow(text));
  if (!found) return undefined;
  const half = (found[1] ?? found[5] ?? '').toLowerCase();
  const told = Number(found[2]);
  if (half && told > 12) return undefined;
  const hour = afternoon.has(half) ? (told % 12) + 12 : half ? told % 12 : told;
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
