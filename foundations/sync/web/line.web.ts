import { bytesToId, idToBytes, type Id, type Moment } from '@noroshi/foundations/kernel';
import { digest, down, pack, unpack, up, wireVersion, type Frame, type HeadRow, type Range, type StreamKey } from '@noroshi/foundations/sync';
import { CatchingUp } from './catching-up.web.ts';
import { Connection, type ConnectionNeeds } from './connection.web.ts';
import { Heard } from './heard.web.ts';
import type { Replica } from './replica.web.ts';
import { Sending } from './sending.web.ts';

export interface LineNeeds extends ConnectionNeeds {
  readonly replica: Replica;
  /** The server's clock minus this device's, in milliseconds. */
  readonly skew?: (ms: number) => void;
  /** Inflates what the server sent compressed. */
  readonly inflate: (bytes: Uint8Array) => Promise<Uint8Array>;
  /** Which streams matter most beside the one that is open: they are fetched first. */
  readonly first?: () => Promise<readonly StreamKey[]>;
  /** For how long is gathered on a line that is to be spared (milliseconds). */
  readonly gatherFor?: number;
}

/** How exactly it is kept when something was last heard (milliseconds). */
const noteEvery = 30_000;
/** What was shown, and what has arrived, is told this often where the line is to be spared (milliseconds). */
const spareFor = 30_000;

/**
 * The lower end of the stair: one connection, what goes up on it and what comes down. All that comes ends in
 * `takeIn`.
 */
export class LineEnd {
  readonly #needs: LineNeeds;
  readonly #connection: Connection;
  readonly #sending: Sending;
  readonly #catching: CatchingUp;
  readonly #heard = new Heard();
  #prepared: Promise<void> | undefined;
  #heardNoted = 0;

  constructor(needs: LineNeeds) {
    this.#needs = needs;
    const { replica, now, random, inflate, first = async () => [], gatherFor = spareFor } = needs;
    const connection = new Connection(needs, {
      greeting: (isStill) => this.#greeting(isStill),
      hear: (bytes) => this.#hear(bytes),
      farewell: (bytes) => {
        const bye = unpack(bytes)?.findLast((frame) => frame[0] === down.bye);
        return bye && refusalOf(bye);
      },
      ended: (heardAt) => {
        if (heardAt !== undefined) this.#noteHeard(heardAt);
        this.#sending.ended();
        this.#catching.ended();
      },
      underWay: () => this.#sending.underWay + this.#catching.underWay,
      isPutOff: () => this.#sending.isPutOff,
      beat: (heardAt) => {
        if (heardAt - this.#heardNoted >= noteEvery) this.#noteHeard(heardAt);
        this.#catching.beat();
      },
      believed: () => this.#sending.flush(),
    });
    const heard = this.#heard;
    this.#connection = connection;
    this.#sending = new Sending({ replica, connection, heard, random, now, gatherFor, askedBeside: () => this.#catching.again() });
    this.#catching = new CatchingUp({ replica, connection, heard, sending: this.#sending, now, inflate, first, gatherFor });
  }

  start(): void {
    this.#sending.begins();
    this.#connection.start();
  }

  stop(): void {
    this.#connection.stop();
    this.#sending.ends();
  }

  /** Waits until everything that has come so far has been taken in. */
  settled(): Promise<void> {
    return this.#connection.settled();
  }

  /** The network may be back, or someone looks again: do not wait for the next try. */
  hurry(): void {
    this.#connection.hurry();
  }

  /** The browser says that there is no network. */
  offline(): void {
    this.#connection.offline();
  }

  /** The browser says that there is a network again. */
  online(): void {
    this.#connection.online();
  }

  /** Whether the line is bad: slow, or lost again and again. */
  get isBad(): boolean {
    return this.#connection.isBad;
  }

  /** Low data, from now on or no longer: what was shown and what has arrived is told now and then, and the server gathers what it tells. */
  spare(sparing: boolean): void {
    this.#connection.spare(sparing);
    this.#sending.spare(sparing);
    this.#catching.spare(sparing);
  }

  /** Sends what waits and is not on the way. */
  flush(): void {
    this.#sending.flush();
  }

  /** Takes a command off the list that has certainly never left this device. @returns whether it was so */
  takeBack(id: Id, taken: () => void): Promise<boolean> {
    return this.#sending.takeBack(id, taken);
  }

  /** Tells what was shown. It is kept until the server's own mark covers it. */
  shown(stream: StreamKey, ranges: readonly Range[], exact?: boolean): Promise<void> {
    return this.#sending.shown(stream, ranges, exact);
  }

  /** Tells what was shown here, or in another window of this person, and has not been told on this connection. */
  flushShown(): void {
    this.#sending.flushShown();
  }

  /** The rooms on the screens of this device: their members' marks are wanted. */
  openRooms(streams: readonly StreamKey[]): void {
    this.#catching.openRooms(streams);
  }

  /** Asks for older messages. Resolves when they are held, or when the line went down. */
  older(stream: StreamKey, limit = 50): Promise<void> {
    return this.#catching.older(stream, limit);
  }

  /** When something was last heard: told to who opens the application without a line. */
  #noteHeard(at: Moment): void {
    this.#heardNoted = at;
    void this.#needs.replica.db.note.put({ name: 'heard', value: at }).catch(() => undefined);
  }

  async #greeting(isStill: () => boolean): Promise<Uint8Array[] | undefined> {
    const { replica } = this.#needs;
    // A disk that failed once is asked anew with the next connection: held on to, that failure would keep this device off the line for good.
    await (this.#prepared ??= replica.prepare().catch((error: unknown) => {
      this.#prepared = undefined;
      throw error;
    }));
    await this.#catching.begin();
    const history = await replica.note<Id>('history');
    const sparing = this.#connection.isSparing ? [1 as const] : [];
    const hello = pack([up.hello, wireVersion, digest(history ? idToBytes(history) : new Uint8Array(0), await replica.cursors()), 1, ...sparing]);
    if (!isStill()) return undefined;
    this.#catching.greets();
    return [hello, ...(await this.#sending.first())];
  }

  async #hear(bytes: Uint8Array): Promise<void> {
    const frames = unpack(bytes);
    if (!frames) return this.#connection.down();
    const isSame = this.#connection.same();
    for (let i = 0; i < frames.length && isSame(); i++) {
      const frame = frames[i]!;
      if (frame[0] !== down.event) {
        await this.#one(frame);
        continue;
      }
      // Events of one stream that came together are folded in together.
      const run: Frame[] = [frame];
      while (frames[i + 1]?.[0] === down.event && frames[i + 1]![1] === frame[1]) run.push(frames[++i]!);
      await this.#catching.events(frame[1] as number, run);
    }
  }

  async #one(frame: Frame): Promise<void> {
    switch (frame[0]) {
      case down.welcome: return this.#welcome(frame);
      case down.heads: return this.#catching.heads(frame[1] as HeadRow[], frame[2] as number[], frame[3] === 1);
      case down.answer: return this.#sending.answered(frame);
      case down.batch: return this.#catching.batch(frame);
      case down.snapshot: return this.#catching.snapshot(frame);
      case down.old: return this.#catching.page(frame);
      case down.marks: return this.#catching.marks(frame);
      case down.later: return this.#sending.comeBack(frame[1] as number);
      case down.pong: return this.#connection.answered();
      case down.bye: return this.#connection.down(refusalOf(frame));
      default: return;
    }
  }

  async #welcome(frame: Frame): Promise<void> {
    const { replica, now, skew, state } = this.#needs;
    this.#connection.welcomed();
    skew?.((frame[2] as number) - now());
    if (await replica.belongsTo(bytesToId(frame[4] as Uint8Array))) this.#heard.clear();
    state('open');
    if (frame[3] === 1) await this.#catching.nothingNew();
  }
}

/** Only a sign-in or a newer page helps against these; all else may be otherwise in a while. */
function refusalOf(bye: Frame): string | undefined {
  const code = bye[1] as string;
  return code === 'line.oldClient' || code.startsWith('account.') ? code : undefined;
}
