import { refused, type Actor, type Id, type Moment } from '@noroshi/foundations/kernel';
import { saysAway, together } from '@noroshi/foundations/database';
import { readInput, type Answer, type Sent } from '@noroshi/foundations/sync';
import pg from 'pg';
import { refsOf, RuleFailed, streamsOf, type Asked } from './asked.server.ts';
import { emptyWords } from './empty-words.server.ts';
import { answersGiven, inputHash, write, type AnswerRow } from './rows.server.ts';
import { Work, type Committed, type WorkNeeds } from './work.server.ts';

/** Commands that arrive while a batch is being written go into the next one, at most this many together. */
const batchSize = 256;
/** More than this waiting means that the database does not follow: who comes now is asked to come back. */
const longestQueue = 10_000;
/** So do fewer, where they would wait longer than this at the pace of now (milliseconds): what was taken in stays quick. */
const longestWait = 800;
/** Who is asked to come back comes after this at the soonest, and at the latest (milliseconds); in between, each in a turn of its own. */
const soonestBack = 1_000;
const latestBack = 30_000;
/** A transaction that takes longer than this has lost its database, however quiet the connection is (milliseconds). */
const patience = 15_000;
/** How often a command is tried when two nodes stood in each other's way. */
const tries = 3;

/** Nothing was decided: the database is away, or too much came at once. Not an answer; the same command may come again. */
export class ComeBackLater extends Error {
  /** Milliseconds after which to come back. */
  readonly after: number;
  /** `busy`: this person sends too much; `away`: the database does not answer. */
  readonly why: 'busy' | 'away';
  constructor(why: 'busy' | 'away', after: number, cause?: unknown) {
    super(`come back in ${after} ms: ${why}`, { cause });
    this.why = why;
    this.after = after;
  }
}

interface Waiting extends Asked {
  readonly hash: Buffer;
  readonly deviceAt: Moment | null;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

export interface CommitterNeeds extends WorkNeeds {
  readonly pool: pg.Pool;
  readonly heard: (committed: readonly Committed[]) => void;
  /** Tells whoever runs the server of a bug. */
  readonly report: (error: unknown, what: string) => void;
}

/**
 * Turns commands into events. Commands that arrive together are committed together: their streams are locked in one
 * order, each command is judged in turn by what those before it have made true, and the survivors are numbered.
 */
export class Committer {
  readonly #needs: CommitterNeeds;
  #queue: Waiting[] = [];
  /** The same command arriving twice at once has one answer. */
  readonly #underWay = new Map<string, { hash: Buffer; answer: Promise<Answer> }>();
  #running: Promise<void> | undefined;
  /** How long one command has taken lately, in milliseconds: a batch's time by its size. */
  #pace = 0;
  /** When the last of those who were asked to come back is expected. */
  #expected = 0;

  constructor(needs: CommitterNeeds) {
    this.#needs = needs;
  }

  /**
   * Asks for a deed. Four questions: who (the caller has answered it), well-formed, done already, may they?
   * @throws ComeBackLater when nothing was decided
   */
  submit(actor: Actor, sent: Sent, deviceAt: Moment | null = null): Promise<Answer> {
    const deed = this.#needs.house.deeds.get(sent.name);
    if (!deed || (deed.system && actor.role !== 'system')) return Promise.resolve(refused('command.unknown'));
    // Before anything is spent on it: ten times too much must not cost those who have been taken in.
    if (actor.role !== 'system' && this.#isFull()) return Promise.reject(this.#comeBack());
    const read = readInput(deed.input, sent.input);
    if (!read.ok) return Promise.resolve(read);
    const input = read.value;
    const hash = inputHash(sent.name, input);
    const key = keyOf(actor.person, sent.id);
    const same = this.#underWay.get(key);
    if (same) return same.hash.equals(hash) ? same.answer : Promise.resolve(refused('command.idReused'));
    // Whatever a device's clock says is kept, if it is a time at all; it decides nothing.
    const at = Number.isSafeInteger(deviceAt) ? deviceAt : null;
    const answer = new Promise<Answer>((resolve, reject) => {
      this.#queue.push({ actor, deed, sent: { ...sent, input }, hash, deviceAt: at, resolve, reject });
    });
    this.#underWay.set(key, { hash, answer });
    const forget = (): void => void this.#underWay.delete(key);
    answer.then(forget, forget);
    this.#running ??= this.#run();
    return answer;
  }

  #isFull(): boolean {
    const { length } = this.#queue;
    return length >= longestQueue || (length > batchSize && length * this.#pace > longestWait);
  }

  /** Those who are turned away are given one turn after the other, at the pace at which they can be served. */
  #comeBack(): ComeBackLater {
    const now = performance.now();
    this.#expected = Math.max(this.#expected + this.#pace, now + soonestBack);
    return new ComeBackLater('away', Math.ceil(Math.min(this.#expected - now, latestBack)));
  }

  /** Waits until all that was asked has been answered. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    // Let all that arrived in this turn of the loop into the first batch.
    await new Promise<void>((turn) => setImmediate(turn));
    while (this.#queue.length > 0) {
      const batch = this.#next();
      const began = performance.now();
      await this.#attempt(batch);
      const pace = (performance.now() - began) / batch.length;
      // A batch of one says little of what many take together.
      if (batch.length > batchSize / 8) this.#pace = this.#pace === 0 ? pace : this.#pace * 0.8 + pace * 0.2;
    }
    this.#running = undefined;
  }

  #next(): Waiting[] {
    let size = 0;
    while (size < batchSize && size < this.#queue.length && !this.#queue[size]!.deed.alone) size++;
    return this.#queue.splice(0, Math.max(1, size));
  }

  async #attempt(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.#commit(batch);
    } catch (error) {
      if (isAway(error)) this.#putOff(batch, error);
      else if (batch.length === 1) await this.#again(batch[0]!, error, 1);
      // One of them spoils the batch: each by itself, so that the others are not held up by it.
      else for (const [i, one] of batch.entries()) if (!(await this.#single(one))) return this.#putOff(batch.slice(i), error);
    }
  }

  /** @returns whether it was decided on, rather than the database being away */
  async #single(one: Waiting): Promise<boolean> {
    try {
      await this.#commit([one]);
    } catch (error) {
      if (isAway(error)) return false;
      await this.#again(one, error, 1);
    }
    return true;
  }

  /** What to do with one command that the database or its rule would not have. */
  async #again(one: Waiting, error: unknown, tried: number): Promise<void> {
    const { code, table } = error instanceof pg.DatabaseError ? error : { code: undefined, table: undefined };
    if (code === '23505' && table?.startsWith('noun')) return one.resolve(refused('command.idTaken'));
    // Another node had the same command, the same new number or the same locks in another order.
    const inTheWay = code === '23505' || code === '40001' || code === '40P01';
    if (inTheWay && tried < tries) {
      try {
        return await this.#commit([one]);
      } catch (next) {
        return this.#again(one, next, tried + 1);
      }
    }
    if (inTheWay || isAway(error)) return this.#putOff([one], error);
    this.#needs.report(error, `command ${one.deed.deed}`);
    one.resolve(refused('command.failed'));
  }

  /**
   * Nothing was decided on these, and so nothing is on what the same senders have sent after them: all come again in
   * their order. A commit whose answer was lost is found as done when it comes again.
   */
  #putOff(batch: readonly Waiting[], cause: unknown): void {
    const whole = cause !== undefined && isAway(cause);
    const persons = new Set(batch.map((one) => one.actor.person));
    const late = [...batch, ...this.#queue.filter((one) => whole || persons.has(one.actor.person))];
    this.#queue = this.#queue.filter((one) => !late.includes(one));
    if (cause !== undefined) this.#needs.report(cause, 'the database did not decide on a batch');
    for (const one of late) one.reject(new ComeBackLater('away', 2_000, cause));
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    const { pool, memory } = this.#needs;
    const client = await pool.connect();
    const overdue = setTimeout(() => (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy(), patience);
    let broken: Error | undefined;
    let committed: Committed[];
    const outcome = new Map<Waiting, Answer>();
    try {
      const work = new Work(this.#needs, client);
      const streams = batch.flatMap((b) => [...streamsOf(b)]);
      const isAlone = batch.some((b) => b.deed.alone);
      // Asked under the locks: another node may have decided on the same command while we waited for them, or moved on what an `alone` one looks at.
      const [, rows, given, hasMoved] = await together(client, () => [
        client.query('begin'), work.asksForLocks(streams), answersGiven(client, batch.map((b) => ({ person: b.actor.person, id: b.sent.id }))), isAlone ? memory.hasMoved(client) : Promise.resolve(false),
      ]);
      await work.locked(rows);
      if (hasMoved) {
        await work.lookAround();
        // One of them may have begun elsewhere while we waited for the workspace.
        await work.lock(streams);
      }
      const answers = new Map(given.map((g) => [keyOf(g.person, g.id), g]));
      const fresh: Waiting[] = [];
      for (const one of batch) {
        const before = answers.get(keyOf(one.actor.person, one.sent.id));
        // Of words that were taken out of the record not even a hash is left, by which they could be guessed.
        if (before) outcome.set(one, before.hash.length === 0 || before.hash.equals(one.hash) ? before.answer : refused('command.idReused'));
        else fresh.push(one);
      }
      await work.bring(fresh.flatMap((b) => refsOf(b)));
      for (const one of fresh) outcome.set(one, await work.do(one));
      for (const what of work.emptied) await emptyWords(client, what);
      // Where the writing fails, the commit behind it takes everything back.
      if (fresh.length === 0) await client.query('commit');
      else await together(client, () => [write(client, work.written(fresh.map((one) => answerRow(one, outcome.get(one)!, work.now)))), client.query('commit')]);
      committed = work.remember(memory);
    } catch (error) {
      broken = error as Error;
      if (broken instanceof pg.DatabaseError || broken instanceof RuleFailed) await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      clearTimeout(overdue);
      // A connection that failed once is not handed to the next batch.
      client.release(broken && !(broken instanceof pg.DatabaseError || broken instanceof RuleFailed) ? broken : undefined);
    }
    for (const [one, answer] of outcome) one.resolve(answer);
    if (committed.length > 0) this.#needs.heard(committed);
  }
}

const keyOf = (person: Id, id: Id): string => `${person}/${id}`;

/** Whether an error says nothing of the command: the database is away, full, starting, or read-only. */
function isAway(error: unknown): boolean {
  if (error instanceof RuleFailed) return false;
  if (!(error instanceof pg.DatabaseError)) return true;
  return saysAway(error);
}

function answerRow(one: Waiting, answer: Answer, at: Moment): AnswerRow {
  return { person: one.actor.person, id: one.sent.id, name: one.deed.deed, hash: one.hash, answer, at, deviceAt: one.deviceAt };
}
