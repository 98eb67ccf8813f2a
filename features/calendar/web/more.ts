import { room as roomNoun, type Room } from '@noroshi/features/talk';
import type { MoreEntry, PlusEntry } from '@noroshi/foundations/web';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [{ label: 'calendar.title', icon: 'calendar', href: '/calendar', under: 'everyday' }];

/** What one can put into a talk: the words that stand in it go along. A drill has no calendar of its own. */
export const plus: readonly PlusEntry[] = [{
  label: 'calendar.plus', icon: 'calendar', href: (room) => `/calendar/write?room=${room}&words`,
  when: async ({ actor, replica }, id) => {
    const room = await replica.get<Room>(roomNoun.noun, id);
    return actor.role !== 'guest' && room !== undefined && room.drill === undefined;
  },
}];
