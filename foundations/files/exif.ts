import { jpegSegments, textAt } from './segments.ts';

/** What a camera noted of a photograph: the only two things that a person may choose to tell. */
export interface Taken {
  /** Milliseconds since 1970. */
  readonly at?: number;
  readonly lat?: number;
  readonly lon?: number;
}

/**
 * Reads when and where a photograph was taken, from JPEG, PNG or WebP (EXIF 2.32 §4.6).
 * @param zoneMinutes where the camera does not say its time zone: minutes east of UTC to take instead
 */
export function takenIn(bytes: Uint8Array, zoneMinutes: number): Taken {
  const tiff = tiffIn(bytes);
  if (!tiff) return {};
  try {
    return read(new Tiff(tiff), zoneMinutes);
  } catch (error) {
    // What points beyond its end is broken: then nothing is known.
    if (error instanceof RangeError) return {};
    throw error;
  }
}

/** Which way is up (1 to 8), in the payload of a JPEG's APP1; `undefined` where it does not say. */
export function orientationIn(payload: Uint8Array): number | undefined {
  if (textAt(payload, 0, 6) !== 'Exif\0\0') return undefined;
  try {
    const tiff = new Tiff(payload.subarray(6));
    const up = tiff.number(tiff.fields(tiff.first).get(0x0112));
    return up !== undefined && up >= 1 && up <= 8 ? up : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A whole APP1 segment that says which way is up and nothing else. */
export function minimalExif(up: number): Uint8Array {
  return Uint8Array.of(
    0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8,
    0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, up, 0, 0, 0, 0, 0, 0,
  );
}

function tiffIn(bytes: Uint8Array): Uint8Array | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    for (const { marker, from, end } of jpegSegments(bytes)) {
      if (marker === 0xe1 && textAt(bytes, from, 6) === 'Exif\0\0') return bytes.subarray(from + 6, end);
      if (marker === 0xda) return undefined;
    }
  } else if (textAt(bytes, 1, 3) === 'PNG') {
    for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
      if (textAt(bytes, at + 4, 4) === 'eXIf') return bytes.subarray(at + 8, at + 8 + view.getUint32(at));
    }
  } else if (textAt(bytes, 0, 4) === 'RIFF' && textAt(bytes, 8, 4) === 'WEBP') {
    for (let at = 12; at + 8 <= bytes.length;) {
      const length = view.getUint32(at + 4, true);
      const from = at + 8 + (textAt(bytes, at + 8, 6) === 'Exif\0\0' ? 6 : 0);
      if (textAt(bytes, at, 4) === 'EXIF') return bytes.subarray(from, at + 8 + length);
      at += 8 + length + (length % 2);
    }
  }
  return undefined;
}

interface Entry { readonly type: number; readonly count: number; readonly at: number }
const widths: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8 };
/** A directory of a camera has some dozens of entries; a hostile one may point at itself for ever. */
const mostEntries = 1_000;

class Tiff {
  readonly #view: DataView;
  readonly #little: boolean;
  readonly first: number;
  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#little = this.#view.getUint16(0) === 0x4949;
    this.first = this.#view.getUint32(4, this.#little);
  }

  fields(at: number): Map<number, Entry> {
    const found = new Map<number, Entry>();
    const count = Math.min(mostEntries, this.#view.getUint16(at, this.#little));
    for (let i = 0; i < count; i++) {
      const entry = at + 2 + i * 12;
      const type = this.#view.getUint16(entry + 2, this.#little);
      const many = this.#view.getUint32(entry + 4, this.#little);
      const long = (widths[type] ?? 1) * many > 4;
      found.set(this.#view.getUint16(entry, this.#little), { type, count: many, at: long ? this.#view.getUint32(entry + 8, this.#little) : entry + 8 });
    }
    return found;
  }

  number(entry: Entry | undefined): number | undefined {
    if (!entry) return undefined;
    return entry.type === 3 ? this.#view.getUint16(entry.at, this.#little) : entry.type === 4 ? this.#view.getUint32(entry.at, this.#little) : undefined;
  }

  text(entry: Entry | undefined): string {
    if (!entry || entry.type !== 2) return '';
    let text = '';
    for (let i = 0; i < Math.min(entry.count, 64); i++) {
      const letter = this.#view.getUint8(entry.at + i);
      if (letter === 0) break;
      text += String.fromCharCode(letter);
    }
    return text;
  }

  /** Degrees, minutes and seconds as one number. */
  degrees(entry: Entry | undefined): number {
    if (!entry || entry.type !== 5 || entry.count !== 3) return Number.NaN;
    const part = (i: number): number => this.#view.getUint32(entry.at + i * 8, this.#little) / this.#view.getUint32(entry.at + i * 8 + 4, this.#little);
    return part(0) + part(1) / 60 + part(2) / 3600;
  }
}

function read(tiff: Tiff, zoneMinutes: number): Taken {
  const root = tiff.fields(tiff.first);
  const exifAt = tiff.number(root.get(0x8769));
  const gpsAt = tiff.number(root.get(0x8825));
  const exif = exifAt === undefined ? new Map<number, Entry>() : tiff.fields(exifAt);
  const gps = gpsAt === undefined ? new Map<number, Entry>() : tiff.fields(gpsAt);
  const written = tiff.text(exif.get(0x9003)) || tiff.text(root.get(0x0132));
  const at = moment(written, tiff.text(exif.get(0x9011)) || tiff.text(exif.get(0x9010)), zoneMinutes);
  const lat = tiff.degrees(gps.get(2)) * (tiff.text(gps.get(1)) === 'S' ? -1 : 1);
  const lon = tiff.degrees(gps.get(4)) * (tiff.text(gps.get(3)) === 'W' ? -1 : 1);
  // A camera without a fix writes zeros.
  const isPlace = Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && (lat !== 0 || lon !== 0);
  return { ...(at === undefined ? {} : { at }), ...(isPlace ? { lat: rounded(lat), lon: rounded(lon) } : {}) };
}

/** To about ten centimetres: no camera knows more. */
const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

function moment(written: string, zone: string, zoneMinutes: number): number | undefined {
  const at = /^(\d{4}):(\d\d):(\d\d)[ T](\d\d):(\d\d):(\d\d)/.exec(written)?.slice(1).map(Number);
  if (!at) return undefined;
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(zone) ?? [];
  const east = sign ? (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) : zoneMinutes;
  const utc = Date.UTC(at[0]!, at[1]! - 1, at[2], at[3], at[4], at[5]) - east * 60_000;
  // A camera that stands in another century knows no time.
  return at[1]! >= 1 && utc > 0 && utc <= Date.UTC(2200) ? utc : undefined;
}
