import { message as messageNoun, type Message } from '@noroshi/features/talk';
import { derivedId, systemActor, type Actor, type Id, type Moment } from '@noroshi/foundations/kernel';
import { bodyBytes, houseOf, orgOf, restOf } from '@noroshi/foundations/parcel';
import { member as memberNoun, readInput, roomStream, type Member } from '@noroshi/foundations/sync';
import { Buckets, ComeBackLater, docsByRef, type Stair } from '@noroshi/foundations/sync/server';
import { parcelsStream, partnersStream } from '../book.ts';
import { bodyShapes, judge, parcelKinds, start, type Bodies, type Chain, type ParcelKind } from '../parcel.ts';
import { counts, partner as partnerNoun, type Partner } from '../partner.ts';
import { hold } from '../send.ts';
import { ask as askNoun, asked, share as shareNoun, taken, type Ask, type Share } from '../share.ts';
import { mostStrangers, take, takeAsk } from '../take.ts';
import { parcelsBehind } from './federation.store.ts';
import { readBody, readLetter, receiptLetter, type Fetch, type Head, type Parcel, type Receipt, type SignedReceipt } from './letter.server.ts';
import { awaitedOf } from './shares.server.ts';
import { commandId, fileId, fingerprintOf, hashOf, isSigned, messageId, sha256, strangerId, type Seal } from './seal.server.ts';

/** What is answered. 404 says the same as an address that does not exist. */
export type Reply = { readonly status: 200; readonly letter: Buffer } | { readonly status: 404 } | { readonly status: 429 | 503; readonly retryAfter: number };
const nothing: Reply = { status: 404 };

export interface ReceptionNeeds {
  readonly stair: Stair;
  readonly seal: Seal;
  /** A partner says how far they have what we sent. */
  readonly heard: (partner: Partner, receipt: Receipt) => void;
  /** A partner asks for a piece of a file. @returns `undefined` where there is none for it */
  readonly handOut: (partner: Partner, fetch: Fetch, of: Buffer) => Promise<Reply | undefined>;
  /** What was turned away, and why nobody is told it outside. */
  readonly refusedOne: (why: string) => void;
  /** For a test. */
  readonly mostWaiting?: number;
}
/** So many files of a partner wait at once to be fetched; of what it tells beyond them the talk says that it does not come. */
const mostWaiting = 500;

/** Where a parcel stands here: by whom, how far they are, and what it is about. `undefined` where that is another partner's. */
interface Stands { readonly chain: Chain; readonly share?: Share; readonly ask?: Ask }

/** What a parcel says, as far as this build can read it. */
interface Says { readonly kind: ParcelKind; readonly body: Bodies[ParcelKind] }

/** From whom, to whom, and about which room. */
const onOf = (read: NonNullable<ReturnType<typeof readLetter>>): Pick<Head, 'from' | 'to' | 'share'> => (read.what === 'parcel' ? read.head : read.what === 'receipt' ? read.receipt : read.fetch);

/** Takes in what partners send: each thing once, in its order, and nothing of anybody else. */
export class Reception {
  readonly #needs: ReceptionNeeds;
  /** What one partner may send: so many things at once and thirty a minute, */
  readonly #things: Buckets<Id>;
  /** and so many bytes at once and 200 MB a day. */
  readonly #bytes: Buckets<Id>;
  /** What is nobody's is not even checked for ever: by whom it comes. */
  readonly #misses: Buckets<string>;
  readonly #heard = new Map<Id, Moment>();

  constructor(needs: ReceptionNeeds) {
    this.#needs = needs;
    const { now } = needs.stair;
    this.#things = new Buckets({ burst: 300, perSecond: 0.5 }, now);
    this.#bytes = new Buckets({ burst: 20e6, perSecond: 200e6 / 86_400 }, now);
    this.#misses = new Buckets({ burst: 60, perSecond: 1 }, now);
  }

  /** When a partner was last heard of by this process. */
  lastHeard = (partner: Id): Moment | undefined => this.#heard.get(partner);

  /** @param address from where it comes */
  async receive(letter: Uint8Array, address: string): Promise<Reply> {
    if (this.#misses.owes(address) > 0) return nothing;
    const { stair, seal, refusedOne } = this.#needs;
    const read = readLetter(letter);
    const on = read && onOf(read);
    const who = on && this.#partner(on.from);
    // Whoever is unknown is checked as well, against a key that has signed nothing of theirs: it takes as long.
    const isTheirs = read !== undefined && isSigned(who?.key ?? seal.key, read.what, read.bytes, read.signature);
    if (!on || !isTheirs || !who || !seal.fingerprint.equals(on.to)) {
      this.#misses.spend(address);
      refusedOne(!read ? 'no letter' : !who ? 'nobody that we know' : !isTheirs ? 'a signature that is not theirs' : 'not to us');
      return nothing;
    }
    if (read.what === 'fetch') return this.#piece(who, read.fetch, sha256(letter));
    const wait = this.#things.take(who.id) || this.#bytes.take(who.id, letter.length);
    if (wait > 0) return { status: 429, retryAfter: Math.ceil(wait / 1_000) };
    this.#heard.set(who.id, stair.now());
    try {
      return await this.#of(who, read, sha256(letter));
    } catch (error) {
      if (!(error instanceof ComeBackLater)) throw error;
      return { status: 503, retryAfter: Math.ceil(error.after / 1_000) };
    }
  }

  async #piece(who: Partner, fetch: Fetch, of: Buffer): Promise<Reply> {
    const given = await this.#needs.handOut(who, fetch, of);
    if (!given) this.#needs.refusedOne('an asking for a file that is not theirs to have, or out of its turn (is a clock wrong?)');
    return given ?? nothing;
  }

  #partner(from: Uint8Array): Partner | undefined {
    const all = this.#needs.stair.memory.of(partnersStream, partnerNoun.noun).map(({ value }) => value as Partner);
    return all.find((one) => counts(one) && fingerprintOf(one.key).equals(from));
  }

  async #of(who: Partner, read: Parcel | SignedReceipt, of: Buffer): Promise<Reply> {
    const { share: id, from } = onOf(read);
    const stands = this.#stands(who, id);
    if (!stands || (read.what === 'parcel' && !who.held && !(await this.#parcel(who, read, stands)))) {
      this.#needs.refusedOne('a room that is not shared with them');
      return nothing;
    }
    if (read.what === 'receipt') this.#needs.heard(who, read.receipt);
    const now = this.#stands(who, id)!.chain;
    const held = (this.#needs.stair.memory.get(partnerNoun.noun, who.id)!.value as Partner).held !== undefined;
    return { status: 200, letter: receiptLetter(this.#needs.seal, { to: from, share: id, ...now, held, of }) };
  }

  #stands(who: Partner, id: Id): Stands | undefined {
    const { memory } = this.#needs.stair;
    const share = memory.get(shareNoun.noun, id)?.value as Share | undefined;
    const ask = memory.get(askNoun.noun, id)?.value as Ask | undefined;
    if ((share ?? ask ?? { partner: who.id }).partner !== who.id) return undefined;
    return { chain: (share ?? ask)?.in ?? start, ...(share ? { share } : {}), ...(ask ? { ask } : {}) };
  }

  /** @returns whether it is to be answered with a receipt */
  async #parcel(who: Partner, parcel: Parcel, stands: Stands): Promise<boolean> {
    const { no, before } = parcel.head;
    const hash = hashOf(parcel.bytes);
    const verdict = judge(stands.chain, { no, before, hash }, no < stands.chain.no ? await this.#kept(stands, no) : undefined);
    if (verdict === 'next') return this.#takeIn(who, parcel, hash, stands);
    if (verdict === 'forked') {
      await this.#needs.stair.submit(systemActor, { id: derivedId(commandId(hash), 'hold'), name: hold.deed, input: { partner: who.id, share: parcel.head.share, no } });
    }
    return true;
  }

  async #kept({ share, ask }: Stands, no: number): Promise<string | undefined> {
    const { pool, memory, house } = this.#needs.stair;
    for (const [kind, key] of [[taken, share && parcelsStream(share.room)], [asked, ask && partnersStream]] as const) {
      const stream = key === undefined ? undefined : memory.streams.get(key);
      const [found] = stream ? await parcelsBehind(pool, stream.no, house.kinds.get(kind.kind)!.no, (share ?? ask)!.id, no - 1, 1) : [];
      if (found?.no === no) return found.hash;
    }
    return undefined;
  }

  async #takeIn(who: Partner, { head, bytes, signature, body }: Parcel, hash: string, { share }: Stands): Promise<boolean> {
    const { stair, refusedOne } = this.#needs;
    const opened = body && readBody(body);
    const says = opened && this.#says(head.kind, opened.says, (read) => Buffer.from(bodyBytes(opened.salt, read)).equals(body));
    const kept = {
      partner: who.id, share: head.share, no: head.no, before: head.before, hash, kind: head.kind,
      head: Buffer.from(bytes).toString('base64url'), sig: Buffer.from(signature).toString('base64url'),
      ...(opened && says ? { salt: Buffer.from(opened.salt).toString('base64url'), rest: JSON.stringify(restOf(says.body)) } : {}),
    };
    const { id, actor, input, name } = share ? await this.#forRoom(head, share, hash, says, body === undefined) : {
      id: commandId(hash), actor: { ...systemActor, org: orgOf(who.id) }, name: takeAsk.deed, input: says?.kind === 'offer' ? { offer: says.body } : {},
    };
    const answer = await stair.submit(actor, { id, name, input: { ...kept, ...input } });
    // Someone else brought the same one: it is there, and the receipt says so.
    if (answer.ok || answer.code === 'federation.notNext') return true;
    refusedOne(answer.code);
    return false;
  }

  /** @param isWhole whether what was read, as it will stand in the tables, makes the very bytes that were signed */
  #says(kind: string, body: unknown, isWhole: (read: object) => boolean): Says | undefined {
    const known = parcelKinds.find((one) => one === kind);
    const read = known && readInput<Bodies[ParcelKind]>(bodyShapes[known], body);
    return known && read?.ok && isWhole(JSON.parse(JSON.stringify(read.value)) as object) ? { kind: known, body: read.value } : undefined;
  }

  /** As whom, and as which message, it comes into the room. */
  async #forRoom({ from, at }: Head, share: Share, hash: string, says: Says | undefined, gone: boolean): Promise<{ id: Id; actor: Actor; name: string; input: object }> {
    const { memory, pool } = this.#needs.stair;
    const org = orgOf(share.partner);
    const house = houseOf(share.partner);
    if (!says || !('ref' in says.body)) return { id: commandId(hash), actor: { person: house, org, role: 'system' }, name: take.deed, input: { room: share.room, at, ...(says?.kind === 'accept' ? { accept: says.body } : {}), ...(gone ? { gone: true } : {}) } };
    const message = messageId(from, share.id, says.body.ref);
    const known = memory.get(messageNoun.noun, message) ?? (await docsByRef(pool, [{ noun: messageNoun.noun, id: message }]))[0];
    // Of a file tells the house; it stands under whoever said the words.
    const person = 'who' in says.body ? strangerId(from, says.body.who.id) : (known?.value as Message | undefined)?.by ?? house;
    const on = roomStream(share.room);
    const isFull = !memory.member(on, person) && memory.of(on, memberNoun.noun).filter(({ value }) => (value as Member).card.org === org).length >= mostStrangers;
    const isTooMuch = 'file' in says.body && awaitedOf(memory, share.partner).length >= (this.#needs.mostWaiting ?? mostWaiting);
    const refs = 'file' in says.body ? [says.body.file] : 'attachments' in says.body ? says.body.attachments?.map(({ ref }) => ref) : undefined;
    return {
      // What is said here for the first time is the message of its command. A house that was brought back may say it once more.
      id: says.kind === 'say' && !known ? message : commandId(hash),
      actor: { person: isFull ? house : person, org, role: 'system' }, name: take.deed, input: { room: share.room, at, message, [says.kind]: says.body, ...(isTooMuch ? { isTooMuch: true } : {}), ...(refs ? { files: refs.map((ref) => fileId(from, share.id, ref)) } : {}) },
    };
  }
}
