import { Dexie, type DexieOptions } from 'dexie';
import type { Id } from '@noroshi/foundations/kernel';
import { markNumber, type Doc, type Frame, type House, type StreamKey } from '@noroshi/foundations/sync';
import { liveQuery } from './live-query.web.ts';
import { OutboxMark, type MarkPlace } from './outbox-mark.web.ts';
import { OutboxDb, ReplicaDb } from './store.web.ts';
import { unread } from './unread.web.ts';

/** How long events wait for the room that knows them, in milliseconds. */
const longestFetch = 20_000;

/** What one person's device holds: a copy of what they may see, and what they have said that the server has not. */
export class Replica {
  readonly db: ReplicaDb;
  readonly outbox: OutboxDb;
  readonly house: House;
  readonly person: Id;
  /** What waits in the outbox, noted apart from it. */
  readonly mark: OutboxMark;
  /** Rooms that could not be had in time, until the next start. */
  readonly #passedOver = new Set<string>();

  /**
   * @param storage another IndexedDB than the browser's own: for a device that keeps nothing, and for tests with many devices in one process
   * @param place where it is noted, apart from the outbox, what waits in it
   */
  constructor(house: House, person: Id, storage: DexieOptions = {}, place?: MarkPlace) {
    this.house = house;
    this.person = person;
    this.db = new ReplicaDb(person, storage);
    this.outbox = new OutboxDb(person, storage);
    this.mark = new OutboxMark(person, place);
    // Made for the first time, nothing was marked; made anew, all that is marked was in it.
    this.outbox.on('populate', () => this.mark.remade());
  }

  /** Tells when a store of this device was lost while it was in use: whoever is still here opens it anew, and reads from the server what was in it. */
  whenLost(told: () => void): void {
    this.db.whenLost(told);
    this.outbox.whenLost(told);
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

  /** Whether everything that this person may see has been here once. Until then, what is not here may be on its way. */
  async isWhole(): Promise<boolean> {
    return (await this.note<true>('whole')) === true;
  }

  /** Resolves when that is so. */
  whole(): Promise<void> {
    return new Promise((done) => {
      const watching = liveQuery(() => this.isWhole()).subscribe((is) => {
        if (!is) return;
        done();
        queueMicrotask(() => watching.unsubscribe());
      });
    });
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
    const { knows } = house;
    await db.transaction('rw', db.stream, db.note, async () => {
      const before = (await db.note.get('knows'))?.value;
      if (before === knows) return;
      if (before !== undefined) await db.stream.toCollection().modify({ head: 0 });
      await db.note.put({ name: 'knows', value: knows });
    });
  }

  /**
   * Has here what is needed to fold these events, where that comes late. What cannot be had in time is passed over, and
   * all is taken anew at the next start. (S123)
   */
  async meets(frames: readonly Frame[]): Promise<void> {
    const { late } = this.house;
    if (!late) return;
    for (const name of new Set(frames.flatMap((frame) => late.roomOf(frame[5] as number) ?? []))) {
      // Waited for once: every batch that follows would stand still as long.
      if (late.isHere(name) || this.#passedOver.has(name)) continue;
      const tooLate = new Promise<never>((_, fail) => setTimeout(fail, longestFetch, new Error(`the room ${name} does not come`)));
      await Promise.race([late.meet(name), tooLate]).catch(() => {
        this.#passedOver.add(name);
        return this.db.note.put({ name: 'knows', value: '' });
      });
    }
  }

  /** Whether the room of this event was passed over: what comes of it now would be folded from the middle. */
  passesOver(frame: Frame): boolean {
    return this.#passedOver.size > 0 && this.#passedOver.has(this.house.late!.roomOf(frame[5] as number) ?? '');
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
      if (before !== undefined) await Promise.all([db.stream.clear(), db.doc.clear(), db.mark.clear(), db.shown.clear(), db.note.delete('whole')]);
      await db.note.put({ name: 'history', value: history });
    });
    if (before !== undefined) await this.outbox.item.where('state').equals('accepted').modify({ state: 'waiting' });
    return before !== undefined;
  }

  /** What names one of these (a person, an organization) in streams of which this device holds it. */
  async naming<T>(person: Id, org: Id): Promise<Doc<T>[]> {
    const [mine, ours] = await Promise.all([this.db.doc.where('value.mentions').equals(person).toArray(), this.db.doc.where('value.mentionOrgs').equals(org).toArray()]);
    return [...mine, ...ours.filter((doc) => !mine.some((one) => one.id === doc.id))] as Doc<T>[];
  }

  /** How many messages of a stream I have not been shown, counting what waits to be confirmed as shown. */
  unread(key: StreamKey): Promise<number> {
    return unread(this, key);
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
