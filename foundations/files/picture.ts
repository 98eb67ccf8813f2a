import { minimalExif, orientationIn } from './exif.ts';
import { jpegSegments, textAt } from './segments.ts';

/** Photographs that every browser shows and that can be cleaned without being decoded. */
export const pictureTypes = ['image/jpeg', 'image/png', 'image/webp'] as const;
export type PictureType = (typeof pictureTypes)[number];

/** The most a picture may hold when it is unfolded: a small file can claim a picture that fills a phone's memory. */
const mostPixels = 50_000_000;
const longestSide = 20_000;
/**
 * The most segments, chunks and scans together. A camera's JPEG has some hundred segments (a colour profile and the maker's
 * notes come in pieces of 64 kB), a PNG of 15 MB as libpng writes it two thousand chunks; one with millions of empty ones
 * only keeps the reader busy.
 */
const mostParts = 10_000;

export interface Picture {
  readonly type: PictureType;
  readonly width: number;
  readonly height: number;
  /** The picture alone: no place, time, camera, comment or thumbnail in it, and nothing behind its end. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Reads the outline of a picture and copies only what draws it. Its pixels are not unfolded; beside the copy it needs no
 * memory that grows with the picture.
 * @returns `undefined` for what is no whole JPEG, PNG or WebP picture, one too large to be shown, or one of
 * more parts than any real picture has
 */
export function cleanPicture(bytes: Uint8Array): Picture | undefined {
  const read = startsWith(bytes, 0xff, 0xd8, 0xff) ? jpeg : startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) ? png : textAt(bytes, 0, 4) === 'RIFF' && textAt(bytes, 8, 4) === 'WEBP' ? webp : undefined;
  const picture = read?.(bytes);
  if (!picture || picture.width < 1 || picture.height < 1) return undefined;
  if (picture.width > longestSide || picture.height > longestSide || picture.width * picture.height > mostPixels) return undefined;
  return picture;
}

const startsWith = (bytes: Uint8Array, ...start: number[]): boolean => start.every((byte, i) => bytes[i] === byte);
const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * What is kept of a picture: where it begins and ends in what came. Neighbours are one piece, so that a picture of which all
 * is kept is one piece however many parts it has; at the end it is copied once.
 */
class Kept {
  readonly #bytes: Uint8Array;
  readonly #pieces: { from: number; end: number }[] = [];
  #parts = 0;
  #length = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** How many bytes are kept so far. */
  get length(): number {
    return this.#length;
  }

  /** Counts one more part, kept or not. @returns whether it is one of more than any real picture has */
  isTooMany(): boolean {
    this.#parts += 1;
    return this.#parts > mostParts;
  }

  keep(from: number, end: number): void {
    const last = this.#pieces.at(-1);
    if (last?.end === from) last.end = end;
    else this.#pieces.push({ from, end });
    this.#length += end - from;
  }

  /** All that was kept behind a beginning of one's own. */
  behind(begin: Uint8Array): Uint8Array<ArrayBuffer> {
    const whole = new Uint8Array(begin.length + this.#length);
    whole.set(begin);
    let at = begin.length;
    for (const { from, end } of this.#pieces) {
      whole.set(this.#bytes.subarray(from, end), at);
      at += end - from;
    }
    return whole;
  }
}

/** Where the coded pixels that begin at `at` end: at the next marker that is neither stuffing nor a restart. */
function scanEnd(bytes: Uint8Array, at: number): number {
  for (let i = at; i + 1 < bytes.length; i++) {
    if (bytes[i] !== 0xff) continue;
    const next = bytes[i + 1]!;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return i;
  }
  return -1;
}

function jpeg(bytes: Uint8Array): Picture | undefined {
  const kept = new Kept(bytes);
  let width = 0;
  let height = 0;
  let turned = 1;
  let scans = 0;
  let at = 2;
  for (;;) {
    let here = 0;
    for (const { marker, start, from, end } of jpegSegments(bytes, at)) {
      if (kept.isTooMany()) return undefined;
      const payload = bytes.subarray(from, end);
      if (marker === 0xe1) turned = orientationIn(payload) ?? turned;
      if (keptInJpeg(marker, payload)) kept.keep(start, end);
      if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc && payload.length >= 6) {
        height = payload[1]! * 256 + payload[2]!;
        width = payload[3]! * 256 + payload[4]!;
      }
      if (marker === 0xda) {
        here = end;
        break;
      }
      if (marker === 0xd9) return undefined;
    }
    if (here === 0) return undefined;
    const end = scanEnd(bytes, here);
    if (end < 0) return undefined;
    scans += 1;
    at = end;
    if (bytes[end + 1] === 0xd9) {
      kept.keep(here, end + 2);
      break;
    }
    kept.keep(here, end);
    // A progressive picture has some dozen scans; one with thousands only keeps readers busy.
    if (scans > 200) return undefined;
  }
  const begin = bytes.slice(0, 2);
  if (turned === 1) return { type: 'image/jpeg', width, height, bytes: kept.behind(begin) };
  // Which way is up belongs to the picture: without it the photograph would lie on its side.
  if (turned >= 5) [width, height] = [height, width];
  return { type: 'image/jpeg', width, height, bytes: kept.behind(Uint8Array.of(...begin, ...minimalExif(turned))) };
}

/** What draws: tables, frames, scans, and of the applications' own only JFIF, the colour profile and Adobe's note on colours. */
function keptInJpeg(marker: number, payload: Uint8Array): boolean {
  if (marker === 0xfe) return false;
  if (marker < 0xe0 || marker > 0xef) return true;
  const name = textAt(payload, 0, 11);
  return (marker === 0xe0 && name.startsWith('JFIF\0')) || (marker === 0xe2 && name === 'ICC_PROFILE') || (marker === 0xee && name.startsWith('Adobe'));
}

const keptInPng = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'bKGD', 'pHYs']);

function png(bytes: Uint8Array): Picture | undefined {
  const read = view(bytes);
  const kept = new Kept(bytes);
  let width = 0;
  let height = 0;
  let drawn = false;
  let at = 8;
  while (at + 12 <= bytes.length) {
    const length = read.getUint32(at);
    const name = textAt(bytes, at + 4, 4);
    const end = at + 12 + length;
    if (kept.isTooMany() || end > bytes.length || (at === 8) !== (name === 'IHDR')) return undefined;
    if (name === 'IHDR') {
      if (length !== 13) return undefined;
      width = read.getUint32(at + 8);
      height = read.getUint32(at + 12);
    }
    drawn ||= name === 'IDAT';
    if (keptInPng.has(name)) kept.keep(at, end);
    if (name === 'IEND') return drawn ? { type: 'image/png', width, height, bytes: kept.behind(bytes.subarray(0, 8)) } : undefined;
    at = end;
  }
  return undefined;
}

const keptInWebp = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ICCP', 'ANIM', 'ANMF']);

function webp(bytes: Uint8Array): Picture | undefined {
  const read = view(bytes);
  const whole = read.getUint32(4, true) + 8;
  if (whole > bytes.length) return undefined;
  const kept = new Kept(bytes);
  /** Where in what is kept the picture says what else is in it. */
  let says = -1;
  let width = 0;
  let height = 0;
  let drawn = false;
  let at = 12;
  while (at + 8 <= whole) {
    const name = textAt(bytes, at, 4);
    const length = read.getUint32(at + 4, true);
    const end = at + 8 + length + (length % 2);
    // The last part may lack its padding.
    if (kept.isTooMany() || at + 8 + length > whole) return undefined;
    const from = at + 8;
    if (name === 'VP8X' && length >= 10) {
      if (says >= 0) return undefined;
      says = kept.length + 8;
      width = 1 + (read.getUint32(from + 3, true) >>> 8);
      height = 1 + (read.getUint32(from + 6, true) >>> 8);
    } else if (name === 'VP8 ' && length >= 10) {
      if (bytes[from + 3] !== 0x9d || bytes[from + 4] !== 0x01 || bytes[from + 5] !== 0x2a) return undefined;
      width ||= read.getUint16(from + 6, true) & 0x3fff;
      height ||= read.getUint16(from + 8, true) & 0x3fff;
      drawn = true;
    } else if (name === 'VP8L' && length >= 5) {
      if (bytes[from] !== 0x2f) return undefined;
      const sides = read.getUint32(from + 1, true);
      width ||= 1 + (sides & 0x3fff);
      height ||= 1 + ((sides >>> 14) & 0x3fff);
      drawn = true;
    } else if (name === 'ANMF') drawn = true;
    if (keptInWebp.has(name)) kept.keep(at, Math.min(end, whole));
    at = end;
  }
  if (!drawn) return undefined;
  const clean = kept.behind(bytes.subarray(0, 12));
  view(clean).setUint32(4, clean.length - 8, true);
  // It no longer says that it holds EXIF or XMP.
  if (says >= 0) clean[12 + says] = clean[12 + says]! & ~0x0c;
  return { type: 'image/webp', width, height, bytes: clean };
}
