import { idShape } from '@noroshi/foundations/kernel';
import { question } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/** So far back is looked, in milliseconds: what nobody has answered for a month is no duty any more. */
export const askedFor = 30 * 86_400_000;

/** How far back a device must hold each room, so that it knows what is still to be answered. A snapshot brings the newest messages alone. */
export const stillAsked = question('talk.stillAsked', {
  about: 'Of each room with messages of the last month that still wait for an answer: the number of the first of them. Of the asker and their colleagues; for the prefecture, of anyone.',
  input: z.strictObject({}),
  output: z.object({ rooms: z.array(z.object({ room: idShape, born: z.int() })) }),
});
