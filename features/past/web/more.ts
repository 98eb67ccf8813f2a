import type { MoreEntry } from '@noroshi/foundations/web';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [{ label: 'past.bring', icon: 'save', href: '/past', under: 'tending', when: async ({ actor }) => actor.role === 'administrator' }];
