import { refused } from '@noroshi/foundations/kernel';
import { command } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { between, mayMove, needsOfStep, step, stepInput } from './movement.ts';
import { streamsOf } from './rules.ts';

/** 帰任: people who were at the place are home. */
export const returnHome = command('request.returnHome', {
  about: 'People who had arrived are home again.',
  input: z.strictObject(stepInput),
  streams: streamsOf,
  needs: needsOfStep,
  may: (actor, here, said) => mayMove(actor, here, said, true, ({ moves }) => between(said.count, 0, moves.arrived, refused('request.notArrived', { arrived: moves.arrived }))),
  then: (said, known, actor, when) => step('returned', { returned: said.count }, said, known, actor, when, { line: 'returned' }),
});
