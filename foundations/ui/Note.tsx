import type { ComponentChildren } from 'preact';

/** What happened, between the voices: a deed of an organization, a withdrawal, a state given in a drill. */
export const Note = ({ children }: { children: ComponentChildren }) => <p class="note">{children}</p>;

/** A new day. */
export const DayLine = ({ children }: { children: ComponentChildren }) => <h2 class="day">{children}</h2>;

/** From here on unread. */
export const UnreadLine = ({ children, id }: { children: ComponentChildren; id?: string | undefined }) => <h2 class="unreadline" id={id}>{children}</h2>;
