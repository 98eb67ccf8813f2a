import { shelves } from '@noroshi/foundations/found';
import { idShape, momentShape } from '@noroshi/foundations/kernel';
import { question } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/** So many are counted at most; where there are more, it is said so. */
export const mostCounted = 100;

/** Finds what there is, by shelves. Newest first. */
export const find = question('search.find', {
  about: 'Finds what has all given words among what the asker may see: messages, requests, damage reports, chronology, notices, appointments, disasters, organizations, people, files, talks. Each on its shelf, newest first. One character is enough. With `shelf`, that shelf alone, page by page.',
  input: z.strictObject({
    text: z.string().check(z.minLength(1), z.maxLength(200)),
    shelf: z.optional(z.enum(shelves)),
    /** Said in this room. */
    room: z.optional(idShape),
    by: z.optional(idShape),
    /** From this moment on, and before that one. What has no time is not found then. */
    from: z.optional(momentShape),
    until: z.optional(momentShape),
    /** Where the page before ended; with `shelf`. */
    before: z.optional(z.strictObject({ at: momentShape, id: idShape })),
    limit: z.optional(z.int().check(z.minimum(1), z.maximum(50))),
  }),
  output: z.strictObject({
    shelves: z.array(z.strictObject({
      shelf: z.enum(shelves),
      /** How many there are; with `more`, at least. */
      count: z.int(),
      more: z.boolean(),
      hits: z.array(z.strictObject({
        noun: z.string(),
        id: idShape,
        /** Absent of what all inside see. */
        room: z.optional(idShape),
        by: z.optional(idShape),
        /** Absent of what has no time. */
        at: z.optional(momentShape),
        excerpt: z.strictObject({ text: z.string(), marks: z.array(z.tuple([z.int(), z.int()])) }),
      })),
    })),
  }),
});
