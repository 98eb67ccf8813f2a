import { organization, type Organization } from '@noroshi/features/directory';
import type { MoreEntry } from '@noroshi/foundations/web';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [{
  label: 'situation.title', icon: 'eye', href: '/situation', under: 'disaster',
  when: async ({ actor, replica }) => (await replica.get<Organization>(organization.noun, actor.org))?.kind === 'prefecture',
}];
