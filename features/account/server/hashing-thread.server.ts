import { Worker } from 'node:worker_threads';

/** Argon2id with 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet): some 30 ms on one core. */
export const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/**
 * The priority of the threads, as a nice value: a third of the weight of all else where the processor is short. With 10, a
 * tenth, nobody came in any more on a machine that had much else to do.
 */
export const givesWay = 5;

/** A password to hash or, with the hash that is known, to verify. */
export interface HashingJob { readonly password: string; readonly known?: string }

/** A thread that has had nothing to do for so long is ended, in milliseconds. */
const rest = 60_000;
/** The heap of the thread; what the hash itself takes lies outside of it. */
const limits = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 };

/**
 * A thread that hashes passwords, one at a time, and gives way to everything else the server does: many may come in at once
 * when a disaster begins, and those who are on the line must not wait for them. It begins with the first password, is
 * there for those that follow, and keeps no process alive.
 */
export class HashingThread {
  #worker: Worker | undefined;
  #resting: NodeJS.Timeout | undefined;

  /**
   * Hashes (the answer is in PHC form) or verifies. One at a time: whoever asks waits for the answer before asking again.
   * @throws when the thread ended without an answer; the next password begins another
   */
  do(job: HashingJob): Promise<string | boolean> {
    clearTimeout(this.#resting);
    const worker = (this.#worker ??= this.#begin());
    worker.ref();
    return new Promise((resolve, reject) => {
      const end = (): void => {
        worker.off('message', told).off('error', failed).off('exit', ended).unref();
        this.#resting = setTimeout(() => void this.#close(), rest).unref();
      };
      const told = (answer: string | boolean): void => { end(); resolve(answer); };
      const failed = (error: Error): void => { end(); reject(error); };
      const ended = (): void => failed(new Error('the thread that hashes passwords ended'));
      worker.on('message', told).on('error', failed).on('exit', ended);
      worker.postMessage(job);
    });
  }

  async #close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #begin(): Worker {
    const worker = new Worker(new URL('./hashing-worker.server.ts', import.meta.url), { resourceLimits: limits });
    // It may end while nobody waits for it. Without a listener that would end the process too.
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
    });
    return worker;
  }
}
