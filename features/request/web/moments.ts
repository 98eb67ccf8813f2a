import type { Moment } from '@noroshi/foundations/kernel';

/** The next quarter of an hour, some minutes from now. */
export const soon = (now: Moment, minutes: number): Moment => Math.ceil((now + minutes * 60_000) / 900_000) * 900_000;
