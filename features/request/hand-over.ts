import { refused } from '@noroshi/foundations/kernel';
import { command } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { between, mayMove, needsOfStep, step, stepInput } from './movement.ts';
import { streamsOf } from './rules.ts';

/** 引継: people have handed their work to the next wave, which may be at the place already. They still count as present until they go home. */
export const handOver = command('request.handOver', {
  about: 'People have handed their work over to the next wave.',
  input: z.strictObject(stepInput),
  streams: streamsOf,
  needs: needsOfStep,
  may: (actor, here, said) => mayMove(actor, here, said, true, ({ moves }) => between(said.count, 0, moves.arrived, refused('request.notArrived', { arrived: moves.arrived }))),
  then: (said, known, actor, when) => step('handedOver', { handedOver: said.count }, said, known, actor, when, { line: 'handedOver' }),
});
