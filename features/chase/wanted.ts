import type { Stands } from '@noroshi/foundations/asked';
import type { Moment } from '@noroshi/foundations/kernel';

/** Whether an answer is wanted now: at once of whoever is silent, of whoever needs time when it is over. @param again in minutes */
export function isWanted(stands: Stands, now: Moment, again: number): boolean {
  return stands === 'owes' || (stands !== 'free' && now >= stands.needsTime + again * 60_000);
}
