import type { Moment } from '@noroshi/foundations/kernel';
import { base64, fromBase64, hex, isSame, joined, utf8 } from './bytes.ts';
import { sha256 } from './sha256.ts';
import { isMoment } from './shape.ts';

// The forms of C2SP's signed-note and tlog-checkpoint, so that others' programs can read what we sign.

/** How the log stood at a moment: so many events, under this root. */
export interface Checkpoint {
  /** Which log: `noroshi/` and the id of its history. A backup that was brought back is another history. */
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** By the server's clock; it stands in a line of its own, and is signed with the rest. */
  readonly at: Moment;
}

/** A key that signs, as it is told to others: `<name>+<its id>+<base64 of 0x01 and 32 bytes>`. */
export interface PublicKey { readonly name: string; readonly id: Uint8Array; readonly bytes: Uint8Array }

const ed25519 = Uint8Array.of(1);

export function publicKey(name: string, bytes: Uint8Array): PublicKey {
  return { name, bytes, id: sha256(utf8(`${name}\n`), ed25519, bytes).subarray(0, 4) };
}

export const keyText = ({ name, id, bytes }: PublicKey): string => `${name}+${hex(id)}+${base64(joined(ed25519, bytes))}`;

/** @returns `undefined` where it is no such key */
export function readKey(text: string): PublicKey | undefined {
  const [, name, id, rest] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  const bytes = rest ? fromBase64(rest) : undefined;
  if (!name || bytes?.length !== 33 || bytes[0] !== 1) return undefined;
  const key = publicKey(name, bytes.slice(1));
  return hex(key.id) === id ? key : undefined;
}

/** What people compare, read out by telephone or kept on paper: 32 hex digits of the key's SHA-256, in fours. */
export const fingerprint = ({ bytes }: PublicKey): string => hex(sha256(bytes).subarray(0, 16)).replace(/(.{4})(?=.)/g, '$1 ');

/** The text that is signed. */
export const checkpointText = ({ origin, size, root, at }: Checkpoint): string => `${origin}\n${size}\n${base64(root)}\ntime ${new Date(at).toISOString()}\n`;

/** @returns `undefined` where it is no checkpoint of ours */
export function readCheckpoint(text: string): Checkpoint | undefined {
  const [origin, size, root64, time, end, ...more] = text.split('\n');
  const root = fromBase64(root64 ?? '');
  const at = Date.parse(/^time (\S+)$/.exec(time ?? '')?.[1] ?? '');
  if (!origin || !/^(?:0|[1-9]\d{0,15})$/.test(size ?? '') || root?.length !== 32 || !isMoment(at) || end !== '' || more.length > 0) return undefined;
  const read = { origin, size: Number(size), root, at };
  return checkpointText(read) === text ? read : undefined;
}

/** A text with what was signed over it. */
export interface Note { readonly text: string; readonly signatures: readonly { readonly name: string; readonly id: Uint8Array; readonly bytes: Uint8Array }[] }

/** Puts a signature (64 bytes, Ed25519 over the text) under a text. */
export const noteText = (text: string, key: PublicKey, signature: Uint8Array): string => `${text}\n— ${key.name} ${base64(joined(key.id, signature))}\n`;

/** @returns `undefined` where it is no note */
export function readNote(whole: string): Note | undefined {
  const cut = whole.lastIndexOf('\n\n— ');
  if (cut < 0 || !whole.endsWith('\n')) return undefined;
  const signatures = whole.slice(cut + 2, -1).split('\n').map((line) => {
    const [, name, rest] = /^— (\S+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? [];
    const bytes = fromBase64(rest ?? '');
    return name && bytes && bytes.length > 4 ? { name, id: bytes.slice(0, 4), bytes: bytes.slice(4) } : undefined;
  });
  return signatures.every((one) => one !== undefined) ? { text: whole.slice(0, cut + 1), signatures } : undefined;
}

/** The signature that this key is said to have made, where there is one. */
export const signatureBy = (note: Note, key: PublicKey): Uint8Array | undefined => note.signatures.find(({ name, id }) => name === key.name && isSame(id, key.id))?.bytes;

/** Several notes in one file: an empty line and a line of its own lie between them. */
export const notesText = (notes: readonly string[]): string => notes.join('\n');

/** The notes of a file, each as it was signed. What lies between two, or behind the last, is an empty line. */
export const splitNotes = (file: string): string[] => file.split(/\n\n(?!— )/).filter((part) => part.trim() !== '').map((part) => (part.endsWith('\n') ? part : `${part}\n`));
