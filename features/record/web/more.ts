import type { MoreEntry } from '@noroshi/foundations/web';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [{ label: 'record.title', icon: 'doc', href: '/record', under: 'prepare', when: async ({ actor }) => actor.role !== 'guest' }];
