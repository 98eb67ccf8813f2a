import type { Squeezed } from '@noroshi/foundations/sync';
import { promisify } from 'node:util';
import { deflateRaw, deflateRawSync } from 'node:zlib';

/** Smaller than this is not worth the trouble, */
const small = 400;
/** and larger than this is squeezed beside the one thread that all wait for. */
const large = 32 * 1024;
const level = 6;
const inParallel = promisify<Uint8Array, { level: number }, Uint8Array>(deflateRaw);

/** Compressed where it pays: batches shrink to a tenth, small ones hardly. */
export function squeezed(bytes: Uint8Array): Squeezed {
  return bytes.length < small ? [0, bytes] : [1, deflateRawSync(bytes, { level })];
}

/** The same for what may be large. */
export async function squeezedBeside(bytes: Uint8Array): Promise<Squeezed> {
  return bytes.length < large ? squeezed(bytes) : [1, await inParallel(bytes, { level })];
}
