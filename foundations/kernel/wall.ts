import type { Moment } from './id.ts';

/** How far the clock on the wall of the prefecture is ahead of the world's, in milliseconds. Japan has had no summer time since 1952. */
export const wallAhead = 9 * 3_600_000;

/** What the wall shows, as `datetime-local` holds it: `2018-07-07T08:40`. Nothing of no moment. */
export const toLocal = (at: Moment | undefined): string => (at === undefined ? '' : new Date(at + wallAhead).toISOString().slice(0, 16));

/** The moment at which the wall shows it, or nothing where it is none: some engines read a date out of `:00Z`, and an emptied field is no moment of the year 2000. */
export function fromLocal(text: string): Moment | undefined {
  const at = /^\d{4,}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(`${text.slice(0, 16)}:00Z`) : NaN;
  return Number.isNaN(at) ? undefined : at - wallAhead;
}

/** The same for reading, in figures that either language reads: `7/7 08:40`. */
export function wallTime(at: Moment): string {
  const [, month, day, time] = /^\d+-(\d\d)-(\d\d)T(.*)$/.exec(toLocal(at))!;
  return `${Number(month)}/${Number(day)} ${time}`;
}

/** The fiscal year (年度) of a moment at the prefecture's clock: it begins on the first of April. */
export function fiscalYearOf(at: Moment): number {
  const day = new Date(at + wallAhead);
  return day.getUTCFullYear() - (day.getUTCMonth() < 3 ? 1 : 0);
}
