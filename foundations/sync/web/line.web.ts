import { bytesToId, idToBytes, type Id, type Moment } from '@noroshi/foundations/kernel';
import {
  digest, down, pack, unpack, up, wireVersion, workspaceStream,
  type DocRow, type Frame, type HeadRow, type MarkRow, type Range, type StreamKey, type UpFrame,
} from '@noroshi/foundations/sync';
import type { OutboxItem, Replica } from './replica.web.ts';
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
/** A line that was up for so long was a good one: its end is no sign of trouble. */
const goodAfter = 10_000;
/** At most so many commands are on the way; the rest waits on the disk for their answers. */
const commandsUnderWay = 50;
/** One message to the server holds no more than this many bytes, unless a single frame does. */
const messageSize = 48 * 1024;
/** Cursors in one frame. */
const cursorsInOne = 500;

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

/** A page of older things that was asked for, and who waits for it. */
interface Page { readonly before: number; readonly limit: number; readonly done: (() => void)[] }

/**
 * The lower end of the stair: keeps one connection, sends the outbox in order until each command is answered,
 * takes in events, and fetches what is missing. All that comes ends in the replica's `apply`.
 */
export class LineEnd {
  readonly #needs: LineNeeds;
  #wire: Wire | undefined;
  #up = false;
  #stopped = true;
  #prepared: Promise<void> | undefined;
  /** Which wire is used, and how often in a row it has failed. */
  #way = 0;
  #failures = 0;
  #heardAt = 0;
  #probedAt = 0;
  #openedAt = 0;
  /** When something that was asked for last came. */
  #progressAt = 0;
  #refused: string | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #pulse: ReturnType<typeof setInterval> | undefined;
  #later: ReturnType<typeof setTimeout> | undefined;
  /** Commands sent on this connection and not yet answered, and how many were ever sent on it. */
  readonly #asked = new Set<Id>();
  #count = 0;
  /** Every command that was ever put on a line from here, and since when this end is the one that does so. */
  readonly #sent = new Set<Id>();
  #startedAt: Moment = Number.POSITIVE_INFINITY;
  /** More waits than may be on the way. */
  #more = false;
  /** What was shown and has been told on this connection, by its number in the store. */
  readonly #shownSent = new Set<number>();
  /** Streams being fetched: from where, how many answers are to come, and the live events that came meanwhile. */
  readonly #fetching = new Map<number, { after: number; answers: number; readonly waiting: Frame[] }>();
  /** Streams that grew by live events since their arrival was last told. */
  readonly #grown = new Set<StreamKey>();
  readonly #keys = new Map<number, StreamKey>();
  readonly #heads = new Map<StreamKey, number>();
  #room: StreamKey | undefined;
  #work: Promise<void> = Promise.resolve();
  readonly #pages = new Map<number, Page>();

  constructor(needs: LineNeeds) {
    this.#needs = needs;
  }

  start(): void {
    if (this.#stopped) this.#startedAt = this.#needs.now();
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

  #connect(): void {
    const { wires, now } = this.#needs;
    this.#tell('connecting');
    const open = wires[this.#way % wires.length]!;
    let wire: Wire | undefined;
    // A wire may tell before it is handed over.
    const isMine = (): boolean => wire !== undefined && this.#wire === wire;
    wire = open({
      up: () => this.#enter(async () => { if (isMine()) await this.#greet(wire!); }),
      bytes: (bytes) => {
        if (!isMine()) return;
        this.#heardAt = now();
        this.#enter(async () => { if (isMine()) await this.#hear(bytes); });
      },
      down: (refused) => { if (isMine()) this.#down(refused ? 'account.signedOut' : undefined); },
    });
    this.#wire = wire;
    this.#heardAt = now();
    this.#probedAt = 0;
    this.#openedAt = 0;
  }

  /** Who was refused stays so on the screen until they are let in: quiet tries in between do not show. */
  #tell(state: LineState): void {
    if (this.#refused === undefined || state === 'open') this.#needs.state(state);
  }

  /** What comes is taken in one after the other. A failing store ends the connection; the cursor tells where to go on. */
  #enter(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch(() => this.#down());
  }

  /** Leaves the connection: what was under way on it is forgotten here, and asked again on the next. */
  #end(): void {
    const wire = this.#wire;
    this.#wire = undefined;
    this.#up = false;
    clearTimeout(this.#later);
    this.#later = undefined;
    this.#asked.clear();
    this.#shownSent.clear();
    this.#fetching.clear();
    for (const { done } of this.#pages.values()) for (const one of done) one();
    this.#pages.clear();
    wire?.close();
  }

  #down(refused?: string): void {
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
    const wait = this.#refused !== undefined ? longestWait : Math.min(longestWait, firstWait * 2 ** Math.min(this.#failures - 1, 10));
    clearTimeout(this.#retry);
    // Jitter over the whole interval: a thousand phones must not come back in the same second.
    this.#retry = setTimeout(() => this.#connect(), wait * (0.3 + 0.7 * this.#needs.random()));
  }

  async #greet(wire: Wire): Promise<void> {
    const { replica } = this.#needs;
    await (this.#prepared ??= replica.prepare());
    this.#keys.clear();
    this.#heads.clear();
    for (const stream of await replica.db.stream.toArray()) {
      this.#keys.set(stream.no, stream.key);
      this.#heads.set(stream.key, stream.head);
      await this.#settleOutbox(stream.key, stream.head, []);
    }
    const history = await replica.note<Id>('history');
    const hello = pack([up.hello, wireVersion, digest(history ? idToBytes(history) : new Uint8Array(0), await replica.cursors())]);
    if (this.#wire !== wire) return;
    // Work that had begun on the connection before may have written down what it never sent.
    this.#asked.clear();
    this.#shownSent.clear();
    this.#fetching.clear();
    this.#up = true;
    this.#count = 0;
    this.#progressAt = this.#needs.now();
    // What waits rides on the first message: no round trip is spent on a greeting.
    this.#say([hello, ...(await this.#commands()), ...(await this.#shownFrames())]);
    if (this.#room) this.openRoom(this.#room);
  }

  /** Nothing is said before the greeting: work that began on the connection before may end only now. */
  #say(frames: readonly Uint8Array[]): void {
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

  /** What waits and is not on the way, in order, as much as may be on the way at once. */
  async #commands(): Promise<Uint8Array[]> {
    const waiting = await this.#needs.replica.outbox.item.where('state').equals('waiting').sortBy('order');
    if (this.#asked.size === 0 && waiting.length > 0) this.#progressAt = this.#needs.now();
    const room = commandsUnderWay - this.#asked.size;
    const next = waiting.filter((item) => !this.#asked.has(item.id));
    this.#more = next.length > room;
    return next.slice(0, Math.max(0, room)).map((item) => {
      this.#asked.add(item.id);
      this.#sent.add(item.id);
      return pack([up.command, idToBytes(item.id), item.name, item.input, item.at, ++this.#count]);
    });
  }

  /** Sends what waits and is not on the way. */
  flush(): void {
    this.#enter(async () => {
      if (this.#up && this.#later === undefined) this.#say(await this.#commands());
    });
  }

  /**
   * Takes a command off the list that has certainly never left this device.
   * @param taken is told before it goes
   * @returns whether it was so; where it, or another window, may have sent it, it was not
   */
  takeBack(id: Id, taken: () => void): Promise<boolean> {
    return new Promise((done) => {
      // In turn with what is sent: between looking and taking nothing goes out.
      this.#enter(async () => {
        try {
          const { item } = this.#needs.replica.outbox;
          const held = await item.where('id').equals(id).first();
          const stayed = !this.#stopped && held?.state === 'waiting' && held.at >= this.#startedAt && !this.#sent.has(id);
          if (stayed) {
            taken();
            await item.where('id').equals(id).delete();
          }
          done(stayed);
        } finally {
          done(false);
        }
      });
    });
  }

  /** The server has decided nothing: after a while all that waits for an answer is asked again, in order. */
  #comeBack(ms: number): void {
    if (this.#later !== undefined) return;
    const wire = this.#wire;
    const wait = ms * (1 + 0.5 * this.#needs.random());
    this.#later = setTimeout(() => this.#enter(async () => {
      this.#later = undefined;
      if (this.#wire !== wire || !this.#up) return;
      this.#asked.clear();
      this.#progressAt = this.#needs.now();
      const frames: UpFrame[] = [[up.again, this.#count + 1]];
      for (const [no, under] of this.#fetching) {
        under.answers = 1;
        frames.push([up.fetch, no, under.after]);
      }
      for (const [no, { before, limit }] of this.#pages) frames.push([up.old, no, before, limit]);
      this.#say([...frames.map((frame) => pack(frame)), ...(await this.#commands())]);
    }), wait);
  }

  /** Tells what was shown. It is kept until the server's own mark covers it. */
  async shown(stream: StreamKey, ranges: readonly Range[]): Promise<void> {
    const { replica } = this.#needs;
    const told = await replica.asShown(stream, ranges);
    if (told.length === 0) return;
    await replica.db.shown.add({ stream, ranges: told });
    this.flushShown();
  }

  /** Tells what was shown here, or in another window of this person, and has not been told on this connection. */
  flushShown(): void {
    this.#enter(async () => {
      if (this.#up) this.#say(await this.#shownFrames());
    });
  }

  /** The room on the screen: its members' marks are wanted. */
  openRoom(stream: StreamKey | undefined): void {
    this.#room = stream;
    this.#enter(async () => {
      const held = stream ? await this.#needs.replica.db.stream.get(stream) : undefined;
      if (this.#up) this.#say([pack([up.open, held?.no ?? 0])]);
    });
  }

  /** Asks for older messages. Resolves when they are held, or when the line went down. */
  async older(stream: StreamKey, limit = 50): Promise<void> {
    const held = await this.#needs.replica.db.stream.get(stream);
    if (!held || !this.#up || held.floor <= held.from) return;
    await this.#page(held.no, held.floor, limit);
  }

  #page(no: number, before: number, limit: number): Promise<void> {
    return new Promise<void>((done) => {
      const page = this.#pages.get(no);
      if (page) return void page.done.push(done);
      this.#pages.set(no, { before, limit, done: [done] });
      this.#asks();
      this.#say([pack([up.old, no, before, limit])]);
    });
  }

  /** Something is asked for from now on. */
  #asks(): void {
    if (this.#asked.size + this.#fetching.size + this.#pages.size <= 1) this.#progressAt = this.#needs.now();
  }

  #beat(): void {
    if (!this.#wire || this.#stopped) return;
    const now = this.#needs.now();
    const quiet = now - this.#heardAt;
    const isWaiting = this.#asked.size + this.#fetching.size + this.#pages.size > 0;
    const patience = this.#needs.inFront() || isWaiting ? silence : silenceBehind;
    if (!this.#up) {
      if (quiet > silence * 2) this.#down();
    } else if (this.#probedAt > this.#heardAt && now - this.#probedAt >= silence) this.#down();
    else if (isWaiting && this.#later === undefined && now - this.#progressAt >= answerWait) this.#down();
    else if (quiet >= patience && this.#probedAt <= this.#heardAt) this.#probe();
    if (this.#up && this.#grown.size > 0) this.#enter(() => this.#arrived([...this.#grown]));
  }

  #probe(): void {
    this.#probedAt = this.#needs.now();
    this.#say([pack([up.ping])]);
  }

  async #hear(bytes: Uint8Array): Promise<void> {
    const frames = unpack(bytes);
    if (!frames) return this.#down();
    const wire = this.#wire;
    for (let i = 0; i < frames.length && this.#wire === wire; i++) {
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
      case down.welcome: return this.#welcome(frame);
      case down.heads: return this.#headsCame(frame[1] as HeadRow[], frame[2] as number[], frame[3] === 1);
      case down.answer: return this.#answered(frame);
      case down.batch: return this.#batch(frame);
      case down.snapshot: return this.#snapshot(frame);
      case down.old: return this.#older(frame);
      case down.marks: return this.#marks(frame);
      case down.later: return this.#comeBack(frame[1] as number);
      case down.bye: {
        const code = frame[1] as string;
        // Only a sign-in or a newer page helps against these; all else may be otherwise in a while.
        return this.#down(code === 'line.oldClient' || code.startsWith('account.') ? code : undefined);
      }
      default: return;
    }
  }

  async #welcome(frame: Frame): Promise<void> {
    const { replica, now, skew } = this.#needs;
    this.#openedAt = now();
    this.#refused = undefined;
    skew?.((frame[2] as number) - now());
    if (await replica.belongsTo(bytesToId(frame[4] as Uint8Array))) {
      this.#keys.clear();
      this.#heads.clear();
    }
    this.#needs.state('open');
    if (frame[3] !== 1) return;
    await this.#settleElsewhere();
    await this.#arrived();
  }

  async #headsCame(rows: readonly HeadRow[], gone: readonly number[], all: boolean): Promise<void> {
    const { replica } = this.#needs;
    const lost = new Set(gone);
    // A door that closed while this device was away, or another history.
    if (all) {
      const told = new Set(rows.map((row) => row[0]));
      for (const held of await replica.db.stream.toArray()) if (!told.has(held.no)) lost.add(held.no);
    }
    for (const no of lost) await this.#forget(no);
    const held = new Map((await replica.db.stream.toArray()).map((s) => [s.no, s]));
    const behind: [no: number, have: number][] = [];
    for (const [no, key, head, , , from] of rows) {
      const mine = held.get(no);
      if (mine && mine.key !== key) await this.#forget(no);
      const same = mine?.key === key ? mine : undefined;
      this.#keys.set(no, key);
      if (same) this.#heads.set(key, same.head);
      // What one may read has changed: only a snapshot knows what that is.
      const have = same && same.from === from ? same.head : 0;
      if (have !== head) behind.push([no, have]);
    }
    if (all || lost.size > 0) await this.#settleElsewhere();
    // The room that is open first: it brings its people's names with it. Then the workspace, then the rest.
    const weight = ([no]: [number, number]): number => (this.#keys.get(no) === this.#room ? 0 : this.#keys.get(no) === workspaceStream ? 1 : 2);
    const frames = behind.sort((a, b) => weight(a) - weight(b)).flatMap(([no, have]) => this.#fetchFrame(no, have, all));
    if (frames.length > 0) this.#say(frames);
    if (all && this.#room) this.openRoom(this.#room);
    if (this.#fetching.size === 0) await this.#arrived();
  }

  async #forget(no: number): Promise<void> {
    await this.#needs.replica.forget(no);
    const key = this.#keys.get(no);
    if (key) this.#heads.delete(key);
    this.#keys.delete(no);
    this.#fetching.delete(no);
  }

  #fetchFrame(no: number, after: number, anew = false): Uint8Array[] {
    const under = this.#fetching.get(no);
    if (under && !anew && under.after <= after) return [];
    this.#fetching.set(no, { after, answers: (under?.answers ?? 0) + 1, waiting: under?.waiting ?? [] });
    this.#asks();
    return [pack([up.fetch, no, after])];
  }

  async #events(no: number, frames: readonly Frame[]): Promise<void> {
    const under = this.#fetching.get(no);
    if (under) {
      under.waiting.push(...frames);
      return;
    }
    const key = this.#keys.get(no);
    // A stream that this device has not been told of: its heads are on their way.
    if (!key || !this.#heads.has(key)) return;
    await this.#apply(no, key, frames);
    this.#grown.add(key);
  }

  async #apply(no: number, key: StreamKey, frames: readonly Frame[]): Promise<void> {
    const { head, hole, done } = await this.#needs.replica.apply(key, frames);
    this.#heads.set(key, head);
    await this.#settleOutbox(key, head, done);
    if (!hole || this.#fetching.has(no)) return;
    this.#say(this.#fetchFrame(no, head));
    this.#fetching.get(no)!.waiting.push(...frames);
  }

  /** What is true now waits no longer: commands whose events have come, and those that were accepted up to here. */
  async #settleOutbox(key: StreamKey, head: number, done: readonly Id[]): Promise<void> {
    const { outbox } = this.#needs.replica;
    if (done.length > 0) await outbox.item.where('id').anyOf(done as Id[]).delete();
    await outbox.item.where('stream').equals(key).filter((item) => item.state === 'accepted' && (item.seq ?? 0) <= head).delete();
  }

  /** What was accepted in a stream that this device does not hear (any more) will not be seen from here: it is done. */
  async #settleElsewhere(): Promise<void> {
    const heard = new Set(this.#keys.values());
    await this.#needs.replica.outbox.item.where('state').equals('accepted').filter((item) => !heard.has(item.stream)).delete();
  }

  async #batch(frame: Frame): Promise<void> {
    const [, no, , , packed, bytes] = frame as unknown as [number, number, number, number, 0 | 1, Uint8Array];
    const key = this.#keys.get(no);
    const waiting = this.#fetched(no);
    if (!key) return;
    const frames = unpack(packed ? await this.#needs.inflate(bytes) : bytes) ?? [];
    await this.#apply(no, key, inOrder([...frames, ...waiting]));
    if (this.#fetching.size === 0) await this.#arrived();
  }

  /** What was asked for a stream has come. @returns the live events that came meanwhile; they wait on while more is to come */
  #fetched(no: number): readonly Frame[] {
    this.#progressAt = this.#needs.now();
    const under = this.#fetching.get(no);
    if (!under) return [];
    under.answers -= 1;
    if (under.answers > 0) return [];
    this.#fetching.delete(no);
    return under.waiting;
  }

  async #snapshot(frame: Frame): Promise<void> {
    const [, no, key, head, floor, below, myNo, from, mark, packed, bytes] = frame as unknown as [number, number, StreamKey, number, number, number, number, number, MarkRow | null, 0 | 1, Uint8Array];
    const { replica, inflate } = this.#needs;
    // One that nobody asked for is an echo of one that has been taken in.
    if (!this.#fetching.has(no)) return;
    const [inner] = unpack(packed ? await inflate(bytes) : bytes) ?? [];
    const waiting = this.#fetched(no);
    const before = await replica.db.stream.get(key);
    await replica.snapshot({ no, key, head, floor, below, myNo, from }, mark, (inner?.[1] ?? []) as DocRow[]);
    // The server knows less than we do: what it had accepted beyond that goes up again.
    if (before && before.head > head) await replica.outbox.item.where('stream').equals(key).filter((item) => item.state === 'accepted' && item.seq! > head).modify({ state: 'waiting' });
    this.#keys.set(no, key);
    this.#heads.set(key, head);
    await this.#apply(no, key, inOrder(waiting));
    if (this.#room === key) this.openRoom(key);
    if (this.#fetching.size === 0) await this.#arrived();
  }

  async #older(frame: Frame): Promise<void> {
    const [, no, floor, below, packed, bytes] = frame as unknown as [number, number, number, number, 0 | 1, Uint8Array];
    const [inner] = unpack(packed ? await this.#needs.inflate(bytes) : bytes) ?? [];
    const key = this.#keys.get(no);
    if (key) await this.#needs.replica.older(key, floor, below, (inner?.[1] ?? []) as DocRow[]);
    this.#progressAt = this.#needs.now();
    const done = this.#pages.get(no)?.done ?? [];
    this.#pages.delete(no);
    for (const one of done) one();
  }

  async #marks(frame: Frame): Promise<void> {
    const [, no, whole, rows] = frame as unknown as [number, number, 0 | 1, MarkRow[]];
    const recount = await this.#needs.replica.marks(no, rows, this.#needs.now(), whole === 1);
    const key = recount ? this.#keys.get(no) : undefined;
    const held = key ? await this.#needs.replica.db.stream.get(key) : undefined;
    if (held && this.#up) void this.#page(no, held.floor, 0);
  }

  /** Confirms what this device holds: delivered is not read. */
  async #arrived(only?: readonly StreamKey[]): Promise<void> {
    const { db } = this.#needs.replica;
    const streams = only ? (await db.stream.bulkGet(only as StreamKey[])).filter((s) => s !== undefined) : await db.stream.toArray();
    for (const { key } of streams) this.#grown.delete(key);
    const cursors = streams.filter((s) => s.head > 0).map((s): [number, number] => [s.no, s.head]);
    for (let i = 0; i < cursors.length; i += cursorsInOne) this.#say([pack([up.arrived, cursors.slice(i, i + cursorsInOne)])]);
  }

  async #answered(frame: Frame): Promise<void> {
    const { outbox } = this.#needs.replica;
    const id = bytesToId(frame[1] as Uint8Array);
    this.#asked.delete(id);
    this.#progressAt = this.#needs.now();
    const item = await outbox.item.where('id').equals(id).first();
    if (item?.state === 'waiting') {
      if (frame[2] === 0) {
        const params = frame[4] as OutboxItem['params'] | null;
        await outbox.item.update(item.order!, { state: 'refused', code: frame[3] as string, ...(params ? { params } : {}) });
      } else {
        const seq = frame[4] as number;
        const key = this.#keys.get(frame[3] as number);
        // Where its events come down to this device, it stays until they are here, so that nothing flickers.
        if (seq === 0 || !key || (this.#heads.get(key) ?? 0) >= seq) await outbox.item.delete(item.order!);
        else await outbox.item.update(item.order!, { state: 'accepted', seq, stream: key });
      }
    }
    if (this.#more && this.#asked.size <= commandsUnderWay / 2) this.flush();
  }
}

/** Live events in the order of their numbers: what overtook waits its turn. */
const inOrder = (frames: readonly Frame[]): Frame[] => [...frames].sort((a, b) => (a[2] as number) - (b[2] as number));

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
