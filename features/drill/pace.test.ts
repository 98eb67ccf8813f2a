import { describe, expect, it } from 'vitest';
import { timeOf } from './pace.ts';

const minute = 60_000;
const began = 1_000 * minute;
const at = (minutes: number): number => began + minutes * minute;

describe('the time of a drill', () => {
  it('G5 goes on the wall’s clock until it is first started, then as its controllers let it', () => {
    const time = timeOf([{ at: at(10), running: true, speed: 1 }, { at: at(20), running: true, speed: 10 }, { at: at(22), running: false, speed: 10 }, { at: at(100), running: true, speed: 2 }], began);
    expect([0, 10, 20, 22, 50, 100, 105].map((n) => time.minutes(at(n)))).toEqual([-10, 0, 10, 30, 30, 30, 40]);
    expect([0, 10, 22, 50, 100, 105].map((n) => (time.ran(at(n)) - began) / minute)).toEqual([0, 10, 22, 22, 22, 27]);
    expect([-5, 5, 20, 30, 34].map((n) => (time.moment(n, at(200)) - began) / minute)).toEqual([5, 15, 21, 22, 102]);
  });

  it('G5 comes, while the clock stands, when it would if it went on now', () => {
    const time = timeOf([{ at: at(0), running: true, speed: 5 }, { at: at(2), running: false, speed: 5 }], began);
    expect((time.moment(20, at(500)) - began) / minute).toBe(502);
    expect((time.moment(8, at(500)) - began) / minute).toBeCloseTo(1.6);
  });

  it('G5 never started, a drill that is played by hand has limits all the same', () => {
    const time = timeOf([{ at: at(30), running: false, speed: 10 }], began);
    expect([time.minutes(at(45)), time.ran(at(45)), time.moment(60, at(45))]).toEqual([45, at(45), at(60)]);
  });
});
