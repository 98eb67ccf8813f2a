import type { MoreEntry } from '@noroshi/foundations/web';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [{ label: 'chronology.title', icon: 'clock', href: '/chronology', when: async ({ actor }) => actor.role !== 'guest' }];
