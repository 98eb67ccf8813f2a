import { organization, type Organization } from '@noroshi/features/directory';
import { canBeOf, incident, isMunicipality, type Incident } from '@noroshi/features/incident';
import { room as roomNoun, type Room } from '@noroshi/features/talk';
import type { MessageAction, MoreEntry, PlusEntry } from '@noroshi/foundations/web';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [
  { label: 'damage.title', icon: 'edit', href: '/damage', under: 'disaster', when: async ({ actor }) => actor.role !== 'guest' },
  { label: 'damage.form.admin', icon: 'doc', href: '/damage/form', under: 'tending', when: async ({ actor }) => actor.role === 'administrator' },
];

/** What one can make of a message. */
export const actions: readonly MessageAction[] = [{
  label: 'damage.take', icon: 'edit', href: (room, message) => `/damage/report?room=${room}&message=${message}`,
  when: async ({ actor, replica }) => actor.role !== 'guest' && (await replica.all<Incident>(incident.noun)).some(({ value }) => !value.closedAt),
}];

/** What one can put into a talk: the words that stand in it go along. */
export const plus: readonly PlusEntry[] = [{
  label: 'damage.plus', icon: 'edit', href: (room) => `/damage/report?room=${room}&words`,
  when: async ({ actor, replica }, id) => {
    const [mine, room, incidents] = await Promise.all([replica.get<Organization>(organization.noun, actor.org), replica.get<Room>(roomNoun.noun, id), replica.all<Incident>(incident.noun)]);
    return actor.role !== 'guest' && room !== undefined && incidents.some(({ value }) => value.closedAt === undefined && canBeOf(value, room) && (value.headquarters === actor.org || (mine !== undefined && isMunicipality(mine))));
  },
}];
