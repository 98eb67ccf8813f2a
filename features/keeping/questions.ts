import { idShape, momentShape } from '@noroshi/foundations/kernel';
import { question } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { targetShape } from './hold.ts';
import { parts, targetShape as redactionTarget } from './redaction.ts';

/** What was asked to be blacked out, and what became of it. */
export const redactions = question('keeping.redactions', {
  about: 'Redactions that were asked for, agreed or declined, the newest first, in rooms that the asker sees. For administrators.',
  input: z.strictObject({}),
  output: z.object({
    redactions: z.array(z.object({
      id: idShape, ...redactionTarget, parts: z.array(z.enum(parts)), reason: z.string(), by: idShape, at: momentShape, drill: z.boolean(),
      state: z.enum(['proposed', 'approved', 'declined']), decided: z.optional(z.object({ by: idShape, at: momentShape, why: z.optional(z.string()) })),
      /** The asker does not see it, and is to decide on the reason alone: on which day it was said, by whom, and whether in a direct talk. */
      unseen: z.optional(z.object({ at: momentShape, by: z.optional(idShape), direct: z.boolean() })),
    })),
  }),
});

/** What of a thing that lies on no device (`apart`) stands still: whoever asks for it to go, or decides, must see it. */
export const saidThere = question('keeping.said', {
  about: 'Tells what a thing that no device holds still says, part by part, for who asks that it be blacked out or decides on it. For administrators who see it.',
  input: z.strictObject(redactionTarget),
  output: z.strictObject({ gone: z.boolean(), has: z.array(z.enum(parts)), says: z.array(z.strictObject({ part: z.enum(parts), lines: z.array(z.string()) })), href: z.string() }),
});

const decided = z.object({ by: idShape, at: momentShape });

/** How things are kept: holds, terms, what is due, and what was asked to be disposed of. */
export const kept = question('keeping.kept', {
  about: 'Holds, terms, what is due now and disposals, of the rooms that the asker sees. For administrators.',
  input: z.strictObject({}),
  output: z.object({
    holds: z.array(z.object({ id: idShape, ...targetShape, reason: z.string(), by: idShape, at: momentShape, asked: z.optional(decided), released: z.optional(decided) })),
    terms: z.array(z.object({ ...targetShape, years: z.int() })),
    least: z.int(),
    /** `held`: it stays until the hold is lifted. */
    due: z.array(z.object({ room: z.optional(idShape), incident: z.optional(idShape), count: z.int(), first: momentShape, last: momentShape, held: z.boolean(), /** How many of which noun. */ kinds: z.record(z.string(), z.int()) })),
    disposals: z.array(z.object({ id: idShape, room: z.optional(idShape), incident: z.optional(idShape), by: idShape, at: momentShape, drill: z.boolean(), state: z.enum(['asked', 'agreed', 'declined', 'done']), decided: z.optional(decided) })),
  }),
});
