/** Some bytes as the letters they spell in Latin-1. */
export const textAt = (bytes: Uint8Array, at: number, length: number): string => String.fromCharCode(...bytes.subarray(at, at + length));

/**
 * The segments of a JPEG up to its next scan: marker, and where its payload lies.
 * @param at where to begin
 */
export function* jpegSegments(bytes: Uint8Array, at = 2): Generator<{ marker: number; start: number; from: number; end: number }> {
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return;
    const marker = bytes[at + 1]!;
    // A marker may be preceded by any number of fill bytes.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const end = at + 2 + bytes[at + 2]! * 256 + bytes[at + 3]!;
    if (end < at + 4 || end > bytes.length) return;
    yield { marker, start: at, from: at + 4, end };
    at = end;
  }
}
