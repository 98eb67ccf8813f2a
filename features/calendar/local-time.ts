import { wallAhead } from '@noroshi/foundations/kernel';

/**
 * A time as it hangs on the wall of the prefecture: a day (`2026-12-04`) or a minute of it (`2026-12-04T09:30`). Text, so that
 * it sorts, travels and reads as it is, and does not move when a device's clock stands in another zone.
 */
export type Local = string;

/** The zone of the prefecture, as files of appointments call it. */
export const zone = 'Asia/Tokyo';
const aDay = 86_400_000;

const day = String.raw`(?:19[89]\d|20\d\d)-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
/** A day, or a minute of one, 1980 to 2099: as far as the days of the equinoxes are known. */
export const localPattern = new RegExp(`^${day}(?:T(?:[01]\\d|2[0-3]):[0-5]\\d)?$`);

/** Whether it names a day that there is: no 31 February. */
export const isLocal = (text: string): boolean => localPattern.test(text) && dayText(dayNo(text)) === text.slice(0, 10);
export const isDay = (local: Local): boolean => local.length === 10;

/** Days since 1970-01-01. */
export const dayNo = (local: Local): number => Math.round(Date.UTC(Number(local.slice(0, 4)), Number(local.slice(5, 7)) - 1, Number(local.slice(8, 10))) / aDay);
export const dayText = (no: number): Local => new Date(no * aDay).toISOString().slice(0, 10);
/** Year, month and day, without making text of it: a rule may ask for thousands. (Days are counted from 1 March, so that a leap day comes last.) */
export function civil(no: number): readonly [year: number, month: number, day: number] {
  const days = no + 719_468;
  const era = Math.floor(days / 146_097);
  const inEra = days - era * 146_097;
  const year = Math.floor((inEra - Math.floor(inEra / 1_460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096)) / 365);
  const inYear = inEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const month = Math.floor((5 * inYear + 2) / 153);
  return [year + era * 400 + (month >= 10 ? 1 : 0), month < 10 ? month + 3 : month - 9, inYear - Math.floor((153 * month + 2) / 5) + 1];
}
/** 0 Sunday … 6 Saturday. 1970-01-01 was a Thursday. */
export const weekday = (no: number): number => (((no + 4) % 7) + 7) % 7;
export const addDays = (local: Local, days: number): Local => `${dayText(dayNo(local) + days)}${local.slice(10)}`;
/** The days from the first to the last, both among them. */
export const daysFrom = (first: Local, last: Local): Local[] => Array.from({ length: Math.max(0, dayNo(last) - dayNo(first) + 1) }, (_, i) => addDays(first.slice(0, 10), i));
/** The first day of the month that is so many later. */
export function addMonths(local: Local, months: number): Local {
  return new Date(Date.UTC(Number(local.slice(0, 4)), Number(local.slice(5, 7)) - 1 + months, 1)).toISOString().slice(0, 10);
}
export const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Minutes since 1970-01-01 on the wall. A day counts from its midnight. */
export const minuteNo = (local: Local): number => dayNo(local) * 1440 + (isDay(local) ? 0 : Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16)));
export const minuteText = (no: number): Local => new Date(no * 60_000).toISOString().slice(0, 16);
/** The same hour, so many minutes later. */
export const addMinutes = (local: Local, minutes: number): Local => minuteText(minuteNo(local) + minutes);

/** The moment at which the wall shows it, in milliseconds. */
export const momentOf = (local: Local): number => minuteNo(local) * 60_000 - wallAhead;
/** What the wall shows at a moment. */
export const localAt = (moment: number): Local => minuteText(Math.floor((moment + wallAhead) / 60_000));

/** The last day that something touches. What ends at midnight does not touch the day that begins there, unless it began there. */
export const lastDayOf = ({ start, end }: { readonly start: Local; readonly end: Local }): Local => {
  const before = isDay(end) ? addDays(end, -1) : end.endsWith('T00:00') && end > start ? addDays(end, -1).slice(0, 10) : end.slice(0, 10);
  return before < start.slice(0, 10) ? start.slice(0, 10) : before;
};
