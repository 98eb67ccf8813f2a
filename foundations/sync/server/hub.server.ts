import { bytesToId, idShape, idToBytes, type Actor, type Id, type Moment } from '@noroshi/foundations/kernel';
import {
  digest, down, joined, left, markNumber, pack, unpackEach, up, wireVersion,
  type Answer, type Bytes, type DownFrame, type Frame, type HeadRow, type House, type MarkRow, type Sent, type Stay,
} from '@noroshi/foundations/sync';
import type pg from 'pg';
import { Buckets, type Rate } from './bucket.server.ts';
import { ComeBackLater } from './committer.server.ts';
import { equal, list, Malformed, ranges, whole } from './frame-parts.server.ts';
import { GatheredMarks, marksFrames } from './gathered-marks.server.ts';
import { Lines, type Line, type OpenLine } from './lines.server.ts';
import type { Marks } from './marks.server.ts';
import type { Memory, StreamMemory } from './memory.server.ts';
import { Pages, type Page, type Reader } from './pages.server.ts';
import { bytesFor, mayHear, Tails, type Entry } from './tails.server.ts';
import type { Committed } from './work.server.ts';

/** Rooms that one device has on its screens at once, at most. */
const mostRooms = 8;

export interface HubNeeds {
  readonly pool: pg.Pool;
  readonly memory: Memory;
  readonly house: House;
  readonly marks: Marks;
  readonly submit: (actor: Actor, sent: Sent, deviceAt: Moment | null) => Promise<Answer>;
  readonly now: () => Moment;
  /** How often one person may ask for pages and snapshots, */
  readonly fetches: Rate;
  /** and how many bytes these may cost to make. */
  readonly fetched: Rate;
  /** How much else one person's lines may say. */
  readonly frames: Rate;
  /** Runs `work` once after so many milliseconds. */
  readonly soon: (work: () => void, ms: number) => void;
  /** For how long marks are gathered for a line that is to be spared (milliseconds). */
  readonly spareFor: number;
  readonly report: (error: unknown, what: string) => void;
}

/** What is told down the open lines, and what is heard from them. */
export class Hub {
  readonly #needs: HubNeeds;
  readonly lines: Lines;
  readonly #tails: Tails;
  readonly #pages: Pages;
  readonly #fetches: Buckets<Id>;
  readonly #fetched: Buckets<Id>;
  readonly #frames: Buckets<Id>;
  readonly #gathered: GatheredMarks;

  constructor(needs: HubNeeds) {
    this.#needs = needs;
    this.#tails = new Tails(needs.house, needs.memory);
    this.#pages = new Pages({ ...needs, tails: this.#tails });
    this.#fetches = new Buckets(needs.fetches, needs.now);
    this.#fetched = new Buckets(needs.fetched, needs.now);
    this.#frames = new Buckets(needs.frames, needs.now);
    this.#gathered = new GatheredMarks({ soon: (work) => needs.soon(work, needs.spareFor), tell: (line, marks) => this.lines.feed(line, marks) });
    this.lines = new Lines({
      report: needs.report,
      drained: (line) => {
        // Answers may have been among what it was not sent.
        line.holding = false;
        this.#hold(line, 0);
        void this.#allHeads(line).catch((error) => this.lines.failed(line, error));
      },
    });
  }

  /** A device is on the line. Its frames are handed to `hear`; `gone` ends it. @throws when the server is stopping, or nobody is there */
  open(line: Line): { hear: (bytes: Uint8Array) => Promise<void>; gone: () => void } {
    const one = this.lines.open(line);
    return { hear: (bytes) => this.#hear(one, bytes), gone: () => this.lines.gone(one) };
  }

  // ---- down

  /** Tells what became true to all who may hear it. Each event is encoded once. */
  heard(committed: readonly Committed[]): void {
    for (const { stream, events } of committed) {
      const entries = events.map((event) => this.#tails.remember(stream, event));
      const joint = jointly(entries, 0);
      // Something is about what began before the door of some: they are told only that it passed.
      const isKept = entries.some((entry) => !mayHear(entry, stream.latestFrom));
      for (const event of events) {
        if (event.kind === left.kind) this.#moved((event.body as { person: Id }).person, stream, false);
      }
      for (const line of this.lines.of(stream.no)) this.lines.feed(line, isKept ? this.#hearable(line, stream, entries, joint) : joint);
      for (const event of events) {
        if (event.kind === joined.kind) this.#moved((event.body as { person: Id }).person, stream, true);
      }
    }
  }

  /** What of these events this line may hear. */
  #hearable(line: OpenLine, stream: StreamMemory, entries: readonly Entry[], joint: Bytes): Bytes {
    const from = this.#needs.memory.maySee(line.person, stream.key)?.visibleFrom ?? Infinity;
    return entries.every((entry) => mayHear(entry, from)) ? joint : jointly(entries, from);
  }

  /** Someone came into or out of a stream: their open devices learn it now. */
  #moved(person: Id, stream: StreamMemory, into: boolean): void {
    for (const line of this.lines.ofPerson(person)) {
      if (!line.greeted) continue;
      const stay = this.#needs.memory.maySee(person, stream.key);
      if (into && stay) {
        this.lines.listen(line, stream.no);
        this.lines.send(line, pack([down.heads, [this.#headRow(stream, person, stay)], []]));
      } else if (!into && !stay) {
        this.lines.unlisten(line, stream.no);
        this.lines.send(line, pack([down.heads, [], [stream.no]]));
      }
    }
  }

  /** Marks that are now durable, to those who have the room open and to the reader's own devices. */
  marked(streamNo: number, rows: readonly MarkRow[]): void {
    const stream = this.#needs.memory.byNo.get(streamNo);
    if (!stream) return;
    const tell = marksFrames(streamNo, 0, rows);
    for (const line of this.lines.of(streamNo)) {
      if (!line.rooms.has(streamNo)) continue;
      if (line.sparing) this.#gathered.add(line, streamNo, rows);
      else this.lines.feed(line, tell(line));
    }
    for (const row of rows) {
      const person = stream.byNo.get(row[0])?.person;
      for (const line of this.lines.ofPerson(person)) {
        if (!line.rooms.has(streamNo) && line.streams.has(streamNo)) this.lines.send(line, pack([down.marks, streamNo, 0, [row]]));
      }
    }
  }

  #headRow(stream: StreamMemory, person: Id, stay: Stay): HeadRow {
    return [stream.no, stream.key, stream.head, stream.messages, this.#needs.memory.member(stream.key, person)?.no ?? 0, stay.visibleFrom];
  }

  /** All that a line may hear, and it hears it from now on. Computed in one turn, so that nothing moves meanwhile. */
  async #sight(line: OpenLine): Promise<{ rows: HeadRow[]; marks: [stream: number, row: MarkRow][] }> {
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
      if (this.lines.has(line)) this.lines.listen(line, stream.no);
    }
    return { rows, marks: mine };
  }

  async #allHeads(line: OpenLine): Promise<void> {
    const { rows, marks } = await this.#sight(line);
    this.#sendHeads(line, rows, marks);
  }

  #sendHeads(line: OpenLine, rows: readonly HeadRow[], marks: readonly [number, MarkRow][]): void {
    this.lines.send(line, pack([down.heads, rows, [], 1]));
    for (const [stream, row] of marks) this.lines.send(line, pack([down.marks, stream, 0, [row]]));
  }

  // ---- up

  async #hear(line: OpenLine, bytes: Uint8Array): Promise<void> {
    for (const frame of unpackEach(bytes)) {
      if (!this.lines.has(line)) return;
      if (!frame) return this.lines.bye(line, 'line.garbage', 4000);
      const actor = line.actor();
      if (!actor || actor.person !== line.person) return this.lines.bye(line, 'account.signedOut', 4001);
      this.lines.heard(line.person, this.#needs.now());
      if (!line.greeted && frame[0] !== up.hello) return this.lines.bye(line, 'line.garbage', 4000);
      try {
        // Commands are handed over in order and answered when they are decided; the line does not wait for one to hear the next.
        if (frame[0] === up.command) void this.#command(line, actor, frame);
        else {
          // One small frame (a room opened, a mark told again) is answered with many bytes, to many: who says too much is heard slowly.
          const wait = this.#frames.spend(line.person);
          if (wait > 0) await new Promise((done) => setTimeout(done, wait));
          await this.#frame(line, frame);
        }
      } catch (error) {
        if (error instanceof Malformed) return this.lines.bye(line, 'line.garbage', 4000);
        return this.lines.failed(line, error);
      }
    }
  }

  async #frame(line: OpenLine, frame: Frame): Promise<void> {
    switch (frame[0]) {
      case up.hello: return this.#hello(line, frame);
      case up.again: return this.#again(line, whole(frame[1]));
      case up.fetch: {
        const [stream, after] = [whole(frame[1]), whole(frame[2])];
        return this.#page(line, stream, (reader) => this.#pages.after(reader, stream, after));
      }
      case up.old: {
        const [stream, before, limit] = [whole(frame[1]), whole(frame[2]), whole(frame[3])];
        return this.#page(line, stream, (reader) => this.#pages.before(reader, stream, before, limit));
      }
      case up.read: return this.#needs.marks.read(whole(frame[1]), line.person, ranges(frame[2]));
      case up.arrived: {
        for (const pair of list(frame[1], 1000)) {
          const [stream, head] = list(pair, 2);
          this.#needs.marks.arrived(whole(stream), line.person, whole(head));
        }
        return;
      }
      case up.open: return this.#openRooms(line, list(frame.slice(1), mostRooms).map(whole));
      case up.ping: {
        if (frame[1] !== undefined) this.#gathered.spare(line, frame[1]);
        return this.lines.send(line, pack([down.pong, this.#needs.now()]));
      }
      default: throw new Malformed();
    }
  }

  async #hello(line: OpenLine, frame: Frame): Promise<void> {
    const version = whole(frame[1]);
    if (version !== wireVersion) return this.lines.bye(line, version < wireVersion ? 'line.oldClient' : 'line.oldServer', 4000);
    const { history } = this.#needs.memory;
    line.greeted = true;
    line.joint = frame[3] === 1;
    line.next = 1;
    line.holding = false;
    this.#gathered.spare(line, frame[4]);
    const { rows, marks } = await this.#sight(line);
    const read = new Map(marks.map(([stream, mark]) => [stream, markNumber({ read: mark[2], ranges: mark[3] })]));
    const historyBytes = idToBytes(history);
    const same = equal(digest(historyBytes, rows.map((row) => [row[0], row[2], read.get(row[0]) ?? 0])), frame[2]);
    this.lines.send(line, pack([down.welcome, wireVersion, this.#needs.now(), same ? 1 : 0, historyBytes]));
    if (!same) this.#sendHeads(line, rows, marks);
  }

  async #command(line: OpenLine, actor: Actor, frame: Frame): Promise<void> {
    const [, idBytes, name, input, deviceAt, k] = frame;
    if (!(idBytes instanceof Uint8Array) || idBytes.length !== 16 || typeof name !== 'string' || typeof k !== 'number') return this.lines.bye(line, 'line.garbage', 4000);
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
      this.lines.send(line, pack(this.#answerFrame(idBytes, answer)));
    } catch (error) {
      if (error instanceof ComeBackLater) this.#hold(line, error.after);
      else this.lines.failed(line, error);
    }
  }

  #answerFrame(id: Uint8Array, answer: Answer): DownFrame {
    if (!answer.ok) return [down.answer, id, 0, answer.code, answer.params ?? null];
    return [down.answer, id, 1, this.#needs.memory.streams.get(answer.stream)?.no ?? 0, answer.seq, answer.at];
  }

  /** Nothing was decided. The device sends everything again, in order; until it does, nothing overtakes. */
  #hold(line: OpenLine, ms: number): void {
    if (line.holding) return;
    line.holding = true;
    this.lines.send(line, pack([down.later, ms]));
  }

  #again(line: OpenLine, k: number): void {
    if (k < line.next) return;
    line.next = k;
    line.holding = false;
  }

  /** Whether a line may ask for a page now; else it is told when. */
  #mayFetch(line: OpenLine): boolean {
    // A line that does not drain is told where things stand when it has, and asks again then.
    if (line.holding || !this.lines.drains(line)) return false;
    const wait = Math.max(this.#fetched.owes(line.person), this.#fetches.take(line.person));
    if (wait > 0) this.#hold(line, wait);
    return wait === 0;
  }

  /** Sends a page that was asked for; a stream that this line may not see has closed, or never was. */
  async #page(line: OpenLine, streamNo: number, read: (reader: Reader) => Promise<Page | undefined>): Promise<void> {
    if (!this.#mayFetch(line)) return;
    const page = await read({ person: line.person, isThere: () => this.lines.has(line) });
    if (page) this.#fetched.spend(line.person, page.cost);
    this.lines.send(line, page?.frame ?? pack([down.heads, [], [streamNo]]));
  }

  async #openRooms(line: OpenLine, streams: readonly number[]): Promise<void> {
    const rooms = new Set<number>();
    line.rooms = rooms;
    for (const streamNo of streams) {
      // What one may not see is not even looked up: it would be kept, and told apart by the time it takes.
      if (streamNo === 0 || !this.#pages.seen(line.person, streamNo) || !this.lines.drains(line)) continue;
      const marks = await this.#needs.marks.of(streamNo);
      if (!this.#pages.seen(line.person, streamNo)) continue;
      rooms.add(streamNo);
      const rows: MarkRow[] = [...marks].map(([no, m]) => [no, m.delivered, m.read, m.ranges, m.at]);
      this.lines.send(line, marksFrames(streamNo, 1, rows)(line));
    }
  }
}

const jointly = (entries: readonly Entry[], from: number): Bytes => (entries.length === 1 ? bytesFor(entries[0]!, from) : Buffer.concat(entries.map((entry) => bytesFor(entry, from))));
