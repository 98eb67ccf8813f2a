import type { Squeezed } from '@noroshi/foundations/sync';
import { deflateRawSync } from 'node:zlib';

/** Compressed where it pays: batches shrink to a tenth, small ones hardly. */
export function squeezed(bytes: Uint8Array): Squeezed {
  return bytes.length < 400 ? [0, bytes] : [1, deflateRawSync(bytes, { level: 6 })];
}
