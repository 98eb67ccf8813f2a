import type { ComponentChildren } from 'preact';
import { Count } from './Count.tsx';
import { Icon, type IconName } from './Icon.tsx';

export interface Tab {
  href: string;
  icon: IconName;
  label: string;
  count?: { of: number; label: string } | undefined;
  current?: boolean | undefined;
}

interface TabsProps {
  /** Names this way of getting about. */
  label: string;
  tabs: readonly Tab[];
  /** At the head of the rail on the desk; not shown on the phone. */
  logo?: ComponentChildren;
  /** Where the phone needs the room, as in a talk. */
  deskOnly?: boolean | undefined;
}

/** The main places: at the foot on the phone, a rail on the desk. */
export const Tabs = ({ label, tabs, logo, deskOnly }: TabsProps) => (
  <nav class={deskOnly ? 'tabs desk-only' : 'tabs'} aria-label={label}>
    {logo && <span class="logo">{logo}</span>}
    {tabs.map((tab) => (
      <a key={tab.href} href={tab.href} aria-current={tab.current ? 'page' : undefined}>
        <Icon name={tab.icon} />{tab.label}{tab.count && <Count {...tab.count} />}
      </a>
    ))}
  </nav>
);
