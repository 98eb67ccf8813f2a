import type { Moment } from '@noroshi/foundations/kernel';
import { pack, up } from '@noroshi/foundations/sync';
import { LineQuality } from './quality.web.ts';
import type { OpenWire, Wire } from './wire.web.ts';

/** The state of the line, as a person is told it. */
export type LineState = 'connecting' | 'open' | 'off' | 'refused';

/** Probe after this much silence while in front or waiting for an answer; dead after as much again (milliseconds). */
const silence = 8_000;
/** In the background a probe now and then is enough. */
const silenceBehind = 25_000;
/** How often it is looked whether the line lives. */
const pulseEvery = 1_000;
/** What was asked and is not answered for so long will not be: begin anew. */
const answerWait = 20_000;
const firstWait = 400;
const longestWait = 30_000;
/** Where the browser says that there is no network, it is tried only so often, in case that is not so. */
const offlineWait = 15_000;
/** The code of the state `off` where the browser itself says so. */
export const offlineCode = 'line.offline';
/** A line that was up for so long was a good one: its end is no sign of trouble. */
const goodAfter = 10_000;
/** One message to the server holds no more than this many bytes, unless a single frame does. */
const messageSize = 48 * 1024;

export interface ConnectionNeeds {
  /** Ways onto the line, in the order to try them; after two failures in a row the next is tried. */
  readonly wires: readonly OpenWire[];
  readonly now: () => Moment;
  readonly random: () => number;
  /** Whether someone is looking at it. */
  readonly inFront: () => boolean;
  readonly state: (state: LineState, code?: string) => void;
  /** The line has become bad, or good again. */
  readonly quality?: (isBad: boolean) => void;
}

/** What goes over a connection. */
export interface Traffic {
  /** A wire is up: makes ready what is said first. What was under way on another is forgotten. */
  readonly greeting: (isStill: () => boolean) => Promise<readonly Uint8Array[] | undefined>;
  readonly hear: (bytes: Uint8Array) => Promise<void>;
  /** Why the server says no, where these last bytes of a wire say so and only a sign-in or a newer page helps. */
  readonly farewell: (bytes: Uint8Array) => string | undefined;
  /** The connection has ended; when it had been up, with the moment at which something was last heard on it. */
  readonly ended: (heardAt: Moment | undefined) => void;
  /** How much has been asked on it and is not answered. */
  readonly underWay: () => number;
  /** The server has asked to come back later: until then nothing is to be expected. */
  readonly isPutOff: () => boolean;
  /** Once a second while it is up, with the moment at which something was last heard. */
  readonly beat: (heardAt: Moment) => void;
  /** It was doubted and lives: what waited for that goes out. */
  readonly believed?: () => void;
}

/**
 * Keeps one connection: tries the ways onto the line, notices when it has died, and comes back. What is said and heard
 * on it is the traffic's.
 */
export class Connection {
  readonly #needs: ConnectionNeeds;
  readonly #traffic: Traffic;
  #wire: Wire | undefined;
  #up = false;
  #stopped = true;
  /** Which wire is used, and how often in a row it has failed. */
  #way = 0;
  #failures = 0;
  #heardAt = 0;
  #probedAt = 0;
  /** When the probe went out that is not answered yet. */
  #probing: Moment | undefined;
  readonly #quality = new LineQuality();
  /** It has been up once: from then on it comes back. */
  #known = false;
  #sparing = false;
  #openedAt = 0;
  /** When something that was asked for last came. */
  #progressAt = 0;
  #refused: string | undefined;
  /** The browser says that there is no network. */
  #offline = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #pulse: ReturnType<typeof setInterval> | undefined;
  #work: Promise<void> = Promise.resolve();

  constructor(needs: ConnectionNeeds, traffic: Traffic) {
    this.#needs = needs;
    this.#traffic = traffic;
  }

  /** Whether it is up and greeted. */
  get isUp(): boolean {
    return this.#up;
  }

  start(): void {
    this.#stopped = false;
    this.#refused = undefined;
    this.#pulse ??= setInterval(() => this.#beat(), pulseEvery);
    if (!this.#wire) this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#retry);
    clearInterval(this.#pulse);
    this.#pulse = undefined;
    this.#end();
  }

  /** Waits until everything that has come so far has been taken in. */
  async settled(): Promise<void> {
    for (let work; work !== this.#work;) await (work = this.#work);
  }

  /** The network may be back, or someone looks again: do not wait for the next try. */
  hurry(): void {
    if (this.#stopped) return;
    if (this.#wire && !this.#up && this.#needs.now() - this.#heardAt > silence / 2) this.#end();
    if (!this.#wire) {
      clearTimeout(this.#retry);
      this.#connect();
    } else if (this.#up) this.#probe();
  }

  /**
   * The browser says that there is no network. It is believed at once on the screen; the connection is asked whether it
   * still lives, since that may not be so.
   */
  offline(): void {
    if (this.#stopped || this.#offline) return;
    this.#offline = true;
    this.#tell('off');
    if (this.#up) this.#probe();
    else if (this.#wire) this.down();
    else this.#comeBack();
  }

  /** The browser says that there is a network again. What was up before may be dead without knowing it. */
  online(): void {
    if (this.#stopped) return;
    const was = this.#offline;
    this.#offline = false;
    if (was) this.#end();
    this.hurry();
  }

  /** Whether the line is bad: slow, or lost again and again. */
  get isBad(): boolean {
    return this.#quality.isBad;
  }

  /** Whether the server is to gather what it can, from now on and on every connection to come. */
  spare(sparing: boolean): void {
    if (this.#sparing === sparing) return;
    this.#sparing = sparing;
    if (this.#up) this.#probe(sparing);
  }

  get isSparing(): boolean {
    return this.#sparing;
  }

  /** Something was answered after so many milliseconds. No connection waits for longer than `answerWait`: then a clock was set meanwhile. */
  took(ms: number): void {
    if (ms >= 0 && ms <= answerWait) this.#judge(() => this.#quality.answered(ms, this.#needs.now()));
  }

  #judge(seen: () => void): void {
    const before = this.isBad;
    seen();
    if (this.isBad !== before) this.#needs.quality?.(this.isBad);
  }

  /** A probe was answered. */
  answered(): void {
    if (this.#probing !== undefined) this.took(this.#needs.now() - this.#probing);
    this.#probing = undefined;
    if (!this.#offline || this.#openedAt === 0) return;
    this.#offline = false;
    this.#tell('open');
    this.#traffic.believed?.();
  }

  /** The browser says that there is no network, and no probe has answered since: what is sent now may not have left. */
  get isDoubted(): boolean {
    return this.#offline;
  }

  /** What comes is taken in one after the other. A failing store ends the connection it failed on; the cursor tells where to go on. */
  enter(work: () => Promise<void>): void {
    this.#work = this.#work.then(async () => {
      const isSame = this.same();
      await work().catch(() => { if (this.#wire && isSame()) this.down(); });
    });
  }

  /** Whether it is still this connection, for work that waits in between. */
  same(): () => boolean {
    const wire = this.#wire;
    return () => this.#wire === wire;
  }

  /** Nothing is said before the greeting: work that began on the connection before may end only now. */
  say(frames: readonly Uint8Array[]): void {
    if (!this.#up) return;
    let from = 0;
    let size = 0;
    frames.forEach((frame, i) => {
      if (size > 0 && size + frame.length > messageSize) {
        this.#wire?.send(joint(frames.slice(from, i)));
        from = i;
        size = 0;
      }
      size += frame.length;
    });
    if (from < frames.length) this.#wire?.send(joint(frames.slice(from)));
  }

  /** Something that was asked for has come, or is asked for from now on. */
  progressed(): void {
    this.#progressAt = this.#needs.now();
  }

  /** The server has let us in. */
  welcomed(): void {
    this.#openedAt = this.#needs.now();
    if (this.#known) this.#judge(() => this.#quality.returned(this.#openedAt));
    this.#known = true;
    this.#refused = undefined;
    this.#offline = false;
  }

  /**
   * Ends this connection and comes back after a while.
   * @param refused why the server says no, where only a sign-in or a newer page helps
   */
  down(refused?: string): void {
    const wasUp = this.#openedAt > 0;
    const wasGood = wasUp && this.#needs.now() - this.#openedAt >= goodAfter;
    this.#end();
    if (this.#stopped) return;
    this.#failures = wasGood ? 1 : this.#failures + 1;
    // A way that never let us through is left for the next one.
    if (!wasUp && this.#failures % 2 === 0) this.#way += 1;
    if (refused !== undefined) {
      this.#refused = refused;
      this.#needs.state('refused', refused);
    } else this.#tell('off');
    this.#comeBack();
  }

  #comeBack(): void {
    const wait = this.#refused !== undefined ? longestWait : this.#offline ? offlineWait : Math.min(longestWait, firstWait * 2 ** Math.min(this.#failures - 1, 10));
    clearTimeout(this.#retry);
    // Jitter over the whole interval: a thousand phones must not come back in the same second.
    this.#retry = setTimeout(() => this.#connect(), wait * (0.3 + 0.7 * this.#needs.random()));
  }

  #connect(): void {
    const { wires, now } = this.#needs;
    this.#tell('connecting');
    const open = wires[this.#way % wires.length]!;
    let wire: Wire | undefined;
    let last: Uint8Array | undefined;
    // A wire may tell before it is handed over.
    const isMine = (): boolean => wire !== undefined && this.#wire === wire;
    wire = open({
      up: () => this.enter(async () => { if (isMine()) await this.#greet(isMine); }),
      bytes: (bytes) => {
        if (!isMine()) return;
        last = bytes;
        this.#heardAt = now();
        this.enter(async () => { if (isMine()) await this.#traffic.hear(bytes); });
      },
      // The last word on a wire often says why it ends, and may stand behind what is still being taken in.
      down: (refused) => { if (isMine()) this.down(refused ? 'account.signedOut' : last && this.#traffic.farewell(last)); },
    });
    this.#wire = wire;
    this.#heardAt = now();
    this.#probedAt = 0;
    this.#openedAt = 0;
  }

  async #greet(isMine: () => boolean): Promise<void> {
    const first = await this.#traffic.greeting(isMine);
    if (!first || !isMine()) return;
    this.#up = true;
    this.progressed();
    this.say(first);
  }

  /** Who was refused, or is without a network, stays so on the screen until they are let in: quiet tries in between do not show. */
  #tell(state: LineState): void {
    if (this.#refused !== undefined) return;
    if (this.#offline) this.#needs.state('off', offlineCode);
    else this.#needs.state(state);
  }

  /** Leaves the connection: what was under way on it is forgotten here, and asked again on the next. */
  #end(): void {
    const wire = this.#wire;
    this.#wire = undefined;
    this.#up = false;
    this.#probing = undefined;
    this.#traffic.ended(this.#openedAt > 0 ? this.#heardAt : undefined);
    this.#openedAt = 0;
    wire?.close();
  }

  #beat(): void {
    if (!this.#wire || this.#stopped) return;
    const now = this.#needs.now();
    this.#notAhead(now);
    const quiet = now - this.#heardAt;
    const isWaiting = this.#traffic.underWay() > 0;
    const patience = this.#needs.inFront() || isWaiting ? silence : silenceBehind;
    if (!this.#up) {
      if (quiet > silence * 2) this.down();
    } else if (this.#probedAt > this.#heardAt && now - this.#probedAt >= silence) this.down();
    else if (isWaiting && !this.#traffic.isPutOff() && now - this.#progressAt >= answerWait) this.down();
    else if (quiet >= patience && this.#probedAt <= this.#heardAt) this.#probe();
    if (this.#up) this.#traffic.beat(this.#heardAt);
  }

  /** The device's clock may have been set back: what was noted by it before must not lie ahead, or a dead line would be believed for as long. */
  #notAhead(now: Moment): void {
    this.#heardAt = Math.min(this.#heardAt, now);
    this.#probedAt = Math.min(this.#probedAt, now);
    this.#progressAt = Math.min(this.#progressAt, now);
    this.#openedAt = Math.min(this.#openedAt, now);
  }

  /** @param sparing says anew whether the line is to be spared */
  #probe(sparing?: boolean): void {
    const now = this.#needs.now();
    // One that waits for its answer decides: who asks again meanwhile does not give the line more time.
    if (this.#probedAt <= this.#heardAt) this.#probedAt = now;
    this.#probing ??= now;
    this.say([pack(sparing === undefined ? [up.ping] : [up.ping, sparing ? 1 : 0])]);
  }
}

function joint(frames: readonly Uint8Array[]): Uint8Array {
  if (frames.length === 1) return frames[0]!;
  const bytes = new Uint8Array(frames.reduce((sum, f) => sum + f.length, 0));
  let at = 0;
  for (const frame of frames) {
    bytes.set(frame, at);
    at += frame.length;
  }
  return bytes;
}
