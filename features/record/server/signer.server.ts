import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
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
  return signerOf(path === undefined ? generateKeyPairSync('ed25519').privateKey : await keyAt(path));
}

async function keyAt(path: string): Promise<KeyObject> {
  const known = await read(path);
  if (known) return known;
  const { privateKey } = generateKeyPairSync('ed25519');
  await mkdir(dirname(path), { recursive: true });
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(privateKey.export({ type: 'pkcs8', format: 'pem' }));
      await file.sync();
    } finally {
      await file.close();
    }
    return privateKey;
  } catch (error) {
    // Another node on the same folder was quicker.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return (await read(path))!;
  }
}

async function read(path: string): Promise<KeyObject | undefined> {
  try {
    return createPrivateKey(await readFile(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function signerOf(secret: KeyObject): Signer {
  const bytes = Uint8Array.from(Buffer.from(createPublicKey(secret).export({ format: 'jwk' }).x!, 'base64url'));
  const key = (origin: string): PublicKey => publicKey(origin, bytes);
  const note = (origin: string, text: string): string => noteText(text, key(origin), sign(null, Buffer.from(text), secret));
  return { key, note, checkpoint: (stood) => note(stood.origin, checkpointText(stood)) };
}
