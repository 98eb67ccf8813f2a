import type { ComponentChildren } from 'preact';
import { names } from './pressable.tsx';

interface TagProps {
  /** `hit` a town that is hit · `guess` assumed or provisional · `must` has to be read · `drill`. */
  kind?: 'plain' | 'hit' | 'guess' | 'must' | 'drill' | undefined;
  children: ComponentChildren;
}

/** A short word about the thing beside it. Dashed means: not yet true. */
export const Tag = ({ kind = 'plain', children }: TagProps) => (
  <span class={names('tag', kind === 'drill' ? 'drill-word' : kind !== 'plain' && kind)}>{children}</span>
);
