import type pg from 'pg';

/** What may happen to one query: nothing, an error instead of it, or an error after it (its answer was lost). */
type Mishap = (text: string) => { before?: Error; after?: Error } | undefined;

/** A pool whose queries a test can let fail, before they reach PostgreSQL or after they took effect. */
export class WobblyPool {
  readonly pool: pg.Pool;
  /** How many statements were sent. */
  statements = 0;
  #mishap: Mishap = () => undefined;

  constructor(real: pg.Pool) {
    const textOf = (query: unknown): string => (typeof query === 'string' ? query : ((query as { text?: string }).text ?? ''));
    const wobble = (target: { query: (...args: any[]) => Promise<unknown> }) => async (...args: unknown[]): Promise<unknown> => {
      this.statements += 1;
      const mishap = this.#mishap(textOf(args[0]));
      if (mishap?.before) throw mishap.before;
      const answer = await target.query(...args);
      if (mishap?.after) throw mishap.after;
      return answer;
    };
    const dress = <T extends object>(target: T, own: Record<string, unknown>): T => new Proxy(target, {
      get: (it, key) => {
        if (typeof key === 'string' && key in own) return own[key];
        const value: unknown = Reflect.get(it, key);
        return typeof value === 'function' ? value.bind(it) : value;
      },
    });
    this.pool = dress(real, {
      query: wobble(real as never),
      connect: async () => {
        const mishap = this.#mishap('connect');
        if (mishap?.before) throw mishap.before;
        const client = await real.connect();
        return dress(client, { query: wobble(client as never) });
      },
    });
  }

  /** From now on each statement whose text matches fails: all but the first `skip`, and only so many `times`. */
  fail(which: RegExp, error: Error, { skip = 0, times = Infinity, after = false } = {}): void {
    let left = times;
    let spare = skip;
    this.#mishap = (text) => {
      if (left <= 0 || !which.test(text) || spare-- > 0) return undefined;
      left -= 1;
      return after ? { after: error } : { before: error };
    };
  }

  /** All is well again. */
  mend(): void {
    this.#mishap = () => undefined;
  }
}
