import { bytesToId, idTime, idToBytes, type Id } from '@noroshi/foundations/kernel';
import { decodeMulti, encode } from '@msgpack/msgpack';
import type { Event, EventKind, StreamKey } from './event.ts';
import type { House } from './house.ts';
import type { Range } from './watermark.ts';

/**
 * The wire's version, and the subprotocol's name. A server refuses others with a sentence, never with a guess.
 * Raise it when a frame changes its meaning; new trailing fields need no new version.
 */
export const wireVersion = 1;
export const subprotocol = `noroshi.${wireVersion}`;

/** What goes up. Every frame is an array that begins with its number. */
export const up = { hello: 1, command: 2, fetch: 4, old: 5, read: 6, arrived: 7, open: 8, ping: 9 } as const;
/** What comes down. */
export const down = { welcome: 1, heads: 2, answer: 3, event: 4, batch: 5, snapshot: 6, old: 7, marks: 8, pong: 9, bye: 10 } as const;

export type Bytes = Uint8Array<ArrayBuffer>;
export type Frame = readonly [number, ...unknown[]];

export type UpFrame =
  | readonly [1, version: number, digest: Uint8Array]
  | readonly [2, id: Uint8Array, name: string, input: unknown, deviceAt: number]
  | readonly [4, stream: number, after: number]
  | readonly [5, stream: number, before: number, limit: number]
  | readonly [6, stream: number, ranges: readonly Range[]]
  | readonly [7, heads: readonly (readonly [stream: number, head: number])[]]
  | readonly [8, stream: number]
  | readonly [9];

/** One stream as a device is told of it. */
export type HeadRow = readonly [stream: number, key: StreamKey, head: number, messages: number, myNo: number];
/** One member's watermark: number in the stream, delivered, read, ranges, when it last moved. */
export type MarkRow = readonly [member: number, delivered: number, read: number, ranges: readonly Range[], at: number];
/** One thing in a snapshot. */
export type DocRow = readonly [noun: string, id: string, born: number, seq: number, value: unknown];

/** One frame as bytes. Frames may stand one behind the other in one message. */
export function pack(frame: Frame): Bytes {
  return encode(frame, { ignoreUndefined: true }) as Bytes;
}

/** The frames of one message, or `undefined` when it is garbage. */
export function unpack(bytes: Uint8Array): Frame[] | undefined {
  const frames: Frame[] = [];
  try {
    for (const frame of decodeMulti(bytes, { maxStrLength: 1 << 20, maxBinLength: 1 << 24, maxArrayLength: 1 << 17, maxMapLength: 1 << 12 })) {
      if (!Array.isArray(frame) || typeof frame[0] !== 'number') return undefined;
      frames.push(frame as unknown as Frame);
    }
  } catch {
    return undefined;
  }
  return frames;
}

/** What is needed to write an event small: the stream's number, and members' numbers for their ids. */
export interface Numbers {
  readonly stream: number;
  /** The member's number and usual organization, if they are one. */
  readonly member: (person: Id) => { no: number; org: Id } | undefined;
}

/**
 * An event as a frame. One encoding serves all who hear it: its numbers are the stream's, not the reader's.
 * Time is the difference to the id's own; who wrote is a member's number; the organization is left out where the card says it.
 */
export function eventFrame(kind: EventKind, event: Event<any>, numbers: Numbers): Frame {
  const who = numbers.member(event.by);
  const fields = kind.fields.map((field) => event.body[field]);
  while (fields.length && fields.at(-1) === undefined) fields.pop();
  const frame: unknown[] = [
    down.event, numbers.stream, event.seq, idToBytes(event.id), event.n, kind.no, event.at - idTime(event.id),
    who ? who.no : idToBytes(event.by), fields.map((f) => (f === undefined ? null : f)),
  ];
  const org = who && who.org === event.org ? null : idToBytes(event.org);
  const tail = [event.message ?? null, org, event.incident ? idToBytes(event.incident) : null, event.drill ? 1 : null];
  while (tail.length && tail.at(-1) === null) tail.pop();
  return [...frame, ...tail] as unknown as Frame;
}

/** Reads an event frame. A kind that this build does not know keeps its number as `?<no>`, so that it can be kept. */
export function readEvent(house: House, frame: Frame, stream: StreamKey, member: (no: number) => { person: Id; org: Id } | undefined): Event {
  const [, , seq, idBytes, n, kindNo, dt, by, fields, message, org, incident, drill] = frame as unknown as [
    number, number, number, Uint8Array, number, number, number, number | Uint8Array, unknown[],
    (number | null)?, (Uint8Array | null)?, (Uint8Array | null)?, (number | null)?,
  ];
  const kind = house.kindByNo.get(kindNo);
  const id = bytesToId(idBytes);
  const who = typeof by === 'number' ? member(by) : undefined;
  const body: Record<string, unknown> = {};
  kind?.fields.forEach((field, i) => {
    if (fields[i] !== null && fields[i] !== undefined) body[field] = fields[i];
  });
  return {
    stream, seq, id, n, kind: kind?.kind ?? `?${kindNo}`, at: idTime(id) + dt,
    by: typeof by === 'number' ? (who?.person ?? '') : bytesToId(by),
    org: org ? bytesToId(org) : (who?.org ?? ''),
    incident: incident ? bytesToId(incident) : undefined,
    drill: drill ? true : undefined,
    message: message ?? undefined,
    body: kind ? body : fields,
  };
}

/**
 * Sixteen bytes that are equal when two sides hold the same cursors. Not against an adversary: a wrong match
 * could only make one device wait until the next event shows the hole.
 */
export function digest(cursors: Iterable<readonly [stream: number, head: number]>): Uint8Array {
  const words = new Uint32Array([0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x510e527f]);
  const sorted = [...cursors].filter(([, head]) => head > 0).sort((a, b) => a[0] - b[0]);
  for (const [stream, head] of sorted) {
    for (const value of [stream, head % 0x1_0000_0000, Math.floor(head / 0x1_0000_0000)]) {
      for (let i = 0; i < 4; i++) {
        let x = words[i]! ^ Math.imul(value + i, 0x85ebca6b);
        x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d + i * 2);
        words[i] = (Math.imul(x ^ (x >>> 12), 0x297a2d39) + words[(i + 1) % 4]!) >>> 0;
      }
    }
  }
  return new Uint8Array(words.buffer.slice(0));
}
