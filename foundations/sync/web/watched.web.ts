import type { Observer, Subscription } from 'dexie';
import { liveQuery } from './live-query.web.ts';

/** Something that is watched: told when it is first known, and anew whenever it changes. */
export interface Watched<T> {
  subscribe(observer: Pick<Observer<T>, 'next' | 'error'>): Pick<Subscription, 'unsubscribe'>;
}

type Watcher<T> = Parameters<Watched<T>['subscribe']>[0];

/**
 * What several places of a screen want to know is read once for all of them. A read is not cheap: each is a journey to the
 * browser's own process and back, and on a phone without power every one of them counts.
 */
export class Together {
  readonly #known = new Map<string, Watched<unknown>>();

  /**
   * @param name the same for the same question
   * @param query reads the replica; whatever it reads is watched for as long as anybody watches this
   */
  of<T>(name: string, query: () => Promise<T>): Watched<T> {
    let watched = this.#known.get(name) as Watched<T> | undefined;
    if (!watched) {
      watched = shared(liveQuery(query), () => { this.#known.delete(name); });
      this.#known.set(name, watched);
    }
    return watched;
  }
}

/** Follows `from` as long as anybody follows this, and tells who comes later what was told last. */
function shared<T>(from: Watched<T>, left: () => void): Watched<T> {
  const watchers = new Set<Watcher<T>>();
  let following: Pick<Subscription, 'unsubscribe'> | undefined;
  let last: { readonly value: T } | undefined;
  return {
    subscribe(watcher) {
      watchers.add(watcher);
      if (last) watcher.next?.(last.value);
      following ??= from.subscribe({
        next: (value) => {
          last = { value };
          for (const one of [...watchers]) one.next?.(value);
        },
        error: (error) => { for (const one of [...watchers]) one.error?.(error); },
      });
      return {
        unsubscribe: () => {
          if (!watchers.delete(watcher) || watchers.size > 0) return;
          following?.unsubscribe();
          following = last = undefined;
          left();
        },
      };
    },
  };
}

/** The same, seen in another way. */
export function mapped<A, B>(from: Watched<A>, see: (value: A) => B): Watched<B> {
  return { subscribe: ({ next, error }) => from.subscribe({ next: (value) => next?.(see(value)), ...(error && { error }) }) };
}

/** The same, seen in a way that takes its time: of several that are under way, the last counts. */
export function mappedLater<A, B>(from: Watched<A>, see: (value: A) => Promise<B>): Watched<B> {
  return {
    subscribe({ next, error }) {
      let newest = 0;
      const watching = from.subscribe({
        next: (value) => {
          const mine = ++newest;
          see(value).then((now) => { if (mine === newest) next?.(now); }, error);
        },
        ...(error && { error }),
      });
      // Nothing that is still under way counts any more.
      return { unsubscribe: () => { watching.unsubscribe(); newest++; } };
    },
  };
}

/** Something that is watched, and set by who holds it. */
export class Settable<T> implements Watched<T> {
  readonly #watchers = new Set<Watcher<T>>();
  #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    this.#value = value;
    for (const one of [...this.#watchers]) one.next?.(value);
  }

  subscribe(watcher: Watcher<T>): { unsubscribe: () => void } {
    this.#watchers.add(watcher);
    watcher.next?.(this.#value);
    return { unsubscribe: () => this.#watchers.delete(watcher) };
  }
}

/** Tells every so often (milliseconds) that time has passed: what is late becomes so without anything having happened. */
export function clock(everyMs: number): Watched<void> {
  return {
    subscribe({ next }) {
      next?.();
      const timer = setInterval(() => next?.(), everyMs);
      return { unsubscribe: () => clearInterval(timer) };
    },
  };
}

/** All of these: told when each is known, and once for changes that come together. */
export function joined<T extends readonly unknown[]>(all: { readonly [K in keyof T]: Watched<T[K]> }): Watched<T> {
  return { subscribe: (watcher) => new Joining<T[number]>((values) => watcher.next?.(values as unknown as T), watcher.error).set(new Map(all.map((one, i) => [`${i}`, () => one]))) };
}

/**
 * Something for each of a list. What changes in one of them is read again for that one alone.
 * @param nameOf what is watched for one is watched for as long as this stays the same
 */
export function each<K, T>(list: Watched<readonly K[]>, nameOf: (one: K) => string, watch: (one: K) => Watched<T>): Watched<readonly T[]> {
  return {
    subscribe(watcher) {
      const joining = new Joining<T>((values) => watcher.next?.(values), watcher.error);
      const listing = list.subscribe({ next: (all) => { joining.set(new Map(all.map((one) => [nameOf(one), () => watch(one)]))); }, ...(watcher.error && { error: watcher.error }) });
      return { unsubscribe: () => { listing.unsubscribe(); joining.unsubscribe(); } };
    },
  };
}

/** Several watched things whose number may change. */
class Joining<T> {
  readonly #told: (values: readonly T[]) => void;
  readonly #error: ((error: unknown) => void) | undefined;
  #parts = new Map<string, { value?: T; known: boolean; watching?: Pick<Subscription, 'unsubscribe'> }>();
  #telling = false;
  #over = false;

  constructor(told: (values: readonly T[]) => void, error: ((error: unknown) => void) | undefined) {
    this.#told = told;
    this.#error = error;
  }

  /** Watches these, in this order; those that were watched already go on. */
  set(wanted: ReadonlyMap<string, () => Watched<T>>): this {
    const before = this.#parts;
    this.#parts = new Map([...wanted.keys()].map((name) => [name, before.get(name) ?? { known: false }]));
    for (const [name, make] of wanted) {
      if (before.has(name)) continue;
      const part = this.#parts.get(name)!;
      part.watching = make().subscribe({
        next: (value) => {
          Object.assign(part, { value, known: true });
          this.#tell();
        },
        ...(this.#error && { error: this.#error }),
      });
    }
    for (const [name, { watching }] of before) if (!wanted.has(name)) watching?.unsubscribe();
    this.#tell();
    return this;
  }

  unsubscribe(): void {
    this.#over = true;
    for (const { watching } of this.#parts.values()) watching?.unsubscribe();
  }

  #tell(): void {
    if (this.#telling) return;
    this.#telling = true;
    // What one change of the replica sets going comes in within a turn of the loop, each for itself.
    queueMicrotask(() => {
      this.#telling = false;
      const parts = [...this.#parts.values()];
      if (!this.#over && parts.every(({ known }) => known)) this.#told(parts.map(({ value }) => value as T));
    });
  }
}
