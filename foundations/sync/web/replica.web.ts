import { Dexie, type DexieOptions, type Table } from 'dexie';
import type { Id, Moment, Params } from '@noroshi/foundations/kernel';
import {
  currentStay, fold, foldEdition, markNumber, member as memberNoun, memberId, mergeRead, nothingRead, readEvent, touched,
  type Doc, type DocRow, type Event, type Frame, type House, type MarkRow, type Member, type Range, type StreamKey, type Watermark,
} from '@noroshi/foundations/sync';

/** One stream as this device holds it: everything from `floor` to `head`. */
export interface HeldStream {
  readonly key: StreamKey;
  readonly no: number;
  readonly head: number;
  readonly floor: number;
  /** Unread messages that lie below the floor, as the server counted them. */
  readonly below: number;
  readonly myNo: number;
  /** The first event that I may read. */
  readonly from: number;
  /** My own watermark as the server has it. */
  readonly read: number;
  readonly ranges: readonly Range[];
  /** Until when the other members' marks are known; absent while they have never been told. */
  readonly told?: Moment;
}

/** One member's watermark, as of when it was told. */
export interface HeldMark {
  readonly stream: StreamKey;
  readonly member: number;
  readonly delivered: number;
  readonly read: number;
  readonly ranges: readonly Range[];
  readonly at: Moment;
}

/** Each watcher reads for itself. Answers that Dexie shares are copied deep for every watcher, and are one more place where an old one could stand. */
const unshared = { cache: 'disabled' } as const;

/** What was shown and not yet confirmed as read. */
export interface Shown { readonly n?: number; readonly stream: StreamKey; readonly ranges: readonly Range[] }

class ReplicaDb extends Dexie {
  declare stream: Table<HeldStream, StreamKey>;
  declare doc: Table<Doc, [string, string]>;
  declare mark: Table<HeldMark, [StreamKey, number]>;
  declare shown: Table<Shown, number>;
  declare note: Table<{ name: string; value: unknown }, string>;
  constructor(person: Id, storage: DexieOptions) {
    super(`noroshi-replica-${person}`, { ...unshared, ...storage });
    this.version(1).stores({
      stream: 'key, no',
      // The later ones are sparse. Whose words they are: counted without reading them. What asks something of people, and
      // what names them: found however old it is.
      doc: '[noun+id], [stream+noun+born], noun, stream, [stream+noun+value.by+born], [stream+value.asks], *value.mentions, *value.mentionOrgs',
      mark: '[stream+member], stream',
      shown: '++n, stream',
      note: 'name',
    });
  }
}

/** The state of a command on this device. */
export type OutboxState = 'waiting' | 'accepted' | 'refused';

/** A command as the outbox keeps it, with what it will make true. */
export interface OutboxItem {
  readonly order?: number;
  readonly id: Id;
  readonly name: string;
  readonly input: unknown;
  readonly at: Moment;
  readonly state: OutboxState;
  /** The stream it speaks to, so that a page finds its own. */
  readonly stream: StreamKey;
  /** What will be true, as far as this device can tell; shown as not yet true. */
  readonly events: readonly Event[];
  readonly seq?: number;
  readonly code?: string;
  readonly params?: Params | undefined;
}

class OutboxDb extends Dexie {
  declare item: Table<OutboxItem, number>;
  declare draft: Table<{ place: string; text: string; at: Moment }, string>;
  constructor(person: Id, storage: DexieOptions) {
    // Strict: a tick is shown only when the disk has it. The browser's default returns before the flush.
    super(`noroshi-outbox-${person}`, { ...unshared, ...storage, chromeTransactionDurability: 'strict' });
    this.version(1).stores({ item: '++order, &id, stream, state', draft: 'place' });
  }
}

/** What taking in events came to. */
export interface Applied { readonly head: number; readonly hole: boolean; readonly done: readonly Id[] }

/** What one person's device holds: a copy of what they may see, and what they have said that the server has not. */
export class Replica {
  readonly db: ReplicaDb;
  readonly outbox: OutboxDb;
  readonly house: House;
  readonly person: Id;

  /** @param storage another IndexedDB than the browser's own, for a test with many devices in one process */
  constructor(house: House, person: Id, storage: DexieOptions = {}) {
    this.house = house;
    this.person = person;
    this.db = new ReplicaDb(person, storage);
    this.outbox = new OutboxDb(person, storage);
  }

  /** One thing as it is now, or `undefined` when this device does not hold it. */
  async get<T>(noun: string, id: string): Promise<T | undefined> {
    return (await this.db.doc.get([noun, id]))?.value as T | undefined;
  }

  /** All things of a noun, optionally of one stream, in the order in which they began. */
  async all<T>(noun: string, stream?: StreamKey): Promise<Doc<T>[]> {
    const docs = stream
      ? await this.db.doc.where('[stream+noun+born]').between([stream, noun, Dexie.minKey], [stream, noun, Dexie.maxKey]).toArray()
      : await this.db.doc.where('noun').equals(noun).toArray();
    return docs as Doc<T>[];
  }

  /** What asks something of people in a stream (its value carries `asks`), oldest first. */
  async asking<T>(stream: StreamKey): Promise<Doc<T>[]> {
    const docs = await this.db.doc.where('[stream+value.asks]').equals([stream, 1]).toArray();
    return docs.toSorted((a, b) => a.born - b.born) as Doc<T>[];
  }

  /** The newest things of a windowed noun in a stream, oldest first. */
  async newest<T>(noun: string, stream: StreamKey, limit: number): Promise<Doc<T>[]> {
    const docs = await this.db.doc.where('[stream+noun+born]').between([stream, noun, Dexie.minKey], [stream, noun, Dexie.maxKey]).reverse().limit(limit).toArray();
    return docs.reverse() as Doc<T>[];
  }

  /** The cursors whose digest tells the server what this device holds. */
  async cursors(): Promise<[stream: number, head: number, mark: number][]> {
    return (await this.db.stream.toArray()).map((s) => [s.no, s.head, markNumber(s)]);
  }

  async note<T>(name: string): Promise<T | undefined> {
    return (await this.db.note.get(name))?.value as T | undefined;
  }

  /**
   * Makes ready what is held. A build that knows other kinds of events or things than the one that filled this copy
   * takes snapshots anew: what that one could not fold is not in it. What is held stays readable until then.
   */
  async prepare(): Promise<void> {
    const { db, house } = this;
    const knows = JSON.stringify([foldEdition, house.nouns.map((n) => [n.noun, [...n.folds.keys()]]), [...house.kinds.values()].map((k) => [k.no, k.fields])]);
    await db.transaction('rw', db.stream, db.note, async () => {
      const before = (await db.note.get('knows'))?.value;
      if (before === knows) return;
      if (before !== undefined) await db.stream.toCollection().modify({ head: 0 });
      await db.note.put({ name: 'knows', value: knows });
    });
  }

  /**
   * The server holds this history. Where it was another before (a backup was brought back), numbers mean other things
   * now: all is read anew. The outbox stays, and what was accepted there goes up again; if it is in the new history too,
   * it gets its first answer.
   * @returns whether it was another
   */
  async belongsTo(history: Id): Promise<boolean> {
    const { db } = this;
    const before = await this.note<Id>('history');
    if (before === history) return false;
    await db.transaction('rw', db.stream, db.doc, db.mark, db.shown, db.note, async () => {
      if (before !== undefined) await Promise.all([db.stream.clear(), db.doc.clear(), db.mark.clear(), db.shown.clear()]);
      await db.note.put({ name: 'history', value: history });
    });
    if (before !== undefined) await this.outbox.item.where('state').equals('accepted').modify({ state: 'waiting' });
    return before !== undefined;
  }

  /**
   * Folds events into what is held. Live, catch-up and what arrived during a page all end here.
   * @returns the stream's head afterwards, whether a hole stopped it, and the commands whose effect is in it now
   */
  async apply(key: StreamKey, frames: readonly Frame[]): Promise<Applied> {
    const { db, house } = this;
    return db.transaction('rw', db.stream, db.doc, async () => {
      const held = await db.stream.get(key);
      if (!held) return { head: 0, hole: true, done: [] };
      const members = await this.#members(key);
      let head = held.head;
      const done = new Set<Id>();
      const things = new Map<string, Doc | undefined>();
      for (const frame of frames) {
        const event = readEvent(house, frame, key, (no) => members.get(no));
        if (event.seq <= head) continue;
        if (event.seq !== head + 1) return this.#settle(held, head, done, things, true);
        head = event.seq;
        done.add(event.id);
        // A kind of a later build: that build will take a snapshot (see `prepare`).
        if (!house.kinds.has(event.kind)) continue;
        for (const ref of touched(house.nouns, event)) {
          const name = `${ref.noun}\0${ref.id}`;
          if (!things.has(name)) things.set(name, await db.doc.get([ref.noun, ref.id]));
        }
        for (const doc of fold(house.nouns, event, (noun, id) => things.get(`${noun}\0${id}`))) {
          things.set(`${doc.noun}\0${doc.id}`, doc);
          if (doc.noun === memberNoun.noun) {
            const who = doc.value as Member;
            members.set(who.no, { person: who.person, org: who.card.org });
          }
        }
      }
      return this.#settle(held, head, done, things, false);
    });
  }

  async #settle(held: HeldStream, head: number, done: Set<Id>, things: Map<string, Doc | undefined>, hole: boolean): Promise<Applied> {
    const changed = [...things.values()].filter((doc): doc is Doc => doc !== undefined && doc.stream === held.key && doc.seq > held.head);
    if (changed.length > 0) await this.db.doc.bulkPut(changed);
    if (head !== held.head) await this.db.stream.update(held.key, { head });
    return { head, hole, done: [...done] };
  }

  async #members(key: StreamKey): Promise<Map<number, { person: Id; org: Id }>> {
    const docs = await this.all<Member>(memberNoun.noun, key);
    return new Map(docs.map((doc) => [doc.value.no, { person: doc.value.person, org: doc.value.card.org }]));
  }

  /** A new device's start, or another history: what is held of this stream is replaced. The outbox is not touched. */
  async snapshot(stream: Omit<HeldStream, 'read' | 'ranges'>, mark: MarkRow | null, rows: readonly DocRow[]): Promise<void> {
    const { db } = this;
    await db.transaction('rw', db.stream, db.doc, db.mark, async () => {
      await db.doc.where('stream').equals(stream.key).delete();
      await db.mark.where('stream').equals(stream.key).delete();
      await db.stream.put({ ...stream, read: mark?.[2] ?? 0, ranges: mark?.[3] ?? [] });
      await db.doc.bulkPut(rows.map((row) => docOf(stream.key, row)));
      if (mark) await db.mark.put(markOf(stream.key, mark));
    });
  }

  /** An older page of windowed things. What is held already is as new or newer. */
  async older(key: StreamKey, floor: number, below: number, rows: readonly DocRow[]): Promise<void> {
    const { db } = this;
    await db.transaction('rw', db.stream, db.doc, async () => {
      const held = await db.stream.get(key);
      if (!held || floor > held.floor) return;
      const docs = rows.map((row) => docOf(key, row));
      const here = await db.doc.bulkGet(docs.map((doc): [string, string] => [doc.noun, doc.id]));
      await db.doc.bulkPut(docs.filter((doc, i) => (here[i]?.seq ?? 0) < doc.seq));
      await db.stream.update(key, { floor, below });
    });
  }

  /** The door of a stream has closed: nothing of it stays on this device. */
  async forget(no: number): Promise<void> {
    const { db } = this;
    await db.transaction('rw', db.stream, db.doc, db.mark, db.shown, async () => {
      const held = await db.stream.where('no').equals(no).first();
      if (!held) return;
      await db.doc.where('stream').equals(held.key).delete();
      await db.mark.where('stream').equals(held.key).delete();
      await db.shown.where('stream').equals(held.key).delete();
      await db.stream.delete(held.key);
    });
  }

  /**
   * Watermarks as the server has them; my own also settles what was shown.
   * @returns whether the unread below the floor must be counted anew, because more of them were read elsewhere
   */
  async marks(no: number, rows: readonly MarkRow[], at: Moment, whole: boolean): Promise<boolean> {
    const { db } = this;
    return db.transaction('rw', db.stream, db.mark, db.shown, async () => {
      const held = await db.stream.where('no').equals(no).first();
      if (!held) return false;
      // Frames may overtake each other, marks only grow: the union of both is right.
      const before = await db.mark.bulkGet(rows.map((row): [StreamKey, number] => [held.key, row[0]]));
      const now = rows.map((row, i) => joinedMark(before[i], markOf(held.key, row)));
      await db.mark.bulkPut(now);
      // One's own mark comes in any case; the others' only while the room is open.
      if (whole || (held.told !== undefined && rows.some((row) => row[0] !== held.myNo))) await db.stream.update(held.key, { told: at });
      const mine = now.find((mark) => mark.member === held.myNo);
      if (!mine) return false;
      const below = mine.read >= held.floor - 1 ? 0 : held.below;
      await db.stream.update(held.key, { read: mine.read, ranges: mine.ranges, below });
      const settled = (await db.shown.where('stream').equals(held.key).toArray()).filter((s) => s.ranges.every(([from, to]) => covers(mine, from, to)));
      await db.shown.bulkDelete(settled.map((s) => s.n!));
      const isBelow = (mark: { read: number; ranges: readonly Range[] }): string => JSON.stringify([Math.min(mark.read, held.floor - 1), mark.ranges.filter(([from]) => from < held.floor)]);
      return below > 0 && isBelow(mine) !== isBelow(held);
    });
  }

  /**
   * What a screen has shown, as it is told to the server: cut to what is held, and stretched over what is no message
   * (someone came, a name changed), which nobody is asked to read. So reading on without a gap makes one range.
   */
  async asShown(key: StreamKey, ranges: readonly Range[]): Promise<Range[]> {
    const { db } = this;
    const held = await db.stream.get(key);
    if (!held) return [];
    const stretched: Range[] = [];
    for (const [from, to] of ranges) {
      const last = Math.min(to, held.head);
      const first = Math.max(from, held.from, 1);
      if (last < first) continue;
      let before = 0;
      for (const noun of this.house.messageNouns) {
        const doc = await db.doc.where('[stream+noun+born]').between([key, noun, Dexie.minKey], [key, noun, first]).last();
        before = Math.max(before, doc?.born ?? 0);
      }
      stretched.push([Math.min(first, Math.max(before + 1, held.floor, held.from)), last]);
    }
    return stretched;
  }

  /** What names one of these (a person, an organization) in streams of which this device holds it. */
  async naming<T>(person: Id, org: Id): Promise<Doc<T>[]> {
    const [mine, ours] = await Promise.all([this.db.doc.where('value.mentions').equals(person).toArray(), this.db.doc.where('value.mentionOrgs').equals(org).toArray()]);
    return [...mine, ...ours.filter((doc) => !mine.some((one) => one.id === doc.id))] as Doc<T>[];
  }

  /** How many messages of a stream I have not been shown, counting what waits to be confirmed as shown. */
  async unread(key: StreamKey): Promise<number> {
    const { db } = this;
    const held = await db.stream.get(key);
    const me = held && (await this.get<Member>(memberNoun.noun, memberId(key, this.person)));
    if (!held || !me || !currentStay(me)) return 0;
    const shown = (await db.shown.where('stream').equals(key).toArray()).flatMap((s) => s.ranges);
    const mark = { delivered: 0, read: held.read, ranges: [...held.ranges, ...shown] };
    let unread = 0;
    // Counted on the indexes, gap by gap: a talk of ten thousand is not read to be counted.
    for (const [from, to] of gaps(me, mark, Math.max(held.read + 1, held.floor))) {
      for (const noun of this.house.messageNouns) {
        unread += await db.doc.where('[stream+noun+born]').between([key, noun, from], [key, noun, to], true, true).count();
        unread -= await db.doc.where('[stream+noun+value.by+born]').between([key, noun, this.person, from], [key, noun, this.person, to], true, true).count();
      }
    }
    return unread + held.below;
  }

  /** Everything but the outbox goes: at sign-out and when this device is revoked. */
  async clear(): Promise<void> {
    await this.db.delete();
  }

  close(): void {
    this.db.close();
    this.outbox.close();
  }
}

/** Where someone's reading is asked and they have not been shown it: between their marks, within their stays. */
function gaps(who: Member, mark: Watermark, first: number): Range[] {
  const stays = who.stays.map((stay): Range => [Math.max(stay.countedFrom, first), stay.until ?? Number.MAX_SAFE_INTEGER]);
  const read = mergeRead(nothingRead, [[1, mark.read], ...mark.ranges]);
  const open: Range[] = [];
  let from = read.read + 1;
  for (const [a, b] of read.ranges) {
    open.push([from, a - 1]);
    from = b + 1;
  }
  open.push([from, Number.MAX_SAFE_INTEGER]);
  return open.flatMap(([a, b]) => stays.map(([c, d]): Range => [Math.max(a, c), Math.min(b, d)])).filter(([a, b]) => a <= b);
}

const docOf = (stream: StreamKey, [noun, id, born, seq, value]: DocRow): Doc => ({ noun, id, stream, born, seq, value });
const markOf = (stream: StreamKey, [member, delivered, read, ranges, at]: MarkRow): HeldMark => ({ stream, member, delivered, read, ranges, at });
const covers = (mark: { read: number; ranges: readonly Range[] }, from: number, to: number): boolean =>
  to <= mark.read || mark.ranges.some(([a, b]) => a <= Math.max(from, mark.read + 1) && to <= b);

function joinedMark(before: HeldMark | undefined, now: HeldMark): HeldMark {
  if (!before) return now;
  const both = mergeRead(nothingRead, [[1, Math.max(before.read, now.read)], ...before.ranges, ...now.ranges]);
  return { ...now, read: both.read, ranges: both.ranges, delivered: Math.max(before.delivered, now.delivered), at: Math.max(before.at, now.at) };
}
