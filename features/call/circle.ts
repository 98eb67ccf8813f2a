import type { Id } from '@noroshi/foundations/kernel';
import type { Seat } from './signal.ts';

/** Of two devices the greater offers: both know it without a word, so that they never offer at once. */
export const offers = (me: Id, other: Id): boolean => me > other;

/**
 * What there is to do when one is told who is here: with whom to begin, and whose connection holds no longer.
 * @param held the seats of those with whom there is a connection
 * @param anew one has a new seat oneself: for the others one is somebody new
 */
export function meetings(held: ReadonlyMap<Id, number>, seats: readonly Seat[], anew: boolean): { readonly meet: readonly Seat[]; readonly part: readonly Id[] } {
  const here = new Map(seats.map((one) => [one.device, one.seat]));
  const stays = (device: Id, seat: number): boolean => !anew && here.get(device) === seat;
  return {
    part: [...held].filter(([device, seat]) => !stays(device, seat)).map(([device]) => device),
    meet: seats.filter(({ device, seat }) => held.get(device) !== seat || anew),
  };
}
