import { organization, post as postNoun, type Organization, type Post } from '@noroshi/features/directory';
import { room as roomNoun, type Room } from '@noroshi/features/talk';
import type { MoreEntry, PlusEntry } from '@noroshi/foundations/web';
import { mayAsk } from '../ask.ts';

/** Entries of the page その他 / More. */
export const more: readonly MoreEntry[] = [{ label: 'survey.entry', icon: 'check', href: '/survey', under: 'disaster', when: async (stair) => stair.actor.role !== 'guest' }];

/** What one can put into a talk: the words that stand in it go along, and its people are asked. */
export const plus: readonly PlusEntry[] = [{
  label: 'survey.plus', icon: 'check', href: (room) => `/survey/new?room=${room}`,
  when: async ({ actor, replica }, id) => {
    const [mine, room, posts] = await Promise.all([replica.get<Organization>(organization.noun, actor.org), replica.get<Room>(roomNoun.noun, id), replica.all<Post>(postNoun.noun)]);
    return room !== undefined && mine?.kind !== 'outside' && mayAsk(actor, mine, posts.map(({ value }) => value), [actor.org]).ok;
  },
}];
