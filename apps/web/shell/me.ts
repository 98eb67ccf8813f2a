import type { Actor, Id, Role } from '@noroshi/foundations/kernel';
import { askDoor } from './ask-door.ts';
import { namesKey } from './kept-names.ts';

/** Who this device speaks for. Kept, so that the application opens without a network. */
export interface Me extends Actor {
  readonly name: string;
  readonly orgName: string;
  readonly role: Exclude<Role, 'system'>;
  readonly demo: boolean;
  /** A guest is let in until then. */
  readonly until?: number;
}

const key = 'noroshi-me';

export function keptMe(): Me | undefined {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? 'null') as Me | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Whether another window has changed who is here. */
export const isKept = (change: StorageEvent): boolean => change.key === key;

/** Keeps who is here. Of who was here before only the name stays, for as long as unsent words of theirs do. */
export function keepMe(me: Me | undefined): void {
  const before = keptMe();
  if (before && before.person !== me?.person) localStorage.setItem(namesKey, JSON.stringify({ ...(JSON.parse(localStorage.getItem(namesKey) ?? '{}') as Record<Id, string>), [before.person]: before.name }));
  if (me) localStorage.setItem(key, JSON.stringify(me));
  else localStorage.removeItem(key);
}

/**
 * Asks the server who is signed in here. `'ended'`: who was here was signed out on purpose, or their account is closed;
 * `'unknown'`: nobody is, and the server does not say that anyone ended it (the session ran out, the browser lost it, a
 * backup was brought back); `'away'`: it cannot be reached.
 */
export async function askMe(): Promise<Me | 'ended' | 'unknown' | 'away'> {
  try {
    const answer = await askDoor('account.me');
    if (answer.ok) return (await answer.json()) as Me;
    if (answer.status !== 401) return 'away';
    const kept = keptMe();
    if (!kept) return 'unknown';
    // A demo begins anew with other people, and at its door one chooses whom to be.
    if (kept.demo) return 'ended';
    return await (await import('./forget.ts')).askWhetherEnded();
  } catch {
    return 'away';
  }
}
