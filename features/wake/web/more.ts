import type { MoreEntry } from '@noroshi/foundations/web';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [
  { label: 'wake.admin', icon: 'bell', href: '/admin/waking', under: 'tending', when: async ({ actor }) => actor.role === 'administrator' || actor.role === 'manager' },
  { label: 'wake.title', icon: 'bell', href: '/account/waking', under: 'mine' },
];
