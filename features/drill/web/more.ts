import type { MoreEntry } from '@noroshi/foundations/web';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [{ label: 'drill.title', icon: 'flag', href: '/drills', under: 'prepare', when: async ({ actor }) => actor.role !== 'guest' }];
