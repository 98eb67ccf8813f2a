import type { Moment } from '@noroshi/foundations/kernel';

/** How long someone from outside is let in where nobody says otherwise: a month, as long as an emergency is staffed by one shift after another. */
export const usualGuestTime = 30 * 24 * 3_600_000;

const two = (n: number): string => String(n).padStart(2, '0');

/** A moment as the day of this device that a date field shows. */
export function asDay(at: Moment): string {
  const on = new Date(at);
  return `${on.getFullYear()}-${two(on.getMonth() + 1)}-${two(on.getDate())}`;
}

/** The end of the day that a date field shows; `undefined` where it shows none. */
export function endOfDay(day: string): Moment | undefined {
  const end = new Date(`${day}T23:59:59`).getTime();
  return Number.isNaN(end) ? undefined : end;
}
