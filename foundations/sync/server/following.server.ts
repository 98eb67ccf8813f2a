import type { Stair } from './stair.server.ts';

/** What failed is tried again after so long (milliseconds): of a database that is away for an hour nobody is told every second. */
const tryAgain = 5_000;

export interface FollowingNeeds {
  readonly stair: Pick<Stair, 'onCommitted'>;
  /** How long it waits for more before it takes in what happened, in milliseconds. */
  readonly gather: number;
  /** Takes in everything committed up to when it was called, by cursors of its own; breaks off between two steps once `isOver`. One at a time. */
  readonly takeIn: (isOver: () => boolean) => Promise<void>;
  /** What it is called where it is reported: 'the record'. */
  readonly name: string;
  readonly report: (error: unknown, what: string) => void;
  /** How long it waits after a failure, in milliseconds; 5 s unless told. */
  readonly again?: number;
}

/**
 * Follows the log of events behind those who talk: woken by commits, but it is the cursors of `takeIn` that it trusts, so
 * what was committed while nobody followed is found too. However many ask, one round is under way and at most one behind it.
 */
export class Following {
  readonly #needs: FollowingNeeds;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #isOver = false;

  constructor(needs: FollowingNeeds) {
    this.#needs = needs;
  }

  /** Takes in at once what happened while nobody followed, and follows from now on. One that was not started follows nothing. */
  start(): void {
    this.#needs.stair.onCommitted(() => this.#wake(this.#needs.gather));
    this.#wake(0);
  }

  #wake(soon: number): void {
    if (this.#isOver || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const { report, name, again = tryAgain } = this.#needs;
      void this.catchUp().catch((error: unknown) => {
        if (this.#isOver) return;
        report(error, name);
        this.#wake(again);
      });
    }, soon);
    this.#timer.unref();
  }

  /** Resolves when everything committed before this call is taken in. @throws what the round that was to take it in has thrown */
  catchUp(): Promise<void> {
    // What is under way may have gone past a stream that has grown since: a round after it takes that in as well.
    if (this.#working) {
      return (this.#next ??= this.#working.catch(() => undefined).then(() => {
        this.#next = undefined;
        return this.catchUp();
      }));
    }
    this.#working = this.#needs.takeIn(() => this.#isOver).finally(() => { this.#working = undefined; });
    return this.#working;
  }

  /** Stops here and now, as a kill would: nothing new begins, and what is under way breaks off after its step. */
  halt(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  /** Halts, and waits for what is under way. */
  async stop(): Promise<void> {
    this.halt();
    await this.#working?.catch(() => undefined);
  }
}
