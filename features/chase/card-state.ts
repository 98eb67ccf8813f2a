import type { PhoneCard } from './card.ts';

/** A card that nobody said anything about is free again after so many minutes. */
export const heldFor = 10;
/** After so many calls in vain someone counts as out of reach. */
export const callsInVain = 3;

/** How it stands: someone was told (and still owes an answer), someone took it for them, all calls were in vain, or it is to be done. */
export function cardState({ calls: all, earlier }: PhoneCard): 'told' | 'proxy' | 'unreached' | 'open' {
  const calls = all.slice(earlier ?? 0);
  if (calls.some(({ result }) => result === 'proxy')) return 'proxy';
  if (calls.some(({ result }) => result === 'answered')) return 'told';
  return calls.length >= callsInVain ? 'unreached' : 'open';
}
