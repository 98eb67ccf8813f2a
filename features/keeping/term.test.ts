import { expect, it } from 'vitest';
import { dueFrom, endOf, yearsFor } from './term.ts';

const japan = (text: string): number => Date.parse(`${text}:00+09:00`);
const set = (...all: [years: number, from: string][]) => ({ set: all.map(([years, from]) => ({ years, from: japan(from), by: 'p' })) });

it('K8 a term begins on the first of April behind what was said, at the prefecture’s clock, and ends so many years later', () => {
  expect(endOf(japan('2018-07-07T12:00'), 5)).toBe(japan('2024-04-01T00:00'));
  // The last minute of a fiscal year, and the first of the next: the server’s own clock says another day.
  expect(endOf(japan('2019-03-31T23:59'), 1)).toBe(japan('2020-04-01T00:00'));
  expect(endOf(japan('2019-04-01T00:00'), 1)).toBe(japan('2021-04-01T00:00'));
});

it('K8 made longer it counts for all, made shorter for what is said from then on; the first that is set counts for what was there', () => {
  expect(yearsFor(undefined, 0)).toBe(0);
  const grows = set([3, '2020-01-01T00:00'], [10, '2021-01-01T00:00']);
  expect([yearsFor(grows, japan('2019-01-01T00:00')), yearsFor(grows, japan('2020-06-01T00:00')), yearsFor(grows, japan('2022-01-01T00:00'))]).toEqual([10, 10, 10]);
  const shrinks = set([10, '2020-01-01T00:00'], [3, '2021-01-01T00:00']);
  expect([yearsFor(shrinks, japan('2019-01-01T00:00')), yearsFor(shrinks, japan('2020-06-01T00:00')), yearsFor(shrinks, japan('2021-01-01T00:00'))]).toEqual([10, 10, 3]);
  // For ever is the longest.
  const ever = set([3, '2020-01-01T00:00'], [0, '2021-01-01T00:00'], [3, '2022-01-01T00:00']);
  expect([yearsFor(ever, japan('2020-06-01T00:00')), yearsFor(ever, japan('2022-02-01T00:00'))]).toEqual([0, 3]);
});

it('K8 what was said of a disaster is never due before it is over; without a term nothing is', () => {
  const five = set([5, '2018-01-01T00:00']);
  const said = japan('2018-07-07T12:00');
  expect(dueFrom(said, five, undefined)).toBe(japan('2024-04-01T00:00'));
  expect(dueFrom(said, five, {})).toBe(Infinity);
  expect(dueFrom(said, five, { closedAt: japan('2020-05-01T00:00') })).toBe(japan('2026-04-01T00:00'));
  expect(dueFrom(said, undefined, undefined)).toBe(Infinity);
});
