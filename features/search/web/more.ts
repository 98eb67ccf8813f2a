import type { MoreEntry } from '@noroshi/foundations/web';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [{ label: 'search.title', icon: 'search', href: '/search', under: 'everyday' }];
