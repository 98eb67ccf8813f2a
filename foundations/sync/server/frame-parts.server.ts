import type { Range } from '@noroshi/foundations/sync';

// What stands in a frame comes from anyone: it is believed only after it was looked at.

/** A frame that no device of ours sends. */
export class Malformed extends Error {}

/** A number that counts. @throws Malformed */
export function whole(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new Malformed();
  return value;
}

/** A list that is not too long. @throws Malformed */
export function list(value: unknown, most: number): unknown[] {
  if (!Array.isArray(value) || value.length > most) throw new Malformed();
  return value;
}

/** Ranges of numbers. @throws Malformed */
export function ranges(value: unknown): Range[] {
  return list(value, 500).map((pair) => {
    const [from, to] = list(pair, 2);
    return [whole(from), whole(to)];
  });
}

/** Whether these are the same bytes. */
export function equal(a: Uint8Array, b: unknown): boolean {
  return b instanceof Uint8Array && a.length === b.length && a.every((byte, i) => byte === b[i]);
}
