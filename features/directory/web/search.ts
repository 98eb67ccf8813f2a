import type { Organization } from '../organization.ts';
import type { Person } from '../person.ts';
import type { Post } from '../post.ts';
import { foldWidth, kanaIn } from '../cells.ts';

/** Words as they are compared: whatever the width, the kana, the case and the spaces. */
const bare = (text: string): string => kanaIn(foldWidth(text).normalize('NFKC')).toLowerCase().replace(/[\s・]/g, '');

/**
 * Whether someone is meant by what was typed: each word must stand in their name, their reading, a post, or the names of
 * their organization (kanji, kana, romaji).
 */
export function isMeant(typed: string, who: Person, org: Organization | undefined, posts: readonly Post[]): boolean {
  const told = [who.name, who.kana, ...posts.map((p) => p.title), org?.name ?? '', org?.kana ?? '', org?.romaji ?? ''].map(bare);
  return foldWidth(typed).split(/\s+/).map(bare).filter(Boolean).every((word) => told.some((one) => one.includes(word)));
}
