import { refused } from '@noroshi/foundations/kernel';
import { command } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { between, mayMove, needsOfStep, step, stepInput } from './movement.ts';
import { streamsOf } from './rules.ts';

/** 活動中: people have taken up the work. */
export const takeUp = command('request.takeUp', {
  about: 'People who arrived have taken up the work.',
  input: z.strictObject(stepInput),
  streams: streamsOf,
  needs: needsOfStep,
  may: (actor, here, said) => mayMove(actor, here, said, true, ({ moves }) => between(said.count, 0, moves.arrived, refused('request.notArrived', { arrived: moves.arrived }))),
  then: (said, known, actor, when) => step('active', { active: said.count }, said, known, actor, when, undefined),
});
