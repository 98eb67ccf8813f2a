import { canBeOf, incident, roleOf, type Incident } from '@noroshi/features/incident';
import { room as roomNoun, type Room } from '@noroshi/features/talk';
import type { MessageAction, MoreEntry, PlusEntry } from '@noroshi/foundations/web';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [{ label: 'chronology.title', icon: 'clock', href: '/chronology', under: 'disaster', when: async ({ actor }) => actor.role !== 'guest' }];

/** What one can make of a message. */
export const actions: readonly MessageAction[] = [{
  label: 'chronology.take', icon: 'clock', href: (room, message) => `/chronology/write?room=${room}&message=${message}`,
  when: async ({ actor, replica }) => actor.role !== 'guest' && (await replica.all<Incident>(incident.noun)).some(({ value }) => !value.closedAt && roleOf(value, actor.org) !== 'none'),
}];

/** What one can put into a talk: the words that stand in it go along. */
export const plus: readonly PlusEntry[] = [{
  label: 'chronology.writeTitle', icon: 'clock', href: (room) => `/chronology/write?room=${room}&words`,
  when: async ({ actor, replica }, id) => {
    const [room, incidents] = await Promise.all([replica.get<Room>(roomNoun.noun, id), replica.all<Incident>(incident.noun)]);
    return actor.role !== 'guest' && room !== undefined && incidents.some(({ value }) => value.closedAt === undefined && canBeOf(value, room) && roleOf(value, actor.org) !== 'none');
  },
}];
