import type { Id } from '@noroshi/foundations/kernel';

/** Where stands what those are called who were here before and left unsent words behind, by person. */
export const namesKey = 'noroshi-names';

/** Held by the window that is on the line for a person. */
export const lineLock = (person: Id): string => `noroshi-line-${person}`;
