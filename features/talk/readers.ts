import { idShape, momentShape } from '@noroshi/foundations/kernel';
import { question } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/** Who was shown a message first when: what the watermarks alone do not tell. */
export const readers = question('talk.readers', {
  about: 'When each member was first shown a message, as of now. Who is missing has not been shown it.',
  input: z.strictObject({ room: idShape, message: idShape }),
  output: z.object({
    asOf: momentShape,
    times: z.array(z.object({ person: idShape, at: momentShape })),
  }),
});
