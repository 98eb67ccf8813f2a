import type { Attachment, Content } from '@noroshi/features/talk';
import type { Id } from '@noroshi/foundations/kernel';

/** What is being written in a room. */
export interface Draft {
  readonly text: string;
  readonly urgency?: Content['urgency'];
  readonly replyTo?: Id;
  /** Who was named, and by which words after the @. */
  readonly named: readonly { id: Id; name: string; org: boolean }[];
  readonly attachments: readonly Attachment[];
  readonly place?: NonNullable<Content['place']>;
  readonly incident?: Id;
}

export const emptyDraft: Draft = { text: '', named: [], attachments: [] };

/** Nothing in it is worth keeping: of whom is named nothing is left where there are no words. */
export const isEmpty = ({ text, urgency, replyTo, place, attachments }: Draft): boolean => !text && !urgency && !replyTo && !place && attachments.length === 0;

/** Where the words lie on this device that are being written in a room. */
export const draftPlace = (room: Id): string => `talk:${room}`;
