import type { AtDoor } from '@noroshi/foundations/sync/server';
import { administrationKeepers } from './administration-keepers.server.ts';
import { invitationKeepers } from './invitation-keepers.server.ts';
import { myKeepers } from './my-keepers.server.ts';
import { numberKeepers } from './number-keepers.server.ts';
import { signInKeepers } from './sign-in-keepers.server.ts';
import type { Rooms, Visit } from './visit.server.ts';

/** How each door is answered. */
export function keepers(rooms: Rooms): [string, AtDoor<Visit>][] {
  return [...signInKeepers(rooms), ...numberKeepers(rooms), ...myKeepers(rooms), ...invitationKeepers(rooms), ...administrationKeepers(rooms)];
}
