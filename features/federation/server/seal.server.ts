import { publicHalf, publicKeyOf, secretKey } from '@noroshi/foundations/keys';
import type { Id } from '@noroshi/foundations/kernel';
import { cardText, groupsOf, idFrom, idsHere, parcelMark, recordMark } from '@noroshi/foundations/parcel';
import { createHash, createHmac, sign, verify, type KeyObject } from 'node:crypto';
import type { Card } from '../card.ts';

/** What stands in front of everything that is signed, so that a signature can mean nothing else. */
const words = { parcel: parcelMark, receipt: 'noroshi receipt 1\n', fetch: 'noroshi fetch 1\n', piece: 'noroshi piece 1\n', record: recordMark } as const;
export type Signed = keyof typeof words;

export const sha256 = (...parts: readonly (Uint8Array | string)[]): Buffer => parts.reduce<ReturnType<typeof createHash>>((hash, part) => hash.update(part), createHash('sha256')).digest();
const before = (what: Signed, bytes: Uint8Array): Buffer => Buffer.concat([Buffer.from(words[what]), bytes]);

/** By which a parcel is known: the hash of what was signed. */
export const hashOf = (head: Uint8Array): string => sha256(words.parcel, head).toString('hex');

/** By which a key is known: its hash. */
export const fingerprintOf = (key: string): Buffer => sha256(Buffer.from(key, 'base64url'));

/**
 * All that a card says as eight groups of five digits, to be read over the telephone: 128 bits, in which nobody finds a second card. The address
 * is in it as well: who alters that alone in a mail would have all letters brought to themselves. (FD31)
 */
export const numbersOf = (card: Card): string[] => groupsOf(sha256(cardText(card)));

export const { stranger: strangerId, message: messageId, file: fileId, room: roomRef } = idsHere(sha256);
/** The id of the command by which a parcel is taken in: the same at every repeat. */
export const commandId = (hash: string): Id => idFrom(sha256('noroshi taking 1\n', hash));

/** Checks what a partner signed. @param key theirs, base64url */
export function isSigned(key: string, what: Signed, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify(null, before(what, bytes), publicKeyOf(Buffer.from(key, 'base64url')), signature);
  } catch {
    // Thirty-two bytes that are no point of the curve: whoever handed over such a card has signed nothing.
    return false;
  }
}

/** The key of this house among its partners, made for this alone: a signature of the record's key can never mean anything here. */
export class Seal {
  readonly #secret: KeyObject;
  /** The public half, base64url. */
  readonly key: string;
  readonly fingerprint: Buffer;

  private constructor(secret: KeyObject) {
    this.#secret = secret;
    this.key = publicHalf(secret).toString('base64url');
    this.fingerprint = fingerprintOf(this.key);
  }

  /** @param path such as `partner-key.pem` in the data folder; undefined: a key of this process alone, for a test */
  static async open(path?: string): Promise<Seal> {
    return new Seal(await secretKey(path));
  }

  sign(what: Signed, bytes: Uint8Array): Buffer {
    return sign(null, before(what, bytes), this.#secret);
  }

  /**
   * Something of ours as this partner knows it, in hex: the same each time, told to nobody else the same, and by which nobody finds what it stands for.
   * @param partner the fingerprint of theirs
   */
  veiled(partner: Uint8Array, what: 'person' | 'message' | 'file', id: string): string {
    const secret = createHmac('sha256', this.#secret.export({ type: 'pkcs8', format: 'der' })).update('noroshi partner secret 1\n').update(partner).digest();
    return createHmac('sha256', secret).update(`${what}\n${id}`).digest('hex');
  }
}
