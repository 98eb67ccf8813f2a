interface Waiting { readonly who: string; readonly go: () => void }

/** Who is called when: so many at once, of each person only a few, the urgent before the others. One slow recipient holds up nobody else. */
export class Turns {
  readonly #most: number;
  readonly #ofOne: number;
  readonly #under = new Map<string, number>();
  readonly #urgent: Waiting[] = [];
  readonly #usual: Waiting[] = [];
  #busy = 0;

  /** @param most at once @param ofOne of them for one person */
  constructor(most = 64, ofOne = 3) {
    this.#most = most;
    this.#ofOne = ofOne;
  }

  /** Works when it is this person's turn. */
  async take<T>(who: string, urgent: boolean, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((go) => {
      (urgent ? this.#urgent : this.#usual).push({ who, go });
      this.#next();
    });
    try {
      return await work();
    } finally {
      this.#busy -= 1;
      const left = this.#under.get(who)! - 1;
      if (left > 0) this.#under.set(who, left);
      else this.#under.delete(who);
      this.#next();
    }
  }

  #next(): void {
    while (this.#busy < this.#most) {
      const next = this.#whoMay(this.#urgent) ?? this.#whoMay(this.#usual);
      if (!next) return;
      this.#busy += 1;
      this.#under.set(next.who, (this.#under.get(next.who) ?? 0) + 1);
      next.go();
    }
  }

  #whoMay(waiting: Waiting[]): Waiting | undefined {
    const at = waiting.findIndex(({ who }) => (this.#under.get(who) ?? 0) < this.#ofOne);
    return at < 0 ? undefined : waiting.splice(at, 1)[0];
  }
}
