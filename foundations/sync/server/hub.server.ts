import type { Actor, Id, Moment } from '@noroshi/foundations/kernel';
import {
  digest, down, eventFrame, hasRead, isCounted, joined, left, pack, unpack, up, wireVersion,
  type Answer, type Bytes, type Doc, type DocRow, type Event, type Frame, type HeadRow, type House, type MarkRow, type Range, type Stay,
} from '@noroshi/foundations/sync';
import { bytesToId } from '@noroshi/foundations/kernel';
import { deflateRawSync } from 'node:zlib';
import type pg from 'pg';
import { ComeBackLater, type Committed, type Committer } from './committer.server.ts';
import type { Marks } from './marks.server.ts';
import type { Memory, StreamMemory } from './memory.server.ts';
import { eventsAfter, windowOf } from './rows.server.ts';

/** How many of a room's newest messages a new device gets at once. */
const windowSize = 50;
/** A device that missed more than this in one stream gets a snapshot instead. */
const longestCatchUp = 500;
/** Encoded events kept in memory for each stream, so that a storm of returns is answered without the database. */
const tailSize = 512;
/** A line that holds more unsent bytes than this is not fed: it fetches when it can. */
const fullAt = 1 << 20;

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
  readonly waiting: Uint8Array[];
  greeted: boolean;
  room: number;
  behind: boolean;
}

export interface HubNeeds {
  readonly pool: pg.Pool;
  readonly memory: Memory;
  readonly house: House;
  readonly marks: Marks;
  readonly committer: Committer;
  readonly now: () => Moment;
}

interface TailEntry { readonly seq: number; readonly bytes: Uint8Array }

/** All open lines, and what is sent down them. */
export class Hub {
  readonly #needs: HubNeeds;
  readonly #lines = new Set<Open>();
  readonly #ofStream = new Map<number, Set<Open>>();
  readonly #ofPerson = new Map<Id, Set<Open>>();
  readonly #tails = new Map<number, TailEntry[]>();
  readonly #flushing = new Set<Open>();

  constructor(needs: HubNeeds) {
    this.#needs = needs;
  }

  /** Lines open now. */
  get size(): number {
    return this.#lines.size;
  }

  /** A device is on the line. Its frames are handed to `hear`; `gone` ends it. */
  open(line: Line): { hear: (bytes: Uint8Array) => Promise<void>; gone: () => void } {
    const actor = line.actor();
    if (!actor) throw new Error('nobody is on this line');
    const one: Open = { ...line, person: actor.person, waiting: [], greeted: false, room: 0, behind: false };
    this.#lines.add(one);
    add(this.#ofPerson, one.person, one);
    return { hear: (bytes) => this.#hear(one, bytes), gone: () => this.#gone(one) };
  }

  #gone(line: Open): void {
    this.#lines.delete(line);
    this.#flushing.delete(line);
    remove(this.#ofPerson, line.person, line);
    for (const lines of this.#ofStream.values()) lines.delete(line);
  }

  /** Ends all lines of a person, or of one of their sessions: at once, and they are told why. */
  hangUp(person: Id, code: string, session?: Id): void {
    for (const line of [...(this.#ofPerson.get(person) ?? [])]) {
      if (session && line.session !== session) continue;
      line.carrier.send(pack([down.bye, code]));
      line.carrier.close(4001, code);
      this.#gone(line);
    }
  }

  /** Ends all lines, for a server that stops: they come back by themselves, each at a time of its own. */
  closeAll(): void {
    for (const line of [...this.#lines]) {
      line.carrier.close(1012, 'restart');
      this.#gone(line);
    }
  }

  // ---- down

  #send(line: Open, bytes: Uint8Array): void {
    if (line.behind) return;
    line.waiting.push(bytes);
    if (this.#flushing.size === 0) queueMicrotask(() => this.#flush());
    this.#flushing.add(line);
  }

  /** What became ready for a line in one turn is one write. */
  #flush(): void {
    for (const line of this.#flushing) {
      const bytes = line.waiting.length === 1 ? line.waiting[0]! : Buffer.concat(line.waiting);
      line.waiting.length = 0;
      line.carrier.send(bytes);
    }
    this.#flushing.clear();
  }

  /** Tells what became true to all who may hear it. Each event is encoded once. */
  heard(committed: readonly Committed[]): void {
    for (const { stream, events } of committed) {
      const frames = events.map((event) => this.#remember(stream, event));
      const joint = frames.length === 1 ? frames[0]! : Buffer.concat(frames);
      for (const event of events) {
        if (event.kind === left.kind) this.#moved((event.body as { person: Id }).person, stream, false);
      }
      const lines = this.#ofStream.get(stream.no);
      if (lines) {
        for (const line of lines) {
          if (line.carrier.unsent > fullAt) this.#leaveBehind(line);
          else this.#send(line, joint);
        }
      }
      for (const event of events) {
        if (event.kind === joined.kind) this.#moved((event.body as { person: Id }).person, stream, true);
      }
    }
  }

  /** Takes a committed event of another node into the tail and returns its encoding. */
  #remember(stream: StreamMemory, event: Event): Bytes {
    const { memory, house } = this.#needs;
    const bytes = pack(eventFrame(house.kinds.get(event.kind)!, event, {
      stream: stream.no,
      member: (person) => {
        const who = memory.member(stream.key, person);
        return who && { no: who.no, org: who.card.org };
      },
    }));
    let tail = this.#tails.get(stream.no);
    if (!tail) this.#tails.set(stream.no, (tail = []));
    tail.push({ seq: event.seq, bytes });
    if (tail.length > tailSize * 1.25) tail.splice(0, tail.length - tailSize);
    return bytes;
  }

  /** A line that does not drain is told nothing more until it has; then it is told its heads and fetches. */
  #leaveBehind(line: Open): void {
    if (line.behind) return;
    line.behind = true;
    line.waiting.length = 0;
    const look = setInterval(() => {
      if (!this.#lines.has(line)) clearInterval(look);
      else if (line.carrier.unsent < fullAt / 4) {
        clearInterval(look);
        line.behind = false;
        void this.#heads(line).then((heads) => this.#send(line, heads));
      }
    }, 500);
    look.unref();
  }

  /** Someone came into or out of a stream: their open devices learn it now. */
  #moved(person: Id, stream: StreamMemory, into: boolean): void {
    for (const line of this.#ofPerson.get(person) ?? []) {
      if (!line.greeted) continue;
      if (into) {
        add(this.#ofStream, stream.no, line);
        this.#send(line, pack([down.heads, [this.#headRow(stream, person)], []]));
      } else if (!this.#needs.memory.maySee(person, stream.key)) {
        this.#ofStream.get(stream.no)?.delete(line);
        if (line.room === stream.no) line.room = 0;
        this.#send(line, pack([down.heads, [], [stream.no]]));
      }
    }
  }

  /** Marks that are now durable, to those who have the room open and to the reader's own devices. */
  marked(streamNo: number, rows: readonly MarkRow[]): void {
    const stream = this.#needs.memory.byNo.get(streamNo);
    const lines = this.#ofStream.get(streamNo);
    if (!stream || !lines) return;
    const all = pack([down.marks, streamNo, 0, rows]);
    for (const line of lines) {
      if (line.room === streamNo) this.#send(line, all);
      else {
        const no = this.#needs.memory.member(stream.key, line.person)?.no;
        const mine = rows.filter((row) => row[0] === no);
        if (mine.length > 0) this.#send(line, pack([down.marks, streamNo, 0, mine]));
      }
    }
  }

  #headRow(stream: StreamMemory, person: Id): HeadRow {
    return [stream.no, stream.key, stream.head, stream.messages, this.#needs.memory.member(stream.key, person)?.no ?? 0];
  }

  async #heads(line: Open): Promise<Bytes> {
    const { memory, marks } = this.#needs;
    const rows: HeadRow[] = [];
    const mine: [number, MarkRow][] = [];
    for (const key of memory.sight(line.person).keys()) {
      const stream = memory.streams.get(key)!;
      const row = this.#headRow(stream, line.person);
      rows.push(row);
      const mark = (await marks.of(stream.no)).get(row[4]);
      if (mark) mine.push([stream.no, [row[4], mark.delivered, mark.read, mark.ranges, mark.at]]);
    }
    const frames = [pack([down.heads, rows, [], 1]), ...mine.map(([no, row]) => pack([down.marks, no, 0, [row]]))];
    return Buffer.concat(frames);
  }

  // ---- up

  async #hear(line: Open, bytes: Uint8Array): Promise<void> {
    const frames = unpack(bytes);
    if (!frames) return this.#refuse(line, 'line.garbage');
    for (const frame of frames) {
      const actor = line.actor();
      if (!actor) return this.#refuse(line, 'account.signedOut');
      if (!line.greeted && frame[0] !== up.hello) return this.#refuse(line, 'line.garbage');
      try {
        // Commands are handed over in order and answered when they are decided; the line does not wait for one to hear the next.
        if (frame[0] === up.command) void this.#command(line, actor, frame);
        else await this.#frame(line, frame);
      } catch (error) {
        if (error instanceof Malformed) return this.#refuse(line, 'line.garbage');
        throw error;
      }
    }
  }

  #refuse(line: Open, code: string): void {
    line.carrier.send(pack([down.bye, code]));
    line.carrier.close(4000, code);
    this.#gone(line);
  }

  async #frame(line: Open, frame: Frame): Promise<void> {
    switch (frame[0]) {
      case up.hello: return this.#hello(line, frame);
      case up.fetch: return this.#fetch(line, whole(frame[1]), whole(frame[2]));
      case up.old: return this.#old(line, whole(frame[1]), whole(frame[2]), Math.min(whole(frame[3]), 200));
      case up.read: return this.#needs.marks.read(whole(frame[1]), line.person, ranges(frame[2]));
      case up.arrived: {
        for (const pair of list(frame[1], 1000)) {
          const [stream, head] = list(pair, 2);
          await this.#needs.marks.arrived(whole(stream), line.person, whole(head));
        }
        return;
      }
      case up.open: return this.#openRoom(line, whole(frame[1]));
      case up.ping: return this.#send(line, pack([down.pong, this.#needs.now()]));
      default: throw new Malformed();
    }
  }

  async #hello(line: Open, frame: Frame): Promise<void> {
    if (frame[1] !== wireVersion) return this.#refuse(line, 'line.oldClient');
    const { memory, marks } = this.#needs;
    line.greeted = true;
    const cursors: [number, number][] = [];
    for (const key of memory.sight(line.person).keys()) {
      const stream = memory.streams.get(key)!;
      add(this.#ofStream, stream.no, line);
      cursors.push([stream.no * 2, stream.head]);
      const mark = (await marks.of(stream.no)).get(memory.member(key, line.person)?.no ?? 0);
      if (mark) cursors.push([stream.no * 2 + 1, mark.read]);
    }
    const same = equal(digest(cursors), frame[2]);
    this.#send(line, pack([down.welcome, wireVersion, this.#needs.now(), same ? 1 : 0]));
    if (!same) this.#send(line, await this.#heads(line));
  }

  async #command(line: Open, actor: Actor, frame: Frame): Promise<void> {
    const [, idBytes, name, input, deviceAt] = frame as unknown as [number, Uint8Array, string, unknown, number];
    if (!(idBytes instanceof Uint8Array) || idBytes.length !== 16 || typeof name !== 'string') return this.#refuse(line, 'line.garbage');
    const id = bytesToId(idBytes);
    try {
      const answer = await this.#needs.committer.submit(actor, { id, name, input }, typeof deviceAt === 'number' ? deviceAt : null);
      this.#send(line, pack(this.#answerFrame(idBytes, answer)));
    } catch (error) {
      if (!(error instanceof ComeBackLater)) throw error;
      // No answer: the device keeps the command and sends it again.
    }
  }

  #answerFrame(id: Uint8Array, answer: Answer): Frame {
    if (!answer.ok) return [down.answer, id, 0, answer.code, answer.params ?? null];
    return [down.answer, id, 1, this.#needs.memory.streams.get(answer.stream)?.no ?? 0, answer.seq, answer.at];
  }

  #seen(line: Open, streamNo: number): { stream: StreamMemory; stay: Stay } | undefined {
    const stream = this.#needs.memory.byNo.get(streamNo);
    const stay = stream && this.#needs.memory.maySee(line.person, stream.key);
    return stream && stay && { stream, stay };
  }

  async #fetch(line: Open, streamNo: number, after: number): Promise<void> {
    const seen = this.#seen(line, streamNo);
    if (!seen) return this.#send(line, pack([down.heads, [], [streamNo]]));
    const { stream, stay } = seen;
    if (after === 0 || after > stream.head || after < stay.visibleFrom - 1 || stream.head - after > longestCatchUp) return this.#snapshot(line, stream, stay);
    const tail = this.#tails.get(streamNo);
    let frames: Uint8Array[];
    if (tail && tail.length > 0 && tail[0]!.seq <= after + 1) frames = tail.filter((e) => e.seq > after).map((e) => e.bytes);
    else frames = await this.#fromTables(stream, after);
    this.#send(line, pack([down.batch, streamNo, after, stream.head, ...squeezed(Buffer.concat(frames))]));
  }

  async #fromTables(stream: StreamMemory, after: number): Promise<Uint8Array[]> {
    const { memory, house, pool } = this.#needs;
    const member = (person: Id): { no: number; org: Id } | undefined => {
      const who = memory.member(stream.key, person);
      return who && { no: who.no, org: who.card.org };
    };
    const events = await eventsAfter(pool, house, stream, after, longestCatchUp);
    const filled = events.map((event) => ({ seq: event.seq, bytes: pack(eventFrame(house.kinds.get(event.kind)!, event, { stream: stream.no, member })) }));
    if (!this.#tails.has(stream.no) && events.at(-1)?.seq === stream.head) this.#tails.set(stream.no, filled.slice(-tailSize));
    return filled.map((e) => e.bytes);
  }

  /** What `apply` would have made: all whole things, and the newest messages. */
  async #snapshot(line: Open, stream: StreamMemory, stay: Stay): Promise<void> {
    const { memory, pool, house, marks } = this.#needs;
    const head = stream.head;
    const whole = memory.of(stream.key).filter((doc) => memory.isVisible(doc, stay));
    const windows: Doc[] = [];
    let floor = stay.visibleFrom;
    for (const noun of house.nouns) {
      if (!noun.windowed) continue;
      const window = await windowOf(pool, noun.noun, stream.no, head + 1, stay.visibleFrom, windowSize);
      windows.push(...window);
      if (window.length === windowSize) floor = Math.max(floor, window[0]!.born);
    }
    const who = memory.member(stream.key, line.person)!;
    const mark = (await marks.of(stream.no)).get(who.no);
    const below = floor > stay.visibleFrom ? await this.#unreadBelow(stream, line.person, floor, mark?.read ?? 0, mark?.ranges ?? []) : 0;
    const docs: DocRow[] = [...whole, ...windows].map((doc) => [doc.noun, doc.id, doc.born, doc.seq, doc.value]);
    this.#send(line, pack([down.snapshot, stream.no, stream.key, head, floor, below, who.no, mark ? [who.no, mark.delivered, mark.read, mark.ranges, mark.at] : null, ...squeezed(pack([0, docs]))]));
  }

  async #unreadBelow(stream: StreamMemory, person: Id, floor: number, read: number, beyond: readonly Range[]): Promise<number> {
    const who = this.#needs.memory.member(stream.key, person)!;
    const { rows } = await this.#needs.pool.query<{ seq: number }>({
      name: 'unread-below',
      text: 'select seq from event where workspace = 1 and stream = $1 and seq < $2 and seq > $3 and message is not null and by <> $4 order by seq desc limit 10000',
      values: [stream.no, floor, read, person],
    });
    return rows.filter((r) => isCounted(who, r.seq) && !hasRead({ delivered: 0, read, ranges: beyond }, r.seq)).length;
  }

  async #old(line: Open, streamNo: number, before: number, limit: number): Promise<void> {
    const seen = this.#seen(line, streamNo);
    if (!seen) return this.#send(line, pack([down.heads, [], [streamNo]]));
    const { stream, stay } = seen;
    const head = stream.head;
    const docs: Doc[] = [];
    for (const noun of this.#needs.house.nouns) {
      if (noun.windowed) docs.push(...(await windowOf(this.#needs.pool, noun.noun, stream.no, before, stay.visibleFrom, limit)));
    }
    const floor = docs.length < limit ? stay.visibleFrom : docs[0]!.born;
    const who = this.#needs.memory.member(stream.key, line.person)!;
    const mark = (await this.#needs.marks.of(stream.no)).get(who.no);
    const below = floor > stay.visibleFrom ? await this.#unreadBelow(stream, line.person, floor, mark?.read ?? 0, mark?.ranges ?? []) : 0;
    const rows: DocRow[] = docs.map((doc) => [doc.noun, doc.id, doc.born, doc.seq, doc.value]);
    // Whatever changed these while they were read is sent along, so that the device can fold it in.
    const since = (this.#tails.get(streamNo) ?? []).filter((e) => e.seq > head).map((e) => e.bytes);
    this.#send(line, pack([down.old, streamNo, floor, below, ...squeezed(pack([0, rows])), Buffer.concat(since)]));
  }

  async #openRoom(line: Open, streamNo: number): Promise<void> {
    line.room = 0;
    if (streamNo === 0 || !this.#seen(line, streamNo)) return;
    line.room = streamNo;
    const marks = await this.#needs.marks.of(streamNo);
    const rows: MarkRow[] = [...marks].map(([no, m]) => [no, m.delivered, m.read, m.ranges, m.at]);
    this.#send(line, pack([down.marks, streamNo, 1, rows]));
  }
}

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

