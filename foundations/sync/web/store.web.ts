import type { DexieOptions, Table } from 'dexie';
import type { Id, Moment, Params } from '@noroshi/foundations/kernel';
import type { Doc, Event, Range, StreamKey } from '@noroshi/foundations/sync';
import { LastingDb } from './lasting.web.ts';

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

/** What this device holds of the streams. */
export class ReplicaDb extends LastingDb {
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
    // What only informs is no message, and few: it is taken off what is counted.
    this.version(2).stores({ doc: '[noun+id], [stream+noun+born], noun, stream, [stream+noun+value.by+born], [stream+value.asks], [stream+value.quiet+born], *value.mentions, *value.mentionOrgs' });
  }

  protected override async isFilled(): Promise<boolean> {
    return (await this.note.get('knows')) !== undefined;
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

/** What was said here and is not heard yet, and what is being written: apart from the other, which it outlives. */
export class OutboxDb extends LastingDb {
  declare item: Table<OutboxItem, number>;
  declare draft: Table<{ place: string; text: string; at: Moment }, string>;
  constructor(person: Id, storage: DexieOptions) {
    // Strict: a tick is shown only when the disk has it. The browser's default returns before the flush.
    super(`noroshi-outbox-${person}`, { ...unshared, ...storage, chromeTransactionDurability: 'strict' });
    this.version(1).stores({ item: '++order, &id, stream, state', draft: 'place' });
    this.on('populate', () => { this.#isNew = true; });
  }

  #isNew = false;
  /** Made for the first time it is new once; made anew while it was in use it is lost. */
  protected override isFilled(): Promise<boolean> {
    const filled = !this.#isNew;
    this.#isNew = false;
    return Promise.resolve(filled);
  }
}
