import type { Moment } from '@noroshi/foundations/kernel';
import { apart, pack, unpack, up, workspaceStream, type DocRow, type Frame, type HeadRow, type JointMarks, type MarkRow, type StreamKey } from '@noroshi/foundations/sync';
import type { Connection } from './connection.web.ts';
import type { Heard } from './heard.web.ts';
import { takeMarks } from './marks.web.ts';
import type { Replica } from './replica.web.ts';
import type { Sending } from './sending.web.ts';
import { forget, takeIn, takeOlder, takeSnapshot } from './taking-in.web.ts';

/** Cursors in one frame. */
const cursorsInOne = 500;
/** What came live is confirmed after so long (milliseconds): most of what is read at once has been told as read by then, which says more. */
const confirmAfter = 3_000;

export interface CatchingUpNeeds {
  readonly replica: Replica;
  readonly connection: Connection;
  readonly heard: Heard;
  readonly sending: Sending;
  readonly now: () => Moment;
  /** Inflates what the server sent compressed. */
  readonly inflate: (bytes: Uint8Array) => Promise<Uint8Array>;
  /** Which streams matter most beside the one that is open. */
  readonly first: () => Promise<readonly StreamKey[]>;
  /** For how long what has arrived is gathered on a line that is to be spared (milliseconds). */
  readonly gatherFor: number;
}

/** A page of older things that was asked for, and who waits for it. */
interface Page { readonly before: number; readonly limit: number; readonly done: (() => void)[] }

/** Takes in what comes down, and fetches what is missing: what was said meanwhile, holes, older pages, the marks of a room. */
export class CatchingUp {
  readonly #needs: CatchingUpNeeds;
  /** Streams being fetched: from where, how many answers are to come, and the live events that came meanwhile. */
  readonly #fetching = new Map<number, { after: number; answers: number; readonly waiting: Frame[] }>();
  readonly #pages = new Map<number, Page>();
  #rooms: readonly StreamKey[] = [];
  /** How many rooms the server holds for open on this connection; `undefined` until it has said which streams there are. */
  #opened: number | undefined;
  #sparing = false;
  /** Since when something has grown, by a clock that nobody sets. */
  #grewAt = 0;
  /** It has been noted on this connection that everything is here. */
  #whole = false;

  constructor(needs: CatchingUpNeeds) {
    this.#needs = needs;
  }

  /** How much has been asked for and has not come. */
  get underWay(): number {
    return this.#fetching.size + this.#pages.size;
  }

  /** The connection has ended: who waits for a page waits no longer. */
  ended(): void {
    this.#fetching.clear();
    for (const { done } of this.#pages.values()) for (const one of done) one();
    this.#pages.clear();
  }

  /** A wire is up: what is held is what is heard on it, until the server says otherwise. */
  async begin(): Promise<void> {
    const { replica, heard, sending } = this.#needs;
    heard.clear();
    this.#whole = false;
    this.#opened = undefined;
    for (const stream of await replica.db.stream.toArray()) {
      heard.keys.set(stream.no, stream.key);
      heard.heads.set(stream.key, stream.head);
      await sending.settle(stream.key, stream.head, []);
    }
  }

  /** The greeting goes out now. Work that had begun on the connection before may have written down what it never sent. */
  greets(): void {
    this.#fetching.clear();
  }

  /** The server has said that this device holds all there is. */
  async nothingNew(): Promise<void> {
    await this.#needs.sending.settleElsewhere();
    this.#opened ??= 0;
    this.#tellRooms();
    await this.arrived();
  }

  /** All that has been asked for, as it is asked again. */
  again(): Uint8Array[] {
    const frames: Uint8Array[] = [];
    for (const [no, under] of this.#fetching) {
      under.answers = 1;
      frames.push(pack([up.fetch, no, under.after]));
    }
    for (const [no, { before, limit }] of this.#pages) frames.push(pack([up.old, no, before, limit]));
    return frames;
  }

  /** The rooms on the screens of this device: their members' marks are wanted. */
  openRooms(streams: readonly StreamKey[]): void {
    this.#rooms = streams;
    this.#tellRooms();
  }

  /** Not before the server has said which streams there are: told twice, all marks of a room would come down twice. */
  #tellRooms(): void {
    const { connection, replica } = this.#needs;
    const streams = this.#rooms;
    connection.enter(async () => {
      // By now others are open, and are told behind this.
      if (streams !== this.#rooms || this.#opened === undefined) return;
      const held = (await replica.db.stream.bulkGet([...streams])).flatMap((stream) => (stream ? [stream.no] : []));
      if (held.length === 0 && this.#opened === 0) return;
      this.#opened = held.length;
      connection.say([pack([up.open, ...(held.length > 0 ? held : [0])])]);
    });
  }

  /** Asks for older messages. Resolves when they are held, or when the line went down. */
  async older(stream: StreamKey, limit: number): Promise<void> {
    const held = await this.#needs.replica.db.stream.get(stream);
    if (!held || !this.#needs.connection.isUp || held.floor <= held.from) return;
    await this.#page(held.no, held.floor, limit);
  }

  #page(no: number, before: number, limit: number): Promise<void> {
    return new Promise<void>((done) => {
      const page = this.#pages.get(no);
      if (page) return void page.done.push(done);
      this.#pages.set(no, { before, limit, done: [done] });
      this.#asks();
      this.#needs.connection.say([pack([up.old, no, before, limit])]);
    });
  }

  /** Something is asked for from now on. */
  #asks(): void {
    const { sending, connection } = this.#needs;
    if (sending.underWay + this.underWay <= 1) connection.progressed();
  }

  /** What has come is confirmed now and then only, or soon again. */
  spare(sparing: boolean): void {
    this.#sparing = sparing;
  }

  /** Once a second: what came live a while ago, and was not read since, is confirmed as delivered. */
  beat(): void {
    const { gatherFor, connection, heard: { grown } } = this.#needs;
    if (grown.size > 0 && performance.now() - this.#grewAt >= (this.#sparing ? gatherFor : confirmAfter)) connection.enter(() => this.arrived([...grown]));
  }

  /** Which streams there are, and how far they go. */
  async heads(rows: readonly HeadRow[], gone: readonly number[], all: boolean): Promise<void> {
    const { replica, heard, sending, connection } = this.#needs;
    const lost = new Set(gone);
    // A door that closed while this device was away, or another history.
    if (all) {
      const told = new Set(rows.map((row) => row[0]));
      for (const held of await replica.db.stream.toArray()) if (!told.has(held.no)) lost.add(held.no);
    }
    for (const no of lost) await this.#forget(no);
    const held = new Map((await replica.db.stream.toArray()).map((s) => [s.no, s]));
    const behind: [no: number, have: number][] = [];
    for (const [no, key, head, , , from] of rows) {
      const mine = held.get(no);
      if (mine && mine.key !== key) await this.#forget(no);
      const same = mine?.key === key ? mine : undefined;
      heard.keys.set(no, key);
      if (same) heard.heads.set(key, same.head);
      // What one may read has changed: only a snapshot knows what that is.
      const have = same && same.from === from ? same.head : 0;
      if (have !== head) behind.push([no, have]);
    }
    if (all || lost.size > 0) await sending.settleElsewhere();
    // What is open first: a room brings its people's names with it. Then the workspace, then where it is urgent, then the rest.
    const urgent = behind.length > 1 ? await this.#needs.first() : [];
    const weight = ([no]: [number, number]): number => {
      const key = heard.keys.get(no) ?? '';
      const place = urgent.indexOf(key);
      return this.#rooms.includes(key) ? 0 : key === workspaceStream ? 1 : place < 0 ? 1e9 : 2 + place;
    };
    const frames = behind.sort((a, b) => weight(a) - weight(b)).flatMap(([no, have]) => this.#fetchFrame(no, have, all));
    if (frames.length > 0) connection.say(frames);
    if (all) {
      this.#opened ??= 0;
      this.#tellRooms();
    }
    if (this.#fetching.size === 0) await this.arrived();
  }

  /** Events of one stream that came together. */
  async events(no: number, frames: readonly Frame[]): Promise<void> {
    const { heard } = this.#needs;
    const under = this.#fetching.get(no);
    if (under) {
      under.waiting.push(...frames);
      return;
    }
    const key = heard.keys.get(no);
    // A stream that this device has not been told of: its heads are on their way.
    if (!key || !heard.heads.has(key)) return;
    await this.#apply(no, key, frames);
    if (heard.grown.size === 0) this.#grewAt = performance.now();
    heard.grown.add(key);
  }

  async batch(frame: Frame): Promise<void> {
    const [, no, , , packed, bytes] = frame as unknown as [number, number, number, number, 0 | 1, Uint8Array];
    const key = this.#needs.heard.keys.get(no);
    const waiting = this.#fetched(no);
    if (!key) return;
    await this.#apply(no, key, inOrder([...((await this.#inner(packed, bytes)) ?? []), ...waiting]));
    if (this.#fetching.size === 0) await this.arrived();
  }

  async snapshot(frame: Frame): Promise<void> {
    const [, no, key, head, floor, below, myNo, from, mark, packed, bytes] = frame as unknown as [number, number, StreamKey, number, number, number, number, number, MarkRow | null, 0 | 1, Uint8Array];
    const { replica, heard, sending } = this.#needs;
    // One that nobody asked for is an echo of one that has been taken in.
    if (!this.#fetching.has(no)) return;
    const rows = await this.#rows(packed, bytes);
    const waiting = this.#fetched(no);
    const before = await replica.db.stream.get(key);
    await takeSnapshot(replica, { no, key, head, floor, below, myNo, from }, mark, rows);
    if (before && before.head > head) await sending.sendAgain(key, head);
    heard.keys.set(no, key);
    heard.heads.set(key, head);
    await this.#apply(no, key, inOrder(waiting));
    if (this.#rooms.includes(key)) this.#tellRooms();
    if (this.#fetching.size === 0) await this.arrived();
  }

  /** A page of older things has come. */
  async page(frame: Frame): Promise<void> {
    const [, no, floor, below, packed, bytes] = frame as unknown as [number, number, number, number, 0 | 1, Uint8Array];
    const { replica, heard, connection } = this.#needs;
    const rows = await this.#rows(packed, bytes);
    const key = heard.keys.get(no);
    if (key) await takeOlder(replica, key, floor, below, rows);
    connection.progressed();
    const done = this.#pages.get(no)?.done ?? [];
    this.#pages.delete(no);
    for (const one of done) one();
  }

  async marks(frame: Frame): Promise<void> {
    const [, no, whole, rows] = frame as unknown as [number, number, 0 | 1, JointMarks[]];
    const { replica, heard, connection, now } = this.#needs;
    const recount = await takeMarks(replica, no, apart(rows), now(), whole === 1);
    const key = recount ? heard.keys.get(no) : undefined;
    const held = key ? await replica.db.stream.get(key) : undefined;
    if (held && connection.isUp) void this.#page(no, held.floor, 0);
  }

  /** Confirms what this device holds: delivered is not read. */
  async arrived(only?: readonly StreamKey[]): Promise<void> {
    const { replica: { db }, connection, heard } = this.#needs;
    if (!only && !this.#whole) {
      await db.note.put({ name: 'whole', value: true });
      this.#whole = true;
    }
    const streams = only ? (await db.stream.bulkGet(only as StreamKey[])).filter((s) => s !== undefined) : await db.stream.toArray();
    for (const { key } of streams) heard.grown.delete(key);
    const cursors = streams.filter((s) => s.head > 0).map((s): [number, number] => [s.no, s.head]);
    for (let i = 0; i < cursors.length; i += cursorsInOne) connection.say([pack([up.arrived, cursors.slice(i, i + cursorsInOne)])]);
  }

  async #forget(no: number): Promise<void> {
    const { replica, heard } = this.#needs;
    await forget(replica, no);
    const key = heard.keys.get(no);
    if (key) heard.heads.delete(key);
    if (key) heard.grown.delete(key);
    heard.keys.delete(no);
    this.#fetching.delete(no);
  }

  #fetchFrame(no: number, after: number, anew = false): Uint8Array[] {
    const under = this.#fetching.get(no);
    if (under && !anew && under.after <= after) return [];
    this.#fetching.set(no, { after, answers: (under?.answers ?? 0) + 1, waiting: under?.waiting ?? [] });
    this.#asks();
    return [pack([up.fetch, no, after])];
  }

  async #apply(no: number, key: StreamKey, frames: readonly Frame[]): Promise<void> {
    const { replica, heard, sending, connection } = this.#needs;
    const { head, hole, done } = await takeIn(replica, key, frames);
    heard.heads.set(key, head);
    await sending.settle(key, head, done);
    if (!hole || this.#fetching.has(no)) return;
    connection.say(this.#fetchFrame(no, head));
    this.#fetching.get(no)!.waiting.push(...frames);
  }

  /** What was asked for a stream has come. @returns the live events that came meanwhile; they wait on while more is to come */
  #fetched(no: number): readonly Frame[] {
    this.#needs.connection.progressed();
    const under = this.#fetching.get(no);
    if (!under) return [];
    under.answers -= 1;
    if (under.answers > 0) return [];
    this.#fetching.delete(no);
    return under.waiting;
  }

  async #inner(packed: 0 | 1, bytes: Uint8Array): Promise<Frame[] | undefined> {
    return unpack(packed ? await this.#needs.inflate(bytes) : bytes);
  }

  async #rows(packed: 0 | 1, bytes: Uint8Array): Promise<DocRow[]> {
    const [inner] = (await this.#inner(packed, bytes)) ?? [];
    return (inner?.[1] ?? []) as DocRow[];
  }
}

/** Live events in the order of their numbers: what overtook waits its turn. */
const inOrder = (frames: readonly Frame[]): Frame[] => [...frames].sort((a, b) => (a[2] as number) - (b[2] as number));
