import { bytesToId, idTime, idToBytes, systemPerson, type Id } from '@noroshi/foundations/kernel';
import { BrokenBytes, decodeEach, encode } from './codec.ts';
import type { Event, EventKind, StreamKey } from './event.ts';
import type { House } from './house.ts';
import type { JointMarks, MarkRow } from './marks-together.ts';
import { passed } from './member.ts';
import type { Range } from './watermark.ts';

/**
 * The wire's version, and the subprotocol's name. A server refuses others with a sentence, never with a guess.
 * Raise it when a frame changes its meaning; new trailing fields need no new version.
 */
export const wireVersion = 1;
export const subprotocol = `noroshi.${wireVersion}`;
/** The subprotocol to answer with: our own where it is offered, else another version's, to be told so in a frame. */
export function subprotocolOf(offered: Iterable<string>): string | undefined {
  const all = [...offered];
  return all.includes(subprotocol) ? subprotocol : all.find((name) => /^noroshi\.\d{1,5}$/.test(name));
}

/** The largest message a device may send, in bytes: ten thousand characters and room to spare. Files go elsewhere. */
export const largestMessage = 256 * 1024;
/** The largest single command, in bytes. */
export const largestCommand = 200 * 1024;

/** What goes up. Every frame is an array that begins with its number. */
export const up = { hello: 1, command: 2, again: 3, fetch: 4, old: 5, read: 6, arrived: 7, open: 8, ping: 9 } as const;
/** What comes down. */
export const down = { welcome: 1, heads: 2, answer: 3, event: 4, batch: 5, snapshot: 6, old: 7, marks: 8, pong: 9, bye: 10, later: 11 } as const;

export type Bytes = Uint8Array<ArrayBuffer>;
export type Frame = readonly [number, ...unknown[]];

/** Bytes that may be deflated: where it pays, they are. */
export type Squeezed = readonly [deflated: 0 | 1, bytes: Uint8Array];

export type UpFrame =
  /** `joint`: this device takes marks that are alike told together. `sparing`: its line is bad or dear, and what can be gathered is to be. */
  | readonly [typeof up.hello, version: number, digest: Uint8Array, joint?: 1, sparing?: 1]
  /** `k`: the how-many-th command of this connection. A gap means that one got lost or overtaken. */
  | readonly [typeof up.command, id: Uint8Array, name: string, input: unknown, deviceAt: number, k: number]
  /** After `later`: everything that waits comes once more, beginning with command `k`. */
  | readonly [typeof up.again, k: number]
  | readonly [typeof up.fetch, stream: number, after: number]
  /** A page of what was before `before`. With `limit` 0 only the unread below it are counted anew. */
  | readonly [typeof up.old, stream: number, before: number, limit: number]
  | readonly [typeof up.read, stream: number, ranges: readonly Range[]]
  | readonly [typeof up.arrived, heads: readonly (readonly [stream: number, head: number])[]]
  /** The rooms on the device's screens, 0 for none: their members' marks are wanted. */
  | readonly [typeof up.open, ...streams: number[]]
  /** `sparing` says so anew; left out, it stays as it was. */
  | readonly [typeof up.ping, sparing?: 0 | 1];

export type DownFrame =
  /** `same`: the device's digest matched, nothing else follows. `history` changes when a backup was brought back. */
  | readonly [typeof down.welcome, version: number, now: number, same: 0 | 1, history: Uint8Array]
  /** `all`: these are all streams there are for this device; what it holds beside them has closed. */
  | readonly [typeof down.heads, rows: readonly HeadRow[], gone: readonly number[], all?: 1]
  | readonly [typeof down.answer, id: Uint8Array, done: 1, stream: number, seq: number, at: number]
  | readonly [typeof down.answer, id: Uint8Array, done: 0, code: string, params: object | null]
  | readonly [typeof down.event, ...unknown[]]
  | readonly [typeof down.batch, stream: number, after: number, head: number, ...Squeezed]
  | readonly [typeof down.snapshot, stream: number, key: StreamKey, head: number, floor: number, below: number, myNo: number, from: number, mark: MarkRow | null, ...Squeezed]
  | readonly [typeof down.old, stream: number, floor: number, below: number, ...Squeezed]
  /** `whole`: these are the marks of all members. To a device that did not say that it takes them together, each has its row. */
  | readonly [typeof down.marks, stream: number, whole: 0 | 1, rows: readonly JointMarks[]]
  | readonly [typeof down.pong, now: number]
  | readonly [typeof down.bye, code: string]
  /** Nothing was decided on what was sent: send it `again` after so many milliseconds. Until then nothing is heard. */
  | readonly [typeof down.later, ms: number];

/** One stream as a device is told of it. `from`: the first event that this person may read. */
export type HeadRow = readonly [stream: number, key: StreamKey, head: number, messages: number, myNo: number, from: number];
/** One thing in a snapshot. */
export type DocRow = readonly [noun: string, id: string, born: number, seq: number, value: unknown];

/** One frame as bytes. Frames may stand one behind the other in one message. */
export function pack(frame: UpFrame | DownFrame | Frame): Bytes {
  return encode(frame);
}

/**
 * The frames of one message, or `undefined` when it is garbage. Safe on bytes from anyone: nothing is made room for
 * that the message is too short to hold.
 */
export function unpack(bytes: Uint8Array): Frame[] | undefined {
  const frames = [...unpackEach(bytes)];
  return frames.includes(undefined) ? undefined : (frames as Frame[]);
}

/**
 * The same one by one, so that a message from anyone never lies unpacked as a whole: a frame of two bytes is a hundred in
 * memory. Garbage is `undefined`, and the last.
 */
export function* unpackEach(bytes: Uint8Array): Generator<Frame | undefined, void, void> {
  try {
    for (const frame of decodeEach(bytes)) {
      if (!Array.isArray(frame) || typeof frame[0] !== 'number') return yield undefined;
      yield frame as unknown as Frame;
    }
  } catch (error) {
    if (!(error instanceof BrokenBytes)) throw error;
    yield undefined;
  }
}

/** What is needed to write an event small: the stream's number, and members' numbers for their ids. */
export interface Numbers {
  readonly stream: number;
  /** The member's number and usual organization, if they are one. */
  readonly member: (person: Id) => Spoken | undefined;
}

/** A member as readers of the stream know them: the number they have since event `born`, and the organization on their card since `since`. */
export interface Spoken { readonly no: number; readonly org: Id; readonly born: number; readonly since: number }

/**
 * An event as a frame. One encoding serves all who hear it: its numbers are the stream's, not the reader's.
 * Time is the difference to the id's own; who wrote is a member's number; the organization is left out where the card says it.
 */
export function eventFrame(kind: EventKind, event: Event<any>, numbers: Numbers): Frame {
  const member = numbers.member(event.by);
  // Who came in only later is no member yet for a reader who is at this event.
  const who = member && member.born < event.seq ? member : undefined;
  const frame: unknown[] = [
    down.event, numbers.stream, event.seq, idToBytes(event.id), event.n, kind.no, event.at - idTime(event.id),
    who ? who.no : idToBytes(event.by), fieldsOf(kind, event.body),
  ];
  // A reader knows the card as it is when this event comes: only one that has not changed since may stand for the organization.
  const org = who && who.org === event.org && who.since < event.seq ? null : idToBytes(event.org);
  const tail = [event.message ?? null, org, event.incident ? idToBytes(event.incident) : null, event.drill ? 1 : null];
  while (tail.length && tail.at(-1) === null) tail.pop();
  return [...frame, ...tail] as unknown as Frame;
}

/** A body as the wire has it: its fields in their order, the last that is there at the end. */
function fieldsOf(kind: EventKind, body: Readonly<Record<string, unknown>>): unknown[] {
  const fields = kind.fields.map((field) => body[field] ?? null);
  while (fields.length && fields.at(-1) === null) fields.pop();
  return fields;
}

function bodyOf(kind: EventKind, fields: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(kind.fields.flatMap((field, i) => (fields[i] === null || fields[i] === undefined ? [] : [[field, fields[i]]])));
}

/** An event's frame without its words, where its kind says how. */
export function unsaidFrame(house: House, frame: Frame): Frame {
  const [kindNo, dt, by, fields] = frame.slice(5, 9) as [number, unknown, unknown, unknown[]];
  const kind = house.kindByNo.get(kindNo);
  return kind?.unsaid ? [...frame.slice(0, 5), kindNo, dt, by, fieldsOf(kind, kind.unsaid(bodyOf(kind, fields))), ...frame.slice(9)] as unknown as Frame : frame;
}

/** An event's frame of which only its place is told: not what it is, not by whom, not of which disaster. */
export function passedFrame(frame: Frame): Frame {
  return [...frame.slice(0, 5), passed.no, frame[6], idToBytes(systemPerson), []] as unknown as Frame;
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
  return {
    stream, seq, id, n, kind: kind?.kind ?? `?${kindNo}`, at: idTime(id) + dt,
    by: typeof by === 'number' ? (who?.person ?? '') : bytesToId(by),
    org: org ? bytesToId(org) : (who?.org ?? ''),
    incident: incident ? bytesToId(incident) : undefined,
    drill: drill ? true : undefined,
    message: message ?? undefined,
    body: kind ? bodyOf(kind, fields) : fields,
  };
}

/** A watermark as one number, for the digest. */
export function markNumber(mark: { readonly read: number; readonly ranges: readonly Range[] }): number {
  return mark.ranges.reduce((sum, [from, to]) => sum + from * 7 + to * 13, mark.read);
}

/**
 * Sixteen bytes that are equal when two sides hold the same cursors of the same history. Not against an adversary: a
 * wrong match could only make one device wait until the next event shows the hole.
 */
export function digest(history: Uint8Array, cursors: Iterable<readonly [stream: number, head: number, mark: number]>): Uint8Array {
  const words = new Uint32Array([0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x510e527f]);
  const take = (value: number): void => {
    for (let i = 0; i < 4; i++) {
      let x = words[i]! ^ Math.imul(value + i, 0x85ebca6b);
      x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d + i * 2);
      words[i] = (Math.imul(x ^ (x >>> 12), 0x297a2d39) + words[(i + 1) % 4]!) >>> 0;
    }
  };
  history.forEach(take);
  const sorted = [...cursors].filter(([, head]) => head > 0).sort((a, b) => a[0] - b[0]);
  for (const cursor of sorted) {
    for (const value of cursor) {
      take(value % 0x1_0000_0000);
      take(Math.floor(value / 0x1_0000_0000));
    }
  }
  return new Uint8Array(words.buffer.slice(0));
}
