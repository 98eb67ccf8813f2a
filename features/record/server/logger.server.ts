import { Following, type Stair } from '@noroshi/foundations/sync/server';
import { appendFile } from 'node:fs/promises';
import { hashOfLeaf, leafFor } from '../proof/leaf.ts';
import { keyText, type Checkpoint } from '../proof/note.ts';
import { Frontier } from '../proof/tree.ts';
import { envelopeOf, growLog, keepCheckpoint, keepKey, keepStamp, lastCheckpoint, standing, type Grown, type Next, type Standing } from './log.store.ts';
import type { Signer } from './signer.server.ts';
import type { Stamper } from './stamper.server.ts';

export interface LoggerNeeds {
  readonly stair: Stair;
  readonly signer: Signer;
  /** A file to which each checkpoint is appended, meant to lie in another place. */
  readonly elsewhere?: string | undefined;
  /** A timestamping service, where one is asked. */
  readonly stamper?: Stamper | undefined;
  readonly report: (error: unknown, what: string) => void;
}

/** How long it waits for more before it takes in what happened, in milliseconds. */
const gather = 1_000;
/** While something happens, a checkpoint is signed at least this often (milliseconds). */
const signEvery = 60_000;
/** So many events are taken in at once: their hashes keep the only thread for a few milliseconds, and whoever talks comes in between. */
const most = 256;

/**
 * Gives every event its place in one log, behind those who talk: it follows the streams with cursors of its own, and no row
 * is written for it where a message is. Of several nodes one at a time grows the log; what one did not do another does.
 */
export class RecordLog {
  readonly #needs: LoggerNeeds;
  readonly #following: Following;
  #stamping: Promise<void> = Promise.resolve();

  constructor(needs: LoggerNeeds) {
    this.#needs = needs;
    const { stair, report } = needs;
    this.#following = new Following({ stair, report, gather, name: 'the record', takeIn: (isOver) => this.#takeIn(isOver) });
  }

  /** Which log this is: a backup that was brought back is another, though it begins like this one. */
  get origin(): string {
    return `noroshi/${this.#needs.stair.memory.history}`;
  }

  get signer(): Signer {
    return this.#needs.signer;
  }

  /** Takes in what happened while nobody followed, follows from now on, and signs from time to time. One that was not started follows nothing. */
  async start(): Promise<void> {
    const { stair } = this.#needs;
    await keepKey(stair.pool, keyText(this.signer.key(this.origin)), stair.now());
    stair.clock.every(signEvery, async () => void (await this.sign()));
    this.#following.start();
  }

  /** Takes in everything committed so far, here or by the node that is at it. */
  catchUp(): Promise<void> {
    return this.#following.catchUp();
  }

  async #takeIn(isOver: () => boolean): Promise<void> {
    for (;;) {
      const taken = await growLog(this.#needs.stair.pool, most, grow);
      if (taken === 0) return;
      // Another node is at it: it may have looked before what is wanted here was there.
      if (taken === undefined) await new Promise((soon) => setTimeout(soon, 20));
      if (isOver()) return;
    }
  }

  /** Signs how the log stands now, unless that is signed already. @returns what is signed of it now; `undefined` of an empty log */
  async sign(): Promise<Checkpoint | undefined> {
    await this.catchUp();
    const { stair, elsewhere, report } = this.#needs;
    const { size, peaks } = await standing(stair.pool);
    if (size === 0) return undefined;
    const stood = { origin: this.origin, size, root: Frontier.from(size, peaks).root(), at: stair.now() };
    const last = await lastCheckpoint(stair.pool, this.origin);
    if (last && last.size >= size) return { ...stood, at: last.at };
    const note = this.signer.checkpoint(stood);
    // First here, durably: what has left this machine must never be more than what is kept on it.
    if (!(await keepCheckpoint(stair.pool, { size, origin: stood.origin, at: stood.at, note }))) return stood;
    if (elsewhere !== undefined) await appendFile(elsewhere, `${note}\n`, { mode: 0o600 }).catch((error: unknown) => report(error, `the file of checkpoints, ${elsewhere}`));
    this.#stamping = this.#stamp(stood, note);
    return stood;
  }

  /** Has a checkpoint stamped, beside all else. What is not stamped now is under the next that is: the log only grows. */
  async #stamp({ origin, size }: Checkpoint, note: string): Promise<void> {
    const { stair, stamper, report } = this.#needs;
    if (!stamper) return;
    try {
      await keepStamp(stair.pool, origin, size, await stamper(note));
    } catch (error) {
      report(error, 'the timestamping service');
    }
  }

  /** Waits for the stamp that was asked for last, or for the word that there is none. */
  async stamped(): Promise<void> {
    await this.#stamping;
  }

  /** Ends with what is under way, and signs it. */
  async stop(): Promise<void> {
    await this.sign().catch((error: unknown) => this.#needs.report(error, 'the record'));
    this.halt();
    await this.#stamping;
    await this.#following.stop();
  }

  /** Stops here and now, as a kill would. */
  halt(): void {
    this.#following.halt();
  }
}

/** The next leaves and what becomes of the tree. */
function grow(log: Standing, next: readonly Next[]): Grown {
  const tree = Frontier.from(log.size, log.peaks);
  const leaves = next.map(({ no, key, row }) => {
    const hash = hashOfLeaf(leafFor(envelopeOf(key, row)));
    tree.append(hash);
    return { stream: no, seq: row.seq, hash };
  });
  return { size: tree.size, peaks: tree.toBytes(), leaves };
}

