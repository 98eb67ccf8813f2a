import { storedFile, type StoredFile } from '@noroshi/foundations/files';
import type { FileServer } from '@noroshi/foundations/files/server';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import { orgOf } from '@noroshi/foundations/parcel';
import { roomStream, type Doc } from '@noroshi/foundations/sync';
import { Buckets, ComeBackLater, docsByRef, type Rate, type Stair } from '@noroshi/foundations/sync/server';
import { partnersStream } from '../book.ts';
import { isOpen, partner as partnerNoun, type Partner } from '../partner.ts';
import { messageParcels, share as shareNoun, type MessageParcels, type Share } from '../share.ts';
import { staysThere } from '../take.ts';
import { tries, type Carry } from './courier.server.ts';
import { fileRate } from './hand-out.server.ts';
import { fetchLetter, largestPiece, readPiece } from './letter.server.ts';
import { fingerprintOf, isSigned, sha256, type Seal } from './seal.server.ts';
import { sharesOf } from './shares.server.ts';

/** So often the bytes of a file may be others than were signed; then it is not asked for any more. */
const mostWrong = 3;

export interface FetcherNeeds { readonly stair: Stair; readonly seal: Seal; readonly carry: Carry; readonly files: () => FileServer | undefined; readonly report: (error: unknown, what: string) => void; /** For a test. */ readonly rate?: Rate }

/** The way on which the files of one partner come. */
interface Road {
  /** Whether there may be something to fetch. */
  due: boolean;
  next: Moment;
  failed: number;
  /** When it was last asked: each asking is behind the one before it. */
  asked: Moment;
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
/** This one not now; it holds no other up. */
class Skipped extends Later {}

/**
 * Fetches the photographs and files that partners have told of, behind the words and beside them: one at a time from each, in pieces, from where
 * it stands. What it takes is looked at like any upload.
 */
export class Fetcher {
  readonly #needs: FetcherNeeds;
  readonly #roads = new Map<Id, Road>();
  readonly #bytes: Buckets<Id>;
  readonly #wrong = new Map<Id, number>();
  #isOver = false;

  constructor(needs: FetcherNeeds) {
    this.#needs = needs;
    this.#bytes = new Buckets(needs.rate ?? fileRate, needs.stair.now);
  }

  /** Sets out where something is due. @param news something was told of, or the way is open again */
  look(news = false): void {
    const { stair, files, report } = this.#needs;
    if (this.#isOver || !files()) return;
    for (const { id } of stair.memory.of(partnersStream, partnerNoun.noun)) {
      let road = this.#roads.get(id);
      if (!road) this.#roads.set(id, (road = { due: true, next: 0, failed: 0, asked: 0, running: undefined }));
      if (news) road.due = true;
      if (!road.due || road.running || stair.now() < road.next) continue;
      const way = road;
      way.due = false;
      way.running = this.#go(id, way).catch((error: unknown) => this.#isOver || report(error, 'fetching from a partner')).then(() => {
        way.running = undefined;
        if (way.due) this.look();
      });
    }
  }

  #partner = (id: Id): Partner | undefined => this.#needs.stair.memory.get(partnerNoun.noun, id)?.value as Partner | undefined;

  async #go(partner: Id, road: Road): Promise<void> {
    try {
      let skipped: Skipped | undefined;
      for (const wanted of await this.#wanted(partner)) {
        if (this.#isOver) return;
        try {
          await this.#one(wanted, road);
          road.failed = 0;
        } catch (error) {
          if (!(error instanceof Skipped)) throw error;
          skipped = error;
        }
      }
      if (skipped) throw skipped;
    } catch (error) {
      if (this.#isOver) return;
      road.next = this.#needs.stair.now() + Math.max(tries[Math.min(road.failed, tries.length - 1)]!, error instanceof Later ? error.after : 0);
      road.failed += 1;
      road.due = true;
    }
  }

  /** All that waits from this partner, in the order in which it was told of. */
  async #wanted(partner: Id): Promise<Wanted[]> {
    const { memory, pool } = this.#needs.stair;
    const on = [...new Set(sharesOf(memory).filter((one) => one.partner === partner).map(({ room }) => roomStream(room)))];
    const files = on.flatMap((key) => (memory.of(key, storedFile.noun) as Doc<StoredFile>[]).filter(({ value: { state, by } }) => state === 'awaited' && memory.member(key, by)?.card.org === orgOf(partner)));
    if (files.length === 0) return [];
    const told = new Map((await docsByRef(pool, files.map(({ value: { of } }) => ({ noun: messageParcels.noun, id: of })))).map(({ id, value }) => [id, value as MessageParcels]));
    return files.toSorted((a, b) => a.born - b.born).flatMap((doc) => {
      const of = told.get(doc.value.of)?.files?.[doc.id];
      const share = of && memory.get(shareNoun.noun, of.share)?.value as Share | undefined;
      return share?.partner === partner ? [{ doc, share, no: of!.no }] : [];
    });
  }

  async #one({ doc: { id, stream, value: file }, share, no }: Wanted, road: Road): Promise<void> {
    const files = this.#needs.files()!;
    const isOver = (): boolean => (this.#needs.stair.memory.get(shareNoun.noun, share.id)!.value as Share).state === 'ended';
    if (isOver()) return void (await files.refuse(stream, id, staysThere));
    if (!isOpen(this.#partner(share.partner)) || await files.begin({ stream, file })) return;
    for (let at = (await files.disk.offset(id)) ?? 0; at < file.size;) {
      // It was taken back, or the way was closed, while it came.
      const isWanted = (this.#needs.stair.memory.get(storedFile.noun, id)?.value as StoredFile | undefined)?.state === 'awaited';
      if (!isWanted) return void (await files.disk.drop(id));
      if (this.#isOver || isOver() || !isOpen(this.#partner(share.partner))) return;
      const piece = await this.#ask(share, no, at, Math.min(largestPiece, file.size - at), road);
      if (!piece) return void (await files.refuse(stream, id, staysThere));
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
  async #ask({ id, partner }: Share, no: number, begin: number, length: number, road: Road): Promise<Uint8Array | undefined> {
    const { stair, seal, carry } = this.#needs;
    const wait = this.#bytes.take(partner, length);
    if (wait > 0) throw new Later('enough for today', wait);
    const { key, address } = this.#partner(partner)!;
    const to = fingerprintOf(key);
    road.asked = Math.max(stair.now(), road.asked + 1);
    const letter = fetchLetter(seal, { to, share: id, no, begin, at: road.asked });
    const { status, words, retryAfter = 0 } = await carry(address, letter);
    if (status === 404 || status === 503) throw new Skipped(`answered ${status}`, Math.min(retryAfter, 600) * 1_000);
    if (status !== 200) throw new Later(`answered ${status}`, Math.min(retryAfter, 600) * 1_000);
    const read = readPiece(words);
    const isTheirs = read && isSigned(key, 'piece', read.bytes, read.signature) && to.equals(read.from) && seal.fingerprint.equals(read.to) && sha256(letter).equals(read.of);
    if (!isTheirs || (read.piece && read.piece.length !== length)) throw new Later('no piece of theirs');
    return read.piece;
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
