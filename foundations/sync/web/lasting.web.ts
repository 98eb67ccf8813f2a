import { Dexie } from 'dexie';

/** What a browser says when it has lost its own store, and not the query: asked again on a new connection, it answers. */
const lostNames = /^(?:Unknown|InvalidState|DatabaseClosed)Error$/;

/**
 * A store on this device whose connection may be lost at any moment (the browser restarts its store, evicts it, or an iPhone
 * wakes up): it is opened again, and what was asked is asked once more. What failed as a whole has left nothing behind.
 */
export class LastingDb extends Dexie {
  /** It was closed by us, and stays so. */
  #forGood = false;
  #closings = 0;
  #opened = false;
  #lost: (() => void) | undefined;

  constructor(...given: ConstructorParameters<typeof Dexie>) {
    super(...given);
    this.on('close', () => { this.#closings += 1; });
    this.on('ready', () => {
      const again = this.#opened;
      this.#opened = true;
      // Another window may have made it anew: it is looked at, not only remembered. Not before it is open.
      setTimeout(() => this.isFilled().then((filled) => { if (again && !filled) this.#lost?.(); }, () => undefined));
    }, true);
    // A store that is deleted from another window is let go of, for good: asked again, it would be made anew.
    this.on('versionchange', ({ newVersion }) => {
      if (newVersion) return;
      this.close();
      this.#lost?.();
    });
    // Every single question goes through here; those of a transaction go with it.
    // By Dexie's own name for it; a test tells should that change.
    const single = '_trans';
    const table = this.Table.prototype as unknown as Record<typeof single, (...asked: unknown[]) => Promise<unknown>>;
    const once = table[single];
    const again = <T>(ask: () => PromiseLike<T>): PromiseLike<T> => this.#again(ask);
    table[single] = function (...asked) {
      return again(() => once.apply(this, asked)) as Promise<unknown>;
    };
    const whole = this.transaction.bind(this) as (...asked: unknown[]) => PromiseLike<unknown>;
    this.transaction = ((...asked: unknown[]) => again(() => whole(...asked))) as typeof this.transaction;
  }

  /** Tells when this store was deleted from elsewhere while it was open, or came back empty when it was opened again. */
  whenLost(told: () => void): void {
    this.#lost = told;
  }

  /** Whether it holds what it held from the first moment on. One that is empty in good times says nothing here. */
  protected isFilled(): Promise<boolean> {
    return Promise.resolve(true);
  }

  override close(how?: { disableAutoOpen: boolean }): void {
    if (how?.disableAutoOpen !== false) this.#forGood = true;
    super.close(how);
  }

  #again<T>(ask: () => PromiseLike<T>): PromiseLike<T> {
    // Within a transaction nothing can be asked again but the whole of it.
    if (Dexie.currentTransaction) return ask();
    const before = this.#closings;
    return Dexie.Promise.resolve(ask()).catch((error: unknown) => {
      if (this.#forGood || !this.#isLost(error, before)) throw error;
      // Somebody else may have opened it again already.
      if (this.#closings === before) this.close({ disableAutoOpen: false });
      return ask();
    });
  }

  #isLost(error: unknown, before: number): boolean {
    const { name = '', inner } = (error ?? {}) as { name?: string; inner?: unknown };
    if (lostNames.test(name)) return true;
    // What was under way is aborted without a reason; that the connection closed meanwhile is the reason.
    if (name === 'AbortError') return this.#closings !== before;
    return inner !== undefined && inner !== error && this.#isLost(inner, before);
  }
}
