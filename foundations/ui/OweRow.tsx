import type { ComponentChildren } from 'preact';
import { Icon } from './Icon.tsx';
import { Press, type Pressable } from './pressable.tsx';

interface OweRowProps extends Pressable {
  /** A `State`: why this is owed. */
  state: ComponentChildren;
  /** How old, or until when. The age in minutes does the pressing. */
  age?: ComponentChildren;
  title: ComponentChildren;
  note?: ComponentChildren;
  /** Buttons that answer without opening; the row itself then opens nothing. */
  actions?: ComponentChildren;
  /** Answered on this device, and not yet true. */
  waiting?: boolean | undefined;
}

/** One thing owed: by its buttons, or as a whole row that opens its own screen. */
export const OweRow = ({ state, age, title, note, actions, waiting, ...way }: OweRowProps) => (
  <Press class={waiting ? 'owe waiting' : 'owe'} {...way}>
    <span class="top">{state}{age && <span class="age">{age}</span>}</span>
    <h3>{title}</h3>
    {note && <span class="sub">{note}</span>}
    {actions ? <span class="acts">{actions}</span> : <span class="go"><Icon name="next" /></span>}
  </Press>
);

/** What I owe now, oldest urgent first, then by deadline. The order is the caller's. */
export const Owes = ({ children }: { children: ComponentChildren }) => <div class="owes">{children}</div>;
