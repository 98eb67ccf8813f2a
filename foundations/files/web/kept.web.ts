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

/** The bytes, in a table of their own: whoever asks how far it is does not read them. */
interface KeptBytes { readonly file: Id; readonly blob: Blob; readonly thumb?: Blob | undefined }

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
  async keep(file: Omit<KeptFile, 'state' | 'sent'>, bytes: { blob: Blob; thumb?: Blob | undefined }): Promise<void> {
    await this.transaction('rw', this.file, this.bytes, async () => {
      await this.file.put({ ...file, state: 'waiting', sent: 0 });
      await this.bytes.put({ file: file.file, ...bytes });
    });
  }

  /** Forgets a file. */
  async drop(file: Id): Promise<void> {
    await this.transaction('rw', this.file, this.bytes, async () => {
      await this.file.delete(file);
      await this.bytes.delete(file);
    });
  }
}
