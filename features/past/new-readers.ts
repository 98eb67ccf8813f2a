import { currentStay, type Member } from '@noroshi/foundations/sync';

/** So many can be named to whom it is opened: more than a room has. */
export const mostReaders = 2_000;

/**
 * Who reads what is brought, and was not told all that was said before: guests, and who was let in without it. They are named to
 * whoever brings it, and it is brought only when that is meant. (P13)
 */
export const newReaders = (members: readonly Member[]): readonly Member[] => members.filter((one) => {
  const stay = currentStay(one);
  return stay !== undefined && !one.shut && (one.card.guest === true || stay.visibleFrom > 1);
});
