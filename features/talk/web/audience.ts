import type { HeldMark } from '@noroshi/foundations/sync/web';
import type { Doc, Member } from '@noroshi/foundations/sync';
import type { Message } from '@noroshi/features/talk';
import { isAskedToRead, isUnread } from '../asked-to-read.ts';
import type { RoomNow } from './use-room.ts';

/** Whose reading of a message is asked (T73). By rank, then by organization. */
export function audience(doc: Doc<Message>, { members }: Pick<RoomNow, 'members'>, marks: ReadonlyMap<number, HeldMark> | undefined): Member[] {
  return members
    .filter((who) => isAskedToRead(doc, who, marks?.get(who.no)))
    .sort((a, b) => a.card.rank - b.card.rank || a.card.orgName.localeCompare(b.card.orgName, 'ja') || a.no - b.no);
}

/** How many of them have been shown it, as far as this device has been told, and how many of the others were told through another. */
export function readCount(doc: Doc<Message>, { members }: Pick<RoomNow, 'members'>, marks: ReadonlyMap<number, HeldMark>): { read: number; of: number; proxy: number } {
  let read = 0;
  let proxy = 0;
  let of = 0;
  for (const who of members) {
    const mark = marks.get(who.no);
    if (!isAskedToRead(doc, who, mark)) continue;
    of += 1;
    if (!isUnread(doc, who, mark)) read += 1;
    else if (doc.value.proxies?.[who.person]) proxy += 1;
  }
  return { read, of, proxy };
}
