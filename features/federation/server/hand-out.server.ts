import { fileArrived, storedFile, type StoredFile } from '@noroshi/foundations/files';
import type { FileServer } from '@noroshi/foundations/files/server';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import { roomStream } from '@noroshi/foundations/sync';
import { Buckets, eventsAfter, type Rate, type Stair } from '@noroshi/foundations/sync/server';
import { parcelsStream } from '../book.ts';
import type { Partner } from '../partner.ts';
import { packed, share as shareNoun, type Share } from '../share.ts';
import { hears } from './askings.store.ts';
import { parcelsBehind } from './federation.store.ts';
import { largestPiece, pieceLetter, type Fetch } from './letter.server.ts';
import type { Reply } from './reception.server.ts';
import type { Seal } from './seal.server.ts';

/** Of files, in bytes: so many at once from a partner or to one, and so many a day. */
export const fileRate = { burst: 200e6, perSecond: 500e6 / 86_400 };
/** Askings at once from a partner, as many as so many bytes take, and one a second: each looks through the record. */
const askingRate = { burst: 4_500, perSecond: 1 };
/** An asking is heard so long (milliseconds): by then whoever has a copy of it has nothing. */
const heardFor = 86_400_000;
/** What is to be there and is not on the disk, such as after a restore without its files, is asked for again after so long (seconds). */
const lookAgain = 600;

/** @param wait in milliseconds */
const later = (wait: number): Reply => ({ status: 429, retryAfter: Math.ceil(wait / 1_000) });

export interface HandOutNeeds { readonly stair: Stair; readonly seal: Seal; readonly files: () => FileServer | undefined; /** For a test. */ readonly rate?: Rate; readonly askingRate?: Rate }

/** Hands out files to partners, piece by piece: what a parcel of ours has told of, in a room that is shared with who asks, and nothing else. */
export class HandOut {
  readonly #needs: HandOutNeeds;
  readonly #bytes: Buckets<Id>;
  readonly #askings: Buckets<Id>;
  /** Which file each partner last asked for: it comes piece by piece. */
  readonly #last = new Map<Id, { readonly share: Id; readonly no: number; readonly file: Id }>();
  /** When each partner last asked this process, by its own clock: of a copy of an older asking nobody is asked, and what another process heard stands in the tables. */
  readonly #asked = new Map<Id, Moment>();

  constructor(needs: HandOutNeeds) {
    this.#needs = needs;
    this.#bytes = new Buckets(needs.rate ?? fileRate, needs.stair.now);
    this.#askings = new Buckets(needs.askingRate ?? askingRate, needs.stair.now);
  }

  /**
   * A piece, signed.
   * @param of the hash of the letter that asks
   * @returns `undefined` where nothing is to be had: that says the same as an address that does not exist
   */
  async give(who: Partner, fetch: Fetch, of: Buffer): Promise<Reply | undefined> {
    const { stair, seal, files } = this.#needs;
    const server = files();
    const one = stair.memory.get(shareNoun.noun, fetch.share)?.value as Share | undefined;
    if (!server || who.held || one?.partner !== who.id || one.state !== 'open' || !this.#isNewHere(who.id, fetch.at)) return undefined;
    // Before anything is written: however many letters come, the tables hear of so many. One that has to wait has not been heard.
    const asks = this.#askings.take(who.id);
    if (asks > 0) return later(asks);
    this.#asked.set(who.id, fetch.at);
    if (!(await hears(stair.pool, who.id, fetch.at))) return undefined;
    const file = await this.#toldOf(one, fetch.no);
    if (!file) return undefined;
    const answer = (piece: Uint8Array | undefined): Reply => ({ status: 200, letter: pieceLetter(seal, { to: fetch.from, of, piece }) });
    const now = stair.memory.get(storedFile.noun, file)?.value as StoredFile | undefined;
    if (now?.state !== 'arrived') return answer(undefined);
    if (fetch.begin >= now.size) return undefined;
    const length = Math.min(largestPiece, now.size - fetch.begin);
    const wait = this.#bytes.take(who.id, length);
    if (wait > 0) return later(wait);
    const piece = await server.disk.part(now.sha256!, fetch.begin, length);
    return piece?.length === length ? answer(piece) : { status: 503, retryAfter: lookAgain };
  }

  /** Whether an asking is behind all that this process has heard, and not too old. */
  #isNewHere = (partner: Id, at: Moment): boolean => at > (this.#asked.get(partner) ?? 0) && Math.abs(at - this.#needs.stair.now()) <= heardFor;

  /** The file whose bytes a parcel of ours has told of. */
  async #toldOf(one: Share, no: number): Promise<Id | undefined> {
    const last = this.#last.get(one.partner);
    if (last?.share === one.id && last.no === no) return last.file;
    const file = no > one.out.no ? undefined : await this.#inParcel(one, no);
    if (file !== undefined) this.#last.set(one.partner, { share: one.id, no, file });
    return file;
  }

  async #inParcel({ id, room }: Share, no: number): Promise<Id | undefined> {
    const { pool, memory, house } = this.#needs.stair;
    const [parcels, said] = [memory.streams.get(parcelsStream(room)), memory.streams.get(roomStream(room))];
    const [kept] = parcels ? await parcelsBehind(pool, parcels.no, house.kinds.get(packed.kind)!.no, id, no - 1, 1) : [];
    if (kept?.no !== no || kept.kind !== 'file' || kept.seq === undefined || !said) return undefined;
    const [event] = await eventsAfter(pool, house, said, kept.seq - 1, 1);
    return event?.kind === fileArrived.kind ? (event.body as { file: Id }).file : undefined;
  }
}
