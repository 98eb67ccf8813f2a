import { refused } from '@noroshi/foundations/kernel';
import { command } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { answerKey } from './dispatch-request.ts';
import { between, mayMove, needsOfStep, step, stepInput } from './movement.ts';
import { streamsOf } from './rules.ts';

/** 途中で帰任: people who never arrived are home. They count as called back: the line lacks them. */
export const turnBack = command('request.turnBack', {
  about: 'People who were on their way have turned back.',
  input: z.strictObject(stepInput),
  streams: streamsOf,
  needs: needsOfStep,
  may: (actor, here, said) => mayMove(actor, here, said, true, ({ moves }) => between(said.count, moves.turnedBack, moves.departed - moves.arrived, refused('request.notOnTheWay', { count: moves.departed - moves.arrived }))),
  then: (said, known, actor, when) => {
    const { recalled } = known.request!.answers[answerKey(said.line, said.org ?? actor.org, said.wave)]!.moves;
    return step('turnedBack', { turnedBack: said.count, recalled: Math.max(recalled, said.count) }, said, known, actor, when, { line: 'turnedBack' });
  },
});
