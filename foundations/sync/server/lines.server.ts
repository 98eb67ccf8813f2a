import type { Actor, Id, Moment } from '@noroshi/foundations/kernel';
import { down, pack, type MarkRow } from '@noroshi/foundations/sync';

/** A line that holds more unsent bytes than this is not fed: it fetches when it can. */
const fullAt = 1 << 20;
/** Lines of one person; with one more the oldest ends. */
const mostLines = 32;
/** How often a line that does not drain is looked at, and after how many looks it is given up. */
const lookEvery = 500;
const looks = 120;
/** More than this is not put together into one write (bytes): half a second of a thin line. */
const long = 4_096;

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

/** A line that is open, and how far it has come. */
export interface OpenLine extends Line {
  readonly person: Id;
  /** The streams whose events this line is sent. */
  readonly streams: Set<number>;
  waiting: Uint8Array[];
  greeted: boolean;
  /** Takes marks that are alike told together. */
  joint: boolean;
  /** The rooms on the screens of this device: each of its windows may show another. */
  rooms: Set<number>;
  /** The line is bad or dear: marks of others are gathered for it. Those that wait, by stream and member. */
  sparing: boolean;
  readonly gathered: Map<number, Map<number, MarkRow>>;
  /** Does not drain: is sent nothing until it does. */
  behind: boolean;
  /** The number of the next command on this line. */
  next: number;
  /** Has been told to come back later; until it says `again`, what it asks is not heard, so that its order stays. */
  holding: boolean;
}

interface Needs {
  readonly report: (error: unknown, what: string) => void;
  /** A line that did not drain has: it is told again where everything stands. */
  readonly drained: (line: OpenLine) => void;
}

/** All open lines: who is on which, which stream goes down which, and the bytes that go down them. */
export class Lines {
  readonly #needs: Needs;
  readonly #all = new Set<OpenLine>();
  readonly #ofStream = new Map<number, Set<OpenLine>>();
  readonly #ofPerson = new Map<Id, Set<OpenLine>>();
  /** When each person was last heard, on a line or beside one: of this process alone. */
  readonly #heardAt = new Map<Id, Moment>();
  #flushing = new Set<OpenLine>();
  #closed = false;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** The server is stopping: no line is opened any more. */
  get isClosed(): boolean {
    return this.#closed;
  }

  /** Lines open now. */
  get size(): number {
    return this.#all.size;
  }

  has(line: OpenLine): boolean {
    return this.#all.has(line);
  }

  /** Lines down which a stream goes. */
  of(stream: number): Iterable<OpenLine> {
    return this.#ofStream.get(stream) ?? [];
  }

  ofPerson(person: Id | undefined): Iterable<OpenLine> {
    return (person !== undefined && this.#ofPerson.get(person)) || [];
  }

  /** A person was heard. */
  heard(person: Id, at: Moment): void {
    this.#heardAt.set(person, at);
  }

  /** When a person was last heard since this process began, and how many of their devices are on the line here. */
  presence(person: Id): { readonly heard: Moment | undefined; readonly devices: number } {
    const sessions = new Set([...this.ofPerson(person)].flatMap(({ greeted, session }) => (greeted ? [session] : [])));
    return { heard: this.#heardAt.get(person), devices: sessions.size };
  }

  /** A device comes onto the line. @throws when the server is stopping, or nobody is there */
  open(line: Line): OpenLine {
    if (this.#closed) throw new Error('the server is stopping');
    const actor = line.actor();
    if (!actor) throw new Error('nobody is on this line');
    const one: OpenLine = {
      session: line.session, actor: line.actor, carrier: line.carrier, person: actor.person,
      streams: new Set(), waiting: [], greeted: false, joint: false, rooms: new Set(), sparing: false, gathered: new Map(), behind: false, next: 1, holding: false,
    };
    const others = this.#ofPerson.get(actor.person);
    if (others && others.size >= mostLines) this.bye(others.values().next().value!, 'line.tooMany', 4000);
    this.#all.add(one);
    add(this.#ofPerson, one.person, one);
    return one;
  }

  /** A line has ended. */
  gone(line: OpenLine): void {
    if (!this.#all.delete(line)) return;
    this.#flushing.delete(line);
    remove(this.#ofPerson, line.person, line);
    for (const stream of line.streams) remove(this.#ofStream, stream, line);
    line.streams.clear();
  }

  /** Ends a line, saying why. What was ready for it before goes first. */
  bye(line: OpenLine, code: string, close: number): void {
    if (!this.#all.has(line)) return;
    this.gone(line);
    try {
      for (const bytes of line.waiting) line.carrier.send(bytes);
      line.carrier.send(pack([down.bye, code]));
      line.carrier.close(close, code);
    } catch (error) {
      this.#needs.report(error, 'a line that ends');
    }
  }

  /** Ends a line at which something went wrong here. It comes back by itself. */
  failed(line: OpenLine, error: unknown): void {
    this.#needs.report(error, 'a line');
    if (!this.#all.has(line)) return;
    this.gone(line);
    line.carrier.close(1011, 'failed');
  }

  /** Ends all lines of a person, or of one of their sessions: at once, and they are told why. */
  hangUp(person: Id, code: string, session?: Id): void {
    for (const line of [...this.ofPerson(person)]) {
      if (session === undefined || line.session === session) this.bye(line, code, 4001);
    }
  }

  /** Ends the lines of all who may no longer be here. */
  dismiss(): void {
    for (const line of [...this.#all]) if (!line.actor()) this.bye(line, 'account.signedOut', 4001);
  }

  /** Ends all lines and opens no more, for a server that stops: they come back by themselves, each at a time of its own. */
  closeAll(): void {
    this.#closed = true;
    for (const line of [...this.#all]) {
      this.gone(line);
      line.carrier.close(1012, 'restart');
    }
  }

  /** From now on a stream goes down this line. */
  listen(line: OpenLine, stream: number): void {
    line.streams.add(stream);
    add(this.#ofStream, stream, line);
  }

  /** From now on it does not. */
  unlisten(line: OpenLine, stream: number): void {
    remove(this.#ofStream, stream, line);
    line.streams.delete(stream);
    line.rooms.delete(stream);
  }

  send(line: OpenLine, bytes: Uint8Array): void {
    if (line.behind || !this.#all.has(line)) return;
    line.waiting.push(bytes);
    // After all that this turn's promises still have to say: an answer goes with the event it made.
    if (this.#flushing.size === 0) process.nextTick(() => this.#flush());
    this.#flushing.add(line);
  }

  /** Whether a line takes what it is sent. One that does not is sent nothing more until it has. */
  drains(line: OpenLine): boolean {
    if (line.carrier.unsent > fullAt) this.#leaveBehind(line);
    return !line.behind;
  }

  /** Sends what the stream tells, unless the line does not drain. */
  feed(line: OpenLine, bytes: Uint8Array): void {
    if (this.drains(line)) this.send(line, bytes);
  }

  /** What became ready for a line in one turn is one write, unless it is long. */
  #flush(): void {
    const lines = this.#flushing;
    this.#flushing = new Set();
    // Lines that are sent the same are sent the same bytes: put together once for all.
    let parts: readonly Uint8Array[] = [];
    let writes: readonly Uint8Array[] = [];
    for (const line of lines) {
      const { waiting } = line;
      if (waiting.length === 0) continue;
      line.waiting = [];
      if (waiting.length !== parts.length || waiting.some((bytes, i) => bytes !== parts[i])) writes = together(waiting);
      parts = waiting;
      try {
        for (const bytes of writes) line.carrier.send(bytes);
      } catch (error) {
        this.#needs.report(error, 'a line that does not take its frames');
        this.gone(line);
      }
    }
  }

  /** A line that does not drain is told nothing more until it has. */
  #leaveBehind(line: OpenLine): void {
    if (line.behind) return;
    line.behind = true;
    line.waiting = [];
    let looked = 0;
    let least = line.carrier.unsent;
    const look = setInterval(() => {
      if (!this.#all.has(line)) return clearInterval(look);
      const { unsent } = line.carrier;
      if (unsent >= fullAt / 4) {
        // A line that is only slow is left alone; at the other end of this one nobody reads any more.
        looked = unsent < least ? 0 : looked + 1;
        least = Math.min(least, unsent);
        if (looked < looks) return;
        clearInterval(look);
        this.gone(line);
        return line.carrier.close(1013, 'behind');
      }
      clearInterval(look);
      line.behind = false;
      this.#needs.drained(line);
    }, lookEvery);
    look.unref();
  }
}

/**
 * Frames as they are written: together, but the long ones each by itself. A browser hands a message on when all of it is there,
 * and whoever opens a talk on a thin line has asked for that first, and for much else behind it.
 */
function together(frames: readonly Uint8Array[]): Uint8Array[] {
  const writes: Uint8Array[][] = [];
  let size = 0;
  for (const bytes of frames) {
    if (writes.length === 0 || size + bytes.length > long) {
      writes.push([]);
      size = 0;
    }
    writes.at(-1)!.push(bytes);
    size += bytes.length;
  }
  return writes.map((some) => (some.length === 1 ? some[0]! : Buffer.concat(some)));
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
