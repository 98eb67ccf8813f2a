import { room as roomNoun, type Room } from '@noroshi/features/talk';
import type { MessageAction, MoreEntry } from '@noroshi/foundations/web';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [
  { label: 'keeping.title', icon: 'save', href: '/keeping', under: 'tending', when: async ({ actor }) => actor.role === 'administrator' },
  { label: 'audit.title', icon: 'eye', href: '/audit', under: 'tending', when: async ({ actor }) => actor.role === 'administrator' },
];

/** What one can make of a message. */
export const actions: readonly MessageAction[] = [{
  label: 'keeping.redact', icon: 'square', href: (room, message) => `/keeping?room=${room}&message=${message}`,
  // In a direct talk whoever is in it asks.
  when: async ({ actor, replica }, room) => actor.role === 'administrator' || (await replica.get<Room>(roomNoun.noun, room))?.kind === 'direct',
}];
