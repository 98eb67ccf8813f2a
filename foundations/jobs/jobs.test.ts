import type pg from 'pg';
import { describe, expect, it } from 'vitest';
import { Clock } from './jobs.server.ts';

describe('a chore', () => {
  it('is done soon after the start and then from time to time; one that fails is told of and holds up no other', async () => {
    let now = 1_000;
    const told: unknown[] = [];
    const done: string[] = [];
    const clock = new Clock({ pool: {} as pg.Pool, now: () => now, act: async () => undefined, report: (error) => told.push(error) });
    clock.every(60, async () => { throw new Error('no'); });
    clock.every(100, async () => done.push(`at ${now}`));
    await Promise.all([clock.tidy(), clock.tidy()]);
    for (now of [1_050, 1_099, 1_100, 1_101, 1_250]) await clock.tidy();
    expect(done).toEqual(['at 1000', 'at 1100', 'at 1250']);
    expect(told).toHaveLength(3);
  });

  it('does not wait for a clock that was set back to come again where it was', async () => {
    let now = 10_000;
    const done: number[] = [];
    const clock = new Clock({ pool: {} as pg.Pool, now: () => now, act: async () => undefined });
    clock.every(100, async () => done.push(now));
    for (now of [10_000, 4_000, 4_050, 4_100]) await clock.tidy();
    expect(done).toEqual([10_000, 4_000, 4_100]);
  });
});
