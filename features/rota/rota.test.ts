import type { Id } from '@noroshi/foundations/kernel';
import { describe, expect, it } from 'vitest';
import { monthOf, onDuty, type Roster, type Shift } from './roster.ts';
import { daysOf, shiftsOf, weekdayOf } from './rounds.ts';
import { longestShift, wrongWith } from './set-roster.ts';

const id = (n: number): Id => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [a, b, c] = [id(1), id(2), id(3)];
/** A moment on the wall of the prefecture. */
const at = (text: string): number => Date.parse(`${text}:00+09:00`);
const shift = (from: string, until: string, person = a, more: Partial<Shift> = {}): Shift => ({ id: 9, from: at(from), until: at(until), person, ...more });
const rosterOf = (...shifts: Shift[]): Roster => ({ org: id(8), month: '2026-09', shifts, rev: 1, by: a, at: 0 });

describe('当番表', () => {
  it('DR2 a month begins and ends on the wall of the prefecture', () => {
    expect([monthOf(at('2026-09-01T00:00')), monthOf(at('2026-09-01T00:00') - 1), monthOf(at('2026-12-31T23:59'))]).toEqual(['2026-09', '2026-08', '2026-12']);
    expect([daysOf('2028-02').length, daysOf('2026-09')[0], weekdayOf(at('2026-09-06T00:00'))]).toEqual([29, at('2026-09-01T00:00'), 0]);
  });

  it('DR2 what cannot be is refused by name', () => {
    const wrong = (one: Shift): string | undefined => wrongWith(one, '2026-09');
    expect(wrong(shift('2026-09-30T17:15', '2026-10-01T08:30'))).toBeUndefined();
    expect(wrong(shift('2026-09-10T08:30', '2026-09-10T08:30'))).toBe('rota.endsBefore');
    expect(wrong({ ...shift('2026-09-10T08:00', '2026-09-10T09:00'), until: at('2026-09-10T08:00') + longestShift + 1 })).toBe('rota.tooLong');
    expect(wrong(shift('2026-10-01T00:00', '2026-10-01T08:30'))).toBe('rota.otherMonth');
    expect(wrong(shift('2026-09-10T17:15', '2026-09-11T08:30', a, { deputy: a }))).toBe('rota.ownDeputy');
  });

  it('DR4 holds the line from the first minute up to the last, and where two do, whoever began last comes first', () => {
    const one = rosterOf(shift('2026-09-10T17:15', '2026-09-11T08:30', a, { deputy: c }), shift('2026-09-10T22:00', '2026-09-11T06:00', b));
    const on = (text: string): Id[] => onDuty(one, at(text)).map(({ person }) => person);
    expect([on('2026-09-10T17:14'), on('2026-09-10T17:15'), on('2026-09-10T23:00'), on('2026-09-11T08:29'), on('2026-09-11T08:30')]).toEqual([[], [a], [b, a], [a], []]);
    expect(onDuty(one, at('2026-09-10T18:00'))[0]).toMatchObject({ org: id(8), deputy: c });
  });

  it('DR5 in turn: only what is empty is filled, over midnight, the next as deputy', () => {
    const stands = [shift('2026-09-08T17:15', '2026-09-09T08:30', c)];
    const nights = shiftsOf({ month: '2026-09', weekdays: [1, 2, 3], begins: 17 * 60 + 15, ends: 8 * 60 + 30, after: 0, people: [a, b] }, stands, 100);
    expect(nights.slice(0, 4).map(({ from, until, person, deputy }) => [from, until, person, deputy])).toEqual([
      [at('2026-09-01T17:15'), at('2026-09-02T08:30'), a, b], [at('2026-09-02T17:15'), at('2026-09-03T08:30'), b, a],
      [at('2026-09-07T17:15'), at('2026-09-08T08:30'), a, b], [at('2026-09-09T17:15'), at('2026-09-10T08:30'), b, a],
    ]);
    const days = shiftsOf({ month: '2026-09', weekdays: [0], begins: 8 * 60 + 30, ends: 17 * 60 + 15, after: 0, people: [a] }, [], 100);
    expect(days.map(({ from, until, deputy }) => [from, until, deputy])).toEqual(['06', '13', '20', '27'].map((day) => [at(`2026-09-${day}T08:30`), at(`2026-09-${day}T17:15`), undefined]));
    const rest = shiftsOf({ month: '2026-09', weekdays: [0], begins: 510, ends: 1035, after: at('2026-09-13T17:15'), people: [a] }, [], 100);
    expect(rest.map(({ from }) => from)).toEqual([at('2026-09-20T08:30'), at('2026-09-27T08:30')]);
    expect(shiftsOf({ month: '2026-09', weekdays: [0], begins: 0, ends: 60, after: 0, people: [] }, [], 100)).toEqual([]);
  });
});
