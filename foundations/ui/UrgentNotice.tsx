import type { ComponentChildren } from 'preact';
import { Icon } from './Icon.tsx';
import { Mark } from './Mark.tsx';

interface UrgentNoticeProps {
  id?: string | undefined;
  /** The word in the red head; in a drill it begins with the drill's word. */
  word: ComponentChildren;
  time: ComponentChildren;
  mark: ComponentChildren;
  hit?: boolean | undefined;
  name: ComponentChildren;
  post?: ComponentChildren;
  tags?: ComponentChildren;
  /** The message. */
  children: ComponentChildren;
  /** `ReadLine`. */
  read?: ComponentChildren;
  /** `AnswerButtons`, while I have not answered. */
  answers?: ComponentChildren;
  /** What has been answered so far, and mine. */
  tally?: ComponentChildren;
}

/** Urgent words: a notice across the room, not a bubble. */
export const UrgentNotice = ({ id, word, time, mark, hit, name, post, tags, children, read, answers, tally }: UrgentNoticeProps) => (
  <article class="urgent-msg" id={id} tabIndex={-1}>
    <div class="top"><Icon name="square" />{word}<time>{time}</time></div>
    <div class="says">
      <div class="who"><Mark hit={hit}>{mark}</Mark><p><b>{name}</b>{post && <span class="post">{post}</span>}{tags && <> {tags}</>}</p></div>
      <p class="body">{children}</p>
      {read}
    </div>
    {answers}
    {tally && <div class="tally">{tally}</div>}
  </article>
);
