import type { MoreEntry } from '@noroshi/foundations/web';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [{ label: 'survey.entry', icon: 'check', href: '/survey', under: 'disaster', when: async (stair) => stair.actor.role !== 'guest' }];
