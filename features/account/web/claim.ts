import type { Id } from '@noroshi/foundations/kernel';

/** An id of this device's making: should the answer be lost on a bad line, the same device may ask again with it. */
export function claimOf(token: string): Id {
  const key = `noroshi-claim-${token.slice(0, 8)}`;
  const claim = sessionStorage.getItem(key) ?? crypto.randomUUID();
  sessionStorage.setItem(key, claim);
  return claim;
}
