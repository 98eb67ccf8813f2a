import type { Moment } from '@noroshi/foundations/kernel';

/** The prefecture's clock: UTC+9 all year. */
const japan = 9 * 3_600_000;

/** A moment as `datetime-local` holds it. */
export const toLocal = (at: Moment): string => new Date(at + japan).toISOString().slice(0, 16);

/** What someone chose, or `undefined` where nothing is chosen. */
export function fromLocal(text: string): Moment | undefined {
  // Some engines read a date out of `:00Z`: an emptied field is no moment of the year 2000.
  const at = text === '' ? NaN : Date.parse(`${text}:00Z`);
  return Number.isNaN(at) ? undefined : at - japan;
}

/** The next quarter of an hour, some minutes from now. */
export const soon = (now: Moment, minutes: number): Moment => Math.ceil((now + minutes * 60_000) / 900_000) * 900_000;
