import { systemActor, type Actor, type Id, type Moment, type Refusal } from '@noroshi/foundations/kernel';
import { Clock } from '@noroshi/foundations/jobs';
import type { Answer, Doc, Event, House, Question, Sent, Stay, StreamKey } from '@noroshi/foundations/sync';
import type pg from 'pg';
import { Committer, ComeBackLater, type Committed } from './committer.server.ts';
import { Hub, type Carrier, type Line } from './hub.server.ts';
import { Marks } from './marks.server.ts';
import { Memory } from './memory.server.ts';
import { readInput } from './problem.server.ts';

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
}

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

  private constructor(needs: StairNeeds) {
    this.house = needs.house;
    this.pool = needs.pool;
    this.now = needs.now;
    this.#answers = needs.answers;
    this.memory = new Memory(needs.house);
    this.marks = new Marks({
      pool: needs.pool, memory: this.memory, now: needs.now,
      soon: (work, ms) => void setTimeout(work, ms).unref(),
      heard: (stream, rows) => this.hub.marked(stream, rows),
    });
    this.#committer = new Committer({
      pool: needs.pool, memory: this.memory, house: needs.house, now: needs.now,
      heard: (committed) => {
        this.hub.heard(committed);
        for (const listener of this.#listeners) listener(committed);
      },
    });
    this.hub = new Hub({ pool: needs.pool, memory: this.memory, house: needs.house, marks: this.marks, committer: this.#committer, now: needs.now });
    this.clock = new Clock({
      pool: needs.pool, now: needs.now,
      act: async (due) => {
        const answer = await this.submit(systemActor, { id: due.id, name: due.command, input: due.input }).catch(() => undefined);
        // A command that this build does not know, or whose form has changed, never reaches its transaction: take it off the list here.
        if (answer && !answer.ok) await needs.pool.query('delete from job where workspace = 1 and id = $1', [due.id]);
      },
    });
  }

  /** Opens the stair on a migrated database. */
  static async open(needs: StairNeeds): Promise<Stair> {
    const stair = new Stair(needs);
    await stair.memory.load(needs.pool);
    return stair;
  }

  /** Asks for a deed. @throws ComeBackLater when nothing was decided */
  submit(actor: Actor, sent: Sent, deviceAt: Moment | null = null): Promise<Answer> {
    return this.#committer.submit(actor, sent, deviceAt);
  }

  /** Asks a question. What one may not see does not exist in its answer. */
  async ask(actor: Actor, name: string, input: unknown): Promise<{ ok: true; value: unknown } | Refusal> {
    const question: Question | undefined = this.house.questions.get(name);
    const how = this.#answers.get(name);
    if (!question || !how) return { ok: false, code: 'command.unknown' };
    const read = readInput(question.input, input);
    if (!read.ok) return read;
    const value = await how({ actor, sight: this.memory.sight(actor.person), stair: this }, read.value);
    return isRefusal(value) ? value : { ok: true, value };
  }

  /** A thing that this actor may see, or `undefined`: the same for what does not exist. */
  see<T>(actor: Actor, noun: string, id: string): Doc<T> | undefined {
    const doc = this.memory.get(noun, id);
    const stay = doc && this.memory.maySee(actor.person, doc.stream);
    return doc && stay && this.memory.isVisible(doc, stay) ? (doc as Doc<T>) : undefined;
  }

  /** For those who follow the log (search, notifications): woken after a commit; they keep their own cursor. */
  onCommitted(listener: (committed: readonly Committed[]) => void): void {
    this.#listeners.push(listener);
  }

  /** A device comes onto the line. */
  open(line: Line): { hear: (bytes: Uint8Array) => Promise<void>; gone: () => void } {
    return this.hub.open(line);
  }

  /** Ends the lines and waits for what is under way. */
  async close(): Promise<void> {
    await this.clock.stop();
    this.hub.closeAll();
    await this.#committer.idle();
    await this.marks.flush();
  }
}

/** Whether an answer is a refusal. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && (value as { ok?: unknown }).ok === false && typeof (value as { code?: unknown }).code === 'string';
}

export { ComeBackLater, type Carrier, type Committed, type Event, type Id, type Line };
