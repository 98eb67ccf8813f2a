import type { Measured } from '@noroshi/foundations/measured';
import { run, type Run } from './run.ts';

/** What a drill is measured by in the chase: by which step of the ladder people were reminded. What was held back reached nobody. */
export const measuredChase: Measured = {
  reminds: { noun: run.noun, tells: ({ thing, steps, tries }: Run) => tries.filter(({ held }) => !held).map(({ step, at, people }) => ({ message: thing, at, way: steps[step]!.way, people })) },
};
