import type { ComponentChildren } from 'preact';
import { Mark } from './Mark.tsx';
import './rows.css';

interface PersonRowProps {
  mark: ComponentChildren;
  hit?: boolean | undefined;
  name: ComponentChildren;
  /** The post held. */
  post?: ComponentChildren;
  /** Delivered or not, read or not, told by whom. Four truths, never merged. */
  note?: ComponentChildren;
  /** A `CallButton`, who is calling, or the answer given. */
  end?: ComponentChildren;
}

/** Someone to be reached, inside a list. */
export const PersonRow = ({ mark, hit, name, post, note, end }: PersonRowProps) => (
  <li class="person">
    <Mark hit={hit}>{mark}</Mark>
    <div><b>{name}</b>{post && <span class="post">{post}</span>}{note && <p class="says">{note}</p>}</div>
    {end && <span class="end">{end}</span>}
  </li>
);

/** A line of a short list: something before, the words, something behind. Roles, what waits to be sent, the log of calls. */
export const ItemRow = ({ start, children, end }: { start?: ComponentChildren; children: ComponentChildren; end?: ComponentChildren }) => (
  <li class="item">{start}<div>{children}</div>{end && <span>{end}</span>}</li>
);
