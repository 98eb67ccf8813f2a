import { derivedId, refused, systemActor, type Actor, type Id, type Refusal } from '@noroshi/foundations/kernel';
import type { Deed, Doc, StreamKey } from '@noroshi/foundations/sync';
import { ComeBackLater, type Stair } from '@noroshi/foundations/sync/server';
import { arriveFile, arriveThumb, refuseFile } from '../arrive.ts';
import { downloadType } from '../download-type.ts';
import { largestPhoto, storedFile, type StoredFile } from '../stored-file.ts';
import type { Disk } from './disk.server.ts';
import { isTold } from './files.store.ts';
import type { Checked } from './picture-checker.server.ts';

/** How long an upload may rest before it is taken away, in milliseconds. The device still has the file, and begins anew. */
const longestRest = 30 * 86_400_000;
/** A small picture is small. */
export const largestThumb = 128 * 1024;
const thumbSide = 1_024;
/** A check that has lasted longer than this is not going on: whoever began it is no more. In milliseconds. */
export const longestCheck = 60_000;

/** Checks the picture at a path. `undefined` when that took more time or memory than any real picture does. */
export type CheckPicture = (path: string) => Promise<Checked | undefined>;

/** What may be said of a file to someone: where it is and what is known of it. */
export interface Seen { readonly stream: StreamKey; readonly file: StoredFile }

/** What the server does with files: who may send and fetch which, and what becomes of what has come. */
export class FileServer {
  readonly disk: Disk;
  readonly #stair: Stair;
  readonly #now: () => number;
  readonly #check: CheckPicture;
  #checking: Promise<unknown> = Promise.resolve();

  constructor(needs: { readonly stair: Stair; readonly disk: Disk; readonly now: () => number; readonly check: CheckPicture }) {
    this.#stair = needs.stair;
    this.disk = needs.disk;
    this.#now = needs.now;
    this.#check = needs.check;
  }

  /** A file as this actor may see it. For what they may not see, what never was and what was withdrawn, the answer is the same. */
  seenBy(actor: Actor, id: Id): Seen | undefined {
    const doc = this.#stair.see<StoredFile>(actor, storedFile.noun, id);
    return doc && doc.value.state !== 'withdrawn' ? { stream: doc.stream, file: doc.value } : undefined;
  }

  /** The same for who wants to send it: only its sender may. */
  awaitedFrom(actor: Actor, id: Id): Seen | Refusal {
    const seen = this.seenBy(actor, id);
    if (!seen) return refused('files.notFound');
    if (seen.file.by !== actor.person) return refused('files.notAllowed');
    if (seen.file.state === 'refused') return refused(seen.file.reason!);
    return seen;
  }

  /**
   * Begins an upload.
   * @returns why not, where it was refused
   */
  async begin(seen: Seen): Promise<Refusal | undefined> {
    const refusal = await this.tooLarge(seen);
    if (!refusal) await this.disk.begin(seen.file.id, seen.file.size);
    return refusal;
  }

  /** A photograph that is too large is refused before its bytes come, and everyone learns why. @returns why, where it was */
  async tooLarge({ stream, file }: Seen): Promise<Refusal | undefined> {
    return file.kind === 'photo' && file.size > largestPhoto ? this.refuse(stream, file.id, 'files.photoTooLarge') : undefined;
  }

  /**
   * All bytes are here: checks them, puts them in their place, and tells everyone. Done once, however often it is asked.
   * @returns why not, where it was refused
   * @throws ComeBackLater while someone else may be at it
   */
  finish(id: Id): Promise<Refusal | undefined> {
    // One after the other: a picture is held in memory while it is checked.
    const work = this.#checking.then(() => this.#finish(id));
    this.#checking = work.catch(() => undefined);
    return work;
  }

  /** Waits for what is being checked. */
  async idle(): Promise<void> {
    await this.#checking;
  }

  async #finish(id: Id): Promise<Refusal | undefined> {
    const doc = this.#doc(id);
    if (doc?.value.state !== 'awaited') {
      await this.disk.drop(id);
      return doc?.value.state === 'refused' ? refused(doc.value.reason!) : undefined;
    }
    const { stream, value: file } = doc;
    const isMeant = (sha256: string): boolean => file.sha256 === undefined || sha256 === file.sha256;
    if (file.kind === 'photo') {
      const found = await this.#checkMarked(id, file);
      if ('ok' in found) return this.refuse(stream, id, found.code);
      if (!isMeant(found.sha256)) return this.#startOver(id);
      if (!found.picture) return this.refuse(stream, id, 'files.notAPicture');
      const { bytes, sha256, type, width, height } = found.picture;
      await this.#tellKept(arriveFile, { stream, file: id, sha256: await this.disk.keepBytes(bytes, sha256), size: bytes.length, type, width, height });
    } else {
      const sha256 = await this.disk.keepUpload(id, isMeant);
      if (!isMeant(sha256)) return this.#startOver(id);
      await this.#tellKept(arriveFile, { stream, file: id, sha256, size: file.size, type: downloadType(file.type, await this.disk.head(id, 4_096)) });
    }
    // Only now: a server that stops before this line finds the upload again and ends it.
    await this.disk.drop(id);
    return undefined;
  }

  /**
   * Checks a photograph. It is marked before: one whose check did not come to an end is tried once more, since that may have been a blackout; one
   * that took the process with it twice is not, or there would be no end of starts.
   */
  async #checkMarked(id: Id, file: StoredFile): Promise<Checked | Refusal> {
    if (file.size > largestPhoto) return refused('files.photoTooLarge');
    const before = await this.disk.beginCheck(id);
    if (before !== undefined) {
      // Where several nodes share the folder, another may be at it just now.
      if (this.#now() - before.since < longestCheck) throw new ComeBackLater('away', 5_000);
      if (before.isSecond) return refused('files.notAPicture');
      await this.disk.beginSecondCheck(id);
    }
    try {
      return (await this.#check(this.disk.uploadPath(id))) ?? refused('files.notAPicture');
    } finally {
      await this.disk.endCheck(id);
    }
  }

  async #startOver(id: Id): Promise<Refusal> {
    await this.disk.drop(id);
    return refused('files.damaged');
  }

  /** Its bytes are not taken, or will never come: everyone who sees it learns why. What has come of it goes. */
  async refuse(stream: StreamKey, id: Id, reason: string): Promise<Refusal> {
    await this.#tell(refuseFile, id, { stream, file: id, reason });
    await this.disk.drop(id);
    return refused(reason);
  }

  /** Takes in a small picture of a photograph that is still to come. */
  async takeThumb(seen: Seen, bytes: Uint8Array): Promise<Refusal | undefined> {
    const { stream, file } = seen;
    if (file.kind !== 'photo') return refused('files.notAPicture');
    // It was here before: a repeat is answered as the first was.
    if (file.state !== 'awaited' || file.thumb) return undefined;
    const picture = (await import('../picture.ts')).cleanPicture(bytes);
    if (!picture || picture.width > thumbSide || picture.height > thumbSide) return refused('files.notAPicture');
    const sha256 = await this.disk.keepBytes(picture.bytes);
    await this.#tellKept(arriveThumb, { stream, file: file.id, sha256, size: picture.bytes.length, type: picture.type });
    return undefined;
  }

  /** Takes in a whole file at once, for whoever has it at hand on this machine: the demo. It must have been announced. */
  async takeWhole(id: Id, bytes: Uint8Array, thumb?: Uint8Array): Promise<Refusal | undefined> {
    const doc = this.#doc(id);
    if (!doc) return refused('files.notFound');
    if (doc.value.state !== 'awaited') return undefined;
    if (thumb) await this.takeThumb({ stream: doc.stream, file: doc.value }, thumb);
    await this.disk.begin(id, bytes.length);
    await this.disk.append(id, 0, bytes.length, [bytes]);
    return this.finish(id);
  }

  /** Tells under which hash bytes were kept. What was taken back or blacked out while they were copied is not told, and nobody would ever take them from the disk. */
  async #tellKept<I extends { readonly file: Id; readonly sha256: string }>(deed: Deed<I, any> & { deed: string }, found: I): Promise<void> {
    if (await this.#tell(deed, found.file, found)) return;
    if (!(await isTold(this.#stair.pool, found.sha256))) await this.disk.remove(found.sha256);
  }

  /**
   * Under an id that follows from the file's, so that it becomes true once, whoever asks and however often.
   * @returns whether it is true now, by this or before
   */
  async #tell<I>(deed: Deed<I, any> & { deed: string }, file: Id, input: I): Promise<boolean> {
    const answer = await this.#stair.submit(systemActor, { id: derivedId(file, deed.deed), name: deed.deed, input });
    // Withdrawn meanwhile, or told by another node: then there is nothing to tell.
    if (!answer.ok && answer.code !== 'files.notAwaited' && answer.code !== 'command.idReused') throw new Error(`${deed.deed}: ${answer.code}`);
    return answer.ok;
  }

  /**
   * Looks after the uploads: ends those that were whole when the server stopped, and takes away what nobody waits for.
   */
  async sweep(): Promise<void> {
    for (const { name, id, grownAt, size } of await this.disk.uploads()) {
      const file = this.#doc(id)?.value;
      if (file?.state === 'awaited' && name === id && size === file.size) await this.finish(id).catch(laterIsFine);
      else if (file && file.state !== 'awaited') await this.disk.dropLeftover(name);
      // What this node has not heard of yet is left alone for a while.
      else if (this.#now() - grownAt > (file ? longestRest : 86_400_000)) await this.disk.dropLeftover(name);
    }
  }

  #doc(id: Id): Doc<StoredFile> | undefined {
    return this.#stair.memory.get(storedFile.noun, id) as Doc<StoredFile> | undefined;
  }
}

/** The next look comes by itself. */
function laterIsFine(error: unknown): void {
  if (!(error instanceof ComeBackLater)) throw error;
}
