import type { DownSignal, UpSignal } from '../signal.ts';
import { byPolling, bySocket, type CallWire } from './call-wire.ts';

/** So often it says that it is there, and so long it waits for a word (milliseconds). */
const aliveEvery = 4_000;
const deadAfter = 10_000;
/** A way that is not open after so long is taken for blocked (milliseconds). */
const openWithin = 5_000;
/** In the order in which they are tried; after two failures in a row the other. */
const ways = [bySocket, byPolling] as const;
const firstWait = 300;
const longestWait = 4_000;

export interface CallLineNeeds {
  /** What is said first, each time. */
  readonly enters: () => Extract<UpSignal, { is: 'enter' }>;
  readonly hear: (said: DownSignal) => void;
  /** It stands, or is away and comes back by itself. */
  readonly stands: (stands: boolean) => void;
}

/** The line of a call: a wire of its own for this device, which comes back until it is ended, by whomever. */
export class CallLine {
  readonly #needs: CallLineNeeds;
  #wire: CallWire | undefined;
  #isOpen = false;
  #ended = false;
  #failures = 0;
  #way = 0;
  #heardAt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  readonly #pulse: ReturnType<typeof setInterval>;
  readonly #hurry = (): void => {
    if (!this.#wire && !this.#ended) this.#connect();
  };

  constructor(needs: CallLineNeeds) {
    this.#needs = needs;
    this.#pulse = setInterval(() => this.#beat(), aliveEvery);
    addEventListener('online', this.#hurry);
    this.#connect();
  }

  /** Says something; while the line is away it is not said. */
  say(said: UpSignal): void {
    if (this.#isOpen) this.#wire?.say(JSON.stringify(said));
  }

  end(): void {
    if (this.#ended) return;
    this.say({ is: 'leave' });
    this.#stop();
  }

  #stop(): void {
    this.#ended = true;
    clearInterval(this.#pulse);
    clearTimeout(this.#retry);
    removeEventListener('online', this.#hurry);
    this.#wire?.close();
  }

  #connect(): void {
    clearTimeout(this.#retry);
    this.#isOpen = false;
    this.#heardAt = Date.now();
    const wire: CallWire = ways[this.#way % ways.length]!({
      open: () => {
        if (this.#wire !== wire) return;
        this.#isOpen = true;
        this.say(this.#needs.enters());
      },
      hear: (text) => { if (this.#wire === wire) this.#hear(JSON.parse(text) as DownSignal); },
      closed: () => { if (this.#wire === wire) this.#lost(); },
    });
    this.#wire = wire;
  }

  #hear(said: DownSignal): void {
    this.#heardAt = Date.now();
    if (said.is === 'here') {
      this.#failures = 0;
      this.#needs.stands(true);
    }
    if (said.is === 'over') this.#stop();
    if (said.is !== 'alive') this.#needs.hear(said);
  }

  #lost(): void {
    const opened = this.#isOpen;
    this.#wire = undefined;
    this.#isOpen = false;
    if (this.#ended) return;
    this.#needs.stands(false);
    if (!opened && this.#failures % 2 === 1) this.#way += 1;
    this.#retry = setTimeout(() => this.#connect(), Math.min(longestWait, firstWait * 2 ** this.#failures++));
  }

  #beat(): void {
    this.say({ is: 'alive' });
    // A network that is gone often closes nothing, and a proxy that lets no sockets through may say nothing.
    if (!this.#wire || Date.now() - this.#heardAt <= (this.#isOpen ? deadAfter : openWithin)) return;
    const dead = this.#wire;
    this.#lost();
    dead.close();
  }
}
