import { bytesToId, idShape, idToBytes, type Actor, type Id, type Moment } from '@noroshi/foundations/kernel';
import {
  digest, down, eventFrame, hasRead, isCounted, joined, left, markNumber, pack, unpack, up, wireVersion,
  type Answer, type Bytes, type Doc, type DocRow, type DownFrame, type Event, type Frame, type HeadRow, type House, type MarkRow, type Range, type Sent, type Spoken, type Stay, type Watermark,
} from '@noroshi/foundations/sync';
import { deflateRawSync } from 'node:zlib';
import type pg from 'pg';
import { Buckets, type Rate } from './bucket.server.ts';
import { ComeBackLater, type Committed } from './committer.server.ts';
import type { Marks } from './marks.server.ts';
import type { Memory, StreamMemory } from './memory.server.ts';
import { eventsAfter, windowOf } from './rows.server.ts';

/** How many of a room's newest messages a new device gets at once. */
const windowSize = 50;
/** The longest page of older things. */
const longestPage = 200;
/** A device that missed more than this in one stream gets a snapshot instead. */
const longestCatchUp = 500;
/** Encoded events kept in memory for each stream, so that a storm of returns is answered without the database: so many, */
const tailSize = 512;
/** so many bytes, */
const tailBytes = 1 << 20;
/** and so many bytes for all streams together; the least lately used goes first. */
const allTailBytes = 64 << 20;
/** So many batches of a quiet stream are kept as they were sent. */
const mostBatches = 32;
/** A line that holds more unsent bytes than this is not fed: it fetches when it can. */
const fullAt = 1 << 20;
/** Lines of one person; with one more the oldest ends. */
const mostLines = 32;
/** How often a line that does not drain is looked at, and after how many looks it is given up. */
const lookEvery = 500;
const looks = 120;

/** Whatever carries frames to one device: a socket, or a long poll. */
export interface Carrier {
  send(bytes: Uint8Array): void;
  close(code: number, reason: string): void;
  /** Bytes handed over but not yet on the wire. */
  readonly unsent: number;
}

/** One device's line. */
export interface Line {
  readonly session: Id;
  /** Who asks, as of now; `undefined` when they may no longer. */
  readonly actor: () => Actor | undefined;
  readonly carrier: Carrier;
}

interface Open extends Line {
  readonly person: Id;
  /** The streams whose events this line is sent. */
  readonly streams: Set<number>;
  waiting: Uint8Array[];
  greeted: boolean;
  /** The room on the screen; 0 for none. */
  room: number;
  /** Does not drain: is sent nothing until it does. */
  behind: boolean;
  /** The number of the next command on this line. */
  next: number;
  /** Has been told to come back later; until it says `again`, what it asks is not heard, so that its order stays. */
  holding: boolean;
}

export interface HubNeeds {
  readonly pool: pg.Pool;
  readonly memory: Memory;
  readonly house: House;
  readonly marks: Marks;
  readonly submit: (actor: Actor, sent: Sent, deviceAt: Moment | null) => Promise<Answer>;
  readonly now: () => Moment;
  /** How often one line may ask for pages and snapshots. */
  readonly fetches: Rate;
  /** How much else one person's lines may say. */
  readonly frames: Rate;
  readonly report: (error: unknown, what: string) => void;
}

interface Tail {
  entries: { readonly seq: number; readonly bytes: Uint8Array }[];
  bytes: number;
  /** Batches as they were sent, by where they begin, until something new comes: those who were cut off together come back together. */
  readonly batches: Map<number, Bytes>;
}

/** All open lines, and what is sent down them. */
export class Hub {
  readonly #needs: HubNeeds;
  readonly #lines = new Set<Open>();
  readonly #ofStream = new Map<number, Set<Open>>();
  readonly #ofPerson = new Map<Id, Set<Open>>();
  /** Least lately used first. */
  readonly #tails = new Map<number, Tail>();
  #tailsBytes = 0;
  #flushing = new Set<Open>();
  #closed = false;
  readonly #fetches: Buckets<Open>;
  readonly #frames: Buckets<Id>;

  constructor(needs: HubNeeds) {
    this.#needs = needs;
    this.#fetches = new Buckets(needs.fetches, needs.now);
    this.#frames = new Buckets(needs.frames, needs.now);
  }

  /** The server is stopping: no line is opened any more. */
  get isClosed(): boolean {
    return this.#closed;
  }

  /** Lines open now. */
  get size(): number {
    return this.#lines.size;
  }

  /** A device is on the line. Its frames are handed to `hear`; `gone` ends it. @throws when the server is stopping, or nobody is there */
  open(line: Line): { hear: (bytes: Uint8Array) => Promise<void>; gone: () => void } {
    if (this.#closed) throw new Error('the server is stopping');
    const actor = line.actor();
    if (!actor) throw new Error('nobody is on this line');
    const one: Open = {
      session: line.session, actor: line.actor, carrier: line.carrier, person: actor.person,
      streams: new Set(), waiting: [], greeted: false, room: 0, behind: false, next: 1, holding: false,
    };
    const others = this.#ofPerson.get(actor.person);
    if (others && others.size >= mostLines) this.#bye(others.values().next().value!, 'line.tooMany', 4000);
    this.#lines.add(one);
    add(this.#ofPerson, one.person, one);
    return { hear: (bytes) => this.#hear(one, bytes), gone: () => this.#gone(one) };
  }

  #gone(line: Open): void {
    if (!this.#lines.delete(line)) return;
    this.#flushing.delete(line);
    this.#fetches.forget(line);
    remove(this.#ofPerson, line.person, line);
    for (const stream of line.streams) remove(this.#ofStream, stream, line);
    line.streams.clear();
  }

  /** Ends a line, saying why. What was ready for it before goes first. */
  #bye(line: Open, code: string, close: number): void {
    if (!this.#lines.has(line)) return;
    this.#gone(line);
    try {
      for (const bytes of line.waiting) line.carrier.send(bytes);
      line.carrier.send(pack([down.bye, code]));
      line.carrier.close(close, code);
    } catch (error) {
      this.#needs.report(error, 'a line that ends');
    }
  }

  /** Ends all lines of a person, or of one of their sessions: at once, and they are told why. */
  hangUp(person: Id, code: string, session?: Id): void {
    for (const line of [...(this.#ofPerson.get(person) ?? [])]) {
      if (session === undefined || line.session === session) this.#bye(line, code, 4001);
    }
  }

  /** Ends all lines and opens no more, for a server that stops: they come back by themselves, each at a time of its own. */
  closeAll(): void {
    this.#closed = true;
    for (const line of [...this.#lines]) {
      this.#gone(line);
      line.carrier.close(1012, 'restart');
    }
  }

  // ---- down

  #send(line: Open, bytes: Uint8Array): void {
    if (line.behind || !this.#lines.has(line)) return;
    line.waiting.push(bytes);
    if (this.#flushing.size === 0) queueMicrotask(() => this.#flush());
    this.#flushing.add(line);
  }

  /** What became ready for a line in one turn is one write. */
  #flush(): void {
    const lines = this.#flushing;
    this.#flushing = new Set();
    // Lines that are sent the same are sent the same bytes: put together once for all.
    let parts: readonly Uint8Array[] = [];
    let whole: Uint8Array = new Uint8Array(0);
    for (const line of lines) {
      const { waiting } = line;
      if (waiting.length === 0) continue;
      line.waiting = [];
      if (waiting.length === 1) whole = waiting[0]!;
      else if (waiting.length !== parts.length || waiting.some((bytes, i) => bytes !== parts[i])) whole = Buffer.concat(waiting);
      parts = waiting;
      try {
        line.carrier.send(whole);
      } catch (error) {
        this.#needs.report(error, 'a line that does not take its frames');
        this.#gone(line);
      }
    }
  }

  /** Tells what became true to all who may hear it. Each event is encoded once. */
  heard(committed: readonly Committed[]): void {
    for (const { stream, events } of committed) {
      const frames = events.map((event) => this.#remember(stream, event));
      const joint = frames.length === 1 ? frames[0]! : Buffer.concat(frames);
      for (const event of events) {
        if (event.kind === left.kind) this.#moved((event.body as { person: Id }).person, stream, false);
      }
      for (const line of this.#ofStream.get(stream.no) ?? []) {
        if (line.carrier.unsent > fullAt) this.#leaveBehind(line);
        else this.#send(line, joint);
      }
      for (const event of events) {
        if (event.kind === joined.kind) this.#moved((event.body as { person: Id }).person, stream, true);
      }
    }
  }

  /** Ends the lines of all who may no longer be here. */
  dismiss(): void {
    for (const line of [...this.#lines]) if (!line.actor()) this.#bye(line, 'account.signedOut', 4001);
  }

  /** A member as readers know them, for an event's encoding. */
  #spoken(stream: StreamMemory): (person: Id) => Spoken | undefined {
    return (person) => {
      const doc = this.#needs.memory.memberDoc(stream.key, person);
      return doc && { no: doc.value.no, org: doc.value.card.org, born: doc.born, since: doc.seq };
    };
  }

  /** Takes a committed event into the tail and returns its encoding. */
  #remember(stream: StreamMemory, event: Event): Bytes {
    const bytes = pack(eventFrame(this.#needs.house.kinds.get(event.kind)!, event, { stream: stream.no, member: this.#spoken(stream) }));
    this.#keep(stream.no, [{ seq: event.seq, bytes }]);
    return bytes;
  }

  #keep(no: number, entries: Tail['entries']): void {
    const tail: Tail = this.#tails.get(no) ?? { entries: [], bytes: 0, batches: new Map() };
    tail.batches.clear();
    this.#tails.delete(no);
    this.#tails.set(no, tail);
    const before = tail.bytes;
    for (const entry of entries) {
      const last = tail.entries.at(-1);
      if (last && last.seq + 1 !== entry.seq) {
        // A tail has no holes: it begins anew.
        tail.entries = [];
        tail.bytes = 0;
      }
      tail.entries.push(entry);
      tail.bytes += entry.bytes.length;
    }
    if (tail.entries.length > tailSize * 1.25 || tail.bytes > tailBytes * 1.25) {
      let drop = 0;
      while (tail.entries.length - drop > tailSize || tail.bytes > tailBytes) tail.bytes -= tail.entries[drop++]!.bytes.length;
      tail.entries.splice(0, drop);
    }
    this.#tailsBytes += tail.bytes - before;
    for (const [oldest, { bytes }] of this.#tails) {
      if (this.#tailsBytes <= allTailBytes || oldest === no) break;
      this.#tails.delete(oldest);
      this.#tailsBytes -= bytes;
    }
  }

  /** A line that does not drain is told nothing more until it has; then it is told its heads and fetches. */
  #leaveBehind(line: Open): void {
    if (line.behind) return;
    line.behind = true;
    line.waiting = [];
    let looked = 0;
    const look = setInterval(() => {
      if (!this.#lines.has(line)) return clearInterval(look);
      if (line.carrier.unsent >= fullAt / 4) {
        // Nobody reads at the other end any more.
        if (++looked < looks) return;
        clearInterval(look);
        this.#gone(line);
        return line.carrier.close(1013, 'behind');
      }
      clearInterval(look);
      line.behind = false;
      // Answers may have been among what it was not sent.
      line.holding = false;
      this.#hold(line, 0);
      void this.#allHeads(line).catch((error) => this.#failed(line, error));
    }, lookEvery);
    look.unref();
  }

  #failed(line: Open, error: unknown): void {
    this.#needs.report(error, 'a line');
    if (!this.#lines.has(line)) return;
    this.#gone(line);
    line.carrier.close(1011, 'failed');
  }

  /** Someone came into or out of a stream: their open devices learn it now. */
  #moved(person: Id, stream: StreamMemory, into: boolean): void {
    for (const line of this.#ofPerson.get(person) ?? []) {
      if (!line.greeted) continue;
      const stay = this.#needs.memory.maySee(person, stream.key);
      if (into && stay) {
        this.#listen(line, stream.no);
        this.#send(line, pack([down.heads, [this.#headRow(stream, person, stay)], []]));
      } else if (!into && !stay) {
        remove(this.#ofStream, stream.no, line);
        line.streams.delete(stream.no);
        if (line.room === stream.no) line.room = 0;
        this.#send(line, pack([down.heads, [], [stream.no]]));
      }
    }
  }

  #listen(line: Open, stream: number): void {
    line.streams.add(stream);
    add(this.#ofStream, stream, line);
  }

  /** Marks that are now durable, to those who have the room open and to the reader's own devices. */
  marked(streamNo: number, rows: readonly MarkRow[]): void {
    const stream = this.#needs.memory.byNo.get(streamNo);
    const lines = this.#ofStream.get(streamNo);
    if (!stream || !lines) return;
    const all = pack([down.marks, streamNo, 0, rows]);
    for (const line of lines) if (line.room === streamNo) this.#send(line, all);
    for (const row of rows) {
      const person = stream.byNo.get(row[0])?.person;
      for (const line of (person && this.#ofPerson.get(person)) || []) {
        if (line.room !== streamNo && line.streams.has(streamNo)) this.#send(line, pack([down.marks, streamNo, 0, [row]]));
      }
    }
  }

  #headRow(stream: StreamMemory, person: Id, stay: Stay): HeadRow {
    return [stream.no, stream.key, stream.head, stream.messages, this.#needs.memory.member(stream.key, person)?.no ?? 0, stay.visibleFrom];
  }

  /** All that a line may hear, and it hears it from now on. Computed in one turn, so that nothing moves meanwhile. */
  async #sight(line: Open): Promise<{ rows: HeadRow[]; marks: [stream: number, row: MarkRow][] }> {
    const { memory, marks } = this.#needs;
    for (;;) {
      const lacking = [...memory.sight(line.person).keys()].map((key) => memory.streams.get(key)!.no).filter((no) => !marks.held(no));
      if (lacking.length === 0) break;
      await Promise.all(lacking.map((no) => marks.of(no)));
    }
    const rows: HeadRow[] = [];
    const mine: [number, MarkRow][] = [];
    for (const [key, stay] of memory.sight(line.person)) {
      const stream = memory.streams.get(key)!;
      const row = this.#headRow(stream, line.person, stay);
      rows.push(row);
      const mark = marks.held(stream.no)?.get(row[4]);
      if (mark) mine.push([stream.no, [row[4], mark.delivered, mark.read, mark.ranges, mark.at]]);
      if (this.#lines.has(line)) this.#listen(line, stream.no);
    }
    return { rows, marks: mine };
  }

  async #allHeads(line: Open): Promise<void> {
    const { rows, marks } = await this.#sight(line);
    this.#sendHeads(line, rows, marks);
  }

  #sendHeads(line: Open, rows: readonly HeadRow[], marks: readonly [number, MarkRow][]): void {
    this.#send(line, pack([down.heads, rows, [], 1]));
    for (const [stream, row] of marks) this.#send(line, pack([down.marks, stream, 0, [row]]));
  }

  // ---- up

  async #hear(line: Open, bytes: Uint8Array): Promise<void> {
    const frames = unpack(bytes);
    if (!frames) return this.#bye(line, 'line.garbage', 4000);
    for (const frame of frames) {
      if (!this.#lines.has(line)) return;
      const actor = line.actor();
      if (!actor || actor.person !== line.person) return this.#bye(line, 'account.signedOut', 4001);
      if (!line.greeted && frame[0] !== up.hello) return this.#bye(line, 'line.garbage', 4000);
      try {
        // Commands are handed over in order and answered when they are decided; the line does not wait for one to hear the next.
        if (frame[0] === up.command) void this.#command(line, actor, frame);
        else {
          // One small frame (a room opened, a mark told again) is answered with many bytes, to many: who says too much is heard slowly.
          const wait = this.#frames.take(line.person);
          if (wait > 0) await new Promise((done) => setTimeout(done, wait));
          await this.#frame(line, frame);
        }
      } catch (error) {
        if (error instanceof Malformed) return this.#bye(line, 'line.garbage', 4000);
        return this.#failed(line, error);
      }
    }
  }

  async #frame(line: Open, frame: Frame): Promise<void> {
    switch (frame[0]) {
      case up.hello: return this.#hello(line, frame);
      case up.again: return this.#again(line, whole(frame[1]));
      case up.fetch: return this.#fetch(line, whole(frame[1]), whole(frame[2]));
      case up.old: return this.#old(line, whole(frame[1]), whole(frame[2]), Math.min(whole(frame[3]), longestPage));
      case up.read: return this.#needs.marks.read(whole(frame[1]), line.person, ranges(frame[2]));
      case up.arrived: {
        for (const pair of list(frame[1], 1000)) {
          const [stream, head] = list(pair, 2);
          this.#needs.marks.arrived(whole(stream), line.person, whole(head));
        }
        return;
      }
      case up.open: return this.#openRoom(line, whole(frame[1]));
      case up.ping: return this.#send(line, pack([down.pong, this.#needs.now()]));
      default: throw new Malformed();
    }
  }

  async #hello(line: Open, frame: Frame): Promise<void> {
    const version = whole(frame[1]);
    if (version !== wireVersion) return this.#bye(line, version < wireVersion ? 'line.oldClient' : 'line.oldServer', 4000);
    const { history } = this.#needs.memory;
    line.greeted = true;
    line.next = 1;
    line.holding = false;
    const { rows, marks } = await this.#sight(line);
    const read = new Map(marks.map(([stream, mark]) => [stream, markNumber({ read: mark[2], ranges: mark[3] })]));
    const historyBytes = idToBytes(history);
    const same = equal(digest(historyBytes, rows.map((row) => [row[0], row[2], read.get(row[0]) ?? 0])), frame[2]);
    this.#send(line, pack([down.welcome, wireVersion, this.#needs.now(), same ? 1 : 0, historyBytes]));
    if (!same) this.#sendHeads(line, rows, marks);
  }

  async #command(line: Open, actor: Actor, frame: Frame): Promise<void> {
    const [, idBytes, name, input, deviceAt, k] = frame;
    if (!(idBytes instanceof Uint8Array) || idBytes.length !== 16 || typeof name !== 'string' || typeof k !== 'number') return this.#bye(line, 'line.garbage', 4000);
    // One came twice, or after it was given up; its answer is on the way, or it comes again with another number.
    if (line.holding || k < line.next) return;
    // One is missing before this: it must not be overtaken.
    if (k > line.next) return this.#hold(line, 0);
    line.next = k + 1;
    const id = bytesToId(idBytes);
    try {
      const answer: Answer = idShape.safeParse(id).success
        ? await this.#needs.submit(actor, { id, name, input }, typeof deviceAt === 'number' ? deviceAt : null)
        : { ok: false, code: 'command.malformed' };
      this.#send(line, pack(this.#answerFrame(idBytes, answer)));
    } catch (error) {
      if (error instanceof ComeBackLater) this.#hold(line, error.after);
      else this.#failed(line, error);
    }
  }

  #answerFrame(id: Uint8Array, answer: Answer): DownFrame {
    if (!answer.ok) return [down.answer, id, 0, answer.code, answer.params ?? null];
    return [down.answer, id, 1, this.#needs.memory.streams.get(answer.stream)?.no ?? 0, answer.seq, answer.at];
  }

  /** Nothing was decided. The device sends everything again, in order; until it does, nothing overtakes. */
  #hold(line: Open, ms: number): void {
    if (line.holding) return;
    line.holding = true;
    this.#send(line, pack([down.later, ms]));
  }

  #again(line: Open, k: number): void {
    if (k < line.next) return;
    line.next = k;
    line.holding = false;
  }

  #seen(line: Open, streamNo: number): { stream: StreamMemory; stay: Stay } | undefined {
    const stream = this.#needs.memory.byNo.get(streamNo);
    const stay = stream && this.#needs.memory.maySee(line.person, stream.key);
    return stream && stay && { stream, stay };
  }

  /** Whether a line may ask for a page now; else it is told when. */
  #mayFetch(line: Open): boolean {
    if (line.holding) return false;
    const wait = this.#fetches.take(line);
    if (wait > 0) this.#hold(line, wait);
    return wait === 0;
  }

  /**
   * Reads something of a stream for a line, so that it is exactly what the stream is at its head: if the stream moved
   * while it was read, it is read again. What happens after is told live, behind it.
   * @returns `undefined` when this line may not see it (any more)
   */
  async #still<T>(line: Open, streamNo: number, read: (stream: StreamMemory, stay: Stay) => Promise<T>): Promise<{ stream: StreamMemory; stay: Stay; value: T } | undefined> {
    for (;;) {
      const seen = this.#seen(line, streamNo);
      if (!seen) {
        this.#send(line, pack([down.heads, [], [streamNo]]));
        return undefined;
      }
      const { head } = seen.stream;
      const value = await read(seen.stream, seen.stay);
      const now = this.#seen(line, streamNo);
      if (now && now.stream.head === head && now.stay.visibleFrom === seen.stay.visibleFrom) return { ...seen, value };
      if (!this.#lines.has(line)) return undefined;
    }
  }

  async #fetch(line: Open, streamNo: number, after: number): Promise<void> {
    if (!this.#mayFetch(line)) return;
    const seen = this.#seen(line, streamNo);
    if (seen) {
      const { stream, stay } = seen;
      if (after === 0 || after > stream.head || after < stay.visibleFrom - 1 || stream.head - after > longestCatchUp) return this.#snapshot(line, streamNo);
      const tail = this.#tails.get(streamNo);
      if (after === stream.head || (tail && tail.entries.length > 0 && tail.entries[0]!.seq <= after + 1)) {
        let batch = tail?.batches.get(after);
        if (!batch) {
          const frames = after === stream.head ? [] : tail!.entries.filter((e) => e.seq > after).map((e) => e.bytes);
          batch = pack([down.batch, streamNo, after, stream.head, ...squeezed(Buffer.concat(frames))]);
          if (tail && tail.batches.size < mostBatches) tail.batches.set(after, batch);
        }
        return this.#send(line, batch);
      }
    }
    const found = await this.#still(line, streamNo, (stream) => this.#fromTables(stream, after));
    if (found) this.#send(line, pack([down.batch, streamNo, after, found.stream.head, ...squeezed(Buffer.concat(found.value))]));
  }

  async #fromTables(stream: StreamMemory, after: number): Promise<Uint8Array[]> {
    const { house, pool } = this.#needs;
    const events = (await eventsAfter(pool, house, stream, after, longestCatchUp * 2)).filter((event) => event.seq <= stream.head);
    const numbers = { stream: stream.no, member: this.#spoken(stream) };
    const entries = events.map((event) => ({ seq: event.seq, bytes: pack(eventFrame(house.kinds.get(event.kind)!, event, numbers)) }));
    if (!this.#tails.has(stream.no) && events.at(-1)?.seq === stream.head) this.#keep(stream.no, entries);
    return entries.map((e) => e.bytes);
  }

  /** The newest windowed things born before `before`, down to a floor below which some may be missing. */
  async #windows(stream: StreamMemory, stay: Stay, before: number, limit: number): Promise<{ docs: Doc[]; floor: number }> {
    const docs: Doc[] = [];
    let floor = stay.visibleFrom;
    for (const { noun, windowed } of this.#needs.house.nouns) {
      if (!windowed) continue;
      const window = await windowOf(this.#needs.pool, noun, stream.no, before, stay.visibleFrom, limit);
      if (window.length === limit) floor = Math.max(floor, window[0]!.born);
      docs.push(...window);
    }
    return { docs: docs.filter((doc) => doc.born >= floor), floor };
  }

  /** What `apply` would have made: all whole things, and the newest messages. */
  async #snapshot(line: Open, streamNo: number): Promise<void> {
    const { memory } = this.#needs;
    const found = await this.#still(line, streamNo, async (stream, stay) => {
      const { docs, floor } = await this.#windows(stream, stay, stream.head + 1, windowSize);
      return { docs, floor, ...(await this.#unreadBelow(stream, stay, line.person, floor)) };
    });
    if (!found) return;
    const { stream, stay, value: { docs, floor, below, mark } } = found;
    const whole = memory.of(stream.key).filter((doc) => memory.isVisible(doc, stay));
    const who = memory.member(stream.key, line.person)!;
    const markRow: MarkRow | null = mark ? [who.no, mark.delivered, mark.read, mark.ranges, mark.at] : null;
    this.#send(line, pack([down.snapshot, stream.no, stream.key, stream.head, floor, below, who.no, stay.visibleFrom, markRow, ...squeezed(pack([0, rowsOf([...whole, ...docs])]))]));
  }

  /** How many messages that this person may see and has not been shown lie below `floor`. */
  async #unreadBelow(stream: StreamMemory, stay: Stay, person: Id, floor: number): Promise<{ below: number; mark: (Watermark & { at: Moment }) | undefined }> {
    const { memory, marks, pool } = this.#needs;
    const who = memory.member(stream.key, person)!;
    const mark = (await marks.of(stream.no)).get(who.no);
    const from = Math.max(stay.visibleFrom, (mark?.read ?? 0) + 1);
    if (floor <= from) return { below: 0, mark };
    const { rows } = await pool.query<{ seq: number }>({
      name: 'unread-below',
      text: 'select seq from event where workspace = 1 and stream = $1 and seq < $2 and seq >= $3 and message is not null and by <> $4 order by seq desc limit 10000',
      values: [stream.no, floor, from, person],
    });
    return { below: rows.filter((r) => isCounted(who, r.seq) && !hasRead(mark, r.seq)).length, mark };
  }

  async #old(line: Open, streamNo: number, before: number, limit: number): Promise<void> {
    if (!this.#mayFetch(line)) return;
    const found = await this.#still(line, streamNo, async (stream, stay) => {
      const { docs, floor } = limit === 0 ? { docs: [], floor: Math.max(before, stay.visibleFrom) } : await this.#windows(stream, stay, before, limit);
      return { docs, floor, ...(await this.#unreadBelow(stream, stay, line.person, floor)) };
    });
    if (!found) return;
    const { docs, floor, below } = found.value;
    this.#send(line, pack([down.old, streamNo, floor, below, ...squeezed(pack([0, rowsOf(docs)]))]));
  }

  async #openRoom(line: Open, streamNo: number): Promise<void> {
    line.room = 0;
    if (streamNo === 0) return;
    // What one may not see is not even looked up: it would be kept, and told apart by the time it takes.
    if (!this.#seen(line, streamNo)) return;
    const marks = await this.#needs.marks.of(streamNo);
    if (!this.#seen(line, streamNo)) return;
    line.room = streamNo;
    const rows: MarkRow[] = [...marks].map(([no, m]) => [no, m.delivered, m.read, m.ranges, m.at]);
    this.#send(line, pack([down.marks, streamNo, 1, rows]));
  }
}

const rowsOf = (docs: readonly Doc[]): DocRow[] => docs.map((doc) => [doc.noun, doc.id, doc.born, doc.seq, doc.value]);

class Malformed extends Error {}

function whole(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new Malformed();
  return value;
}

function list(value: unknown, most: number): unknown[] {
  if (!Array.isArray(value) || value.length > most) throw new Malformed();
  return value;
}

function ranges(value: unknown): Range[] {
  return list(value, 500).map((pair) => {
    const [from, to] = list(pair, 2);
    return [whole(from), whole(to)];
  });
}

function equal(a: Uint8Array, b: unknown): boolean {
  return b instanceof Uint8Array && a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Compressed where it pays: batches shrink to a tenth, small ones hardly. */
function squeezed(bytes: Uint8Array): [packed: 0 | 1, bytes: Uint8Array] {
  return bytes.length < 400 ? [0, bytes] : [1, deflateRawSync(bytes, { level: 6 })];
}

function add<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}

function remove<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const set = map.get(key);
  set?.delete(value);
  if (set?.size === 0) map.delete(key);
}

