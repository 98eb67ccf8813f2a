import type { Ladder } from './ladder.ts';
import type { Step } from './step.ts';

/** The ladder of a house that has set no other. */
export const usualLadder: Ladder = {
  steps: [{ after: 0, way: 'push' }, { after: 3, way: 'push' }, { after: 5, way: 'mail' }, { after: 10, way: 'sms' }, { after: 15, way: 'phone' }],
  again: 60,
};

/** The first step that comes before the one above it, counted from 1. */
export function stepOutOfOrder(steps: readonly Step[]): number | undefined {
  const at = steps.findIndex((step, i) => i > 0 && step.after < steps[i - 1]!.after);
  return at < 0 ? undefined : at + 1;
}
