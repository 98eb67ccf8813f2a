import { derivedId } from '@noroshi/foundations/kernel';
import { describe, expect, it } from 'vitest';
import type { Row, Sighting, State } from './rows.ts';
import { wallPages } from './wall-pages.ts';

const rows = (...states: State[]): Row<Sighting>[] => states.map((state, i) => ({ org: derivedId('wall', `${i}`), role: 'none', state, others: [] }));
const many = (state: State, n: number): State[] => Array.from({ length: n }, () => state);
const short = ({ state }: Row<Sighting>): boolean => state === 'short';
/** The states that stand still, then those of each page. */
const shown = (all: Row<Sighting>[]): [string, string[], boolean] => {
  const { pinned, turning, brief } = wallPages(all, short);
  const letters = (some: readonly Row<Sighting>[]): string => some.map(({ state }) => state[0]).join('');
  return [letters(pinned), turning.map(letters), brief];
};

describe('A1 the list of the wall', () => {
  it('has all that needs eyes on every page, and beneath it every other municipality in turn', () => {
    expect(shown(rows('short', 'unreached', ...many('calm', 7)))).toEqual(['su', ['ccc', 'ccc', 'c'], false]);
    expect(shown(rows('short', 'unreached', 'calm'))).toEqual(['su', ['c'], false]);
  });

  it('keeps whoever is short in sight while the rest of what needs eyes turns', () => {
    expect(shown(rows('short', 'short', ...many('unreached', 4), 'calm'))).toEqual(['ss', ['uuu', 'u'], false]);
  });

  it('says it in single lines where there would be too many pages, and hides nobody who is short for as long as there are lines', () => {
    expect(shown(rows(...many('short', 4), ...many('late', 6)))).toEqual(['ssssllllll', [''], true]);
    expect(shown(rows(...many('short', 10), ...many('late', 3)))).toEqual(['s'.repeat(10), ['l', 'l', 'l'], true]);
  });

  it('shows each municipality on some page, however many there are of each kind', () => {
    for (let s = 0; s <= 20; s++) for (let l = 0; s + l <= 20; l++) {
      const all = rows(...many('short', s), ...many('late', l), ...many('calm', 20 - s - l));
      const { pinned, turning } = wallPages(all, short);
      const seen = new Set([...pinned, ...turning.flat()].map(({ org }) => org));
      const eyes = all.filter(({ state }) => state !== 'calm');
      expect(eyes.filter(({ org }) => !seen.has(org)), `${s} short, ${l} late`).toEqual([]);
      // Up to ten who are short stand still.
      if (s > 0 && s < 11) expect(pinned.filter(short), `${s} short, ${l} late`).toHaveLength(s);
    }
  });
});
