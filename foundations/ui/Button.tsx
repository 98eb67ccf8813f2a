import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon.tsx';
import { names, type Pressable } from './pressable.tsx';

interface ButtonProps extends Pressable {
  /** One `main` on each screen: the next act. In a list of equals the others are `plain`. */
  kind?: 'main' | 'strong' | 'plain' | 'quiet' | 'danger' | undefined;
  icon?: IconName | undefined;
  /** As wide as its place. */
  wide?: boolean | undefined;
  /** As high as the main button beside it. */
  tall?: boolean | undefined;
  /** A main button inside a row or table, only 48 px high. */
  low?: boolean | undefined;
  /** The word while the deed is under way. Presses are then ignored, and the focus stays. */
  busy?: string | undefined;
  /** Not possible now. The reason stands beside the button and is named by `describedBy`. */
  disabled?: boolean | undefined;
  describedBy?: string | undefined;
  type?: 'button' | 'submit' | undefined;
  form?: string | undefined;
  expanded?: boolean | undefined;
  pressed?: boolean | undefined;
  class?: string | undefined;
  children?: ComponentChildren;
}

/** A deed or a way. Its words say the deed and its size. */
export function Button({ kind = 'plain', icon, wide, tall, low, busy, disabled, describedBy, type = 'button', form, expanded, pressed, class: extra, href, onClick, children }: ButtonProps) {
  const still = disabled || busy !== undefined;
  const look = names('btn', kind !== 'plain' && kind, wide && 'wide', tall && 'tall', low && 'low', extra);
  const inside = busy ?? <>{icon && <Icon name={icon} />}{children}</>;
  if (href !== undefined) return <a class={look} href={href} onClick={onClick} aria-describedby={describedBy}>{inside}</a>;
  const press = (event: MouseEvent) => (still ? event.preventDefault() : onClick?.(event));
  return (
    <button type={type} form={form} class={look} onClick={press} aria-disabled={still || undefined} aria-busy={busy !== undefined || undefined}
      aria-describedby={describedBy} aria-expanded={expanded} aria-pressed={pressed}>{inside}</button>
  );
}

interface IconButtonProps extends Pressable {
  icon: IconName;
  /** What it does, in words, for those who do not see the drawing. */
  label: string;
  /** In the colour of the next act. */
  strong?: boolean | undefined;
  disabled?: boolean | undefined;
  expanded?: boolean | undefined;
  /** The id of a `popover` this button opens; the browser does the rest. */
  opens?: string | undefined;
  class?: string | undefined;
}

/** A drawing alone: only for back, close, search, menu, plus, sticker, send, call, video. */
export function IconButton({ icon, label, strong, disabled, expanded, opens, class: extra, href, onClick }: IconButtonProps) {
  const look = names('ib', strong && 'act', extra);
  if (href !== undefined) return <a class={look} href={href} onClick={onClick} aria-label={label} title={label}><Icon name={icon} /></a>;
  return (
    <button type="button" class={look} onClick={disabled ? undefined : onClick} popovertarget={opens} aria-label={label} title={label}
      aria-disabled={disabled || undefined} aria-expanded={expanded}><Icon name={icon} /></button>
  );
}

/** Telephone this person. `label` names whom. */
export const CallButton = ({ label, ...way }: Pressable & { label: string }) => <IconButton icon="phone" class="callbtn" label={label} {...way} />;
