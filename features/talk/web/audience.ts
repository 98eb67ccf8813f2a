import type { HeldMark } from '@noroshi/foundations/sync/web';
import { hasRead, isCounted, type Doc, type Member } from '@noroshi/foundations/sync';
import type { Message } from '@noroshi/features/talk';

/** Whose reading of a message is asked: members at that moment, less its author. By rank, then by organization. */
export function audience(doc: Doc<Message>, members: readonly Member[]): Member[] {
  return members
    .filter((who) => who.person !== doc.value.by && isCounted(who, doc.born))
    .sort((a, b) => a.card.rank - b.card.rank || a.card.orgName.localeCompare(b.card.orgName, 'ja') || a.no - b.no);
}

/** How many of them have been shown it, as far as this device has been told, and how many of the others were told through another. */
export function readCount(doc: Doc<Message>, members: readonly Member[], marks: ReadonlyMap<number, HeldMark>): { read: number; of: number; proxy: number } {
  let read = 0;
  let proxy = 0;
  let of = 0;
  for (const who of members) {
    if (who.person === doc.value.by || !isCounted(who, doc.born)) continue;
    of += 1;
    if (hasRead(marks.get(who.no), doc.born)) read += 1;
    else if (doc.value.proxies?.[who.person]) proxy += 1;
  }
  return { read, of, proxy };
}
