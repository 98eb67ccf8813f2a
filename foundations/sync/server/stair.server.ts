import { systemActor, type Actor, type Id, type Moment, type Refusal } from '@noroshi/foundations/kernel';
import { Clock } from '@noroshi/foundations/jobs';
import { readInput, workspaceStream, type Answer, type Doc, type Event, type House, type Question, type Sent, type Stay, type StreamKey } from '@noroshi/foundations/sync';
import type pg from 'pg';
import { Buckets, type Rate } from './bucket.server.ts';
import { noBus, type Bus } from './bus.server.ts';
import { Committer, ComeBackLater } from './committer.server.ts';
import { Hub } from './hub.server.ts';
import type { Carrier, Line } from './lines.server.ts';
import { Marks } from './marks.server.ts';
import { Memory, type StreamMemory } from './memory.server.ts';
import { docsByRef, forgetAnswers } from './rows.server.ts';
import type { Committed } from './work.server.ts';

/** Who asks a question, and what they may see: every reader passes through `sight`. */
export interface Asking {
  readonly actor: Actor;
  readonly sight: ReadonlyMap<StreamKey, Stay>;
  readonly stair: Stair;
}

/** How one question is answered. A refusal is a word; throwing is a bug. */
export type AnswerTo<I, O> = (asking: Asking, input: I) => Promise<O | Refusal>;

export interface StairNeeds {
  readonly pool: pg.Pool;
  readonly house: House;
  readonly now: () => Moment;
  readonly answers: ReadonlyMap<string, AnswerTo<any, any>>;
  /** What lies between this node and others; none unless told. */
  readonly bus?: Bus;
  /** How much one person may send and one line may fetch; generous unless told. */
  readonly limits?: Partial<Limits>;
  /** For how long read marks are gathered for a line that is to be spared (milliseconds); 30 s unless told. */
  readonly spareFor?: number;
  /** Told of bugs and of a database that is away; the standard error stream unless told. */
  readonly report?: (error: unknown, what: string) => void;
}

/** A line that is to be spared is told who has read this often (milliseconds). */
const spareFor = 30_000;

/** How much is taken from one person and one line before they are asked to come back later. */
export interface Limits {
  /** Commands of one person, over all their devices. */
  readonly commands: Rate;
  /** Pages and snapshots of one person, over all their lines: how many, */
  readonly fetches: Rate;
  /** and how many bytes they cost to make. */
  readonly fetched: Rate;
  /** Questions of one person, and documents made for them: each costs the database or the only thread some work. */
  readonly questions: Rate;
  /** All other frames of one person's lines. */
  readonly frames: Rate;
  /** Lines that one person opens. */
  readonly lines: Rate;
}

/** A day's outbox goes up in one go, and nobody writes twenty messages a second for long. */
const generous: Limits = {
  commands: { burst: 300, perSecond: 20 }, fetches: { burst: 1_000, perSecond: 25 }, fetched: { burst: 32 << 20, perSecond: 1 << 20 }, questions: { burst: 100, perSecond: 5 },
  frames: { burst: 2_000, perSecond: 100 }, lines: { burst: 100, perSecond: 2 },
};
/** How often a node looks for what it has not been told, in milliseconds: a closed account is off every node's lines within a second. */
const sweepEvery = 750;
const aDay = 24 * 60 * 60_000;
/**
 * For how long the first answer to a command is kept, in milliseconds. It is asked for again by a device that did not get
 * it, and was therefore not heard of since; a device that is not heard of for 400 days is no longer signed in.
 */
export const answersKept = 500 * aDay;
/** A job whose command failed by a bug is tried again after so long, in milliseconds. */
const failedJobAgain = 60_000;

/** The stair's upper end: everything that goes up or comes down passes here. */
export class Stair {
  readonly house: House;
  readonly pool: pg.Pool;
  readonly memory: Memory;
  readonly marks: Marks;
  readonly hub: Hub;
  readonly clock: Clock;
  readonly now: () => Moment;
  readonly #committer: Committer;
  readonly #answers: ReadonlyMap<string, AnswerTo<any, any>>;
  readonly #listeners: ((committed: readonly Committed[]) => void)[] = [];
  readonly #bus: Bus;
  readonly #commands: Buckets<Id>;
  readonly #questions: Buckets<Id>;
  readonly #lines: Buckets<Id>;
  readonly #report: (error: unknown, what: string) => void;
  #unlisten: () => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> | undefined;
  #sweepNext: Promise<void> | undefined;
  #closed = false;

  private constructor(needs: StairNeeds) {
    const limits = { ...generous, ...needs.limits };
    this.house = needs.house;
    this.pool = needs.pool;
    this.now = needs.now;
    this.#answers = needs.answers;
    this.#bus = needs.bus ?? noBus;
    this.#report = needs.report ?? ((error, what) => console.error(what, error));
    this.#commands = new Buckets(limits.commands, needs.now);
    this.#questions = new Buckets(limits.questions, needs.now);
    this.#lines = new Buckets(limits.lines, needs.now);
    this.memory = new Memory(needs.house);
    const soon = (work: () => void, ms: number): void => void setTimeout(() => this.#closed || work(), ms).unref();
    this.marks = new Marks({
      pool: needs.pool, memory: this.memory, now: needs.now, report: this.#report, soon,
      heard: (stream, rows) => {
        this.hub.marked(stream, rows);
        this.#bus.tell({ marks: { stream, rows } });
      },
    });
    this.#committer = new Committer({
      pool: needs.pool, memory: this.memory, house: needs.house, now: needs.now, report: this.#report,
      learn: (db, stream) => this.#learn(db, stream),
      heard: (committed) => {
        this.#tell(committed);
        this.#bus.tell({ heads: committed.map(({ stream }) => [stream.no, stream.head]) });
      },
    });
    this.hub = new Hub({
      pool: needs.pool, memory: this.memory, house: needs.house, marks: this.marks, now: needs.now, fetches: limits.fetches, fetched: limits.fetched, frames: limits.frames, soon, spareFor: needs.spareFor ?? spareFor, report: this.#report,
      submit: (actor, sent, deviceAt) => this.submit(actor, sent, deviceAt),
    });
    this.clock = new Clock({
      pool: needs.pool, now: needs.now, report: this.#report,
      act: async (due) => {
        const answer = await this.submit(systemActor, { id: due.id, name: due.command, input: due.input }).catch(() => undefined);
        if (!answer || answer.ok) return;
        if (answer.code === 'command.failed') await needs.pool.query('update job set due = $2 where workspace = 1 and id = $1', [due.id, this.now() + failedJobAgain]);
        // A command that this build does not know, or whose form has changed, never reaches its transaction: take it off the list here.
        else await needs.pool.query('delete from job where workspace = 1 and id = $1', [due.id]);
      },
    });
    this.clock.every(aDay, () => forgetAnswers(needs.pool, this.now() - answersKept));
  }

  /** Opens the stair on a migrated database. */
  static async open(needs: StairNeeds): Promise<Stair> {
    const stair = new Stair(needs);
    await stair.memory.load(needs.pool);
    stair.#unlisten = stair.#bus.listen((hint) => {
      if (hint.marks) stair.marks.took(hint.marks.stream, hint.marks.rows);
      const behind = hint.heads?.some(([no, head]) => (stair.memory.byNo.get(no)?.head ?? -1) < head);
      if (behind) void stair.sweep();
    });
    stair.#timer = setInterval(() => void stair.sweep(), sweepEvery);
    stair.#timer.unref();
    return stair;
  }

  /** Tells what is new here, whoever committed it: to the lines, and to those who follow the log. */
  #tell(committed: readonly Committed[]): void {
    this.hub.heard(committed);
    for (const listener of this.#listeners) {
      try {
        listener(committed);
      } catch (error) {
        this.#report(error, 'a follower of the log');
      }
    }
    // Accounts live in the workspace: whoever is none any more is off the line in this very turn.
    if (committed.some(({ stream }) => stream.key === workspaceStream)) this.hub.lines.dismiss();
  }

  async #learn(db: pg.Pool | pg.PoolClient, stream: StreamMemory): Promise<void> {
    const events = await this.memory.catchUp(db, stream);
    if (events.length > 0) this.#tell([{ stream, events }]);
  }

  /**
   * Looks for what others have committed and this node was not told: other nodes, and commits of its own whose answer
   * was lost with a connection. Runs by itself; a test may ask for it.
   */
  sweep(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    // One that is under way may have looked too early: whoever asks now is answered by the next.
    if (this.#sweeping) return (this.#sweepNext ??= this.#sweeping.then(() => this.sweep()));
    this.#sweepNext = undefined;
    this.#sweeping = this.#sweep().catch((error) => this.#closed || this.#report(error, 'looking for what is new')).then(() => { this.#sweeping = undefined; });
    return this.#sweeping;
  }

  async #sweep(): Promise<void> {
    if (await this.memory.hasMoved(this.pool)) for (const stream of await this.memory.moved(this.pool)) await this.#learn(this.pool, stream);
    if (!this.#bus.alone) await this.marks.sweep();
  }

  /** Asks for a deed. @throws ComeBackLater when nothing was decided */
  async submit(actor: Actor, sent: Sent, deviceAt: Moment | null = null): Promise<Answer> {
    if (this.#closed) throw new ComeBackLater('away', 1_000);
    this.#takes(this.#commands, actor);
    if (actor.role !== 'system') this.hub.lines.heard(actor.person, this.now());
    return this.#committer.submit(actor, sent, deviceAt);
  }

  /** Takes from what a person may do now. @throws ComeBackLater when too little is left */
  #takes(buckets: Buckets<Id>, actor: Actor, cost = 1): void {
    const wait = actor.role === 'system' ? 0 : buckets.take(actor.person, cost);
    // A second's worth comes at once then, rather than one by one.
    if (wait > 0) throw new ComeBackLater('busy', Math.max(wait, 1_000));
  }

  /** Whoever has something worked out for them outside the stair (a document) takes it from their questions. @param cost in questions @throws ComeBackLater */
  takesQuestion(actor: Actor, cost = 1): void {
    this.#takes(this.#questions, actor, cost);
  }

  /** Somebody opens a line. @throws ComeBackLater when they have just opened too many */
  takesLine(actor: Actor): void {
    this.#takes(this.#lines, actor);
  }

  /** Asks a question. What one may not see does not exist in its answer. @throws ComeBackLater when they have just asked too many */
  async ask(actor: Actor, name: string, input: unknown): Promise<{ ok: true; value: unknown } | Refusal> {
    const question: Question | undefined = this.house.questions.get(name);
    const how = this.#answers.get(name);
    if (!question || !how) return { ok: false, code: 'command.unknown' };
    const read = readInput(question.input, input);
    if (!read.ok) return read;
    this.takesQuestion(actor);
    const value = await how({ actor, sight: this.memory.sight(actor.person), stair: this }, read.value);
    return isRefusal(value) ? value : { ok: true, value };
  }

  /** A thing that this actor may see, or `undefined`: the same for what does not exist. */
  see<T>(actor: Actor, noun: string, id: string): Doc<T> | undefined {
    const doc = this.memory.get(noun, id);
    const stay = doc && this.memory.maySee(actor.person, doc.stream);
    return doc && stay && this.memory.isVisible(doc, stay) ? (doc as Doc<T>) : undefined;
  }

  /** The same for a thing that may not be at hand, such as an old message. */
  async find<T>(actor: Actor, noun: string, id: string): Promise<Doc<T> | undefined> {
    const doc = this.memory.get(noun, id) ?? (await docsByRef(this.pool, [{ noun, id }]))[0];
    const stay = doc && this.memory.maySee(actor.person, doc.stream);
    return doc && stay && this.memory.isVisible(doc, stay) ? (doc as Doc<T>) : undefined;
  }

  /** For those who follow the log (search, notifications): woken after a commit; they keep their own cursor. */
  onCommitted(listener: (committed: readonly Committed[]) => void): void {
    this.#listeners.push(listener);
  }

  /** Whether this is the only node: then whoever is on a line is on one of these. */
  get isAlone(): boolean {
    return this.#bus.alone;
  }

  /** A device comes onto the line. */
  open(line: Line): { hear: (bytes: Uint8Array) => Promise<void>; gone: () => void } {
    return this.hub.open(line);
  }

  /** Ends the lines, waits for what is under way, and writes what was gathered. */
  async close(): Promise<void> {
    await this.clock.stop();
    this.#closed = true;
    this.hub.lines.closeAll();
    await this.#committer.idle();
    await this.#sweeping;
    await this.marks.flush();
    this.halt();
  }

  /** Stops here and now and writes nothing more, as a kill would. */
  halt(): void {
    this.#closed = true;
    clearInterval(this.#timer);
    this.#unlisten();
    void this.clock.stop();
    this.hub.lines.closeAll();
  }
}

/** Whether an answer is a refusal. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && (value as { ok?: unknown }).ok === false && typeof (value as { code?: unknown }).code === 'string';
}

export { ComeBackLater, type Carrier, type Committed, type Event, type Id, type Line };
