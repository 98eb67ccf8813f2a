import { wavesOf, type DispatchRequest } from './dispatch-request.ts';
import { addUp, currentWave, lineSums, type Sums } from './sums.ts';

/** The wave that all of these are for, where it lies ahead of each line's own: what is planned, and fills nothing today. */
export function aheadOf(request: DispatchRequest, parts: readonly { readonly line: number; readonly wave: number }[]): number | undefined {
  const [first] = parts;
  const isAhead = parts.every(({ line: id, wave }) => wave === first?.wave && request.lines.some((line) => line.id === id && wave > currentWave(request, line) && wave <= wavesOf(line)));
  return isAhead ? first?.wave : undefined;
}

/** What the lines that have a wave lack in it. */
export const sumsAhead = (request: DispatchRequest, wave: number): Sums => addUp(request.lines.filter((line) => wave <= wavesOf(line)).map((line) => lineSums(request, line, wave)));
