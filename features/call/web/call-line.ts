import { callPath, callSubprotocol, type DownSignal, type UpSignal } from '../signal.ts';

/** So often it says that it is there, and so long it waits for a word (milliseconds). */
const aliveEvery = 4_000;
const deadAfter = 10_000;
const firstWait = 300;
const longestWait = 4_000;

export interface CallLineNeeds {
  /** What is said first, each time. */
  readonly enters: () => Extract<UpSignal, { is: 'enter' }>;
  readonly hear: (said: DownSignal) => void;
  /** It stands, or is away and comes back by itself. */
  readonly stands: (stands: boolean) => void;
}

/** The line of a call: a socket of its own for this device, which comes back until it is ended, by whomever. */
export class CallLine {
  readonly #needs: CallLineNeeds;
  #socket: WebSocket | undefined;
  #ended = false;
  #failures = 0;
  #heardAt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  readonly #pulse: ReturnType<typeof setInterval>;
  readonly #hurry = (): void => {
    if (!this.#socket && !this.#ended) this.#connect();
  };

  constructor(needs: CallLineNeeds) {
    this.#needs = needs;
    this.#pulse = setInterval(() => this.#beat(), aliveEvery);
    addEventListener('online', this.#hurry);
    this.#connect();
  }

  /** Says something; while the line is away it is not said. */
  say(said: UpSignal): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(said));
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
    // What was said last still goes.
    this.#socket?.close(1000);
  }

  #connect(): void {
    clearTimeout(this.#retry);
    const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}${callPath}`, callSubprotocol);
    this.#socket = socket;
    this.#heardAt = Date.now();
    socket.addEventListener('open', () => this.say(this.#needs.enters()));
    socket.addEventListener('message', ({ data }) => {
      if (this.#socket !== socket) return;
      this.#heardAt = Date.now();
      const said = JSON.parse(String(data)) as DownSignal;
      if (said.is === 'here') {
        this.#failures = 0;
        this.#needs.stands(true);
      }
      if (said.is === 'over') this.#stop();
      if (said.is !== 'alive') this.#needs.hear(said);
    });
    socket.addEventListener('close', () => {
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      if (this.#ended) return;
      this.#needs.stands(false);
      this.#retry = setTimeout(() => this.#connect(), Math.min(longestWait, firstWait * 2 ** this.#failures++));
    });
  }

  #beat(): void {
    this.say({ is: 'alive' });
    // A network that is gone often closes nothing.
    if (this.#socket && Date.now() - this.#heardAt > deadAfter) {
      const dead = this.#socket;
      this.#socket = undefined;
      dead.close();
      this.#needs.stands(false);
      this.#connect();
    }
  }
}
