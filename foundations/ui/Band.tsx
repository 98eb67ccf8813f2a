import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon.tsx';
import { names, Press, type Pressable } from './pressable.tsx';

type BandKind = 'incident' | 'off' | 'low' | 'duty' | 'drill';
const icons: Record<BandKind, IconName> = { incident: 'square', off: 'off', low: 'save', duty: 'phone', drill: 'flag' };

interface BandProps extends Pressable {
  /** `incident` under way · `off` out of reach · `low` data saved · `duty` taken by me · `drill`. */
  kind: BandKind;
  icon?: IconName | undefined;
  children: ComponentChildren;
  /** A button at its end. */
  action?: ComponentChildren;
}

/** A state of the whole screen. It stands in its place until the state ends; it says what still works. */
export function Band({ kind, icon = icons[kind], href, onClick, children, action }: BandProps) {
  const way = href !== undefined || onClick;
  return (
    <Press class={names('band', kind === 'drill' ? 'drill-on' : kind)} href={href} onClick={onClick} role="status">
      <Icon name={icon} />
      <span class={kind === 'drill' ? undefined : 'grow'}>{children}</span>
      {way && <Icon name="next" />}
      {action}
    </Press>
  );
}
