import { publicHalf, secretKey } from '@noroshi/foundations/keys';
import { sign, type KeyObject } from 'node:crypto';
import { checkpointText, noteText, publicKey, type Checkpoint, type PublicKey } from '../proof/note.ts';

/** Who signs what stands in the log. The secret half never leaves it, and is written to no log. */
export interface Signer {
  /** Under which key this log's checkpoints are to be checked. */
  key(origin: string): PublicKey;
  /** A checkpoint as a signed note. */
  checkpoint(checkpoint: Checkpoint): string;
  /** Any text of ours as a signed note. */
  note(origin: string, text: string): string;
}

/**
 * The key of this machine: made at the first start, readable by its owner alone. It is not in a backup, which others
 * may come to hold: a machine that is set up anew signs with a new key, and what the old one signed stays good.
 * @param path such as `record-key.pem` in the data folder; undefined: a key of this process alone, for a test
 */
export async function openSigner(path?: string): Promise<Signer> {
  return signerOf(await secretKey(path));
}

function signerOf(secret: KeyObject): Signer {
  const bytes = Uint8Array.from(publicHalf(secret));
  const key = (origin: string): PublicKey => publicKey(origin, bytes);
  const note = (origin: string, text: string): string => noteText(text, key(origin), sign(null, Buffer.from(text), secret));
  return { key, note, checkpoint: (stood) => note(stood.origin, checkpointText(stood)) };
}
