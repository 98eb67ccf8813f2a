import { refused } from '@noroshi/foundations/kernel';
import { command } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { between, mayMove, needsOfStep, step, stepInput } from './movement.ts';
import { streamsOf } from './rules.ts';

/** 出発: people have left home. */
export const depart = command('request.depart', {
  about: 'People of a committed number have departed.',
  input: z.strictObject(stepInput),
  streams: streamsOf,
  needs: needsOfStep,
  may: (actor, here, said) => mayMove(actor, here, said, false, ({ count, moves }) => between(said.count, moves.arrived + moves.turnedBack, count, refused('request.moreThanCommitted', { committed: count }))),
  then: (said, known, actor, when) => step('departed', { departed: said.count }, said, known, actor, when, { line: 'departed' }),
});
