import { refused } from '@noroshi/foundations/kernel';
import { command } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { answerKey } from './dispatch-request.ts';
import { between, mayMove, needsOfStep, step, stepInput } from './movement.ts';
import { streamsOf } from './rules.ts';

/** 到着: people are at the place. Who arrives has departed, whether anyone had said so or not. */
export const arrive = command('request.arrive', {
  about: 'People of a committed number have arrived.',
  input: z.strictObject(stepInput),
  streams: streamsOf,
  needs: needsOfStep,
  may: (actor, here, said) => mayMove(actor, here, said, true, ({ count, moves }) => between(said.count, Math.max(moves.active, moves.handedOver, moves.returned), count - moves.turnedBack, refused('request.moreThanCommitted', { committed: count - moves.turnedBack }))),
  then: (said, known, actor, when) => {
    const { departed, turnedBack } = known.request!.answers[answerKey(said.line, said.org ?? actor.org, said.wave)]!.moves;
    return step('arrived', { arrived: said.count, departed: Math.max(departed, said.count + turnedBack) }, said, known, actor, when, { line: 'arrived' });
  },
});
