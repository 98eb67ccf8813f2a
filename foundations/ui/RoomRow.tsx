import type { ComponentChildren } from 'preact';
import { Count } from './Count.tsx';
import { Mark } from './Mark.tsx';
import { Press, type Pressable } from './pressable.tsx';

interface RoomRowProps extends Pressable {
  mark: ComponentChildren;
  hit?: boolean | undefined;
  name: ComponentChildren;
  /** Tags and what else stands beside the name. */
  tags?: ComponentChildren;
  /** The newest words, cut to one line. */
  says?: ComponentChildren;
  time?: ComponentChildren;
  unread?: { of: number; label: string; muted?: boolean | undefined } | undefined;
  /** Instead of the count. */
  end?: ComponentChildren;
  current?: boolean | undefined;
}

/** A room, a post, a person: one line each, the whole row opens it. */
export const RoomRow = ({ mark, hit, name, tags, says, time, unread, end, current, ...way }: RoomRowProps) => (
  <Press class="room" aria-current={current || undefined} {...way}>
    <Mark hit={hit}>{mark}</Mark>
    <span class="grow"><b>{name}</b>{tags}{says !== undefined && <span class="says">{says}</span>}</span>
    <span class="end">{time}{unread && <Count {...unread} />}{end}</span>
  </Press>
);
