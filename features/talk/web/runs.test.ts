import type { Message } from '@noroshi/features/talk';
import type { Doc } from '@noroshi/foundations/sync';
import { describe, expect, it } from 'vitest';
import { runs } from './runs.ts';

/** `s`: a step. `p`: something a person said. Both are named by where they stand. */
const talk = (shape: string): Doc<Message>[] => [...shape].map((what, i) => ({ noun: 'message', id: `${i}`, stream: 'r:x', born: i + 1, seq: i + 1, value: { id: `${i}`, ...(what === 's' ? { quiet: 1 } : {}) } as Message }));
const shown = (shape: string, unfolded: readonly string[] = [], dayOf: (doc: Doc<Message>) => number = () => 1): string =>
  runs(talk(shape), new Set(unfolded), dayOf).map((run) => run.map(({ id }) => id).join('+')).join(' ');

describe('T72 steps that follow each other', () => {
  it('are one row, and the newest two stay in sight', () => {
    expect(shown('pssssssp')).toBe('0 1+2+3+4 5 6 7');
    expect(shown('ssss')).toBe('0+1 2 3');
  });
  it('are not folded where that would save nothing, nor across what a person said', () => {
    expect(shown('psssp')).toBe('0 1 2 3 4');
    expect(shown('sspsspss')).toBe('0 1 2 3 4 5 6 7');
    expect(shown('ppp')).toBe('0 1 2');
    expect(shown('')).toBe('');
  });
  it('of two days are two runs', () => {
    expect(shown('ssssssss', [], ({ born }) => (born <= 4 ? 1 : 2))).toBe('0+1 2 3 4+5 6 7');
  });
  it('stand there when someone unfolds them, whichever of them was named', () => {
    expect(shown('ssssssp', ['2'])).toBe('0 1 2 3 4 5 6');
  });
});
