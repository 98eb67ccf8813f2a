import { allowed, refused, type Actor, type Verdict } from '@noroshi/foundations/kernel';
import { currentStay, type Member } from '@noroshi/foundations/sync';
import type { Room } from './room.ts';

/**
 * Who tends a room. The administrators tend the counterpart groups, the room of all and the boards, without sitting in them too;
 * in a room for a purpose those who sit in it do (guests do not). A talk of two, a drill's twin, and what another part of the house lives in are tended by nobody.
 * @param opener only the one who opened it and the administrators
 */
export function mayTendRoom(actor: Actor, room: Room | undefined, me: Member | undefined, opener = false): Verdict {
  const here = currentStay(me) !== undefined;
  const administers = actor.role === 'administrator' || actor.role === 'system';
  const fromOutside = administers && (room?.kind === 'group' || room?.kind === 'all' || room?.kind === 'board');
  if (!room || (!here && !fromOutside)) return refused('talk.roomNotFound');
  if (room.closedAt !== undefined) return refused('talk.roomClosed');
  if (room.kind === 'direct' || room.drill || room.fixed) return refused('talk.roomFixed');
  if (administers) return allowed;
  if (room.kind !== 'purpose' || actor.role === 'guest' || me!.card.guest) return refused('talk.notAllowed');
  return opener && room.openedBy !== actor.person ? refused('talk.openersOnly') : allowed;
}
