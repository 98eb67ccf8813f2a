import { constants, crc32, createDeflateRaw } from 'node:zlib';
import { Readable } from 'node:stream';

/** One file of a zip. */
export interface ZipPart {
  readonly name: string;
  readonly data: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** What is compressed already is only stored. */
  readonly stored?: boolean;
}

const most = 0xffff_ffff;
const utf8Names = 1 << 11;
const sizesBehind = 1 << 3;

/**
 * Writes a zip as it goes, in memory that does not grow with it: each file's sizes stand behind it, and the list of all at the
 * end (APPNOTE 4.3; with the zip64 forms where it has more than 4 GB or 65,535 files). What is cut off has no list, and is seen as such.
 * @throws RangeError where a single file has 4 GB or more
 */
export async function* zip(parts: AsyncIterable<ZipPart>, at: Date): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = [];
  let offset = 0;
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  const day = (Math.max(0, at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  for await (const { name, data, stored } of parts) {
    const bytes = Buffer.from(name);
    const begins = offset;
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(utf8Names | sizesBehind, 6);
    head.writeUInt16LE(stored ? 0 : 8, 8);
    head.writeUInt16LE(time, 10);
    head.writeUInt16LE(day, 12);
    head.writeUInt16LE(bytes.length, 26);
    yield Buffer.concat([head, bytes]);
    offset += 30 + bytes.length;
    let crc = 0;
    let size = 0;
    let packed = 0;
    const counted = async function* (): AsyncGenerator<Uint8Array> {
      for await (const chunk of data) {
        crc = crc32(chunk, crc);
        size += chunk.length;
        yield chunk;
      }
    };
    for await (const chunk of stored ? counted() : deflated(counted())) {
      packed += chunk.length;
      yield chunk;
    }
    if (size >= most || packed >= most) throw new RangeError(`${name} is too large for this zip`);
    offset += packed;
    const behind = Buffer.alloc(16);
    behind.writeUInt32LE(0x08074b50, 0);
    behind.writeUInt32LE(crc, 4);
    behind.writeUInt32LE(packed, 8);
    behind.writeUInt32LE(size, 12);
    yield behind;
    offset += 16;
    const far = begins >= most;
    const entry = Buffer.alloc(46 + bytes.length + (far ? 12 : 0));
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(far ? 45 : 20, 4);
    entry.writeUInt16LE(far ? 45 : 20, 6);
    head.copy(entry, 8, 6, 14);
    entry.writeUInt32LE(crc, 16);
    entry.writeUInt32LE(packed, 20);
    entry.writeUInt32LE(size, 24);
    entry.writeUInt16LE(bytes.length, 28);
    entry.writeUInt16LE(far ? 12 : 0, 30);
    entry.writeUInt32LE(far ? most : begins, 42);
    bytes.copy(entry, 46);
    if (far) {
      entry.writeUInt16LE(1, 46 + bytes.length);
      entry.writeUInt16LE(8, 48 + bytes.length);
      entry.writeBigUInt64LE(BigInt(begins), 50 + bytes.length);
    }
    directory.push(entry);
  }
  const length = directory.reduce((sum, entry) => sum + entry.length, 0);
  const far = offset + length >= most || directory.length >= 0xffff;
  yield* directory;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(far ? 0xffff : directory.length, 8);
  end.writeUInt16LE(far ? 0xffff : directory.length, 10);
  end.writeUInt32LE(far ? most : length, 12);
  end.writeUInt32LE(far ? most : offset, 16);
  yield far ? Buffer.concat([farEnd(directory.length, length, offset), end]) : end;
}

/** The end of a large zip, and the pointer to it. */
function farEnd(count: number, length: number, offset: number): Buffer {
  const end = Buffer.alloc(76);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeUInt16LE(45, 12);
  end.writeUInt16LE(45, 14);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(length), 40);
  end.writeBigUInt64LE(BigInt(offset), 48);
  end.writeUInt32LE(0x07064b50, 56);
  end.writeBigUInt64LE(BigInt(offset + length), 64);
  end.writeUInt32LE(1, 72);
  return end;
}

const deflated = (data: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> => {
  const packing = createDeflateRaw({ level: constants.Z_BEST_SPEED + 3 });
  const source = Readable.from(data, { objectMode: false });
  source.on('error', (error) => packing.destroy(error));
  return source.pipe(packing) as AsyncIterable<Uint8Array>;
};
