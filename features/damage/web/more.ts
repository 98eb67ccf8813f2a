import type { MoreEntry } from '@noroshi/foundations/web';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [{ label: 'damage.title', icon: 'flag', href: '/damage', when: async ({ actor }) => actor.role !== 'guest' }];
