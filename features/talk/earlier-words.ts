import { idShape, momentShape } from '@noroshi/foundations/kernel';
import { question } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/** Of one message so many earlier versions are told, the first among them. All of them are in the record. */
export const mostEarlier = 50;

/** What a mended message said before: the record keeps it, and whoever sees the message may see that. */
export const earlierWords = question('talk.earlierWords', {
  about: 'What a mended message said before, with when it was said, oldest first. Nothing is told of what was withdrawn.',
  input: z.strictObject({ room: idShape, message: idShape }),
  output: z.object({
    /** Empty `text`: it had come without words. */
    words: z.array(z.object({ text: z.string(), at: momentShape })),
    /** There are more between the first and the second of these. */
    more: z.boolean(),
  }),
});
