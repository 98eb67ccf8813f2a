import type { Moment } from '@noroshi/foundations/kernel';
import { fromBase64, hex, isSame, utf8 } from './bytes.ts';
import type { Finds } from './findings.ts';
import { manifestText, type Manifest } from './form.ts';
import { readAs } from './json.ts';
import { readCheckpoint, readNote, signatureBy, splitNotes, type Checkpoint, type Note, type PublicKey } from './note.ts';
import { sha256 as hashOf, Sha256 } from './sha256.ts';
import { isCount, isText, objectOf } from './shape.ts';
import { readStamp } from './stamp.ts';

/** Checks an Ed25519 signature; `undefined` where this browser cannot. */
export type CheckSignature = (key: Uint8Array, signature: Uint8Array, text: Uint8Array) => Promise<boolean | undefined>;

/** A server's clock may be put right: a time this far from the checkpoints around it is still believed (milliseconds). */
export const clockSlack = 5 * 60_000;

/** A line of stamps.jsonl. */
const isStamp = objectOf({ origin: isText, size: isCount, stamp: isText });

/** What was signed of the log, in its order. */
export interface SignedLog {
  readonly all: readonly Checkpoint[];
  /** Each as it was written, by origin and size. */
  readonly notes: ReadonlyMap<string, { readonly text: string; readonly at: Moment }>;
  /** `undefined`: this browser could not check signatures. */
  readonly signed: boolean | undefined;
}
/** A checkpoint that was kept in another place. */
export interface KeptNote { readonly note: Note; readonly checkpoint: Checkpoint }

/** What this house, and a timestamping service, have signed of an export. */
export class SignedParts {
  readonly #check: CheckSignature;
  readonly #finds: Finds;

  constructor(check: CheckSignature, finds: Finds) {
    this.#check = check;
    this.#finds = finds;
  }

  async manifest(manifest: Manifest, words: string, signature: string, keys: readonly PublicKey[]): Promise<boolean | undefined> {
    const note = readNote(signature);
    const wanted = manifestText(manifest.origin, hex(new Sha256().update(utf8(words)).digest()));
    if (!note || note.text !== wanted) {
      this.#finds('manifestChanged');
      return false;
    }
    return this.#signedBy(note, keys, () => this.#finds('manifestSignature'));
  }

  /** Whether a note is signed by one of the keys; tells where it is not. */
  async #signedBy(note: Note, keys: readonly PublicKey[], wrong: () => void): Promise<boolean | undefined> {
    for (const key of keys) {
      const signature = signatureBy(note, key);
      if (!signature) continue;
      const good = await this.#check(key.bytes, signature, utf8(note.text));
      if (good === false) wrong();
      return good;
    }
    wrong();
    return false;
  }

  async checkpoints(file: string, manifest: Manifest, keys: readonly PublicKey[]): Promise<SignedLog> {
    const all: Checkpoint[] = [];
    const notes = new Map<string, { text: string; at: Moment }>();
    let signed: boolean | undefined = true;
    for (const [i, text] of splitNotes(file).entries()) {
      const note = readNote(text);
      const checkpoint = note && readCheckpoint(note.text);
      if (!note || !checkpoint) {
        this.#finds('checkpointUnreadable', { n: i + 1 });
        continue;
      }
      const good = await this.#signedBy(note, keys, () => this.#finds('checkpointSignature', { n: i + 1, size: checkpoint.size }));
      if (good === undefined) signed = undefined;
      all.push(checkpoint);
      notes.set(`${checkpoint.origin} ${checkpoint.size}`, { text, at: checkpoint.at });
    }
    all.sort((a, b) => a.size - b.size || a.at - b.at);
    const last = all.findLast(({ size, origin }) => size === manifest.size && origin === manifest.origin);
    if (!last) this.#finds('noCheckpoint', { size: manifest.size });
    else if (hex(last.root) !== manifest.root) this.#finds('otherRoot', { size: manifest.size });
    return { all, notes, signed };
  }

  /** What a timestamping service has said of checkpoints: of these, and not of a time before they were signed. Its own signature is not looked at. */
  stamps(file: string, notes: SignedLog['notes']): { n: number; at: Moment } {
    let [n, last] = [0, 0];
    for (const [i, line] of file.split('\n').filter(Boolean).entries()) {
      const told = readAs(isStamp, line);
      const note = told && notes.get(`${told.origin} ${told.size}`);
      const stamp = told && readStamp(fromBase64(told.stamp) ?? new Uint8Array(0));
      if (!note || !stamp) this.#finds('stampUnreadable', { n: i + 1 });
      else if (!isSame(stamp.hash, hashOf(utf8(note.text)))) this.#finds('stampOther', { n: i + 1, size: told.size });
      else if (stamp.at < note.at - clockSlack) this.#finds('stampBefore', { n: i + 1, at: stamp.at, signed: note.at });
      else [n, last] = [n + 1, Math.max(last, stamp.at)];
    }
    return { n, at: last };
  }

  /** What was kept in another place. */
  kept(file: string): KeptNote[] {
    return splitNotes(file).flatMap((text, i) => {
      const note = readNote(text);
      const checkpoint = note && readCheckpoint(note.text);
      if (note && checkpoint) return [{ note, checkpoint }];
      this.#finds('keptUnreadable', { n: i + 1 });
      return [];
    });
  }

  /** How many of what was kept elsewhere agree with what is here; of this log alone, and as far as this export goes. */
  async agreed(kept: readonly KeptNote[], manifest: Manifest, roots: ReadonlyMap<number, Uint8Array>, keys: readonly PublicKey[]): Promise<number> {
    let [agree, compared] = [0, 0];
    for (const { note, checkpoint: { origin, size, root, at } } of kept) {
      if (origin !== manifest.origin || size > manifest.size) continue;
      compared += 1;
      const mine = roots.get(size);
      if (!mine) this.#finds('keptHidden', { size, at });
      else if (!isSame(mine, root)) this.#finds('keptDiffers', { size, at });
      else if ((await this.#signedBy(note, keys, () => this.#finds('keptSignature', { size }))) !== false) agree += 1;
    }
    if (compared === 0) this.#finds('keptNone');
    return agree;
  }
}
