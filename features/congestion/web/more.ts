import { organization, type Organization } from '@noroshi/features/directory';
import type { MoreEntry } from '@noroshi/foundations/web';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [{
  label: 'congestion.title', icon: 'save', href: '/congestion', under: 'disaster',
  when: async ({ replica, actor }) => actor.role !== 'guest' && (await replica.get<Organization>(organization.noun, actor.org))?.kind === 'prefecture',
}];
