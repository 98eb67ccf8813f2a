import type { Moment } from '@noroshi/foundations/kernel';
import { hex, joined } from './bytes.ts';

// RFC 3161, as much as is asked for and read here: DER by hand, since it is two forms of a few lines each.

const sequence = 0x30;
const sha256Name = [0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
const signedData = '2a864886f70d010702';
const stampInfo = '2a864886f70d0109100104';

function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const body = joined(...parts);
  const size = body.length < 0x80 ? [body.length] : body.length < 0x100 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return joined(Uint8Array.from([tag, ...size]), body);
}

/**
 * Asks a timestamping service for its word that this hash was there, with its certificate.
 * @param hash SHA-256
 * @param nonce eight fresh random bytes
 */
export function stampRequest(hash: Uint8Array, nonce: Uint8Array): Uint8Array {
  const imprint = der(sequence, der(sequence, Uint8Array.from(sha256Name), Uint8Array.of(0x05, 0)), der(0x04, hash));
  // With a zero before it, so that it is no negative number; and never one zero too many.
  const number = der(0x02, Uint8Array.of(0, nonce[0]! | 0x80, ...nonce.subarray(1)));
  return der(sequence, der(0x02, Uint8Array.of(1)), imprint, number, der(0x01, Uint8Array.of(0xff)));
}

/** What a service has said. Its own signature and certificate are not looked at here. */
export interface Stamp { readonly hash: Uint8Array; readonly at: Moment }

interface Piece { readonly tag: number; readonly body: Uint8Array }

/** The pieces that lie one behind the other; `undefined` where it is no DER. */
function pieces(bytes: Uint8Array): Piece[] | undefined {
  const found: Piece[] = [];
  for (let at = 0; at < bytes.length;) {
    const tag = bytes[at]!;
    let size = bytes[at + 1];
    if (size === undefined || size === 0x80) return undefined;
    at += 2;
    if (size > 0x80) {
      const more = size & 0x7f;
      if (more > 4 || at + more > bytes.length) return undefined;
      size = 0;
      for (let k = 0; k < more; k++) size = size * 256 + bytes[at++]!;
    }
    if (at + size > bytes.length) return undefined;
    found.push({ tag, body: bytes.subarray(at, at + size) });
    at += size;
  }
  return found;
}

const inside = (piece: Piece | undefined): Piece[] => (piece && pieces(piece.body)) ?? [];

/** Reads a service's answer (TimeStampResp). @returns `undefined` where it did not grant one, or says something else */
export function readStamp(answer: Uint8Array): Stamp | undefined {
  const [status, token] = inside(pieces(answer)?.[0]);
  const granted = inside(status)[0];
  if (granted?.tag !== 0x02 || granted.body.length !== 1 || granted.body[0]! > 1) return undefined;
  const [kind, content] = inside(token);
  if (!kind || hex(kind.body) !== signedData) return undefined;
  const [, , told] = inside(inside(content)[0]);
  const [what, wrapped] = inside(told);
  if (!what || hex(what.body) !== stampInfo) return undefined;
  const [info] = pieces(inside(wrapped)[0]?.body ?? new Uint8Array(0)) ?? [];
  const [, , imprint, , time] = inside(info);
  const [algorithm, hash] = inside(imprint);
  const name = inside(algorithm)[0];
  if (!name || hex(name.body) !== hex(Uint8Array.from(sha256Name.slice(2))) || hash?.tag !== 0x04 || hash.body.length !== 32 || time?.tag !== 0x18) return undefined;
  const at = readTime(String.fromCharCode(...time.body));
  return at === undefined ? undefined : { hash: hash.body, at };
}

/** GeneralizedTime in UTC, with or without a part of a second. */
function readTime(text: string): Moment | undefined {
  const [, y, mo, d, h, mi, s, part] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d+))?Z$/.exec(text) ?? [];
  return y === undefined ? undefined : Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s)) + Math.floor(Number(`0.${part ?? 0}`) * 1_000);
}
