import { allowed, refused } from '@noroshi/foundations/kernel';
import { mayRule } from '@noroshi/features/directory';
import { command, happens, workspaceStream } from '@noroshi/foundations/sync';
import { ladderSet } from './ladder.ts';
import { ladderShape } from './step.ts';
import { stepOutOfOrder } from './usual-ladder.ts';

/** 督促の段取りを決める: it holds for what asks from now on. */
export const setLadder = command('chase.setLadder', {
  about: 'Sets the ladder: how many minutes after something began to ask whoever has not answered is reminded, by which way; and how long who needs time has. Administrators.',
  input: ladderShape,
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  may(actor, _facts, { steps }) {
    const verdict = mayRule(actor);
    if (!verdict.ok) return verdict;
    const wrong = stepOutOfOrder(steps);
    return wrong === undefined ? allowed : refused('chase.stepTooEarly', { n: wrong });
  },
  then: (input) => [happens(ladderSet, input)],
});
