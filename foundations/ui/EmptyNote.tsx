import type { ComponentChildren } from 'preact';

/** Nothing here yet: one sentence that says what will stand here. */
export const EmptyNote = ({ children }: { children: ComponentChildren }) => <p class="empty">{children}</p>;
