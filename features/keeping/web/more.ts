import type { MoreEntry } from '@noroshi/foundations/web';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [{ label: 'keeping.title', icon: 'save', href: '/keeping', when: async ({ actor }) => actor.role === 'administrator' }];
