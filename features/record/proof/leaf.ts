import { canonical, type Id, type Moment } from '@noroshi/foundations/kernel';
import type { StreamKey } from '@noroshi/foundations/sync';
import { hex, utf8 } from './bytes.ts';
import { sha256 } from './sha256.ts';
import { leafOf } from './tree.ts';

/** An event without its words: who, when, where, and what proves the words. What is absent is left out. */
export interface Envelope {
  readonly stream: StreamKey;
  readonly seq: number;
  readonly id: Id;
  readonly n: number;
  /** The number of its kind: names may change, numbers never do. */
  readonly kind: number;
  readonly at: Moment;
  readonly by: Id;
  readonly org: Id;
  readonly incident?: Id | undefined;
  readonly drill?: true | undefined;
  readonly message?: number | undefined;
  readonly about?: number | undefined;
  /** In hex, 32 bytes for each field in the order of their names. */
  readonly commitments: string;
}

/**
 * What a leaf of the log says. It names stream, number, time and incident outside the envelope's hash, so that it can be
 * shown without who it was and what it was about: a record of one disaster shows of a room's other events that they have
 * their place, and no more.
 */
export interface Leaf {
  readonly stream: StreamKey;
  readonly seq: number;
  readonly at: Moment;
  readonly incident?: Id | undefined;
  readonly drill?: true | undefined;
  /** SHA-256 of the envelope in canonical JSON, in hex. */
  readonly envelope: string;
}

/** The leaf of an event. */
export function leafFor(envelope: Envelope): Leaf {
  const { stream, seq, at, incident, drill } = envelope;
  return { stream, seq, at, incident, drill, envelope: hex(sha256(utf8(canonical(envelope)))) };
}

/** Its hash in the tree: SHA-256 over 0x00 and the leaf in canonical JSON. */
export const hashOfLeaf = ({ stream, seq, at, incident, drill, envelope }: Leaf): Uint8Array => leafOf(utf8(canonical({ stream, seq, at, incident, drill, envelope })));
