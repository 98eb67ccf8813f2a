import type { Id } from '@noroshi/foundations/kernel';
import {
  currentStay, member as memberNoun, type Doc, type Event, type House, type Member, type StreamKey, type Stay,
} from '@noroshi/foundations/sync';
import type pg from 'pg';
import { foldOf } from './about.server.ts';
import { allStreams, eventsAfter, headsTogether, historyOf, movedStreams, wholeDocs, type StreamRow } from './rows.server.ts';

/** How many message things a process keeps at hand, so that an answer or reaction costs no query. */
const windowedKept = 20_000;

/** What a node knows of one stream. */
export interface StreamMemory extends StreamRow {
  /** Members by their number, and numbers by person. */
  readonly byNo: Map<number, Member>;
  /** The latest event from which on some member may see: where nobody came later, nothing has to be kept from anyone. */
  latestFrom: number;
}

/**
 * What this node knows: the streams' heads and all things that come whole. It is a replica like any other: it is filled
 * from the tables once, and then only by folding events. Nothing here is true before it is committed.
 */
export class Memory {
  readonly streams = new Map<StreamKey, StreamMemory>();
  readonly byNo = new Map<number, StreamMemory>();
  /** The sum of all heads. */
  #heads = 0;
  readonly house: House;
  /** Which history the numbers belong to. */
  history: Id = '';
  /** Things that come whole, by noun and id: whoever says something is looked up a few times, and no name is put together for it. */
  readonly #docs = new Map<string, Map<string, Doc>>();
  /** The same by stream and noun. */
  readonly #byStream = new Map<StreamKey, Map<string, Map<string, Doc>>>();
  /** Members by stream and person. */
  readonly #members = new Map<StreamKey, Map<Id, Doc<Member>>>();
  /** Windowed things, least lately used first. */
  readonly #windowed = new Map<string, Doc>();
  readonly #streamsOf = new Map<Id, Set<StreamKey>>();

  constructor(house: House) {
    this.house = house;
  }

  /** Reads everything that comes whole. */
  async load(db: pg.Pool): Promise<void> {
    const windowed = this.house.nouns.filter((n) => n.windowed).map((n) => n.noun);
    const client = await db.connect();
    try {
      await client.query('begin isolation level repeatable read read only');
      this.history = await historyOf(client);
      for (const row of await allStreams(client)) this.addStream(row);
      for (const doc of await wholeDocs(client, windowed, [...(this.house.of?.keys() ?? [])])) this.put(doc);
      await client.query('commit');
    } finally {
      client.release();
    }
  }

  /** A stream that is known from now on. */
  addStream(row: StreamRow): StreamMemory {
    const known = this.streams.get(row.key);
    if (known) return known;
    const fresh: StreamMemory = { ...row, byNo: new Map(), latestFrom: 1 };
    this.streams.set(row.key, fresh);
    this.byNo.set(row.no, fresh);
    this.#heads += row.head;
    return fresh;
  }

  get(noun: string, id: string): Doc | undefined {
    const whole = this.#docs.get(noun)?.get(id);
    if (whole || !this.house.nounByName.get(noun)?.windowed) return whole;
    const key = windowKey(noun, id);
    const window = this.#windowed.get(key);
    if (window) {
      this.#windowed.delete(key);
      this.#windowed.set(key, window);
    }
    return window;
  }

  /** All whole things of a stream, optionally of one noun. */
  of(stream: StreamKey, noun?: string): Doc[] {
    const here = this.#byStream.get(stream);
    if (!here) return [];
    return noun ? [...(here.get(noun)?.values() ?? [])] : [...here.values()].flatMap((docs) => [...docs.values()]);
  }

  /** The same of one noun, to be gone through at once: no list is made of them. */
  each(stream: StreamKey, noun: string): Iterable<Doc> {
    return this.#byStream.get(stream)?.get(noun)?.values() ?? [];
  }

  put(doc: Doc): void {
    const { noun, id, stream, seq } = doc;
    const kind = this.house.nounByName.get(noun);
    if (kind?.apart) return;
    if (kind?.windowed) {
      const key = windowKey(noun, id);
      const known = this.#windowed.get(key);
      if (known && known.seq >= seq) return;
      this.#windowed.delete(key);
      this.#windowed.set(key, doc);
      if (this.#windowed.size > windowedKept) this.#windowed.delete(this.#windowed.keys().next().value!);
      return;
    }
    const docs = within(this.#docs, noun);
    const known = docs.get(id);
    if (known && known.seq >= seq) return;
    docs.set(id, doc);
    within(within(this.#byStream, stream), noun).set(id, doc);
    if (doc.noun === memberNoun.noun) this.#seat(doc as Doc<Member>);
  }

  #seat(doc: Doc<Member>): void {
    const who = doc.value;
    within(this.#members, doc.stream).set(who.person, doc);
    const stream = this.streams.get(doc.stream);
    stream?.byNo.set(who.no, who);
    if (stream) stream.latestFrom = Math.max(stream.latestFrom, currentStay(who)?.visibleFrom ?? 1);
    let mine = this.#streamsOf.get(who.person);
    if (!mine) this.#streamsOf.set(who.person, (mine = new Set()));
    if (currentStay(who)) mine.add(doc.stream);
    else mine.delete(doc.stream);
  }

  /**
   * Takes in committed events of one stream, in order, each once.
   * @param made the things they made, where they are known already; else they are folded
   * @returns those that were news here
   */
  take(stream: StreamMemory, events: readonly Event[], made?: readonly Doc[]): Event[] {
    const news = events.filter((event) => event.seq > stream.head);
    for (const event of news) {
      if (event.seq !== stream.head + 1) throw new Error(`${stream.key}: after ${stream.head} comes ${event.seq}`);
      if (!made) {
        // A windowed thing that is not at hand is not changed here either; whoever needs it reads it from the tables.
        for (const doc of foldOf(this.house, event, (noun, id) => this.get(noun, id))) this.put(doc);
      }
      stream.head = event.seq;
      this.#heads += 1;
      if (event.message) stream.messages = event.message;
    }
    for (const doc of made ?? []) this.put(doc);
    return news;
  }

  /** Catches up with what others committed to a stream. @returns what was news here, in order */
  async catchUp(db: pg.Pool | pg.PoolClient, stream: StreamMemory): Promise<Event[]> {
    const news: Event[] = [];
    for (;;) {
      const page = await eventsAfter(db, this.house, stream, stream.head, 1_000);
      // Someone else may have caught up while this page was read.
      news.push(...this.take(stream, page));
      if (page.length < 1_000) return news;
    }
  }

  /**
   * Asks whether others have begun or moved on any stream, as of now. Heads only grow, none here is ahead of the tables, and no
   * stream goes: where there are as many and their sum is the same, each is the same. Of the streams themselves nothing travels.
   */
  async hasMoved(db: pg.Pool | pg.PoolClient): Promise<boolean> {
    const known = { streams: this.byNo.size, sum: this.#heads };
    const { streams, sum } = await headsTogether(db);
    return streams !== known.streams || sum !== known.sum;
  }

  /** Streams that others have begun or moved on. New ones are known from now on, and have nothing in them yet. */
  async moved(db: pg.Pool | pg.PoolClient): Promise<StreamMemory[]> {
    const known = [...this.byNo.values()];
    const rows = await movedStreams(db, known.map((s) => s.no), known.map((s) => s.head));
    return rows.map((row) => this.addStream({ ...row, head: 0, messages: 0 }));
  }

  member(stream: StreamKey, person: Id): Member | undefined {
    return this.memberDoc(stream, person)?.value;
  }

  memberDoc(stream: StreamKey, person: Id): Doc<Member> | undefined {
    return this.#members.get(stream)?.get(person);
  }

  /**
   * What a person may see: streams, and from which event on. This is the one place that says so. Live sending,
   * catch-up, snapshot, questions, files and push all ask here.
   */
  sight(person: Id): Map<StreamKey, Stay> {
    const seen = new Map<StreamKey, Stay>();
    for (const key of this.#streamsOf.get(person) ?? []) {
      const stay = currentStay(this.member(key, person));
      if (stay) seen.set(key, stay);
    }
    return seen;
  }

  /** Whether a person may see one stream; `undefined` is also the answer for one that does not exist. */
  maySee(person: Id, stream: StreamKey): Stay | undefined {
    return currentStay(this.member(stream, person));
  }

  /** Whether a thing may be shown to someone with this stay. */
  isVisible(doc: Doc, stay: Stay): boolean {
    return (doc.about ?? doc.born) >= stay.visibleFrom || (this.house.nounByName.get(doc.noun)?.always ?? false);
  }
}

const windowKey = (noun: string, id: string): string => `${noun}\0${id}`;

/** The map that lies under a key, made where there is none yet. */
function within<K, L, V>(outer: Map<K, Map<L, V>>, key: K): Map<L, V> {
  let inner = outer.get(key);
  if (!inner) outer.set(key, (inner = new Map()));
  return inner;
}
