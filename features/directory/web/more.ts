import type { LowerEnd } from '@noroshi/foundations/sync/web';
import type { MoreEntry } from '@noroshi/foundations/web';

const tends = async ({ actor }: LowerEnd): Promise<boolean> => actor.role === 'administrator' || actor.role === 'manager';
const rules = async ({ actor }: LowerEnd): Promise<boolean> => actor.role === 'administrator';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [
  { label: 'posts.title', icon: 'loop', href: '/admin/posts', under: 'tending', when: tends },
  { label: 'table.title', icon: 'save', href: '/admin/table', under: 'tending', when: tends },
  { label: 'organizations.title', icon: 'map', href: '/admin/organizations', under: 'tending', when: rules },
];
