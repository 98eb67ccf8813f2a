import { organization as organizationNoun, person as personNoun, type Organization, type Person } from '@noroshi/features/directory';
import type { Id } from '@noroshi/foundations/kernel';
import { workspaceStream } from '@noroshi/foundations/sync';
import { loginKey } from '../account.ts';
import type { Rooms } from './visit.server.ts';

/** Someone of the address book. */
export const thePerson = (rooms: Rooms, id: Id): Person | undefined => rooms.stair.memory.get(personNoun.noun, id)?.value as Person | undefined;
/** An organization of it. */
export const theOrganization = (rooms: Rooms, id: Id): Organization | undefined => rooms.stair.memory.get(organizationNoun.noun, id)?.value as Organization | undefined;
/** All its organizations. */
export const organizations = (rooms: Rooms): Organization[] => rooms.stair.memory.of(workspaceStream, organizationNoun.noun).map((doc) => doc.value as Organization);

/** Everyone with this e-mail address. */
export const theirMail = (rooms: Rooms, key: string): Person[] => rooms.stair.memory.of(workspaceStream, personNoun.noun).map((doc) => doc.value as Person).filter((who) => who.email && loginKey(who.email) === key);
