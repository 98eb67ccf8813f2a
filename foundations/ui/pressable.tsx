import type { AriaAttributes, AriaRole, ComponentChildren } from 'preact';

/** What opens a place is a link, what does a deed is a button; a part that may be either takes this. */
export interface Pressable {
  href?: string | undefined;
  onClick?: ((event: MouseEvent) => void) | undefined;
}

type Rest = AriaAttributes & { role?: AriaRole | undefined; class?: string; id?: string | undefined; children?: ComponentChildren };

/** A link when it is given somewhere to go, a button when it is given something to do; otherwise plain, and only then `role` counts. */
export function Press({ href, onClick, role, ...rest }: Pressable & Rest) {
  if (href !== undefined) return <a href={href} onClick={onClick} {...rest} />;
  if (onClick) return <button type="button" onClick={onClick} {...rest} />;
  return <div role={role} {...rest} />;
}

/** Joins class names, leaving out what is false. */
export const names = (...given: (string | false | undefined)[]) => given.filter(Boolean).join(' ');
