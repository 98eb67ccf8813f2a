import { fromUtf8 } from './bytes.ts';

/** A file that can be read from anywhere, and what the platform lends for it. */
export interface Source {
  readonly size: number;
  /** @param to behind the last byte */
  read(from: number, to: number): Promise<Uint8Array>;
  /** Unpacks deflated bytes as they come. @throws where they are none */
  inflate(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
}

/** It is no zip, or its end is missing. */
export class NotWhole extends Error {
  readonly cut: boolean;
  constructor(cut: boolean) {
    super(cut ? 'the end of the file is missing' : 'this is no zip');
    this.cut = cut;
  }
}

/** A file of a zip. */
export interface Entry { readonly name: string; readonly size: number; read(): AsyncIterable<Uint8Array> }

const piece = 256 * 1024;

/** What nothing becomes when it is packed, in bytes. */
const emptyPacked = 2;

/** The files of a zip, by name. @throws NotWhole */
export async function unzip(source: Source): Promise<ReadonlyMap<string, Entry>> {
  const tail = await source.read(Math.max(0, source.size - 65_557), source.size);
  const end = lastSign(tail, 0x06054b50);
  if (end === undefined) {
    const head = await source.read(0, Math.min(4, source.size));
    throw new NotWhole(head.length === 4 && viewOf(head).getUint32(0, true) === 0x04034b50);
  }
  const told = viewOf(tail);
  let [length, offset] = [told.getUint32(end + 12, true), told.getUint32(end + 16, true)];
  if (offset === 0xffff_ffff || told.getUint16(end + 10, true) === 0xffff) {
    const at = end - 76;
    if (at < 0 || told.getUint32(at, true) !== 0x06064b50) throw new NotWhole(true);
    [length, offset] = [Number(told.getBigUint64(at + 40, true)), Number(told.getBigUint64(at + 48, true))];
  }
  if (offset + length > source.size) throw new NotWhole(true);
  const list = await source.read(offset, offset + length);
  const view = viewOf(list);
  const entries = new Map<string, Entry>();
  for (let at = 0; at + 46 <= list.length;) {
    if (view.getUint32(at, true) !== 0x02014b50) throw new NotWhole(true);
    const [method, packed, size] = [view.getUint16(at + 10, true), view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    const [nameLength, extraLength, noteLength] = [28, 30, 32].map((k) => view.getUint16(at + k, true)) as [number, number, number];
    if (at + 46 + nameLength + extraLength + noteLength > list.length) throw new NotWhole(true);
    let begins = view.getUint32(at + 42, true);
    if (begins === 0xffff_ffff && extraLength >= 12) begins = Number(view.getBigUint64(at + 46 + nameLength + 4, true));
    const name = fromUtf8(list.subarray(at + 46, at + 46 + nameLength));
    if (name === undefined || begins + packed > source.size) throw new NotWhole(true);
    // Of two with one name, other programs may show the other: it stands here as what it is, a strange one.
    // A folder's own entry holds nothing: it comes of packing anew what was unpacked.
    if (!(name.endsWith('/') && size === 0 && packed <= emptyPacked)) entries.set(entries.has(name) ? `${name} (2)` : name, { name, size, read: () => contents(source, begins, packed, method === 8) });
    at += 46 + nameLength + extraLength + noteLength;
  }
  return entries;
}

function contents(source: Source, begins: number, packed: number, deflated: boolean): AsyncIterable<Uint8Array> {
  async function* raw(): AsyncGenerator<Uint8Array> {
    const head = viewOf(await source.read(begins, begins + 30));
    if (head.byteLength < 30 || head.getUint32(0, true) !== 0x04034b50) throw new NotWhole(true);
    const from = begins + 30 + head.getUint16(26, true) + head.getUint16(28, true);
    for (let at = from; at < from + packed; at += piece) yield source.read(at, Math.min(at + piece, from + packed));
  }
  return deflated ? source.inflate(raw()) : raw();
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function lastSign(bytes: Uint8Array, sign: number): number | undefined {
  const view = viewOf(bytes);
  for (let at = bytes.length - 22; at >= 0; at--) if (view.getUint32(at, true) === sign) return at;
  return undefined;
}
