import type { ComponentChildren } from 'preact';
import { Count } from './Count.tsx';
import { Icon, type IconName } from './Icon.tsx';

interface SectionHeadProps {
  title: ComponentChildren;
  count?: { of: number; label: string } | undefined;
  /** A few words beside the title. */
  aside?: ComponentChildren;
  /** A link or button at the end of the line. */
  action?: ComponentChildren;
  id?: string | undefined;
  level?: 2 | 3 | undefined;
}

/** The head of a part of a page. */
export function SectionHead({ title, count, aside, action, id, level = 2 }: SectionHeadProps) {
  const Heading = `h${level}` as 'h2' | 'h3';
  return <div class="sec"><Heading id={id}>{title}</Heading>{count && <Count {...count} />}{aside && <span class="sub">{aside}</span>}{action && <span class="end">{action}</span>}</div>;
}

/** The head of a group inside a long list; it stays while its rows pass. */
export const GroupHead = ({ children, aside, level = 3 }: { children: ComponentChildren; aside?: ComponentChildren; level?: 2 | 3 | undefined }) => {
  const Heading = `h${level}` as 'h2' | 'h3';
  return <Heading class="grp">{children}{aside && <span class="end">{aside}</span>}</Heading>;
};

/** One fact in a line, with a drawing before it: a deadline, a place, what will happen. */
export const IconLine = ({ icon, children }: { icon: IconName; children: ComponentChildren }) => (
  <p class="icon-line"><Icon name={icon} /><span class="grow">{children}</span></p>
);
