import type { Topic } from '@noroshi/foundations/help';
import type { Role } from '@noroshi/foundations/kernel';
import type { WebRoom } from '@noroshi/foundations/web';

/**
 * Of all that is explained, what is offered to someone: to a guest nothing of a room that is for those inside, and what one
 * tends only to those who tend. (F2)
 */
export function explainedTo<G extends { readonly room: string; readonly topics: readonly Topic[]; readonly inside?: true }>(groups: readonly G[], role: Role, rooms: readonly WebRoom[]): readonly G[] {
  const tends = role === 'administrator' || role === 'manager';
  return groups
    .filter(({ room, inside }) => role !== 'guest' || !(inside ?? rooms.find(({ name }) => name === room)?.inside))
    .map((group) => ({ ...group, topics: group.topics.filter((topic) => !topic.tends || tends) }))
    .filter(({ topics }) => topics.length > 0);
}
