import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { ComponentType } from 'preact';

/** How long a screen offers to take back what it has just sent, in milliseconds. */
export const mayUndo = 10_000;

/** A request or an answer that was sent from this screen a moment ago, and the words it was made of. */
export interface JustSent {
  readonly request: Id;
  readonly room: Id;
  readonly draft: string;
  /** What was answered. */
  readonly says?: string;
  readonly at: Moment;
  /** What says so, and for a request offers to undo it. It comes with the page that sends, so it is here when the line is not. */
  readonly Undo: ComponentType<{ sent: JustSent }>;
}

let last: JustSent | undefined;

/** Remembers what was sent. Only as long as this screen lives: afterwards there is 取り下げる on the request itself. */
export function noteSent(sent: JustSent): void {
  last = sent;
}

/** What was sent into this room and may still be undone. */
export const justSent = (room: Id, now: Moment): JustSent | undefined => (last?.room === room && now - last.at < mayUndo ? last : undefined);
