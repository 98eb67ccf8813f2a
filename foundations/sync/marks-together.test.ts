import { apart, pack, together, type JointMarks, type MarkRow } from '@noroshi/foundations/sync';
import { seeded } from '@noroshi/foundations/testing';
import { expect, it } from 'vitest';

const inOrder = (rows: readonly MarkRow[]): MarkRow[] => rows.toSorted((a, b) => a[0] - b[0]);

it('S56 marks that are told together come out as they went in (500 seeds)', () => {
  for (let seed = 0; seed < 500; seed++) {
    const dice = seeded(seed);
    const kinds = 1 + dice.below(4);
    const rows = Array.from({ length: dice.below(300) }, (_, i) => i + 1).filter(() => dice.chance(0.5)).map((no): MarkRow => {
      const kind = dice.below(kinds);
      return [no, 40 + kind, 30 + kind, kind === 0 ? [] : [[35, 36 + kind]], 1_530_910_800_000 + kind];
    });
    expect(inOrder(apart(together(rows))), `seed ${seed}`).toEqual(rows);
  }
});

it('S56 one message that all 200 have read takes fewer than 60 bytes, and one member no more than before', () => {
  const rows = Array.from({ length: 200 }, (_, i): MarkRow => [i + 1, 70_000, 70_000, [], 1_530_910_800_000]);
  expect(pack([8, 7, 0, together(rows)]).length).toBeLessThan(60);
  expect(together(rows.slice(4, 5))).toEqual(rows.slice(4, 5));
  // A few far apart are named rather than painted.
  const few: JointMarks[] = together([rows[3]!, rows[180]!]);
  expect(few[0]![0]).toEqual([4, 181]);
});
