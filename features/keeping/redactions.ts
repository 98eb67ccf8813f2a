import { idShape, momentShape } from '@noroshi/foundations/kernel';
import { question } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { parts } from './redaction.ts';

/** What was asked to be blacked out, and what became of it. */
export const redactions = question('keeping.redactions', {
  about: 'Redactions that were asked for, agreed or declined, the newest first, in rooms that the asker sees. For administrators.',
  input: z.strictObject({}),
  output: z.object({
    redactions: z.array(z.object({
      id: idShape, room: idShape, message: idShape, parts: z.array(z.enum(parts)), reason: z.string(), by: idShape, at: momentShape, drill: z.boolean(),
      state: z.enum(['proposed', 'approved', 'declined']), decided: z.optional(z.object({ by: idShape, at: momentShape, why: z.optional(z.string()) })),
    })),
  }),
});
