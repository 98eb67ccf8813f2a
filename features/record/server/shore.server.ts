import { createInflateRaw } from 'node:zlib';
import { publicKeyOf } from '@noroshi/foundations/keys';
import { verify as verifies } from 'node:crypto';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Source } from '../proof/unzip.ts';
import type { CheckSignature } from '../proof/verify.ts';

/** A file of this machine, to be checked. */
export async function sourceOf(path: string): Promise<Source & { close(): Promise<void> }> {
  const file = await open(path, 'r');
  const { size } = await file.stat();
  return {
    size,
    async read(from, to) {
      const bytes = new Uint8Array(Math.max(0, to - from));
      let at = 0;
      while (at < bytes.length) {
        const { bytesRead } = await file.read(bytes, at, bytes.length - at, from + at);
        if (bytesRead === 0) break;
        at += bytesRead;
      }
      return bytes.subarray(0, at);
    },
    async* inflate(bytes) {
      const unpacked = createInflateRaw();
      const packed = Readable.from(bytes, { objectMode: false });
      packed.on('error', (error) => unpacked.destroy(error));
      yield* packed.pipe(unpacked) as AsyncIterable<Uint8Array>;
    },
    close: () => file.close(),
  };
}

/** Ed25519, by this platform. */
export const checkSignature: CheckSignature = async (key, signature, text) => {
  try {
    return verifies(null, text, publicKeyOf(key), signature);
  } catch {
    // Thirty-two bytes that are no point of the curve have signed nothing.
    return false;
  }
};
