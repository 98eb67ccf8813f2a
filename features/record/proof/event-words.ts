import { canonical } from '@noroshi/foundations/kernel';
import { fromHex, hex } from './bytes.ts';
import type { EventLine } from './form.ts';
import { commitmentOf } from './sha256.ts';

/** Whether the words of a line are what was committed to, and whether some of them are hidden; or which of its fields says something else, or that there are others. */
export type WordsSay = { readonly hides: boolean } | { readonly wrong: string } | 'otherFields';

/** Holds the words of a line against their commitments. */
export function wordsOf({ fields, commitments }: EventLine): WordsSay {
  const names = Object.keys(fields).sort();
  const length = commitments.length / 64;
  if (names.length === 0 && length > 0) return { hides: true };
  if (names.length !== length) return 'otherFields';
  let hides = false;
  for (const [k, name] of names.entries()) {
    const { salt, value } = fields[name]!;
    if (salt === undefined && value === undefined) {
      hides = true;
      continue;
    }
    const key = fromHex(salt ?? '');
    if (!key || hex(commitmentOf(key, name, canonical(value))) !== commitments.slice(k * 64, (k + 1) * 64)) return { wrong: name };
  }
  return { hides };
}
