/** Seq numbers from first to last, both included. */
export type Range = readonly [from: number, to: number];

/**
 * How far one member has read one stream: everything up to `read`, and the ranges beyond a gap.
 * Numbers, never times: exact however wrong a clock is. Merged by union, so order and repeats do not matter.
 */
export interface Watermark {
  /** Has arrived on one of their devices. */
  readonly delivered: number;
  /** Everything up to here was shown on a screen. */
  readonly read: number;
  /** Shown beyond a gap (a jump to the newest does not mark what was skipped). Sorted, disjoint, above `read`. */
  readonly ranges: readonly Range[];
}

export const nothingRead: Watermark = { delivered: 0, read: 0, ranges: [] };

/** The union of what was read before and what was shown now. */
export function mergeRead(mark: Watermark, shown: readonly Range[]): Watermark {
  const all = [...mark.ranges, ...shown].filter(([from, to]) => to >= from && to > mark.read).sort((a, b) => a[0] - b[0]);
  let read = mark.read;
  const ranges: [number, number][] = [];
  for (const [from, to] of all) {
    if (from <= read + 1) {
      read = Math.max(read, to);
      continue;
    }
    const last = ranges.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else ranges.push([from, to]);
  }
  return { delivered: Math.max(mark.delivered, read, ranges.at(-1)?.[1] ?? 0), read, ranges };
}

/** The larger of two arrivals. */
export function mergeDelivered(mark: Watermark, delivered: number): Watermark {
  return delivered > mark.delivered ? { ...mark, delivered } : mark;
}

/** Whether event `seq` was shown to this member. */
export function hasRead(mark: Watermark | undefined, seq: number): boolean {
  if (!mark) return false;
  return seq <= mark.read || mark.ranges.some(([from, to]) => from <= seq && seq <= to);
}
