import { derivedId, type Id } from '@noroshi/foundations/kernel';

/** A person has one card about a thing: two who take it at once take the same one. */
export const cardIdOf = (thing: Id, whom: Id): Id => derivedId(thing, `chase/card/${whom}`);
