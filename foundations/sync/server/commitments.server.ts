import { canonical } from '@noroshi/foundations/kernel';
import { createHmac } from 'node:crypto';

/** The fields of an event's words that say something, in the order of their names: each has a salt and a commitment at its place. */
export const fieldsOf = (body: Record<string, unknown>): string[] => Object.keys(body).filter((f) => body[f] !== undefined).sort();

/** So long is the salt of one field, in bytes. */
export const saltLength = 16;

/**
 * One salted commitment for each top-level field, in the order of the names: 32 bytes each. A field can later be
 * emptied together with its salt, so that nobody can guess what stood there, and what stays still proves it.
 * @param salts one for each field, in the same order
 */
export function commitments(salts: Buffer, fields: readonly string[], body: Record<string, unknown>): Buffer {
  return Buffer.concat(fields.map((field, i) => createHmac('sha256', salts.subarray(i * saltLength, (i + 1) * saltLength)).update(field).update('\0').update(canonical(body[field])).digest()));
}
