import { incident, type Incident } from '@noroshi/features/incident';
import type { MessageAction, MoreEntry } from '@noroshi/foundations/web';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [
  { label: 'damage.title', icon: 'flag', href: '/damage', when: async ({ actor }) => actor.role !== 'guest' },
  { label: 'damage.form.admin', icon: 'doc', href: '/damage/form', when: async ({ actor }) => actor.role === 'administrator' },
];

/** What one can make of a message. */
export const actions: readonly MessageAction[] = [{
  label: 'damage.take', icon: 'flag', href: (room, message) => `/damage/report?room=${room}&message=${message}`,
  when: async ({ actor, replica }) => actor.role !== 'guest' && (await replica.all<Incident>(incident.noun)).some(({ value }) => !value.closedAt),
}];
