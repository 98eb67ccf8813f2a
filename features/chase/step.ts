import type { Channel } from '@noroshi/foundations/notify';
import * as z from 'zod/mini';

/** By what someone is reminded: what the hotline sends by itself, and a card for a colleague at the telephone. */
export const ways = ['push', 'mail', 'sms', 'voice', 'phone'] as const satisfies readonly (Channel | 'phone')[];
export type Way = (typeof ways)[number];

/** One step: so many minutes after the thing began to ask, by this way. */
export const stepShape = z.strictObject({ after: z.int().check(z.minimum(0), z.maximum(240)), way: z.enum(ways) });
export type Step = z.output<typeof stepShape>;

/** The most steps a ladder may have. */
export const mostSteps = 8;

export const ladderShape = z.strictObject({
  steps: z.array(stepShape).check(z.minLength(1), z.maxLength(mostSteps)),
  /** How many minutes someone has who needs time, before the ladder begins anew for them. */
  again: z.int().check(z.minimum(10), z.maximum(240)),
});
