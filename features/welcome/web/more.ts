import type { MoreEntry } from '@noroshi/foundations/web';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [{ label: 'welcome.title', icon: 'help', href: '/welcome', under: 'prepare' }];
