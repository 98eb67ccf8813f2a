import type { Id } from '@noroshi/foundations/kernel';
import { createHash, randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { chmod, copyFile, mkdir, open, readdir, rename, rm, stat, statfs, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The disk has no room for it. Nothing is lost: the device keeps what it has and comes again. */
export class NoRoom extends Error {}
/** More bytes came than were announced. */
export class TooMany extends Error {}

/** What is left free for the database, in bytes: a full disk would stop the words too. */
const keptFree = 256 * 1024 * 1024;
/** After so many bytes the room that is left is looked at again. */
const lookEvery = 1024 * 1024;
/** The name of the mark beside an upload that is being checked. */
const markEnding = '.checking';

/**
 * Where the bytes lie. `files` holds what is whole, each under the SHA-256 of its content, written once and never changed;
 * `uploads` holds what is still coming. What this class has answered is on the disk, not only on its way there.
 */
export class Disk {
  readonly #files: string;
  readonly #uploads: string;
  readonly #freeBytes: () => Promise<number>;

  /**
   * @param folder the data folder; `files` and `uploads` are made in it
   * @param freeBytes how much room there is, for a test
   */
  constructor(folder: string, freeBytes?: () => Promise<number>) {
    this.#files = join(folder, 'files');
    this.#uploads = join(folder, 'uploads');
    this.#freeBytes = freeBytes ?? (async () => {
      const { bavail, bsize } = await statfs(this.#uploads);
      return bavail * bsize;
    });
  }

  async open(): Promise<void> {
    for (const folder of [this.#files, this.#uploads]) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // Other users of this machine have no business here. A disk that others share may not be ours to close.
      await chmod(folder, 0o700).catch(() => undefined);
    }
  }

  /** The folder of what is whole; a hash is found in it at `pathOf`. */
  get root(): string {
    return this.#files;
  }

  pathOf(sha256: string): string {
    return `/${sha256.slice(0, 2)}/${sha256}`;
  }

  /** How many bytes of an upload are here; `undefined` when it has not begun. */
  async offset(id: Id): Promise<number | undefined> {
    const found = await stat(this.#part(id)).catch(absent);
    return found?.size;
  }

  /** Begins an upload, or leaves the one that has begun. @throws NoRoom */
  async begin(id: Id, size: number): Promise<void> {
    await this.roomFor(size);
    await (await open(this.#part(id), 'a')).close();
    await syncFolder(this.#uploads);
  }

  /** Sees to it that so many more bytes leave the database its room. @throws NoRoom */
  async roomFor(bytes: number): Promise<void> {
    if ((await this.#freeBytes()) - bytes < keptFree) throw new NoRoom();
  }

  /**
   * Takes in what comes, until it ends or breaks. What came before a break is kept too.
   * @param from the offset at which it begins, which is where the upload stands
   * @param size the whole, which is not exceeded
   * @returns the offset up to which all is on the disk @throws NoRoom
   */
  async append(id: Id, from: number, size: number, source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<number> {
    // Others have begun beside it since there was room for the whole: it is looked at again while bytes come.
    await this.roomFor(0);
    const file = await open(this.#part(id), 'r+');
    try {
      let at = from;
      let looked = from;
      try {
        for await (const bytes of source) {
          if (at + bytes.length > size) throw new TooMany();
          if (at - looked >= lookEvery) {
            await this.roomFor(0);
            looked = at;
          }
          await writeAll(file, bytes, at);
          at += bytes.length;
        }
      } finally {
        await file.sync();
      }
      return at;
    } catch (error) {
      throw isFull(error) ? new NoRoom() : error;
    } finally {
      await file.close();
    }
  }

  /** Where an upload lies, for a picture to be checked. */
  uploadPath(id: Id): string {
    return this.#part(id);
  }

  /**
   * Marks an upload as being checked. The mark outlives the process: where it is found, the check has never come to an end.
   * @returns `undefined`, or since when it is marked already, in milliseconds by the disk's clock, and whether that was its second check
   */
  async beginCheck(id: Id): Promise<{ readonly since: number; readonly isSecond: boolean } | undefined> {
    try {
      await (await open(this.#mark(id), 'wx')).close();
      return undefined;
    } catch (error) {
      if (isFull(error)) throw new NoRoom();
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const mark = await stat(this.#mark(id)).catch(absent);
      // Gone by now: whoever made it has just ended.
      return { since: mark?.mtimeMs ?? Number.POSITIVE_INFINITY, isSecond: mark !== undefined && mark.size > 0 };
    }
  }

  /** Marks an upload whose check never came to an end as being checked once more, from now on. @throws NoRoom */
  async beginSecondCheck(id: Id): Promise<void> {
    await writeFile(this.#mark(id), 'again').catch((error: unknown) => { throw isFull(error) ? new NoRoom() : error; });
  }

  /** The check has come to an end, with whatever result. */
  async endCheck(id: Id): Promise<void> {
    await rm(this.#mark(id), { force: true });
  }

  /** The first bytes of what has come. */
  async head(id: Id, length: number): Promise<Uint8Array> {
    const file = await open(this.#part(id), 'r');
    try {
      return await partOf(file, 0, length);
    } finally {
      await file.close();
    }
  }

  /**
   * Puts an upload as it came among what is whole. It is copied, and the copy is hashed: whoever still writes to the
   * upload cannot change what was checked.
   * @param isMeant asked with the copy's SHA-256 before it is put there
   * @returns the SHA-256 @throws NoRoom
   */
  async keepUpload(id: Id, isMeant: (sha256: string) => boolean): Promise<string> {
    const beside = join(this.#uploads, `${randomUUID()}.new`);
    try {
      await this.roomFor((await stat(this.#part(id))).size);
      await copyFile(this.#part(id), beside, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      const hash = createHash('sha256');
      for await (const bytes of createReadStream(beside)) hash.update(bytes as Uint8Array);
      const sha256 = hash.digest('hex');
      if (isMeant(sha256)) await this.#put(beside, sha256);
      return sha256;
    } catch (error) {
      return full(error);
    } finally {
      await rm(beside, { force: true });
    }
  }

  /**
   * Puts bytes among what is whole.
   * @param sha256 theirs, where it is known
   * @returns their SHA-256 @throws NoRoom
   */
  async keepBytes(bytes: Uint8Array, sha256 = createHash('sha256').update(bytes).digest('hex')): Promise<string> {
    const beside = join(this.#uploads, `${randomUUID()}.new`);
    try {
      await this.roomFor(bytes.length);
      await writeFile(beside, bytes, { flag: 'wx' });
      await this.#put(beside, sha256);
      return sha256;
    } catch (error) {
      return full(error);
    } finally {
      await rm(beside, { force: true });
    }
  }

  /** So many bytes from somewhere in what is whole, fewer at its end; `undefined` where it is not on this disk. */
  async part(sha256: string, from: number, length: number): Promise<Uint8Array | undefined> {
    const file = await open(join(this.#files, this.pathOf(sha256)), 'r').catch(absent);
    if (!file) return undefined;
    try {
      return await partOf(file, from, length);
    } finally {
      await file.close();
    }
  }

  /** Takes what is whole from the disk. */
  async remove(sha256: string): Promise<void> {
    await rm(join(this.#files, this.pathOf(sha256)), { force: true });
  }

  async drop(id: Id): Promise<void> {
    await rm(this.#part(id), { force: true });
    await this.endCheck(id);
  }

  /** What lies among the uploads: names as they are, whose each is, and when it last grew. */
  async uploads(): Promise<{ name: string; id: Id; grownAt: number; size: number }[]> {
    const names = await readdir(this.#uploads);
    const found = await Promise.all(names.map(async (name) => ({ name, stat: await stat(join(this.#uploads, name)).catch(absent) })));
    return found.flatMap(({ name, stat }) => (stat ? [{ name, id: name.endsWith(markEnding) ? name.slice(0, -markEnding.length) : name, grownAt: stat.mtimeMs, size: stat.size }] : []));
  }

  /** Takes away what is no upload of anything. */
  async dropLeftover(name: string): Promise<void> {
    await rm(join(this.#uploads, name), { force: true });
  }

  #part(id: Id): string {
    return join(this.#uploads, id);
  }

  #mark(id: Id): string {
    return join(this.#uploads, `${id}${markEnding}`);
  }

  /** In one step, and only when it is on the disk: under a hash there is the whole or nothing. */
  async #put(beside: string, sha256: string): Promise<void> {
    const place = join(this.#files, this.pathOf(sha256));
    const file = await open(beside, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    if (await mkdir(dirname(place), { recursive: true })) await syncFolder(this.#files);
    await rename(beside, place);
    await syncFolder(dirname(place));
  }
}

async function partOf(file: FileHandle, from: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  const { bytesRead } = await file.read(bytes, 0, length, from);
  return bytes.subarray(0, bytesRead);
}

async function writeAll(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;) done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
}

/** A new name is only kept when its folder is. Windows has no such step. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const isFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');

function full(error: unknown): never {
  throw isFull(error) ? new NoRoom() : error;
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
