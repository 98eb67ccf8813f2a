import { Worker } from 'node:worker_threads';
import type { Picture } from '../picture.ts';

/** What was found: the SHA-256 of what came, and the picture where it is one, with its own. */
export interface Checked {
  readonly sha256: string;
  readonly picture?: Picture & { readonly sha256: string };
}

/** The largest photograph takes a tenth of a second. On a machine that has much else to do it may take a hundred times that. */
const patience = 30_000;
/** A thread that has had nothing to do for so long is ended, in milliseconds. */
const rest = 60_000;
/** The heap of the thread. The picture and its cleaned copy lie outside of it, and are bounded by the largest photograph. */
const limits = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8, stackSizeMb: 4 };

/**
 * Checks pictures on a thread of its own with a heap of its own: whatever someone sends, neither its time nor its memory is
 * taken from those who talk. The thread begins with the first picture, is there for those that follow, and keeps no process alive.
 */
export class PictureChecker {
  readonly #code: URL;
  readonly #patience: number;
  #worker: Worker | undefined;
  #resting: NodeJS.Timeout | undefined;

  /** @param needs what the thread runs and how long one picture may take, for a test */
  constructor(needs: { readonly code?: URL; readonly patience?: number } = {}) {
    this.#code = needs.code ?? new URL('./picture-worker.server.ts', import.meta.url);
    this.#patience = needs.patience ?? patience;
  }

  /**
   * Reads and checks a picture. One at a time: whoever asks waits for the answer before asking again.
   * @returns `undefined` when it took more time or memory than any real picture does
   * @throws when it could not be read at all: then nothing is known of it
   */
  async check(path: string): Promise<Checked | undefined> {
    clearTimeout(this.#resting);
    const worker = (this.#worker ??= await this.#begin());
    worker.ref();
    worker.postMessage(path);
    const heard = await hear(worker, this.#patience);
    if ('told' in heard) {
      worker.unref();
      this.#resting = setTimeout(() => void this.close(), rest).unref();
      return heard.told as Checked;
    }
    await this.close();
    if ('error' in heard && (heard.error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') throw heard.error;
    return undefined;
  }

  /** Ends the thread, whatever it is doing. The next picture begins another. */
  async close(): Promise<void> {
    clearTimeout(this.#resting);
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  /** Starts the thread and waits until it listens: its start is not counted against a picture. */
  async #begin(): Promise<Worker> {
    const worker = new Worker(this.#code, { resourceLimits: limits });
    // It may end while nobody waits for it. Without a listener that would end the process too.
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
    });
    const heard = await hear(worker, patience);
    if ('told' in heard) return worker;
    await worker.terminate();
    throw 'error' in heard ? heard.error : new Error('the thread that checks pictures does not start');
  }
}

type Heard = { readonly told: unknown } | { readonly error: Error } | { readonly late: true };

/** The next that the thread says, how it ended, or that neither came in time. */
function hear(worker: Worker, within: number): Promise<Heard> {
  return new Promise((done) => {
    const end = (heard: Heard): void => {
      clearTimeout(timer);
      worker.off('message', told).off('error', failed).off('exit', ended);
      done(heard);
    };
    const told = (it: unknown): void => end({ told: it });
    const failed = (error: Error): void => end({ error });
    const ended = (): void => end({ error: new Error('the thread that checks pictures ended') });
    const timer = setTimeout(() => end({ late: true }), within);
    worker.on('message', told).on('error', failed).on('exit', ended);
  });
}
