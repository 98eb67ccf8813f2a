import type { MoreEntry } from '@noroshi/foundations/web';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [
  { label: 'incident.open.title', icon: 'plus', href: '/incident/open', when: async (stair) => stair.actor.role !== 'guest' },
  { label: 'incident.page.list', icon: 'flag', href: '/incident', when: async (stair) => stair.actor.role !== 'guest' },
  { label: 'plan.title', icon: 'board', href: '/plan', when: async (stair) => stair.actor.role !== 'guest' },
];
