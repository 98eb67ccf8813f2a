import { hasRead, isCounted, type Doc, type Member, type Watermark } from '@noroshi/foundations/sync';
import type { Message } from './message.ts';

/**
 * Whether the reading of a message is asked of a member: of who was there when it was said, less its author. Of who can
 * read nothing any more (their account is closed) only where they have read or answered it: nobody must ring them. (T73)
 * @param mark how far they have read, as far as it is known
 */
export function isAskedToRead({ value, born }: Doc<Message>, who: Member, mark: Watermark | undefined): boolean {
  return who.person !== value.by && isCounted(who, born) && (hasRead(mark, born) || value.answers?.[who.person] !== undefined || !who.shut);
}

/** Whether someone of whom that is asked has it still to read. Who answered unread and whose account is closed since has nothing left to read. (T73) */
export const isUnread = ({ born }: Doc<Message>, who: Member, mark: Watermark | undefined): boolean => !hasRead(mark, born) && !who.shut;
