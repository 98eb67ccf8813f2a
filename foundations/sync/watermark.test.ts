import { hasRead, mergeDelivered, mergeRead, nothingRead, type Range, type Watermark } from '@noroshi/foundations/sync';
import { seeded, type Dice } from '@noroshi/foundations/testing';
import { describe, expect, it } from 'vitest';

const someRanges = (dice: Dice): Range[] => Array.from({ length: dice.below(6) }, () => {
  const from = 1 + dice.below(40);
  return [from, from + dice.below(8) - 1] as const;
});
const numbers = (ranges: readonly Range[]): Set<number> => new Set(ranges.flatMap(([from, to]) => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)));
const readIn = (mark: Watermark): number[] => Array.from({ length: 60 }, (_, i) => i + 1).filter((seq) => hasRead(mark, seq));

describe('a watermark', () => {
  it('S50 is the union of what was shown, in whatever order and however often it is told (500 seeds)', () => {
    for (let seed = 0; seed < 500; seed++) {
      const dice = seeded(seed);
      const told = Array.from({ length: 1 + dice.below(6) }, () => someRanges(dice));
      const mark = told.reduce<Watermark>(mergeRead, nothingRead);
      const again = [...told.toReversed(), ...told].reduce<Watermark>(mergeRead, nothingRead);
      expect(again, `seed ${seed}`).toEqual(mark);
      expect(readIn(mark), `seed ${seed}`).toEqual([...numbers(told.flat())].sort((a, b) => a - b));
      // One way to write it: sorted, apart, above `read`.
      let last = mark.read;
      for (const [from, to] of mark.ranges) {
        expect(from, `seed ${seed}`).toBeGreaterThan(last + 1);
        expect(to).toBeGreaterThanOrEqual(from);
        last = to;
      }
    }
  });

  it('S51 does not take what was jumped over for read', () => {
    const mark = mergeRead(mergeRead(nothingRead, [[1, 3]]), [[10, 12]]);
    expect(mark).toEqual({ delivered: 12, read: 3, ranges: [[10, 12]] });
    expect([3, 4, 9, 10, 12, 13].map((seq) => hasRead(mark, seq))).toEqual([true, false, false, true, true, false]);
    expect(mergeRead(mark, [[4, 9]])).toEqual({ delivered: 12, read: 12, ranges: [] });
  });

  it('S52 only grows', () => {
    const mark = mergeDelivered(mergeRead(nothingRead, [[1, 9]]), 20);
    expect(mergeRead(mark, [[2, 3], [9, 4]])).toEqual(mark);
    expect(mergeDelivered(mark, 5)).toBe(mark);
    expect(mark.delivered).toBe(20);
  });

  it('S53 nobody who has no mark has read anything', () => {
    expect(hasRead(undefined, 1)).toBe(false);
  });
});
