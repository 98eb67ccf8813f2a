import { bytesToId, idToBytes, type Id, type Moment } from '@noroshi/foundations/kernel';
import { digest, down, pack, unpack, up, wireVersion, type DocRow, type Frame, type HeadRow, type MarkRow, type Range, type StreamKey } from '@noroshi/foundations/sync';
import type { OutboxItem, Replica } from './replica.web.ts';
import type { OpenWire, Wire } from './wire.web.ts';

/** The state of the line, as a person is told it. */
export type LineState = 'connecting' | 'open' | 'off' | 'refused';

/** Probe after this much silence while in front or waiting for an answer; dead after as much again (milliseconds). */
const silence = 8_000;
/** In the background a probe now and then is enough. */
const silenceBehind = 25_000;
const firstWait = 400;
const longestWait = 30_000;

export interface LineNeeds {
  readonly replica: Replica;
  /** Ways onto the line, in the order to try them; after two failures in a row the next is tried. */
  readonly wires: readonly OpenWire[];
  readonly now: () => Moment;
  readonly random: () => number;
  /** Whether someone is looking at it. */
  readonly inFront: () => boolean;
  readonly state: (state: LineState, code?: string) => void;
  /** The server's clock minus this device's, in milliseconds. */
  readonly skew?: (ms: number) => void;
  /** Inflates what the server sent compressed. */
  readonly inflate: (bytes: Uint8Array) => Promise<Uint8Array>;
}

/**
 * The lower end of the stair: keeps one connection, sends the outbox in order until each command is answered,
 * takes in events, and fetches what is missing. All that comes ends in the replica's `apply`.
 */
export class LineEnd {
  readonly #needs: LineNeeds;
  #wire: Wire | undefined;
  #up = false;
  #stopped = false;
  #failures = 0;
  #heardAt = 0;
  #probedAt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #pulse: ReturnType<typeof setInterval> | undefined;
  /** Commands sent on this connection and not yet answered. */
  readonly #asked = new Set<Id>();
  /** What was shown and has been told on this connection, by its number in the store. */
  readonly #shownSent = new Set<number>();
  /** Streams being fetched, and live events that came meanwhile. */
  readonly #fetching = new Map<number, Frame[]>();
  readonly #keys = new Map<number, StreamKey>();
  readonly #heads = new Map<StreamKey, number>();
  #room: StreamKey | undefined;
  #work: Promise<void> = Promise.resolve();
  readonly #olderWaiting = new Map<number, (() => void)[]>();

  constructor(needs: LineNeeds) {
    this.#needs = needs;
  }

  start(): void {
    this.#stopped = false;
    this.#pulse ??= setInterval(() => this.#beat(), 2_000);
    this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#retry);
    clearInterval(this.#pulse);
    this.#pulse = undefined;
    this.#wire?.close();
    this.#wire = undefined;
  }

  /** Waits until everything that has come so far has been taken in. */
  settled(): Promise<void> {
    return this.#work;
  }

  /** The network may be back, or someone looks again: do not wait for the next try. */
  hurry(): void {
    if (this.#stopped) return;
    if (!this.#wire) {
      clearTimeout(this.#retry);
      this.#connect();
    } else if (this.#up) this.#probe();
  }

  #connect(): void {
    const { wires, state, now } = this.#needs;
    state('connecting');
    this.#up = false;
    this.#asked.clear();
    this.#shownSent.clear();
    this.#fetching.clear();
    const open = wires[Math.floor(this.#failures / 2) % wires.length]!;
    const wire: Wire = open({
      up: () => this.#wire === wire && this.#enter(async () => this.#greet(wire)),
      bytes: (bytes) => {
        if (this.#wire !== wire) return;
        this.#heardAt = now();
        this.#enter(() => this.#hear(bytes));
      },
      down: (refused) => this.#wire === wire && this.#down(refused),
    });
    this.#wire = wire;
    this.#heardAt = now();
    this.#probedAt = 0;
  }

  /** What comes is taken in one after the other. A failing store ends the connection; the cursor tells where to go on. */
  #enter(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch(() => this.#wire?.close());
  }

  #down(refused: boolean): void {
    this.#wire = undefined;
    this.#up = false;
    for (const [, waiting] of this.#olderWaiting) for (const done of waiting) done();
    this.#olderWaiting.clear();
    if (this.#stopped) return;
    this.#failures += 1;
    this.#needs.state(refused ? 'refused' : 'off');
    const wait = Math.min(longestWait, firstWait * 2 ** Math.min(this.#failures - 1, 10));
    // Jitter over the whole interval: a thousand phones must not come back in the same second.
    this.#retry = setTimeout(() => this.#connect(), wait * (0.3 + 0.7 * this.#needs.random()));
  }

  async #greet(wire: Wire): Promise<void> {
    const { replica } = this.#needs;
    for (const stream of await replica.db.stream.toArray()) {
      this.#keys.set(stream.no, stream.key);
      this.#heads.set(stream.key, stream.head);
    }
    if (this.#wire !== wire) return;
    const frames: Uint8Array[] = [pack([up.hello, wireVersion, digest(await replica.cursors())])];
    this.#up = true;
    // What waits rides on the first message: no round trip is spent on a greeting.
    for (const item of await replica.outbox.item.where('state').equals('waiting').sortBy('order')) frames.push(this.#commandFrame(item));
    frames.push(...(await this.#shownFrames()));
    wire.send(joint(frames));
    if (this.#room) this.openRoom(this.#room);
  }

  async #shownFrames(): Promise<Uint8Array[]> {
    const { replica } = this.#needs;
    const frames: Uint8Array[] = [];
    for (const shown of await replica.db.shown.toArray()) {
      if (this.#shownSent.has(shown.n!)) continue;
      const held = await replica.db.stream.get(shown.stream);
      if (held) this.#shownSent.add(shown.n!);
      if (held) frames.push(pack([up.read, held.no, shown.ranges]));
    }
    return frames;
  }

  #commandFrame(item: OutboxItem): Uint8Array {
    this.#asked.add(item.id);
    return pack([up.command, idToBytes(item.id), item.name, item.input, item.at]);
  }

  /** Sends what waits and has not been sent on this connection, in order. */
  flush(): void {
    this.#enter(async () => {
      if (!this.#up) return;
      const waiting = await this.#needs.replica.outbox.item.where('state').equals('waiting').sortBy('order');
      const frames = waiting.filter((item) => !this.#asked.has(item.id)).map((item) => this.#commandFrame(item));
      if (frames.length > 0) this.#wire?.send(joint(frames));
    });
  }

  /** Tells what was shown. It is kept until the server's own mark covers it. */
  async shown(stream: StreamKey, ranges: readonly Range[]): Promise<void> {
    await this.#needs.replica.db.shown.add({ stream, ranges });
    this.flushShown();
  }

  /** Tells what was shown here, or in another window of this person, and has not been told on this connection. */
  flushShown(): void {
    this.#enter(async () => {
      if (!this.#up) return;
      const frames = await this.#shownFrames();
      if (frames.length > 0) this.#wire?.send(joint(frames));
    });
  }

  /** The room on the screen: its members' marks are wanted. */
  openRoom(stream: StreamKey | undefined): void {
    this.#room = stream;
    if (!this.#up) return;
    this.#enter(async () => {
      const held = stream ? await this.#needs.replica.db.stream.get(stream) : undefined;
      this.#wire?.send(pack([up.open, held?.no ?? 0]));
    });
  }

  /** Asks for older messages. Resolves when they are held, or when the line went down. */
  async older(stream: StreamKey, limit = 50): Promise<void> {
    const held = await this.#needs.replica.db.stream.get(stream);
    if (!held || !this.#up || held.floor <= 1) return;
    await new Promise<void>((done) => {
      const waiting = this.#olderWaiting.get(held.no);
      if (waiting) return void waiting.push(done);
      this.#olderWaiting.set(held.no, [done]);
      this.#wire?.send(pack([up.old, held.no, held.floor, limit]));
    });
  }

  #beat(): void {
    if (!this.#wire || this.#stopped) return;
    const quiet = this.#needs.now() - this.#heardAt;
    const patience = this.#needs.inFront() || this.#asked.size > 0 ? silence : silenceBehind;
    if (this.#probedAt > this.#heardAt && this.#needs.now() - this.#probedAt >= silence) this.#wire.close();
    else if (!this.#up && quiet > silence * 2) this.#wire.close();
    else if (this.#up && quiet >= patience && this.#probedAt <= this.#heardAt) this.#probe();
  }

  #probe(): void {
    this.#probedAt = this.#needs.now();
    this.#wire?.send(pack([up.ping]));
  }

  async #hear(bytes: Uint8Array): Promise<void> {
    const frames = unpack(bytes);
    if (!frames) return this.#wire?.close();
    for (let i = 0; i < frames.length; i++) {
      const frame = frames[i]!;
      if (frame[0] !== down.event) {
        await this.#one(frame);
        continue;
      }
      // Events of one stream that came together are folded in together.
      const run: Frame[] = [frame];
      while (frames[i + 1]?.[0] === down.event && frames[i + 1]![1] === frame[1]) run.push(frames[++i]!);
      await this.#events(frame[1] as number, run);
    }
  }

  async #one(frame: Frame): Promise<void> {
    switch (frame[0]) {
      case down.welcome: {
        this.#failures = 0;
        this.#needs.skew?.((frame[2] as number) - this.#needs.now());
        this.#needs.state('open');
        if (frame[3] === 1) await this.#arrived();
        return;
      }
      case down.heads: return this.#headsCame(frame[1] as HeadRow[], frame[2] as number[], frame[3] === 1);
      case down.answer: return this.#answered(frame);
      case down.batch: return this.#batch(frame);
      case down.snapshot: return this.#snapshot(frame);
      case down.old: return this.#older(frame);
      case down.marks: return this.#needs.replica.marks(frame[1] as number, frame[3] as MarkRow[], this.#needs.now(), frame[2] === 1);
      case down.bye: {
        this.#needs.state('refused', frame[1] as string);
        return;
      }
      default: return;
    }
  }

  async #headsCame(rows: readonly HeadRow[], gone: readonly number[], all: boolean): Promise<void> {
    const { replica } = this.#needs;
    const lost = new Set(gone);
    if (all) {
      // Another history, or a door that closed while this device was away.
      const told = new Set(rows.map((row) => row[0]));
      for (const held of await replica.db.stream.toArray()) if (!told.has(held.no)) lost.add(held.no);
    }
    for (const no of lost) {
      await replica.forget(no);
      const key = this.#keys.get(no);
      if (key) this.#heads.delete(key);
      this.#keys.delete(no);
    }
    const held = new Map((await replica.db.stream.toArray()).map((s) => [s.no, s]));
    const behind: [number, number][] = [];
    for (const [no, key, head] of rows) {
      const mine = held.get(no);
      if (mine && mine.key !== key) await replica.forget(no);
      const have = mine && mine.key === key ? mine.head : 0;
      this.#keys.set(no, key);
      if (mine && mine.key === key) this.#heads.set(key, have);
      else this.#heads.delete(key);
      if (have !== head) behind.push([no, have]);
    }
    // The workspace first (names and roles), then the room that is open, then the rest.
    const weight = ([no]: [number, number]): number => (this.#keys.get(no) === 'w' ? 0 : this.#keys.get(no) === this.#room ? 1 : 2);
    const frames = behind.sort((a, b) => weight(a) - weight(b)).flatMap(([no, have]) => this.#fetchFrame(no, have));
    if (frames.length > 0) this.#wire?.send(joint(frames));
    else await this.#arrived();
  }

  #fetchFrame(no: number, have: number): Uint8Array[] {
    if (this.#fetching.has(no)) return [];
    this.#fetching.set(no, []);
    return [pack([up.fetch, no, have])];
  }

  async #events(no: number, frames: readonly Frame[]): Promise<void> {
    const waiting = this.#fetching.get(no);
    if (waiting) {
      waiting.push(...frames);
      return;
    }
    const key = this.#keys.get(no);
    // A stream that this device has not been told of: its heads are on their way.
    if (!key || !this.#heads.has(key)) return;
    await this.#apply(no, key, frames);
  }

  async #apply(no: number, key: StreamKey, frames: readonly Frame[]): Promise<void> {
    const { replica } = this.#needs;
    const { head, hole } = await replica.apply(key, frames);
    this.#heads.set(key, head);
    await replica.outbox.item.where('stream').equals(key).filter((item) => item.state === 'accepted' && (item.seq ?? 0) <= head).delete();
    if (hole && !this.#fetching.has(no)) {
      this.#fetching.set(no, [...frames]);
      this.#wire?.send(pack([up.fetch, no, head]));
    }
  }

  async #batch(frame: Frame): Promise<void> {
    const [, no, , , packed, bytes] = frame as unknown as [number, number, number, number, 0 | 1, Uint8Array];
    const key = this.#keys.get(no);
    const waiting = this.#fetching.get(no) ?? [];
    this.#fetching.delete(no);
    if (!key) return;
    await this.#apply(no, key, unpack(packed ? await this.#needs.inflate(bytes) : bytes) ?? []);
    if (waiting.length > 0) await this.#apply(no, key, waiting);
    if (this.#fetching.size === 0) await this.#arrived();
  }

  async #snapshot(frame: Frame): Promise<void> {
    const [, no, key, head, floor, below, myNo, mark, packed, bytes] = frame as unknown as [number, number, StreamKey, number, number, number, number, MarkRow | null, 0 | 1, Uint8Array];
    const [inner] = unpack(packed ? await this.#needs.inflate(bytes) : bytes) ?? [];
    const waiting = this.#fetching.get(no) ?? [];
    this.#fetching.delete(no);
    await this.#needs.replica.snapshot({ no, key, head, floor, below, myNo }, mark, (inner?.[1] ?? []) as DocRow[]);
    this.#keys.set(no, key);
    this.#heads.set(key, head);
    await this.#apply(no, key, waiting);
    if (this.#room === key) this.openRoom(key);
    if (this.#fetching.size === 0) await this.#arrived();
  }

  async #older(frame: Frame): Promise<void> {
    const [, no, floor, below, packed, bytes, since] = frame as unknown as [number, number, number, number, 0 | 1, Uint8Array, Uint8Array];
    const [inner] = unpack(packed ? await this.#needs.inflate(bytes) : bytes) ?? [];
    const key = this.#keys.get(no);
    if (key) await this.#needs.replica.older(key, floor, below, (inner?.[1] ?? []) as DocRow[], unpack(since) ?? []);
    for (const done of this.#olderWaiting.get(no) ?? []) done();
    this.#olderWaiting.delete(no);
  }

  /** Confirms what this device holds: delivered is not read. */
  async #arrived(): Promise<void> {
    const streams = await this.#needs.replica.db.stream.toArray();
    if (streams.length > 0) this.#wire?.send(pack([up.arrived, streams.map((s) => [s.no, s.head])]));
  }

  async #answered(frame: Frame): Promise<void> {
    const { outbox } = this.#needs.replica;
    const id = bytesToId(frame[1] as Uint8Array);
    this.#asked.delete(id);
    const item = await outbox.item.where('id').equals(id).first();
    if (!item || item.state !== 'waiting') return;
    if (frame[2] === 0) {
      const params = frame[4] as OutboxItem['params'] | null;
      await outbox.item.update(item.order!, { state: 'refused', code: frame[3] as string, ...(params ? { params } : {}) });
      return;
    }
    const seq = frame[4] as number;
    const key = this.#keys.get(frame[3] as number);
    if (seq === 0 || !key || (this.#heads.get(key) ?? 0) >= seq) await outbox.item.delete(item.order!);
    else await outbox.item.update(item.order!, { state: 'accepted', seq, stream: key });
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
