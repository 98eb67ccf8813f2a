import { message, type Message } from '@noroshi/features/talk';
import type { Doc } from '@noroshi/foundations/sync';
import { touched } from '@noroshi/foundations/sync';
import { docsByRef, eventsAfter, type AnswerTo, type Stair } from '@noroshi/foundations/sync/server';
import { roomStream } from '@noroshi/foundations/sync';
import { excerptOf, terms } from '../fold.ts';
import type { find } from '../find.ts';
import { behind, index, look } from './search.store.ts';

type Input = Parameters<(typeof find)['input']['parse']>[0] & { text: string; room?: string; by?: string; from?: number; until?: number; before?: { at: number; id: string }; limit?: number };

/** Answers `search.find`: only ever among the streams that the asker sees. */
export const answerFind: AnswerTo<Input, unknown> = async ({ sight, stair }, input) => {
  const wanted = terms(input.text);
  const key = input.room && roomStream(input.room);
  const streams = [...sight].filter(([stream]) => !key || stream === key).map(([stream, stay]) => ({ no: stair.memory.streams.get(stream)!.no, stay }));
  if (wanted.length === 0 || streams.length === 0) return { hits: [], more: false };
  const limit = input.limit ?? 30;
  const rows = await look(stair.pool, { terms: wanted, sight: streams, by: input.by, from: input.from, until: input.until, before: input.before, limit: limit + 1 });
  return {
    hits: rows.slice(0, limit).map((row) => ({ id: row.id, room: stair.memory.byNo.get(row.stream)!.key.slice(2), by: row.by, at: row.at, excerpt: excerptOf(row.words, wanted) })),
    more: rows.length > limit,
  };
};

/** How long the index waits for more before it takes in what was said, in milliseconds. */
const gather = 150;
const pageSize = 1_000;

/**
 * Follows the log for the search. Woken by commits, but it trusts only its own cursors: what was committed while it
 * was away is found when it starts.
 */
export class SearchIndex {
  readonly #stair: Stair;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(stair: Stair) {
    this.#stair = stair;
    stair.onCommitted(() => this.#wake());
  }

  start(): void {
    this.#wake();
  }

  #wake(): void {
    if (this.#stopped || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.catchUp().catch(() => this.#wake());
    }, gather);
    this.#timer.unref();
  }

  /** Takes in everything committed so far. */
  catchUp(): Promise<void> {
    if (this.#working) {
      this.#again = true;
      return this.#working;
    }
    this.#working = this.#work().finally(() => {
      this.#working = undefined;
      if (this.#again) {
        this.#again = false;
        this.#wake();
      }
    });
    return this.#working;
  }

  async #work(): Promise<void> {
    const { pool, house } = this.#stair;
    for (const stream of await behind(pool)) {
      for (let seen = stream.seen; seen < stream.head;) {
        const events = await eventsAfter(pool, house, stream, seen, pageSize);
        if (events.length === 0) break;
        const ids = new Set(events.flatMap((event) => touched([message], event).map((ref) => ref.id)));
        const docs = await docsByRef(pool, [...ids].map((id) => ({ noun: message.noun, id })));
        seen = events.at(-1)!.seq;
        await index(pool, stream.no, seen, docs as Doc<Message>[]);
      }
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#working?.catch(() => undefined);
  }
}
