import type { MoreEntry } from '@noroshi/foundations/web';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [{ label: 'rota.title', icon: 'loop', href: '/rota', under: 'everyday', when: async ({ actor }) => actor.role !== 'guest' }];
