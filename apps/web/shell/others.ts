import type { Id } from '@noroshi/foundations/kernel';
import type { Unsent } from './forget.ts';
import { namesKey } from './kept-names.ts';

/**
 * Takes off this device what lies there of anyone but who stays: someone who has left, who was signed out from
 * elsewhere, or who was here before. At each start, so that what was cut short is done then.
 * @returns whose unsent words stay behind
 */
export async function forgetOthers(stays: Id | undefined): Promise<readonly Unsent[]> {
  const stores = await indexedDB.databases();
  const isOthers = ({ name = '' }: IDBDatabaseInfo): boolean => /^noroshi-(replica|outbox|files)-/.test(name) && !(stays && name.endsWith(stays));
  // Hardly ever is there anyone else: what takes them away is not fetched before.
  return stores.some(isOthers) || localStorage.getItem(namesKey) !== null ? (await import('./forget.ts')).forgetAllBut(stays) : [];
}
