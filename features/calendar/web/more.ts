import type { MoreEntry } from '@noroshi/foundations/web';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [{ label: 'calendar.title', icon: 'calendar', href: '/calendar', under: 'everyday' }];
