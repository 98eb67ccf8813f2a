import { describe, expect, it, vi } from 'vitest';
import { clock, each, joined, mapped, mappedLater, Settable, type Watched } from './watched.web.ts';

/** Something that a test changes, and that knows who watches it. */
function source<T>(...first: [T] | []) {
  const watchers = new Set<Parameters<Watched<T>['subscribe']>[0]>();
  let last: [T] | [] = first;
  return {
    get watchers() { return watchers.size; },
    set(value: T): void {
      last = [value];
      for (const one of watchers) one.next?.(value);
    },
    fails(error: Error): void { for (const one of watchers) one.error?.(error); },
    subscribe(watcher: Parameters<Watched<T>['subscribe']>[0]) {
      watchers.add(watcher);
      if (last.length === 1) watcher.next?.(last[0]);
      return { unsubscribe: () => void watchers.delete(watcher) };
    },
  } satisfies Watched<T> & Record<string, unknown>;
}

const turn = (): Promise<void> => new Promise((done) => setTimeout(done));

describe('what is watched for several', () => {
  it('is told when all of it is known, and once for what changes together', async () => {
    const [a, b] = [source<number>(), source(10)];
    const told: (readonly number[])[] = [];
    const watching = joined([a, b] as const).subscribe({ next: (value) => told.push(value) });
    await turn();
    expect(told).toEqual([]);
    a.set(1);
    await turn();
    a.set(2);
    b.set(20);
    await turn();
    expect(told).toEqual([[1, 10], [2, 20]]);
    watching.unsubscribe();
    expect([a.watchers, b.watchers]).toEqual([0, 0]);
  });

  it('of nothing at all is known at once', async () => {
    const told: (readonly unknown[])[] = [];
    joined([]).subscribe({ next: (value) => told.push(value) });
    await turn();
    expect(told).toEqual([[]]);
  });

  it('is watched for each of a list: who comes and goes does not disturb the others, and the order is the list’s', async () => {
    const list = source<readonly string[]>(['a', 'b']);
    const one = { a: source(1), b: source(2), c: source<number>() };
    const made: string[] = [];
    const told: (readonly number[])[] = [];
    const watching = each(list, (name) => name, (name) => {
      made.push(name);
      return one[name as 'a'];
    }).subscribe({ next: (value) => told.push(value) });
    await turn();
    list.set(['c', 'b']);
    await turn();
    expect([one.a.watchers, one.b.watchers, one.c.watchers, told]).toEqual([0, 1, 1, [[1, 2]]]);
    one.c.set(3);
    await turn();
    expect([told.at(-1), made]).toEqual([[3, 2], ['a', 'b', 'c']]);
    watching.unsubscribe();
    expect([list.watchers, one.b.watchers, one.c.watchers]).toEqual([0, 0, 0]);
  });

  it('tells nothing any more to who has left in the same turn', async () => {
    const told: unknown[] = [];
    joined([source(1)] as const).subscribe({ next: (value) => told.push(value) }).unsubscribe();
    await turn();
    expect(told).toEqual([]);
  });

  it('passes on what went wrong, and goes on', async () => {
    const [a, errors, told] = [source(1), [] as unknown[], [] as number[]];
    mapped(joined([a] as const), ([n]) => n * 2).subscribe({ next: (n) => told.push(n), error: (error) => errors.push(error) });
    const trouble = new Error('no disk');
    a.fails(trouble);
    a.set(4);
    await turn();
    expect([errors, told]).toEqual([[trouble], [8]]);
  });

  it('goes by the clock where nothing happens', () => {
    vi.useFakeTimers();
    try {
      const told: number[] = [];
      const began = Date.now();
      const watching = clock(15_000).subscribe({ next: () => told.push(Date.now()) });
      vi.advanceTimersByTime(31_000);
      watching.unsubscribe();
      vi.advanceTimersByTime(60_000);
      expect(told.map((at) => at - began)).toEqual([0, 15_000, 30_000]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('that takes its time is told as it was last, and not at all after one has left', async () => {
    const from = new Settable(1);
    const under = new Map<number, (told: string) => void>();
    const told: string[] = [];
    const watching = mappedLater(from, (n) => new Promise<string>((done) => { under.set(n, done); })).subscribe({ next: (value) => told.push(value) });
    from.set(2);
    under.get(2)!('two');
    under.get(1)!('one');
    await turn();
    expect(told).toEqual(['two']);
    from.set(3);
    watching.unsubscribe();
    under.get(3)!('three');
    await turn();
    from.set(4);
    expect(told).toEqual(['two']);
    expect(under.has(4)).toBe(false);
  });

  it('that fails says so', async () => {
    const said: unknown[] = [];
    mappedLater(new Settable(1), () => Promise.reject(new Error('away'))).subscribe({ next: () => said.push('never'), error: (error) => said.push(String(error)) });
    await turn();
    expect(said).toEqual(['Error: away']);
  });

  it('that is set by its holder tells who comes what it is now', () => {
    const held = new Settable<readonly number[]>([]);
    held.set([1]);
    const told: (readonly number[])[] = [];
    const watching = held.subscribe({ next: (value) => told.push(value) });
    held.set([1, 2]);
    watching.unsubscribe();
    held.set([3]);
    expect([told, held.value]).toEqual([[[1], [1, 2]], [3]]);
  });
});
