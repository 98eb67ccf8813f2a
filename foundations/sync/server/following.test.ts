import { Following } from '@noroshi/foundations/sync/server';
import { until } from '@noroshi/foundations/testing';
import { describe, expect, it } from 'vitest';

/** A log of numbers, and a reader that takes in what is there when it begins, once it is let. */
function aLog({ gather = 1, again = 1 } = {}) {
  const listeners: (() => void)[] = [];
  const rounds: PromiseWithResolvers<void>[] = [];
  const reported: string[] = [];
  const log = { head: 0, seen: 0, under: 0, most: 0 };
  const following = new Following({
    stair: { onCommitted: (listener) => void listeners.push(() => listener([])) }, gather, again, name: 'the counting', report: (error, what) => void reported.push(`${what}: ${String(error)}`),
    async takeIn(isOver) {
      const upTo = log.head;
      const round = Promise.withResolvers<void>();
      rounds.push(round);
      log.most = Math.max(log.most, ++log.under);
      try {
        await round.promise;
        if (!isOver()) log.seen = upTo;
      } finally {
        log.under -= 1;
      }
    },
  });
  const commit = (): void => { log.head += 1; for (const listener of listeners) listener(); };
  return { following, log, rounds, reported, commit };
}

describe('following the log', () => {
  it('takes in what was there when it began, and what is committed afterwards', async () => {
    const { following, log, rounds, commit } = aLog();
    commit();
    following.start();
    await until(() => rounds.length === 1, 'a first round');
    rounds[0]!.resolve();
    await until(() => log.seen === 1, 'what was there');
    commit();
    await until(() => rounds.length === 2, 'a round after the commit');
    rounds[1]!.resolve();
    await until(() => log.seen === 2, 'what came');
  });

  it('has one round under way and one behind it, however many ask, and each has what was there when they asked', async () => {
    const { following, log, rounds, commit } = aLog();
    const first = following.catchUp();
    commit();
    const seen: number[] = [];
    const asked = [following.catchUp(), following.catchUp(), following.catchUp()].map((one) => one.then(() => seen.push(log.seen)));
    rounds[0]!.resolve();
    await first;
    expect(log.seen).toBe(0);
    await until(() => rounds.length === 2, 'the round behind it');
    rounds[1]!.resolve();
    await Promise.all(asked);
    expect(seen).toEqual([1, 1, 1]);
    expect([rounds.length, log.most]).toEqual([2, 1]);
  });

  it('tells of a failure once, tries again without being woken, and whoever waited for a round behind it is not told of it', async () => {
    const { following, log, rounds, reported, commit } = aLog();
    following.start();
    await until(() => rounds.length === 1, 'a first round');
    commit();
    const behind = following.catchUp();
    rounds[0]!.reject(new Error('the database is away'));
    await until(() => rounds.length >= 2, 'the round behind it');
    rounds[1]!.resolve();
    await behind;
    expect(log.seen).toBe(1);
    expect(reported).toEqual(['the counting: Error: the database is away']);
    await until(() => rounds.length >= 3, 'the round that tries again');
    rounds[2]!.resolve();
  });

  it('stops after the step that is under way, and is quiet then', async () => {
    const { following, log, rounds, reported, commit } = aLog();
    commit();
    following.start();
    await until(() => rounds.length === 1, 'a first round');
    const stopped = following.stop();
    rounds[0]!.reject(new Error('cut off'));
    await stopped;
    commit();
    // Whatever would still be woken is woken before this: it waits longer.
    await new Promise((soon) => setTimeout(soon, 50));
    expect([rounds.length, log.seen, reported]).toEqual([1, 0, []]);
  });
});
