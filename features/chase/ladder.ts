import type { Channel } from '@noroshi/foundations/notify';
import { eventKind, noun, ref, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/** By what someone is reminded: what the hotline sends by itself, and a card for a colleague at the telephone. */
export const ways = ['push', 'mail', 'sms', 'voice', 'phone'] as const satisfies readonly (Channel | 'phone')[];
export type Way = (typeof ways)[number];

/** The most steps a ladder may have. */
export const mostSteps = 8;

/** One step: so many minutes after the thing began to ask, by this way. */
export const stepShape = z.strictObject({ after: z.int().check(z.minimum(0), z.maximum(240)), way: z.enum(ways) });
export type Step = z.output<typeof stepShape>;

export const ladderShape = z.strictObject({
  steps: z.array(stepShape).check(z.minLength(1), z.maxLength(mostSteps)),
  /** How many minutes someone has who needs time, before the ladder begins anew for them. */
  again: z.int().check(z.minimum(10), z.maximum(240)),
});

/** 督促の段取り: what is done, and when, about those who do not answer. */
export type Ladder = z.output<typeof ladderShape>;

export const ladderSet = eventKind('chase.ladderSet', 180, z.object(ladderShape.def.shape));

/** The house has one. */
const ladderId = 'ladder';
export const ladder = noun<Ladder>('ladder').on(ladderSet, () => ladderId, (_now, { body: { steps, again } }) => ({ steps, again }));
export const theLadder = (): Ref<Ladder> => ref(ladder, ladderId);
