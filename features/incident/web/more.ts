import type { MoreEntry } from '@noroshi/foundations/web';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [
  { label: 'incident.open.title', icon: 'plus', href: '/incident/open', under: 'disaster', when: async (stair) => stair.actor.role !== 'guest' },
  { label: 'incident.page.list', icon: 'flag', href: '/incident', under: 'disaster', when: async (stair) => stair.actor.role !== 'guest' },
  { label: 'plan.title', icon: 'people', href: '/plan', under: 'prepare', when: async (stair) => stair.actor.role !== 'guest' },
];
