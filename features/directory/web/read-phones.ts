import { numberIn } from '../cells.ts';
import type { Phone } from '../person.ts';
import type { PhoneDraft } from './PhonesField.tsx';

/** Numbers as they were written: those that can be rung, and why the others cannot, by `phone0`, `phone1` … Empty ones are left out. */
export function readPhones<K extends string = Phone['kind']>(drafts: readonly PhoneDraft<K>[], refusal: (code: string, params: { number: string }) => string): { phones: { kind: K; number: string; priority?: true }[]; wrong: Record<string, string> } {
  const phones: { kind: K; number: string; priority?: true }[] = [];
  const wrong: Record<string, string> = {};
  for (const [i, { kind, number, priority }] of drafts.entries()) {
    if (!number.trim()) continue;
    const read = numberIn(number);
    if (read.ok) phones.push({ kind, number: read.number, ...(priority ? { priority: true } : {}) });
    else wrong[`phone${i}`] = refusal(read.code, { number });
  }
  return { phones, wrong };
}
