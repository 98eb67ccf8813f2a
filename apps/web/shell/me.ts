import type { Actor, Role } from '@noroshi/foundations/kernel';

/** Who this device speaks for. Kept, so that the application opens without a network. */
export interface Me extends Actor {
  readonly name: string;
  readonly orgName: string;
  readonly role: Exclude<Role, 'system'>;
  readonly demo: boolean;
}

const key = 'noroshi-me';

export function keptMe(): Me | undefined {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? 'null') as Me | null) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keepMe(me: Me | undefined): void {
  if (me) localStorage.setItem(key, JSON.stringify(me));
  else localStorage.removeItem(key);
}

/** Asks the server who is signed in here. `undefined`: nobody; `'away'`: it cannot be reached. */
export async function askMe(): Promise<Me | undefined | 'away'> {
  try {
    const answer = await fetch('/api/account.me', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
    if (answer.status === 401) return undefined;
    return answer.ok ? ((await answer.json()) as Me) : 'away';
  } catch {
    return 'away';
  }
}
