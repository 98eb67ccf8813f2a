import { bytesToId, idToBytes, newId, type Id } from '@noroshi/foundations/kernel';
import { apart, digest, down, markNumber, pack, subprotocol, unpack, up, wireVersion, type Frame, type HeadRow, type JointMarks, type MarkRow, type Range } from '@noroshi/foundations/sync';
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { inflateRawSync } from 'node:zlib';

// A device reduced to its wire: it says what the application says, keeps count of what it holds, and shows nothing. A
// thousand of them fit into one process beside the server they measure.

/** What a line tells whoever measures. */
export interface Heard {
  /** An event, live or in a batch. `again`: it is held already. */
  readonly event?: (line: ThinLine, stream: number, seq: number, id: Uint8Array, again: boolean) => void;
  readonly answer?: (line: ThinLine, id: Uint8Array, done: boolean, code: string | undefined) => void;
  /** Marks of so many members. */
  readonly marks?: (line: ThinLine, stream: number, rows: readonly MarkRow[], whole: boolean) => void;
  /** Nothing was decided on what was sent. */
  readonly later?: (line: ThinLine, ms: number) => void;
  /** What was missed has come. */
  readonly caughtUp?: (line: ThinLine, stream: number) => void;
  readonly ended?: (line: ThinLine) => void;
  /** An event that was not held yet, as it came. */
  readonly frame?: (frame: Frame) => void;
}

/** Bytes that come to many at once are read once for all. */
class Memo<T> {
  readonly #kept: { bytes: Uint8Array; value: T }[] = [];
  readonly #read: (bytes: Uint8Array) => T;
  constructor(read: (bytes: Uint8Array) => T) {
    this.#read = read;
  }

  of(bytes: Buffer): T {
    const known = this.#kept.find((one) => one.bytes.length === bytes.length && bytes.equals(one.bytes));
    if (known) return known.value;
    const value = this.#read(bytes);
    // Not the part of a larger piece that it came in.
    this.#kept.unshift({ bytes: Uint8Array.from(bytes), value });
    if (this.#kept.length > 6) this.#kept.pop();
    return value;
  }
}

const framesIn = new Memo<readonly Frame[]>((bytes) => {
  const frames = unpack(bytes);
  if (!frames) throw new Error('the server sent garbage');
  return frames;
});
const inflated = new Memo<readonly Frame[]>((bytes) => unpack(inflateRawSync(bytes)) ?? []);

/** Who was turned away at the door, and with what. */
export class TurnedAway extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`turned away with ${status}`);
    this.status = status;
  }
}

export interface Opening {
  readonly port: number;
  readonly cookie: string;
  readonly heard?: Heard;
  /** Where it comes from: any address of this machine. */
  readonly from?: string;
}

/** One device on the line. */
export class ThinLine {
  readonly socket: Socket;
  /** Bytes that the WebSocket's handshake took, up and down. */
  shaken = { up: 0, down: 0 };
  /** What this device holds: of each stream by its number. */
  readonly held = new Map<number, number>();
  /** Numbers of the streams by their names. */
  readonly streams = new Map<string, number>();
  /** My number and how far I have read, of each stream. */
  readonly mine = new Map<number, number>();
  readonly #marks = new Map<number, number>();
  history: Uint8Array = new Uint8Array(0);
  heard: Heard;
  #commands = 0;
  #rest: Buffer = Buffer.alloc(0);
  #greeted = Promise.withResolvers<boolean>();
  readonly #fetching = new Set<number>();
  /** Streams that grew since their arrival was last told. */
  readonly #grown = new Set<number>();

  private constructor(socket: Socket, heard: Heard) {
    this.socket = socket;
    this.heard = heard;
  }

  /** Opens a socket and shakes hands. @throws TurnedAway */
  static open({ port, cookie, heard = {}, from }: Opening): Promise<ThinLine> {
    return new Promise((done, failed) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true, ...(from ? { localAddress: from } : {}) });
      const line = new ThinLine(socket, heard);
      const asks = `GET /line HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Protocol: ${subprotocol}\r\nCookie: ${cookie}\r\n\r\n`;
      socket.write(asks);
      let open = false;
      socket.on('error', (error) => {
        failed(error);
        socket.destroy();
      });
      socket.on('close', () => {
        failed(new Error('the line was ended before it was open'));
        line.#greeted.reject(new Error('the line was ended before it was greeted'));
        if (open) line.heard.ended?.(line);
      });
      line.#greeted.promise.catch(() => undefined);
      socket.on('data', (bytes) => {
        line.#rest = line.#rest.length === 0 ? bytes : Buffer.concat([line.#rest, bytes]);
        if (!open) {
          const end = line.#rest.indexOf('\r\n\r\n');
          if (end < 0) return;
          const status = Number(/^HTTP\/1\.1 (\d+)/.exec(line.#rest.toString('latin1', 0, end))?.[1]);
          if (status !== 101) {
            failed(new TurnedAway(status));
            return void socket.destroy();
          }
          line.#rest = line.#rest.subarray(end + 4);
          line.shaken = { up: asks.length, down: end + 4 };
          open = true;
          done(line);
        }
        line.#read();
      });
    });
  }

  /** Bytes since the handshake. */
  get downBytes(): number {
    return this.socket.bytesRead - this.shaken.down;
  }
  get upBytes(): number {
    return this.socket.bytesWritten - this.shaken.up;
  }

  /** Takes over what another line of the same person held. */
  inherit(before: ThinLine): void {
    this.history = before.history;
    for (const [stream, head] of before.held) this.held.set(stream, head);
    for (const [name, no] of before.streams) this.streams.set(name, no);
    for (const [stream, mark] of before.#marks) this.#marks.set(stream, mark);
  }

  /** Says hello, and holds what it is told of unless it holds something. @returns whether nothing was missed */
  async greet(): Promise<boolean> {
    this.say(pack([up.hello, wireVersion, digest(this.history, [...this.held].map(([stream, head]) => [stream, head, this.#marks.get(stream) ?? 0])), 1]));
    return this.#greeted.promise;
  }

  /** Sends frames, as one message. */
  say(...frames: readonly Uint8Array[]): void {
    const length = frames.reduce((sum, frame) => sum + frame.length, 0);
    const head = length < 126 ? Buffer.from([0x82, 0x80 | length]) : Buffer.from([0x82, 0x80 | 126, length >> 8, length & 255]);
    if (length > 0xffff) throw new Error('too long for what is measured here');
    // The mask is all zeros: the bytes go as they are.
    this.socket.write(Buffer.concat([head, Buffer.alloc(4), ...frames]));
  }

  /** Sends a command, or the same once more. @returns its id */
  command(name: string, input: unknown, id: Id = newId(Date.now(), randomBytes(10))): Id {
    this.say(pack([up.command, idToBytes(id), name, input, Date.now(), ++this.#commands]));
    return id;
  }

  /** After `later`: everything comes once more. */
  again(): void {
    this.say(pack([up.again, this.#commands + 1]));
  }

  read(stream: number, ranges: readonly Range[]): void {
    // As a device does: whoever has read to the end has also received all of it.
    if (ranges.at(-1)![1] >= (this.held.get(stream) ?? 0)) this.#grown.delete(stream);
    this.say(pack([up.read, stream, ranges]));
  }

  /** Tells what has come live and was not read, as a device does after three seconds. */
  arrived(): void {
    if (this.#grown.size > 0) this.say(pack([up.arrived, [...this.#grown].map((stream) => [stream, this.held.get(stream)!])]));
    this.#grown.clear();
  }

  open(...streams: number[]): void {
    this.say(pack([up.open, ...streams]));
  }

  fetch(stream: number, after: number): void {
    this.#fetching.add(stream);
    this.say(pack([up.fetch, stream, after]));
  }

  /** Goes without a goodbye. */
  drop(): void {
    this.heard = {};
    this.socket.destroy();
  }

  #read(): void {
    for (;;) {
      const rest = this.#rest;
      if (rest.length < 2) return;
      const short = rest[1]! & 127;
      const headSize = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (rest.length < headSize) return;
      const size = short < 126 ? short : short === 126 ? rest.readUInt16BE(2) : Number(rest.readBigUInt64BE(2));
      if (rest.length < headSize + size) return;
      const bytes = rest.subarray(headSize, headSize + size);
      this.#rest = rest.subarray(headSize + size);
      const kind = rest[0]! & 15;
      if (kind === 8) this.socket.destroy();
      else if (kind === 2) for (const frame of framesIn.of(bytes)) this.#hear(frame);
    }
  }

  #hear(frame: Frame): void {
    switch (frame[0]) {
      case down.event: return this.#event(frame);
      case down.welcome:
        this.history = frame[4] as Uint8Array;
        if (frame[3] === 1) this.#greeted.resolve(true);
        return;
      case down.heads: return this.#heads(frame[1] as HeadRow[]);
      case down.answer: return this.heard.answer?.(this, frame[1] as Uint8Array, frame[2] === 1, frame[2] === 1 ? undefined : frame[3] as string);
      case down.batch: {
        const [, stream, , , packed, bytes] = frame as unknown as [number, number, number, number, 0 | 1, Uint8Array];
        for (const event of packed ? inflated.of(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)) : unpack(bytes)!) this.#event(event);
        this.#fetching.delete(stream);
        return this.heard.caughtUp?.(this, stream);
      }
      case down.snapshot: {
        const [, stream, , head] = frame as unknown as [number, number, string, number];
        this.held.set(stream, head);
        this.#fetching.delete(stream);
        return this.heard.caughtUp?.(this, stream);
      }
      case down.marks: {
        const rows = apart(frame[3] as JointMarks[]);
        for (const row of rows) if (row[0] === this.mine.get(frame[1] as number)) this.#marks.set(frame[1] as number, markNumber({ read: row[2], ranges: row[3] }));
        return this.heard.marks?.(this, frame[1] as number, rows, frame[2] === 1);
      }
      case down.later: return this.heard.later?.(this, frame[1] as number);
      default: return;
    }
  }

  #heads(rows: readonly HeadRow[]): void {
    for (const [no, key, head, , myNo] of rows) {
      this.streams.set(key, no);
      this.mine.set(no, myNo);
      const have = this.held.get(no);
      if (have === undefined) this.held.set(no, head);
      else if (have < head) this.fetch(no, have);
    }
    this.#greeted.resolve(false);
  }

  #event(frame: Frame): void {
    const [, stream, seq, id] = frame as unknown as [number, number, number, Uint8Array];
    const head = this.held.get(stream) ?? 0;
    const again = seq <= head;
    // What comes live while something is fetched comes with it once more; a hole is asked for.
    if (seq > head + 1) {
      if (!this.#fetching.has(stream)) this.fetch(stream, head);
      return;
    }
    if (!again) {
      this.held.set(stream, seq);
      this.#grown.add(stream);
    }
    if (!again) this.heard.frame?.(frame);
    this.heard.event?.(this, stream, seq, id, again);
  }
}

/** An id as bytes, as a key. */
export const keyOf = (id: Uint8Array): Id => bytesToId(id);
