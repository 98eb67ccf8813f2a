import { refused } from '@noroshi/foundations/kernel';
import { command } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { between, mayMove, needsOfStep, step, stepInput } from './movement.ts';
import { streamsOf } from './rules.ts';

/**
 * 呼び戻し: people who are out are asked to come home: the asker needs them no longer, or their own town was hit.
 * The line lacks them from now on, and somebody else is asked.
 */
export const recall = command('request.recall', {
  about: 'Calls back people who are on their way or at the place.',
  input: z.strictObject({ ...stepInput, reason: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(500))) }),
  streams: streamsOf,
  needs: needsOfStep,
  may: (actor, here, said) => mayMove(actor, here, said, true, ({ moves }) => {
    // Who was called back before and is not home yet cannot be called back again.
    const onTheirWayHome = Math.max(0, moves.recalled - moves.returned - moves.turnedBack);
    const away = moves.departed - moves.returned - moves.turnedBack - onTheirWayHome;
    return between(said.count, moves.recalled, moves.recalled + away, refused('request.nobodyToRecall', { count: away }));
  }),
  then: (said, known, actor, when) => step('recalled', { recalled: said.count }, said, known, actor, when, { line: 'recalled', reason: said.reason }),
});
