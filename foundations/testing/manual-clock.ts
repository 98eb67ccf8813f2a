/** A clock that a test moves. It also creeps, so that two moments differ. */
export class ManualClock {
  #at: number;
  constructor(at = Date.UTC(2018, 6, 6, 21, 0)) {
    this.#at = at;
  }
  now = (): number => ++this.#at;
  pass(ms: number): void {
    this.#at += ms;
  }
}
