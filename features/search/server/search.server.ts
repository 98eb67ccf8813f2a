/** The search at work: the index behind those who talk, and how it is asked. What it works with is read when there is something to do: a start has no use for it. */
import type { Finds } from '@noroshi/foundations/found';
import { Following, type AnswerTo, type Stair } from '@noroshi/foundations/sync/server';

/** How long the index waits for more before it takes in what was said, in milliseconds. */
const gather = 300;

export interface IndexNeeds {
  readonly stair: Stair;
  /** What can be found, as the rooms of the house say it. */
  readonly found: () => Promise<readonly Finds[]>;
  readonly report: (error: unknown, what: string) => void;
}

/** Follows the log for the search, with cursors of its own. */
export class SearchIndex {
  readonly #following: Following;

  constructor({ stair, found, report }: IndexNeeds) {
    this.#following = new Following({
      stair, report, gather, name: 'the search', takeIn: async (isOver) => (await import('./take-in.server.ts')).takeIn(stair, await found(), isOver),
    });
  }

  /** What was committed while nobody followed is taken in at once. */
  start(): void {
    this.#following.start();
  }

  /** Takes in everything committed so far. */
  catchUp(): Promise<void> {
    return this.#following.catchUp();
  }

  async stop(): Promise<void> {
    await this.#following.stop();
  }
}

/** Answers `search.find`. */
export const answerFind: AnswerTo<any, unknown> = async (asking, input) => (await import('./answer.server.ts')).answerFind(asking, input);
