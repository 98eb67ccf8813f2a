import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon.tsx';
import { names } from './pressable.tsx';

export type StateKind = 'urgent' | 'short' | 'doing' | 'ok' | 'quiet' | 'plain';
const shapes: Record<StateKind, IconName> = { urgent: 'square', short: 'triangle', doing: 'dot', ok: 'check', quiet: 'ring', plain: 'ring' };

interface StateProps {
  kind: StateKind;
  /** Another shape than the kind's own; `null` for none, where the words stand in a row of others. */
  icon?: IconName | null | undefined;
  /** Red as a filled label: the first thing owed. */
  fill?: boolean | undefined;
  children: ComponentChildren;
}

/** Colour and shape and word: never fewer than two of them. */
export const State = ({ kind, icon = shapes[kind], fill, children }: StateProps) => (
  <span class={names('state', kind !== 'plain' && kind, fill && 'fill')}>{icon && <Icon name={icon} />}<span>{children}</span></span>
);
