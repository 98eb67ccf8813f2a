import type { Id, Moment } from '@noroshi/foundations/kernel';
import { down, hasRead, isCounted, pack, type Bytes, type Doc, type DocRow, type House, type MarkRow, type Squeezed, type Stay, type Watermark } from '@noroshi/foundations/sync';
import type pg from 'pg';
import type { Marks } from './marks.server.ts';
import type { Memory, StreamMemory } from './memory.server.ts';
import { eventsAfter, takenBack, windowOf } from './rows.server.ts';
import { squeezedBeside } from './squeezed.server.ts';
import { unsaid, type Entry, type Tails } from './tails.server.ts';

/** How many of a room's newest messages a new device gets at once. */
const windowSize = 50;
/** The longest page of older things. */
const longestPage = 200;
/** A device that missed more than this in one stream gets a snapshot instead. */
const longestCatchUp = 500;
/** So many bytes of snapshots are kept as they were sent: those who come back together ask for the same. */
const keptBytes = 32 << 20;

/** What was fetched, as a frame, and what it cost to make, in bytes that had to be handled. */
export interface Page { readonly frame: Bytes; readonly cost: number }

/** The part of a snapshot that is the same for all who may see from the same event on. */
interface Contents { readonly head: number; readonly from: number; readonly floor: number; readonly docs: Squeezed; readonly cost: number }

/** Who reads a page. */
export interface Reader {
  readonly person: Id;
  /** Whether anyone still waits for it. */
  readonly isThere: () => boolean;
}

interface Needs {
  readonly pool: pg.Pool;
  readonly memory: Memory;
  readonly house: House;
  readonly marks: Marks;
  readonly tails: Tails;
}

/**
 * What a device fetches: what it missed, everything for a new one, and pages of what was before. Each answer is a frame,
 * or `undefined` for a reader who may not see the stream (any more).
 */
export class Pages {
  readonly #needs: Needs;
  readonly #takesBack: readonly number[];
  /** Newest last. */
  readonly #kept = new Map<number, Contents>();
  #keptBytes = 0;

  constructor(needs: Needs) {
    this.#needs = needs;
    this.#takesBack = [...needs.house.kinds.values()].filter((kind) => kind.takesBack).map((kind) => kind.no);
  }

  /** A stream that a reader may see, and what of it. */
  seen(person: Id, streamNo: number): { stream: StreamMemory; stay: Stay } | undefined {
    const { memory } = this.#needs;
    const stream = memory.byNo.get(streamNo);
    const stay = stream && memory.maySee(person, stream.key);
    return stream && stay && { stream, stay };
  }

  /** What came after `after`: the events, or a snapshot where they are too many. */
  async after(reader: Reader, streamNo: number, after: number): Promise<Page | undefined> {
    const { tails } = this.#needs;
    const seen = this.seen(reader.person, streamNo);
    if (seen) {
      const { stream, stay } = seen;
      if (after === 0 || after > stream.head || after < stay.visibleFrom - 1 || stream.head - after > longestCatchUp) return this.#snapshot(reader, streamNo);
      const entries = after === stream.head ? [] : tails.after(streamNo, after);
      if (entries) return costing(tails.batch(stream, after, entries, stay.visibleFrom));
    }
    const found = await this.#still(reader, streamNo, (stream) => this.#fromTables(stream, after));
    return found && costing(tails.batch(found.stream, after, found.value, found.stay.visibleFrom), found.value.reduce((sum, { bytes }) => sum + bytes.length, 0));
  }

  /** A page of what was before `before`, at most `limit` things. With 0 only the unread below are counted anew. */
  async before(reader: Reader, streamNo: number, before: number, limit: number): Promise<Page | undefined> {
    const found = await this.#still(reader, streamNo, async (stream, stay) => {
      const { docs, floor } = limit === 0 ? { docs: [], floor: Math.max(before, stay.visibleFrom) } : await this.#windows(stream, stay, before, Math.min(limit, longestPage));
      const rows = pack([0, rowsOf(docs)]);
      return { docs: await squeezedBeside(rows), cost: rows.length, floor, ...(await this.#unreadBelow(stream, stay, reader.person, floor)) };
    });
    if (!found) return undefined;
    const { docs, cost, floor, below } = found.value;
    return { frame: pack([down.old, streamNo, floor, below, ...docs]), cost };
  }

  /**
   * Reads something of a stream, so that it is exactly what the stream is at its head: if the stream moved while it was
   * read, it is read again. What happens after is told live, behind it.
   */
  async #still<T>(reader: Reader, streamNo: number, read: (stream: StreamMemory, stay: Stay) => Promise<T>): Promise<{ stream: StreamMemory; stay: Stay; value: T } | undefined> {
    for (;;) {
      const seen = this.seen(reader.person, streamNo);
      if (!seen) return undefined;
      const { head } = seen.stream;
      const value = await read(seen.stream, seen.stay);
      const now = this.seen(reader.person, streamNo);
      if (now && now.stream.head === head && now.stay.visibleFrom === seen.stay.visibleFrom) return { ...seen, value };
      if (!reader.isThere()) return undefined;
    }
  }

  async #fromTables(stream: StreamMemory, after: number): Promise<Entry[]> {
    const { house, pool, tails } = this.#needs;
    const events = (await eventsAfter(pool, house, stream, after, longestCatchUp * 2)).filter((event) => event.seq <= stream.head);
    const worded = events.filter((event) => house.kinds.get(event.kind)!.unsaid);
    const gone = worded.length > 0 ? await takenBack(pool, stream.no, worded.map((event) => tails.thingOf(event)), this.#takesBack) : new Set<number>();
    const entries = events.map((event) => {
      const entry = tails.entry(stream, event);
      return gone.has(entry.thing) ? unsaid(house, entry) : entry;
    });
    if (!tails.has(stream.no) && events.at(-1)?.seq === stream.head) tails.keep(stream.no, entries);
    return entries;
  }

  /** The newest windowed things born before `before`, down to a floor below which some may be missing. */
  async #windows(stream: StreamMemory, stay: Stay, before: number, limit: number): Promise<{ docs: Doc[]; floor: number }> {
    const docs: Doc[] = [];
    let floor = stay.visibleFrom;
    for (const { noun, windowed, apart } of this.#needs.house.nouns) {
      if (!windowed || apart) continue;
      const window = await windowOf(this.#needs.pool, noun, stream.no, before, stay.visibleFrom, limit);
      if (window.length === limit) floor = Math.max(floor, window[0]!.born);
      docs.push(...window);
    }
    return { docs: docs.filter((doc) => doc.born >= floor), floor };
  }

  /** What `apply` would have made: all whole things, and the newest messages. */
  async #snapshot(reader: Reader, streamNo: number): Promise<Page | undefined> {
    const { memory } = this.#needs;
    const found = await this.#still(reader, streamNo, async (stream, stay) => {
      const contents = await this.#contents(stream, stay);
      return { contents, ...(await this.#unreadBelow(stream, stay, reader.person, contents.floor)) };
    });
    if (!found) return undefined;
    const { stream, stay, value: { contents, below, mark } } = found;
    const isNew = this.#keep(stream.no, contents);
    const who = memory.member(stream.key, reader.person)!;
    const markRow: MarkRow | null = mark ? [who.no, mark.delivered, mark.read, mark.ranges, mark.at] : null;
    return costing(pack([down.snapshot, stream.no, stream.key, stream.head, contents.floor, below, who.no, stay.visibleFrom, markRow, ...contents.docs]), isNew ? contents.cost : 0);
  }

  /** What a snapshot holds: made once for all who ask while nothing new is said. */
  async #contents(stream: StreamMemory, stay: Stay): Promise<Contents> {
    const { memory } = this.#needs;
    const { head } = stream;
    const kept = this.#kept.get(stream.no);
    if (kept?.head === head && kept.from === stay.visibleFrom) return kept;
    const { docs, floor } = await this.#windows(stream, stay, head + 1, windowSize);
    const whole = memory.of(stream.key).filter((doc) => memory.isVisible(doc, stay));
    const rows = pack([0, rowsOf([...whole, ...docs])]);
    return { head, from: stay.visibleFrom, floor, docs: await squeezedBeside(rows), cost: rows.length };
  }

  /** @returns whether it was not kept already */
  #keep(streamNo: number, contents: Contents): boolean {
    const before = this.#kept.get(streamNo);
    if (before === contents) return false;
    this.#kept.delete(streamNo);
    this.#kept.set(streamNo, contents);
    this.#keptBytes += contents.docs[1].length - (before?.docs[1].length ?? 0);
    for (const [no, { docs }] of this.#kept) {
      if (this.#keptBytes <= keptBytes || no === streamNo) break;
      this.#kept.delete(no);
      this.#keptBytes -= docs[1].length;
    }
    return true;
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
}

/** @param made bytes that were handled to make it; what goes out is handled in any case */
const costing = (frame: Bytes, made = 0): Page => ({ frame, cost: frame.length + made });

const rowsOf = (docs: readonly Doc[]): DocRow[] => docs.map((doc) => [doc.noun, doc.id, doc.born, doc.seq, doc.value]);
