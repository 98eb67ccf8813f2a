import type { MoreEntry } from '@noroshi/foundations/web';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [{ label: 'federation.title', icon: 'people', href: '/partners', under: 'tending', when: async ({ actor }) => actor.role === 'administrator' }];
