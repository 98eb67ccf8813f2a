import type { ComponentChildren } from 'preact';
import { names } from './pressable.tsx';

interface MarkProps {
  /** The town's short name, two characters or three; four stand two by two. Or an icon. */
  children: ComponentChildren;
  hit?: boolean | undefined;
  size?: 'small' | 'large' | undefined;
}

/** Whose voice this is. The name stands in words beside it, so the mark itself is silent. */
export const Mark = ({ children, hit, size }: MarkProps) => (
  <span class={names('mark', hit && 'hit', size, typeof children === 'string' && [...children].length === 3 && 'three')} aria-hidden="true">{children}</span>
);
