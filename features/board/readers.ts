import { hasRead, isCounted, type Doc, type Member, type Watermark } from '@noroshi/foundations/sync';
import type { Id } from '@noroshi/foundations/kernel';
import type { Post } from './board-post.ts';

/** Someone who is to read a notice, and how far they are: delivered, read and answered stay apart. */
export interface Reader { readonly who: Member; readonly delivered: boolean; readonly read: boolean; readonly answer: number | undefined }

/**
 * Whose reading of a notice is asked: of who was there when it was posted, less its author. Of whoever's account is closed only where they
 * have read or answered it (T73).
 * @param markOf how far a member has read, by their number
 */
export function askedOf({ value, born }: Doc<Post>, members: readonly Member[], markOf: (no: number) => Watermark | undefined): Reader[] {
  return members.filter((who) => who.person !== value.by && isCounted(who, born)).flatMap((who) => {
    const mark = markOf(who.no);
    const answer = value.answers?.[who.person]?.[0];
    // Whoever has pressed a button has had it before their eyes.
    const read = hasRead(mark, born) || answer !== undefined;
    return read || !who.shut ? [{ who, delivered: read || (mark?.delivered ?? 0) >= born, read, answer }] : [];
  });
}

/** The readers of one organization. */
export interface ReaderGroup { readonly org: Id; readonly name: string; readonly people: readonly Reader[] }

/** By organization: where most are missing first, then by name; in each the unread first, then by rank. */
export function readersByOrg(all: readonly Reader[]): ReaderGroup[] {
  const unread = (people: readonly Reader[]): number => people.filter(({ read }) => !read).length;
  return [...Map.groupBy(all, ({ who }) => who.card.org)]
    .map(([org, people]) => ({ org, name: people[0]!.who.card.orgName, people: people.toSorted((a, b) => Number(a.read) - Number(b.read) || a.who.card.rank - b.who.card.rank || a.who.no - b.who.no) }))
    .toSorted((a, b) => unread(b.people) / b.people.length - unread(a.people) / a.people.length || unread(b.people) - unread(a.people) || a.name.localeCompare(b.name, 'ja'));
}
