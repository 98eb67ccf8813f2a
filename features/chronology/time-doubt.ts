import type { Moment } from '@noroshi/foundations/kernel';

const minute = 60_000;
const day = 24 * 60 * minute;
/** Two clocks are seldom further apart. */
const slack = 2 * minute;
/** What lies further ahead has not happened. */
const mostAhead = day;
/** What lies further back belongs to no disaster that has just been opened. */
const mostBefore = 60 * day;

/** What is odd about the time of an event: it is asked (`future`, `before`), or cannot be (`tooLate`, `tooEarly`). (K2) */
export type TimeDoubt = 'future' | 'before' | 'tooLate' | 'tooEarly';

/**
 * @param on when it is said to have happened
 * @param openedAt when the incident was opened
 */
export function timeDoubt(on: Moment, openedAt: Moment, now: Moment): TimeDoubt | undefined {
  if (on > now + mostAhead) return 'tooLate';
  if (on < openedAt - mostBefore) return 'tooEarly';
  if (on > now + slack) return 'future';
  // People say minutes: the one in which it was opened is not before it.
  return on + minute <= openedAt ? 'before' : undefined;
}

/** Whether no assurance helps. */
export const isNonsense = (doubt: TimeDoubt | undefined): doubt is 'tooLate' | 'tooEarly' => doubt === 'tooLate' || doubt === 'tooEarly';
