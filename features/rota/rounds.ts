import { wallAhead, type Id, type Moment } from '@noroshi/foundations/kernel';
import type { Shift } from './roster.ts';

const aDay = 24 * 3_600_000;

/** In turn: the nights of these weekdays of a month, one after another to the next of these people. */
export interface Round {
  readonly month: string;
  /** 0 Sunday … 6 Saturday: on which days it begins. */
  readonly weekdays: readonly number[];
  /** Minutes after midnight. An end that is not later than the beginning is on the next day. */
  readonly begins: number;
  readonly ends: number;
  /** Nobody is put on duty for what is over by then. */
  readonly after: Moment;
  /** In their order; the one after them is their deputy, where there are two. */
  readonly people: readonly Id[];
}

/** The days of a month, as the moments at which they begin on the wall of the prefecture. */
export function daysOf(month: string): Moment[] {
  const [year, no] = [Number(month.slice(0, 4)), Number(month.slice(5, 7))];
  return Array.from({ length: new Date(Date.UTC(year, no, 0)).getUTCDate() }, (_, i) => Date.UTC(year, no - 1, i + 1) - wallAhead);
}
export const weekdayOf = (day: Moment): number => new Date(day + wallAhead).getUTCDay();

/**
 * The shifts of a round. What stands already on such a day stays, and counts as a turn of nobody: it is only what is empty that
 * is filled.
 * @param stands what is on the roster
 * @param first the number of the first of them
 */
export function shiftsOf({ month, weekdays, begins, ends, after, people }: Round, stands: readonly Shift[], first: number): Shift[] {
  if (people.length === 0) return [];
  let turn = 0;
  return daysOf(month).filter((day) => weekdays.includes(weekdayOf(day))).flatMap((day): Shift[] => {
    const from = day + begins * 60_000;
    const until = day + ends * 60_000 + (ends <= begins ? aDay : 0);
    if (until <= after || stands.some((one) => one.from < until && from < one.until)) return [];
    const person = people[turn % people.length]!;
    const deputy = people[(turn + 1) % people.length]!;
    turn += 1;
    return [{ id: first + turn - 1, from, until, person, ...(deputy === person ? {} : { deputy }) }];
  });
}
