import type { DexieOptions, Table } from 'dexie';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { StreamKey } from '@noroshi/foundations/sync';
import { LastingDb } from '@noroshi/foundations/sync/web';
import type { FileKind } from '../stored-file.ts';

/** A file of mine as this device keeps it, until it has arrived and for some days after. */
export interface KeptFile {
  readonly file: Id;
  readonly stream: StreamKey;
  readonly kind: FileKind;
  readonly size: number;
  readonly type: string;
  readonly at: Moment;
  /** `waiting` for its words or for the line · `sent` · `refused`, with the code of the reason. */
  readonly state: 'waiting' | 'sent' | 'refused';
  /** How many bytes the server has confirmed. */
  readonly sent: number;
  readonly code?: string;
}

/** What a file is made of. */
export interface FileBytes { readonly blob: Blob; readonly thumb?: Blob | undefined }

/** A blob by its bytes alone, for where none can be kept. */
interface Bare { readonly type: string; readonly bytes: ArrayBuffer }

/** The bytes, in a table of their own: whoever asks how far it is does not read them. */
interface KeptBytes { readonly file: Id; readonly blob: Blob | Bare; readonly thumb?: Blob | Bare | undefined }

/** A transaction that was given up tells why within. */
const isFull = (error: unknown): boolean => error instanceof Error && (error.name === 'QuotaExceededError' || ('inner' in error && isFull(error.inner)));
const bare = async (blob: Blob): Promise<Bare> => ({ type: blob.type, bytes: await blob.arrayBuffer() });
const whole = (kept: Blob | Bare): Blob => (kept instanceof Blob ? kept : new Blob([kept.bytes], { type: kept.type }));

/** What was picked on this device and belongs to messages that may not even be sent yet. */
export class KeptFiles extends LastingDb {
  declare file: Table<KeptFile, Id>;
  declare bytes: Table<KeptBytes, Id>;

  /** @param person whose they are: nobody else's session sends them */
  constructor(person: Id, storage: DexieOptions = {}) {
    // Strict: the message may go out as soon as this says that it has the bytes.
    super(`noroshi-files-${person}`, { cache: 'disabled', ...storage, chromeTransactionDurability: 'strict' });
    this.version(1).stores({ file: 'file, state', bytes: 'file' });
  }

  /** Puts a picked file onto this device's disk. @throws where there is no room for it */
  async keep(file: Omit<KeptFile, 'state' | 'sent'>, { blob, thumb }: FileBytes): Promise<void> {
    const put = (bytes: Omit<KeptBytes, 'file'>): Promise<void> => this.transaction('rw', this.file, this.bytes, async () => {
      await this.file.put({ ...file, state: 'waiting', sent: 0 });
      await this.bytes.put({ file: file.file, ...bytes });
    });
    try {
      await put({ blob, thumb });
    } catch (error) {
      // Where there is no room, the same once more would take as much and memory as well.
      if (isFull(error)) throw error;
      // WebKit keeps no blobs in a private window, which is how one opens this on a shared computer.
      await put({ blob: await bare(blob), thumb: thumb && await bare(thumb) });
    }
  }

  /** What a file of mine is made of, while this device keeps it. */
  async bytesOf(file: Id): Promise<FileBytes | undefined> {
    const kept = await this.bytes.get(file);
    return kept && { blob: whole(kept.blob), thumb: kept.thumb && whole(kept.thumb) };
  }

  /** Forgets a file. */
  async drop(file: Id): Promise<void> {
    await this.transaction('rw', this.file, this.bytes, async () => {
      await this.file.delete(file);
      await this.bytes.delete(file);
    });
  }
}
