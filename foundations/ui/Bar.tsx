import { createContext, type ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { IconButton } from './Button.tsx';
import { Icon } from './Icon.tsx';
import type { Pressable } from './pressable.tsx';

/** How one asks for help where one is. Whoever draws a screen need not think of it: it stands at the end of every page's bar. */
export const HelpContext = createContext<{ readonly label: string; readonly open: () => void } | undefined>(undefined);

/** For a page without a bar; a bar has it already. */
export function HelpButton() {
  const help = useContext(HelpContext);
  return help && <IconButton icon="help" class="help" label={help.label} onClick={help.open} />;
}

interface BarProps {
  title: ComponentChildren;
  subtitle?: ComponentChildren;
  /** The way back, or out (`close`), with its label; `phoneOnly` where the desk shows the list beside it. */
  back?: (Pressable & { label: string; close?: boolean | undefined; phoneOnly?: boolean | undefined }) | undefined;
  /** A picture before the title, where there is no way back. */
  logo?: ComponentChildren;
  /** Buttons and the state of the line, at the end. */
  actions?: ComponentChildren;
  /** 1 for the page, 2 for the panes beside it. */
  level?: 1 | 2 | undefined;
  /** So that a sheet or a section can be named by its title. */
  titleId?: string | undefined;
}

/** Where am I, and the way back. */
export function Bar({ title, subtitle, back, logo, actions, level = 1, titleId }: BarProps) {
  const Heading = `h${level}` as 'h1' | 'h2';
  return (
    <div class="bar">
      {back && <IconButton icon={back.close ? 'close' : 'back'} label={back.label} class={back.phoneOnly ? 'phone-only' : undefined} href={back.href} onClick={back.onClick} />}
      {logo}
      <div class="title">
        <Heading id={titleId}>{title}</Heading>
        {subtitle && <p>{subtitle}</p>}
      </div>
      {actions}
      {level < 2 && <HelpButton />}
    </div>
  );
}

/** Whether one can be heard: a word that is read out when it changes. */
export const LineState = ({ on, children }: { on: boolean; children: ComponentChildren }) => (
  <span class="line" role="status"><Icon name={on ? 'on' : 'off'} />{children}</span>
);
