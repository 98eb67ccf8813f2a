/** What of the rows is on the wall at once. Nobody's hand turns its pages. */
import { callsForEyes, type Row, type Sighting } from './rows.ts';

/** The height of the list, and of what stands in it: a row with its four numbers, one without, and one in a single line. */
export const room = 22;
const heights = { withSums: 5, plain: 4, line: 2 } as const;

/** Pages that follow one another by themselves. */
export interface WallPages<S extends Sighting> {
  /** On every page. */
  readonly pinned: readonly Row<S>[];
  /** What stands beneath them, page by page; one empty page where there is nothing more. */
  readonly turning: readonly (readonly Row<S>[])[];
  /** Rows are a single line each: there is room for no more. */
  readonly brief: boolean;
}

/**
 * All that needs eyes stands still and the others turn beneath it. Where there is too much for that, whoever is short stands
 * still and what else needs eyes turns; then all in single lines. Only where more are short than there are lines do they turn
 * too: the map names each of them all the time. (A1)
 * @param asks whether a town has four numbers of its own
 */
export function wallPages<S extends Sighting>(rows: readonly Row<S>[], asks: (row: Row<S>) => boolean): WallPages<S> {
  const eyes = rows.filter(({ state }) => callsForEyes(state));
  const [short, otherEyes] = [eyes.filter(({ state }) => state === 'short'), eyes.filter(({ state }) => state !== 'short')];
  const whole = (row: Row<S>): number => (asks(row) ? heights.withSums : heights.plain);
  const line = (): number => heights.line;
  const still = fit(eyes, rows.filter(({ state }) => !callsForEyes(state)), whole);
  if (still) return { pinned: eyes, turning: still, brief: false };
  if (high(eyes, whole) <= room) return { pinned: eyes, turning: [[]], brief: false };
  const turning = fit(short, otherEyes, whole);
  // Whoever needs eyes is not out of sight for longer than two pages.
  if (turning && turning.length <= 3) return { pinned: short, turning, brief: false };
  if (high(eyes, line) <= room) return { pinned: eyes, turning: [[]], brief: true };
  const lines = fit(short, otherEyes, line);
  if (lines) return { pinned: short, turning: lines, brief: true };
  return { pinned: [], turning: fit([], eyes, line)!, brief: true };
}

const high = <R>(rows: readonly R[], size: (row: R) => number): number => rows.reduce((sum, row) => sum + size(row), 0);

/** Pages of what turns beneath what stands still; nothing where there is no room for that. */
function fit<R>(still: readonly R[], turning: readonly R[], size: (row: R) => number): R[][] | undefined {
  const left = room - high(still, size);
  if (left < Math.max(0, ...turning.map(size))) return undefined;
  const pages: R[][] = [[]];
  let filled = 0;
  for (const row of turning) {
    if (filled + size(row) > left) {
      pages.push([]);
      filled = 0;
    }
    pages.at(-1)!.push(row);
    filled += size(row);
  }
  return pages;
}
