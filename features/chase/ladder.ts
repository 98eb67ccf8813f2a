import { eventKind, noun, ref, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { ladderShape } from './step.ts';

/** 督促の段取り: what is done, and when, about those who do not answer. */
export type Ladder = z.output<typeof ladderShape>;

export const ladderSet = eventKind('chase.ladderSet', 180, z.object({ steps: ladderShape.def.shape.steps, again: ladderShape.def.shape.again }));

/** The house has one. */
export const ladder = noun<Ladder>('ladder').on(ladderSet, () => 'ladder', (_now, { body }) => body);
export const theLadder = (): Ref<Ladder> => ref(ladder, 'ladder');
