/**
 * MessagePack, as far as the wire needs it: nil, booleans, numbers, text, bytes, lists and maps with text keys.
 * Ours, because it is on every phone's first load: a tenth of the library's size, and both shores use the same.
 * A test compares it with the reference library, value by value.
 */

/** Raised on bytes that are not what we write: garbage, a cut frame, a length beyond reason. */
export class BrokenBytes extends Error {}

/** How deep lists and maps may lie in each other: an input's own depth and room to spare; more is an attack. */
const deepest = 24;

class Writer {
  bytes = new Uint8Array(256);
  view = new DataView(this.bytes.buffer);
  at = 0;

  room(more: number): void {
    if (this.at + more <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.at + more));
    larger.set(this.bytes.subarray(0, this.at));
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }

  head(tag: number, size: 0 | 1 | 2 | 4, length: number): void {
    this.room(1 + size);
    this.bytes[this.at++] = tag;
    if (size === 1) this.view.setUint8(this.at, length);
    else if (size === 2) this.view.setUint16(this.at, length);
    else if (size === 4) this.view.setUint32(this.at, length);
    this.at += size;
  }

  number(n: number): void {
    if (!Number.isSafeInteger(n) || Object.is(n, -0)) return this.float(n);
    if (n >= 0) {
      if (n < 128) this.head(n, 0, 0);
      else if (n < 0x100) this.head(0xcc, 1, n);
      else if (n < 0x1_0000) this.head(0xcd, 2, n);
      else if (n < 0x1_0000_0000) this.head(0xce, 4, n);
      else this.wide(0xcf, n);
    } else if (n >= -32) this.head(n & 0xff, 0, 0);
    else if (n >= -0x80) this.head(0xd0, 1, n & 0xff);
    else if (n >= -0x8000) this.head(0xd1, 2, n & 0xffff);
    else if (n >= -0x8000_0000) this.head(0xd2, 4, n >>> 0);
    else this.wide(0xd3, n);
  }

  wide(tag: number, n: number): void {
    this.room(9);
    this.bytes[this.at++] = tag;
    this.view.setInt32(this.at, Math.floor(n / 0x1_0000_0000));
    this.view.setUint32(this.at + 4, n >>> 0);
    this.at += 8;
  }

  float(n: number): void {
    this.room(9);
    this.bytes[this.at++] = 0xcb;
    this.view.setFloat64(this.at, n);
    this.at += 8;
  }

  text(text: string): void {
    const length = utf8Length(text);
    if (length < 32) this.head(0xa0 | length, 0, 0);
    else if (length < 0x100) this.head(0xd9, 1, length);
    else if (length < 0x1_0000) this.head(0xda, 2, length);
    else this.head(0xdb, 4, length);
    this.room(length);
    const { bytes } = this;
    let { at } = this;
    for (let i = 0; i < text.length; i++) {
      let c = text.charCodeAt(i);
      if (c < 0x80) bytes[at++] = c;
      else if (c < 0x800) {
        bytes[at++] = 0xc0 | (c >> 6);
        bytes[at++] = 0x80 | (c & 63);
      } else {
        if (isPair(text, i)) {
          c = 0x1_0000 + ((c & 0x3ff) << 10) + (text.charCodeAt(++i) & 0x3ff);
          bytes[at++] = 0xf0 | (c >> 18);
          bytes[at++] = 0x80 | ((c >> 12) & 63);
        } else {
          if (c >= 0xd800 && c < 0xe000) c = 0xfffd;
          bytes[at++] = 0xe0 | (c >> 12);
        }
        bytes[at++] = 0x80 | ((c >> 6) & 63);
        bytes[at++] = 0x80 | (c & 63);
      }
    }
    this.at = at;
  }

  raw(bytes: Uint8Array): void {
    if (bytes.length < 0x100) this.head(0xc4, 1, bytes.length);
    else if (bytes.length < 0x1_0000) this.head(0xc5, 2, bytes.length);
    else this.head(0xc6, 4, bytes.length);
    this.room(bytes.length);
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
  }

  value(value: unknown): void {
    if (value === null || value === undefined) this.head(0xc0, 0, 0);
    else if (typeof value === 'number') this.number(value);
    else if (typeof value === 'string') this.text(value);
    else if (typeof value === 'boolean') this.head(value ? 0xc3 : 0xc2, 0, 0);
    else if (value instanceof Uint8Array) this.raw(value);
    else if (Array.isArray(value)) {
      if (value.length < 16) this.head(0x90 | value.length, 0, 0);
      else if (value.length < 0x1_0000) this.head(0xdc, 2, value.length);
      else this.head(0xdd, 4, value.length);
      for (const one of value) this.value(one);
    } else if (typeof value === 'object') {
      const entries = Object.entries(value).filter(([, one]) => one !== undefined);
      if (entries.length < 16) this.head(0x80 | entries.length, 0, 0);
      else if (entries.length < 0x1_0000) this.head(0xde, 2, entries.length);
      else this.head(0xdf, 4, entries.length);
      for (const [key, one] of entries) {
        this.text(key);
        this.value(one);
      }
    } else throw new TypeError(`${typeof value} does not travel`);
  }
}

const isPair = (text: string, i: number): boolean => {
  const c = text.charCodeAt(i);
  const next = text.charCodeAt(i + 1);
  return c >= 0xd800 && c < 0xdc00 && next >= 0xdc00 && next < 0xe000;
};

function utf8Length(text: string): number {
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 0x80) length += 1;
    else if (c < 0x800) length += 2;
    else if (isPair(text, i)) {
      length += 4;
      i += 1;
    } else length += 3;
  }
  return length;
}

/** A value as bytes. Absent fields are left out; a lone half of a surrogate pair becomes U+FFFD. */
export function encode(value: unknown): Uint8Array<ArrayBuffer> {
  const writer = new Writer();
  writer.value(value);
  return writer.bytes.slice(0, writer.at);
}

class Reader {
  at = 0;
  readonly bytes: Uint8Array;
  readonly view: DataView;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Steps over `size` bytes and tells where they begin. */
  take(size: number): number {
    const from = this.at;
    if (size > this.bytes.length - from) throw new BrokenBytes('cut off');
    this.at = from + size;
    return from;
  }

  length(size: 1 | 2 | 4): number {
    const at = this.take(size);
    return size === 1 ? this.view.getUint8(at) : size === 2 ? this.view.getUint16(at) : this.view.getUint32(at);
  }

  wide(high: number, at: number): number {
    const n = high * 0x1_0000_0000 + this.view.getUint32(at + 4);
    if (!Number.isSafeInteger(n)) throw new BrokenBytes('a number beyond reason');
    return n;
  }

  text(length: number): string {
    let at = this.take(length);
    const end = this.at;
    const { bytes } = this;
    const follow = (): number => {
      const byte = at < end ? bytes[at++]! : 0;
      if ((byte & 0xc0) !== 0x80) throw new BrokenBytes('not text');
      return byte & 63;
    };
    let text = '';
    while (at < end) {
      const lead = bytes[at++]!;
      let c = lead;
      if (lead >= 0x80) {
        if (lead >= 0xc2 && lead < 0xe0) c = ((lead & 31) << 6) | follow();
        else if (lead >= 0xe0 && lead < 0xf0) c = ((lead & 15) << 12) | (follow() << 6) | follow();
        else if (lead >= 0xf0 && lead < 0xf5) c = ((lead & 7) << 18) | (follow() << 12) | (follow() << 6) | follow();
        else throw new BrokenBytes('not text');
        if ((c >= 0xd800 && c < 0xe000) || c > 0x10_ffff || (lead >= 0xe0 && c < (lead < 0xf0 ? 0x800 : 0x1_0000))) throw new BrokenBytes('not text');
      }
      text += c < 0x1_0000 ? String.fromCharCode(c) : String.fromCodePoint(c);
    }
    return text;
  }

  list(length: number, depth: number): unknown[] {
    // Each item takes a byte at least: a length that cannot be is refused before anything is made for it.
    if (length > this.bytes.length - this.at) throw new BrokenBytes('cut off');
    const list: unknown[] = [];
    for (let i = 0; i < length; i++) list.push(this.value(depth + 1));
    return list;
  }

  map(length: number, depth: number): Record<string, unknown> {
    if (length * 2 > this.bytes.length - this.at) throw new BrokenBytes('cut off');
    const map: Record<string, unknown> = {};
    for (let i = 0; i < length; i++) {
      const key = this.value(depth + 1);
      if (typeof key !== 'string' || key === '__proto__') throw new BrokenBytes('not a name');
      map[key] = this.value(depth + 1);
    }
    return map;
  }

  raw(length: number): Uint8Array {
    const from = this.take(length);
    return this.bytes.slice(from, from + length);
  }

  value(depth: number): unknown {
    if (depth > deepest) throw new BrokenBytes('too deep');
    const tag = this.bytes[this.take(1)]!;
    if (tag < 0x80) return tag;
    if (tag < 0x90) return this.map(tag & 15, depth);
    if (tag < 0xa0) return this.list(tag & 15, depth);
    if (tag < 0xc0) return this.text(tag & 31);
    if (tag >= 0xe0) return tag - 0x100;
    switch (tag) {
      case 0xc0: return null;
      case 0xc2: return false;
      case 0xc3: return true;
      case 0xc4: return this.raw(this.length(1));
      case 0xc5: return this.raw(this.length(2));
      case 0xc6: return this.raw(this.length(4));
      case 0xca: return this.view.getFloat32(this.take(4));
      case 0xcb: return this.view.getFloat64(this.take(8));
      case 0xcc: return this.length(1);
      case 0xcd: return this.length(2);
      case 0xce: return this.length(4);
      case 0xcf: {
        const at = this.take(8);
        return this.wide(this.view.getUint32(at), at);
      }
      case 0xd0: return this.view.getInt8(this.take(1));
      case 0xd1: return this.view.getInt16(this.take(2));
      case 0xd2: return this.view.getInt32(this.take(4));
      case 0xd3: {
        const at = this.take(8);
        return this.wide(this.view.getInt32(at), at);
      }
      case 0xd9: return this.text(this.length(1));
      case 0xda: return this.text(this.length(2));
      case 0xdb: return this.text(this.length(4));
      case 0xdc: return this.list(this.length(2), depth);
      case 0xdd: return this.list(this.length(4), depth);
      case 0xde: return this.map(this.length(2), depth);
      case 0xdf: return this.map(this.length(4), depth);
      default: throw new BrokenBytes('unknown');
    }
  }
}

/** The values that stand one behind the other in these bytes, each read when it is asked for. @throws BrokenBytes */
export function* decodeEach(bytes: Uint8Array): Generator<unknown, void, void> {
  const reader = new Reader(bytes);
  while (reader.at < bytes.length) yield reader.value(0);
}

/** The same, all at once. @throws BrokenBytes */
export const decodeAll = (bytes: Uint8Array): unknown[] => [...decodeEach(bytes)];
