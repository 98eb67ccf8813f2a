import { fromUtf8, hex } from './bytes.ts';
import type { Finds } from './findings.ts';
import { attachmentFolder, parts, type Manifest } from './form.ts';
import { Sha256 } from './sha256.ts';
import type { Entry } from './unzip.ts';

/** A line of a part, with its number from 1. */
export interface TextLine { readonly text: string; readonly n: number }

/** A part that is read whole, and a line, has at most so many bytes: what is packed small may be endless, and who checks it has so much room. */
const [longestPart, longestLine] = [256e6, 16e6];

/** What is read line by line or by itself; all else is held against the manifest at the end. */
const readElsewhere: ReadonlySet<string> = new Set([parts.events, parts.log, parts.partners, parts.manifest, parts.signature]);

/** The parts of an export, and whether each is what the manifest says of it. */
export class ZipParts {
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #finds: Finds;
  /** What differs without anything in it having been found to differ was changed all the same: looked at when all of it was read. */
  readonly #afterwards: (() => void)[] = [];

  constructor(entries: ReadonlyMap<string, Entry>, finds: Finds) {
    this.#entries = entries;
    this.#finds = finds;
  }

  has = (name: string): boolean => this.#entries.has(name);

  /** How many files lie beside the events. */
  get attachments(): number {
    return [...this.#entries.keys()].filter((name) => name.startsWith(attachmentFolder)).length;
  }

  /** What a part says, as one text. @returns `undefined` where it cannot be read */
  async text(name: string): Promise<string | undefined> {
    const pieces: Uint8Array[] = [];
    let size = 0;
    try {
      for await (const piece of this.#entries.get(name)!.read()) {
        if ((size += piece.length) > longestPart) return undefined;
        pieces.push(piece);
      }
    } catch {
      return undefined;
    }
    const whole = new Uint8Array(size);
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return fromUtf8(whole);
  }

  /** The lines of a part. */
  async* lines(name: string, manifest: Manifest): AsyncGenerator<TextLine> {
    const hash = new Sha256();
    let rest = new Uint8Array(0);
    let [n, size] = [0, 0];
    try {
      for await (const piece of this.#entries.get(name)!.read()) {
        hash.update(piece);
        size += piece.length;
        const whole = new Uint8Array(rest.length + piece.length);
        whole.set(rest);
        whole.set(piece, rest.length);
        let from = 0;
        for (let end = whole.indexOf(10, from); end >= 0; end = whole.indexOf(10, from)) {
          yield { text: fromUtf8(whole.subarray(from, end)) ?? '', n: ++n };
          from = end + 1;
        }
        rest = whole.slice(from);
        if (rest.length > longestLine) return this.#finds('partUnreadable', { name, n: n + 1 });
      }
    } catch {
      return this.#finds('partUnreadable', { name, n: n + 1 });
    }
    if (rest.length > 0) yield { text: fromUtf8(rest) ?? '', n: ++n };
    const sha256 = hex(hash.digest());
    this.#afterwards.push(() => this.#isAsTold(name, size, sha256, manifest));
  }

  /** Whether the parts that were read line by line are what the manifest says of them. */
  lookAfterwards(): void {
    for (const look of this.#afterwards) look();
  }

  /** Whether all other parts are, and files what they are called by. */
  async others(manifest: Manifest): Promise<void> {
    for (const name of Object.keys(manifest.files)) if (!this.#entries.has(name)) this.#finds('partMissing', { name });
    for (const [name, entry] of this.#entries) {
      if (readElsewhere.has(name)) continue;
      const hash = new Sha256();
      let size = 0;
      try {
        for await (const piece of entry.read()) {
          hash.update(piece);
          size += piece.length;
        }
      } catch {
        this.#finds('partUnreadable', { name, n: 1 });
        continue;
      }
      const sha256 = hex(hash.digest());
      if (name.startsWith(attachmentFolder) && name !== attachmentFolder + sha256) this.#finds('attachmentChanged', { name });
      else this.#isAsTold(name, size, sha256, manifest);
    }
  }

  #isAsTold(name: string, size: number, sha256: string, manifest: Manifest): void {
    const told = manifest.files[name];
    if (!told) this.#finds('partStrange', { name });
    else if (told.size !== size || told.sha256 !== sha256) this.#finds('partChanged', { name });
  }
}
