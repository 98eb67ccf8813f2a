/** The prefecture's clock, as `datetime-local` holds it: nine hours ahead of the world's, all year round. */
const japan = 9 * 3_600_000;

/** `2018-07-07T08:40`, or nothing. */
export const toLocal = (at: number | undefined): string => (at === undefined ? '' : new Date(at + japan).toISOString().slice(0, 16));

/** The moment, or nothing where it is none. */
export const fromLocal = (text: string): number | undefined => {
  // Some engines read a date out of `:00Z`: an emptied field is no moment of the year 2000.
  const at = text === '' ? NaN : Date.parse(`${text}:00Z`);
  return Number.isNaN(at) ? undefined : at - japan;
};
