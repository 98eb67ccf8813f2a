import { incident, roleOf, type Incident } from '@noroshi/features/incident';
import type { MessageAction, MoreEntry } from '@noroshi/foundations/web';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [{ label: 'chronology.title', icon: 'clock', href: '/chronology', when: async ({ actor }) => actor.role !== 'guest' }];

/** What one can make of a message. */
export const actions: readonly MessageAction[] = [{
  label: 'chronology.take', icon: 'clock', href: (room, message) => `/chronology/write?room=${room}&message=${message}`,
  when: async ({ actor, replica }) => actor.role !== 'guest' && (await replica.all<Incident>(incident.noun)).some(({ value }) => !value.closedAt && roleOf(value, actor.org) !== 'none'),
}];
