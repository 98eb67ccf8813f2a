import { idShape, momentShape } from '@noroshi/foundations/kernel';
import { question } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/** Who has not been shown a message: whom somebody must still tell. */
export const unread = question('talk.unread', {
  about: 'Who is asked to read a message and has not been shown it, as of now, by name of the person; and how many are asked. Its author is not.',
  input: z.strictObject({ room: idShape, message: idShape }),
  output: z.object({
    asOf: momentShape,
    of: z.int(),
    people: z.array(idShape),
  }),
});
