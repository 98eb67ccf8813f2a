/** Reading what another tool wrote out, and sorting it out against what is here. */
export { readPast, type FileRead } from './read-file.ts';
export { inPages, sortOut, type Sorted } from './sort-out.ts';
