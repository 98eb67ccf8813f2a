import { joined } from './bytes.ts';
import { sha256 } from './sha256.ts';

/** A Merkle tree as RFC 6962 and RFC 9162 have it: 0x00 before a leaf, 0x01 before a node, so that none passes for the other. */
const leafMark = Uint8Array.of(0);
const nodeMark = Uint8Array.of(1);

export const leafOf = (data: Uint8Array): Uint8Array => sha256(leafMark, data);
const nodeOf = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(nodeMark, left, right);

interface Peak { readonly level: number; readonly hash: Uint8Array }

/**
 * All that must be remembered of a tree for it to grow: the roots of its whole halves, one for each 1 in its size written
 * in twos. It grows by leaves, or by whole subtrees of which only the root is known.
 */
export class Frontier {
  #size = 0;
  readonly #peaks: Peak[] = [];

  get size(): number {
    return this.#size;
  }

  /**
   * @param level of a subtree: it holds 2^level leaves. 0 is a leaf.
   * @throws RangeError where no subtree of this size begins
   */
  append(hash: Uint8Array, level = 0): void {
    if (this.#size % 2 ** level !== 0) throw new RangeError(`no subtree of 2^${level} begins at ${this.#size}`);
    let grown: Peak = { level, hash };
    while (this.#peaks.at(-1)?.level === grown.level) grown = { level: grown.level + 1, hash: nodeOf(this.#peaks.pop()!.hash, grown.hash) };
    this.#peaks.push(grown);
    this.#size += 2 ** level;
  }

  /** The root over all that was appended. */
  root(): Uint8Array {
    const last = this.#peaks.at(-1);
    if (!last) return sha256();
    return this.#peaks.slice(0, -1).reduceRight((right, { hash }) => nodeOf(hash, right), last.hash);
  }

  /** The peaks, highest first: 32 bytes each. */
  toBytes(): Uint8Array {
    return joined(...this.#peaks.map(({ hash }) => hash));
  }

  /** @throws RangeError where the bytes are not those of a tree of this size */
  static from(size: number, bytes: Uint8Array): Frontier {
    const tree = new Frontier();
    let at = 0;
    for (let level = 52, left = size; level >= 0; level--) {
      if (left < 2 ** level) continue;
      left -= 2 ** level;
      tree.#peaks.push({ level, hash: bytes.slice(at, (at += 32)) });
    }
    if (at !== bytes.length) throw new RangeError(`${bytes.length} bytes are no tree of ${size}`);
    tree.#size = size;
    return tree;
  }
}
