import { storedFile, type StoredFile } from '@noroshi/foundations/files';
import type { FileServer } from '@noroshi/foundations/files/server';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { Doc } from '@noroshi/foundations/sync';
import { Buckets, ComeBackLater, docsByRef, type Rate, type Stair } from '@noroshi/foundations/sync/server';
import { randomUUID } from 'node:crypto';
import { partnersStream } from '../book.ts';
import { isOpen, partner as partnerNoun, type Partner } from '../partner.ts';
import { messageParcels, share as shareNoun, type MessageParcels, type Share } from '../share.ts';
import { staysThere } from '../take.ts';
import { asksNext, asksNoMore } from './askings.store.ts';
import { tries, type Carry } from './courier.server.ts';
import { fileRate } from './hand-out.server.ts';
import { fetchLetter, largestPiece, readPiece } from './letter.server.ts';
import { fingerprintOf, isSigned, sha256, type Seal } from './seal.server.ts';
import { awaitedOf } from './shares.server.ts';

/** No other process of this house asks a partner within so long of the last asking (milliseconds): it is answered by then, or has failed. */
const turn = 60_000;
/** So often the bytes of a file may be others than were signed; then it is not asked for any more. */
const mostWrong = 3;

export interface FetcherNeeds { readonly stair: Stair; readonly seal: Seal; readonly carry: Carry; readonly files: () => FileServer | undefined; readonly report: (error: unknown, what: string) => void; /** For a test. */ readonly rate?: Rate }

/** The way on which the files of one partner come. */
interface Road {
  /** From when on there may be something to fetch. */
  due: Moment;
  /** Until then nothing is asked: the way is closed. */
  next: Moment;
  failed: number;
  running: Promise<void> | undefined;
}

/** A file that is told of, and by which parcel. */
interface Wanted { readonly doc: Doc<StoredFile>; readonly share: Share; readonly no: number }

/** Not now. `after`: when they ask to be asked again, in milliseconds. */
class Later extends Error {
  readonly after: number;
  constructor(why: string, after = 0) {
    super(why);
    this.after = after;
  }
}
/** Another process of this house is at it: nothing has failed. */
class Elsewhere extends Later {}
/** This one not now; it holds no other up. */
class Skipped extends Later {}
/** When a file that did not come is asked for again, and how often it has not. */
interface Missed { readonly next: Moment; readonly times: number }
/** How long it is left alone after it has failed so often before, in milliseconds. */
const waitAfter = (failed: number, error: unknown): number => Math.max(tries[Math.min(failed, tries.length - 1)]!, error instanceof Later ? error.after : 0);
/** After so many times somebody is told: no file is missing so long for no reason. */
const tellAfter = tries.length;

/**
 * Fetches the photographs and files that partners have told of, behind the words and beside them: one at a time from each, the newest first, in pieces, from
 * where it stands. What it takes is looked at like any upload.
 */
export class Fetcher {
  readonly #needs: FetcherNeeds;
  readonly #roads = new Map<Id, Road>();
  readonly #bytes: Buckets<Id>;
  /** By which the processes of one house know each other. */
  readonly #process = randomUUID();
  /** Partners whom this process asks now. */
  readonly #turns = new Set<Id>();
  readonly #wrong = new Map<Id, number>();
  readonly #missed = new Map<Id, Missed>();
  /** When it was looked last. */
  #looked: Moment = 0;
  #isOver = false;

  constructor(needs: FetcherNeeds) {
    this.#needs = needs;
    this.#bytes = new Buckets(needs.rate ?? fileRate, needs.stair.now);
  }

  /** Sets out where something is due. @param news something was told of, or the way is open again */
  look(news = false): void {
    const { stair, files, report } = this.#needs;
    if (this.#isOver || !files()) return;
    const now = stair.now();
    // As the courier: what was to wait until a moment of the clock as it was would wait too long. (FD94)
    const isBack = now < this.#looked;
    this.#looked = now;
    if (isBack) for (const [file, { times }] of this.#missed) this.#missed.set(file, { times, next: 0 });
    for (const { id } of stair.memory.of(partnersStream, partnerNoun.noun)) {
      let road = this.#roads.get(id);
      if (!road) this.#roads.set(id, (road = { due: 0, next: 0, failed: 0, running: undefined }));
      if (news || isBack) road.due = 0;
      if (isBack) road.next = 0;
      if (road.running || stair.now() < Math.max(road.due, road.next)) continue;
      const way = road;
      way.due = Infinity;
      way.running = this.#go(id, way).catch((error: unknown) => this.#isOver || report(error, 'fetching from a partner')).then(() => {
        way.running = undefined;
        if (way.due <= stair.now()) this.look();
      });
    }
  }

  #partner = (id: Id): Partner | undefined => this.#needs.stair.memory.get(partnerNoun.noun, id)?.value as Partner | undefined;

  async #go(partner: Id, road: Road): Promise<void> {
    const { now, pool } = this.#needs.stair;
    const passed = new Set<Id>();
    try {
      for (let wanted = await this.#next(partner, passed); wanted && !this.#isOver; wanted = await this.#next(partner, passed)) {
        const file = wanted.doc.id;
        try {
          await this.#one(wanted);
          road.failed = 0;
          this.#missed.delete(file);
        } catch (error) {
          if (!(error instanceof Skipped)) throw error;
          this.#miss(file, error);
        }
      }
      for (const id of passed) road.due = Math.min(road.due, this.#missed.get(id)?.next ?? Infinity);
    } catch (error) {
      if (this.#isOver) return;
      road.due = 0;
      if (error instanceof Elsewhere) return void (road.next = now() + error.after);
      road.next = now() + waitAfter(road.failed, error);
      road.failed += 1;
    } finally {
      if (this.#turns.delete(partner)) await asksNoMore(pool, partner, this.#process);
    }
  }

  #miss(file: Id, error: Skipped): void {
    const { stair, report } = this.#needs;
    const times = (this.#missed.get(file)?.times ?? 0) + 1;
    this.#missed.set(file, { next: stair.now() + waitAfter(times - 1, error), times });
    if (times === tellAfter) report(new Error(`a file does not come: ${error.message}`), 'fetching from a partner; where they have it, their clock or ours is wrong, or their files were not brought back');
  }

  /** The newest that waits from this partner and whose time has come. @param passed what was looked at before; it grows */
  async #next(partner: Id, passed: Set<Id>): Promise<Wanted | undefined> {
    const { memory, pool, now } = this.#needs.stair;
    for (const doc of awaitedOf(memory, partner).toSorted((a, b) => b.born - a.born)) {
      if (passed.has(doc.id)) continue;
      passed.add(doc.id);
      if (now() < (this.#missed.get(doc.id)?.next ?? 0)) continue;
      const [told] = await docsByRef(pool, [{ noun: messageParcels.noun, id: doc.value.of }]);
      const of = (told?.value as MessageParcels | undefined)?.files?.[doc.id];
      const share = of && memory.get(shareNoun.noun, of.share)?.value as Share | undefined;
      if (share?.partner === partner) return { doc, share, no: of!.no };
    }
    return undefined;
  }

  async #one({ doc: { id, stream, value: file }, share, no }: Wanted): Promise<void> {
    const files = this.#needs.files()!;
    const isOver = (): boolean => (this.#needs.stair.memory.get(shareNoun.noun, share.id)!.value as Share).state === 'ended';
    if (isOver()) return void (await files.refuse(stream, id, staysThere));
    if (!isOpen(this.#partner(share.partner)) || await files.tooLarge({ stream, file })) return;
    const begun = await files.disk.offset(id);
    await files.disk.roomFor(file.size);
    for (let at = begun ?? 0; at < file.size;) {
      // It was taken back, or the way was closed, while it came.
      const isWanted = (this.#needs.stair.memory.get(storedFile.noun, id)?.value as StoredFile | undefined)?.state === 'awaited';
      if (!isWanted) return void (await files.disk.drop(id));
      if (this.#isOver || isOver() || !isOpen(this.#partner(share.partner))) return;
      const piece = await this.#ask(share, no, at, Math.min(largestPiece, file.size - at));
      if (!piece) return void (await files.refuse(stream, id, staysThere));
      // Only now: what never comes takes no place among the uploads.
      if (at === 0) await files.disk.begin(id, file.size);
      at = await files.disk.append(id, at, file.size, [piece]);
    }
    const refusal = await files.finish(id).catch((error: unknown) => { throw error instanceof ComeBackLater ? new Skipped('someone else is at it', error.after) : error; });
    if (refusal?.code !== 'files.damaged') return void this.#wrong.delete(id);
    const wrong = (this.#wrong.get(id) ?? 0) + 1;
    this.#wrong.set(id, wrong);
    if (wrong < mostWrong) throw new Skipped('other bytes than were signed');
    await files.refuse(stream, id, staysThere);
  }

  /** @returns the bytes from there on, so many as were asked for; nothing where the file is no more */
  async #ask({ id, partner }: Share, no: number, begin: number, length: number): Promise<Uint8Array | undefined> {
    const { stair, seal, carry } = this.#needs;
    const wait = this.#bytes.take(partner, length);
    if (wait > 0) throw new Later('enough for today', wait);
    let came = 0;
    try {
      const { key, address } = this.#partner(partner)!;
      const to = fingerprintOf(key);
      const now = stair.now();
      const at = await asksNext(stair.pool, partner, { process: this.#process, now, until: now + turn });
      if (at === undefined) throw new Elsewhere('another process is at it', turn);
      this.#turns.add(partner);
      const letter = fetchLetter(seal, { to, share: id, no, begin, at });
      const { status, words, retryAfter = 0 } = await carry(address, letter);
      came = Math.min(words.length, length);
      if (status === 404 || status === 503) throw new Skipped(`answered ${status}`, Math.min(retryAfter, 600) * 1_000);
      if (status !== 200) throw new Later(`answered ${status}`, Math.min(retryAfter, 600) * 1_000);
      const read = readPiece(words);
      const isTheirs = read && isSigned(key, 'piece', read.bytes, read.signature) && to.equals(read.from) && seal.fingerprint.equals(read.to) && sha256(letter).equals(read.of);
      if (!isTheirs || (read.piece && read.piece.length !== length)) throw new Later('no piece of theirs');
      return read.piece;
    } finally {
      // What did not come is no part of the day's bytes.
      this.#bytes.giveBack(partner, length - came);
    }
  }

  /** Waits until nothing is on the way. */
  async settled(): Promise<void> {
    for (let running = this.#running(); running.length > 0; running = this.#running()) await Promise.all(running);
  }
  #running = (): Promise<void>[] => [...this.#roads.values()].flatMap(({ running }) => (running ? [running] : []));

  /** Stops here and now: what has come so far stays on the disk. */
  halt(): void {
    this.#isOver = true;
  }
}
