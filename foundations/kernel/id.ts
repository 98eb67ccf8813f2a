import * as z from 'zod/mini';

/** A UUID in its canonical, lower-case form. Clients make them (version 7), so that a repeat is recognised. */
export type Id = string;

/** Milliseconds since 1970-01-01T00:00Z, by the clock that was handed in. */
export type Moment = number;

const canonical = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Shape of any id on the wire. */
export const idShape = z.string().check(z.regex(canonical));

/** Shape of a moment: whole milliseconds, before the year 2200. */
export const momentShape = z.int().check(z.minimum(0), z.maximum(7_258_118_400_000));

/**
 * A new UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, then randomness.
 * @param now milliseconds; a wrong device clock only worsens locality, never correctness
 * @param random ten fresh random bytes, handed in because each platform has its own source
 */
export function newId(now: Moment, random: Uint8Array): Id {
  const bytes = new Uint8Array(16);
  let time = Math.max(0, Math.floor(now));
  for (let i = 5; i >= 0; i--) {
    bytes[i] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytesToId(bytes);
}

const hex = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'));

/** Sixteen bytes as canonical text. */
export function bytesToId(bytes: Uint8Array): Id {
  let text = '';
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += '-';
    text += hex[bytes[i]!]!;
  }
  return text;
}

/** Canonical text as the sixteen bytes that travel on the wire. */
export function idToBytes(id: Id): Uint8Array {
  const bytes = new Uint8Array(16);
  const digits = id.replaceAll('-', '');
  for (let i = 0; i < 16; i++) bytes[i] = Number.parseInt(digits.slice(i * 2, i * 2 + 2), 16);
  return bytes;
}

/** The device's milliseconds inside a UUIDv7: what the sender's clock claimed. */
export function idTime(id: Id): Moment {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/**
 * A further id that follows from a command's id and a label, the same at every repeat and on both shores (version 8).
 * Not a secret and not against an adversary: where such an id is already taken, the deed is refused.
 */
export function derivedId(id: Id, label: string): Id {
  const words = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x510e527f];
  const text = `${id}/${label}`;
  for (let i = 0; i < text.length; i++) {
    for (let w = 0; w < 4; w++) {
      let x = words[w]! ^ Math.imul(text.charCodeAt(i) + w * 257, 0x85ebca6b);
      x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d + w * 2);
      words[w] = (Math.imul(x ^ (x >>> 12), 0x297a2d39) + words[(w + 1) % 4]!) >>> 0;
    }
  }
  const bytes = new Uint8Array(16);
  words.forEach((word, w) => {
    for (let b = 0; b < 4; b++) bytes[w * 4 + b] = (word >>> (b * 8)) & 0xff;
  });
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytesToId(bytes);
}
