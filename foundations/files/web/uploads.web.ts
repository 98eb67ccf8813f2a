import type { Subscription } from 'dexie';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import { liveQuery, type LowerEnd } from '@noroshi/foundations/sync/web';
import { storedFile, type StoredFile } from '../stored-file.ts';
import type { KeptFile, KeptFiles } from './kept.web.ts';

export interface UploadsNeeds {
  readonly stair: LowerEnd;
  readonly kept: KeptFiles;
  readonly fetch: typeof fetch;
  readonly now: () => Moment;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** A piece begins so small, and grows or shrinks with the line: it should take about two seconds. In bytes. */
const firstPiece = 128 * 1024;
const smallestPiece = 32 * 1024;
const largestPiece = 4 * 1024 * 1024;
/** A piece that has not gone through by then will not, in milliseconds. */
const patience = 60_000;
const longestWait = 60_000;
/** A piece on its way is broken off for words that have waited for so long, in milliseconds: on a good line they are through by then. */
const wordsWait = 300;
/** What has arrived stays on the device for a week, so that one's own photographs open without a line. */
const keptAfter = 7 * 86_400_000;
/** What belongs to nothing (a message that was thrown away) goes after a day. */
const keptAlone = 86_400_000;

/** The server has said no, and will say so again. */
class Final extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}
/** Later, by itself. */
class Later extends Error {}
/** A piece was broken off for words. The server keeps what has come of it. */
class GaveWay extends Error {}

/**
 * Sends this person's files behind their words: one at a time, in pieces, from where the server stands, until each has
 * arrived or was refused. What waits is on the disk, so a kill only pauses it.
 */
export class Uploads {
  readonly #needs: UploadsNeeds;
  #watching: Subscription | undefined;
  #stopping = new AbortController();
  #running: Promise<void> | undefined;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #piece = firstPiece;
  readonly #tries = new Map<Id, { tries: number; next: Moment }>();

  constructor(needs: UploadsNeeds) {
    this.#needs = needs;
  }

  /** Comes to work. Where several tabs are open only one does. */
  start(): void {
    const { kept, stair } = this.#needs;
    this.#stopping = new AbortController();
    // Woken by what is kept here and by what the stair tells of it.
    this.#watching ??= liveQuery(async () => {
      const waiting = await kept.file.where('state').equals('waiting').primaryKeys();
      return Promise.all(waiting.map(async (id) => (await stair.replica.get<StoredFile>(storedFile.noun, id))?.state));
    }).subscribe({ next: () => this.#wake(), error: (error: unknown) => console.warn(error) });
    void this.tidy().catch((error: unknown) => console.warn(error));
  }

  async stop(): Promise<void> {
    this.#watching?.unsubscribe();
    this.#watching = undefined;
    clearTimeout(this.#timer);
    this.#stopping.abort();
    await this.#running;
  }

  /** The network may be back: do not wait for the next try. */
  hurry(): void {
    this.#tries.clear();
    this.#wake();
  }

  #wake(): void {
    if (this.#stopping.signal.aborted) return;
    clearTimeout(this.#timer);
    this.#again = true;
    this.#running ??= this.#run().catch((error: unknown) => console.warn(error)).finally(() => {
      this.#running = undefined;
      // Woken while it was going to sleep.
      if (this.#again) this.#wake();
    });
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#stopping.signal.aborted) {
      this.#again = false;
      for (let next = await this.#next(); next && !this.#stopping.signal.aborted; next = await this.#next()) await this.#try(next);
    }
  }

  /** The oldest whose words the server has and whose time has come. */
  async #next(): Promise<KeptFile | undefined> {
    const { kept, stair, now } = this.#needs;
    let soonest = Number.POSITIVE_INFINITY;
    for (const file of await kept.file.where('state').equals('waiting').sortBy('at')) {
      const told = await stair.replica.get<StoredFile>(storedFile.noun, file.file);
      if (told?.state === 'arrived') await kept.file.update(file.file, { state: 'sent', sent: file.size });
      else if (told?.state === 'refused') await kept.file.update(file.file, { state: 'refused', code: told.reason! });
      else if (told?.state === 'withdrawn') await kept.drop(file.file);
      else if (told) {
        const at = this.#tries.get(file.file)?.next ?? 0;
        if (at <= now()) return file;
        soonest = Math.min(soonest, at);
      }
    }
    if (soonest < Number.POSITIVE_INFINITY && !this.#stopping.signal.aborted) this.#timer = setTimeout(() => this.#wake(), Math.max(0, soonest - now()));
    return undefined;
  }

  async #try(file: KeptFile): Promise<void> {
    const { kept, now, random } = this.#needs;
    try {
      await this.#send(file);
      this.#tries.delete(file.file);
      await kept.file.update(file.file, { state: 'sent', sent: file.size });
    } catch (error) {
      if (error instanceof Final) {
        await kept.file.update(file.file, { state: 'refused', code: error.code });
        return;
      }
      const tries = (this.#tries.get(file.file)?.tries ?? 0) + 1;
      this.#piece = Math.max(smallestPiece, this.#piece / 2);
      this.#tries.set(file.file, { tries, next: now() + Math.min(longestWait, 1_000 * 2 ** Math.min(tries - 1, 10)) * (0.3 + 0.7 * random()) });
    }
  }

  async #send(file: KeptFile): Promise<void> {
    const { kept, stair } = this.#needs;
    const bytes = await kept.bytesOf(file.file);
    if (!bytes) throw new Final('files.lostHere');
    const told = await stair.replica.get<StoredFile>(storedFile.noun, file.file);
    await this.#wordsFirst();
    // The small picture first: on a bad line it is all that comes through for a while.
    if (bytes.thumb && !told?.thumb) await this.#sendThumb(file.file, bytes.thumb);
    let at = await this.#where(file);
    for (let done = false; !done;) {
      await this.#wordsFirst();
      const began = this.#needs.now();
      const sent = await this.#sendPiece(file.file, at, bytes.blob.slice(at, at + this.#piece));
      if (sent === undefined) await this.#wordsFirst();
      at = sent ?? await this.#where(file);
      // Only the answer to a piece says that it is in: bytes that all lie there may still be looked at.
      done = sent !== undefined && at >= file.size;
      const took = this.#needs.now() - began;
      if (sent === undefined) this.#piece = Math.max(smallestPiece, this.#piece / 2);
      else if (took < 1_000) this.#piece = Math.min(largestPiece, this.#piece * 2);
      else if (took > 4_000) this.#piece = Math.max(smallestPiece, this.#piece / 2);
      await kept.file.update(file.file, { sent: at });
    }
  }

  /** @returns where the server stands then, or `undefined` where words had to go first */
  async #sendPiece(file: Id, at: number, piece: Blob): Promise<number | undefined> {
    try {
      const answer = await this.#ask(`/files/${file}/upload`, {
        method: 'PATCH', headers: { 'upload-offset': String(at), 'content-type': 'application/offset+octet-stream' }, body: piece,
      });
      return Number(answer.headers.get('upload-offset'));
    } catch (error) {
      if (error instanceof GaveWay) return undefined;
      throw error;
    }
  }

  /** A small picture that is refused holds nothing up: the photograph itself decides. */
  async #sendThumb(file: Id, thumb: Blob): Promise<void> {
    const answer = await this.#request(`/files/${file}/thumb`, { method: 'PUT', headers: { 'content-type': thumb.type }, body: thumb });
    if (answer.status === 401 || answer.status === 429 || answer.status >= 500) throw new Later(String(answer.status));
  }

  /** Where the server stands with it; begins where it has nothing. */
  async #where(file: KeptFile): Promise<number> {
    const place = `/files/${file.file}/upload`;
    const there = await this.#request(place, { method: 'HEAD' });
    if (there.ok) return Number(there.headers.get('upload-offset'));
    // HEAD brings no words; the same question as POST does.
    await this.#ask('/files', { method: 'POST', headers: { 'upload-length': String(file.size), 'upload-metadata': `file ${btoa(file.file)}` } });
    return 0;
  }

  async #ask(path: string, init: RequestInit): Promise<Response> {
    const answer = await this.#request(path, init);
    if (answer.ok) return answer;
    const { code } = (await answer.json().catch(() => ({}))) as { code?: string };
    // Another line was quicker, it arrived meanwhile, or it was damaged: the next try begins by asking where it stands.
    const passing = code === 'files.otherOffset' || code === 'files.notAwaited' || code === 'files.damaged';
    if (!passing && code?.startsWith('files.') && (answer.status === 403 || answer.status === 409 || answer.status === 413)) throw new Final(code);
    throw new Later(code ?? String(answer.status));
  }

  async #request(path: string, init: RequestInit): Promise<Response> {
    const ending = new AbortController();
    const end = (): void => ending.abort();
    const timer = setTimeout(end, patience);
    this.#stopping.signal.addEventListener('abort', end);
    const settled = init.method === 'PATCH' ? this.#givesWay(ending) : () => undefined;
    try {
      return await this.#needs.fetch(path, { ...init, headers: { 'tus-resumable': '1.0.0', ...init.headers }, signal: ending.signal });
    } catch (error) {
      throw ending.signal.reason instanceof GaveWay ? ending.signal.reason : error;
    } finally {
      settled();
      clearTimeout(timer);
      this.#stopping.signal.removeEventListener('abort', end);
    }
  }

  /** Ends what is on its way once words have waited for it. @returns lets it be */
  #givesWay(ending: AbortController): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watching = this.#waiting((waiting) => {
      if (waiting === 0) {
        clearTimeout(timer);
        timer = undefined;
      } else timer ??= setTimeout(() => ending.abort(new GaveWay()), wordsWait);
    });
    return () => {
      clearTimeout(timer);
      watching.unsubscribe();
    };
  }

  /** Tells how many words wait, now and whenever it changes. */
  #waiting(told: (waiting: number) => void, failed: () => void = () => undefined): Subscription {
    const { outbox } = this.#needs.stair.replica;
    return liveQuery(() => outbox.item.where('state').equals('waiting').count()).subscribe({ next: told, error: failed });
  }

  /** Lets words that wait go before the next piece, however long that takes: a line that carries no words carries no picture either. */
  #wordsFirst(): Promise<void> {
    const { signal } = this.#stopping;
    return new Promise((done) => {
      const go = (): void => {
        signal.removeEventListener('abort', go);
        queueMicrotask(() => watching.unsubscribe());
        done();
      };
      signal.addEventListener('abort', go);
      const watching = this.#waiting((waiting) => waiting === 0 && go(), go);
    });
  }

  /** Makes room on this device: what has arrived long ago, and what belongs to nothing any more. */
  async tidy(): Promise<void> {
    const { kept, stair, now } = this.#needs;
    const { outbox } = stair.replica;
    const written = JSON.stringify([await outbox.item.toArray(), await outbox.draft.toArray()]);
    for (const file of await kept.file.toArray()) {
      const told = await stair.replica.get<StoredFile>(storedFile.noun, file.file);
      const age = now() - file.at;
      const alone = !told && !written.includes(file.file);
      if ((file.state === 'sent' && age > keptAfter) || (alone && age > keptAlone) || told?.state === 'withdrawn') await kept.drop(file.file);
    }
  }
}
