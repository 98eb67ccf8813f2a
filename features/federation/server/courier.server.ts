import { derivedId, newId, systemActor, type Id, type Moment } from '@noroshi/foundations/kernel';
import type { Stair } from '@noroshi/foundations/sync/server';
import { randomBytes } from 'node:crypto';
import { parcelsStream } from '../book.ts';
import { isOpen, partner as partnerNoun, type Partner } from '../partner.ts';
import { arrive, delay, hold, reach, resume } from '../send.ts';
import { packed, share as shareNoun, sharing as sharingNoun, type Share, type Sharing } from '../share.ts';
import { parcelsBehind, type Kept } from './federation.store.ts';
import { parcelLetter, readHead, readLetter, receiptLetter, type Receipt } from './letter.server.ts';
import { fingerprintOf, isSigned, sha256, type Seal } from './seal.server.ts';
import { sharesOf } from './shares.server.ts';
import { steps, Writer } from './write.server.ts';

/** What came back from a partner's door. */
export interface Answered { readonly status: number; readonly words: Uint8Array; readonly retryAfter?: number | undefined }
/** Carries a letter to an address. @throws what the network says */
export type Carry = (address: string, letter: Buffer) => Promise<Answered>;

/** After a failure it is tried again after so long (milliseconds); after the last of these, each time so long again. */
export const tries = [5_000, 30_000, 2 * 60_000, 10 * 60_000];
/** What has waited so long is told as not arrived (milliseconds); what is through sooner is nobody's worry. */
const patience = 20_000;
/** So many numbers at most were lost with a backup; who says that they have more of us is not believed. */
const mostLost = 1_000_000;
const pageSize = 50;

export interface CourierNeeds { readonly stair: Stair; readonly seal: Seal; readonly carry: Carry; readonly report: (error: unknown, what: string) => void }

/** The way to a partner for one shared room, as this process knows it. */
interface Road {
  /** Up to which number they have what we sent; unknown until they were asked. */
  have: number | undefined;
  /** When it is tried next, and how often it has failed in a row. */
  next: Moment;
  failed: number;
  running: Promise<void> | undefined;
  again: boolean;
}

/** It did not come to a receipt. */
class NoReceipt extends Error {
  readonly after: number | undefined;
  constructor(why: string, after?: number) {
    super(why);
    this.after = after;
  }
}

/**
 * Sends what is said in shared rooms. What is to go stands in the record, so nothing is lost by a kill; how far the partner is
 * says their receipt, so nothing is doubled. Before it sends anything a process asks for one: whichever house was brought back
 * from a backup, what is missing goes again, and no number is used twice.
 */
export class Courier {
  readonly #needs: CourierNeeds;
  readonly #roads = new Map<Id, Road>();
  readonly #writer: Writer;
  /** When it was looked last. */
  #looked: Moment = 0;
  #isOver = false;

  constructor(needs: CourierNeeds) {
    this.#needs = needs;
    this.#writer = new Writer({ ...needs, fingerprint: (id) => fingerprintOf(this.#partner(id)!.key) });
  }

  #partner = (id: Id): Partner | undefined => this.#needs.stair.memory.get(partnerNoun.noun, id)?.value as Partner | undefined;
  #share = (id: Id): Share | undefined => this.#needs.stair.memory.get(shareNoun.noun, id)?.value as Share | undefined;

  /** Sets out wherever something is due. @param hurry to this partner now, whenever it was to be tried */
  look(hurry?: Id): void {
    if (this.#isOver) return;
    const { now, memory } = this.#needs.stair;
    // What was to wait until a moment of a clock that was set back since would wait for as long as it was set back. (FD94)
    const isBack = now() < this.#looked;
    this.#looked = now();
    for (const one of sharesOf(memory)) {
      const road = this.#road(one.id);
      if (isBack || hurry === one.partner) road.next = 0;
      if (road.running) road.again = true;
      else this.#setOut(one.id, road);
    }
  }

  #road(id: Id): Road {
    let road = this.#roads.get(id);
    if (!road) this.#roads.set(id, (road = { have: undefined, next: 0, failed: 0, running: undefined, again: false }));
    return road;
  }

  #setOut(id: Id, road: Road): void {
    road.again = false;
    road.running = this.#go(id, road).catch((error: unknown) => this.#isOver || this.#needs.report(error, 'sending to a partner')).then(() => {
      road.running = undefined;
      if (road.again && !this.#isOver) this.#setOut(id, road);
    });
  }

  /** So many things of a share have no receipt yet. */
  waits = (one: Share): number => one.out.no - Math.min(one.out.no, this.#have(one));
  /** Up to which number they have what we sent, as far as it is known: by this process, or by the record. */
  #have = ({ id, have }: Share): number => this.#roads.get(id)?.have ?? have ?? 0;

  /** A partner says, unasked, how far they are: they are there. */
  heard({ id }: Partner, receipt: Receipt): void {
    const one = this.#share(receipt.share);
    // What was brought back from a backup has less than it had: from there on it goes again.
    if (one && receipt.no < this.#have(one)) this.#road(one.id).have = receipt.no;
    this.look(id);
  }

  async #go(id: Id, road: Road): Promise<void> {
    const { now, memory } = this.#needs.stair;
    // In a history that is new they are asked before anything has a number: this one may know less than it has said.
    const one = this.#share(id)?.history === memory.history ? await this.#writer.write(id) : this.#share(id);
    if (!one) return;
    // What is over or held goes nowhere: the room is followed all the same, for what is to be forgotten, and is told what does not arrive.
    if (!isOpen(this.#partner(one.partner))) return void (await this.#late(one));
    if (one.state === 'ended' && (one.closed || one.endedBy !== 'us') && this.waits(one) === 0) return;
    if ((one.history === memory.history && road.have !== undefined && road.have >= one.out.no) || now() < road.next) return;
    try {
      if (road.have === undefined || one.history !== memory.history) {
        await this.#ask(one, road);
        await this.#writer.write(id);
      }
      await this.#deliver(id, road);
      road.failed = 0;
      await this.#keep(id, road);
      await this.#tell(id, arrive.deed, {});
    } catch (error) {
      if (this.#isOver) return;
      road.next = now() + Math.max(tries[Math.min(road.failed, tries.length - 1)]!, error instanceof NoReceipt ? error.after ?? 0 : 0);
      road.failed += 1;
      await this.#keep(id, road);
      await this.#late(this.#share(id)!, true);
    }
  }

  /** Asks how far they are, and says how far we are. */
  async #ask(one: Share, road: Road): Promise<void> {
    const to = fingerprintOf(this.#partner(one.partner)!.key);
    await this.#carry(one.id, road, receiptLetter(this.#needs.seal, { to, share: one.id, ...one.in, held: false, of: randomBytes(32) }));
  }

  async #deliver(id: Id, road: Road): Promise<void> {
    const { pool, memory, house } = this.#needs.stair;
    let goneBack = false;
    for (;;) {
      const one = this.#share(id)!;
      const stream = memory.streams.get(parcelsStream(one.room))!;
      const page = road.have! < one.out.no ? await parcelsBehind(pool, stream.no, house.kinds.get(packed.kind)!.no, id, road.have!, pageSize) : [];
      if (page.length === 0) return;
      for (const kept of page) {
        if (this.#isOver || !isOpen(this.#partner(one.partner))) return;
        await this.#carry(id, road, await this.#letter(one, kept));
        if (road.have! >= kept.no) continue;
        // They have less than they had said: once that is a backup, and twice it is no way to go on.
        if (goneBack) throw new NoReceipt('they take nothing');
        goneBack = true;
        break;
      }
    }
  }

  async #letter(one: Share, kept: Kept): Promise<Buffer> {
    const head = Buffer.from(kept.head, 'base64url');
    return parcelLetter(head, Buffer.from(kept.sig, 'base64url'), await this.#writer.body(one, kept, readHead(head)!.body));
  }

  /** Brings a letter and takes the receipt for it. */
  async #carry(id: Id, road: Road, letter: Buffer): Promise<void> {
    const { partner } = this.#share(id)!;
    const { address, key } = this.#partner(partner)!;
    const { status, words, retryAfter } = await this.#needs.carry(address, letter);
    if (status !== 200) throw new NoReceipt(`answered ${status}`, retryAfter === undefined ? undefined : Math.min(retryAfter, 600) * 1_000);
    const read = readLetter(words);
    if (read?.what !== 'receipt' || !isSigned(key, 'receipt', read.bytes, read.signature)) throw new NoReceipt('no receipt of theirs');
    const { receipt } = read;
    const isForThis = receipt.share === id && fingerprintOf(key).equals(receipt.from) && this.#needs.seal.fingerprint.equals(receipt.to) && sha256(letter).equals(receipt.of);
    if (!isForThis) throw new NoReceipt('a receipt for something else');
    if (receipt.held) throw new NoReceipt('they hold us');
    await this.#settle(id, road, receipt);
  }

  /** What a receipt says of us. */
  async #settle(id: Id, road: Road, { no, hash }: Receipt): Promise<void> {
    const one = this.#share(id)!;
    const { history } = this.#needs.stair.memory;
    if (no === one.out.no && hash !== one.out.hash) {
      await this.#does(derivedId(id, `fork/${no}`), hold.deed, { partner: one.partner, share: id, no });
      throw new NoReceipt('they have something else of us');
    }
    if (no > one.out.no + mostLost) {
      await this.#does(derivedId(id, `jump/${no}`), hold.deed, { partner: one.partner, share: id, no });
      throw new NoReceipt('they have more than was ever said');
    }
    const from = no > one.out.no ? { no, hash } : one.out;
    if (no > one.out.no || one.history !== history) await this.#does(derivedId(id, `resume/${history}/${from.no}`), resume.deed, { share: id, room: one.room, ...from, history });
    road.have = no;
  }

  /** What their receipts said outlives this process: after it, nothing that arrived is told as not arrived. */
  async #keep(id: Id, { have }: Road): Promise<void> {
    const one = this.#share(id);
    if (one && have !== undefined && have !== one.have) await this.#does(newId(this.#needs.stair.now(), randomBytes(10)), reach.deed, { share: id, room: one.room, no: have });
  }

  /** Tells the room since when what is said there has not arrived, whether it has its number or not. @param moved a part of it may have come through since */
  async #late(one: Share, moved = false): Promise<void> {
    const on = this.#sharing(one);
    if (!on || (on.delayed && !moved)) return;
    const { pool, memory, house, now } = this.#needs.stair;
    const stream = memory.streams.get(parcelsStream(one.room))!;
    // Our first word, our last, and what the rooms are known as are nobody's message.
    const kept = (await parcelsBehind(pool, stream.no, house.kinds.get(packed.kind)!.no, one.id, this.#have(one), steps.length + 2)).find(({ kind }) => !steps.includes(kind));
    const oldest = kept ? { seq: kept.seq!, at: readHead(Buffer.from(kept.head, 'base64url'))!.at } : await this.#writer.waiting(one);
    if (oldest && now() - oldest.at >= patience && oldest.seq > (on.delayed?.from ?? 0)) await this.#tell(one.id, delay.deed, { since: oldest.at, from: oldest.seq });
  }

  /** What those in the room know of this share; nothing where they know none, or another. */
  #sharing({ id, room }: Share): Sharing | undefined {
    const on = this.#needs.stair.memory.get(sharingNoun.noun, room)?.value as Sharing | undefined;
    return on?.share === id ? on : undefined;
  }

  /** Tells the room what changed, where it did. */
  async #tell(id: Id, name: typeof delay.deed | typeof arrive.deed, more: object): Promise<void> {
    const one = this.#share(id);
    const on = one && this.#sharing(one);
    if (on && (on.delayed !== undefined || name === delay.deed)) await this.#does(newId(this.#needs.stair.now(), randomBytes(10)), name, { share: id, room: on.room, ...more });
  }

  async #does(id: Id, name: string, input: object): Promise<void> {
    await this.#needs.stair.submit(systemActor, { id, name, input });
  }

  /** Waits until nobody is on the way. */
  async settled(): Promise<void> {
    for (let running = this.#running(); running.length > 0; running = this.#running()) await Promise.all(running);
  }
  #running = (): Promise<void>[] => [...this.#roads.values()].flatMap(({ running }) => (running ? [running] : []));

  /** Stops here and now: what is under way ends as if the line had broken. */
  halt(): void {
    this.#isOver = true;
  }
}
