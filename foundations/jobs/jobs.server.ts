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
}

/** How often the clock looks, in milliseconds. Ladders and deadlines are in minutes. */
const everyMs = 500;

/** What must happen later. Jobs are rows written in the transaction of the deed that wants them. */
export class Clock {
  readonly #needs: ClockNeeds;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<number> | undefined;

  constructor(needs: ClockNeeds) {
    this.#needs = needs;
  }

  start(): void {
    this.#timer = setInterval(() => void this.look().catch(() => undefined), everyMs);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking?.catch(() => undefined);
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
