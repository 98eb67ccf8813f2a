import type { Id } from '@noroshi/foundations/kernel';
import type { Head } from './parcel-says.ts';

interface Numbered { readonly hash: string; readonly before: string }
/** Before the first. */
const start = '0'.repeat(64);

/** The numbers under which a partner's parcels came, for each sharing: each once, and each on top of the one before it. */
export class Numbers {
  readonly #came = new Map<Id, Map<number, Numbered>>();

  /** @returns whether this number is new */
  add({ share, no, hash, before }: Head): boolean {
    const all = this.#came.get(share) ?? new Map<number, Numbered>();
    if (all.has(no)) return false;
    this.#came.set(share, all.set(no, { hash, before }));
    return true;
  }

  /** The first number of a sharing that is not there, or does not stand on the one before it; nothing where there is no hole up to the last that came. */
  hole(share: Id): number | undefined {
    const all = this.#came.get(share) ?? new Map<number, Numbered>();
    let before = start;
    for (let no = 1, left = all.size; left > 0; no++, left--) {
      const one = all.get(no);
      if (one?.before !== before) return no;
      before = one.hash;
    }
    return undefined;
  }
}
