import type { ComponentChildren } from 'preact';
import { Icon } from './Icon.tsx';
import { Press, type Pressable } from './pressable.tsx';

/** Over the composer while something urgent and unanswered is out of view; it leads there. */
export const JumpBar = ({ children, ...way }: Pressable & { children: ComponentChildren }) => (
  <Press class="jump" {...way}><Icon name="square" /><span>{children}</span><Icon name="up" /></Press>
);
