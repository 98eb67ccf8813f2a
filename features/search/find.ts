import { idShape, momentShape } from '@noroshi/foundations/kernel';
import { question } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/** Finds what was said. Newest first. */
export const find = question('search.find', {
  about: 'Finds messages with all given words among what the asker may see, newest first. One character is enough.',
  input: z.strictObject({
    text: z.string().check(z.minLength(1), z.maxLength(200)),
    room: z.optional(idShape),
    by: z.optional(idShape),
    /** From this moment on, and before that one. */
    from: z.optional(momentShape),
    until: z.optional(momentShape),
    /** Where the page before ended. */
    before: z.optional(z.strictObject({ at: momentShape, id: idShape })),
    limit: z.optional(z.int().check(z.minimum(1), z.maximum(50))),
  }),
  output: z.strictObject({
    hits: z.array(z.strictObject({
      id: idShape,
      room: idShape,
      by: idShape,
      at: momentShape,
      excerpt: z.strictObject({ text: z.string(), marks: z.array(z.tuple([z.int(), z.int()])) }),
    })),
    more: z.boolean(),
  }),
});
