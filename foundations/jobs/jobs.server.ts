import type { Id, Moment } from '@noroshi/foundations/kernel';
import type pg from 'pg';

/** What the clock asks to be done. */
export interface Due { readonly id: Id; readonly command: string; readonly input: unknown }

export interface ClockNeeds {
  readonly pool: pg.Pool;
  readonly now: () => Moment;
  /**
   * Does one due job as a command of `system` whose id is the job's, so that it happens once even when two nodes
   * or a crash ask twice. The job's row goes away in the command's own transaction.
   */
  readonly act: (due: Due) => Promise<unknown>;
  /** Told when a chore failed. */
  readonly report?: (error: unknown, what: string) => void;
}

/** What is done from time to time and is no command: it changes nothing that anyone was told. */
interface Chore { readonly every: number; readonly work: () => Promise<unknown>; last: Moment }

/** How often the clock looks, in milliseconds. Ladders and deadlines are in minutes. */
const everyMs = 500;

/** What must happen later. Jobs are rows written in the transaction of the deed that wants them. */
export class Clock {
  readonly #needs: ClockNeeds;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<number> | undefined;
  readonly #chores: Chore[] = [];
  #tidying: Promise<void> | undefined;

  constructor(needs: ClockNeeds) {
    this.#needs = needs;
  }

  start(): void {
    this.#timer = setInterval(() => {
      void this.look().catch(() => undefined);
      void this.tidy();
    }, everyMs);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking?.catch(() => undefined);
    await this.#tidying;
  }

  /**
   * Has a chore done from now on: soon after the start, and again each time so long has passed. Every node does its own,
   * so it must bear being done twice.
   * @param every in milliseconds
   */
  every(every: number, work: () => Promise<unknown>): void {
    this.#chores.push({ every, work, last: -Infinity });
  }

  /** Does the chores whose time has come, beside what is due: no ladder waits for them. One that fails comes again at its next time. */
  tidy(): Promise<void> {
    this.#tidying ??= this.#tidy().finally(() => (this.#tidying = undefined));
    return this.#tidying;
  }

  async #tidy(): Promise<void> {
    for (const chore of this.#chores) {
      const now = this.#needs.now();
      // A clock that was set back would keep a chore waiting for as long as it was set back.
      if (now >= chore.last && now - chore.last < chore.every) continue;
      chore.last = now;
      await chore.work().catch((error: unknown) => this.#needs.report?.(error, 'a chore'));
    }
  }

  /** Does what is due now. @returns how many jobs were taken up */
  look(): Promise<number> {
    this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async #look(): Promise<number> {
    const { rows } = await this.#needs.pool.query<Due>({
      name: 'jobs-due',
      text: 'select id, command, input from job where due <= $1 order by due limit 100',
      values: [this.#needs.now()],
    });
    for (const due of rows) await this.#needs.act(due);
    return rows.length;
  }
}
