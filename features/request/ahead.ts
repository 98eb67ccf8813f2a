import { wavesOf, type DispatchRequest } from './dispatch-request.ts';
import { currentWave, lineSums, sumsOf, type LineSums } from './sums.ts';

/** The wave that all of these are for, where it lies ahead of each line's own: what is planned, and fills nothing today. */
export function aheadOf(request: DispatchRequest, parts: readonly { readonly line: number; readonly wave: number }[]): number | undefined {
  const [first] = parts;
  const isAhead = parts.every(({ line: id, wave }) => wave === first?.wave && request.lines.some((line) => line.id === id && wave > currentWave(request, line) && wave <= wavesOf(line)));
  return isAhead ? first?.wave : undefined;
}

/** The lines as they stand in a chosen wave: those that have it. Without a choice each in the wave it is in. (R24) */
export const linesIn = (request: DispatchRequest, wave: number | undefined): readonly LineSums[] =>
  (wave === undefined ? sumsOf(request).lines : request.lines.filter((line) => wave <= wavesOf(line)).map((line) => lineSums(request, line, wave)));

/** The waves in which some line is not now: what has been, and what overlaps it or comes after it. (R63) */
export function otherWaves(request: DispatchRequest): number[] {
  const lines = request.lines.filter((line) => !line.withdrawn);
  const most = Math.max(0, ...lines.map(wavesOf));
  return Array.from({ length: most }, (_, i) => i + 1).filter((wave) => lines.some((line) => wave <= wavesOf(line) && wave !== currentWave(request, line)));
}

/** Those that some line has still before it: they can be answered ahead of their time. */
export const wavesAhead = (request: DispatchRequest): number[] =>
  otherWaves(request).filter((wave) => request.lines.some((line) => !line.withdrawn && wave <= wavesOf(line) && wave > currentWave(request, line)));
