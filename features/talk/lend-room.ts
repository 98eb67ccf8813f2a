import type { Organization, Person, Post } from '@noroshi/features/directory';
import { currentStay, happens, roomStream, type Effect, type Member } from '@noroshi/foundations/sync';
import type { Id } from '@noroshi/foundations/kernel';
import { seatsOf } from './open-room.ts';
import { isLent, leavingWith, lentFor, roomLent, type Room } from './room.ts';

/** Who could sit. */
export interface Seatable { readonly people: readonly Person[]; readonly posts: readonly Post[]; readonly organizations: readonly Organization[] }

/**
 * An organization from outside takes its seats in a room until an incident is over: the holder of each of its posts, who reads what
 * was said before, as those do whom it joins. Whoever sits there already keeps their seat.
 */
export function lendSeats(room: Room, org: Id, incident: { readonly id: Id; readonly drill: boolean }, members: readonly Member[], all: Seatable): Effect[] {
  // Who belongs here needs no loan; who sits here for another incident stays for this one too.
  if (room.orgs.includes(org) && (!isLent(room, org) || lentFor(room, incident.id).includes(org))) return [];
  const on = roomStream(room.id);
  const here = new Set(members.filter((member) => currentStay(member)).map(({ person }) => person));
  return [
    happens(roomLent, { room: room.id, org, incident: incident.id }, { on, incident: incident.id, drill: incident.drill }),
    ...seatsOf([org], all).flatMap((seat): Effect[] => ('joins' in seat && !here.has(seat.joins) ? [{ ...seat, on } as Effect] : [])),
  ];
}

/**
 * Whoever sat in a room for an incident alone leaves it: those of the organizations that it was lent to, unless they sit there for
 * another incident too. What they could read they have read; nothing new comes to them.
 */
export function leaveSeats(room: Room, incident: Id, members: readonly Member[]): Effect[] {
  const leave = leavingWith(room, incident);
  const on = roomStream(room.id);
  return members.filter((member) => currentStay(member) && leave.includes(member.card.org)).map(({ person }) => ({ leaves: person, on }));
}

