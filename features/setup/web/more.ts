import type { MoreEntry } from '@noroshi/foundations/web';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [{ label: 'setup.title', icon: 'doc', href: '/admin/import', under: 'tending', when: async ({ actor }) => actor.role === 'administrator' }];
