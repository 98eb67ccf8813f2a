import type { MoreEntry } from '@noroshi/foundations/web';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [
  { label: 'admin.people', icon: 'gear', href: '/admin/people', under: 'tending', when: async ({ actor }) => actor.role === 'administrator' || actor.role === 'manager' },
  { label: 'account.devices', icon: 'on', href: '/account/devices', under: 'mine' },
  { label: 'account.password', icon: 'edit', href: '/account/password', under: 'mine' },
];
