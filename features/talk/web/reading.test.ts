import { describe, expect, it } from 'vitest';
import { joined, Reading, type Standing } from './reading.ts';

const area = { top: 100, bottom: 700 };
/** Messages of 200 pixels one under another, the first at `top`; their numbers are ten apart. */
const rows = (top: number, n = 3, height = 200): Standing[] => Array.from({ length: n }, (_, i) => ({ born: (i + 1) * 10, after: i * 10, top: top + i * height, bottom: top + (i + 1) * height }));

describe('reading', () => {
  it('T60 takes one second of half a message, and tells when to look again', () => {
    const reading = new Reading();
    expect(reading.look(0, true, rows(100), area)).toEqual({ read: [], again: 1000 });
    expect(reading.look(999, true, rows(100), area)).toEqual({ read: [], again: 1000 });
    // Events between two messages that were both shown count with them.
    expect(reading.look(1000, true, rows(100), area)).toEqual({ read: [[1, 30]], again: undefined });
    expect(reading.look(3000, true, rows(100), area)).toEqual({ read: [], again: undefined });
  });
  it('T61 does not happen while nobody looks, nor by halves of a second', () => {
    const reading = new Reading();
    expect(reading.look(0, false, rows(100), area).read).toEqual([]);
    expect(reading.look(2000, false, rows(100), area).read).toEqual([]);
    reading.look(3000, true, rows(100), area);
    reading.look(3600, false, rows(100), area);
    expect(reading.look(4200, true, rows(100), area)).toEqual({ read: [], again: 5200 });
    expect(reading.look(5200, true, rows(100), area).read).toEqual([[1, 30]]);
  });
  it('T62 does not happen to what a jump skipped', () => {
    const reading = new Reading();
    reading.look(0, true, rows(100, 30), area);
    // The newest three of thirty, at once.
    reading.look(100, true, rows(100 - 27 * 200, 30), area);
    expect(reading.look(1100, true, rows(100 - 27 * 200, 30), area).read).toEqual([[271, 300]]);
  });
  it('T63 of a long message takes half a screen of it, and its end', () => {
    const reading = new Reading();
    const long = (top: number): Standing[] => rows(top, 1, 5000);
    reading.look(0, true, long(100), area);
    expect(reading.look(1500, true, long(100), area).read).toEqual([]);
    expect(reading.look(2000, true, long(-2000), area).read).toEqual([]);
    expect(reading.look(2500, true, long(-4300), area).read).toEqual([[1, 10]]);
  });
  it('T64 does not happen to what only peeps in, or stands behind the composer', () => {
    const reading = new Reading();
    for (const now of [0, 2000]) expect(reading.look(now, true, rows(-50, 1), area).read).toEqual([]);
    for (const now of [3000, 5000]) expect(reading.look(now, true, rows(620, 1), area).read).toEqual([]);
  });
  it('T65 joins ranges that touch', () => {
    expect(joined([[5, 6], [1, 2], [3, 4], [9, 9]])).toEqual([[1, 6], [9, 9]]);
  });
});
