import type { Person } from '@noroshi/features/directory';
import { allowed, refused, type Actor, type Verdict } from '@noroshi/foundations/kernel';
import type { Member } from '@noroshi/foundations/sync';

/**
 * Who sends as urgent: everyone but guests, until it is taken from them.
 * @param me the seat they speak from
 * @param who what the directory says of them; a device that has no directory leaves it to the server
 */
export function mayUrgent(actor: Actor, me: Member | undefined, who: Person | undefined): Verdict {
  if (actor.role === 'guest' || me?.card.guest) return refused('talk.guestNotUrgent');
  return who?.noUrgent ? refused('talk.urgentNotYours') : allowed;
}
