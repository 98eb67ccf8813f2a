import type { Id } from '@noroshi/foundations/kernel';
import { ComeBackLater } from '@noroshi/foundations/sync/server';

/** So many searches run at once, whoever asks: the other connections are for those who talk. */
const atOnce = 4;
/** So many of one person wait for the one that runs. */
const mostOfOne = 4;
/** With more than this waiting the database does not follow. */
const mostOfAll = 200;

interface Waiting { readonly go: () => void; readonly refuse: (error: Error) => void }

/** Who searches when: of each person one at a time, and of all together a few. */
export class Turns {
  /** Whoever searches has a lane; in it waits what they asked since. */
  readonly #lanes = new Map<Id, Waiting[]>();
  readonly #queue: Waiting[] = [];
  #free = atOnce;

  /** Works when it is this person's turn. @throws ComeBackLater when too much waits already */
  async take<T>(person: Id, work: () => Promise<T>): Promise<T> {
    await this.#enter(person);
    try {
      await this.#sit();
      try {
        return await work();
      } finally {
        this.#rise();
      }
    } finally {
      this.#leave(person);
    }
  }

  async #enter(person: Id): Promise<void> {
    const lane = this.#lanes.get(person);
    if (!lane) return void this.#lanes.set(person, []);
    return new Promise((go, refuse) => {
      lane.push({ go, refuse });
      // The oldest goes: whoever types on looks at the newest answer only.
      if (lane.length > mostOfOne) lane.shift()!.refuse(new ComeBackLater('busy', 1_000));
    });
  }

  #leave(person: Id): void {
    const next = this.#lanes.get(person)!.shift();
    if (next) next.go();
    else this.#lanes.delete(person);
  }

  async #sit(): Promise<void> {
    if (this.#free > 0) return void (this.#free -= 1);
    if (this.#queue.length >= mostOfAll) throw new ComeBackLater('away', 2_000);
    return new Promise((go, refuse) => void this.#queue.push({ go, refuse }));
  }

  #rise(): void {
    const next = this.#queue.shift();
    if (next) next.go();
    else this.#free += 1;
  }
}
