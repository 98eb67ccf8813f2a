import type { Id } from '@noroshi/foundations/kernel';
import { happens, memberShut, workspaceStream, type Effect } from '@noroshi/foundations/sync';
import type { Seat } from './hand-over.ts';

/** What each room learns that someone was ever in: a guest has no directory, and nobody waits for who can read nothing. */
export function toldInRooms(person: Id, seats: readonly Seat[], shut: boolean): Effect[] {
  return seats
    .filter((seat) => seat.person === person && seat.stream !== workspaceStream && (seat.shut ?? false) !== shut)
    .map(({ stream }) => happens(memberShut, { person, shut }, { on: stream }));
}
