import type { Organization, Person } from '@noroshi/features/directory';
import type { Refusal } from '@noroshi/foundations/kernel';
import { judgePassword } from '../account.ts';
import type { Rooms } from './visit.server.ts';

/** A new password as it is kept, where it is good enough. @param own what a guesser would try first */
export async function hashOf(rooms: Rooms, password: string, own: readonly string[], from: string): Promise<string | Refusal> {
  const verdict = judgePassword(password, own);
  return verdict.ok ? rooms.hashing.hash(password, from) : verdict;
}

/** What a guesser would try first against this person. */
export function ownWords(who: Person, org: Organization | undefined, login: string): string[] {
  return [login, who.name, who.name.replaceAll(/\s/g, ''), who.kana, who.email ?? '', org?.name ?? '', org?.kana ?? '', org?.romaji ?? '', org?.short ?? ''];
}
