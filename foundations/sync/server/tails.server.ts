import type { Id } from '@noroshi/foundations/kernel';
import { down, eventFrame, pack, passedFrame, unpack, unsaidFrame, type Bytes, type Event, type Frame, type House, type Spoken } from '@noroshi/foundations/sync';
import type { Memory, StreamMemory } from './memory.server.ts';
import { squeezed } from './squeezed.server.ts';

/** Encoded events kept in memory for each stream, so that a storm of returns is answered without the database: so many, */
const tailSize = 512;
/** so many bytes, */
const tailBytes = 1 << 20;
/** and so many bytes for all streams together; the least lately used goes first. */
const allTailBytes = 64 << 20;
/** So many batches of a quiet stream are kept as they were sent. */
const mostBatches = 32;

/** One event as it goes out. */
export interface Entry {
  readonly seq: number;
  /** Which event made the thing it is about; 0 where it makes one, or is about the stream. */
  readonly about: number;
  /** Which event made the thing it tells of; itself, where it makes one. When that is taken back its words go. */
  readonly thing: number;
  readonly bytes: Bytes;
}

interface Tail {
  entries: Entry[];
  bytes: number;
  /** Batches as they were sent, by where they begin, until something new comes: those who were cut off together come back together. */
  readonly batches: Map<number, Bytes>;
}

/** The number of the event that made the thing which an event tells of: its own, where it makes one. */
export type ThingOf = (event: Pick<Event, 'about' | 'takes' | 'kind' | 'seq'>) => number;

/** What makes a thing that speaks of another is about that one, and tells of its own all the same. */
export function thingsOf(house: House): ThingOf {
  const makesOwn = new Set([...house.of?.keys() ?? []].flatMap((noun) => [...house.nounByName.get(noun)!.folds].flatMap(([kind, { begins }]) => (begins ? [kind] : []))));
  return ({ about, takes, kind, seq }) => takes ?? (about === undefined || makesOwn.has(kind) ? seq : about);
}

/** The newest events of the streams in use, each encoded once for all who hear it. */
export class Tails {
  readonly #house: House;
  readonly #memory: Memory;
  /** Which event made the thing that an event tells of. */
  readonly thingOf: ThingOf;
  /** Least lately used first. */
  readonly #tails = new Map<number, Tail>();
  #bytes = 0;

  constructor(house: House, memory: Memory) {
    this.#house = house;
    this.#memory = memory;
    this.thingOf = thingsOf(house);
  }

  /** An event as it goes out to those who may hear all of it. */
  entry(stream: StreamMemory, event: Event): Entry {
    const kind = this.#house.kinds.get(event.kind)!;
    const frame = eventFrame(kind, event, { stream: stream.no, member: this.#spoken(stream) });
    return { seq: event.seq, about: event.about ?? 0, thing: this.thingOf(event), bytes: pack(kind.apart ? passedFrame(frame) : frame) };
  }

  /** A member as readers know them, for an event's encoding. */
  #spoken(stream: StreamMemory): (person: Id) => Spoken | undefined {
    return (person) => {
      const doc = this.#memory.memberDoc(stream.key, person);
      return doc && { no: doc.value.no, org: doc.value.card.org, born: doc.born, since: doc.seq };
    };
  }

  /** Takes a committed event in and returns it as it goes out now. */
  remember(stream: StreamMemory, event: Event): Entry {
    const entry = this.entry(stream, event);
    if (this.#house.kinds.get(event.kind)!.empties) this.#drop(stream.no);
    // Whoever heard the words live has heard them; whoever comes later does not.
    const taken = event.takes ?? event.about;
    if (taken !== undefined && this.#house.kinds.get(event.kind)!.takesBack) this.#unsay(stream.no, taken);
    this.keep(stream.no, [entry]);
    return entry;
  }

  #unsay(no: number, thing: number): void {
    const tail = this.#tails.get(no);
    if (!tail) return;
    tail.entries = tail.entries.map((entry) => {
      if (entry.thing !== thing) return entry;
      const without = unsaid(this.#house, entry);
      tail.bytes += without.bytes.length - entry.bytes.length;
      this.#bytes += without.bytes.length - entry.bytes.length;
      return without;
    });
  }

  /** Words were taken out of the record: whoever comes now is answered from the tables. */
  #drop(no: number): void {
    this.#bytes -= this.#tails.get(no)?.bytes ?? 0;
    this.#tails.delete(no);
  }

  has(no: number): boolean {
    return this.#tails.has(no);
  }

  /** Everything after a number, or `undefined` where some of it is no longer here. */
  after(no: number, after: number): readonly Entry[] | undefined {
    const tail = this.#tails.get(no);
    if (!tail || tail.entries.length === 0 || tail.entries[0]!.seq > after + 1) return undefined;
    return tail.entries.filter((entry) => entry.seq > after);
  }

  /**
   * A batch as a frame.
   * @param from the first event that its reader may see
   */
  batch(stream: StreamMemory, after: number, entries: readonly Entry[], from: number): Bytes {
    const tail = this.#tails.get(stream.no);
    const forAll = entries.every((entry) => mayHear(entry, from));
    const made = forAll ? tail?.batches.get(after) : undefined;
    if (made) return made;
    const batch = pack([down.batch, stream.no, after, stream.head, ...squeezed(Buffer.concat(entries.map((entry) => bytesFor(entry, from))))]);
    if (forAll && tail && tail.entries.at(-1)?.seq === stream.head && tail.batches.size < mostBatches) tail.batches.set(after, batch);
    return batch;
  }

  /** Takes encoded events in, behind those that are here. */
  keep(no: number, entries: readonly Entry[]): void {
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
    this.#bytes += tail.bytes - before;
    for (const [oldest, { bytes }] of this.#tails) {
      if (this.#bytes <= allTailBytes || oldest === no) break;
      this.#tails.delete(oldest);
      this.#bytes -= bytes;
    }
  }
}

/** Whether a reader hears of it: what it is about did not begin before they may see. */
export const mayHear = (entry: Entry, from: number): boolean => entry.about === 0 || entry.about >= from;

/** An event as its reader gets it: as it is, or only its place in the numbers. */
export const bytesFor = (entry: Entry, from: number): Bytes => (mayHear(entry, from) ? entry.bytes : pack(passedFrame(frameOf(entry.bytes))));

const frameOf = (bytes: Bytes): Frame => unpack(bytes)![0]!;

/** An event as it goes out once its thing was taken back. */
export const unsaid = (house: House, entry: Entry): Entry => ({ ...entry, bytes: pack(unsaidFrame(house, frameOf(entry.bytes))) });
