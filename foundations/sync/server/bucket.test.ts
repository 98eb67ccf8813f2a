import { describe, expect, it } from 'vitest';
import { Buckets } from './bucket.server.ts';

describe('a bucket of tokens', () => {
  it('S34 gives a burst at once, then so many a second, and says how long to wait', () => {
    let now = 0;
    const buckets = new Buckets<string>({ burst: 3, perSecond: 2 }, () => now);
    expect([1, 2, 3, 4].map(() => buckets.take('taro'))).toEqual([0, 0, 0, 500]);
    expect(buckets.take('aoi')).toBe(0);
    now = 500;
    expect([1, 2].map(() => buckets.take('taro'))).toEqual([0, 500]);
    now = 60_000;
    expect([1, 2, 3, 4].map(() => buckets.take('taro'))).toEqual([0, 0, 0, 500]);
    // A clock that is set back takes nothing away.
    now = 0;
    expect(buckets.take('taro')).toBeGreaterThan(0);
  });

  it('S35 lends, and tells each of many at once when theirs is paid for', () => {
    let now = 0;
    const buckets = new Buckets<string>({ burst: 1, perSecond: 10 }, () => now);
    expect([1, 2, 3, 4].map(() => buckets.spend('taro'))).toEqual([0, 100, 200, 300]);
    expect(buckets.owes('taro')).toBe(300);
    now = 250;
    expect(buckets.owes('taro')).toBe(50);
    expect(buckets.take('taro')).toBe(150);
    now = 400;
    expect([buckets.owes('taro'), buckets.take('taro')]).toEqual([0, 0]);
  });
});
