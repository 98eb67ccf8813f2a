import { bytesToId, idToBytes, momentShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import { isBytes } from '@noroshi/foundations/parcel';
import { pack, unpack, type Frame } from '@noroshi/foundations/sync';
import { sha256, type Seal } from './seal.server.ts';

/** The largest letter, in bytes: ten thousand letters of any writing, and who said them. */
export const largestLetter = 64 * 1024;

/** What stands on a parcel, and is signed. */
export interface Head { readonly from: Uint8Array; readonly to: Uint8Array; readonly share: Id; readonly no: number; readonly before: string; readonly at: Moment; readonly kind: string; readonly body: Uint8Array }
/** A parcel as it travels. Its body may be missing: its words were taken out of the record of their house, and their hash stays. */
export interface Parcel { readonly what: 'parcel'; readonly head: Head; readonly bytes: Uint8Array; readonly signature: Uint8Array; readonly body: Uint8Array | undefined }
/** How far a house has what the other sent in one room. `of`: what it answers, or chance where nobody asked: then it is a greeting. */
export interface Receipt { readonly from: Uint8Array; readonly to: Uint8Array; readonly share: Id; readonly no: number; readonly hash: string; readonly held: boolean; readonly of: Uint8Array }
export interface SignedReceipt { readonly what: 'receipt'; readonly receipt: Receipt; readonly bytes: Uint8Array; readonly signature: Uint8Array }

/** An asking for a piece of a file. `no`: which parcel told of it; `begin`: from which byte on; `at`: behind that of the asking before it. */
export interface Fetch { readonly from: Uint8Array; readonly to: Uint8Array; readonly share: Id; readonly no: number; readonly begin: number; readonly at: Moment }
export interface SignedFetch { readonly what: 'fetch'; readonly fetch: Fetch; readonly bytes: Uint8Array; readonly signature: Uint8Array }
/** A piece of a file as it travels; without bytes the file is no more. `of`: what it answers. */
export interface Piece { readonly from: Uint8Array; readonly to: Uint8Array; readonly of: Uint8Array; readonly piece: Uint8Array | undefined; readonly bytes: Uint8Array; readonly signature: Uint8Array }

/** The largest piece of a file, in bytes. On the worst line that counts, 64 kbit/s, it takes six seconds. */
export const largestPiece = 48 * 1024;

const hex = (text: string): Uint8Array => Buffer.from(text, 'hex');
const isNumber = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 31;
const isMoment = (value: unknown): value is Moment => momentShape.safeParse(value).success;
/** Bytes from anyone as one list of so many; nothing else before or behind it. */
function listOf(bytes: Uint8Array, length: number): Frame | undefined {
  const frames = unpack(bytes);
  return frames?.length === 1 && frames[0]!.length === length ? frames[0] : undefined;
}

export const headBytes = (head: Head): Uint8Array => pack([1, head.from, head.to, idToBytes(head.share), head.no, hex(head.before), head.at, head.kind, head.body]);

export function readHead(bytes: Uint8Array): Head | undefined {
  const [version, from, to, share, no, before, at, kind, body] = listOf(bytes, 9) ?? [];
  if (version !== 1 || !isBytes(from, 32) || !isBytes(to, 32) || !isBytes(share, 16) || !isNumber(no) || no === 0 || !isBytes(before, 32) || !isMoment(at) || typeof kind !== 'string' || kind.length > 20 || !isBytes(body, 32)) return undefined;
  const head = { from, to, share: bytesToId(share), no, before: Buffer.from(before).toString('hex'), at, kind, body };
  // In one way only: then whoever checks a record finds in it what was signed.
  return Buffer.from(headBytes(head)).equals(bytes) ? head : undefined;
}

export function readBody(bytes: Uint8Array): { salt: Uint8Array; says: unknown } | undefined {
  const [version, salt, says] = listOf(bytes, 3) ?? [];
  return version === 1 && isBytes(salt, 16) ? { salt, says } : undefined;
}

export const parcelLetter = (bytes: Uint8Array, signature: Uint8Array, body: Uint8Array | undefined): Buffer => Buffer.from(pack([1, bytes, signature, body ?? null]));

/** How far we are, signed. */
export function receiptLetter(seal: Seal, { to, share, no, hash, held, of }: Omit<Receipt, 'from'>): Buffer {
  const bytes = pack([1, seal.fingerprint, to, idToBytes(share), no, hex(hash), held, of]);
  return Buffer.from(pack([2, bytes, seal.sign('receipt', bytes)]));
}

/** Asks for a piece of a file. */
export function fetchLetter(seal: Seal, { to, share, no, begin, at }: Omit<Fetch, 'from'>): Buffer {
  const bytes = pack([1, seal.fingerprint, to, idToBytes(share), no, begin, at]);
  return Buffer.from(pack([3, bytes, seal.sign('fetch', bytes)]));
}

/** Answers such an asking. @param of its hash */
export function pieceLetter(seal: Seal, { to, of, piece }: Pick<Piece, 'to' | 'of' | 'piece'>): Buffer {
  const bytes = pack([1, seal.fingerprint, to, of, piece ? sha256(piece) : null]);
  return Buffer.from(pack([4, bytes, seal.sign('piece', bytes), piece ?? null]));
}

/** A piece, as far as it has the form of one and bears the hash that is signed; nothing of it is believed yet. */
export function readPiece(letter: Uint8Array): Piece | undefined {
  const [kind, bytes, signature, piece] = (letter.length <= largestLetter && listOf(letter, 4)) || [];
  if (kind !== 4 || !(bytes instanceof Uint8Array) || !isBytes(signature, 64)) return undefined;
  const [version, from, to, of, hash] = listOf(bytes, 5) ?? [];
  if (version !== 1 || !isBytes(from, 32) || !isBytes(to, 32) || !isBytes(of, 32)) return undefined;
  if (hash === null && piece === null) return { from, to, of, piece: undefined, bytes, signature };
  return isBytes(hash, 32) && piece instanceof Uint8Array && piece.length > 0 && piece.length <= largestPiece && sha256(piece).equals(hash) ? { from, to, of, piece, bytes, signature } : undefined;
}

/** What came, as far as it has the form of a letter; nothing of it is believed yet. */
export function readLetter(letter: Uint8Array): Parcel | SignedReceipt | SignedFetch | undefined {
  const frames = letter.length <= largestLetter ? unpack(letter) : undefined;
  const [kind, bytes, signature, ...more] = frames?.length === 1 ? frames[0]! : [];
  if (!(bytes instanceof Uint8Array) || !isBytes(signature, 64)) return undefined;
  if (kind === 1 && more.length === 1) {
    const head = readHead(bytes);
    const [body] = more;
    if (!head || (body !== null && !(body instanceof Uint8Array)) || (body && !sha256(body).equals(head.body))) return undefined;
    return { what: 'parcel', head, bytes, signature, body: body ?? undefined };
  }
  if (kind === 3 && more.length === 0) {
    const [version, from, to, share, no, begin, at] = listOf(bytes, 7) ?? [];
    if (version !== 1 || !isBytes(from, 32) || !isBytes(to, 32) || !isBytes(share, 16) || !isNumber(no) || no === 0 || !isNumber(begin) || !isMoment(at)) return undefined;
    return { what: 'fetch', fetch: { from, to, share: bytesToId(share), no, begin, at }, bytes, signature };
  }
  if (kind !== 2 || more.length > 0) return undefined;
  const [version, from, to, share, no, hash, held, of] = listOf(bytes, 8) ?? [];
  if (version !== 1 || !isBytes(from, 32) || !isBytes(to, 32) || !isBytes(share, 16) || !isNumber(no) || !isBytes(hash, 32) || typeof held !== 'boolean' || !isBytes(of, 32)) return undefined;
  return { what: 'receipt', receipt: { from, to, share: bytesToId(share), no, hash: Buffer.from(hash).toString('hex'), held, of }, bytes, signature };
}
