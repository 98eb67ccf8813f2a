import type { MoreEntry } from '@noroshi/foundations/web';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [
  { label: 'chase.title', icon: 'bell', href: '/chase', under: 'disaster', when: async ({ actor }) => actor.role !== 'guest' },
  { label: 'chase.ladder', icon: 'loop', href: '/admin/ladder', under: 'tending', when: async ({ actor }) => actor.role === 'administrator' },
];
