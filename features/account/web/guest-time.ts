import { fromLocal, toLocal, type Moment } from '@noroshi/foundations/kernel';

/** How long someone from outside is let in where nobody says otherwise: a month, as long as an emergency is staffed by one shift after another. */
export const usualGuestTime = 30 * 24 * 3_600_000;

/** A moment as the day on the wall of the prefecture that a date field shows. */
export const asDay = (at: Moment): string => toLocal(at).slice(0, 10);

/** The last minute of the day that a date field shows; `undefined` where it shows none. */
export const endOfDay = (day: string): Moment | undefined => fromLocal(`${day}T23:59`);
