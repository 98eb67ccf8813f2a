import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { approveRedaction, proposeRedaction } from '@noroshi/features/keeping';
import { amend, say, withdraw } from '@noroshi/features/talk';
import type { Id } from '@noroshi/foundations/kernel';
import type { Deed } from '@noroshi/foundations/sync';
import type { Dice } from '@noroshi/foundations/testing';
import { fresh } from '../base-house.ts';
import type { Neighbour, SideBase } from './pair-base.ts';

const photograph = readFileSync(new URL('../../../apps/server/demo/photos/flood.jpg', import.meta.url));
const words = ['堤防が越水しています', '避難所は三か所です', '応援をお願いします', '了解しました', '道路が通れません', '毛布が足りません'];

/** A file that was sent behind words. */
export interface SentFile { readonly id: Id; readonly name: string; readonly size: number; /** Of the bytes as they were sent: a file is handed on byte for byte, a photograph is cleaned by each house. */ readonly sha256: string; readonly kind: 'photo' | 'file'; isIn: boolean }

/** What was acknowledged to someone who said it, and what became of it since. */
export interface Said {
  readonly id: Id;
  /** The words by which it is found. */
  readonly token: string;
  readonly by: Neighbour;
  /** What it said, each time that it was mended; of a place the name. */
  readonly versions: string[];
  readonly urgency?: 'important' | 'urgent';
  readonly place?: string;
  readonly files: readonly SentFile[];
  isWithdrawn: boolean;
  isRedacted: boolean;
}

/** What of a house people speak to. */
export interface Spoken {
  readonly address: string;
  readonly base: SideBase;
  /** What was acknowledged in the room that is on both, in the order of the answers. */
  readonly said: Said[];
  /** What was acknowledged in the room that is not. */
  readonly kept: Said[];
  /** How often each deed was acknowledged. */
  readonly deeds: Record<string, number>;
  readonly token: () => string;
  /** Whether photographs and files go with what is said. */
  readonly hasFiles: boolean;
}

/** Given up: the round is over. */
export class RoundOver extends Error {}

/** Someone who says things to their own house, over HTTP, one after the other: each again until it is answered, under the same id. */
export class Teller {
  readonly who: Neighbour;
  readonly #house: Spoken;
  readonly #dice: Dice;
  readonly #mine: Said[] = [];
  readonly #over: AbortSignal;
  /** Bytes on their way. */
  readonly #uploads = new Set<Promise<void>>();

  /** @param over nothing is tried again from then on */
  constructor(house: Spoken, who: Neighbour, dice: Dice, over: AbortSignal) {
    this.#house = house;
    this.who = who;
    this.#dice = dice;
    this.#over = over;
  }

  /** Goes on with it until told to stop, and then until all of it is answered. */
  async goOn(stopped: AbortSignal, hurry: () => boolean): Promise<void> {
    while (!stopped.aborted) {
      await this.#one();
      await pause(hurry() ? 20 + this.#dice.below(60) : 250 + this.#dice.below(900));
    }
    await Promise.all(this.#uploads);
  }

  async #one(): Promise<void> {
    const which = this.#dice.below(20);
    if (which < 9) await this.#says(this.#house.base.room, {});
    else if (which < 10) await this.#says(this.#house.base.own, {});
    else if (which < 12) await this.#says(this.#house.base.room, { place: true });
    else if (which < 15) await this.#says(this.#house.base.room, { files: this.#house.hasFiles ? 1 + this.#dice.below(2) : 0 });
    else if (which < 18) await this.#amends();
    else if (which < 19) await this.#takesBack();
    else await this.#blacksOut();
  }

  async #says(room: Id, { place, files = 0 }: { place?: true; files?: number }): Promise<void> {
    const token = this.#house.token();
    const text = `${this.#dice.pick(words)}（${token}）`;
    const bytes = Array.from({ length: files }, () => this.#bytes());
    const sent = bytes.map(({ kind, name, of }): SentFile => ({ id: fresh(), name, kind, size: of.length, sha256: createHash('sha256').update(of).digest('hex'), isIn: false }));
    const urgency = this.#dice.chance(0.15) ? this.#dice.pick(['important', 'urgent'] as const) : undefined;
    const id = fresh();
    const attachments = sent.map(({ id: file, name, size, kind }) => ({ file, name, size, kind, type: kind === 'photo' ? 'image/jpeg' : 'application/octet-stream' }));
    const isSaid = await this.gives(say, { room, ...(place ? { place: { name: text } } : { text }), ...(urgency ? { urgency } : {}), ...(files > 0 ? { attachments } : {}) }, id);
    if (!isSaid) return;
    const one: Said = { id, token, by: this.who, versions: place ? [] : [text], ...(place ? { place: text } : {}), ...(urgency ? { urgency } : {}), files: sent, isWithdrawn: false, isRedacted: false };
    if (room === this.#house.base.own) return void this.#house.kept.push(one);
    this.#house.said.push(one);
    this.#mine.push(one);
    for (const [i, file] of sent.entries()) {
      const way = this.#sends(one, file, bytes[i]!.of).finally(() => this.#uploads.delete(way));
      this.#uploads.add(way);
    }
  }

  #bytes(): { kind: SentFile['kind']; name: string; of: Buffer } {
    if (this.#dice.chance(0.3)) return { kind: 'photo', name: '肱川.jpg', of: photograph };
    // Some more than a piece of a letter holds, and none the same as another.
    return { kind: 'file', name: `名簿${this.#dice.below(100)}.dat`, of: randomBytes(1_000 + this.#dice.below(150_000)) };
  }

  async #amends(): Promise<void> {
    const one = this.#someOfMine(({ versions }) => versions.length > 0);
    if (!one) return;
    const text = `${this.#dice.pick(words)}（${one.token}）（訂正 ${one.versions.length}）`;
    if (await this.gives(amend, { room: this.#house.base.room, message: one.id, text })) one.versions.push(text);
  }

  async #takesBack(): Promise<void> {
    const one = this.#someOfMine();
    if (one && (await this.gives(withdraw, { room: this.#house.base.room, message: one.id }))) one.isWithdrawn = true;
  }

  /** 黒塗り: one administrator asks, the other agrees. */
  async #blacksOut(): Promise<void> {
    const [first, second] = this.#house.base.people;
    const one = this.who === first ? this.#someOfMine(({ versions, files }) => versions.length > 0 && files.length === 0) : undefined;
    if (!one) return;
    const redaction = fresh();
    const of = { room: this.#house.base.room, message: one.id };
    if (!(await this.gives(proposeRedaction, { ...of, parts: ['text'], reason: '個人情報' }, redaction))) return;
    if (await this.gives(approveRedaction, { ...of, redaction }, fresh(), second)) one.isRedacted = true;
  }

  #someOfMine(fits: (one: Said) => boolean = () => true): Said | undefined {
    const all = this.#mine.filter((one) => !one.isWithdrawn && !one.isRedacted && fits(one)).slice(-8);
    return all.length > 0 ? this.#dice.pick(all) : undefined;
  }

  /** The bytes of a file go up behind its words, and go on where they were. */
  async #sends(message: Said, file: SentFile, bytes: Buffer): Promise<void> {
    const headers = { cookie: this.who.cookie, 'tus-resumable': '1.0.0' };
    for (;;) {
      const told = await this.#try(`/files/${file.id}/upload`, { method: 'HEAD', headers });
      if (message.isWithdrawn) return;
      // Refused: a photograph whose server was killed while it was looked at is not looked at again, and its sender is told.
      if (told?.status === 409) return;
      if (told?.status === 404) {
        await this.#try('/files', { method: 'POST', headers: { ...headers, 'upload-length': String(bytes.length), 'upload-metadata': `file ${Buffer.from(file.id).toString('base64')}` } });
      } else if (told?.ok) {
        const from = Number(told.headers.get('upload-offset'));
        const answer = await this.#try(`/files/${file.id}/upload`, { method: 'PATCH', headers: { ...headers, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(from) }, body: new Uint8Array(bytes.subarray(from, from + 60_000)) });
        // Only the answer to a piece acknowledges a file, as a device takes it: all bytes may lie there, and be looked at when the server is killed.
        // What has arrived may be smaller, since its house cleans photographs.
        if (answer?.ok && answer.headers.get('upload-offset') === told.headers.get('upload-length')) {
          file.isIn = true;
          return;
        }
      }
      await this.#wait(told?.ok ? 20 : 250, `the bytes of ${message.token}: ${told?.status}`);
    }
  }

  /**
   * Gives a deed to the house, again and again until it is answered.
   * @returns whether it was done: what is refused is answered too
   */
  async gives<I>(deed: Deed<I, any> & { deed: string }, input: I, id = fresh(), as = this.who): Promise<boolean> {
    for (;;) {
      const answer = await this.#try(`/api/${deed.deed}`, { method: 'POST', headers: { cookie: as.cookie, 'content-type': 'application/json' }, body: JSON.stringify({ id, input }) });
      if (answer && answer.status !== 429 && answer.status < 500) {
        if (answer.ok) this.#house.deeds[deed.deed] = (this.#house.deeds[deed.deed] ?? 0) + 1;
        return answer.ok;
      }
      await this.#wait(250, `${deed.deed}: ${answer?.status}`);
    }
  }

  async #try(path: string, how: RequestInit): Promise<Response | undefined> {
    try {
      const answer = await fetch(`${this.#house.address}${path}`, { ...how, signal: AbortSignal.timeout(20_000) });
      await answer.arrayBuffer();
      return answer;
    } catch {
      return undefined;
    }
  }

  async #wait(ms: number, what: string): Promise<void> {
    if (this.#over.aborted) throw new RoundOver(`${this.who.name} was not answered (${what})`);
    await pause(ms);
  }
}
