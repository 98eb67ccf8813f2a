/** Where stands what those are called who were here before and left unsent words behind, by person. */
export const namesKey = 'noroshi-names';
