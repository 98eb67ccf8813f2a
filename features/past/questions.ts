import { idShape, momentShape } from '@noroshi/foundations/kernel';
import { question } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { pastLineShape } from './page.ts';

const placed = z.strictObject({
  id: idShape, ...pastLineShape.def.shape,
  /** Absent where the words are no more. */
  text: z.optional(z.string()),
});

/** Why words are no more, as the mark in their place says it: of one line, or of all of them where the term was over. */
const markShape = z.strictObject({ said: z.optional(idShape), reason: z.string(), first: idShape, second: idShape, at: momentShape, disposal: z.optional(idShape) });

/** Reads one page of an import: by its number, or the one in which a moment lies. */
export const readPage = question('past.read', {
  about: 'Reads a page of what was brought from another tool: by its number, or the one in which a moment lies. For who is in the room and saw it come.',
  input: z.strictObject({ place: idShape, past: idShape, page: z.optional(z.int().check(z.minimum(0))), at: z.optional(momentShape) }),
  output: z.strictObject({ page: z.int(), /** How many have come so far. */ pages: z.int(), lines: z.array(placed), marks: z.array(markShape) }),
});

/** How many pages a question of this sort looks at. */
export const lookedAt = 20;

/** What lies in a place of a time, as keys that say nothing (`keyOf`): whoever brings more finds out what is here already. */
export const keysHere = question('past.keys', {
  about: 'Tells which lines lie in a room of a time, as keys: whoever brings more of the past leaves out what is here. Page by page, newest first.',
  input: z.strictObject({ place: idShape, from: momentShape, to: momentShape, /** Without those of this import. */ but: z.optional(idShape), before: z.optional(z.int().check(z.minimum(1))) }),
  output: z.strictObject({ keys: z.array(z.string()), /** Go on from here; absent at the end. */ before: z.optional(z.int()) }),
});
